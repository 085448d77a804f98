"""The straight line from a brief to a plan: greedy, select, arrange, place, assemble, check."""

from milepost.model.plans import Infeasible, Plan
from milepost.planning import solver
from milepost.planning.assemble import assemble
from milepost.planning.brief import Brief, make_problem
from milepost.planning.greedy import solve_greedily
from milepost.planning.relax import explain_infeasible, impossible_pins
from milepost.planning.rules import violations
from milepost.planning.settle import keeps_rules, solve_problem
from milepost.planning.starts import answer_moves, fix_starts


def solve_plan(brief: Brief, *, effort: solver.Effort | None = None) -> Plan | Infeasible:
    """The best plan found for a brief, never worth less than the greedy one, checked by the rules.

    Raises AssertionError where the finished plan breaks a rule: that is a bug, not an answer.
    """
    effort = effort or solver.Effort(seed=brief.seed)
    problem = make_problem(brief)
    if (
        impossible_pins(brief, problem)
        or not problem.buckets
        or all(bucket.weeks == 0 for bucket in problem.buckets)
    ):
        return explain_infeasible(brief, problem)
    free, problem = problem, fix_starts(problem, brief)
    draft = solve_greedily(problem)
    solved = solve_problem(problem, draft, effort=effort)
    if solved is None and problem is not free:
        problem, draft = free, solve_greedily(free)
        solved = solve_problem(problem, draft, effort=effort)
    if solved is None:
        return explain_infeasible(brief, problem)
    plan = assemble(
        brief,
        problem,
        solved.quarter_of,
        solved.placements,
        bound=solved.bound,
        greedy=problem.value(draft.chosen) if keeps_rules(problem, draft.quarter_of) else 0.0,
    )
    plan = answer_moves(plan, problem, brief)
    broken = violations(plan, brief)
    assert not broken, broken
    return plan
