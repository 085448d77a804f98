"""Numbers and names as a reader sees them, the same in the page, the PDF and Markdown."""

import re
import unicodedata

from milepost.model.skills import LEVEL_NAMES

HARD_SPACE = "\u00a0"
ROUTES = {
    "inside": "a move inside the present employer",
    "outside": "a move to another employer",
}
KINDS = {
    "course": "course",
    "reading": "reading",
    "project": "project",
    "reproduction": "reproduction",
    "contribution": "contribution",
    "writing": "writing",
    "talk": "talk",
    "on-the-job": "work in the present job",
    "mentoring": "mentoring",
    "interview-practice": "interview practice",
    "leadership": "leadership",
    "search": "job search",
}
_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
_SAFE_ADDRESS = re.compile(r"https?://[^\s<>\"]+\Z", re.IGNORECASE)


def percent(share: float) -> str:
    """A share of 1 in whole percent.

    >>> percent(0.276)
    '28\\xa0%'
    """
    return f"{share * 100:.0f}{HARD_SPACE}%"


def level(value: float | None) -> str:
    """A level with one decimal; a dash where there is none."""
    return "–" if value is None else f"{value:.1f}"


def interval(low: float, high: float) -> str:
    """The bounds of an interval of levels."""
    return f"{low:.1f}–{high:.1f}"


def hours(value: float) -> str:
    """Hours with at most one decimal.

    >>> hours(16.0), hours(3.25)
    ('16\\xa0h', '3.2\\xa0h')
    """
    return f"{round(value, 1):g}{HARD_SPACE}h"


def about_hours(value: float) -> str:
    """Hours of an estimate: whole ones, for more would be false precision.

    >>> about_hours(96.1)
    '96\\xa0h'
    """
    return f"{value:.0f}{HARD_SPACE}h"


def count(number: int) -> str:
    """A small number in letters."""
    names = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
    return names[number] if 0 <= number < len(names) else str(number)


def level_word(value: float) -> str:
    """The name of the nearest whole level.

    >>> level_word(2.6)
    'independent'
    """
    return LEVEL_NAMES[min(len(LEVEL_NAMES) - 1, max(0, int(value + 0.5)))]


def basis_word(basis: str) -> str:
    """``book``, ``data`` or ``assumption``: what a basis begins with."""
    word = basis.partition(":")[0].strip()
    return word if word in {"book", "data", "assumption"} else "assumption"


def escape_markdown(words: str) -> str:
    """Text on one line with every sign of Markdown and HTML taken literally.

    >>> print(escape_markdown("a *b*"))
    a \\*b\\*
    """
    return _MARKUP.sub(r"\\\1", _LINE_ENDS.sub(" ", words))


def safe_address(url: str) -> str:
    """The address where it is one of the web, else nothing: a link must never run code."""
    return url if _SAFE_ADDRESS.match(url) else ""


def slug(name: str) -> str:
    """A name for ids and files: small letters, digits and dashes.

    >>> slug("Zoë Müller-Ångström")
    'zoe-muller-angstrom'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-") or "person"
