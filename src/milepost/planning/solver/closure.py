"""Value of closed gaps for linear models: every skill's closure under the tangents of its learning curve."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ortools.sat.python import cp_model

from milepost.model.curve import hours_to_climb, level_after
from milepost.planning.problem import TENTHS, Goal, Practice
from milepost.planning.solver.choice import Choice

SCALE = 10_000
"""Value units of the models per impact-weighted level."""

SUPPORTS_PER_TAU = 8
"""Tangents per τ of practice; the curve lies at most (1/8)²/8 · 5 ≈ .01 levels below them."""


@dataclass(frozen=True, slots=True)
class Closure:
    """Value of one goal as an integer variable, with the hours counted by the level taught to."""

    goal: Goal
    value: cp_model.IntVar
    counted: Mapping[float, cp_model.IntVar]


def add_closures(choice: Choice) -> list[Closure]:
    """The closure of every goal. The objective that they sum to is concave, so its bound is
    valid for the exact curve too.
    """
    return [_add_closure(choice, goal) for goal in choice.problem.goals]


def _add_closure(choice: Choice, goal: Goal) -> Closure:
    """Value of one goal under the tangents of its curve, with the hours counted.

    Hours of activities that teach to a lower level are counted up to that level only: for
    levels c1 < c2 < …: y1 ≤ E1, y1 + y2 ≤ …, y1 ≤ h(c1), y1 + y2 ≤ h(c2) and so on.
    """
    model, problem = choice.model, choice.problem
    best = math.ceil(goal.impact * (goal.target - goal.level) * SCALE)
    value = model.new_int_var(0, max(0, best), f"value {goal.skill}")
    counted: dict[float, cp_model.IntVar] = {}
    sums: dict[float, list[cp_model.LinearExprT]] = {}
    for id_ in choice.ids:
        for gain in problem.by_id[id_].gains:
            if gain.skill == goal.skill:
                sums.setdefault(gain.up_to, []).extend(gain.tenths * x for x in choice.taken(id_))
    for gain in problem.practised:
        if gain.skill == goal.skill:
            sums.setdefault(gain.up_to, []).append(gain.tenths)
    for up_to in sorted(sums):
        limit = _limit(goal, up_to)
        counted[up_to] = model.new_int_var(0, limit, f"hours {goal.skill} to {up_to}")
        model.add(counted[up_to] <= sum(sums[up_to]))
        model.add(sum(counted[c] for c in counted) <= limit)
    hours = sum(counted.values())
    for slope, height in _tangents(goal):
        model.add(1000 * value <= slope * hours + height)
    return Closure(goal, value, counted)


def _limit(goal: Goal, up_to: float) -> int:
    """Tenths that count toward a goal from activities that teach to one level."""
    full = math.ceil(goal.hours * TENTHS)
    return min(math.ceil(hours_to_climb(goal.level, up_to, tau=goal.tau) * TENTHS), full)


def _tangents(goal: Goal) -> list[tuple[int, int]]:
    """Slope and height of the tangents of 1000 · SCALE · impact · (L(h) − L0), h in tenths, rounded up."""
    step = goal.tau / SUPPORTS_PER_TAU
    count = max(1, math.ceil(goal.hours / step))
    lines = []
    for index in range(count + 1):
        hours = min(index * step, goal.hours)
        gained = level_after(goal.level, hours, tau=goal.tau) - goal.level
        slope = (5.0 - goal.level) / goal.tau * math.exp(-hours / goal.tau)
        factor = 1000 * SCALE * goal.impact
        tilt = math.ceil(factor * slope / TENTHS)
        lines.append((tilt, math.ceil(factor * gained - factor * slope / TENTHS * hours * TENTHS) + 1))
    return lines


def hint_closure(choice: Choice, closure: Closure, given: Iterable[Practice]) -> None:
    """Hint the value of one goal from the practice of a whole plan."""
    goal, spent = closure.goal, 0
    sums: dict[float, int] = {}
    for gain in given:
        if gain.skill == goal.skill:
            sums[gain.up_to] = sums.get(gain.up_to, 0) + gain.tenths
    for up_to in sorted(closure.counted):
        used = max(0, min(sums.get(up_to, 0), _limit(goal, up_to) - spent))
        spent += used
        choice.model.add_hint(closure.counted[up_to], used)
    under = min((slope * spent + height) // 1000 for slope, height in _tangents(goal))
    best = max(0, math.ceil(goal.impact * (goal.target - goal.level) * SCALE))
    choice.model.add_hint(closure.value, max(0, min(under, best)))
