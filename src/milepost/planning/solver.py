"""The only door to OR-Tools: selection, arrangement and placing in weeks by CP-SAT.

Three small models instead of one large one (docs/decisions/0006): a selection that gives
the value and its proven bound, an arrangement of the selected activities into quarters
that reads well, and a placing of each quarter into weeks. Every model is solved by one
worker with a deterministic limit, so the same input gives the same bytes.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from milepost.model.curve import hours_to_climb, level_after
from milepost.planning.placing import Placement, rate
from milepost.planning.problem import TENTHS, Bucket, Candidate, Goal, Problem

SCALE = 10_000
"""Value units of the models per impact-weighted level."""

SUPPORTS_PER_TAU = 8
"""Tangents per τ of practice; the curve lies at most (1/8)²/8 · 5 ≈ .01 levels below them."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which candidate lies in which bucket, and the proven bound of the value."""

    quarter_of: Mapping[str, int]
    bound: float


@dataclass(frozen=True, slots=True)
class Effort:
    """Deterministic limits of the three models (solver units, about seconds).

    The selection also stops when its value is within ``near_enough`` of the bound.
    """

    select: float = 0.6
    arrange: float = 0.8
    place: float = 0.05
    seed: int = 1
    near_enough: float = 0.002


def _solver(limit: float, seed: int) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed
    solver.parameters.max_deterministic_time = limit
    return solver


# --- selection ----------------------------------------------------------------------------


