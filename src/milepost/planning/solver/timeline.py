"""Tasks on a time line with renewable resources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ortools.sat.python import cp_model

from milepost.planning.solver.effort import Effort, make_solver

PEAK_COST = 1000
"""What a tenth of an hour above the comfortable load costs, in weeks of an earlier end."""

SPAN_COST = 20
"""What one more week of an activity costs: one thing at a time before two side by side."""


KEEP_REWARD = 100_000
"""What a week in which an activity lay before is worth: more than all the others together."""

LATE_REWARD = 30
"""What a later end of the activity that closes the route is worth, in the same points."""


@dataclass(frozen=True, slots=True)
class Option:
    """One way to do a task: how many weeks, and how much of each resource in each of them."""

    weeks: int
    demands: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Task:
    """Something to put on the time line, with its options and the tasks before it.

    ``old`` are the first week and the week after the last that it had in an older plan,
    ``start`` is the week in which it has to start.
    """

    id: str
    options: tuple[Option, ...]
    after: tuple[str, ...] = ()
    after_enough: tuple[tuple[int, tuple[tuple[str, int], ...]], ...] = ()
    late: bool = False
    old: tuple[int, int] | None = None
    start: int | None = None


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
    as in resource-constrained project scheduling. Where a task has old weeks, staying in
    them comes before both.
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
        kept = sum(line.keep(task) for task in tasks if task.old is not None)
        line.model.minimize(PEAK_COST * peak + SPAN_COST * spans + ends - KEEP_REWARD * kept)
    solver = make_solver(effort.place, effort.seed)
    status = solver.solve(line.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    starts = {task.id: solver.value(line.start[task.id]) for task in tasks}
    weeks = {task.id: solver.value(line.end[task.id]) - starts[task.id] for task in tasks}
    return Timetable(starts, weeks, solver.value(line.length), proven=status == cp_model.OPTIMAL)


class _TimeLine:
    """Start, end and option of every task, with the intervals that each resource carries."""

    def __init__(self, tasks: Sequence[Task], *, resources: int, horizon: int) -> None:
        self.model = model = cp_model.CpModel()
        self.start = {t.id: model.new_int_var(0, horizon, f"start {t.id}") for t in tasks}
        self.end = {t.id: model.new_int_var(0, horizon, f"end {t.id}") for t in tasks}
        self.intervals: list[list[tuple[cp_model.IntervalVar, int]]] = [[] for _ in range(resources)]
        for task in tasks:
            if task.start is not None:
                model.add(self.start[task.id] == task.start)
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

    def keep(self, task: Task) -> cp_model.IntVar:
        """In how many of its old weeks a task lies."""
        assert task.old is not None
        first, after = task.old
        weeks = self.model.new_int_var(0, after - first, f"{task.id} kept")
        stays = self.model.new_bool_var(f"{task.id} stays")
        self.model.add(weeks <= self.end[task.id] - first).only_enforce_if(stays)
        self.model.add(weeks <= after - self.start[task.id]).only_enforce_if(stays)
        self.model.add(weeks <= self.end[task.id] - self.start[task.id])
        self.model.add(weeks == 0).only_enforce_if(~stays)
        self.model.add_hint(self.start[task.id], first)
        self.model.add_hint(self.end[task.id], after)
        return weeks

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
