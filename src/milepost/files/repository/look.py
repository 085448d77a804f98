"""What one version of a file shows: the signs in it, each with the line that does."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from milepost.files.repository.ignored import ignored_by_content
from milepost.files.repository.imports import (
    MOST_LINE,
    Cells,
    Named,
    ecosystem_of,
    ending_of,
    read_imports,
    read_notebook,
)
from milepost.files.repository.own_modules import OwnModules
from milepost.files.repository.signs import FileSign, Sign, Signs
from milepost.files.repository.words import one_line

MOST_BYTES = 1024 * 1024
MOST_NOTEBOOK_BYTES = 10 * 1024 * 1024
"""Bytes of a file of text, and of a notebook, above which it is not read."""

PASTED_LINES = 3000
"""A file of more lines than this that came in one commit and was never changed was not written there. Assumption."""

_TELLING = re.compile(
    r"^\s*(?:def|class|async def|func|fn|pub|public|struct|impl|interface|trait|object|export|function|template|__global__|select|create)\b.*",
    re.IGNORECASE | re.MULTILINE,
)


class Spot(NamedTuple):
    """Where a sign stands in a file: ``:12``, or a cell of a notebook, and the line."""

    place: str
    quote: str


class Look(NamedTuple):
    """The signs of one version, the packages it names, or why it was passed over."""

    spots: Mapping[Sign, Spot] = {}
    packages: tuple[str, ...] = ()
    lines: int = 0
    ignored: str = ""


class Looker:
    """Looks at versions of files by one table of signs."""

    def __init__(self, signs: Signs, own_modules: OwnModules | None = None) -> None:
        self.signs = signs
        self.own_modules = own_modules or OwnModules()
        self._by_name = re.compile("|".join(f"(?:{row.paths.pattern})" for row in signs.files) or r"(?!)")

    def wants(self, path: str) -> bool:
        """Whether the content of a file is looked at; all others are never read."""
        ending = ending_of(path)
        return bool(ending in self.signs.languages or ecosystem_of(path) or self._by_name.match(path))

    @staticmethod
    def most_bytes(path: str) -> int:
        """The size above which a file is not read."""
        return MOST_NOTEBOOK_BYTES if ending_of(path) == "ipynb" else MOST_BYTES

    def look(self, path: str, data: bytes, *, grammar: bool = True) -> Look:
        """The signs of one version; Python is read by its grammar or, faster, by its lines."""
        cells = None
        if ending_of(path) == "ipynb":
            cells = read_notebook(data)
            if cells is None:
                return Look(ignored="not a notebook that can be read")
        else:
            reason = ignored_by_content(data)
            if reason:
                return Look(ignored=reason)
        text = cells.text if cells else data.decode("utf-8", "replace").replace("\r\n", "\n")
        return self._signs_of(path, text, cells, grammar=grammar)

    def _signs_of(self, path: str, text: str, cells: Cells | None, *, grammar: bool) -> Look:
        ecosystem = ecosystem_of(path)
        imports = self._foreign(path, ecosystem, read_imports(ecosystem, text, grammar=grammar))
        lines = text.split("\n")
        found: dict[Sign, int] = {}
        packages: dict[str, None] = {}
        for sign, line, package in self._all(path, ecosystem, imports, text, lines):
            found.setdefault(sign, line)
            if package:
                packages.setdefault(package)
        spots = {sign: _spot(line, lines, cells) for sign, line in found.items()}
        return Look(spots, tuple(packages), len(lines))

    def _foreign(self, path: str, ecosystem: str, imports: tuple[Named, ...]) -> tuple[Named, ...]:
        """The imports that are not of the repository's own modules."""
        if ecosystem != "python":
            return imports
        return tuple(named for named in imports if not self.own_modules.define(path, named.module))

    def _all(
        self, path: str, ecosystem: str, imports: tuple[Named, ...], text: str, lines: list[str]
    ) -> Iterator[tuple[Sign, int, str]]:
        language = self.signs.languages.get("py" if ending_of(path) == "ipynb" else ending_of(path))
        if language is not None and text.strip():
            yield language, _telling_line(text), ""
        for named in imports:
            for package, sign in self.signs.of_package(ecosystem, named.module):
                yield sign, named.line, package
        for sign, line in self._practices(imports, text) if ecosystem == "python" else ():
            yield sign, line, ""
        for row in self.signs.files:
            line = _line_that_holds(row, lines) if row.paths.match(path) else 0
            if line:
                yield row.sign, line, ""

    def _practices(self, imports: tuple[Named, ...], text: str) -> Iterator[tuple[Sign, int]]:
        roots = {named.module.partition(".")[0] for named in imports}
        for row in self.signs.practices:
            if roots & row.imports and (not row.also or roots & row.also):
                line = _line_with(row.words, text)
                if line:
                    yield row.sign, line


def _line_that_holds(row: FileSign, lines: list[str]) -> int:
    """The first line that the pattern of a sign finds; 0 where there is none."""
    return next((number for number, line in enumerate(lines, 1) if row.holds.search(line[:MOST_LINE])), 0)


def _line_with(words: tuple[str, ...], text: str) -> int:
    """The first line with one of the words that is no comment and no import; 0 where there is none."""
    for word in words:
        at = text.find(word)
        while at >= 0:
            line = text[text.rfind("\n", 0, at) + 1 : at].lstrip()
            if not line.startswith(("#", "import ", "from ")):
                return text.count("\n", 0, at) + 1
            at = text.find(word, at + len(word))
    return 0


def _telling_line(text: str) -> int:
    """The line that names the first thing a file defines; else its first line that is not blank."""
    match = _TELLING.search(text) or re.search(r"\S", text)
    return (
        text.count("\n", 0, match.start() + len(match.group()) - len(match.group().lstrip())) + 1
        if match
        else 1
    )


def _spot(line: int, lines: list[str], cells: Cells | None) -> Spot:
    quote = one_line(lines[line - 1].strip()) if line <= len(lines) else ""
    return Spot(f", {cells.places[line - 1]}" if cells and line <= len(cells.places) else f":{line}", quote)
