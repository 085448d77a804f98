"""The peer of the bench: the whole year as one weekly CP-SAT model, without a hint.

What a textbook would write: every activity an optional interval with a few fixed durations,
weekly hours and two at once as cumulatives, prerequisites between intervals, and the same
concave objective under tangents. It keeps the rules that Milepost keeps (an activity lies in
one quarter, the plan load, a public artefact and a milestone a quarter, needs, pins, the
watch-list share), so the two values compare. It uses ortools directly and nothing of
``milepost.planning.solver``.
"""

import math
from dataclasses import dataclass
from itertools import accumulate

from ortools.sat.python import cp_model

from milepost.model.curve import hours_to_climb, level_after
from milepost.planning.problem import TENTHS, Bucket, Candidate, Goal, Problem

SCALE = 10_000
SUPPORTS_PER_TAU = 12
PACES = (1.0, 0.5, 0.25)
"""Share of the fullest week that the offered durations spend."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the peer found: ids of the chosen activities, their exact value, and its own bound."""

    chosen: tuple[str, ...]
    value: float
    bound: float


def solve_plainly(problem: Problem, *, seconds: float) -> Answer | None:
    """The peer's plan after so many seconds of one worker; None where it found no plan."""
    line = _Year(problem)
    line.add_order()
    line.add_rules()
    line.model.maximize(sum(_add_value(line, goal) for goal in problem.goals))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_time_in_seconds = seconds
    status = solver.solve(line.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    chosen = tuple(id_ for id_, present in line.present.items() if solver.value(present))
    value = problem.value([problem.by_id[id_] for id_ in chosen])
    return Answer(chosen, value, solver.best_objective_bound / SCALE)


class _Year:
    """All working weeks on one line, and the optional intervals of every candidate on it."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.model = cp_model.CpModel()
        self.weeks = [tenths for bucket in problem.buckets for tenths in bucket.week_tenths]
        lengths = [bucket.weeks for bucket in problem.buckets]
        self.first = dict(
            zip((b.number for b in problem.buckets), accumulate(lengths, initial=0), strict=False)
        )
        self.in_quarter: dict[tuple[str, int], cp_model.IntVar] = {}
        self.present: dict[str, cp_model.IntVar] = {}
        self.start: dict[str, cp_model.IntVar] = {}
        self.end: dict[str, cp_model.IntVar] = {}
        self.intervals: list[tuple[cp_model.IntervalVar, int]] = []
        for candidate in problem.candidates:
            self._add_interval(candidate)
        self._add_capacity()

    def _add_interval(self, candidate: Candidate) -> None:
        model, id_ = self.model, candidate.id
        self.present[id_] = present = model.new_bool_var("")
        self.start[id_] = start = model.new_int_var(0, len(self.weeks), "")
        self.end[id_] = end = model.new_int_var(0, len(self.weeks), "")
        options = []
        for length in self._lengths(candidate):
            taken = model.new_bool_var("")
            interval = model.new_optional_interval_var(start, length, end, taken, "")
            self.intervals.append((interval, math.ceil(candidate.tenths / length)))
            options.append(taken)
        model.add(sum(options) == present)
        quarters = []
        for bucket in self.problem.buckets:
            here = model.new_bool_var("")
            first = self.first[bucket.number]
            model.add(start >= first).only_enforce_if(here)
            model.add(end <= first + bucket.weeks).only_enforce_if(here)
            self.in_quarter[id_, bucket.number] = here
            quarters.append(here)
        model.add(sum(quarters) == present)

    def _lengths(self, candidate: Candidate) -> list[int]:
        top = max(self.weeks)
        longest = max(bucket.weeks for bucket in self.problem.buckets)
        wanted = {max(candidate.min_weeks, math.ceil(candidate.tenths / (top * pace))) for pace in PACES}
        return sorted(length for length in wanted if length <= longest)

    def _add_capacity(self) -> None:
        model, top = self.model, max(self.weeks)
        spans = [interval for interval, _ in self.intervals]
        away = [(week, top - tenths) for week, tenths in enumerate(self.weeks) if tenths < top]
        fixed = [model.new_fixed_size_interval_var(week, 1, "") for week, _ in away]
        hours = [rate for _, rate in self.intervals]
        model.add_cumulative([*spans, *fixed], [*hours, *(tenths for _, tenths in away)], top)
        model.add_cumulative(spans, [1] * len(spans), self.problem.most_at_once)
        for bucket in self.problem.buckets:
            tenths = [c.tenths * self.in_quarter[c.id, bucket.number] for c in self.problem.candidates]
            model.add(sum(tenths) <= bucket.tenths)

    def add_order(self) -> None:
        """Prerequisites finish before; level requirements count the practice that has finished."""
        for candidate in self.problem.candidates:
            for required in candidate.requires:
                if required not in self.problem.done:
                    self._finish_first(required, candidate.id)
            for skill, level in candidate.requires_levels:
                needed = self.problem.level_hours(skill, level)
                if needed > 0:
                    practice = self._practice_before(candidate, skill, level)
                    self.model.add(practice >= needed * self.present[candidate.id])

    def _finish_first(self, required: str, id_: str) -> None:
        present = self.present[id_]
        if required not in self.present:
            self.model.add(present == 0)
            return
        self.model.add_implication(present, self.present[required])
        self.model.add(self.end[required] <= self.start[id_]).only_enforce_if(present)

    def _practice_before(self, candidate: Candidate, skill: str, level: float) -> cp_model.LinearExprT:
        terms: list[cp_model.LinearExprT] = []
        for other in self.problem.candidates:
            tenths = self.problem.teaches(other, skill, level)
            if tenths and other.id != candidate.id:
                before = self.model.new_bool_var("")
                self.model.add_implication(before, self.present[other.id])
                self.model.add(self.end[other.id] <= self.start[candidate.id]).only_enforce_if(before)
                terms.append(tenths * before)
        return sum(terms)

    def add_rules(self) -> None:
        """What every quarter, the route and the person ask for."""
        problem, model = self.problem, self.model
        for bucket in problem.buckets:
            self._add_quarter_rules(bucket)
        for need in problem.needs:
            meeting = [
                self.in_quarter[c.id, q]
                for c in problem.candidates
                if need.id in c.meets
                for q in need.quarters
            ]
            model.add(sum(meeting) >= need.count)
        for candidate in problem.candidates:
            if candidate.pinned:
                model.add(self.present[candidate.id] == 1)
        share = round(problem.watched_share * 1000)
        spent = [(c.tenths * (1000 * c.watched - share)) * self.present[c.id] for c in problem.candidates]
        if any(candidate.watched for candidate in problem.candidates):
            model.add(sum(spent) <= 0)

    def _add_quarter_rules(self, bucket: Bucket) -> None:
        problem = self.problem
        public = [self.in_quarter[c.id, bucket.number] for c in problem.candidates if c.public]
        closing = [self.in_quarter[c.id, bucket.number] for c in problem.candidates if c.milestone]
        self.model.add(sum(public) >= problem.public_per_quarter)
        self.model.add(sum(closing) >= problem.milestones_per_quarter)


def _add_value(line: _Year, goal: Goal) -> cp_model.IntVar:
    """Impact × closed levels of one goal under the tangents of its learning curve."""
    model = line.model
    best = max(0, math.ceil(goal.impact * (goal.target - goal.level) * SCALE))
    full = math.ceil(goal.hours * TENTHS)
    value = model.new_int_var(0, best, "")
    sums: dict[float, list[cp_model.LinearExprT]] = {}
    for candidate in line.problem.candidates:
        for gain in candidate.gains:
            if gain.skill == goal.skill:
                sums.setdefault(gain.up_to, []).append(gain.tenths * line.present[candidate.id])
    counted: list[cp_model.IntVar] = []
    for up_to in sorted(sums):
        limit = min(full, math.ceil(hours_to_climb(goal.level, up_to, tau=goal.tau) * TENTHS))
        counted.append(model.new_int_var(0, limit, ""))
        model.add(counted[-1] <= sum(sums[up_to]))
        model.add(sum(counted) <= limit)
    for step in range(math.ceil(goal.hours * SUPPORTS_PER_TAU / goal.tau) + 1):
        hours = min(step * goal.tau / SUPPORTS_PER_TAU, goal.hours)
        gained = level_after(goal.level, hours, tau=goal.tau) - goal.level
        slope = (5 - goal.level) / goal.tau * math.exp(-hours / goal.tau)
        factor = 1000 * SCALE * goal.impact
        height = math.ceil(factor * (gained - slope * hours)) + 1
        model.add(1000 * value <= math.ceil(factor * slope / TENTHS) * sum(counted) + height)
    return value