class _Choice:
    """Variables and constraints that selection and arrangement share: x[i, q] and its rules."""

    def __init__(self, problem: Problem, ids: Sequence[str], *, pace: float = 1.0) -> None:
        self.problem = problem
        self.pace = pace
        self.ids = ids
        self.model = cp_model.CpModel()
        self.x = {
            (id_, bucket.number): self.model.new_bool_var(f"{id_}@{bucket.number}")
            for id_ in ids
            for bucket in problem.buckets
            if problem.fits(problem.by_id[id_], bucket)
        }
        self._add_capacity()
        self._add_order()
        self._add_quarter_rules()

    def in_quarter(self, id_: str, quarter: int) -> cp_model.IntVar | int:
        return self.x.get((id_, quarter), 0)

    def by_quarter(self, id_: str, quarter: int) -> list[cp_model.IntVar]:
        """The variables whose sum says that a candidate is done by the end of a quarter."""
        numbers = [bucket.number for bucket in self.problem.buckets if bucket.number <= quarter]
        return [self.x[id_, number] for number in numbers if (id_, number) in self.x]

    def taken(self, id_: str) -> list[cp_model.IntVar]:
        return self.by_quarter(id_, self.problem.buckets[-1].number)

    def _add_capacity(self) -> None:
        for bucket in self.problem.buckets:
            present = [
                (id_, self.x[id_, bucket.number]) for id_ in self.ids if (id_, bucket.number) in self.x
            ]
            hours = [self.problem.by_id[id_].tenths * x for id_, x in present]
            weeks = [
                self.problem.shortest_weeks(self.problem.by_id[id_], bucket, pace=self.pace) * x
                for id_, x in present
            ]
            self.model.add(sum(hours) <= bucket.tenths)
            self.model.add(sum(weeks) <= self.problem.most_at_once * bucket.weeks)
        for id_ in self.ids:
            if self.taken(id_):
                self.model.add_at_most_one(self.taken(id_))

    def _add_order(self) -> None:
        for id_ in self.ids:
            candidate = self.problem.by_id[id_]
            for bucket in self.problem.buckets:
                here = self.by_quarter(id_, bucket.number)
                if here:
                    self._require(candidate, bucket, here)

    def _require(self, candidate: Candidate, bucket: Bucket, here: Sequence[cp_model.IntVar]) -> None:
        for required in candidate.requires:
            if required not in self.problem.done:
                there = self.by_quarter(required, bucket.number) if required in self.problem.by_id else []
                self.model.add(sum(here) <= sum(there))
        for skill, level in candidate.requires_levels:
            needed = self.problem.level_hours(skill, level)
            if needed > 0:
                self.model.add(needed * sum(here) <= self._practice(candidate, skill, level, needed, bucket))

    def _practice(
        self, candidate: Candidate, skill: str, level: float, needed: int, bucket: Bucket
    ) -> cp_model.LinearExprT:
        """Practice toward a level by the end of a quarter; one activity counts at most what is needed."""
        terms = []
        for id_ in self.ids:
            tenths = self.problem.teaches(self.problem.by_id[id_], skill, level)
            if tenths and id_ != candidate.id:
                terms += [min(tenths, needed) * x for x in self.by_quarter(id_, bucket.number)]
        return sum(terms)

    def _add_quarter_rules(self) -> None:
        problem = self.problem
        for bucket in problem.buckets:
            public = [
                self.x[key] for key in self.x if key[1] == bucket.number and problem.by_id[key[0]].public
            ]
            closing = [
                self.x[key] for key in self.x if key[1] == bucket.number and problem.by_id[key[0]].milestone
            ]
            shown, closed = problem.asks(bucket)
            self.model.add(sum(public) >= shown)
            self.model.add(sum(closing) >= closed)
        for need in problem.needs:
            meeting = [
                x
                for (id_, q), x in self.x.items()
                if q in need.quarters and need.id in problem.by_id[id_].meets
            ]
            self.model.add(sum(meeting) >= need.count)
        for id_ in self.ids:
            if problem.by_id[id_].pinned:
                self.model.add(sum(self.taken(id_)) == 1)
        watched = [(id_, x) for (id_, _), x in self.x.items() if problem.by_id[id_].watched]
        if watched:
            share = round(problem.watched_share * 1000)
            everything = sum(problem.by_id[id_].tenths * x for (id_, _), x in self.x.items())
            self.model.add(
                1000 * sum(problem.by_id[id_].tenths * x for id_, x in watched) <= share * everything
            )

    def forbid(self, clashes: Sequence[tuple[frozenset[str], int, int]]) -> None:
        """Keep out every set of activities that did not fit into the weeks of one quarter."""
        for ids, weeks, tenths in clashes:
            for bucket in self.problem.buckets:
                if bucket.weeks <= weeks and max(bucket.week_tenths, default=0) <= tenths:
                    present = [self.x[i, bucket.number] for i in sorted(ids) if (i, bucket.number) in self.x]
                    if len(present) == len(ids):
                        self.model.add(sum(present) <= len(ids) - 1)


