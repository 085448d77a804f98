"""The plan for the rest of a year that changes least among those that are worth enough."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from milepost.model.plans import Plan
from milepost.model.replans import Standing
from milepost.planning import solver
from milepost.planning.greedy import Draft
from milepost.planning.placing import Placement, place_in_order, rate
from milepost.planning.problem import Bucket, Problem
from milepost.planning.settle import Clash, Solved, keeps_rules, pack, select_year, solve_problem

MOST_TRIES = 3
"""How many quarters that do not fit into their weeks are cut off before another pace is tried."""

PACES = (1.0, 0.8)
"""Share of a week that one activity is counted on: the old plan is known to fit, new work may not."""

MARGIN = 0.003
"""Share of the value that is aimed above the floor, because the tangents overrate a selection a little."""

LIGHTER = 0.4
"""Share of the usual effort for the arrangement of a plan that is only solved to know what it is worth."""


@dataclass(frozen=True, slots=True)
class Old:
    """What is left of the old plan: the quarter and the calendar weeks still to come of each activity.

    Weeks are missing for what should have been done by now. Started work belongs to the
    first quarter with time left. ``complete`` says that all of it can still be done.
    """

    quarter_of: Mapping[str, int]
    weeks_of: Mapping[str, tuple[int, int]]
    started: frozenset[str]
    complete: bool

    def spots(self, bucket: Bucket) -> dict[str, Placement]:
        """Old weeks as positions in a quarter, of every activity with time in it."""
        found = {}
        for id_, (first, last) in self.weeks_of.items():
            inside = [n for n, week in enumerate(bucket.week_numbers) if first <= week <= last]
            if inside and self.quarter_of[id_] == bucket.number:
                found[id_] = Placement(inside[0], inside[-1])
        return found


@dataclass(frozen=True, slots=True)
class Nearest:
    """The plan that was chosen, what the best one is worth, and whether that was solved or is a bound."""

    solved: Solved
    free_value: float
    free_is_solved: bool


def read_old(problem: Problem, baseline: Plan, standing: Standing) -> Old:
    """The part of a baseline that is still to come and can still be done."""
    rows = {row.id: (quarter.number, row) for quarter in baseline.quarters for row in quarter.activities}
    gone = standing.finished_ids
    open_rows = {id_: pair for id_, pair in rows.items() if id_ not in gone}
    quarter_of = {id_: q for id_, (q, _) in sorted(open_rows.items()) if id_ in problem.by_id}
    started = frozenset(id_ for id_ in standing.started_by_id if id_ in problem.by_id)
    now = min((bucket.number for bucket in problem.buckets if bucket.weeks), default=1)
    quarter_of |= {id_: now for id_ in sorted(started) if quarter_of.get(id_, 0) <= now}
    weeks = {
        id_: (max(row.start_week, standing.first_week), row.end_week)
        for id_, (_, row) in sorted(open_rows.items())
        if id_ in problem.by_id and row.end_week >= standing.first_week
    }
    return Old(dict(sorted(quarter_of.items())), weeks, started, complete=set(quarter_of) == set(open_rows))


def find_nearest(
    problem: Problem, draft: Draft, old: Old, *, tolerance: float, effort: solver.Effort
) -> Nearest | None:
    """The least changed plan worth at most ``tolerance`` less than the best; None where none keeps the rules.

    The share is one of the value still to come. What was planned is kept as it was where that
    is possible and worth enough. Otherwise as many hours as possible stay in their quarters
    and weeks. Only where that costs too much, or cannot be told, is the best plan solved that
    cares nothing for the old one.
    """
    first = select_year(problem, draft, effort=effort)
    if first is None:
        return None  # proven: not even the year as one bucket keeps the rules
    earned = problem.value(())
    bound = max(first.bound, earned)
    floor = earned + (1.0 - tolerance) * (bound - earned)
    found = _as_it_was(problem, old, first.bound)
    if found is None:
        found = _keep(problem, draft, old, first, floor=0.0, effort=effort)
    if found is not None and _value(problem, found) >= floor:
        return Nearest(found, bound, free_is_solved=False)
    free = solve_problem(problem, draft, effort=_lighter(effort), first=first)
    if free is None:
        return None if found is None else Nearest(found, bound, free_is_solved=False)
    best = _value(problem, free)
    floor = earned + (1.0 - tolerance) * (best - earned)
    if found is None or _value(problem, found) < floor:
        aim = min(best, floor + MARGIN * (best - earned))
        found = _keep(problem, draft, old, first, floor=aim, effort=effort, free=free)
    if found is None or _value(problem, found) < floor:
        free = pack(problem, free.quarter_of, bound=first.bound, effort=effort) or free
        found = replace(free, placements=_replace_weeks(problem, free, old, effort=effort))
    return Nearest(found, max(best, _value(problem, found)), free_is_solved=True)


def _lighter(effort: solver.Effort) -> solver.Effort:
    """Effort for a plan whose value counts and whose looks do not."""
    return replace(effort, arrange=LIGHTER * effort.arrange, place=LIGHTER * effort.place)


def _value(problem: Problem, solved: Solved) -> float:
    return problem.value([problem.by_id[id_] for id_ in sorted(solved.quarter_of)])


def _as_it_was(problem: Problem, old: Old, bound: float) -> Solved | None:
    """The rest of the old plan in its old weeks, where all of it still fits there."""
    if not old.complete or len(old.weeks_of) != len(old.quarter_of):
        return None
    if any(c.pinned and c.id not in old.quarter_of for c in problem.candidates):
        return None
    placements: dict[str, Placement] = {}
    for bucket in problem.buckets:
        ids = [id_ for id_, quarter in old.quarter_of.items() if quarter == bucket.number]
        spots = old.spots(bucket)
        before = [id_ for id_, quarter in old.quarter_of.items() if quarter < bucket.number]
        if len(ids) != len(spots.keys() & set(ids)) or not fits_weeks(problem, bucket, spots, before=before):
            return None
        placements.update(spots)
    return Solved(old.quarter_of, placements, bound) if keeps_rules(problem, old.quarter_of) else None


def fits_weeks(
    problem: Problem, bucket: Bucket, spots: Mapping[str, Placement], *, before: Collection[str]
) -> bool:
    """True when these activities keep the hours, the weeks and the order of one quarter."""
    if sum(problem.by_id[id_].tenths for id_ in spots) > bucket.tenths:
        return False
    for week, tenths in enumerate(bucket.week_tenths):
        busy = [id_ for id_, spot in spots.items() if spot.first <= week <= spot.last]
        hours = sum(rate(problem.by_id[id_].tenths, spots[id_].weeks) for id_ in busy)
        if len(busy) > problem.most_at_once or hours > tenths:
            return False
    for id_, spot in spots.items():
        if spot.weeks < problem.by_id[id_].min_weeks:
            return False
        if problem.by_id[id_].start not in (0, bucket.week_numbers[spot.first]):
            return False
        finished = {*before, *(other for other, place in spots.items() if place.last < spot.first)}
        if not problem.ready(problem.by_id[id_], finished):
            return False
    return True


def _keep(
    problem: Problem,
    draft: Draft,
    old: Old,
    first: solver.Selection,
    *,
    floor: float,
    effort: solver.Effort,
    free: Solved | None = None,
) -> Solved | None:
    """As many hours as possible in their old quarters and weeks, worth at least a floor."""
    also = free.quarter_of if free is not None else {}
    among = {*old.quarter_of, *first.quarter_of, *draft.quarter_of, *also}
    some = replace(problem, candidates=tuple(c for c in problem.candidates if c.id in among))
    best = max(first.bound - problem.value(()), 0.01)
    wanted = solver.Wanted(old.quarter_of, old.started, floor=floor, best=best)
    hint = dict(also) or {i: q for i, q in old.quarter_of.items() if q in _working(problem)}
    clashes: list[Clash] = []
    for pace in PACES:
        for _ in range(MOST_TRIES):
            quarter_of = solver.keep(some, wanted, hint=hint, clashes=clashes, pace=pace, effort=effort)
            if quarter_of is None or not keeps_rules(problem, quarter_of):
                break
            placements, clash = _place_near(problem, quarter_of, old, effort=effort)
            if placements is not None:
                return Solved(quarter_of, placements, first.bound)
            if clash is not None:
                clashes.append(clash)
    return None


def _working(problem: Problem) -> set[int]:
    return {bucket.number for bucket in problem.buckets if bucket.weeks}


def _place_near(
    problem: Problem, quarter_of: Mapping[str, int], old: Old, *, effort: solver.Effort
) -> tuple[dict[str, Placement] | None, Clash | None]:
    """Weeks for every quarter, near the old ones, or the quarter's activities that do not fit."""
    placements: dict[str, Placement] = {}
    for bucket in problem.buckets:
        ids = sorted(id_ for id_, quarter in quarter_of.items() if quarter == bucket.number)
        if not ids:
            continue
        before = [id_ for id_, quarter in quarter_of.items() if quarter < bucket.number]
        placed = _place_quarter(problem, bucket, ids, old, before=before, effort=effort)
        if placed is None:
            return None, (frozenset(ids), bucket.weeks, max(bucket.week_tenths))
        placements.update(placed)
    return placements, None


