"""CSV records with their lines; an unclosed quote costs one record, not the rest of the file."""

import csv
from collections import deque
from collections.abc import Iterator

from milepost.market.sources.decoding import MOST_BYTES
from milepost.market.sources.drafts import Refused

Line = tuple[int, str | Refused | None]
Record = tuple[int, list[str] | Refused]

_MOST_LINES = 20_000
_MOST_CHARACTERS = 5_000_000
_OPEN_QUOTE = "a quote is opened here and not closed"


class _Endless(Exception):
    """A record that goes on and on."""


class _Taken:
    """The lines of a file, remembering those that went into the present record, to be given back."""

    def __init__(self, lines: Iterator[Line]) -> None:
        self.lines = lines
        self.waiting: deque[Line] = deque()
        self.taken: list[tuple[int, str]] = []
        self.size = 0
        self.faults: list[tuple[int, Refused]] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        number, line = self.waiting.popleft() if self.waiting else next(self.lines)
        while not isinstance(line, str):
            fault = line or Refused(f"a line of more than {MOST_BYTES // 1_000_000} MB")
            self.faults.append((number, fault))
            number, line = self.waiting.popleft() if self.waiting else next(self.lines)
        self.taken.append((number, line))
        self.size += len(line)
        if len(self.taken) > _MOST_LINES or (self.size > _MOST_CHARACTERS and len(self.taken) > 1):
            raise _Endless
        return line

    def give_back(self, count: int) -> None:
        """Read again all but the first ``count`` lines of the record."""
        self.waiting.extendleft(reversed(self.taken[count:]))
        self.taken = self.taken[:count]

    def start(self) -> None:
        self.taken, self.size = [], 0


def records_in(lines: Iterator[Line], *, delimiter: str) -> Iterator[Record]:
    """The records with the numbers of the lines on which they start; the first says how many values a record has.

    A record with more values is set aside. Where it spans lines, reading goes on at the first of them that is a
    record by itself.
    """
    source = _Taken(lines)
    width: int | None = None
    while True:
        source.start()
        record = _next(source, delimiter)
        yield from source.faults
        source.faults.clear()
        if record is None:
            return
        number = source.taken[0][0] if source.taken else 0
        if isinstance(record, Refused):
            yield number, record
        elif any(value.strip() for value in record):
            width = width or len(record)
            yield number, record if len(record) <= width else _set_aside(source, record, width, delimiter)


def _next(source: _Taken, delimiter: str) -> list[str] | Refused | None:
    """One record, or what is wrong with it; None at the end, an empty one for an empty line."""
    try:
        record = next(csv.reader(source, delimiter=delimiter))
    except StopIteration:
        return None
    except _Endless:
        source.give_back(1)
        return Refused(_OPEN_QUOTE)
    except csv.Error as error:
        source.give_back(1)
        return Refused(f"no valid CSV: {error}")
    spans = len(source.taken) > 1
    if spans and not source.waiting and sum(line.count('"') for _, line in source.taken) % 2:
        source.give_back(1)
        return Refused(_OPEN_QUOTE)
    return record


def _set_aside(source: _Taken, record: list[str], width: int, delimiter: str) -> Refused:
    """Why a record is too wide, giving back the lines from the first that a stray quote swallowed."""
    for place, (_, line) in enumerate(source.taken[1:], start=1):
        if line.count('"') % 2 == 0 and len(next(csv.reader([line], delimiter=delimiter), [])) == width:
            source.give_back(place)
            return Refused(_OPEN_QUOTE)
    return Refused(
        f"{len(record)} values for {width} columns; put quotes around values that hold the delimiter"
    )
