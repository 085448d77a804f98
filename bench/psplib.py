"""The weekly placing against published optima: a seeded sample of PSPLIB's j30 projects."""

import csv
import os
from dataclasses import dataclass
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter
from zipfile import ZipFile

from ortools.sat.python import cp_model

from bench.tables import figure, p90, print_table, ratio
from milepost.planning.solver import Effort, Option, Task, Timetable, sequence

SAMPLE = 40
SEED = 1
EFFORT = Effort(place=10.0)
PEER_SECONDS = 10.0
PEER_WORKERS = 2
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class Project:
    """One instance: jobs of fixed length, their predecessors, renewable resources, the optimum."""

    name: str
    tasks: tuple[Task, ...]
    capacities: tuple[int, ...]
    horizon: int
    optimum: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """Makespan, proof and wall seconds of one solver on one project."""

    length: int | None
    proven: bool
    seconds: float


def report() -> None:
    """Print how often the optimum is met and proved, and how long it takes, beside the peer."""
    folder = find_folder()
    if folder is None:
        _complain()
        return
    projects = read_sample(folder)
    ours = [_solve_ours(project) for project in projects]
    peer = [_solve_textbook(project) for project in projects]
    header = ("solver", "projects", "equal to optimum", "proved", "length/optimum", "median s", "p90 s")
    rows = [
        _row("planning.solver.sequence, 1 worker", projects, ours),
        _row(f"textbook model, {PEER_WORKERS} workers", projects, peer),
    ]
    seconds = [[outcome.seconds for outcome in outcomes] for outcomes in (ours, peer)]
    rows.append(
        [
            "ours/textbook",
            *("–",) * 4,
            ratio(median(seconds[0]), median(seconds[1])),
            ratio(p90(seconds[0]), p90(seconds[1])),
        ]
    )
    print_table("Placing in weeks: PSPLIB j30, known optima", header, rows)


def find_folder() -> Path | None:
    """Where the instances lie: under MILEPOST_SHARED, or beside the project; None where absent."""
    shared = Path(os.environ.get("MILEPOST_SHARED", ROOT.parent / "shared"))
    folder = shared / "data" / "psplib-rcpsp"
    return folder if (folder / "j30.zip").exists() else None


def _complain() -> None:
    bar = "!" * 78
    print(f"\n{bar}\nPSPLIB WAS NOT MEASURED: j30.zip is not there.")
    print("Put j30.zip and j30_optimum.csv (github.com/ptal/kobe-scheduling, data/rcpsp) into")
    print(f"<folder>/data/psplib-rcpsp and set MILEPOST_SHARED=<folder>.\n{bar}")


def read_sample(folder: Path) -> list[Project]:
    """The seeded sample, in order of name."""
    with (folder / "j30_optimum.csv").open(encoding="utf-8", newline="") as lines:
        optima = {row["problem"]: int(row["optimum"]) for row in csv.DictReader(lines)}
    names = sorted(Random(SEED).sample(sorted(optima), SAMPLE))
    with ZipFile(folder / "j30.zip") as archive:
        paths = {Path(path).name: path for path in archive.namelist()}
        return [
            read_project(name, archive.read(paths[name]).decode("ascii"), optimum=optima[name])
            for name in names
        ]


def read_project(name: str, text: str, *, optimum: int) -> Project:
    """One ``.sm`` file: precedence relations, then durations and requests, then capacities."""
    lines = text.splitlines()
    horizon = next(int(line.split(":")[1]) for line in lines if line.startswith("horizon"))
    before: dict[str, list[str]] = {}
    for job, _, _, *successors in _numbers(lines, "PRECEDENCE RELATIONS"):
        for successor in successors:
            before.setdefault(str(successor), []).append(str(job))
    tasks = tuple(
        Task(str(job), (Option(duration, tuple(demands)),), tuple(before.get(str(job), ())))
        for job, _, duration, *demands in _numbers(lines, "REQUESTS/DURATIONS")
    )
    capacities = tuple(next(iter(_numbers(lines, "RESOURCEAVAILABILITIES"))))
    return Project(name, tasks, capacities, horizon, optimum)


def _numbers(lines: list[str], title: str) -> list[list[int]]:
    """The rows of whole numbers of one section."""
    first = next(number for number, line in enumerate(lines) if line.startswith(title)) + 1
    rows = []
    for line in lines[first:]:
        if line.startswith("****"):
            break
        if all(word.isdigit() for word in line.split()):
            rows.append([int(word) for word in line.split()])
    return rows


def _solve_ours(project: Project) -> Outcome:
    start = perf_counter()
    found: Timetable | None = sequence(
        project.tasks, capacities=project.capacities, horizon=project.horizon, effort=EFFORT
    )
    seconds = perf_counter() - start
    return (
        Outcome(None, proven=False, seconds=seconds)
        if found is None
        else Outcome(found.length, found.proven, seconds)
    )


def _solve_textbook(project: Project) -> Outcome:
    """The peer: intervals, cumulatives, makespan; ortools' defaults on both cores."""
    start = perf_counter()
    model = cp_model.CpModel()
    starts = {task.id: model.new_int_var(0, project.horizon, "") for task in project.tasks}
    lengths = {task.id: task.options[0].weeks for task in project.tasks}
    spans = [model.new_fixed_size_interval_var(starts[id_], lengths[id_], "") for id_ in starts]
    for resource, capacity in enumerate(project.capacities):
        model.add_cumulative(spans, [task.options[0].demands[resource] for task in project.tasks], capacity)
    for task in project.tasks:
        for earlier in task.after:
            model.add(starts[task.id] >= starts[earlier] + lengths[earlier])
    end = model.new_int_var(0, project.horizon, "")
    model.add_max_equality(end, [starts[id_] + lengths[id_] for id_ in starts])
    model.minimize(end)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = PEER_WORKERS
    solver.parameters.max_time_in_seconds = PEER_SECONDS
    status = solver.solve(model)
    found = status in (cp_model.OPTIMAL, cp_model.FEASIBLE)
    length = solver.value(end) if found else None
    return Outcome(length, proven=status == cp_model.OPTIMAL, seconds=perf_counter() - start)


def _row(name: str, projects: list[Project], outcomes: list[Outcome]) -> list[str]:
    pairs = list(zip(projects, outcomes, strict=True))
    solved = [(p, o.length) for p, o in pairs if o.length is not None]
    share = sum(length for _, length in solved) / max(1, sum(p.optimum for p, _ in solved))
    seconds = [outcome.seconds for outcome in outcomes]
    return [
        name,
        str(len(pairs)),
        str(sum(length == project.optimum for project, length in solved)),
        str(sum(outcome.proven for outcome in outcomes)),
        figure(share, digits=4),
        figure(median(seconds), digits=3),
        figure(p90(seconds), digits=3),
    ]
