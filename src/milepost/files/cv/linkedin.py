"""A LinkedIn data export: the few of its CSV files that say what somebody can do.

Everything else (connections, messages, contacts, endorsements by others, searches, adverts) is not even opened.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from zipfile import ZipFile

from milepost.errors import InvalidInput
from milepost.files.cv.dates import read_span
from milepost.files.cv.entries import CvEntry, CvLine, CvText, Part
from milepost.files.cv.limits import MOST_LINES, MOST_TEXT_BYTES, decode, read_bytes, refuse, unpack
from milepost.files.fields import bounded_fields

_NONE = (
    "holds none of the files of a LinkedIn export that Milepost reads",
    "Ask LinkedIn for the larger export (Settings, Data privacy, Get a copy of your data) and give the zip.",
)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One file of the export: which columns make the head, the text and the days of an entry."""

    name: str
    part: Part
    heads: tuple[str, ...]
    texts: tuple[str, ...] = ()
    first: str = ""
    last: str = ""
    open_end: bool = False


_SHEETS = (
    _Sheet("Profile.csv", Part.SUMMARY, (), ("Headline", "Summary")),
    _Sheet("Skills.csv", Part.SKILLS, (), ("Name",)),
    _Sheet("Positions.csv", Part.WORK, ("Title",), ("Description",), "Started On", "Finished On", open_end=True),
    _Sheet("Projects.csv", Part.PROJECTS, ("Title",), ("Description",), "Started On", "Finished On", open_end=True),
    _Sheet("Publications.csv", Part.PUBLICATIONS, ("Name",), ("Description",), "", "Published On"),
    _Sheet("Patents.csv", Part.PUBLICATIONS, ("Title",), ("Description",), "", "Issued On"),
    _Sheet("Certifications.csv", Part.CERTIFICATES, ("Name",), (), "", "Started On"),
    _Sheet("Education.csv", Part.EDUCATION, ("Degree Name",), ("Notes", "Activities"), "Start Date", "End Date"),
    _Sheet("Courses.csv", Part.EDUCATION, (), ("Name",)),
)  # fmt: skip


def read_linkedin_zip(packed: ZipFile, path: Path) -> CvText:
    """The entries of an export as it was downloaded; raises ``InvalidInput`` where it is none."""
    places = {PurePosixPath(name).name: name for name in packed.namelist()}
    return _read(path, lambda name: unpack(packed, places[name], path) if name in places else None)


def is_linkedin_folder(path: Path) -> bool:
    """Whether a folder holds the files of an export that was unpacked already."""
    return any((path / sheet.name).is_file() for sheet in _SHEETS)


def read_linkedin_folder(path: Path) -> CvText:
    """The entries of an export that was unpacked already."""

    def read(name: str) -> bytes | None:
        file = path / name
        return read_bytes(file, most=MOST_TEXT_BYTES) if file.is_file() and file.stat().st_size else None

    return _read(path, read)


def _read(path: Path, read: Callable[[str], bytes | None]) -> CvText:
    entries: list[CvEntry] = []
    notes: list[str] = []
    found = False
    for sheet in _SHEETS:
        try:
            data = read(sheet.name)
            if data is None:
                continue
            found = True
            entries += _entries(sheet, data, path)
        except csv.Error as fault:
            notes.append(f"{sheet.name} is no readable CSV ({fault}) and was left out.")
        except InvalidInput as fault:
            notes.append(f"{sheet.name} was left out: {fault.problems[0].message}.")
    if not found:
        raise refuse(path, *_NONE)
    return CvText("linkedin", tuple(entries), tuple(notes))


def _entries(sheet: _Sheet, data: bytes, path: Path) -> Iterator[CvEntry]:
    text = _without_preamble(decode(data, path), sheet)
    rows = bounded_fields(csv.reader(io.StringIO(text, newline="")))
    names = [name.strip() for name in next(rows, [])]
    for number, cells in enumerate(rows, start=2):
        if number > MOST_LINES:
            return
        row = dict(zip(names, cells, strict=False))
        entry = _entry(sheet, row, f"{sheet.name}, row {number}")
        if entry is not None:
            yield entry


def _without_preamble(text: str, sheet: _Sheet) -> str:
    """The text from its heading row on: some files of the export begin with "Notes:" and an explanation."""
    wanted = (*sheet.heads, *sheet.texts)
    for line in text.split("\n")[:10]:
        if any(name in next(csv.reader([line]), []) for name in wanted):
            return text[text.index(line) :]
    return text


def _entry(sheet: _Sheet, row: Mapping[str, str], where: str) -> CvEntry | None:
    heads = [text for name in sheet.heads if (text := row.get(name, "").strip())]
    lines = [CvLine(text, where, head=True) for text in heads]
    for name in sheet.texts:
        lines += [CvLine(line.strip(), where) for line in row.get(name, "").split("\n") if line.strip()]
    if not lines:
        return None
    first, last = row.get(sheet.first, ""), row.get(sheet.last, "")
    span = read_span(first, last, ongoing=sheet.open_end and bool(first.strip()) and not last.strip())
    url = row.get("Url", "").strip()
    return CvEntry(
        sheet.part,
        tuple(lines),
        ", ".join(heads),
        span,
        url if url.startswith(("http://", "https://")) else "",
    )
