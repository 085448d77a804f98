"""The first sheet of an Excel workbook (.xlsx) as rows of texts, within bounds."""

import io
import re
import zlib
from collections.abc import Iterator, Sequence
from xml.etree.ElementTree import Element, ParseError
from zipfile import BadZipFile, ZipFile

from milepost.errors import InvalidInput
from milepost.files.taxonomies.bounds import Bounded, refuse

MOST_COLUMNS = 500
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml\Z")
_STRINGS = "xl/sharedStrings.xml"
_LETTERS = re.compile(r"[A-Z]+")


def read_workbook(data: bytes, place: str, *, most: int) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of the first sheet that are not empty, each with its number; at most ``most`` bytes unpacked."""
    try:
        with ZipFile(io.BytesIO(data)) as packed:
            sheets = sorted(
                (int(found[1]), found[0]) for name in packed.namelist() if (found := _SHEET.match(name))
            )
            if not sheets:
                raise _refuse(place, "holds no sheet")
            strings = list(_strings(packed, place, most)) if _STRINGS in packed.namelist() else []
            with packed.open(sheets[0][1]) as sheet:
                yield from _rows(Bounded(sheet, place, most=most), strings)
    except InvalidInput:
        raise
    except (
        BadZipFile,
        ParseError,
        ValueError,
        KeyError,
        IndexError,
        RuntimeError,
        EOFError,
        zlib.error,
    ) as fault:
        # Why ValueError: defusedxml's refusal of entities is one.
        raise _refuse(place, "is broken, or no Excel workbook") from fault


def _strings(packed: ZipFile, place: str, most: int) -> Iterator[str]:
    with packed.open(_STRINGS) as file:
        for element in _elements(Bounded(file, place, most=most), "si"):
            yield _text(element)


def _rows(file: Bounded, strings: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    for count, row in enumerate(_elements(file, "row"), start=1):
        cells: dict[int, str] = {}
        for at, cell in enumerate(each for each in row if _name(each) == "c"):
            cells[_column(cell.get("r", ""), at)] = _value(cell, strings)
        if any(cells.values()):
            yield int(row.get("r", count)), [cells.get(at, "") for at in range(max(cells) + 1)]


def _elements(file: Bounded, name: str) -> Iterator[Element]:
    """The finished elements of one name; their content is dropped after use."""
    from defusedxml.ElementTree import iterparse

    for _, element in iterparse(file, events=("end",)):
        if _name(element) == name:
            yield element
            element.clear()


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: Element) -> str:
    return "".join(each.text or "" for each in element.iter() if _name(each) == "t")


def _value(cell: Element, strings: Sequence[str]) -> str:
    if cell.get("t") == "inlineStr":
        return _text(cell)
    value = next((each.text or "" for each in cell if _name(each) == "v"), "")
    return strings[int(value)] if cell.get("t") == "s" and value else value


def _column(reference: str, at: int) -> int:
    """The place of a cell such as ``AB7``, from 0; without a reference, its order in the row."""
    found = _LETTERS.match(reference)
    if not found:
        return at
    place = 0
    for letter in found[0]:
        place = place * 26 + ord(letter) - 64
    if place > MOST_COLUMNS:
        raise ValueError(f"more than {MOST_COLUMNS} columns")
    return place - 1


def _refuse(place: str, message: str) -> InvalidInput:
    return refuse(place, message, "Give the file as you downloaded it.")
