"""The languages of pages: which there are, which a visitor gets, and how each writes days and numbers.

Catalogues are the ``.po`` files themselves, read at first use: nothing has to be compiled.
"""

import datetime as dt
import gettext as catalogues
from functools import cache
from importlib.resources import files
from io import BytesIO, StringIO

from babel import Locale
from babel.dates import format_date, format_interval, format_skeleton
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal, format_percent

from milepost.model.language import Language, english_plural
from milepost.web.pseudo import PSEUDO, make_pseudo

NAMES = {"en": "English", "de": "Deutsch"}
"""Every complete language, by its own name."""
HABITS = {"en": "en_GB"}
"""Whose days and numbers a language goes by, where that is not its own: months in letters, day first."""
DAY = "yMMMd"


class Written:
    """Days and numbers as a locale writes them (CLDR)."""

    def __init__(self, locale: Locale) -> None:
        self._locale = locale

    def day(self, when: dt.date) -> str:
        """Such as 4. Dez. 2026."""
        return format_skeleton(DAY, dt.datetime.combine(when, dt.time()), locale=self._locale)

    def span(self, first: dt.date, last: dt.date) -> str:
        """Month and year once where they are the same."""
        return format_interval(first, last, skeleton=DAY, locale=self._locale)

    def month(self, when: dt.date) -> str:
        """The short name that stands alone."""
        return format_date(when, "LLL", locale=self._locale)

    def weekday(self, when: dt.date) -> str:
        """The whole name."""
        return format_date(when, "EEEE", locale=self._locale)

    def decimal(self, value: float, decimals: int | None) -> str:
        """Grouped as the locale does it."""
        places = "######" if decimals is None else "0" * decimals
        return format_decimal(value, f"#,##0.{places}" if places else "#,##0", locale=self._locale)

    def percent(self, share: float, decimals: int) -> str:
        """The sign where the locale puts it."""
        pattern = (
            "#,##0\u00a0%" if self._locale.language == "en" else self._locale.percent_formats[None].pattern
        )
        if decimals:
            pattern = pattern.replace("#,##0", f"#,##0.{'0' * decimals}")
        return format_percent(share, pattern, locale=self._locale)


@cache
def template() -> Catalog:
    """Every message, without a translation."""
    return _read("messages.pot", None)


def find_language(code: str) -> Language | None:
    """A language by its code; None where there is none of that code.

    ``en-XA`` and ``ar-XB`` are made from the template: longer, and from right to left. They are
    for those who change pages and are offered to nobody.
    """
    return _make_language(code) if code in NAMES or code in PSEUDO else None


@cache
def _make_language(code: str) -> Language:
    if code in PSEUDO:
        ids = [each.id for each in template() if each.id]
        return make_pseudo(code, ids, Written(Locale.parse("en_GB")))
    locale = Locale.parse(code)
    written = Written(Locale.parse(HABITS.get(code, code)))
    if code == "en":
        return Language(code, locale.text_direction, str, english_plural, written)
    known = _translations(code)
    return Language(code, locale.text_direction, known.gettext, known.ngettext, written)


def choose_language(*codes: str, accepted: str = "") -> Language:
    """The first code that there is, else the best of an Accept-Language header, else English."""
    for code in (*codes, *_accepted(accepted), "en"):
        found = find_language(code)
        if found is not None:
            return found
    raise AssertionError("English is always there")


def _accepted(header: str) -> list[str]:
    """The languages of an Accept-Language header, the most wanted first, by their main code."""
    found = []
    for place, part in enumerate(header[:500].split(",")):
        tag, _, weight = part.partition(";q=")
        try:
            wanted = float(weight or 1)
        except ValueError:
            continue
        code = tag.strip().partition("-")[0].lower()
        if wanted > 0 and code in NAMES:
            found.append((-wanted, place, code))
    return [code for _, _, code in sorted(found)]


def _translations(code: str) -> catalogues.GNUTranslations:
    compiled = BytesIO()
    write_mo(compiled, _read(f"{code}/messages.po", code))
    compiled.seek(0)
    return catalogues.GNUTranslations(compiled)


def _read(name: str, code: str | None) -> Catalog:
    text = files("milepost.web").joinpath(f"locale/{name}").read_text(encoding="utf-8")
    return read_po(StringIO(text), locale=code)
