"""Published scheduling instances with proven makespans, through the same time line as a quarter's weeks."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest

from milepost.planning import solver

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "psplib-rcpsp"
pytestmark = pytest.mark.skipif(
    not (FOLDER / "j30.zip").exists(), reason=f"the PSPLIB instances are not here: {FOLDER / 'j30.zip'}"
)
INSTANCES = ("j301_1.sm", "j302_1.sm", "j305_2.sm", "j3013_4.sm", "j3017_1.sm", "j3048_10.sm")


def read_instance(name):
    """Tasks with durations, demands and predecessors, and the capacities, of one .sm file."""
    with zipfile.ZipFile(FOLDER / "j30.zip") as archive:
        text = archive.read(name).decode()
    successors = {}
    for line in text.split("PRECEDENCE RELATIONS:")[1].split("***")[0].splitlines()[2:]:
        number, _, _, *after = map(int, line.split())
        successors[number] = after
    tasks = {}
    for line in text.split("REQUESTS/DURATIONS:")[1].split("****")[0].splitlines()[3:]:
        number, _, weeks, *demands = map(int, line.split())
        tasks[number] = (weeks, tuple(demands))
    capacities = tuple(map(int, text.split("RESOURCEAVAILABILITIES:")[1].splitlines()[2].split()))
    horizon = int(re.findall(r"horizon\s*:\s*(\d+)", text)[0])
    rows = [
        solver.Task(
            str(number),
            (solver.Option(weeks, demands),),
            tuple(str(other) for other, after in successors.items() if number in after),
        )
        for number, (weeks, demands) in tasks.items()
    ]
    return rows, capacities, horizon


def optimum_of(name):
    rows = csv.DictReader(io.StringIO((FOLDER / "j30_optimum.csv").read_text()))
    return next(int(row["optimum"]) for row in rows if row["problem"] == name)


@pytest.mark.parametrize("name", INSTANCES)
def test_a_known_instance_reaches_its_proven_makespan_with_a_schedule_that_holds(name):
    tasks, capacities, horizon = read_instance(name)
    effort = solver.Effort(place=5.0)
    found = solver.sequence(tasks, capacities=capacities, horizon=horizon, effort=effort)
    assert found is not None
    assert found.proven
    assert found.length == optimum_of(name)
    ends = {task.id: found.start[task.id] + found.weeks[task.id] for task in tasks}
    assert max(ends.values()) == found.length
    for task in tasks:
        assert found.weeks[task.id] == task.options[0].weeks
        assert all(ends[earlier] <= found.start[task.id] for earlier in task.after)
    for week in range(found.length):
        busy = [task for task in tasks if found.start[task.id] <= week < ends[task.id]]
        for resource, capacity in enumerate(capacities):
            assert sum(task.options[0].demands[resource] for task in busy) <= capacity
