"""Questions to a mapping of a file: each answer has a type, and each wrong answer is noted with its place."""

import datetime as dt
import math
import re
from collections.abc import Collection, Iterator
from enum import StrEnum
from typing import TypeVar

from milepost.files.faults import Faults, nearest, shown
from milepost.files.nodes import Node

ISO_FORM = "Write the day as YYYY-MM-DD, such as 2026-11-30."
EARLIEST = dt.date(1950, 1, 1)
LATEST = dt.date(2150, 1, 1)
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]", re.ASCII)
_ADDRESS = re.compile(r"https?://[^\s<>\"']+\Z")

Choice = TypeVar("Choice", bound=StrEnum)


class Table:
    """One mapping of a file. A question that gets a wrong answer notes it and returns a stand-in.

    A key without a value counts as left out. ``Faults.found`` says afterwards whether the
    stand-ins may be used.
    """

    def __init__(self, faults: Faults, node: Node, field: str, keys: Collection[str]) -> None:
        self.faults = faults
        self.node = node
        self.field = field
        self.entries: dict[str, Node] = {}
        if not isinstance(node.value, dict):
            hint = f"Write it as {field.rpartition('.')[2]}: {{{', '.join(list(keys)[:3])}: …}}."
            faults.add(node.mark, field, f"{shown(node.value)} stands where keys and values belong", hint)
            return
        for key, child in node.value.items():
            if key not in keys:
                self._unknown(key, child, keys)
            elif child.value is not None:
                self.entries[key] = child

    def _unknown(self, key: str, child: Node, keys: Collection[str]) -> None:
        def hint() -> str:
            near = nearest(key, keys)
            return f"Did you mean {' or '.join(near)}?" if near else f"Known here: {', '.join(keys)}."

        self.faults.add(child.key, self.at(key[:80]), f"{key[:80]!r} is not a key of this file", hint)

    def at(self, key: str) -> str:
        """The dotted field of a key."""
        return f"{self.field}.{key}" if self.field else key

    def fault(self, key: str, message: str, hint: str) -> None:
        """Note a problem of one key (of the table where the key is missing)."""
        child = self.entries.get(key)
        self.faults.add(child.mark if child else self.node.mark, self.at(key), message, hint)

    def need(self, *keys: str, hint: str = "") -> None:
        """Note every key of these that is missing."""
        for key in keys:
            if key not in self.entries and isinstance(self.node.value, dict):
                self.fault(key, f"{key} is missing", hint or f"Add `{key}: …` here.")

    def text(self, key: str) -> str:
        """A text that is not blank; empty where it is left out."""
        child = self.entries.get(key)
        if child is None:
            return ""
        if not isinstance(child.value, str):
            self.fault(
                key, f"{shown(child.value)} is not text", "Put quotes around it if it is meant as text."
            )
            return ""
        if not child.value.strip():
            self.fault(key, "the text is blank", "Write something, or remove the key.")
        return child.value

    def address(self, key: str) -> str:
        """A web address."""
        text = self.text(key)
        if text and not _ADDRESS.match(text):
            self.fault(key, f"{text[:60]!r} is not a web address", "Start it with https://.")
        return text

    def number(self, key: str, low: float, high: float, *, unit: str = "") -> float | None:
        """A finite number from ``low`` to ``high``, both included."""
        child = self.entries.get(key)
        return None if child is None else number(self.faults, child, self.at(key), low, high, unit=unit)

    def whole(self, key: str, low: int, high: int) -> int | None:
        """A whole number from ``low`` to ``high``, both included."""
        value = self.number(key, low, high)
        if value is not None and value != int(value):
            self.fault(key, f"{value:g} is not a whole number", f"Write a whole number from {low} to {high}.")
        return None if value is None else int(value)

    def flag(self, key: str) -> bool:
        """true or false; false where it is left out."""
        child = self.entries.get(key)
        if child is not None and not isinstance(child.value, bool):
            self.fault(
                key, f"{shown(child.value)} is neither true nor false", "Write true or false, without quotes."
            )
        return child is not None and child.value is True

    def day(self, key: str) -> dt.date | None:
        """A day of the calendar, written in the ISO form."""
        child = self.entries.get(key)
        return None if child is None else day(self.faults, child, self.at(key))

    def choice(self, key: str, kinds: type[Choice]) -> Choice | None:
        """One of the values of an enumeration."""
        chosen = self.one_of(key, [kind.value for kind in kinds])
        return kinds(chosen) if chosen else None

    def one_of(self, key: str, values: Collection[str]) -> str:
        """One of these texts."""
        child = self.entries.get(key)
        if child is None or child.value in values:
            return str(child.value) if child else ""
        near = nearest(child.value, values) if isinstance(child.value, str) else ()
        guess = f"Did you mean {near[0]}? " if near else ""
        self.fault(
            key, f"{shown(child.value)} is not a possible {key}", f"{guess}Possible: {', '.join(values)}."
        )
        return ""

    def name(self, key: str, kind: str) -> str:
        """The id of something that has to exist."""
        child = self.entries.get(key)
        return "" if child is None else self.faults.mention(kind, child.value, child.mark, self.at(key))

    def names(self, key: str, kind: str) -> tuple[str, ...]:
        """A list of ids of things that have to exist, each once."""
        found: dict[str, None] = {}
        for field, child in self.items(key):
            name = self.faults.mention(kind, child.value, child.mark, field)
            if name and name in found:
                self.faults.add(child.mark, field, f"{name} is listed twice", "Keep one of the two.")
            if name:
                found[name] = None
        return tuple(found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts."""
        found: list[str] = []
        for field, child in self.items(key):
            if isinstance(child.value, str) and child.value.strip():
                found.append(child.value)
            else:
                self.faults.add(
                    child.mark, field, f"{shown(child.value)} is not text", "Put quotes around it."
                )
        return tuple(found)

    def items(self, key: str) -> Iterator[tuple[str, Node]]:
        """The items of a list with their dotted fields."""
        child = self.entries.get(key)
        if child is None:
            return
        if not isinstance(child.value, list):
            hint = f"Write a list: `{key}: [first, second]`, or one line with a dash for each."
            self.fault(key, f"{shown(child.value)} stands where a list belongs", hint)
            return
        for index, item in enumerate(child.value):
            yield f"{self.at(key)}.{index}", item

    def pairs(self, key: str) -> Iterator[tuple[str, str, Node]]:
        """The entries of a mapping with free keys: key, dotted field and value."""
        child = self.entries.get(key)
        if child is None:
            return
        if not isinstance(child.value, dict):
            hint = f"Write `{key}:` and below it, two spaces further in, one `name: …` a line."
            self.fault(key, f"{shown(child.value)} stands where keys and values belong", hint)
            return
        for name, value in child.value.items():
            yield name, f"{self.at(key)}.{name[:80]}", value

    def table(self, key: str, keys: Collection[str]) -> "Table | None":
        """The mapping under a key."""
        child = self.entries.get(key)
        return None if child is None else Table(self.faults, child, self.at(key), keys)

    def tables(self, key: str, keys: Collection[str]) -> "Iterator[Table]":
        """The mappings of a list."""
        for field, item in self.items(key):
            yield Table(self.faults, item, field, keys)


def number(
    faults: Faults, node: Node, field: str, low: float, high: float, *, unit: str = ""
) -> float | None:
    """The finite number in a node, noted where it is none or outside ``low`` to ``high``."""
    value = node.value
    expected = f"Write a number from {low:g} to {high:g}{unit}."
    if isinstance(value, bool) or not isinstance(value, int | float):
        faults.add(node.mark, field, f"{shown(value)} is not a number", expected)
        return None
    if not low <= value <= high:
        faults.add(node.mark, field, f"{shown(value)} is not between {low:g} and {high:g}", expected)
        return None
    return float(value)


def level(faults: Faults, node: Node, field: str) -> float | None:
    """A level from 0 to 5 in halves."""
    value = number(faults, node, field, 0, 5, unit=" in halves: 0, 0.5, 1, … 5")
    if value is not None and value * 2 != int(value * 2):
        message = f"{value:g} is not a level: levels come in halves"
        faults.add(
            node.mark,
            field,
            message,
            f"Write {math.floor(value * 2) / 2:g} or {math.ceil(value * 2) / 2:g}.",
        )
        return None
    return value


def day(faults: Faults, node: Node, field: str) -> dt.date | None:
    """A day from 1950 to 2149 in the ISO form."""
    text = node.value
    if not isinstance(text, str) or not _DAY.match(text):
        moment = isinstance(text, str) and _MOMENT.match(text)
        message = f"{shown(text)} is a moment, not a day" if moment else f"{shown(text)} is not a date"
        faults.add(node.mark, field, message, ISO_FORM)
        return None
    try:
        date = dt.date.fromisoformat(text)
    except ValueError:
        faults.add(node.mark, field, f"the calendar has no day {text}", ISO_FORM)
        return None
    if not EARLIEST <= date < LATEST:
        faults.add(node.mark, field, f"{text} is not a year that a plan can reach", "Check the year.")
        return None
    return date
