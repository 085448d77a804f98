"""The practical tasks of the content folder: ``tasks/AREA.yaml``, read when they are asked for."""

import datetime as dt
import json
from collections.abc import Mapping
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import PACKAGED
from milepost.files.faults import Names
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.files.tables import Table
from milepost.model.activities import Catalogue
from milepost.model.tasks import Case, CaseGroup, CodeTask, Mistake

TASK_KEYS = (
    "id", "skill", "title", "level", "minutes", "statement", "function", "starter", "solution", "groups", "mistakes", "reviewed",
)  # fmt: skip
NO_DAY = dt.date(1950, 1, 1)


def load_tasks(catalogue: Catalogue, *, root: Path = PACKAGED) -> Mapping[str, CodeTask]:
    """The practical tasks by id in order; ``InvalidInput`` with every problem."""
    tasks, problems = read_tasks(catalogue, root=root)
    if problems:
        raise InvalidInput(problems)
    return tasks


def read_tasks(
    catalogue: Catalogue, *, root: Path = PACKAGED
) -> tuple[Mapping[str, CodeTask], tuple[Problem, ...]]:
    """The tasks and the problems of the folder."""
    shelf = Shelf(root)
    found: dict[str, CodeTask] = {}
    for file in shelf.folder("tasks", ("tasks",)):
        for row in file.table.tables("tasks", TASK_KEYS):
            task = _task(shelf, row, file.stem)
            found[task.id] = task
    names: Mapping[str, Names] = catalogue_names(catalogue)
    for faults in shelf.files:
        faults.settle(names)
    return dict(sorted(found.items())), shelf.all_problems()


def _task(shelf: Shelf, row: Table, area: str) -> CodeTask:
    row.need(*TASK_KEYS)
    return CodeTask(
        id=shelf.define("task", row),
        skill=row.name("skill", "skill"),
        area=area,
        title=row.text("title"),
        level=row.number("level", 0, 5) or 0.0,
        minutes=row.number("minutes", 1, 240) or 1.0,
        statement=row.text("statement").strip(),
        function=row.text("function"),
        starter=row.text("starter"),
        solution=row.text("solution"),
        groups=tuple(_group(each) for each in row.tables("groups", ("name", "hint", "cases"))),
        mistakes=tuple(_mistake(each) for each in row.tables("mistakes", ("why", "code"))),
        reviewed=row.day("reviewed") or NO_DAY,
    )


def _group(row: Table) -> CaseGroup:
    row.need("name", "hint", "cases")
    cases = tuple(_case(each) for each in row.tables("cases", ("arguments", "expected")))
    return CaseGroup(row.text("name"), row.text("hint"), cases)


def _case(row: Table) -> Case:
    row.need("arguments", "expected")
    case = Case(row.text("arguments"), row.text("expected"))
    for key, text in (("arguments", case.arguments), ("expected", case.expected)):
        try:
            json.loads(text)
        except ValueError as fault:
            row.fault(key, f"is no JSON: {fault}", "Write the value as JSON in quotes.")
    return case


def _mistake(row: Table) -> Mistake:
    row.need("why", "code")
    return Mistake(row.text("why"), row.text("code"))