def select(
    problem: Problem,
    *,
    hint: Mapping[str, int],
    clashes: Sequence[tuple[frozenset[str], int, int]] = (),
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
    ids = [candidate.id for candidate in problem.candidates]
    choice = _Choice(problem, ids, pace=pace)
    choice.forbid(clashes)
    closures = {goal.skill: _add_closure(choice, goal) for goal in problem.goals}
    choice.model.maximize(sum(closures[goal.skill][0] for goal in problem.goals))
    chosen = [problem.by_id[id_] for id_ in sorted(hint)]
    for (id_, quarter), x in choice.x.items():
        choice.model.add_hint(x, hint.get(id_) == quarter)
    for goal in problem.goals:
        _hint_closure(choice, goal, chosen, closures[goal.skill])
    solver = _solver(effort.select, effort.seed)
    solver.parameters.linearization_level = 2
    solver.parameters.relative_gap_limit = effort.near_enough
    status = solver.solve(choice.model)
    if status == cp_model.INFEASIBLE:
        return None
    bound = solver.best_objective_bound / SCALE
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Selection(dict(hint), bound)
    quarter_of = {id_: quarter for (id_, quarter), x in choice.x.items() if solver.value(x)}
    return Selection(quarter_of, bound)


def _add_closure(choice: _Choice, goal: Goal) -> tuple[cp_model.IntVar, dict[float, cp_model.IntVar]]:
    """Value of one goal as an integer variable under the tangents of its curve, with the hours counted.

    Hours of activities that teach to a lower level are counted up to that level only: for
    levels c1 < c2 < …: y1 ≤ E1, y1 + y2 ≤ …, y1 ≤ h(c1), y1 + y2 ≤ h(c2) and so on.
    """
    model, problem = choice.model, choice.problem
    full = math.ceil(goal.hours * TENTHS)
    best = math.ceil(goal.impact * (goal.target - goal.level) * SCALE)
    value = model.new_int_var(0, max(0, best), f"value {goal.skill}")
    counted: dict[float, cp_model.IntVar] = {}
    sums: dict[float, list[cp_model.LinearExprT]] = {}
    for id_ in choice.ids:
        for gain in problem.by_id[id_].gains:
            if gain.skill == goal.skill:
                sums.setdefault(gain.up_to, []).extend(gain.tenths * x for x in choice.taken(id_))
    for up_to in sorted(sums):
        limit = math.ceil(hours_to_climb(goal.level, up_to, tau=goal.tau) * TENTHS)
        counted[up_to] = model.new_int_var(0, min(limit, full), f"hours {goal.skill} to {up_to}")
        model.add(counted[up_to] <= sum(sums[up_to]))
        model.add(sum(counted[c] for c in counted) <= min(limit, full))
    hours = sum(counted.values())
    for slope, height in _tangents(goal):
        model.add(1000 * value <= slope * hours + height)
    return value, counted


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


def _hint_closure(
    choice: _Choice,
    goal: Goal,
    chosen: Collection[Candidate],
    variables: tuple[cp_model.IntVar, Mapping[float, cp_model.IntVar]],
) -> None:
    value, counted = variables
    spent = 0
    for up_to in sorted(counted):
        given = sum(g.tenths for c in chosen for g in c.gains if g.skill == goal.skill and g.up_to == up_to)
        limit = min(
            math.ceil(hours_to_climb(goal.level, up_to, tau=goal.tau) * TENTHS),
            math.ceil(goal.hours * TENTHS),
        )
        used = max(0, min(given, limit - spent))
        spent += used
        choice.model.add_hint(counted[up_to], used)
    under = min((slope * spent + height) // 1000 for slope, height in _tangents(goal))
    best = max(0, math.ceil(goal.impact * (goal.target - goal.level) * SCALE))
    choice.model.add_hint(value, max(0, min(under, best)))


# --- arrangement --------------------------------------------------------------------------


def arrange(
    problem: Problem,
    ids: Collection[str],
    *,
    clashes: Sequence[tuple[frozenset[str], int, int]] = (),
    pace: float = 1.0,
    effort: Effort | None = None,
) -> dict[str, int] | None:
    """A quarter for each of these activities, so that the year reads well; None where none is found.

    Few areas a quarter (context switches), and first what other skills wait for and what
    lasts. Which activities are in the plan, and so its value, does not change.
    """
    effort = effort or Effort()
    ids = sorted(ids)
    choice = _Choice(problem, ids, pace=pace)
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
    solver = _solver(effort.arrange, effort.seed)
    solver.parameters.linearization_level = 2
    status = solver.solve(choice.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return {id_: quarter for (id_, quarter), x in choice.x.items() if solver.value(x)}


SWITCH_COST = 40
"""What one more area in a quarter costs, in earliness points (early × hours × quarters)."""


# --- placing in weeks ---------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do a task: how many weeks, and how much of each resource in each of them."""

    weeks: int
    demands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to put on the time line, with its options and the tasks before it."""

    id: str
    options: tuple[Option, ...]
    after: tuple[str, ...] = ()
    after_enough: tuple[tuple[int, tuple[tuple[str, int], ...]], ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Timetable:
    """Start week (from 0) and chosen option of every task."""

    start: Mapping[str, int]
    weeks: Mapping[str, int]
    length: int
    proven: bool


def sequence(
    tasks: Sequence[Task],
    *,
    capacities: Sequence[int],
    horizon: int,
    taken: Sequence[tuple[int, tuple[int, ...]]] = (),
    comfort: int | None = None,
    effort: Effort | None = None,
) -> Timetable | None:
    """Place tasks on a time line with renewable resources, as early as possible; None where impossible.

    ``taken`` removes capacity in single weeks. With ``comfort`` (a load of the first
    resource) peaks above it are avoided first; otherwise the length is what is minimised,
    as in resource-constrained project scheduling.
    """
    effort = effort or Effort()
    line = _TimeLine(tasks, resources=len(capacities), horizon=horizon)
    line.take(taken)
    line.limit(capacities)
    _add_precedence(line.model, tasks, line.start, line.end)
    if comfort is None:
        line.model.minimize(line.length)
    else:
        peak = _add_peak(line.model, line.intervals[0], comfort, capacities[0])
        ends = sum((-LATE_REWARD if t.late else len(tasks) - n) * line.end[t.id] for n, t in enumerate(tasks))
        spans = sum(line.end[t.id] - line.start[t.id] for t in tasks)
        line.model.minimize(PEAK_COST * peak + SPAN_COST * spans + ends)
    solver = _solver(effort.place, effort.seed)
    status = solver.solve(line.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    starts = {task.id: solver.value(line.start[task.id]) for task in tasks}
    weeks = {task.id: solver.value(line.end[task.id]) - starts[task.id] for task in tasks}
    return Timetable(starts, weeks, solver.value(line.length), proven=status == cp_model.OPTIMAL)


PEAK_COST = 1000
"""What a tenth of an hour above the comfortable load costs, in weeks of an earlier end."""

SPAN_COST = 20
"""What one more week of an activity costs: one thing at a time before two side by side."""


LATE_REWARD = 30
"""What a later end of the activity that closes the route is worth, in the same points."""


class _TimeLine:
    """Start, end and option of every task, with the intervals that each resource carries."""

    def __init__(self, tasks: Sequence[Task], *, resources: int, horizon: int) -> None:
        self.model = model = cp_model.CpModel()
        self.start = {t.id: model.new_int_var(0, horizon, f"start {t.id}") for t in tasks}
        self.end = {t.id: model.new_int_var(0, horizon, f"end {t.id}") for t in tasks}
        self.intervals: list[list[tuple[cp_model.IntervalVar, int]]] = [[] for _ in range(resources)]
        for task in tasks:
            picked = [model.new_bool_var(f"{task.id} option {n}") for n in range(len(task.options))]
            model.add_exactly_one(picked)
            for option, chosen in zip(task.options, picked, strict=True):
                interval = model.new_optional_interval_var(
                    self.start[task.id],
                    option.weeks,
                    self.end[task.id],
                    chosen,
                    f"{task.id} in {option.weeks}",
                )
                self._carry(interval, option.demands)
        self.length = model.new_int_var(0, horizon, "length")
        model.add_max_equality(self.length, [self.end[task.id] for task in tasks])

    def _carry(self, interval: cp_model.IntervalVar, demands: Sequence[int]) -> None:
        for resource, demand in enumerate(demands):
            if demand:
                self.intervals[resource].append((interval, demand))

    def take(self, taken: Sequence[tuple[int, tuple[int, ...]]]) -> None:
        """Remove capacity in single weeks."""
        for week, demands in taken:
            self._carry(self.model.new_fixed_size_interval_var(week, 1, f"taken {week}"), demands)

    def limit(self, capacities: Sequence[int]) -> None:
        """No week carries more than the capacity of any resource."""
        for carried, capacity in zip(self.intervals, capacities, strict=True):
            if carried:
                spans, demands = zip(*carried, strict=True)
                self.model.add_cumulative(list(spans), list(demands), capacity)


def _add_precedence(
    model: cp_model.CpModel,
    tasks: Sequence[Task],
    start: Mapping[str, cp_model.IntVar],
    end: Mapping[str, cp_model.IntVar],
) -> None:
    for task in tasks:
        for earlier in task.after:
            model.add(end[earlier] <= start[task.id])
        for needed, teachers in task.after_enough:
            terms = []
            for teacher, amount in teachers:
                before = model.new_bool_var(f"{teacher} before {task.id}")
                model.add(end[teacher] <= start[task.id]).only_enforce_if(before)
                terms.append(amount * before)
            model.add(sum(terms) >= needed)


def _add_peak(
    model: cp_model.CpModel,
    intervals: Sequence[tuple[cp_model.IntervalVar, int]],
    comfort: int,
    capacity: int,
) -> cp_model.IntVar:
    """By how many tenths the fullest week exceeds the comfortable load."""
    peak = model.new_int_var(0, max(0, capacity - comfort), "peak")
    level = model.new_int_var(comfort, capacity, "level")
    model.add(level == comfort + peak)
    spans, demands = zip(*intervals, strict=True)
    model.add_cumulative(list(spans), list(demands), level)
    return peak


def place(
    problem: Problem,
    bucket: Bucket,
    ids: Collection[str],
    *,
    before: Collection[str],
    comfort_share: float = 0.8,
    effort: Effort | None = None,
) -> dict[str, Placement] | None:
    """Put the activities of one quarter into its weeks by the solver; None where they do not fit."""
    top = max(bucket.week_tenths)
    ordered = sorted(ids, key=lambda id_: (-problem.by_id[id_].early, id_))
    tasks = [_task(problem, bucket, problem.by_id[id_], ids, before) for id_ in ordered]
    if any(not task.options for task in tasks):
        return None
    taken = [(week, (top - tenths, 0)) for week, tenths in enumerate(bucket.week_tenths) if tenths < top]
    found = sequence(
        tasks,
        capacities=(top, problem.most_at_once),
        horizon=bucket.weeks,
        taken=taken,
        comfort=round(top * comfort_share),
        effort=effort,
    )
    if found is None:
        return None
    return {id_: Placement(found.start[id_], found.start[id_] + found.weeks[id_] - 1) for id_ in ids}


def _task(
    problem: Problem, bucket: Bucket, candidate: Candidate, ids: Collection[str], before: Collection[str]
) -> Task:
    top = max(bucket.week_tenths)
    shortest = max(candidate.min_weeks, math.ceil(candidate.tenths / top))
    options = tuple(
        Option(weeks, (rate(candidate.tenths, weeks), 1))
        for weeks in range(shortest, min(bucket.weeks, LONGEST_STRETCH * shortest + 1) + 1)
        if weeks == shortest
        or candidate.tenths / weeks >= LEAST_TENTHS_A_WEEK
        or rate(candidate.tenths, weeks - 1) > min(bucket.week_tenths)
    )
    after = tuple(q for q in candidate.requires if q in ids)
    enough = []
    for skill, level in candidate.requires_levels:
        needed = problem.level_hours(skill, level)
        had = sum(problem.teaches(problem.by_id[c], skill, level) for c in before)
        if needed > had:
            teachers = tuple(
                (c, problem.teaches(problem.by_id[c], skill, level))
                for c in sorted(ids)
                if c != candidate.id and problem.teaches(problem.by_id[c], skill, level)
            )
            enough.append((needed - had, teachers))
    return Task(candidate.id, options, after, tuple(enough), candidate.ending)


LEAST_TENTHS_A_WEEK = 10
"""Below an hour a week an activity is forgotten between two sessions."""

LONGEST_STRETCH = 3
"""How many times its shortest length (and a week) an activity may be stretched over."""
