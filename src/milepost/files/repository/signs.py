"""What a file of a repository can show: ``repository_signals.yaml`` of the content folder."""

import fnmatch
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.files.tables import Table
from milepost.model.activities import Catalogue

CEILING = 3.0
"""Highest level that a repository proposes by itself. Assumption: it does not show who designed, reviewed or answered for it."""

ECOSYSTEMS = ("python", "javascript", "go", "jvm", "rust", "c", "r")
"""Families of languages that share a way to name packages."""

SEPARATORS = {"python": ".", "jvm": ".", "rust": "::"}


@dataclass(frozen=True, slots=True)
class Sign:
    """One thing that a file can show, the skill behind it, and the highest level (1–3) that it can propose."""

    id: str
    name: str
    skill: str
    most: float


@dataclass(frozen=True, slots=True)
class FileSign:
    """A sign that is seen by the name of a file and by a line in it."""

    sign: Sign
    paths: re.Pattern[str]
    holds: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class PracticeSign:
    """A sign that is seen by an import, perhaps a second one, and a line with one of some words."""

    sign: Sign
    imports: frozenset[str]
    also: frozenset[str]
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Signs:
    """The whole table: languages by ending, files, practices, and packages by ecosystem."""

    languages: Mapping[str, Sign]
    files: tuple[FileSign, ...]
    practices: tuple[PracticeSign, ...]
    packages: Mapping[str, Mapping[str, tuple[Sign, ...]]]

    def of_package(self, ecosystem: str, module: str) -> Iterator[tuple[str, Sign]]:
        """The package of the table that a module belongs to, and those around it, with their signs."""
        known = self.packages.get(ecosystem, {})
        separator = SEPARATORS.get(ecosystem, "/")
        parts = module.split(separator)
        names = [module, *(separator.join(parts[:end]) for end in range(len(parts) - 1, 0, -1))]
        if ecosystem == "c":
            names += [f"{parts[0]}/"] if len(parts) > 1 else []
        for name in names:
            for sign in known.get(name, ()):
                yield name, sign


@cache
def load_signs() -> Signs:
    """The shipped table; ``InvalidInput`` with every problem."""
    found, problems = read_signs(PACKAGED, load_catalogue())
    if problems:
        raise InvalidInput(problems)
    return found


def read_signs(root: Path, catalogue: Catalogue) -> tuple[Signs, tuple[Problem, ...]]:
    """The table of a content folder, and its problems."""
    shelf = Shelf(root)
    languages: dict[str, Sign] = {}
    files: list[FileSign] = []
    practices: list[PracticeSign] = []
    packages: dict[str, dict[str, tuple[Sign, ...]]] = {name: {} for name in ECOSYSTEMS}
    for file in shelf.file(root / "repository_signals.yaml", ("languages", "files", "practices", "imports")):
        _read_languages(file.table, languages)
        files.extend(_file_signs(file.table))
        practices.extend(_practice_signs(file.table))
        _read_packages(file.table, packages)
    for faults in shelf.files:
        faults.settle(catalogue_names(catalogue))
    return Signs(languages, tuple(files), tuple(practices), packages), shelf.all_problems()


def _sign(row: Table, kind: str, key: str) -> Sign:
    row.need(key, "skill")
    name = row.text(key)
    most = row.number("most", 1, CEILING)
    if most is not None and most * 2 != int(most * 2):
        row.fault("most", f"{most:g} is not a level: levels come in halves", "Write 1, 1.5, 2, 2.5 or 3.")
    return Sign(f"{kind} {name}", name, row.name("skill", "skill"), CEILING if most is None else most)


def _read_languages(table: Table, languages: dict[str, Sign]) -> None:
    for row in table.tables("languages", ("name", "endings", "skill", "most")):
        row.need("endings")
        sign = _sign(row, "language", "name")
        for ending in row.texts("endings"):
            if ending in languages:
                row.fault("endings", f"{ending} is in the table already", "Keep one of the two.")
            languages[ending] = sign


def _file_signs(table: Table) -> Iterator[FileSign]:
    for row in table.tables("files", ("name", "paths", "holds", "skill", "most")):
        row.need("paths", "holds")
        sign = _sign(row, "file", "name")
        paths = "|".join(_path_pattern(text) for text in row.texts("paths"))
        yield FileSign(sign, re.compile(f"(?:{paths})\\Z"), _line_pattern(row))


def _line_pattern(row: Table) -> re.Pattern[str]:
    try:
        return re.compile(row.text("holds"))
    except re.error as fault:
        row.fault("holds", f"this is not a pattern: {fault}", "Write a regular expression of Python.")
        return re.compile("")


def _path_pattern(text: str) -> str:
    """A pattern of paths as a regular expression: ``*`` stays inside one folder, a leading ``**/`` is any folder."""
    anywhere = text.startswith("**/")
    parts = text.removeprefix("**/").split("/")
    inside = "/".join(fnmatch.translate(part).removeprefix("(?s:").removesuffix(")\\Z") for part in parts)
    inside = inside.replace(".*", "[^/]*")
    return f"(?:.*/)?{inside}" if anywhere else inside


def _practice_signs(table: Table) -> Iterator[PracticeSign]:
    for row in table.tables("practices", ("name", "imports", "also", "words", "skill", "most")):
        row.need("imports", "words")
        sign = _sign(row, "practice", "name")
        yield PracticeSign(
            sign, frozenset(row.texts("imports")), frozenset(row.texts("also")), row.texts("words")
        )


def _read_packages(table: Table, packages: dict[str, dict[str, tuple[Sign, ...]]]) -> None:
    for row in table.tables("imports", ("package", "in", "skill", "most")):
        row.need("in")
        sign = _sign(row, "package", "package")
        known = packages.get(row.one_of("in", ECOSYSTEMS))
        if known is None:
            continue
        if any(other.skill == sign.skill for other in known.get(sign.name, ())):
            row.fault("package", f"{sign.name} is in the table already", "Keep one of the two.")
        known[sign.name] = (*known.get(sign.name, ()), sign)
