"""What holds for any recorded years: order, filters, few people, and when a comparison means nothing."""

import datetime as dt
from dataclasses import replace
from itertools import permutations

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from compare.years import START, cells, compare, day, example, small, three, with_outcome, with_year  # type: ignore[import-not-found]
from milepost.compare import person_on, year_bounds
from milepost.files.content import load_catalogue
from milepost.levels import estimate_levels
from milepost.model.comparison import FEW
from milepost.model.people import Evidence, EvidenceKind
from milepost.model.roles import Route
from milepost.model.year import Artefact, Verification, Year
from milepost.publish.compare_schema import years_document
from milepost.workflows.compare import Filters


@pytest.mark.parametrize("order", list(permutations(range(3))))
def test_the_order_of_the_people_orders_the_columns_and_changes_nothing_else(order):
    straight, turned = compare(three()), compare([three()[place] for place in order])
    assert turned.people == tuple(straight.people[place] for place in order)
    for mine, other in zip(straight.rows, turned.rows, strict=True):
        assert other.cells == tuple(mine.cells[place] for place in order)
    for mine, other in zip(straight.findings, turned.findings, strict=True):
        assert (other.sentence, other.holds, other.of) == (mine.sentence, mine.holds, mine.of)
    assert set(turned.doubts) == set(straight.doubts)


def test_the_start_knows_nothing_that_came_later():
    alex = example("alex")
    later = replace(
        alex,
        evidence=(
            *alex.evidence,
            Evidence("deep-learning", EvidenceKind.TASK, 5.0, date=START + dt.timedelta(days=1)),
        ),
    )
    before, after = compare([alex]).years[0], compare([later]).years[0]
    assert after.before == before.before
    assert after.transfer_share == before.transfer_share
    assert after.after.index > before.after.index


def test_evidence_of_the_first_day_belongs_to_the_start():
    alex = example("alex")
    known = person_on(alex, START)
    assert known.evidence == alex.evidence[: len(known.evidence)]
    piece = Evidence("rag", EvidenceKind.TASK, 4.0, date=START)
    assert piece in person_on(replace(alex, evidence=(piece,)), START).evidence
    undated = replace(piece, date=None)
    assert undated in person_on(replace(alex, evidence=(undated,)), START).evidence


@pytest.mark.parametrize("name", ["alex", "jordan", "sam"])
def test_leaving_out_untouched_skills_changes_no_level(name):
    tree, person = load_catalogue().tree, example(name)
    whole = estimate_levels(person, tree, as_of=day(350))
    part = estimate_levels(person, tree, as_of=day(350), only=frozenset({"python", "jax", "rag"}))
    assert len(part.order) < len(whole.order)
    assert sorted(part.skills) == ["jax", "python", "rag"]
    for skill in part.skills:
        mine, other = part.skills[skill], whole.skills[skill]
        assert (mine.mean, mine.sd) == pytest.approx((other.mean, other.sd), abs=1e-9)
        assert mine.conflict == other.conflict


def test_fewer_than_ten_people_have_no_average_and_ten_have_medians():
    few = compare([small(f"P{n}", days=100 + n) for n in range(FEW - 1)])
    assert few.spreads == ()
    assert "no averages" in few.notes[0]
    ten = compare([small(f"P{n}", days=100 + 10 * n) for n in range(FEW)])
    months = next(s for s in ten.spreads if s.figure == "months to functional start")
    assert months.n == FEW
    assert months.median == pytest.approx(145 / 30.4375)
    assert months.low < months.median < months.high
    assert not any(s.figure == "months to formal date" for s in ten.spreads), "nobody has a formal date"


def test_one_person_is_told_that_there_is_nothing_to_compare():
    assert compare([small()]).doubts[0].startswith("One person")


def test_the_same_year_given_twice_counts_once_and_two_years_of_one_name_are_pointed_out():
    once = compare([small("Ada"), small("Ada"), small("Ben")])
    assert once.n == 2
    assert "Ada was given twice and is counted once." in once.doubts
    two = compare([small("Ada"), small("Ada", days=90)])
    assert two.n == 2
    assert any("Two different years" in doubt for doubt in two.doubts)


def test_without_outcomes_no_finding_about_them_is_made():
    comparison = compare([small("Ada", days=None), small("Ben", days=None)])
    assert any("Nobody has recorded an outcome" in doubt for doubt in comparison.doubts)
    inside = comparison.findings[5]
    assert (inside.holds, inside.of) == (0, 0)
    assert inside.sentence.startswith("No record says anything")
    assert set(cells(comparison, "Months to the work").values()) == {"not recorded"}


def test_an_outcome_of_some_and_not_of_others_names_the_others():
    comparison = compare([small("Ada"), small("Ben", days=None)])
    assert any(doubt.startswith("No outcome yet: Ben") for doubt in comparison.doubts)


