"""The three recorded years: the same people as in content/people, and a year that holds together."""

import datetime as dt
from pathlib import Path

import pytest

from milepost.compare import person_on
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.person import read_person
from milepost.model.people import Person
from milepost.model.year import StepKind
from milepost.workflows.compare import year_path

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("alex", "jordan", "sam")
START, END = dt.date(2026, 11, 30), dt.date(2027, 11, 28)


def read(path):
    person = read_person(path, catalogue=load_catalogue())
    assert isinstance(person, Person), person
    return person


@pytest.fixture(params=NAMES)
def name(request):
    return request.param


@pytest.fixture
def person(name):
    return read(year_path(name))


def test_the_year_begins_with_the_very_person_of_the_planning_file(name, person):
    planned = read(PACKAGED / "people" / f"{name}.yaml")
    before = person_on(person, START)
    assert before.evidence == planned.evidence
    assert person.ratings == planned.ratings
    assert person.watch[: len(planned.watch)] == planned.watch
    same = {"target", "capacity", "specialisations", "impact", "activities", "name"}
    assert {field: getattr(person, field) for field in same} == {
        field: getattr(planned, field) for field in same
    }


def test_it_says_that_it_is_illustrative(person):
    for word in ("case study", "no scores", "ours"):
        assert word in person.illustrative


def test_every_record_lies_inside_the_year_and_no_work_falls_into_time_away(person):
    year = person.year
    for record in (*year.checkins, *year.sessions, *year.artefacts, *year.steps):
        assert START <= record.date <= END, record
        assert not any(away.first <= record.date <= away.last for away in person.capacity.away), record


def test_everything_finished_was_started_before_and_has_a_proof_that_counts(person):
    started = {}
    for step in person.year.steps:
        if step.kind is StepKind.STARTED:
            assert step.activity not in started
            started[step.activity] = step.date
        else:
            assert started.pop(step.activity) <= step.date
        if step.kind is StepKind.FINISHED:
            assert step.hours
            assert step.proof is not None
            assert step.proof.counts
        if step.kind is StepKind.SKIPPED:
            assert step.reason
    assert started == {}


def test_steps_name_activities_and_only_what_was_skipped_goes_by_free_words(person):
    known = load_catalogue().activities
    free = {step.activity for step in person.year.steps} - set(known)
    skipped = {step.activity for step in person.year.steps if step.kind is StepKind.SKIPPED}
    assert len(free) <= 2
    assert free <= skipped
    assert all(not a.activity or a.activity in known for a in person.year.artefacts)


def test_hours_are_those_of_a_working_person(person):
    checkins = person.year.checkins
    assert 35 <= len(checkins) <= 46, "sparse, but real"
    assert [c.date for c in checkins] == sorted({c.date for c in checkins})
    assert all(c.date.weekday() == 6 for c in checkins)
    stated = person.capacity.hours_per_week
    assert max(c.hours for c in checkins) <= 1.6 * stated
    assert 0.6 * stated < sum(c.hours for c in checkins) / len(checkins) < 1.1 * stated


def test_four_milestones_were_accepted_with_evidence_and_exactly_one_quarter_was_late(person):
    milestones = person.year.milestones
    assert [m.quarter for m in milestones] == [1, 2, 3, 4]
    assert all(m.evidence and m.title and m.if_then.startswith("If ") and m.proof for m in milestones)
    late = [m for m in milestones if m.accepted > START + dt.timedelta(weeks=13 * m.quarter, days=-1)]
    assert len(late) == 1


def test_the_outcome_keeps_both_dates_and_gives_a_hundred_points(person):
    (outcome,) = person.outcomes
    assert outcome.functional_start <= outcome.formal_date <= END
    assert outcome.route is person.target.route
    assert outcome.role == person.target.role
    assert outcome.planned_quarter == 4
    assert sum(outcome.credit.values()) == 100
    done = {step.activity for step in person.year.steps if step.kind is StepKind.FINISHED}
    assert set(outcome.credit) <= done
    assert outcome.learned


def test_what_counts_as_evidence_of_the_year_was_made_in_it(person):
    gained = [piece for piece in person.evidence if piece.date is not None and piece.date >= START]
    assert len(gained) >= 15
    titles = {artefact.title for artefact in person.year.artefacts}
    shown = [piece for piece in gained if piece.kind == "artefact" and piece.title in titles]
    verified = {artefact.title: artefact.verified for artefact in person.year.artefacts}
    assert len(shown) >= 6
    for piece in shown:
        assert piece.verified is verified[piece.title] or piece.verified == "self-published", piece


def test_the_facts_of_the_case_study_are_in_the_records():
    alex, jordan, sam = (read(year_path(name)) for name in NAMES)
    post = next(a for a in alex.year.artefacts if a.kind == "blog-post")
    assert post.verified == "cited-by-interviewer"
    assert len(post.by) == 2
    merged = next(a for a in jordan.year.artefacts if a.kind == "merged-change")
    assert merged.verified == "accepted"
    assert [p.outcomes[0].route.value for p in (alex, jordan, sam)] == ["outside", "inside", "inside"]
    done = {s.activity for p in (alex, jordan, sam) for s in p.year.steps if s.kind is StepKind.FINISHED}
    assert {
        "gpt-2-training-run-reproduction", "fastapi-model-endpoint", "rag-chatbot-personal-corpus",
        "rag-evaluation-blog-post", "train-on-four-gpus-ddp", "cut-serving-latency-at-work",
        "contribute-to-an-inference-framework", "production-llm-serving-at-work", "internal-transfer",
        "replace-an-nlp-pipeline-at-work", "three-internal-proofs-of-concept", "hire-two-ai-engineers",
        "ai-strategy-for-executives", "promotion-packet",
    } <= done  # fmt: skip


def test_the_files_quote_nothing_of_the_case_study(name):
    source = ROOT.parent / "shared" / "design" / "case-study.txt"
    if not source.is_file():
        pytest.skip("the case study's text is not here")
    words = [
        source.read_text(encoding="utf-8").casefold().split(),
        year_path(name).read_text("utf-8").casefold().split(),
    ]
    theirs, ours = ({tuple(text[n : n + 7]) for n in range(len(text) - 6)} for text in words)
    assert theirs & ours == set()
