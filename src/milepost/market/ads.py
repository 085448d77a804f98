"""Advertisements, and the same advertisement seen twice."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from milepost.market.headings import BURIED

NEARLY_IDENTICAL = 0.9
"""Share of common word runs (Jaccard) from which two texts of one company are one advertisement."""
_RUN = 5
_WORD = re.compile(r"\w+")
_LEGAL_FORM = re.compile(r"\b(inc|llc|ltd|limited|gmbh|corp|corporation|co|plc|bv|b v|nv|ag|sa|se)\b\.?$")
_HARD_WRAP = 100
_NARROWEST = 48
_RUN_OVER = 25
_ANY = 1_000_000
_HEADING_ENDS = " :*#_"
_HEADINGS = frozenset(words.casefold() for words in BURIED)
_BULLET_SIGNS = frozenset("-*•·▪◦‣–>+0123456789")
_BULLET = re.compile(r"\s*(?:[-*•·▪◦‣–>+]|\d{1,2}[.)])\s+")


@dataclass(frozen=True, slots=True)
class Pay:
    """What an advertisement says it pays, as written: nothing is converted or guessed.

    ``low`` equals ``high`` where one amount is named. ``currency`` is an ISO 4217 code, "" where only an amount
    is written. ``period`` is hour, day, week, month or year.
    """

    low: float
    high: float
    currency: str
    period: str


@dataclass(frozen=True, slots=True)
class Ad:
    """One advertisement; ``date`` is the day it was posted, ``level`` the source's own word for seniority."""

    id: str
    title: str
    company: str
    date: str
    text: str
    source: str
    level: str = ""
    place: str = ""
    pay: Pay | None = None


def logical_lines(text: str) -> tuple[str, ...]:
    """The lines of a text as they were before somebody wrapped them at a fixed width.

    A line goes on where its next word would not have fitted any more. The width is the longest line but for one
    in 25 (addresses run over); texts wider than 100 characters or narrower than 48 were not wrapped and stay as
    they are, and so does a line that is a usual heading.

    >>> wide = "We build the platform on which our forecasting team trains machine"
    >>> logical_lines(f"{wide}\\nlearning models.\\n\\nApply")[1:]
    ('Apply',)
    """
    return tuple(line for line in unwrapped(text.replace("\r", "").replace("\xa0", " ")).split("\n") if line)


def unwrapped(text: str) -> str:
    """The logical lines of a text as one text."""
    lines = text.split("\n")
    if " \n" in text or text[-1:].isspace():
        lines = [line.rstrip() for line in lines]
    lengths = sorted(map(len, lines))
    width = lengths[-1 - len(lengths) // _RUN_OVER]
    if not _NARROWEST <= width <= _HARD_WRAP:
        return "\n".join(filter(None, lines))
    pieces: list[str] = []
    room, hyphen = _ANY, False
    for line in lines:
        if not line:
            room = _ANY
            continue
        if len(line) > room and _goes_on(line, room):
            pieces += "" if hyphen else " ", line.lstrip()
        else:
            pieces += "\n", line
        room, hyphen = width - len(line) - 1, line[-1] == "-"
    return "".join(pieces[1:])


def _goes_on(line: str, room: int) -> bool:
    """Whether the first word of a line would not have fitted into the room that the line before left."""
    text = line.lstrip()
    if text.rstrip(_HEADING_ENDS).casefold() in _HEADINGS:
        return False
    head = text[: room + 1] if room > 0 else text[:1]
    if len(head) <= room or " " in head or "-" in head:
        return False
    return head[0] not in _BULLET_SIGNS or not is_bullet(line)


def is_bullet(line: str) -> bool:
    """Whether a line is an item of a list."""
    return _BULLET.match(line) is not None


def company_key(ad: Ad) -> str:
    """The company in one spelling; an advertisement that names none is a company of its own.

    >>> company_key(Ad("1", "", "Example, Inc.", "", "", ""))
    'example'
    """
    name = " ".join(_WORD.findall(ad.company.casefold()))
    return _LEGAL_FORM.sub("", name).strip() or name or f"ad {ad.source} {ad.id}"


def digest(text: str) -> str:
    """Twelve bytes, in hex, by which a text is known again and from which it cannot be read."""
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def digest_of_words(text: str) -> str:
    """The digest of the words of a text, in any spacing and any case."""
    return digest(" ".join(_WORD.findall(text.casefold())))


def distinct_ads(ads: Iterable[Ad]) -> tuple[Ad, ...]:
    """One advertisement for each opening, the newest, in order of source and id (rule R5 of method-market 1.5).

    Two are the same where company and title agree, where the whole text agrees word by word, or where
    a company repeats nearly the same text.
    """
    kept: list[Ad] = []
    openings: set[tuple[str, str]] = set()
    texts: set[str] = set()
    runs: dict[str, list[frozenset[int]]] = defaultdict(list)
    for ad in sorted(ads, key=lambda ad: (ad.date, ad.source, ad.id), reverse=True):
        words = _WORD.findall(ad.text.casefold())
        opening = (company_key(ad), " ".join(_WORD.findall(ad.title.casefold())))
        text = " ".join(words)
        pieces = _runs(words)
        if opening in openings or text in texts or _repeats(pieces, runs[opening[0]]):
            continue
        openings.add(opening)
        texts.add(text)
        runs[opening[0]].append(pieces)
        kept.append(ad)
    return tuple(sorted(kept, key=lambda ad: (ad.source, ad.id)))


def _runs(words: Sequence[str]) -> frozenset[int]:
    """All runs of five words, as numbers. Hashes of text differ between runs of Python; equality does not."""
    return frozenset(
        hash(tuple(words[start : start + _RUN])) for start in range(max(1, len(words) - _RUN + 1))
    )


def _repeats(pieces: frozenset[int], earlier: Iterable[frozenset[int]]) -> bool:
    return any(
        len(pieces & other) >= NEARLY_IDENTICAL * len(pieces | other)
        for other in earlier
        if min(len(pieces), len(other)) >= NEARLY_IDENTICAL * max(len(pieces), len(other))
    )
