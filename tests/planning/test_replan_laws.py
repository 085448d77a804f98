"""Laws of replans: random small briefs, random years after them, and a day in their course."""

import datetime as dt
from copy import deepcopy
from dataclasses import replace

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories import QUICK, SKILLS, TODAY, make_brief, make_role, wishes  # type: ignore[import-not-found]
from milepost.model.plans import Infeasible, Plan
from milepost.model.replans import Replan
from milepost.model.year import Year
from milepost.planning.brief import Brief
from milepost.planning.replan import replan
from milepost.planning.rules import violations
from milepost.planning.solve import solve_plan
from planning.lived import Course, courses, on_schedule  # type: ignore[import-not-found]

LOW = dict.fromkeys(SKILLS, 1.2)


def plan_of(brief) -> Plan | None:
    found = solve_plan(brief, effort=QUICK)
    return found if isinstance(found, Plan) else None


def replanned(brief, plan, year, today, **more) -> Replan | Infeasible:
    return replan(brief, plan, year=year, today=today, effort=QUICK, **more)


def lived(course: Course) -> tuple[Plan, Brief, Year]:
    """The old plan, what holds on the day, and what was recorded up to it."""
    plan = plan_of(course.wish.brief())
    assume(plan is not None)
    assert plan is not None
    return plan, course.brief(), course.year(plan)


@settings(max_examples=12)
@given(wishes())
def test_on_the_first_day_of_an_untouched_year_the_plan_stays_what_it_is(wish):
    brief = wish.brief()
    plan = plan_of(brief)
    assume(plan is not None)
    found = replanned(brief, plan, Year(), brief.start)
    assert isinstance(found, Replan)
    assert repr(found.plan) == repr(plan)
    assert not found.changed
    assert found.unchanged_share == 1.0


@settings(max_examples=20)
@given(courses())
def test_a_replan_keeps_every_rule_and_loses_no_finished_work(course):
    plan, brief, year = lived(course)
    before = deepcopy(plan)
    found = replanned(brief, plan, year, course.today, keep_started=course.keep_started)
    assert plan == before
    if isinstance(found, Infeasible):
        assert found.because
        return
    assert violations(found.plan, brief, standing=found.standing) == ()
    planned = {row.id: row for row in found.plan.activities}
    finished = {work.id for work in found.standing.finished}
    assert finished == {step.activity for step in year.steps if step.kind == "finished"}
    assert finished <= planned.keys()
    if course.keep_started:
        started = {work.id for work in found.standing.started}
        assert started <= planned.keys() | set(brief.person.activities.exclude)
    assert not set(found.standing.skipped) & planned.keys()
    for id_, row in planned.items():
        assert id_ in finished or row.start_week >= found.standing.first_week
    _every_activity_is_told_of(found)
    assert 0.0 <= found.unchanged_share <= 1.0
    assert found.lost_share >= 0.0


def _every_activity_is_told_of(found: Replan) -> None:
    """Why: what a person is asked to accept is what the four lists say, so they have to be complete."""
    old, new = ({row.id for row in plan.activities} for plan in (found.baseline, found.plan))
    told = [change.id for part in (found.kept, found.moved, found.dropped, found.added) for change in part]
    assert sorted(told) == sorted(old | new)
    assert {change.id for change in found.dropped} == old - new
    assert {change.id for change in found.added} == new - old - {w.id for w in found.standing.finished}
    assert all(
        change.reason for part in (found.kept, found.moved, found.dropped, found.added) for change in part
    )


@settings(max_examples=10)
@given(courses())
def test_replanning_twice_on_one_day_is_replanning_once(course):
    plan, brief, year = lived(course)
    first = replanned(brief, plan, year, course.today, keep_started=course.keep_started)
    assume(isinstance(first, Replan))
    assert isinstance(first, Replan)
    again = replanned(brief, first.plan, year, course.today, keep_started=course.keep_started)
    assert isinstance(again, Replan)
    assert again.plan == first.plan
    assert again.unchanged_share == 1.0
    assert not again.dropped
    assert not again.added


@settings(max_examples=5)
@given(courses(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_year_was_written_changes_no_byte(course, dice):
    plan, brief, year = lived(course)
    sessions = list(year.sessions)
    dice.shuffle(sessions)
    other = replace(year, sessions=tuple(sessions))
    results = [replanned(brief, plan, y, course.today) for y in (year, other)]
    assert repr(results[0]) == repr(results[1])


@pytest.mark.parametrize("weeks", [1, 4, 9, 14, 20])
def test_a_year_on_schedule_asks_for_no_change(weeks):
    brief = make_brief(LOW, hours=6.0)
    plan = plan_of(brief)
    today = brief.start + dt.timedelta(weeks=weeks)
    found = replanned(brief, plan, on_schedule(plan, today), today)
    assert isinstance(found, Replan)
    assert found.unchanged_share >= 0.8
    assert not found.dropped


def test_what_stays_close_to_the_old_plan_costs_at_most_the_tolerance():
    brief = make_brief(LOW, hours=6.0)
    plan = plan_of(brief)
    today = TODAY + dt.timedelta(weeks=3)
    found = replanned(replace(brief, hours_per_week=5.0), plan, Year(), today)
    assert isinstance(found, Replan)
    assert found.lost_share <= brief.settings.replan_tolerance + 1e-9
    assert found.changed


def test_a_new_role_drops_what_is_worth_nothing_for_it():
    brief = make_brief(LOW, hours=6.0)
    plan = plan_of(brief)
    targets = tuple(t for t in make_role().targets if t.skill in {"detection", "writing"})
    role = make_role(targets=targets, specialisations=("vision",))
    other = make_brief(LOW, hours=6.0, role=role)
    other = replace(other, person=replace(other.person, specialisations=("vision",)))
    found = replanned(other, plan, Year(), TODAY + dt.timedelta(weeks=2))
    assert isinstance(found, Replan)
    dropped = {change.id: change.reason for change in found.dropped}
    worthless = {id_ for id_, reason in dropped.items() if "closes no gap of Engineer" in reason}
    assert worthless & {"python-course", "serving-course", "serve-a-model", "serve-fast", "statistics-course"}
