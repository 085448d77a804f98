"""The language that a text for readers is made in: English, unless a surface has asked for another.

Values that are kept (plans, reasons, levels) are never made in another language: only the
words around them are. A surface sets the language for as long as it answers; everything
that draws or writes for it asks here.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Protocol

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
ISOLATE, RELEASE = "\u2068", "\u2069"
"""First strong isolate and its end (Unicode 3.2.2): foreign text inside a line, whatever way it runs."""


class Formats(Protocol):
    """How a language writes days and numbers."""

    def day(self, when: dt.date) -> str:
        """One day, with its year."""

    def span(self, first: dt.date, last: dt.date) -> str:
        """A span of days."""

    def month(self, when: dt.date) -> str:
        """The short name of a month."""

    def weekday(self, when: dt.date) -> str:
        """The name of a day of the week."""

    def decimal(self, value: float, decimals: int | None) -> str:
        """A number with so many decimals; None for as many as it needs, six digits at most."""

    def percent(self, share: float, decimals: int) -> str:
        """A share of 1 in percent."""


class House:
    """The formats of published pages and the command line: the same bytes everywhere."""

    def day(self, when: dt.date) -> str:
        """Such as 8 Feb 2027."""
        return f"{when.day} {MONTHS[when.month - 1]} {when.year}"

    def span(self, first: dt.date, last: dt.date) -> str:
        """The year once where it is the same."""
        if first.year == last.year:
            return f"{first.day} {MONTHS[first.month - 1]} – {self.day(last)}"
        return f"{self.day(first)} – {self.day(last)}"

    def month(self, when: dt.date) -> str:
        """Three letters."""
        return MONTHS[when.month - 1]

    def weekday(self, when: dt.date) -> str:
        """The whole name."""
        return DAYS[when.weekday()]

    def decimal(self, value: float, decimals: int | None) -> str:
        """A point, and no sign between thousands."""
        return f"{value:g}" if decimals is None else f"{value:.{decimals}f}"

    def percent(self, share: float, decimals: int) -> str:
        """A hard space before the sign."""
        return f"{share * 100:.{decimals}f}\u00a0%"


@dataclass(frozen=True, slots=True)
class Language:
    """One language: its code, the way it runs, its words and its formats."""

    code: str
    direction: str
    message: Callable[[str], str]
    messages: Callable[[str, str, int], str]
    formats: Formats

    @property
    def is_english(self) -> bool:
        """Whether content, which is English, needs no mark."""
        return self.code == "en"


def english_plural(one: str, many: str, number: int) -> str:
    """The form of English that goes with a number."""
    return one if number == 1 else many


ENGLISH = Language("en", "ltr", str, english_plural, House())
_CURRENT: ContextVar[Language] = ContextVar("language", default=ENGLISH)


def language() -> Language:
    """The language of what is being made now."""
    return _CURRENT.get()


@contextmanager
def speaking(wanted: Language) -> Iterator[None]:
    """Make everything inside in one language."""
    token = _CURRENT.set(wanted)
    try:
        yield
    finally:
        _CURRENT.reset(token)


def gettext(message: str, **values: object) -> str:
    """A message in the language of now, its ``%(name)s`` filled in.

    >>> gettext("%(count)s of 100 %%", count=3)
    '3 of 100 %'
    """
    return language().message(message) % values


def ngettext(one: str, many: str, number: int, **values: object) -> str:
    """A message in the form that goes with a number, which it may name as ``%(num)s``.

    >>> ngettext("%(num)s card", "%(num)s cards", 1), ngettext("%(num)s card", "%(num)s cards", 4)
    ('1 card', '4 cards')
    """
    return language().messages(one, many, number) % {"num": number, **values}


def marked(message: str) -> str:
    """A message that is put into a table now and said later, by ``gettext``."""
    return message


def content(words: str) -> str:
    """Catalogue text, which is English, inside a text of another language."""
    return words if language().is_english or not words else f"{ISOLATE}{words}{RELEASE}"


def day(when: dt.date) -> str:
    """One day.

    >>> day(dt.date(2027, 2, 8))
    '8 Feb 2027'
    """
    return language().formats.day(when)


def span(first: dt.date, last: dt.date) -> str:
    """A span of days, the year once where it is the same.

    >>> span(dt.date(2026, 11, 30), dt.date(2027, 2, 28)), span(dt.date(2027, 3, 1), dt.date(2027, 5, 30))
    ('30 Nov 2026 – 28 Feb 2027', '1 Mar – 30 May 2027')
    """
    return language().formats.span(first, last)


def month(when: dt.date) -> str:
    """The short name of a month."""
    return language().formats.month(when)


def weekday(when: dt.date) -> str:
    """The name of a day of the week."""
    return language().formats.weekday(when)


def decimal(value: float, decimals: int | None = None) -> str:
    """A number with so many decimals, or as many as it needs.

    >>> decimal(7.25, 1), decimal(8.0), decimal(0.5)
    ('7.2', '8', '0.5')
    """
    return language().formats.decimal(value, decimals)


def percent(share: float, decimals: int = 0) -> str:
    """A share of 1 in percent.

    >>> percent(0.276)
    '28\\xa0%'
    """
    return language().formats.percent(share, decimals)
