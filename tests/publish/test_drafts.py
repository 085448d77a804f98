"""Outlines hold what was recorded and nothing else; what is private stays out of those for others."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.year import (
    Artefact,
    CheckIn,
    Feedback,
    MilestoneRecord,
    Proof,
    ProofKind,
    Result,
    Session,
    Step,
    StepKind,
    Verification,
    Year,
)
from milepost.publish.drafts import PUBLIC, Form, make_draft, render_draft
from milepost.year.record import record_of_activity, record_of_days, record_of_quarter, record_of_skill
from small_year import day, make_plan  # type: ignore[import-not-found]

FIRST, LAST = day(1), day(9, 6)
YEAR = Year(
    checkins=(
        CheckIn(day(1, 6), hours=4, moved="The loop runs", next="Kill it", note="My boss is tired"),
        CheckIn(day(2, 6), hours=5, moved="It resumes after a kill", blocked="No second GPU"),
    ),
    sessions=(
        Session(day(1), "pytorch", "one", goal="Resume a run", minutes=90, result=Result.FAIL, feedback=Feedback.TEST, error="Lost the seed"),
        Session(day(2), "pytorch", "one", goal="Resume a run", minutes=60, result=Result.PASS, error="Lost the seed", fix="Save the state of the dice"),
        Session(day(3), "sql", "two", goal="A window", minutes=30),
    ),
    artefacts=(
        Artefact(day(2, 4), "A loop that survives", "blog-post", "https://example.org/loop", True, Verification.REVIEWED, ("pytorch",), "one"),
        Artefact(day(2, 5), "The bill of Acme", "report", "", False, None, ("pytorch",), "one"),
    ),
    steps=(Step(day(2, 5), "one", StepKind.FINISHED, proof=Proof(ProofKind.REVIEWER, "Ten kills, no loss", by="Ada")),),
    milestones=(MilestoneRecord(1, day(8), "Runs for a week", "Training that nobody watches"),),
)  # fmt: skip


def whole(form, year=YEAR, private=()):
    return make_draft(record_of_days(year, FIRST, LAST, title="All of it"), form, private=private)


def words_of(draft):
    return [line.text for part in draft.parts for line in part.lines]


def test_a_post_tells_goals_errors_fixes_and_proof_in_order():
    text = render_draft(whole(Form.POST))
    order = [
        "Training that nobody watches", "Resume a run: fail, by test", "Resume a run: pass", "Lost the seed",
        "Save the state of the dice", "Ten kills, no loss", "A loop that survives", "3 sessions", "1 passed, 1 failed", "Kill it",
    ]  # fmt: skip
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_what_was_not_recorded_stays_open_with_the_command_that_keeps_it():
    text = render_draft(whole(Form.POST, Year()))
    assert text.count("*Nothing recorded.") == 6
    assert "milepost log" in text
    assert whole(Form.POST, Year()).is_empty
    assert not whole(Form.POST).is_empty


@pytest.mark.parametrize("form", list(Form))
def test_work_that_is_not_public_is_only_in_the_forms_for_oneself_and_colleagues(form):
    draft = whole(form)
    shown = any("The bill of Acme" in words for words in words_of(draft))
    assert shown == (form not in PUBLIC)
    assert ("year.artefacts.1", "it is not public") in draft.left_out or form not in PUBLIC


@pytest.mark.parametrize("form", sorted(PUBLIC))
def test_private_words_mail_and_paths_stay_out_of_texts_for_others_and_each_is_named(form):
    checkins = tuple(
        CheckIn(day(3), moved=words)
        for words in (
            "A\u200bcme signed",
            "Wrote to ada@example.org",
            "It lies in /home/ada/x",
            "See http://10.0.0.8/",
        )
    )
    session = Session(day(3), goal="Serve Acme", error="acme again", fix="ACME's cache", result=Result.PASS)
    year = replace(YEAR, checkins=checkins, sessions=(session,))
    text = render_draft(whole(form, year, ("Acme",)))
    assert not any(secret in text for secret in ("cme", "CME", "ada@", "/home", "10.0.0.8"))
    assert whole(form, year, ("Acme",)).left_out


def test_a_private_title_is_not_the_title():
    record = record_of_days(YEAR, FIRST, LAST, title="Migration of Acme")
    assert make_draft(record, Form.POST, private=("acme",)).title == "Untitled"
    assert make_draft(record, Form.WRITE_UP, private=("acme",)).title == "Migration of Acme"


def test_notes_are_in_no_form():
    assert not any("tired" in words for form in Form for words in words_of(whole(form)))


def test_a_week_is_one_line_and_an_empty_week_is_none():
    line = render_draft(whole(Form.WEEK))
    assert line.startswith("Moved: It resumes after a kill. Shown: A loop that survives")
    assert line.count("\n") == 1
    assert render_draft(whole(Form.WEEK, Year())) == ""


def test_signs_of_markdown_in_the_record_stay_signs():
    year = Year(sessions=(Session(day(1), goal="[x](javascript:1) *now*\n# head", result=Result.PASS),))
    text = render_draft(whole(Form.POST, year))
    assert "[x](" not in text
    assert "\n# head" not in text


def test_an_activity_a_skill_and_a_quarter_pick_what_belongs_to_them():
    plan = make_plan()
    one = next(each for each in plan.activities if each.id == "one")
    assert len(record_of_activity(YEAR, one, id_="one", title="").sessions) == 2
    assert [s.skill for _, s in record_of_skill(YEAR, "sql", title="").sessions] == ["sql"]
    quarter = record_of_quarter(YEAR, plan, 1)
    assert quarter.title == "Training that nobody watches"
    assert (len(quarter.sessions), len(quarter.artefacts), len(quarter.checkins)) == (3, 2, 2)


def test_a_quarter_without_a_plan_begins_after_the_milestone_before():
    milestones = (MilestoneRecord(1, day(1), "", "First"), MilestoneRecord(2, day(3), "", "Second"))
    record = record_of_quarter(replace(YEAR, milestones=milestones), None, 2)
    assert [s.date for _, s in record.sessions] == [day(2), day(3)]
    assert record_of_quarter(Year(), None, 3).title == "Quarter 3"


texts = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1, max_size=20)


@given(goal=texts, error=texts, fix=texts, moved=texts, title=texts, form=st.sampled_from(list(Form)))
def test_no_line_holds_a_word_that_nobody_recorded(goal, error, fix, moved, title, form):
    year = Year(
        checkins=(CheckIn(day(2), moved=moved),),
        sessions=(Session(day(1), goal=goal, error=error, fix=fix),),
        artefacts=(Artefact(day(2), title, public=True),),
    )
    record = record_of_days(year, day(1), day(3), title="")
    for part in make_draft(record, form, private=()).parts:
        for line in part.lines:
            if line.source != "count":
                assert line.text in {goal, error, fix, moved, title, f"{error} → {fix}"}


def test_days_outside_are_not_in_it():
    record = record_of_days(YEAR, day(2), day(2) + dt.timedelta(days=1), title="")
    assert [s.date for _, s in record.sessions] == [day(2)]
    assert record.hours == 1
