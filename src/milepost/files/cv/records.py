"""CVs as records: JSON Resume, Europass XML, and the LinkedIn export."""

import csv
import datetime as dt
import io
import json
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from milepost.errors import UsageError
from milepost.files.cv.noun import Cv, Entry, Line, Part
from milepost.files.cv.texts import check_archive, decode

MOST_MEMBER = 20_000_000


def read_json_resume(raw: bytes, path: Path) -> Cv:
    """JSON Resume 1.0: skills with their level words, work, projects, certificates, publications."""
    try:
        document = json.loads(decode(raw))
    except (ValueError, RecursionError) as fault:
        raise UsageError(f"{path.name} is no JSON: {str(fault)[:100]}", hint="Export it again.") from fault
    if not isinstance(document, dict) or not any(
        key in document for key in ("skills", "work", "projects", "basics")
    ):
        raise UsageError(
            f"{path.name} is no JSON Resume",
            hint="It has `basics`, `work`, `skills` or `projects` at its top.",
        )
    lines: list[Line] = []
    entries = _named_skills(document)
    for key, part, title in _SECTIONS:
        for number, row in _rows(document, key):
            until, where = _day(_text(row, "endDate")), f"{key}[{number}]"
            lines.extend(Line(text, where, part, until) for text in _words_of(row, title))
            if part is Part.PROJECTS and _text(row, "url"):
                entries.append(_linked(part, row, where, until))
    for number, row in _rows(document, "certificates"):
        name, date = _text(row, "name"), _day(_text(row, "date"))
        where = f"certificates[{number}]"
        entries.append(Entry(Part.CERTIFICATES, name, where, name, url=_text(row, "url"), date=date))
    for number, row in _rows(document, "publications"):
        date = _day(_text(row, "releaseDate"))
        entries.append(_linked(Part.PUBLICATIONS, row, f"publications[{number}]", date))
    return Cv(tuple(lines), tuple(entry for entry in entries if entry.name))


_SECTIONS = (
    ("work", Part.WORK, "position"),
    ("projects", Part.PROJECTS, "name"),
    ("volunteer", Part.WORK, "position"),
    ("education", Part.EDUCATION, "area"),
)


def _named_skills(document: Mapping[str, object]) -> list[Entry]:
    found = []
    for number, row in _rows(document, "skills"):
        words = [word for word in (_text(row, "name"), *_texts(row, "keywords")) if word]
        quote, level = ", ".join(words), _text(row, "level")
        found += [Entry(Part.SKILLS, word, f"skills[{number}]", quote, level_word=level) for word in words]
    return found


def _words_of(row: Mapping[str, object], title: str) -> list[str]:
    single = [_text(row, key) for key in (title, "summary", "description")]
    several = [text for key in ("highlights", "keywords", "courses") for text in _texts(row, key)]
    return [text for text in (*single, *several) if text]


def _linked(part: Part, row: Mapping[str, object], where: str, date: dt.date | None) -> Entry:
    said = _text(row, "description") or _text(row, "summary")
    quote = f"{_text(row, 'name')}: {said}" if said else _text(row, "name")
    return Entry(part, _text(row, "name"), where, quote, url=_text(row, "url"), date=date)


def _rows(document: Mapping[str, object], key: str) -> Iterable[tuple[int, Mapping[str, object]]]:
    rows = document.get(key)
    return [(n, row) for n, row in enumerate(rows) if isinstance(row, dict)] if isinstance(rows, list) else []


def _text(row: Mapping[str, object], key: str) -> str:
    value = row.get(key)
    return value.strip() if isinstance(value, str) else ""


def _texts(row: Mapping[str, object], key: str) -> list[str]:
    values = row.get(key)
    return [v.strip() for v in values if isinstance(v, str)] if isinstance(values, list) else []


def _day(text: str) -> dt.date | None:
    """An ISO date that may lack its day or month; its last possible day is not invented, the 28th stands for it."""
    parts = text[:10].split("-")
    try:
        year, month, day = (
            int(parts[0]),
            int(parts[1]) if len(parts) > 1 else 12,
            int(parts[2]) if len(parts) > 2 else 28,
        )
        return dt.date(year, month, day)
    except ValueError:
        return None


def read_europass(raw: bytes, path: Path) -> Cv:
    """Europass XML, the old SkillsPassport and the Candidate of 2020: every text below skills, work and achievements."""
    from defusedxml import DefusedXmlException, ElementTree

    try:
        root: Element = ElementTree.fromstring(raw)
    except (ParseError, DefusedXmlException, ValueError) as fault:
        raise UsageError(
            f"{path.name} is no XML that can be read safely ({type(fault).__name__})",
            hint="Export the CV again from Europass.",
        ) from fault
    lines: list[Line] = []
    entries: list[Entry] = []
    _walk(root, (), lines, entries)
    if not lines:
        raise UsageError(f"{path.name} holds no CV", hint="Europass files are SkillsPassport or Candidate.")
    return Cv(tuple(lines), tuple(entries))


