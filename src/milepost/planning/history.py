"""The rest of a year and what was done of it, as one plan for the whole horizon."""

import math
from collections.abc import Collection, Sequence
from dataclasses import replace

from milepost.model.activities import round_of
from milepost.model.plans import Plan, PlannedActivity, Quarter, QuarterMilestone
from milepost.model.replans import FinishedWork, Standing
from milepost.planning.assemble import title_of
from milepost.planning.brief import Brief, area_shares, make_candidate
from milepost.planning.explain import main_theme
from milepost.planning.problem import TENTHS


def with_history(rest: Plan, baseline: Plan, standing: Standing, brief: Brief) -> Plan:
    """The plan of the weeks to come, completed by the finished work on its real days.

    A quarter that has begun keeps the plan hours that it was laid out with, and every quarter
    the milestone it had, as long as the activity behind it still lies there.
    """
    done = {work.id: _finished_row(work, baseline, brief) for work in standing.finished}
    ids = {*done, *(activity.id for activity in rest.activities)}
    quarters = []
    for quarter in rest.quarters:
        here = [done[w.id] for w in standing.finished if _lies_in(w, quarter, brief)]
        old = next((q for q in baseline.quarters if q.number == quarter.number), None)
        quarters.append(_quarter(quarter, old, here, ids, standing, brief))
    rows = [activity for quarter in quarters for activity in quarter.activities]
    last = max((activity.end for activity in rows), default=rest.start)
    finish = rest.finish if rest.activities else replace(rest.finish, p50=last, p80=last, p95=last)
    return replace(
        rest,
        quarters=tuple(quarters),
        planned_hours=_sum_hours(rows),
        capacity_hours=round(sum(quarter.capacity_hours for quarter in quarters) * TENTHS) / TENTHS,
        finish=finish,
    )


def _sum_hours(rows: Sequence[PlannedActivity]) -> float:
    """Hours counted in tenths, so that the order of the activities does not matter."""
    return sum(round(row.hours * TENTHS) for row in rows) / TENTHS


def _lies_in(work: FinishedWork, quarter: Quarter, brief: Brief) -> bool:
    return brief.calendar[min(work.weeks[1], len(brief.calendar)) - 1].quarter == quarter.number


def _quarter(
    quarter: Quarter,
    old: Quarter | None,
    done: Sequence[PlannedActivity],
    ids: Collection[str],
    standing: Standing,
    brief: Brief,
) -> Quarter:
    ahead = [replace(row, requires=_requires(row, ids, brief)) for row in quarter.activities]
    rows = sorted([*done, *ahead], key=lambda row: (row.start_week, row.end_week, row.id))
    begun = any(w.quarter == quarter.number and w.number < standing.first_week for w in brief.calendar)
    laid_out = standing.quarter_hours.get(quarter.number)
    quarter = replace(
        quarter,
        activities=tuple(rows),
        hours=_sum_hours(rows),
        capacity_hours=laid_out if begun and laid_out is not None else quarter.capacity_hours,
        milestone=_milestone(quarter, old, rows, brief),
    )
    return _named(quarter, old, rows, brief) if begun else quarter


def _named(quarter: Quarter, old: Quarter | None, rows: Sequence[PlannedActivity], brief: Brief) -> Quarter:
    """A begun quarter is named after all its work, done or to come; the old name where that fits."""
    sums: dict[str, float] = {}
    for row in rows:
        if row.activity in brief.catalogue.activities:
            for area, share in area_shares(brief.catalogue.activities[row.activity], brief).items():
                sums[area] = sums.get(area, 0.0) + share * row.hours
    area = main_theme(sums, brief)
    if old is not None and area in {"", old.theme_area}:
        return replace(quarter, theme=old.theme, theme_area=old.theme_area)
    return replace(
        quarter, theme=brief.catalogue.tree.areas[area].name if area else quarter.theme, theme_area=area
    )


def _milestone(
    quarter: Quarter, old: Quarter | None, rows: Sequence[PlannedActivity], brief: Brief
) -> QuarterMilestone | None:
    """The old milestone while its activity lies here, else the best of what is to come or was done."""
    here = {row.id for row in rows}
    if old is not None and old.milestone is not None and old.milestone.activity in here:
        return replace(old.milestone, due=quarter.end)
    if quarter.milestone is not None:
        return quarter.milestone
    for row in sorted(rows, key=lambda row: (-row.end_week, row.id)):
        activity = brief.catalogue.activities.get(row.activity)
        if activity is not None and activity.milestone is not None:
            said = activity.milestone
            return QuarterMilestone(row.id, said.title, activity.evidence, said.if_then, quarter.end)
    return None


def _requires(row: PlannedActivity, ids: Collection[str], brief: Brief) -> tuple[str, ...]:
    activity, number = round_of(row.id)
    candidate = make_candidate(brief.catalogue.activities[activity], number, brief)
    return tuple(required for required in candidate.requires if required in ids)


def _finished_row(work: FinishedWork, baseline: Plan, brief: Brief) -> PlannedActivity:
    """One finished activity as it was planned, on the days on which it was done."""
    planned = next((row for row in baseline.activities if row.id == work.id), None)
    row = planned or _unplanned_row(work, brief)
    activity = brief.catalogue.activities.get(work.activity)
    hours = round(activity.hours.p50 * TENTHS) / TENTHS if activity is not None else row.hours
    weeks = work.weeks[1] - work.weeks[0] + 1
    return replace(
        row,
        hours=hours,
        start_week=work.weeks[0],
        end_week=work.weeks[1],
        start=work.first,
        end=work.last,
        hours_per_week=math.ceil(round(hours * TENTHS) / weeks) / TENTHS,
    )


def _unplanned_row(work: FinishedWork, brief: Brief) -> PlannedActivity:
    """Finished work that no plan asked for."""
    activity = brief.catalogue.activities[work.activity]
    candidate = make_candidate(activity, round_of(work.id)[1], brief)
    return PlannedActivity(
        id=work.id,
        activity=activity.id,
        title=title_of(activity, work.id),
        kind=activity.kind.value,
        hours=activity.hours.p50,
        start_week=work.weeks[0],
        end_week=work.weeks[1],
        start=work.first,
        end=work.last,
        hours_per_week=activity.hours.p50,
        requires=(),
        gains=(),
        public=activity.public,
        evidence=activity.evidence,
        practice_goal=activity.practice.goal,
        feedback=activity.practice.feedback,
        inside=activity.inside,
        resource_name=activity.resource.name if activity.resource else "",
        resource_url=activity.resource.url if activity.resource else "",
        cost_usd=activity.cost_usd,
        meets=candidate.meets,
        why="Finished, although no plan asked for it",
    )
