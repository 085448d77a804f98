"""The plan nearest to an old one among those that are worth enough."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from milepost.planning.problem import Problem
from milepost.planning.solver.choice import Choice, Clash
from milepost.planning.solver.closure import SCALE, add_closures
from milepost.planning.solver.effort import Effort, make_solver

IN_PLACE = 4.0
"""What an hour kept in its old quarter is worth, in average hours of the best plan."""

ELSEWHERE = 2.0
"""What an hour kept in the plan but moved to another quarter is worth, in the same hours."""

PER_QUARTER = 0.25
"""What it costs for each quarter that it moves."""

GOES_ON = 3.0
"""How much more all this weighs for work that was started: it is finished before other work begins."""

NEWCOMER = 0.05
"""What an hour costs that was not planned before: enough to keep out what is worth nothing."""

SHORTFALL = 500
"""What a unit of value below the floor costs: more than keeping any activity is worth."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a plan should keep: the old quarter of each activity, and the value that it must not fall below.

    ``started`` are those already begun. ``best`` is the value of the best plan, from which
    the worth of an hour is taken.
    """

    quarter_of: Mapping[str, int]
    started: frozenset[str]
    floor: float
    best: float


def keep(
    problem: Problem,
    wanted: Wanted,
    *,
    hint: Mapping[str, int],
    clashes: Sequence[Clash] = (),
    pace: float = 1.0,
    effort: Effort | None = None,
) -> dict[str, int] | None:
    """Quarters that keep the most hours where they were, and are worth the floor where they can be.

    Kept hours count 4 in their old quarter and 2 less ¼ a quarter elsewhere; the value of the
    plan counts 1, so that free hours are filled and equals are decided by it.
    None where no selection is possible or none was found.
    """
    effort = effort or Effort()
    choice = Choice(problem, [candidate.id for candidate in problem.candidates], pace=pace)
    choice.forbid(clashes)
    closures = add_closures(choice)
    value = sum(closure.value for closure in closures)
    floor = round(wanted.floor * SCALE)
    short = choice.model.new_int_var(0, max(0, floor), "short of the floor")
    choice.model.add(value + short >= floor)
    hours = max(1, sum(bucket.tenths for bucket in problem.buckets))
    unit = wanted.best * SCALE / hours
    kept = [
        round(unit * _weight(wanted, id_, quarter) * problem.by_id[id_].tenths) * x
        for (id_, quarter), x in choice.x.items()
    ]
    choice.model.maximize(sum(kept) + value - SHORTFALL * short)
    choice.hint(hint)
    solver = make_solver(effort.select, effort.seed)
    solver.parameters.linearization_level = 2
    solver.parameters.absolute_gap_limit = effort.near_enough * wanted.best * SCALE
    status = solver.solve(choice.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return choice.read(solver)


def _weight(wanted: Wanted, id_: str, quarter: int) -> float:
    old = wanted.quarter_of.get(id_)
    if old is None:
        return -NEWCOMER
    worth = IN_PLACE if old == quarter else max(0.5, ELSEWHERE - PER_QUARTER * abs(old - quarter))
    return GOES_ON * worth if id_ in wanted.started else worth
