"""From a planning problem to a selection with its weeks: select, arrange, place, and cut.

The year is selected as one bucket first: a relaxation that is solved almost to optimality
in a second, and whose bound holds for every plan. Its activities are then packed into
quarters. Where they cannot be packed, quarters are selected directly: from the year's and
the greedy plan's activities first, and from all candidates where that fails too.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from milepost.planning import solver
from milepost.planning.greedy import Draft
from milepost.planning.placing import Placement
from milepost.planning.problem import Bucket, Problem

EASY_PACE = 0.8
PACES = (EASY_PACE, EASY_PACE, 1.0)
"""Share of a week that one activity is counted on when quarters are arranged, attempt by attempt.

Why: beside something that runs for eight weeks the other activity has no whole week.
"""

NEAR = 0.01
"""A plan worth this much less than the year's selection is near enough to stop looking."""

RESTARTS = 3
"""How many short searches with different seeds stand for one long one."""

MOST_CUTS = 3
"""How many quarters that do not fit into their weeks are cut off one by one."""

Clash = solver.Clash


@dataclass(frozen=True, slots=True)
class Solved:
    """A selection with its weeks, and the proven bound of the first selection."""

    quarter_of: Mapping[str, int]
    placements: Mapping[str, Placement]
    bound: float


def select_year(problem: Problem, draft: Draft, *, effort: solver.Effort) -> solver.Selection | None:
    """The activities of most value in the year as one bucket, with the bound that holds for every plan.

    None where even that is impossible, or something that has to be planned fits no quarter.
    """
    year = whole_year(problem)
    if any(c.pinned and c.id not in year.by_id for c in problem.candidates):
        return None
    return solver.select(year, hint=dict.fromkeys(draft.quarter_of, 1), effort=effort)


def solve_problem(
    problem: Problem, draft: Draft, *, effort: solver.Effort, first: solver.Selection | None = None
) -> Solved | None:
    """The best plan found in quarters and weeks; None where the rules cannot be kept.

    ``first`` is the year's selection where it is known. The bound is that of this first
    selection: a cut may forbid more than cannot be placed, so later bounds prove nothing.
    """
    first = first or select_year(problem, draft, effort=effort)
    if first is None:
        return _from_draft(problem, draft, float("inf"))
    found = _solve_with_room(problem, draft, bound=first.bound, effort=effort)
    if found is not None and not _near(problem, found, first):
        found = _better(pack(problem, first.quarter_of, bound=first.bound, effort=effort), found, problem)
    if found is None:
        found = pack(problem, first.quarter_of, bound=first.bound, effort=effort)
    for pace, restarts in () if _near(problem, found, first) else ((EASY_PACE, RESTARTS), (1.0, 1)):
        among = {*first.quarter_of, *draft.quarter_of}
        start = _Start(draft.quarter_of, among, pace, restarts)
        other = _solve_in_quarters(problem, start, beat=found, bound=first.bound, effort=effort)
        found = _better(other, found, problem)
        if _near(problem, found, first):
            break
    if found is None:
        start = _Start(draft.quarter_of, problem.by_id, EASY_PACE, RESTARTS)
        found = _solve_in_quarters(problem, start, beat=None, bound=first.bound, effort=effort)
    return _better(found, _from_draft(problem, draft, first.bound), problem)


def _near(problem: Problem, found: Solved | None, first: solver.Selection) -> bool:
    """True when a plan is as near to the year's selection as the room explains, and at least within 1 %."""
    share = max(2.0 * problem.room, NEAR)
    return found is not None and _value(problem, found.quarter_of) >= (1.0 - share) * _value(
        problem, first.quarter_of
    )


def _value(problem: Problem, ids: Collection[str]) -> float:
    return problem.value([problem.by_id[id_] for id_ in sorted(ids)])


def _solve_with_room(problem: Problem, draft: Draft, *, bound: float, effort: solver.Effort) -> Solved | None:
    """A plan that leaves a little room, so that what belongs together lies together.

    Why the greedy plan is the hint: the year's own selection fills more hours than there are
    here, and a hint that does not fit took up to three seconds and the whole search.
    """
    if not problem.room:
        return None
    roomy = whole_year(problem, share=1.0 - problem.room)
    selection = solver.select(roomy, hint=dict.fromkeys(draft.quarter_of, 1), pace=EASY_PACE, effort=effort)
    if selection is None:
        return None
    return pack(problem, selection.quarter_of, bound=bound, effort=effort)


def whole_year(problem: Problem, *, share: float = 1.0) -> Problem:
    """The same problem with one bucket and a share of the hours; what fits no quarter is left out."""
    buckets = problem.buckets
    year = Bucket(
        number=1,
        tenths=int(share * sum(bucket.tenths for bucket in buckets) + 1e-9),
        week_tenths=tuple(tenths for bucket in buckets for tenths in bucket.week_tenths),
        week_numbers=tuple(number for bucket in buckets for number in bucket.week_numbers),
    )
    return replace(
        problem,
        candidates=tuple(c for c in problem.candidates if any(problem.fits(c, bucket) for bucket in buckets)),
        buckets=(year,),
        needs=tuple(replace(need, quarters=(1,)) for need in problem.needs),
        public_per_quarter=sum(problem.asks(bucket)[0] for bucket in buckets),
        milestones_per_quarter=sum(problem.asks(bucket)[1] for bucket in buckets),
    )


