"""Two languages that nobody speaks, made from the messages themselves, to see what a translation would meet.

``en-XA`` puts accents on every letter, brackets around every message and makes it longer by two
fifths: what shows no accent escaped the catalogue, what lost a bracket was cut. ``ar-XB`` runs
from right to left. Names and shapes follow Android's pseudo-locales.
"""

import re
from collections.abc import Collection, Sequence

from milepost.model.language import Formats, Language, english_plural

PSEUDO = {"en-XA": "ltr", "ar-XB": "rtl"}
"""Code and direction."""
OPEN, CLOSE = "⟦", "⟧"
LONGER = 0.4
WORD = 6
SHORT = 5
"""Signs of units are as short in every language."""
_ACCENTS = str.maketrans(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "åƀçðéƒĝĥîĵķļɱñöþǫŕšţûṽŵẋýžÅƁÇÐÉƑĜĤÎĴĶĻṀÑÖÞǪŔŠŢÛṼŴẊÝŽ",
)
_FIXED = re.compile(r"(%\(\w+\)s|%%|<[^>]+>)")
_WORDS = re.compile(r"(\s+)")
OVERRIDE, POP = "\u202e", "\u202c"
RIGHT_TO_LEFT = "\u200f"


def make_pseudo(code: str, ids: Collection[str | Sequence[str]], formats: Formats) -> Language:
    """A pseudo-language of exactly these messages; any other text stays as it is and so gives itself away."""
    known = {form for each in ids for form in ([each] if isinstance(each, str) else each)}
    change = _accented if PSEUDO[code] == "ltr" else _mirrored

    def say(message: str) -> str:
        return change(message) if message in known else message

    def say_many(one: str, many: str, number: int) -> str:
        return say(english_plural(one, many, number))

    return Language(code, PSEUDO[code], say, say_many, formats)


def _accented(message: str) -> str:
    parts = [p if _FIXED.fullmatch(p) else p.translate(_ACCENTS) for p in _FIXED.split(message)]
    letters = sum(len(p) for p in parts if not _FIXED.fullmatch(p))
    room = round(letters * LONGER) if letters >= SHORT else 0
    more = " ".join("ñ" * min(WORD, room - done) for done in range(0, room, WORD + 1))
    return f"{OPEN}{''.join(parts)}{' ' if more else ''}{more}{CLOSE}"


def _mirrored(message: str) -> str:
    """Every word under a right-to-left override, accents as well, so that it cannot be read by accident."""
    return RIGHT_TO_LEFT + "".join(
        part
        if _FIXED.fullmatch(part)
        else "".join(
            word if not word.strip() else f"{OVERRIDE}{word.translate(_ACCENTS)}{POP}"
            for word in _WORDS.split(part)
        )
        for part in _FIXED.split(message)
    )
