"""From an old plan and what happened since to a new plan that changes as little as its worth allows."""

import datetime as dt
from dataclasses import replace

from milepost.model.plans import Infeasible, Plan, Relaxation
from milepost.model.replans import Replan, Standing
from milepost.model.year import Year
from milepost.planning import solver
from milepost.planning.assemble import assemble
from milepost.planning.brief import Brief
from milepost.planning.changes import activity_weeks, explain_changes
from milepost.planning.greedy import Draft, solve_greedily
from milepost.planning.history import with_history
from milepost.planning.nearest import Nearest, find_nearest, read_old, share_unchanged
from milepost.planning.problem import TENTHS, Problem
from milepost.planning.relax import can_fit, explain_infeasible, impossible_pins
from milepost.planning.remaining import make_remaining
from milepost.planning.rules import violations
from milepost.planning.settle import Solved, keeps_rules
from milepost.planning.standing import adapt, read_standing, spent_moves
from milepost.planning.starts import answer_moves, fix_starts


def replan(
    brief: Brief,
    baseline: Plan,
    *,
    year: Year,
    today: dt.date,
    keep_started: bool = True,
    effort: solver.Effort | None = None,
) -> Replan | Infeasible:
    """The plan for the rest of a year that changes least among those worth nearly the most.

    ``brief`` says what holds today: hours, days away, levels, gaps, role and route; its
    ``weeks`` count from the start of the baseline, whose start and quarters stay. Finished
    work is kept on its real days, started work with the hours that are left (unless
    ``keep_started`` is false), skipped work is left out, and nothing is planned in weeks that
    are over. Among plans worth at most ``replan_tolerance`` less than the best (a share
    of the value still to come) the one is taken that keeps most hours in their old
    quarters and weeks; equals go by value.

    Raises AssertionError where the finished plan breaks a rule: that is a bug, not an answer.
    """
    effort = effort or solver.Effort(seed=brief.seed)
    standing = read_standing(brief, baseline, year=year, today=today, keep_started=keep_started)
    spent = spent_moves(brief, standing)
    brief = adapt(brief, standing)
    problem = make_remaining(brief, standing)
    if impossible_pins(brief, problem):
        return _explain(brief, problem, standing)
    free, problem = problem, fix_starts(problem, brief)
    draft = solve_greedily(problem)
    nearest = _find(problem, draft, baseline, standing, brief=brief, effort=effort)
    if nearest is None and problem is not free:
        problem, draft = free, solve_greedily(free)
        nearest = _find(problem, draft, baseline, standing, brief=brief, effort=effort)
    if nearest is None:
        return _explain(brief, problem, standing)
    rest = assemble(
        brief,
        problem,
        nearest.solved.quarter_of,
        nearest.solved.placements,
        bound=nearest.solved.bound,
        greedy=problem.value(draft.chosen) if keeps_rules(problem, draft.quarter_of) else 0.0,
        first_week=standing.first_week,
    )
    rest = answer_moves(rest, problem, brief, first_week=standing.first_week, spent=spent)
    plan = with_history(rest, baseline, standing, brief)
    broken = violations(plan, brief, standing=standing)
    assert not broken, broken
    kept, moved, dropped, added = explain_changes(baseline, plan, standing, problem, brief)
    earned = problem.value(())
    ahead = nearest.free_value - earned
    return Replan(
        plan=plan,
        baseline=baseline,
        standing=standing,
        kept=kept,
        moved=moved,
        dropped=dropped,
        added=added,
        unchanged_share=share_unchanged(activity_weeks(baseline, standing), activity_weeks(plan, standing)),
        free_value=round(nearest.free_value, 6),
        free_is_solved=nearest.free_is_solved,
        lost_share=round(max(0.0, (nearest.free_value - plan.objective) / ahead), 6) if ahead > 1e-9 else 0.0,
    )


def _find(
    problem: Problem, draft: Draft, baseline: Plan, standing: Standing, *, brief: Brief, effort: solver.Effort
) -> Nearest | None:
    """The nearest plan; one without anything to come where no week is left and nothing is asked for."""
    if _is_settled(problem):
        value = problem.value(())
        return Nearest(Solved({}, {}, value), value, free_is_solved=True)
    if not any(bucket.weeks for bucket in problem.buckets):
        return None
    old = read_old(problem, baseline, standing)
    return find_nearest(problem, draft, old, tolerance=brief.settings.replan_tolerance, effort=effort)


def _is_settled(problem: Problem) -> bool:
    """True when no week is left and nothing is asked for any more."""
    asked = problem.needs or any(candidate.pinned for candidate in problem.candidates)
    return not asked and not any(bucket.weeks for bucket in problem.buckets)


def _explain(brief: Brief, problem: Problem, standing: Standing) -> Infeasible:
    """Why the rest of the year cannot hold what it must, and the smallest change that would help."""
    found = explain_infeasible(
        brief,
        problem,
        remake=lambda other: make_remaining(other, standing),
        more=_without_started(brief, problem, standing),
    )
    if standing.first_week <= len(brief.calendar):
        return found
    return replace(found, because=(_over(brief, problem),))


def _over(brief: Brief, problem: Problem) -> str:
    """What is still open after the last week."""
    last = brief.calendar[-1].start + dt.timedelta(days=6)
    missing = [f"“{need.title}”" for need in problem.needs]
    missing += [brief.catalogue.activities[c.activity].title for c in problem.candidates if c.pinned]
    return f"The plan ended on {last}, and this is still open: {', '.join(missing)}."


def _without_started(brief: Brief, problem: Problem, standing: Standing) -> list[tuple[str, Relaxation]]:
    """What to say where a plan fits as soon as started work need not be finished."""
    started = standing.started_by_id
    must = [candidate for candidate in problem.candidates if candidate.pinned and candidate.id in started]
    free = make_remaining(brief, replace(standing, keep_started=False))
    if not must or not (_is_settled(free) or can_fit(free)):
        return []
    names = ", ".join(f"{c.id} ({c.tenths / TENTHS:g} h left)" for c in must)
    relax = Relaxation("keep_started", "false", f"Where started work may be let go, a plan fits: {names}.")
    return [(f"What was started does not fit: {names}.", relax)]
