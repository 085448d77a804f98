"""Every rule about the past of a plan is broken once on purpose, and is the one that says so."""

import datetime as dt
import inspect
import re
from dataclasses import replace
from functools import cache

import pytest

from factories import QUICK, TODAY, make_brief  # type: ignore[import-not-found]
from milepost.model.plans import Plan
from milepost.model.replans import Replan
from milepost.model.year import Session, Step, StepKind, Year
from milepost.planning import past_rules
from milepost.planning.replan import replan
from milepost.planning.rules import violations
from milepost.planning.solve import solve_plan

LEVELS = {"python": 1.0, "statistics": 1.2, "inference": 1.5, "detection": 1.0, "batching": 1.0}
NOW = TODAY + dt.timedelta(weeks=5)


def make_old_brief():
    return make_brief(LEVELS, hours=7.0, weeks=26)


@cache
def old_plan() -> Plan:
    plan = solve_plan(make_old_brief(), effort=QUICK)
    assert isinstance(plan, Plan)
    return plan


def ended() -> list[str]:
    return [row.id for row in old_plan().activities if row.end < NOW]


def running() -> str:
    return next(row.id for row in old_plan().activities if row.start_week >= 6 and row.end_week <= 12)


@cache
def sound() -> Replan:
    """Week six: what has ended is finished but for the last, one more is started, one is skipped."""
    *finished, last = ended()
    skipped = old_plan().quarters[1].activities[-1].id
    steps = [Step(NOW - dt.timedelta(days=8), id_, StepKind.FINISHED) for id_ in finished]
    steps += [Step(NOW, running(), StepKind.STARTED), Step(NOW, skipped, StepKind.SKIPPED)]
    year = Year(steps=tuple(steps), sessions=(Session(NOW, activity=running(), minutes=120),))
    assert last != running()
    found = replan(make_old_brief(), old_plan(), year=year, today=NOW, effort=QUICK)
    assert isinstance(found, Replan)
    return found


def broken(plan: Plan) -> set[str]:
    return {v.rule for v in violations(plan, make_old_brief(), standing=sound().standing)}


def edit(plan: Plan, id_: str, **changes) -> Plan:
    quarters = tuple(
        replace(q, activities=tuple(replace(a, **changes) if a.id == id_ else a for a in q.activities))
        for q in plan.quarters
    )
    return replace(plan, quarters=quarters)


def without(plan: Plan, id_: str) -> Plan:
    quarters = []
    for quarter in plan.quarters:
        rows = tuple(row for row in quarter.activities if row.id != id_)
        quarters.append(replace(quarter, activities=rows, hours=sum(row.hours for row in rows)))
    return replace(plan, quarters=tuple(quarters), planned_hours=sum(quarter.hours for quarter in quarters))


def lost_work(plan):
    return without(plan, sound().standing.finished[0].id)


def other_days(plan):
    work = sound().standing.finished[0]
    return edit(plan, work.id, end=work.last + dt.timedelta(days=1))


def other_weeks(plan):
    return edit(plan, sound().standing.finished[0].id, start_week=3, end_week=12)


def done_again(plan):
    row = next(row for row in plan.activities if row.id == sound().standing.finished[0].id)
    last = plan.quarters[-1]
    return replace(plan, quarters=(*plan.quarters[:-1], replace(last, activities=(*last.activities, row))))


def into_the_past(plan):
    rows = [row for row in plan.quarters[0].activities if row.start_week >= sound().standing.first_week]
    days = {"start_week": 2, "end_week": 5, "start": TODAY + dt.timedelta(weeks=1)}
    return edit(plan, rows[0].id, **days, end=TODAY + dt.timedelta(weeks=5, days=-1))


def a_forgotten_start(plan):
    return without(plan, running())


def all_of_it_again(plan):
    row = next(row for row in plan.activities if row.id == running())
    return edit(plan, row.id, hours=row.hours + 2)


def skipped_after_all(plan):
    (id_,) = sound().standing.skipped
    row = next(row for row in old_plan().activities if row.id == id_)
    last = plan.quarters[-1]
    return replace(plan, quarters=(*plan.quarters[:-1], replace(last, activities=(*last.activities, row))))


CASES = [
    ("finished", lost_work),
    ("finished", other_days),
    ("finished", other_weeks),
    ("finished", done_again),
    ("once", done_again),
    ("past", into_the_past),
    ("started", a_forgotten_start),
    ("known", all_of_it_again),
    ("skipped", skipped_after_all),
]


def test_the_replan_before_anybody_touches_it_is_sound():
    assert broken(sound().plan) == set()
    assert sound().standing.first_week == 6
    assert len(sound().standing.finished) >= 1


@pytest.mark.parametrize(("rule", "tamper"), CASES, ids=[f"{rule}: {t.__name__}" for rule, t in CASES])
def test_a_tampered_replan_is_caught_by_the_rule_it_breaks(rule, tamper):
    assert rule in broken(tamper(sound().plan))


def test_every_rule_about_the_past_is_broken_by_one_of_these():
    written = set(re.findall(r"Violation\(\s*\"([^\"]+)\"", inspect.getsource(past_rules)))
    assert written <= {rule for rule, _ in CASES}


def test_more_work_than_the_rest_of_a_quarter_holds_is_caught():
    """Why: with the whole quarter's hours a person who is behind would be promised the impossible."""
    plan, standing = sound().plan, sound().standing
    late = replace(standing, first_week=11)
    rules = {v.rule for v in violations(plan, make_old_brief(), standing=late)}
    assert {"past", "quarter hours"} <= rules


def test_a_plan_that_forgets_the_history_is_not_a_replan():
    assert "finished" in broken(old_plan()) or "past" in broken(old_plan())
