"""The shipped crosswalks: from the needs and level words of known frameworks to our skills."""

from functools import cache
from pathlib import Path

from milepost.errors import InvalidInput
from milepost.files.content import PACKAGED
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.files.tables import Table, level
from milepost.model.activities import Catalogue
from milepost.model.frameworks import STACK, Bridge, Crosswalk, Grade

EMPTY = Crosswalk("", "", "")


def load_crosswalk(id_: str, *, catalogue: Catalogue) -> Crosswalk:
    """The shipped crosswalk of that id; an empty one where there is none."""
    path = PACKAGED / "crosswalks" / f"{id_}.yaml"
    return read_crosswalk(path, catalogue=catalogue) if id_ and path.is_file() else EMPTY


@cache
def crosswalk_ids() -> tuple[str, ...]:
    """The ids of the shipped crosswalks."""
    return tuple(path.stem for path in sorted((PACKAGED / "crosswalks").glob("*.yaml")))


def read_crosswalk(path: Path, *, catalogue: Catalogue) -> Crosswalk:
    """One crosswalk; ``InvalidInput`` with every problem of it."""
    shelf = Shelf(path.parent)
    found = EMPTY
    for file in shelf.file(path, ("framework", "needs", "scale")):
        found = _crosswalk(file.table)
        file.table.faults.settle(catalogue_names(catalogue))
    if problems := shelf.all_problems():
        raise InvalidInput(problems)
    return found


def _crosswalk(table: Table) -> Crosswalk:
    head = table.table("framework", ("id", "name", "credit"))
    if head is not None:
        head.need("id", "name", "credit")
    scale: dict[str, Grade] = {}
    for row in table.tables("scale", ("word", "level", "why")):
        row.need("word", "level", "why")
        scale[row.text("word").casefold()] = Grade(_level(row) or 0.0, row.text("why"))
    needs: dict[str, tuple[Bridge, ...]] = {}
    for row in table.tables("needs", ("name", "skills")):
        row.need("name", "skills")
        name = row.text("name").casefold()
        if name in needs:
            row.fault("name", f"{name} stands here twice", "Keep one of the two.")
        needs[name] = tuple(_bridge(each) for each in row.tables("skills", ("skill", "confidence", "level")))
    text = (head.text("id"), head.text("name"), head.text("credit")) if head else ("", "", "")
    return Crosswalk(*text, scale, needs)


def _bridge(row: Table) -> Bridge:
    row.need("skill", "confidence")
    stack = row.entries.get("skill")
    skill = STACK if stack is not None and stack.value == STACK else row.name("skill", "skill")
    return Bridge(skill, row.number("confidence", 0, 1) or 0.0, _level(row))


def _level(row: Table) -> float | None:
    node = row.entries.get("level")
    return None if node is None else level(row.faults, node, row.at("level"))
