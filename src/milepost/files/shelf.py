"""The content folder while it is being read: its files, what they define, and what they refer to."""

import datetime as dt
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from milepost.errors import InvalidInput, Problem
from milepost.files.faults import Faults
from milepost.files.nodes import Mark
from milepost.files.tables import Table
from milepost.files.yaml_text import read_bounded, read_yaml

HEADER_KEYS = ("source", "date", "basis")
BASES = ("book", "data", "assumption")
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


class Place(NamedTuple):
    """Where something is defined."""

    faults: Faults
    mark: Mark
    field: str

    def fault(self, message: str, hint: str) -> None:
        """Note a problem here."""
        self.faults.add(self.mark, self.field, message, hint)

    def __str__(self) -> str:
        return f"{Path(self.faults.sheet.path).name}, line {self.mark.line}"


class ContentFile(NamedTuple):
    """One file of the content folder: its name without the ending, its top level, and its header."""

    stem: str
    table: Table
    source: str
    date: dt.date | None


@dataclass
class Shelf:
    """All files of one content folder, and the place where each thing is defined."""

    root: Path
    files: list[Faults] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    defined: dict[tuple[str, str], Place] = field(default_factory=dict)

    def folder(self, name: str, keys: Collection[str]) -> Iterator[ContentFile]:
        """The YAML files of one folder in order of name; an empty folder is a problem."""
        paths = sorted((self.root / name).glob("*.yaml"))
        if not paths:
            self.missing(f"{name}/", f"there is no file in {name}/")
        for path in paths:
            yield from self.file(path, keys)

    def file(self, path: Path, keys: Collection[str]) -> Iterator[ContentFile]:
        """One file, or nothing where it cannot be read."""
        where = path.relative_to(self.root).as_posix()
        try:
            data = read_bounded(path)
        except InvalidInput as fault:
            self.missing(where, fault.problems[0].message)
            return
        sheet = read_yaml(data, path=where)
        if sheet.root is None:
            self.problems.extend(sheet.problems)
            return
        faults = Faults(sheet)
        self.files.append(faults)
        table = Table(faults, sheet.root, "", (*HEADER_KEYS, *keys))
        table.need(*HEADER_KEYS, *keys)
        table.one_of("basis", BASES)
        yield ContentFile(path.stem, table, table.text("source"), table.day("date"))

    def missing(self, path: str, message: str) -> None:
        """Note a file that is not there."""
        self.problems.append(Problem(path, 0, 0, "", message, f"The content folder is {self.root}."))

    def define(self, kind: str, row: Table, key: str = "id") -> str:
        """The id of a new thing: in kebab case, and not defined before."""
        row.need(key)
        name = row.text(key)
        node = row.entries.get(key)
        if not name or node is None:
            return ""
        if not _ID.match(name):
            row.fault(
                key, f"{name[:60]!r} is not in kebab case", "Use small letters, digits and single hyphens."
            )
        place = Place(row.faults, node.mark, row.at(key))
        first = self.defined.setdefault((kind, name), place)
        if first is not place:
            place.fault(f"the {kind} {name} is defined twice, first in {first}", "Keep one of the two.")
        return name

    def all_problems(self) -> tuple[Problem, ...]:
        """Every problem of every file, in order of file and line."""
        found = [*self.problems, *(problem for faults in self.files for problem in faults.problems())]
        return tuple(sorted(found, key=lambda problem: problem.path))
