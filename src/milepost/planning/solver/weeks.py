"""The activities of one quarter in its weeks."""

import math
from collections.abc import Collection, Mapping

from milepost.planning.placing import Placement, rate
from milepost.planning.problem import Bucket, Candidate, Problem
from milepost.planning.solver.effort import Effort
from milepost.planning.solver.timeline import Option, Task, sequence

LEAST_TENTHS_A_WEEK = 10
"""Below an hour a week an activity is forgotten between two sessions."""

LONGEST_STRETCH = 3
"""How many times its shortest length (and a week) an activity may be stretched over."""


def place(
    problem: Problem,
    bucket: Bucket,
    ids: Collection[str],
    *,
    before: Collection[str],
    old: Mapping[str, Placement] | None = None,
    comfort_share: float = 0.8,
    effort: Effort | None = None,
) -> dict[str, Placement] | None:
    """Put the activities of one quarter into its weeks by the solver; None where they do not fit.

    What has ``old`` weeks stays in as many of them as it can.
    """
    old = old or {}
    top = max(bucket.week_tenths)
    ordered = sorted(ids, key=lambda id_: (-problem.by_id[id_].early, id_))
    tasks = [_task(problem, bucket, problem.by_id[id_], ids, before, old.get(id_)) for id_ in ordered]
    if any(not task.options for task in tasks):
        return None
    taken = [(week, (top - tenths, 0)) for week, tenths in enumerate(bucket.week_tenths) if tenths < top]
    found = sequence(
        tasks,
        capacities=(top, problem.most_at_once),
        horizon=bucket.weeks,
        taken=taken,
        comfort=round(top * comfort_share),
        effort=effort,
    )
    if found is None:
        return None
    return {id_: Placement(found.start[id_], found.start[id_] + found.weeks[id_] - 1) for id_ in ids}


def _task(
    problem: Problem,
    bucket: Bucket,
    candidate: Candidate,
    ids: Collection[str],
    before: Collection[str],
    old: Placement | None,
) -> Task:
    span = None if old is None else (old.first, old.last + 1)
    return Task(
        candidate.id,
        _options(bucket, candidate, old),
        tuple(required for required in candidate.requires if required in ids),
        _after_enough(problem, candidate, ids, before),
        candidate.ending,
        span,
        bucket.place_of(candidate.start) if candidate.start else None,
    )


def _options(bucket: Bucket, candidate: Candidate, old: Placement | None) -> tuple[Option, ...]:
    """The lengths of an activity: from the shortest on while an hour a week is left, and the old one."""
    top = max(bucket.week_tenths)
    shortest = max(candidate.min_weeks, math.ceil(candidate.tenths / top))
    longest = min(bucket.weeks, LONGEST_STRETCH * shortest + 1)
    lengths = {
        weeks
        for weeks in range(shortest, longest + 1)
        if weeks == shortest
        or candidate.tenths / weeks >= LEAST_TENTHS_A_WEEK
        or rate(candidate.tenths, weeks - 1) > min(bucket.week_tenths)
    }
    if old is not None and old.weeks >= shortest:
        lengths.add(old.weeks)
    return tuple(Option(weeks, (rate(candidate.tenths, weeks), 1)) for weeks in sorted(lengths))


def _after_enough(
    problem: Problem, candidate: Candidate, ids: Collection[str], before: Collection[str]
) -> tuple[tuple[int, tuple[tuple[str, int], ...]], ...]:
    """Practice toward required levels that is missing, and who gives how much of it in this quarter."""
    enough = []
    for skill, level in candidate.requires_levels:
        needed = problem.level_hours(skill, level)
        had = sum(problem.teaches(problem.by_id[c], skill, level) for c in before)
        if needed > had:
            teachers = tuple(
                (c, problem.teaches(problem.by_id[c], skill, level))
                for c in sorted(ids)
                if c != candidate.id and problem.teaches(problem.by_id[c], skill, level)
            )
            enough.append((needed - had, teachers))
    return tuple(enough)
