"""Days that advertisements were posted on, in the ways that sources write them; nothing ambiguous is guessed."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            ("jan", "januari", "january", "januar", "jän"), ("feb", "februari", "february", "februar"),
            ("mar", "mrt", "maart", "march", "märz", "mär"), ("apr", "april"), ("may", "mei", "mai"),
            ("jun", "june", "juni"), ("jul", "july", "juli"), ("aug", "august", "augustus"),
            ("sep", "sept", "september"), ("oct", "okt", "october", "oktober"), ("nov", "november"),
            ("dec", "dez", "december", "dezember"),
        ),
        start=1,
    )
    for name in names
}  # fmt: skip
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_.](\d{1,2})[-/_.](\d{1,2})(?!\d)")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])([0-3]\d)(?!\d)")
_MONTH_ONLY = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/_](\d{2})(?!\d)")
_DAY_MONTH_NAME = re.compile(
    r"(?<!\d)(\d{1,2})(?:st|nd|rd|th)?\.?[ -](?:of )?([^\W\d]{3,9})\.?,?[ -]((?:19|20)\d\d)(?!\d)"
)
_MONTH_NAME_DAY = re.compile(r"\b([^\W\d]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? ((?:19|20)\d\d)(?!\d)")
_NUMBERS = re.compile(r"(?<!\d)(\d{1,2})([./-])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_FORMS = (_ISO, _COMPACT, _DAY_MONTH_NAME, _MONTH_NAME_DAY, _NUMBERS)
_EPOCH = re.compile(r"\d{9,10}(?:\.\d+)?|\d{12,13}")
_WEEKDAY = re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun),? ", re.IGNORECASE)
_POSTED = re.compile(
    r"(?:\bposted(?: on| at)?|\bpublished(?: on)?|\b(?:date )?posted|\bdate(?: posted| published)?|\bposting date|\bgeplaatst(?: op)?|"
    r"\bver\xf6ffentlicht(?: am)?|\bdatum|\blisted on|\bdateposted)\s?[:\u2013-]?\s{0,3}(?P<day>[^\n]{6,40})",
    re.IGNORECASE,
)


def read_date(value: object, *, day_first: bool | None = None) -> str:
    """The day of one field as ISO text; "" where it holds none or could mean two days.

    A month without a day is its first day. Numbers are seconds or milliseconds since 1970. ``day_first`` says how
    a column writes 03/04/2026; None leaves such a value out.

    >>> read_date("15 January 2026"), read_date("03/04/2026"), read_date("2026-02")
    ('2026-01-15', '', '2026-02-01')
    """
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    text = str(value).strip() if value is not None else ""
    if not text:
        return ""
    if _EPOCH.fullmatch(text):
        return _from_epoch(float(text))
    if _WEEKDAY.match(text):
        return _from_mail(text) or _first_date(text, day_first=day_first)
    return _first_date(text, day_first=day_first)


def find_date(text: str) -> str:
    """The day that a text says it was posted on: "Posted: 2026-01-15", "Published on 3 May 2026"."""
    for found in _POSTED.finditer(text):
        day = _first_date(found.group("day")[:40], day_first=None)
        if day:
            return day
    return ""


def order_of_days(values: Iterable[str]) -> bool | None:
    """Whether a column writes the day first: some value has a number above 12 there. None where nothing tells."""
    for value in values:
        found = _NUMBERS.search(value)
        if found and found.group(2) != ".":
            first, second = int(found.group(1)), int(found.group(3))
            if first > 12 >= second:
                return True
            if second > 12 >= first:
                return False
    return None


def _first_date(text: str, *, day_first: bool | None) -> str:
    """The first day written in a text, in any form; a month alone where there is no day."""
    found = [match for pattern in _FORMS if (match := pattern.search(text)) is not None]
    if not found:
        month = _MONTH_ONLY.search(text)
        return _day(month.group(1), month.group(2), "1") if month else ""
    first = min(found, key=lambda match: match.start())
    if first.re is _DAY_MONTH_NAME:
        return _named(first.group(3), first.group(2), first.group(1))
    if first.re is _MONTH_NAME_DAY:
        return _named(first.group(3), first.group(1), first.group(2))
    return _ordered(first, day_first=day_first) if first.re is _NUMBERS else _day(*first.groups())


def _ordered(found: re.Match[str], *, day_first: bool | None) -> str:
    first, sign, second, year = found.groups()
    if sign == "." or first == second:
        day_first = True
    elif day_first is None:
        day_first = order_of_days((found.group(),))
    if day_first is None:
        return ""
    return _day(year, second, first) if day_first else _day(year, first, second)


def _named(year: str, month: str, day: str) -> str:
    number = _MONTHS.get(month.casefold()) or _MONTHS.get(month.casefold()[:3])
    return _day(year, str(number), day) if number else ""


def _day(year: str, month: str, day: str) -> str:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return ""


def _from_epoch(number: float) -> str:
    seconds = number / 1000 if number >= 1e11 else number
    return datetime.fromtimestamp(seconds, tz=UTC).date().isoformat()


def _from_mail(text: str) -> str:
    try:
        return parsedate_to_datetime(text).date().isoformat()
    except ValueError:
        return ""
