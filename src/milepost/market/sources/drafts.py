"""What a reader found, before it is an advertisement, and the only way from one to the other."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from milepost.market.ads import Ad, Pay
from milepost.market.sources.pay import find_pay
from milepost.market.sources.personal import without_personal_data

_FEWEST_CHARACTERS = 20
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACE = re.compile(r"\s+")
_LONGEST_FIELD = 200


@dataclass(frozen=True, slots=True)
class Rejected:
    """Something that did not become an advertisement: the file, the row and the reason with the way out.

    ``row`` is the line of a text table, the row of a Parquet or JSON list, the message of a mail box, from 1;
    0 means the whole file.
    """

    path: str
    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class Draft:
    """The fields of one advertisement as its source gives them; "" is not found. ``names`` are known people."""

    text: str
    id: str = ""
    title: str = ""
    company: str = ""
    date: str = ""
    place: str = ""
    pay: Pay | None = None
    level: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a row is no advertisement."""

    reason: str


def make_ad(draft: Draft, *, source: str, default_id: str) -> Ad | Refused:
    """An advertisement without personal data; pay is looked for in the text where no field has it."""
    text = without_personal_data(clean_text(draft.text), names=draft.names).strip()
    if len(text) < _FEWEST_CHARACTERS:
        return Refused(f"only {len(text)} characters of text" if text else "no text")
    title, company, place = (
        _field(value, draft.names) for value in (draft.title, draft.company, draft.place)
    )
    return Ad(
        id=_field(draft.id, ()) or default_id,
        title=title,
        company=company,
        date=draft.date,
        text=text,
        source=source,
        level=_field(draft.level, ()),
        place=place,
        pay=draft.pay or find_pay(text),
    )


def clean_text(text: str) -> str:
    """Text that any file can hold: line ends are ``\\n``, no control characters, no halves of characters."""
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        text = text.replace("\u2028", "\n").replace("\u2029", "\n").replace("\ufeff", "")
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def _field(value: str, names: Sequence[str]) -> str:
    """One line of at most 200 characters."""
    line = _SPACE.sub(" ", clean_text(value)).strip()
    return without_personal_data(line, names=names)[:_LONGEST_FIELD].strip()
