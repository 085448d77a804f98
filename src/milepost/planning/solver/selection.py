"""The most valuable selection of activities, with a proven bound."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from milepost.planning.problem import Problem
from milepost.planning.solver.choice import Choice, Clash
from milepost.planning.solver.closure import SCALE, add_closures, hint_closure
from milepost.planning.solver.effort import Effort, make_solver


@dataclass(frozen=True, slots=True)
class Selection:
    """Which candidate lies in which bucket, and the proven bound of the value."""

    quarter_of: Mapping[str, int]
    bound: float


def select(
    problem: Problem,
    *,
    hint: Mapping[str, int],
    clashes: Sequence[Clash] = (),
    pace: float = 1.0,
    effort: Effort | None = None,
) -> Selection | None:
    """The most valuable selection into buckets, with a proven bound; None where no selection is possible.

    ``hint`` is a whole greedy plan: every variable is hinted, so the first solution is at
    least as good. The objective is concave: each skill's closure lies under the tangents of
    its learning curve, so the bound is valid for the exact curve too. A ``pace`` below 1
    leaves room beside what runs for many weeks; the bound then holds for that pace only.
    """
    effort = effort or Effort()
    choice = Choice(problem, [candidate.id for candidate in problem.candidates], pace=pace)
    choice.forbid(clashes)
    closures = add_closures(choice)
    choice.model.maximize(sum(closure.value for closure in closures))
    choice.hint(hint)
    given = [*problem.practised, *(gain for id_ in sorted(hint) for gain in problem.by_id[id_].gains)]
    for closure in closures:
        hint_closure(choice, closure, given)
    solver = make_solver(effort.select, effort.seed)
    solver.parameters.linearization_level = 2
    solver.parameters.relative_gap_limit = effort.near_enough
    status = solver.solve(choice.model)
    if status == cp_model.INFEASIBLE:
        return None
    bound = solver.best_objective_bound / SCALE
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Selection(dict(hint), bound)
    return Selection(choice.read(solver), bound)
