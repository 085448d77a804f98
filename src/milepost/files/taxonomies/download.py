"""A download as tables: a file, a folder or a zip file of CSV, tab-separated text or Excel, within bounds.

Sizes are counted while unpacking; what a header says about a size is not trusted.
"""

import csv
import gzip
import io
import os
import re
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, cast
from zipfile import BadZipFile, LargeZipFile, ZipFile

from milepost.errors import InvalidInput
from milepost.files.fields import bounded_fields
from milepost.files.taxonomies.bounds import Bounded, refuse
from milepost.files.taxonomies.workbook import read_workbook

MOST_TABLE_BYTES = 200_000_000
"""Bytes of one table after unpacking; the largest that is read, ESCO's skills of one language, has some 15 MB."""
MOST_WORKBOOK_BYTES = 60_000_000
MOST_ROWS = 1_000_000
MOST_FILES = 20_000
DEEPEST = 3
"""Folders inside each other in which tables are looked for."""
TABLES = (".csv", ".tsv", ".txt", ".xlsx", ".md")

_SIGNS = re.compile(r"[^a-z0-9]+")
_BROKEN = (BadZipFile, LargeZipFile, EOFError, RuntimeError, NotImplementedError, zlib.error, OSError)
Row = Mapping[str, str]


@dataclass(frozen=True)
class TableFile:
    """One table of a download: ``place`` is what messages call it, ``key`` its name without signs."""

    place: str
    name: str
    open: Callable[[ExitStack], BinaryIO]

    @property
    def key(self) -> str:
        """The name in small letters and digits, so that ``Technology Skills.txt`` is ``technologyskills``."""
        return plain_key(stem_of(self.name))

    @property
    def ending(self) -> str:
        """The ending without ``.gz``, such as ``.csv``."""
        return Path(self.name.casefold().removesuffix(".gz")).suffix


def stem_of(name: str) -> str:
    """The name of a table without its folders and endings."""
    return Path(re.sub(r"\.gz\Z", "", name, flags=re.IGNORECASE)).stem


def plain_key(text: str) -> str:
    """Small letters and digits only: what two spellings of one column or file share.

    >>> plain_key("O*NET-SOC Code"), plain_key("preferredLabel")
    ('onetsoccode', 'preferredlabel')
    """
    return _SIGNS.sub("", text.casefold())


def find_tables(path: Path) -> tuple[TableFile, ...]:
    """The tables of a file, folder or zip file, in order of name; ``InvalidInput`` where there is none."""
    try:
        if path.is_dir():
            found = [_on_disk(each, each.relative_to(path).as_posix()) for each in _walk(path)]
        elif path.suffix.casefold() == ".zip":
            found = _in_zip(path)
        else:
            with path.open("rb"):
                found = [_on_disk(path, path.name)]
    except _BROKEN as fault:
        reason = getattr(fault, "strerror", None) or "it is not a whole zip file"
        raise refuse(
            str(path), f"cannot be read: {reason}", "Check the name, or download it again."
        ) from fault
    tables = sorted((each for each in found if each.ending in TABLES), key=lambda each: each.name)
    if not tables:
        hint = "Give the folder, zip file or table as you downloaded it."
        raise refuse(str(path), f"holds no table ({', '.join(TABLES)})", hint)
    return tuple(tables)


def _walk(root: Path) -> Iterator[Path]:
    seen = 0
    for folder, folders, names in os.walk(root):
        depth = len(Path(folder).relative_to(root).parts)
        folders[:] = sorted(folders) if depth < DEEPEST - 1 else []
        for name in sorted(names):
            seen += 1
            if seen > MOST_FILES:
                hint = "Give the folder of the download itself."
                raise refuse(str(root), f"holds more than {MOST_FILES:,} files", hint)
            yield Path(folder) / name


def _on_disk(path: Path, name: str) -> TableFile:
    def opened(stack: ExitStack) -> BinaryIO:
        raw = stack.enter_context(path.open("rb"))
        packed = path.suffix.casefold() == ".gz"
        return cast("BinaryIO", stack.enter_context(gzip.GzipFile(fileobj=raw))) if packed else raw

    return TableFile(str(path), name, opened)


def _in_zip(path: Path) -> list[TableFile]:
    with ZipFile(path) as packed:
        members = packed.infolist()
    if len(members) > MOST_FILES:
        raise refuse(str(path), f"holds more than {MOST_FILES:,} files", "Download it again.")
    if any(member.flag_bits & 1 for member in members):
        raise refuse(str(path), "is encrypted", "Save it again without a password.")

    def member(name: str) -> TableFile:
        def opened(stack: ExitStack) -> BinaryIO:
            zipped = stack.enter_context(ZipFile(path))
            return cast("BinaryIO", stack.enter_context(zipped.open(name)))

        return TableFile(f"{path}, {name}", name, opened)

    return [member(each.filename) for each in members if not each.is_dir()]


