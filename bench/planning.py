"""The planner against greedy, a plain weekly model, and a long search on eight workers."""

from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median
from time import perf_counter
from typing import Generic, TypeVar
from unittest.mock import patch

from ortools.sat.python import cp_model

from bench.instances import Instance, make_instances
from bench.plain_model import solve_plainly
from bench.tables import figure, print_table, ratio
from milepost.files.content import load_catalogue
from milepost.planning.greedy import Draft, solve_greedily
from milepost.planning.problem import Problem
from milepost.planning.settle import Solved, keeps_rules, solve_problem
from milepost.planning.solver import Effort
from milepost.workflows.demo import EXAMPLES, make_example

RUNS = 3
LONG_SECONDS = 15.0
LONG_WORKERS = 8

T = TypeVar("T")

VALUES = ("instance", "greedy", "plain", "ours", "best known", "ours/greedy", "ours/plain", "ours/best")
BOUNDS = (
    "instance",
    "bound/ours − 1",
    "long bound/ours − 1",
    "ours s",
    "greedy/ours time",
    "long/ours time",
    "same bytes",
)


@dataclass(frozen=True, slots=True)
class Timed(Generic[T]):
    """A result with the wall seconds of its runs."""

    result: T
    seconds: float
    same: bool


@dataclass(frozen=True, slots=True)
class Measured:
    """All figures of one instance; None where a peer found no plan."""

    name: str
    greedy: float | None
    greedy_seconds: float
    ours: float | None
    ours_seconds: float
    bound: float
    same: bool
    plain: float | None
    wide: float | None
    wide_seconds: float
    wide_bound: float

    @property
    def best(self) -> float | None:
        """The highest value that any search of this run found."""
        return max(
            (v for v in (self.greedy, self.ours, self.plain, self.wide) if v is not None), default=None
        )


def report() -> None:
    """Print the tables of values, of bounds and times, and of the whole line for the examples."""
    rows = []
    for instance in make_instances():
        rows.append(measure(instance))
        print(f"  … {rows[-1].name}", flush=True)
    print_table("Planner: value (impact-weighted levels closed)", VALUES, [_values(row) for row in rows])
    print_table("Planner: proof, time, reproducibility", BOUNDS, [_bounds(row) for row in rows])
    print_table(
        "Whole main line of the examples (levels, gaps, plan)",
        ("person", "s", "plan alone/whole"),
        _whole(rows),
    )


def measure(instance: Instance) -> Measured:
    """Greedy, ours (median of three runs), plain with as much wall time, and the long search."""
    problem = instance.problem
    greedy = _time(lambda: solve_greedily(problem), key=lambda draft: repr(draft.quarter_of))
    ours = _time(lambda: _plan(problem, Effort()), key=repr)
    plain = solve_plainly(problem, seconds=ours.seconds)
    with _wide_search():
        wide = _time(lambda: _plan(problem, Effort(select=1e6, near_enough=0.0)), key=repr, runs=1)
    return Measured(
        name=instance.name,
        greedy=_greedy_value(problem, greedy.result),
        greedy_seconds=greedy.seconds,
        ours=_value(problem, ours.result),
        ours_seconds=ours.seconds,
        bound=ours.result.bound if ours.result else float("inf"),
        same=ours.same,
        plain=plain.value if plain else None,
        wide=_value(problem, wide.result),
        wide_seconds=wide.seconds,
        wide_bound=wide.result.bound if wide.result else float("inf"),
    )


def _plan(problem: Problem, effort: Effort) -> Solved | None:
    return solve_problem(problem, solve_greedily(problem), effort=effort)


def _time(work: Callable[[], T], *, key: Callable[[T], str], runs: int = RUNS) -> Timed[T]:
    """The first result, the median of the wall seconds, and whether all runs gave the same bytes."""
    seconds, results = [], []
    for _ in range(runs):
        start = perf_counter()
        results.append(work())
        seconds.append(perf_counter() - start)
    return Timed(results[0], median(seconds), same=len({key(result) for result in results}) == 1)


@contextmanager
def _wide_search() -> Iterator[None]:
    """Let every model inside be searched by eight workers until a wall-clock limit."""

    class Wide(cp_model.CpSolver):
        def solve(
            self,
            model: cp_model.CpModel,
            solution_callback: cp_model.CpSolverSolutionCallback | None = None,
        ) -> cp_model.CpSolverStatus:
            self.parameters.num_workers = LONG_WORKERS
            self.parameters.max_time_in_seconds = LONG_SECONDS
            return super().solve(model, solution_callback)

    with patch.object(cp_model, "CpSolver", Wide):
        yield


def _greedy_value(problem: Problem, draft: Draft) -> float | None:
    """What the greedy plan is worth; nothing where it misses a rule of a quarter or the route."""
    return problem.value(draft.chosen) if keeps_rules(problem, draft.quarter_of) else None


def _value(problem: Problem, solved: Solved | None) -> float | None:
    return None if solved is None else _worth(problem, solved.quarter_of)


def _worth(problem: Problem, ids: Collection[str]) -> float:
    return problem.value([problem.by_id[id_] for id_ in sorted(ids)])


def _values(row: Measured) -> list[str]:
    return [
        row.name,
        figure(row.greedy),
        figure(row.plain),
        figure(row.ours),
        figure(row.best),
        ratio(row.ours, row.greedy),
        ratio(row.ours, row.plain),
        ratio(row.ours, row.best),
    ]


def _bounds(row: Measured) -> list[str]:
    return [
        row.name,
        _gap(row.bound, row.ours),
        _gap(row.wide_bound, row.ours),
        figure(row.ours_seconds),
        ratio(row.greedy_seconds, row.ours_seconds),
        ratio(row.wide_seconds, row.ours_seconds),
        "yes" if row.same else "NO",
    ]


def _gap(bound: float, value: float | None) -> str:
    return "–" if not value else f"{max(0.0, bound / value - 1):.2%}"


def _whole(rows: Collection[Measured]) -> list[list[str]]:
    catalogue = load_catalogue()
    alone = {row.name: row.ours_seconds for row in rows}
    table = []
    for name in EXAMPLES:
        whole = _time(partial(make_example, name, catalogue), key=lambda roadmap: repr(roadmap.plan))
        table.append([name, figure(whole.seconds), ratio(alone.get(name), whole.seconds)])
    return table