def test_different_roles_are_a_doubt_and_equal_ones_are_not():
    assert not any("roles differ" in d for d in compare([small("Ada"), small("Ben")]).doubts)
    differ = compare([small("Ada"), small("Ben", role="mlops-engineer")])
    assert any("roles differ" in doubt for doubt in differ.doubts)


@pytest.mark.parametrize(
    ("filters", "kept"),
    [
        (Filters(), ["Alex", "Jordan", "Sam"]),
        (Filters(route=Route.INSIDE), ["Jordan", "Sam"]),
        (Filters(role="junior-ml-engineer"), ["Alex"]),
        (Filters(since=START), ["Alex", "Jordan", "Sam"]),
        (Filters(since=START + dt.timedelta(days=1)), []),
        (Filters(until=START - dt.timedelta(days=1)), []),
        (Filters(until=START, with_outcome=True), ["Alex", "Jordan", "Sam"]),
    ],
)
def test_a_filter_keeps_whom_it_says_and_names_the_others(filters, kept):
    comparison = compare(three(), filters=filters)
    assert list(comparison.people) == kept
    assert sorted([*kept, *(name for name, _ in comparison.left_out)]) == ["Alex", "Jordan", "Sam"]
    assert all(reason for _, reason in comparison.left_out)


def test_an_outcome_without_a_day_is_no_outcome_for_the_filter():
    undated = with_outcome(small(), functional_start=None)
    assert compare([undated, small("Ben")], filters=Filters(with_outcome=True)).people == ("Ben",)


def test_whoever_recorded_nothing_is_left_out_with_the_reason():
    nothing = replace(small("Ada"), year=Year(), outcomes=())
    assert year_bounds(nothing) is None
    assert compare([nothing, small("Ben")]).left_out == (("Ada", "has recorded nothing yet"),)


def test_both_dates_of_a_move_are_kept_apart():
    moved = with_outcome(small(), functional_start=day(91), formal_date=day(273))
    year = compare([moved]).years[0]
    assert year.move is not None
    assert year.move.months_functional == pytest.approx(91 / 30.4375)
    assert year.move.months_formal == pytest.approx(273 / 30.4375)
    assert year.move.formal_quarter == 4


def test_verification_counts_by_who_gave_it_and_never_by_volume():
    many = tuple(
        Artefact(day(10), f"Note {n}", "note", public=True, verified=Verification.SELF_PUBLISHED)
        for n in range(4)
    )
    person = small()
    volume = with_year(person, artefacts=(*person.year.artefacts, *many))
    witness = compare([volume]).years[0].witness
    assert witness is not None
    assert witness.title == "Endpoint"
    twice = replace(person.year.artefacts[0], by=("One", "Two"))
    assert compare([with_year(person, artefacts=(twice,))]).years[0].witness.signal == 2.0


def test_credit_for_something_never_recorded_is_kept_and_verified_by_nobody():
    year = compare([small(credit={"A talk in the lift": 70.0, "Endpoint": 30.0})]).years[0]
    assert [row.title for row in year.most_valuable] == ["A talk in the lift", "Endpoint"]
    assert year.most_valuable[0].verified == ""
    assert year.most_valuable[1].name == "fastapi-model-endpoint", (
        "the title of the artefact names its activity"
    )


@st.composite
def altered(draw):
    """A shipped year with parts of it taken away."""
    person = example(draw(st.sampled_from(("alex", "jordan", "sam"))))
    year = person.year
    kept = {
        name: tuple(draw(st.lists(st.sampled_from(rows), unique_by=id)))
        if (rows := getattr(year, name))
        else ()
        for name in ("checkins", "artefacts", "steps", "milestones", "sessions")
    }
    keep_outcome = draw(st.booleans())
    return replace(
        person,
        name=draw(st.sampled_from(("Ada", "Ben"))),
        evidence=tuple(draw(st.lists(st.sampled_from(person.evidence), unique_by=id, max_size=8))),
        year=replace(year, **kept),
        outcomes=person.outcomes if keep_outcome else (),
    )


@settings(max_examples=40, deadline=None)
@given(st.lists(altered(), max_size=4))
def test_any_years_make_a_document_of_the_kept_schema(schema_of_compare, people):
    comparison = compare(people)
    jsonschema.validate(years_document(comparison), schema_of_compare)
    for row in comparison.rows:
        assert len(row.cells) == comparison.n
        assert all(row.cells)
    for finding in comparison.findings:
        assert 0 <= finding.holds <= finding.of <= finding.n == comparison.n
        assert f"n = {comparison.n}" in finding.sentence
        assert len(finding.evidence) == comparison.n
    for year in comparison.years:
        assert 0 <= sum(strength.leverage for strength in year.strengths) <= 1 + 1e-9
        assert year.plan.earned_hours <= year.plan.planned_hours + 1e-9
        by_area = sum(row.hours for row in year.time.by_area)
        free = sum(s.minutes for p in people if p.name == year.person for s in p.year.sessions) / 60
        assert by_area <= year.time.on_work + free + 1e-6
