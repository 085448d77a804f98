"""An advertisement pasted in the terminal: found in its text, and asked for where it is not there."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from milepost.market.ads import Ad, Pay
from milepost.market.sources.dates import read_date
from milepost.market.sources.pay import read_pay
from milepost.market.sources.personal import without_personal_data
from milepost.market.sources.reading import parse_ad

Found = TypeVar("Found")
_MOST_QUESTIONS = 3
"""How often a day or a pay that cannot be read is asked for before it stays empty."""


def parse_pasted(text: str, *, asked: Callable[[str], str] | None = None) -> Ad:
    """An advertisement with its company, title, date, place and pay, personal data replaced.

    What the text does not say, ``asked`` is asked for by its field name; an empty answer leaves it empty. A day
    or pay that cannot be read is asked for again, three times at most. Raises UsageError for a text that is none.
    """
    ad = parse_ad(text)
    if asked is None:
        return ad
    words = {
        field: getattr(ad, field) or without_personal_data(" ".join(asked(field).split()))
        for field in ("company", "title", "place")
    }
    day = ad.date or _answer("date", asked, read_date)
    pay = ad.pay or _answer("pay", asked, read_pay)
    return replace(ad, **words, date=day or "", pay=pay)


def _answer(field: str, asked: Callable[[str], str], read: Callable[[str], Found]) -> Found | None:
    for _ in range(_MOST_QUESTIONS):
        answer = asked(field).strip()
        if not answer:
            return None
        if value := read(answer):
            return value
    return None


def render_ad(ad: Ad) -> str:
    """An advertisement as a text file that reads back to the same fields."""
    fields = {
        "Title": ad.title, "Company": ad.company, "Date": ad.date, "Place": ad.place,
        "Pay": "" if ad.pay is None else render_pay(ad.pay), "Level": ad.level,
    }  # fmt: skip
    lines = [f"{label}: {value}" for label, value in fields.items() if value]
    front = ["---", *lines, "---", ""] if lines else []
    return "\n".join([*front, ad.text, ""])


def render_pay(pay: Pay) -> str:
    """Pay in words: "120,000 – 160,000 USD per year"."""
    low, high = (f"{amount:,.2f}".removesuffix(".00") for amount in (pay.low, pay.high))
    amounts = low if pay.low == pay.high else f"{low} – {high}"
    return f"{amounts} {pay.currency} per {pay.period}".replace("  ", " ")