def read_text(table: TableFile, *, most: int) -> str:
    """The whole text of a small file."""
    with ExitStack() as stack:
        try:
            data = Bounded(table.open(stack), table.place, most=most).readall()
            return (data or b"").decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            raise _not_utf8(table) from fault
        except _BROKEN as fault:
            raise _broken(table) from fault


def read_columns(table: TableFile) -> tuple[str, ...]:
    """The headings of a table; empty where it is none."""
    try:
        return tuple(next(_lines(table), (0, ()))[1])
    except InvalidInput:
        return ()


def has_columns(headings: Sequence[str], needed: Mapping[str, Sequence[str]]) -> bool:
    """Whether every column that is needed is among the headings, under one of its names."""
    columns = {plain_key(heading) for heading in headings}
    return all(columns & {plain_key(each) for each in spellings} for spellings in needed.values())


def read_rows(
    table: TableFile, needed: Mapping[str, Sequence[str]], optional: Mapping[str, Sequence[str]] | None = None
) -> Iterator[tuple[int, Row]]:
    """The rows of a table, each with its line, under the names that the reader gives to the columns.

    ``needed`` and ``optional`` lead from such a name to the headings that it may have. A column
    that is missing is an ``InvalidInput`` with the file and the column.
    """
    lines = _lines(table)
    _, headings = next(lines, (0, ()))
    places = {plain_key(heading): place for place, heading in reversed(list(enumerate(headings)))}
    chosen: dict[str, int] = {}
    for name, spellings in {**needed, **(optional or {})}.items():
        at = next((places[plain_key(each)] for each in spellings if plain_key(each) in places), None)
        if at is not None:
            chosen[name] = at
        elif name in needed:
            there = ", ".join(heading for heading in headings[:12] if heading) or "none"
            hint = f"Is it the file as you downloaded it? Its columns are: {there[:300]}."
            raise refuse(table.place, f"has no column {spellings[0]!r}", hint, column=spellings[0])
    for count, (line, cells) in enumerate(lines, start=1):
        if count > MOST_ROWS:
            raise refuse(table.place, f"has more than {MOST_ROWS:,} rows", "Download it again.", line=line)
        yield line, {name: cells[at].strip() if at < len(cells) else "" for name, at in chosen.items()}


def _lines(table: TableFile) -> Iterator[tuple[int, Sequence[str]]]:
    with ExitStack() as stack:
        try:
            if table.ending == ".xlsx":
                whole = Bounded(table.open(stack), table.place, most=MOST_WORKBOOK_BYTES).readall()
                yield from read_workbook(whole or b"", table.place, most=MOST_TABLE_BYTES)
            else:
                yield from _separated(table, stack)
        except UnicodeDecodeError as fault:
            raise _not_utf8(table) from fault
        except _BROKEN as fault:
            raise _broken(table) from fault


def _separated(table: TableFile, stack: ExitStack) -> Iterator[tuple[int, Sequence[str]]]:
    bounded = Bounded(table.open(stack), table.place, most=MOST_TABLE_BYTES)
    text = io.TextIOWrapper(io.BufferedReader(bounded), encoding="utf-8-sig", newline="")
    first = text.readline(100_000)
    if "\x00" in first:
        raise refuse(table.place, "is no table: it holds binary data", "Give the file as you downloaded it.")
    separator = max("\t,;", key=first.count)
    # Why: O*NET's text files have no quotes; a field that starts with one ends at its tab.
    lines = _with_first(first, text)
    plain = separator == "\t" and table.ending == ".txt"
    reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE if plain else csv.QUOTE_MINIMAL)
    try:
        for cells in bounded_fields(reader):
            if any(cells):
                yield reader.line_num, cells
    except csv.Error as fault:
        hint = "Give the file as you downloaded it."
        raise refuse(table.place, f"is no table: {fault}", hint, line=reader.line_num) from fault


def _with_first(first: str, rest: io.TextIOWrapper) -> Iterator[str]:
    yield first
    yield from rest


def _not_utf8(table: TableFile) -> InvalidInput:
    return refuse(
        table.place,
        "is not UTF-8 text",
        "Give the file as you downloaded it, not saved again by another program.",
    )


def _broken(table: TableFile) -> InvalidInput:
    return refuse(table.place, "is broken: it cannot be unpacked", "Download it again.")
