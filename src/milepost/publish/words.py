"""Numbers and names as a reader sees them, the same in the page, the PDF and Markdown."""

import datetime as dt
import re
import unicodedata

from milepost.model import language
from milepost.model.language import decimal, gettext, marked
from milepost.model.skills import LEVEL_NAMES

HARD_SPACE = "\u00a0"
ROUTES = {
    "inside": marked("a move inside the present employer"),
    "outside": marked("a move to another employer"),
}
KINDS = {
    "course": marked("course"),
    "reading": marked("reading"),
    "project": marked("project"),
    "reproduction": marked("reproduction"),
    "contribution": marked("contribution"),
    "writing": marked("writing"),
    "talk": marked("talk"),
    "on-the-job": marked("work in the present job"),
    "mentoring": marked("mentoring"),
    "interview-practice": marked("interview practice"),
    "leadership": marked("leadership"),
    "search": marked("job search"),
}
COUNTS = (
    marked("none"),
    marked("one"),
    marked("two"),
    marked("three"),
    marked("four"),
    marked("five"),
    marked("six"),
    marked("seven"),
    marked("eight"),
    marked("nine"),
)
BASES = {"book": marked("book"), "data": marked("data"), "assumption": marked("assumption")}
_SAFE_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)


def percent(share: float) -> str:
    """A share of 1 in whole percent.

    >>> percent(0.276)
    '28\\xa0%'
    """
    return language.percent(share)


def level(value: float | None) -> str:
    """A level with one decimal; a dash where there is none."""
    return "–" if value is None else decimal(value, 1)


def interval(low: float, high: float) -> str:
    """The bounds of an interval of levels."""
    return f"{decimal(low, 1)}–{decimal(high, 1)}"


def hours(value: float) -> str:
    """Hours with at most one decimal.

    >>> hours(16.0), hours(3.25)
    ('16\\xa0h', '3.2\\xa0h')
    """
    return gettext("%(hours)s h", hours=decimal(round(value, 1))).replace(" ", HARD_SPACE)


def about_hours(value: float) -> str:
    """Hours of an estimate: whole ones, for more would be false precision.

    >>> about_hours(96.1)
    '96\\xa0h'
    """
    return gettext("%(hours)s h", hours=decimal(value, 0)).replace(" ", HARD_SPACE)


def count(number: int) -> str:
    """A small number in letters."""
    return gettext(COUNTS[number]) if 0 <= number < len(COUNTS) else str(number)


def level_word(value: float) -> str:
    """The name of the nearest whole level.

    >>> level_word(2.6)
    'independent'
    """
    return gettext(LEVEL_NAMES[min(len(LEVEL_NAMES) - 1, max(0, int(value + 0.5)))])


def basis_name(basis: str) -> str:
    """A basis as a reader sees it."""
    return gettext(BASES.get(basis, basis))


def basis_word(basis: str) -> str:
    """``book``, ``data`` or ``assumption``: what a basis begins with."""
    word = basis.partition(":")[0].strip()
    return word if word in {"book", "data", "assumption"} else "assumption"


def safe_address(url: str) -> str:
    """The address where it is one of the web, else nothing: a link must never run code."""
    return url if _SAFE_ADDRESS.match(url) else ""


def day_of(written: str) -> str:
    """A day that was kept as text; what is no whole day stays as it is.

    >>> day_of("2027-02-08"), day_of("2027-02")
    ('8 Feb 2027', '2027-02')
    """
    try:
        return language.day(dt.date.fromisoformat(written))
    except ValueError:
        return written


def slug(name: str) -> str:
    """A name for ids and files: small letters, digits and dashes.

    >>> slug("Zoë Müller-Ångström")
    'zoe-muller-angstrom'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "person"
