"""Wished starts: kept where that works, otherwise the nearest week, and the plan says what became of each."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories import (  # type: ignore[import-not-found]
    ACTIVITIES,
    QUICK,
    SKILLS,
    TODAY,
    make_brief,
    small_problems,
    wishes,
    with_person,
)
from milepost.model.people import Away, Choices, Move
from milepost.model.plans import Infeasible, MoveAnswer, Plan
from milepost.model.replans import Replan
from milepost.model.year import Step, StepKind, Year
from milepost.planning.replan import replan
from milepost.planning.rules import violations
from milepost.planning.solve import solve_plan
from milepost.planning.starts import fix_start
from planning.by_hand import (  # type: ignore[import-not-found]
    broken_in_selection,
    can_be_placed,
    every_selection,
)

LOW = dict.fromkeys(SKILLS, 1.2)


def monday(week: int) -> dt.date:
    day: dt.date = TODAY + dt.timedelta(weeks=week - 1)
    return day


def moved(brief, **weeks):
    """The brief of somebody who moves activities to weeks of the plan; ``_2`` at the end is a second round."""
    moves = tuple(
        Move(id_.replace("_2", "~2").replace("_", "-"), brief.start + dt.timedelta(days=7 * (week - 1) + 3))
        for id_, week in weeks.items()
    )
    return with_person(brief, activities=replace(brief.person.activities, move=moves))


def plan_of(brief) -> Plan:
    found = solve_plan(brief, effort=QUICK)
    assert isinstance(found, Plan)
    assert violations(found, brief) == ()
    return found


def row_of(plan, id_):
    return next(row for row in plan.activities if row.id == id_)


@pytest.mark.parametrize(
    ("id_", "week"), [("serve_a_model", 5), ("algebra_course", 20), ("python_book", 2), ("blog_post_2", 9)]
)
def test_a_week_that_works_is_kept_and_the_plan_says_who_chose_it(id_, week):
    plan = plan_of(moved(make_brief(LOW), **{id_: week}))
    (answer,) = plan.moves
    row = row_of(plan, answer.activity)
    assert (row.start_week, answer.start, answer.reason) == (week, monday(week), "")
    assert f"you moved it to the week of {answer.wished}" in row.why
    assert not any(str(answer.wished) in note for note in plan.notes)


def test_what_nobody_would_plan_is_planned_once_it_is_moved():
    assert "python-book" not in {a.id for a in plan_of(make_brief(LOW)).activities}
    assert row_of(plan_of(moved(make_brief(LOW), python_book=16)), "python-book").start_week == 16


@pytest.mark.parametrize(
    ("id_", "wished", "got", "why"),
    [
        ("algebra_course", -2, 1, "before the plan starts"),
        ("algebra_course", 30, 24, "after the end of the plan"),
        ("algebra_course", 13, 14, "for the review of the quarter"),
        ("algebra_course", 5, 4, "you are away"),
        ("python_book", 12, 14, "do not fit into what is left of the quarter"),
        ("serve_a_model", 1, 3, "it comes after “Serving course”"),
        ("blog_post_2", 1, 2, "it comes after “Blog post”"),
    ],
)
def test_where_the_week_cannot_work_the_nearest_is_taken_and_the_plan_says_why(id_, wished, got, why):
    away = (Away(monday(5), monday(7) - dt.timedelta(days=1)),) if why == "you are away" else ()
    plan = plan_of(moved(make_brief(LOW, away=away), **{id_: wished}))
    (answer,) = plan.moves
    row = row_of(plan, answer.activity)
    assert (row.start_week, answer.start) == (got, monday(got))
    assert why in answer.reason
    assert why in row.why
    assert any(why in note and str(answer.wished) in note and str(row.start) in note for note in plan.notes)


@settings(max_examples=40)
@given(small_problems(), st.data())
def test_the_week_found_keeps_the_rules_and_is_the_wished_one_where_that_works(problem, data):
    """Why by hand: every selection and every week is tried, by code that shares nothing with the planner."""
    id_ = data.draw(st.sampled_from([c.id for c in problem.candidates]))
    wished = data.draw(st.integers(0, 9))
    problem = _at_a_usual_pace(problem, id_)
    found = fix_start(problem, id_, wished).by_id[id_].start
    weeks = [week for bucket in problem.buckets for week in bucket.week_numbers]
    weeks.sort(key=lambda week: (abs(week - wished), week))
    best = next((week for week in weeks if _works(problem, id_, week)), 0)
    assert found == 0 or _works(problem, id_, found)
    if best == wished:
        assert found == wished


def _at_a_usual_pace(problem, pin):
    """The problem with ten times the hours: nothing is done at less than the hour a week that is the least."""
    rows = (replace(c, tenths=10 * c.tenths, pinned=c.pinned or c.id == pin) for c in problem.candidates)
    buckets = (
        replace(b, tenths=10 * b.tenths, week_tenths=tuple(10 * each for each in b.week_tenths))
        for b in problem.buckets
    )
    return replace(problem, candidates=tuple(rows), buckets=tuple(buckets))


def _works(problem, id_, week):
    tried = replace(
        problem, candidates=tuple(replace(c, start=week) if c.id == id_ else c for c in problem.candidates)
    )
    quarter = next(bucket.number for bucket in problem.buckets if week in bucket.week_numbers)
    return any(
        selection.get(id_) == quarter
        and not broken_in_selection(tried, selection)
        and can_be_placed(tried, selection)
        for selection in every_selection(tried)
    )


@settings(max_examples=20)
@given(wishes(), st.data())
def test_any_wishes_give_a_sound_plan_that_holds_them_all_or_the_answer_that_pins_would_get(wish, data):
    brief = wish.brief()
    chosen = brief.person.activities
    ids = sorted(set(brief.catalogue.activities) - {*chosen.done, *chosen.exclude})
    if brief.route == "outside":
        ids = [id_ for id_ in ids if not ACTIVITIES[id_].needs_employer]
    names = data.draw(st.lists(st.sampled_from(ids), unique=True, max_size=3))
    moves = tuple(Move(id_, monday(data.draw(st.integers(-3, 32)))) for id_ in names)
    brief = with_person(brief, activities=replace(chosen, move=moves))
    found = solve_plan(brief, effort=QUICK)
    if isinstance(found, Infeasible):
        pinned = replace(chosen, pin=tuple(sorted({*chosen.pin, *names})))
        assert isinstance(solve_plan(with_person(brief, activities=pinned), effort=QUICK), Infeasible)
        return
    assert violations(found, brief) == ()
    assert {answer.activity for answer in found.moves} == set(names)
    other = with_person(brief, activities=replace(chosen, move=moves[::-1]))
    assert repr(solve_plan(other, effort=QUICK)) == repr(found)


def test_two_wishes_for_the_same_week_are_both_met():
    plan = plan_of(moved(make_brief(LOW, hours=8.0), algebra_course=4, batching_paper=4))
    assert [row_of(plan, id_).start_week for id_ in ("algebra-course", "batching-paper")] == [4, 4]


def test_a_third_thing_at_once_starts_in_the_nearest_week_and_the_reason_is_the_others():
    brief = moved(make_brief(LOW, hours=8.0), algebra_course=4, batching_paper=4, test_course=4)
    plan = plan_of(brief)
    weeks = sorted(row_of(plan, move.activity).start_week for move in brief.person.activities.move)
    assert weeks.count(4) == 2
    (missed,) = [answer for answer in plan.moves if answer.reason]
    assert "leaves no room" in missed.reason


def test_a_plan_that_claims_what_it_does_not_do_breaks_a_rule():
    brief = moved(make_brief(LOW), algebra_course=20)
    plan = plan_of(brief)
    assert violations(replace(plan, moves=()), brief)[0].rule == "your choice"
    elsewhere = moved(make_brief(LOW), algebra_course=18)
    assert [v.subject for v in violations(plan, elsewhere)] == ["algebra-course"]
    (answer,) = plan.moves
    for lie in (
        MoveAnswer(answer.activity, monday(18), answer.start),
        MoveAnswer(answer.activity, answer.wished, monday(18), "rain"),
        MoveAnswer(answer.activity, answer.wished, answer.start, "rain"),
    ):
        assert [v.subject for v in violations(replace(plan, moves=(lie,)), brief)] == ["algebra-course"]
    free = plan_of(make_brief(LOW, choices=Choices(exclude=("algebra-course",))))
    assert ("your choice", "algebra-course") in {(v.rule, v.subject) for v in violations(free, brief)}


def test_what_can_be_nowhere_in_the_plan_gets_the_answer_of_a_pin():
    found = solve_plan(moved(make_brief(LOW), sponsor_talks=4), effort=QUICK)
    assert isinstance(found, Infeasible)
    assert found.because == ("You moved sponsor-talks, but it needs a present employer.",)
    assert [change.field for change in found.relax] == ["activities.move"]
    tight = moved(make_brief(LOW, hours=1.5, weeks=13), python_book=4)
    found = solve_plan(tight, effort=QUICK)
    assert isinstance(found, Infeasible)
    assert "activities.move" in {change.field for change in found.relax} or found.because


# --- replans -------------------------------------------------------------------------------


def replanned(brief, baseline, today, *steps) -> Replan:
    found = replan(brief, baseline, year=Year(steps=steps), today=today, effort=QUICK)
    assert isinstance(found, Replan)
    assert violations(found.plan, brief, standing=found.standing) == ()
    return found


def test_a_replan_moves_what_the_person_moves_and_says_that_they_did():
    baseline = plan_of(make_brief(LOW))
    old = row_of(baseline, "serve-a-model").start_week
    brief = moved(make_brief(LOW), serve_a_model=16)
    found = replanned(brief, baseline, monday(2))
    assert old != 16
    assert row_of(found.plan, "serve-a-model").start_week == 16
    (change,) = [change for change in found.moved if change.id == "serve-a-model"]
    assert change.reason == f"you moved it to the week of {monday(16) + dt.timedelta(days=3)}"


def test_a_wish_that_is_met_stays_met_on_an_untouched_year():
    brief = moved(make_brief(LOW), serve_a_model=16)
    plan = plan_of(brief)
    found = replanned(brief, plan, TODAY)
    assert repr(found.plan) == repr(plan)
    assert not found.changed


def test_a_wish_for_a_week_that_is_over_is_left_with_a_word():
    brief = moved(make_brief(LOW), algebra_course=2)
    found = replanned(brief, plan_of(brief), monday(6))
    (answer,) = found.plan.moves
    assert (answer.start, answer.reason) == (None, "that week is over")
    assert any("counts no more: that week is over" in note for note in found.plan.notes)


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        (StepKind.FINISHED, "it is finished"),
        (StepKind.STARTED, "it was started already"),
        (StepKind.SKIPPED, "you skipped it"),
    ],
)
def test_what_was_begun_or_skipped_before_its_wished_week_is_left_as_it_is(kind, reason):
    baseline = plan_of(make_brief(LOW))
    brief = moved(make_brief(LOW), algebra_course=12)
    found = replanned(brief, baseline, monday(3), Step(monday(2), "algebra-course", kind))
    (answer,) = found.plan.moves
    assert (answer.start, answer.reason) == (None, reason)
    later = replanned(brief, baseline, monday(14), Step(monday(2), "algebra-course", kind))
    assert later.plan.moves == (), "once the wished week is over there is nothing left to say"


@settings(max_examples=8)
@given(wishes(), st.data())
def test_a_replan_with_any_wishes_keeps_every_rule(wish, data):
    brief = wish.brief()
    plan = solve_plan(brief, effort=QUICK)
    assume(isinstance(plan, Plan))
    assert isinstance(plan, Plan)
    names = data.draw(st.lists(st.sampled_from([a.id for a in plan.activities]), unique=True, max_size=3))
    moves = tuple(Move(id_, monday(data.draw(st.integers(-1, 30)))) for id_ in names)
    brief = with_person(brief, activities=replace(brief.person.activities, move=moves))
    today = brief.start + dt.timedelta(days=data.draw(st.integers(0, 60)))
    done = tuple(Step(a.end, a.id, StepKind.FINISHED) for a in plan.activities if a.end < today)
    found = replan(brief, plan, year=Year(steps=done), today=today, effort=QUICK)
    if isinstance(found, Infeasible):
        assert found.because
        return
    assert violations(found.plan, brief, standing=found.standing) == ()
