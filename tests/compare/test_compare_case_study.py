"""The computed table beside the case study's own, with every difference stated; and records that change it."""

from dataclasses import replace

import pytest

from compare.years import cells, compare, example, three, with_outcome, with_year  # type: ignore[import-not-found]
from milepost.model.roles import Route
from milepost.model.year import Artefact, Verification

PUBLISHED = {
    "Starting advantage": ("Fresh, no bad habits", "Systems expertise", "Domain + leadership"),
    "Biggest gap": ("Production experience", "ML theory", "Modern DL"),
    "Most valuable activity": ("Blog post + projects", "Open-source contribution", "Cross-functional POCs"),
    "Months to the work": ("12 months", "9 months (internal)", "6 months (internal)"),
    "Key learning": ("Projects > courses", "Leverage existing skills", "Business context matters"),
}
"""The case study's comparative analysis, cell by cell. The differences are listed in decisions/0015."""
COMPUTED = {
    "Starting advantage": ("Programming", "MLOps and deployment", "Working skills"),
    "Biggest gap": ("area: MLOps and deployment", "Machine learning", "Large language models"),
    "Most valuable activity": ("(writing)", "(contribution)", "Three proofs of concept"),
    "Months to the work": ("11.7", "9.0", "6.0"),
    "Key learning": ("public work that others verified", "starting strength", "with the business"),
}


@pytest.fixture(scope="module")
def comparison():
    return compare(three())


@pytest.mark.parametrize("dimension", PUBLISHED)
def test_the_computed_table_stands_beside_the_published_one(comparison, dimension):
    computed = cells(comparison, dimension)
    for name, published, expected in zip(computed, PUBLISHED[dimension], COMPUTED[dimension], strict=True):
        # Why printed: `pytest -s` shows the two tables side by side.
        print(f"{dimension} | {name} | published: {published} | computed: {computed[name]}")  # noqa: T201
        assert expected in computed[name]


def test_the_months_agree_with_the_published_ones_to_the_month_and_the_titles_come_in_quarter_four(
    comparison,
):
    months = [round(year.move.months_functional) for year in comparison.years]
    assert months == [12, 9, 6]
    assert [year.move.formal_quarter for year in comparison.years] == [4, 4, 4]
    assert [year.move.planned_quarter for year in comparison.years] == [4, 4, 4]
    later = [year.move.months_formal - year.move.months_functional for year in comparison.years]
    assert later[0] == 0
    assert later[1] > 2
    assert later[2] > 5


def test_the_six_findings_say_what_was_counted(comparison):
    counted = {finding.title: (finding.holds, finding.of, finding.n) for finding in comparison.findings}
    assert counted == {
        "T-shape": (3, 3, 3),
        "Build in public": (2, 3, 3),
        "Leverage strengths": (1, 2, 3),
        "Learning agility": (3, 3, 3),
        "Hype resistance": (3, 3, 3),
        "Internal transfers": (2, 3, 3),
    }
    for finding in comparison.findings:
        assert "n = 3; nothing follows for others" in finding.sentence
    assert comparison.findings[5].sentence.startswith("2 of 3 moved inside their company.")


def test_the_comparison_says_where_it_means_little(comparison):
    assert any("roles differ" in doubt for doubt in comparison.doubts)
    assert any("Illustrative" in note for note in comparison.notes)
    assert not comparison.spreads


def altered(person):
    """The comparison with one of the three replaced."""
    return compare([person if other.name == person.name else other for other in three()])


def test_without_the_points_for_the_blog_post_another_piece_is_most_valuable_and_the_witness_still_names_it():
    alex = example("alex")
    credit = {name: points for name, points in alex.outcomes[0].credit.items() if "blog" not in name}
    cell = cells(altered(with_outcome(alex, credit=credit)), "Most valuable activity")["Alex"]
    assert "Cooking assistant" in cell.split(";")[0]
    assert "others verified most: Two judges for one recipe bot (cited by interviewer ×2)" in cell


