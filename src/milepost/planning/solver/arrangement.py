"""A quarter for each selected activity, so that the year reads well."""

from collections.abc import Collection, Sequence

from ortools.sat.python import cp_model

from milepost.planning.problem import TENTHS, Problem
from milepost.planning.solver.choice import Choice, Clash
from milepost.planning.solver.effort import Effort, make_solver

SWITCH_COST = 40
"""What one more area in a quarter costs, in earliness points (early × hours × quarters)."""


def arrange(
    problem: Problem,
    ids: Collection[str],
    *,
    clashes: Sequence[Clash] = (),
    pace: float = 1.0,
    effort: Effort | None = None,
) -> dict[str, int] | None:
    """A quarter for each of these activities, so that the year reads well; None where none is found.

    Few areas a quarter (context switches), and first what other skills wait for and what
    lasts. Which activities are in the plan, and so its value, does not change.
    """
    effort = effort or Effort()
    ids = sorted(ids)
    choice = Choice(problem, ids, pace=pace)
    choice.forbid(clashes)
    for id_ in ids:
        choice.model.add(sum(choice.taken(id_)) == 1)
    cost: list[cp_model.LinearExprT] = []
    areas = sorted({problem.by_id[id_].area for id_ in ids})
    for area in areas:
        for bucket in problem.buckets:
            used = choice.model.new_bool_var(f"{area} in {bucket.number}")
            for id_ in ids:
                if problem.by_id[id_].area == area and (id_, bucket.number) in choice.x:
                    choice.model.add_implication(choice.x[id_, bucket.number], used)
            cost.append(SWITCH_COST * used)
    for (id_, quarter), x in choice.x.items():
        candidate = problem.by_id[id_]
        cost.append(round(candidate.early * candidate.tenths / TENTHS) * quarter * x)
    choice.model.minimize(sum(cost))
    solver = make_solver(effort.arrange, effort.seed)
    solver.parameters.linearization_level = 2
    status = solver.solve(choice.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return choice.read(solver)