def pack(problem: Problem, ids: Collection[str], *, bound: float, effort: solver.Effort) -> Solved | None:
    """Quarters and weeks for a selection; None where it is not packed."""
    clashes: list[Clash] = []
    failed: tuple[float, int] | None = None
    for pace in PACES:
        if failed == (pace, len(clashes)):
            continue  # the same search again would fail again
        quarter_of = solver.arrange(problem, ids, clashes=clashes, pace=pace, effort=effort)
        if quarter_of is None:
            failed = (pace, len(clashes))
            continue
        placements, clash = _place_all(problem, quarter_of, effort=effort)
        if placements is not None:
            return Solved(quarter_of, placements, bound)
        if clash is not None:
            clashes.append(clash)
    return None


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a selection into quarters begins: the greedy plan, the candidates, the pace, the restarts."""

    hint: Mapping[str, int]
    among: Collection[str]
    pace: float
    restarts: int


def _solve_in_quarters(
    problem: Problem, start: _Start, *, beat: Solved | None, bound: float, effort: solver.Effort
) -> Solved | None:
    """Select into quarters from some of the candidates, which seldom fails to fit into weeks.

    None where that fails, and where no selection is worth more than the plan to ``beat``.
    """
    some = replace(problem, candidates=tuple(c for c in problem.candidates if c.id in start.among))
    least = -1.0 if beat is None else _value(problem, beat.quarter_of)
    clashes: list[Clash] = []
    for _ in range(MOST_CUTS):
        quarter_of = _select_often(some, start, clashes, effort=effort)
        if quarter_of is None or _value(problem, quarter_of) <= least:
            return None
        packed = pack(problem, quarter_of, bound=bound, effort=effort)
        if packed is not None:
            return packed
        placements, clash = _place_all(problem, quarter_of, effort=effort)
        if placements is not None:
            return Solved(quarter_of, placements, bound)
        if clash is not None:
            clashes.append(clash)
    return None


def _select_often(
    problem: Problem, start: _Start, clashes: Sequence[Clash], *, effort: solver.Effort
) -> dict[str, int] | None:
    """The best of a few short searches with different seeds; one search once something was cut off.

    Why: the value stops moving after a third of the time, and where it stops depends on the seed.
    """
    best: dict[str, int] | None = None
    for seed in range(effort.seed, effort.seed + (1 if clashes else start.restarts)):
        short = replace(effort, select=effort.select / RESTARTS, seed=seed)
        found = solver.select(problem, hint=start.hint, clashes=clashes, pace=start.pace, effort=short)
        if found is None:
            return None
        better = best is None or _value(problem, found.quarter_of) > _value(problem, best)
        if better and keeps_rules(problem, found.quarter_of):
            best = dict(found.quarter_of)
    return best


def _better(found: Solved | None, fallback: Solved | None, problem: Problem) -> Solved | None:
    """The solver's answer unless the greedy plan is worth more."""
    if found is None or fallback is None:
        return found or fallback
    better = _value(problem, found.quarter_of) >= _value(problem, fallback.quarter_of)
    return found if better else fallback


def _from_draft(problem: Problem, draft: Draft, bound: float) -> Solved | None:
    if not keeps_rules(problem, draft.quarter_of):
        return None
    placements = {id_: spot for placed in draft.placements.values() for id_, spot in placed.items()}
    return Solved(dict(draft.quarter_of), placements, bound)


def _place_all(
    problem: Problem, quarter_of: Mapping[str, int], *, effort: solver.Effort
) -> tuple[dict[str, Placement] | None, Clash | None]:
    """Weeks for every quarter, or the quarter's activities that do not fit."""
    placements: dict[str, Placement] = {}
    for bucket in problem.buckets:
        ids = sorted(id_ for id_, quarter in quarter_of.items() if quarter == bucket.number)
        before = [id_ for id_, quarter in quarter_of.items() if quarter < bucket.number]
        if not ids:
            continue
        placed = solver.place(problem, bucket, ids, before=before, effort=effort)
        if placed is None:
            return None, (frozenset(ids), bucket.weeks, max(bucket.week_tenths))
        placements.update(placed)
    return placements, None


def keeps_rules(problem: Problem, quarter_of: Mapping[str, int]) -> bool:
    """True when a selection gives every quarter and every need what it asks for."""
    for bucket in problem.buckets:
        here = [problem.by_id[id_] for id_, quarter in quarter_of.items() if quarter == bucket.number]
        shown, closed = problem.asks(bucket)
        if sum(c.public for c in here) < shown or sum(c.milestone for c in here) < closed:
            return False
    for need in problem.needs:
        met = sum(need.id in problem.by_id[id_].meets for id_, q in quarter_of.items() if q in need.quarters)
        if met < need.count:
            return False
    if problem.watched_too_much([problem.by_id[id_] for id_ in quarter_of]):
        return False
    return all(not c.pinned or c.id in quarter_of for c in problem.candidates)
