"""A CV as JSON Resume (https://jsonresume.org/schema); what is not as the schema says is left out and named."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from milepost.files.cv.dates import read_span
from milepost.files.cv.entries import NO_SPAN, CvEntry, CvLine, CvText, Part, Span
from milepost.files.cv.limits import MOST_TEXT_BYTES, decode, refuse, too_large

KNOWN = ("basics", "work", "volunteer", "education", "skills", "projects", "publications", "certificates")
_PARTS = {
    "work": Part.WORK,
    "volunteer": Part.WORK,
    "education": Part.EDUCATION,
    "projects": Part.PROJECTS,
    "publications": Part.PUBLICATIONS,
    "certificates": Part.CERTIFICATES,
}
_TITLES = {
    "work": ("position", "name", "company"),
    "volunteer": ("position", "organization"),
    "education": ("studyType", "area", "institution"),
    "projects": ("name",),
    "publications": ("name",),
    "certificates": ("name",),
}
_TEXTS = ("description", "summary", "highlights", "keywords", "courses", "roles")
Row = Mapping[str, object]


def read_json_resume(data: bytes, path: Path) -> CvText:
    """The entries of a JSON Resume; raises ``InvalidInput`` where the file is none."""
    if len(data) > MOST_TEXT_BYTES:
        raise too_large(path, MOST_TEXT_BYTES)
    try:
        document = json.loads(decode(data, path))
    except ValueError as fault:
        raise refuse(path, f"is not JSON: {fault}", "Export it again, or give the CV as text.") from fault
    except RecursionError as fault:
        raise refuse(path, "is JSON of too many levels inside each other", "Export it again.") from fault
    if not isinstance(document, dict) or not any(key in document for key in KNOWN):
        raise refuse(
            path,
            "is JSON, but no JSON Resume",
            f"A JSON Resume has one of {', '.join(KNOWN)}; see https://jsonresume.org/schema.",
        )
    notes: list[str] = []
    entries = tuple(_entries(document, notes))
    return CvText("json-resume", entries, tuple(notes))


def _entries(document: Row, notes: list[str]) -> Iterator[CvEntry]:
    basics = document.get("basics")
    for key in ("label", "summary"):
        text = _text(basics.get(key)) if isinstance(basics, dict) else ""
        for line in text.split("\n"):
            if line.strip():
                yield CvEntry(Part.SUMMARY, (CvLine(line.strip(), f"basics.{key}"),))
    for where, row in _rows(document, "skills", notes):
        yield from _skill(row, where)
    for key, part in _PARTS.items():
        for where, row in _rows(document, key, notes):
            yield _entry(part, key, row, where)


def _rows(document: Row, key: str, notes: list[str]) -> Iterator[tuple[str, Row]]:
    rows = document.get(key, [])
    if not isinstance(rows, list):
        notes.append(f"{key} is not a list and was left out.")
        return
    for number, row in enumerate(rows):
        if isinstance(row, dict):
            yield f"{key}[{number}]", row
        else:
            notes.append(f"{key}[{number}] is not an entry and was left out.")


def _skill(row: Row, where: str) -> Iterator[CvEntry]:
    """A skill with its level word; keywords are said at the level of their group."""
    level = _text(row.get("level"))
    if name := _text(row.get("name")):
        yield CvEntry(Part.SKILLS, (CvLine(name, f"{where}.name"),), level=level)
    for number, keyword in enumerate(_texts(row.get("keywords"))):
        yield CvEntry(Part.SKILLS, (CvLine(keyword, f"{where}.keywords[{number}]"),), level=level)


def _entry(part: Part, key: str, row: Row, where: str) -> CvEntry:
    heads = [(name, text) for name in _TITLES[key] if (text := _text(row.get(name)))]
    lines = [CvLine(text, f"{where}.{name}", head=True) for name, text in heads]
    for name in _TEXTS:
        for number, text in enumerate(_texts(row.get(name))):
            at = f"{where}.{name}[{number}]" if isinstance(row.get(name), list) else f"{where}.{name}"
            lines.append(CvLine(text, at))
    url = _text(row.get("url"))
    return CvEntry(
        part,
        tuple(lines) or (CvLine("", where),),
        ", ".join(text for _, text in heads),
        _span(key, row),
        url if url.startswith(("http://", "https://")) else "",
    )


def _span(key: str, row: Row) -> Span:
    first, last = _text(row.get("startDate")), _text(row.get("endDate"))
    one = _text(row.get("releaseDate")) or _text(row.get("date"))
    if one:
        return read_span("", one)
    if first and not last and key in {"work", "volunteer", "projects"}:
        return read_span(first, "", ongoing=True)
    return read_span(first, last) if first or last else NO_SPAN


def _text(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _texts(value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    return [text for each in values if (text := _text(each))]