def test_without_any_points_nothing_is_said_about_what_paid():
    comparison = altered(with_outcome(example("alex"), credit={}))
    assert cells(comparison, "Key learning")["Alex"] == "no points given"
    public = comparison.findings[1]
    assert (public.holds, public.of) == (1, 2)
    assert "1 of 3 cannot be judged: no points were given" in public.sentence


def test_a_blog_post_that_nobody_verified_no_longer_counts_as_build_in_public():
    alex = example("alex")
    alone = tuple(replace(a, verified=Verification.SELF_PUBLISHED, by=()) for a in alex.year.artefacts)
    comparison = altered(with_year(alex, artefacts=alone))
    assert (comparison.findings[1].holds, comparison.findings[1].of) == (1, 3)
    assert comparison.years[0].key_lens.id == "built"


def test_credit_for_courses_turns_the_key_learning():
    jordan = with_outcome(example("jordan"), credit={"cs229-supervised-learning": 100.0})
    lenses = {lens.id: lens.credit_share for lens in altered(jordan).years[1].lenses}
    assert lenses["built"] == 0.0
    assert altered(jordan).years[1].key_lens is None


def test_a_move_to_another_company_changes_the_count_of_internal_transfers():
    comparison = altered(with_outcome(example("sam"), route=Route.OUTSIDE))
    inside = comparison.findings[5]
    assert (inside.holds, inside.of) == (1, 3)
    assert "inside: 9.0; outside: 6.0, 11.7" in inside.sentence


def test_hours_on_every_new_thing_end_hype_resistance():
    alex = example("alex")
    hours = tuple(
        replace(step, activity=f"the thing of week {n}") if n % 3 == 0 else step
        for n, step in enumerate(alex.year.steps)
    )
    comparison = altered(with_year(alex, steps=hours))
    assert comparison.findings[4].holds == 2
    assert comparison.years[0].plan.on_plan_ratio < 0.8


def test_adopting_most_temptations_ends_hype_resistance():
    sam = example("sam")
    adopted = tuple(replace(each, decision="adopt") for each in sam.watch)
    assert altered(replace(sam, watch=adopted)).findings[4].holds == 2


def test_a_slow_second_half_ends_learning_agility():
    sam = example("sam")
    late = tuple(
        replace(a, date=a.date.replace(month=11, day=20)) if a.date.month in {8, 9, 10, 11} else a
        for a in sam.year.artefacts
    )
    assert altered(with_year(sam, artefacts=late)).findings[3].holds == 2


def test_without_the_evidence_of_the_year_the_t_does_not_rise():
    jordan = example("jordan")
    early = tuple(e for e in jordan.evidence if e.date is None or e.date.year < 2027)
    comparison = altered(replace(jordan, evidence=early))
    assert comparison.findings[0].holds == 2


def test_without_the_backend_years_jordan_starts_without_that_advantage():
    jordan = example("jordan")
    systems = {"kubernetes", "docker", "ci-cd", "observability", "cloud-platforms", "distributed-systems",
               "python", "software-design", "linux", "system-design"}  # fmt: skip
    stripped = replace(
        jordan,
        ratings=tuple(r for r in jordan.ratings if r.skill not in systems),
        evidence=tuple(e for e in jordan.evidence if e.skill not in systems),
    )
    before, after = compare(three()).years[1], altered(stripped).years[1]
    assert "MLOps and deployment" in [s.name for s in before.strengths]
    assert "MLOps and deployment" not in [s.name for s in after.strengths]
    assert after.transfer_share < before.transfer_share


def test_an_artefact_that_nobody_can_see_is_no_public_one():
    sam = example("sam")
    shown = replace(sam.year.artefacts[3], public=True)
    assert isinstance(shown, Artefact)
    comparison = altered(with_year(sam, artefacts=(*sam.year.artefacts[:3], shown, *sam.year.artefacts[4:])))
    assert comparison.findings[1].holds == 3
    assert comparison.years[2].public_artefacts == 1
