"""The days that a line of a CV names: one, or from when to when, in nine languages.

A month or a year stands for its first day where something begins and for its last day where it ends.
"""

import datetime as dt
import re
from calendar import monthrange
from typing import NamedTuple

from milepost.files.cv.entries import NO_SPAN, Span

_MONTH_NAMES: tuple[str, ...] = (
    "january jan januar januari janvier janv enero ene gennaio gen janeiro jan styczeń stycznia",
    "february feb februar februari février fevrier févr fevr febrero febbraio fevereiro fev luty lutego",
    "march mar märz maerz mär maart mrt mars marzo março marco marzec marca",
    "april apr avril avr abril abr aprile kwiecień kwietnia",
    "may mai mei mayo maggio mag maio maj maja",
    "june jun juni juin junio giugno giu junho czerwiec czerwca",
    "july jul juli juillet juil julio luglio lug julho lipiec lipca",
    "august aug augustus août aout agosto ago augusti sierpień sierpnia",
    "september sep sept septembre septiembre settembre set setembro wrzesień września",
    "october oct oktober okt octobre octubre ottobre ott outubro out październik października",
    "november nov novembre noviembre novembro listopad listopada",
    "december dec dezember dez décembre decembre déc diciembre dic dicembre dezembro grudzień grudnia",
)
_MONTHS = {name: number for number, names in enumerate(_MONTH_NAMES, start=1) for name in names.split()}
_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NOW = (
    "present|now|current|currently|today|ongoing|to date|date|heute|jetzt|laufend|aktuell|aujourd['’]hui|présent|"
    "actuel|actuellement|en cours|presente|actual|actualidad|la actualidad|hoy|oggi|attuale|in corso|atual|heden|"
    "nu|obecnie|nadal|idag|nuvarande"
)
_YEAR = r"(?:19[5-9]\d|20[0-4]\d)"
_DAY = (
    rf"(?:(?:\d{{1,2}}\.? )?(?:{_NAMES})\.?,?(?: de| del)? (?:\d{{1,2}}(?:st|nd|rd|th)?, )?{_YEAR}"
    rf"|(?:{_NAMES})\.?['’]\d\d(?!\d)"
    rf"|{_YEAR}[-/.](?:0[1-9]|1[0-2])(?:[-/.](?:0[1-9]|[12]\d|3[01]))?(?!\d)"
    rf"|(?:(?:0?[1-9]|[12]\d|3[01])[./])?(?:0?[1-9]|1[0-2])[./-]{_YEAR}|{_YEAR})"
)
_TO = (
    r"(?: ?(?:[-‐‑‒–—−→~]|--+) ?| (?:to|until|till|bis|à|a|au|al|tot|do|t/m|até|hasta|fino a|till) (?:the )?)"
)
_RANGE = re.compile(
    rf"(?<![\w/.])(?P<first>{_DAY}){_TO}(?P<last>{_DAY}|(?:{_NOW})\b|\d\d(?![\w%]))", re.IGNORECASE
)
_SINCE = re.compile(
    rf"(?<!\w)(?:since|from|seit|ab|depuis|desde|dal|sinds|od) (?P<first>{_DAY})(?![\w/])", re.IGNORECASE
)
_OPEN = re.compile(rf"(?<![\w/.])(?P<first>{_DAY}) ?[-–—](?=\s*(?:$|[|,)]))", re.IGNORECASE)
_ONE = re.compile(rf"(?<![\w/.$€£])(?P<one>{_DAY})(?![\w/%]|\.\d)", re.IGNORECASE)
_WORD = re.compile(rf"(?P<day>\d{{1,2}}\.? )?(?P<month>{_NAMES})\b", re.IGNORECASE)
_NUMBERS = re.compile(r"\d+")
_AFTER_MONTH = re.compile(r"[a-z]+\.? (\d{1,2})(?:st|nd|rd|th)?, ", re.IGNORECASE)


class Dated(NamedTuple):
    """A span and where it stands in a line; ``strong`` where it has a month or is from when to when."""

    span: Span
    start: int
    end: int
    strong: bool


def find_span(text: str) -> Dated | None:
    """The span of a line: a range before a single day; None where it names none.

    >>> find_span("Data Engineer, June 2023 - present").span.ongoing
    True
    >>> find_span("2019-2021 Example").span.last
    datetime.date(2021, 12, 31)
    """
    for pattern, read in ((_RANGE, _range), (_SINCE, _since), (_OPEN, _since)):
        match = pattern.search(text)
        if match is not None and (span := read(match)) is not None:
            return Dated(span, match.start(), match.end(), strong=True)
    found: Dated | None = None
    for match in _ONE.finditer(text):
        days = _days(match["one"])
        if days is not None:
            found = Dated(Span(None, days[1]), match.start(), match.end(), len(match["one"]) > 4)
    return found


def read_span(first: str, last: str, *, ongoing: bool = False) -> Span:
    """The span between two fields of a structured CV; text that is no day counts as not said.

    >>> read_span("2019-06", "2020")
    Span(first=datetime.date(2019, 6, 1), last=datetime.date(2020, 12, 31), ongoing=False)
    """
    begins, ends = _days(first.strip()), _days(last.strip())
    if ends is None and last.strip() and re.fullmatch(_NOW, last.strip(), re.IGNORECASE):
        ongoing = True
    if begins is None and ends is None and not ongoing:
        return NO_SPAN
    return Span(begins[0] if begins else None, None if ongoing or ends is None else ends[1], ongoing)


def _range(match: re.Match[str]) -> Span | None:
    first = _days(match["first"])
    said = match["last"]
    if first is None:
        return None
    if len(said) == 2 and said.isdigit():
        said = match["first"][-4:-2] + said if match["first"][-4:].isdigit() else ""
    last = _days(said)
    if last is None:
        return Span(first[0], None, ongoing=True) if said and not said[0].isdigit() else None
    return Span(first[0], last[1]) if last[1] >= first[0] else None


def _since(match: re.Match[str]) -> Span | None:
    first = _days(match["first"])
    return Span(first[0], None, ongoing=True) if first else None


def _days(text: str) -> tuple[dt.date, dt.date] | None:
    """The first and the last day that a written day, month or year can mean."""
    if not re.fullmatch(_DAY + r"(?:T[\d:.Z+-]*)?", text, re.IGNORECASE):
        return None
    named = _WORD.search(text)
    numbers = [int(number) for number in _NUMBERS.findall(text.partition("T")[0] if not named else text)]
    if named is not None:
        year, month = numbers[-1], _MONTHS[named["month"].lower()]
        day = numbers[0] if len(numbers) > 1 else 0
        return _between(year + 2000 if year < 100 else year, month, day)
    if len(numbers) == 1:
        return _between(numbers[0], 0, 0)
    if numbers[0] > 1000:
        return _between(numbers[0], numbers[1], numbers[2] if len(numbers) > 2 else 0)
    return _between(numbers[-1], numbers[-2], numbers[0] if len(numbers) > 2 else 0)


def _between(year: int, month: int, day: int) -> tuple[dt.date, dt.date] | None:
    try:
        first = dt.date(year, month or 1, day or 1)
        last = first if day else dt.date(year, month or 12, monthrange(year, month or 12)[1])
    except ValueError:
        return None
    return first, last