_EUROPASS = {
    "skills": Part.SKILLS, "computer": Part.SKILLS, "jobrelated": Part.SKILLS, "personcompetency": Part.SKILLS,
    "personqualifications": Part.SKILLS, "workexperience": Part.WORK, "employmenthistory": Part.WORK,
    "positionhistory": Part.WORK, "education": Part.EDUCATION, "educationhistory": Part.EDUCATION,
    "achievement": Part.PROJECTS, "project": Part.PROJECTS, "projects": Part.PROJECTS, "certifications": Part.CERTIFICATES,
    "certification": Part.CERTIFICATES, "publicationhistory": Part.PUBLICATIONS,
}  # fmt: skip
_PRIVATE = frozenset(
    (
        "identification",
        "candidateperson",
        "communication",
        "contactinfo",
        "photo",
        "birthdate",
        "demographics",
        "linguistic",
        "reference",
    )
)


def _walk(node: Element, path: tuple[str, ...], lines: list[Line], entries: list[Entry]) -> None:
    """Texts with the part that they stand in; who somebody is, is not read."""
    tag = node.tag.rpartition("}")[2]
    if tag.casefold() in _PRIVATE:
        return
    here = (*path, tag)
    part = next((_EUROPASS[step.casefold()] for step in reversed(here) if step.casefold() in _EUROPASS), None)
    text = (node.text or "").strip()
    if text and part is not None and len(text) > 1:
        where = "/".join(here[-3:])
        lines.extend(Line(line.strip(), where, part) for line in text.splitlines() if line.strip())
        if part is Part.CERTIFICATES and tag.casefold().endswith("name"):
            entries.append(Entry(part, text, where, text))
    for child in node:
        _walk(child, here, lines, entries)


_LINKEDIN: dict[str, tuple[Part, tuple[str, ...]]] = {
    "skills.csv": (Part.SKILLS, ("Name",)),
    "positions.csv": (Part.WORK, ("Title", "Description")),
    "projects.csv": (Part.PROJECTS, ("Title", "Description")),
    "certifications.csv": (Part.CERTIFICATES, ("Name",)),
    "publications.csv": (Part.PUBLICATIONS, ("Name", "Description")),
    "education.csv": (Part.EDUCATION, ("Degree Name", "Notes")),
}
"""The files of an export that are read, and their columns. Connections, messages and everything else are not opened."""


def read_linkedin(path: Path) -> Cv:
    """The LinkedIn export: skills, positions, projects, certificates, publications and education."""
    check_archive(path)
    lines: list[Line] = []
    entries: list[Entry] = []
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            name = info.filename.rpartition("/")[2].casefold()
            if name not in _LINKEDIN or info.file_size > MOST_MEMBER:
                continue
            part, columns = _LINKEDIN[name]
            rows = csv.DictReader(io.StringIO(decode(archive.read(info))))
            for number, row in enumerate(rows, start=1):
                _take(row, part, columns, f"{info.filename.rpartition('/')[2]}, row {number}", lines, entries)
    if not lines and not entries:
        raise UsageError(
            f"{path.name} holds no LinkedIn export",
            hint="Ask LinkedIn for a copy of your data; it holds Skills.csv and Positions.csv.",
        )
    return Cv(tuple(lines), tuple(entries))


def _take(
    row: Mapping[str, object],
    part: Part,
    columns: tuple[str, ...],
    where: str,
    lines: list[Line],
    entries: list[Entry],
) -> None:
    name = _text(row, columns[0])
    until = _linkedin_day(_text(row, "Finished On"))
    if part in (Part.SKILLS, Part.CERTIFICATES, Part.PUBLICATIONS) and name:
        date = until or _linkedin_day(_text(row, "Started On") or _text(row, "Published On"))
        entries.append(Entry(part, name, where, name, url=_text(row, "Url"), date=date))
        return
    for column in columns:
        lines += [
            Line(text.strip(), where, part, until) for text in _text(row, column).splitlines() if text.strip()
        ]
    if part is Part.PROJECTS and name and _text(row, "Url"):
        entries.append(Entry(part, name, where, name, url=_text(row, "Url"), date=until))


def _linkedin_day(text: str) -> dt.date | None:
    """ "Jun 2021", "2021", or nothing."""
    for form in ("%b %Y", "%B %Y", "%Y", "%b %d, %Y", "%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).replace(tzinfo=dt.UTC).date()
        except ValueError:
            continue
    return None