def _place_quarter(
    problem: Problem,
    bucket: Bucket,
    ids: Collection[str],
    old: Old,
    *,
    before: Collection[str],
    effort: solver.Effort,
) -> dict[str, Placement] | None:
    spots = {id_: spot for id_, spot in old.spots(bucket).items() if id_ in ids}
    if len(spots) == len(ids) and fits_weeks(problem, bucket, spots, before=before):
        return spots
    return (
        solver.place(problem, bucket, ids, before=before, old=spots, effort=effort)
        or solver.place(problem, bucket, ids, before=before, effort=effort)
        or place_in_order(problem, bucket, ids, before=before)
    )


def _replace_weeks(
    problem: Problem, free: Solved, old: Old, *, effort: solver.Effort
) -> dict[str, Placement]:
    """The weeks of a plan again, near the old ones where that is possible."""
    placements = dict(free.placements)
    for bucket in problem.buckets:
        ids = sorted(id_ for id_, quarter in free.quarter_of.items() if quarter == bucket.number)
        before = [id_ for id_, quarter in free.quarter_of.items() if quarter < bucket.number]
        if ids:
            placements.update(_place_quarter(problem, bucket, ids, old, before=before, effort=effort) or {})
    return placements


def share_unchanged(old: Iterable[tuple[str, int]], new: Iterable[tuple[str, int]]) -> float:
    """The share of old activity-weeks that are in the new plan too; 1 where there were none."""
    before, after = set(old), set(new)
    return len(before & after) / len(before) if before else 1.0
