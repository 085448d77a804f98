"""The rules about the part of a year that has passed: history stays, and nothing is planned into it."""

from collections.abc import Iterator
from dataclasses import replace

from milepost.model.plans import Plan, Violation
from milepost.model.replans import FinishedWork, Standing
from milepost.planning.problem import Problem


def without_history(plan: Plan, standing: Standing) -> Plan:
    """The plan without the finished work in it: what is still to come."""
    gone = standing.finished_ids
    quarters = tuple(
        replace(quarter, activities=tuple(row for row in quarter.activities if row.id not in gone))
        for quarter in plan.quarters
    )
    return replace(plan, quarters=quarters)


def past_violations(plan: Plan, standing: Standing, problem: Problem) -> Iterator[Violation]:
    """Finished work that is lost or changed, work in the past, and started or skipped work ignored."""
    for work in standing.finished:
        yield from _finished(plan, work)
    for row in without_history(plan, standing).activities:
        if row.start_week < standing.first_week:
            yield Violation(
                "past", row.id, f"starts in week {row.start_week}, before week {standing.first_week}"
            )
        if row.id in standing.skipped:
            yield Violation("skipped", row.id, "is planned although it was skipped")
    planned = {row.id for row in plan.activities}
    for started in standing.started:
        candidate = problem.by_id.get(started.id)
        if candidate is not None and candidate.pinned and started.id not in planned:
            yield Violation("started", started.id, "was started, is not finished, and is not in the plan")


def _finished(plan: Plan, work: FinishedWork) -> Iterator[Violation]:
    rows = [row for row in plan.activities if row.id == work.id]
    if len(rows) != 1:
        yield Violation("finished", work.id, f"was finished and is {len(rows)} times in the plan")
    for row in rows:
        if (row.start, row.end) != (work.first, work.last) or (row.start_week, row.end_week) != work.weeks:
            yield Violation(
                "finished", work.id, f"was done from {work.first} to {work.last}, the plan says otherwise"
            )
