"""From a planning problem to a selection with its weeks: select, arrange, place, and cut."""

from collections.abc import Mapping
from dataclasses import dataclass

from milepost.planning import solver
from milepost.planning.greedy import Draft
from milepost.planning.placing import Placement
from milepost.planning.problem import Problem

MOST_ROUNDS_OF_CUTS = 6
"""How often a selection may be cut off because a quarter did not fit into its weeks."""

Clash = tuple[frozenset[str], int, int]


@dataclass(frozen=True, slots=True)
class Solved:
    """A selection with its weeks, and the proven bound of the first selection."""

    quarter_of: Mapping[str, int]
    placements: Mapping[str, Placement]
    bound: float


def solve_problem(problem: Problem, draft: Draft, *, effort: solver.Effort) -> Solved | None:
    """Select, arrange and place; where a quarter does not fit into its weeks, cut it off and try again."""
    clashes: list[Clash] = []
    bound = float("inf")
    for _ in range(MOST_ROUNDS_OF_CUTS):
        selection = solver.select(problem, hint=draft.quarter_of, clashes=clashes, effort=effort)
        if selection is None:
            break
        # Why only the first: a cut may forbid more than cannot be placed, so later bounds prove nothing.
        bound = selection.bound if bound == float("inf") else bound
        if not keeps_rules(problem, selection.quarter_of):
            break
        arranged = solver.arrange(problem, selection.quarter_of, clashes=clashes, effort=effort)
        for quarter_of in (arranged, selection.quarter_of):
            placements, clash = _place_all(problem, quarter_of, effort=effort)
            if placements is not None:
                found = Solved(quarter_of, placements, bound)
                return _better(found, _from_draft(problem, draft, bound), problem)
            if clash is not None:
                clashes.append(clash)
    return _from_draft(problem, draft, bound)


def _better(found: Solved, fallback: Solved | None, problem: Problem) -> Solved:
    """The solver's answer unless the greedy plan is worth more."""
    if fallback is None:
        return found
    value = problem.value([problem.by_id[id_] for id_ in sorted(found.quarter_of)])
    floor = problem.value([problem.by_id[id_] for id_ in sorted(fallback.quarter_of)])
    return found if value >= floor else fallback


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
        if sum(c.public for c in here) < problem.public_per_quarter:
            return False
        if sum(c.milestone for c in here) < problem.milestones_per_quarter:
            return False
    for need in problem.needs:
        met = sum(need.id in problem.by_id[id_].meets for id_, q in quarter_of.items() if q in need.quarters)
        if met < need.count:
            return False
    return all(not c.pinned or c.id in quarter_of for c in problem.candidates)
