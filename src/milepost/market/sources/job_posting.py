"""A schema.org JobPosting into the fields of an advertisement."""

import html
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from milepost.market.ads import Pay
from milepost.market.sources.dates import read_date
from milepost.market.sources.drafts import Draft
from milepost.market.sources.pay import pay_from_numbers, read_pay

_TEXTS = (
    "description",
    "responsibilities",
    "qualifications",
    "skills",
    "experienceRequirements",
    "educationRequirements",
)


def is_posting(node: Mapping[str, Any]) -> bool:
    """Whether a mapping says that it is a JobPosting."""
    kinds = node.get("@type")
    return "JobPosting" in (kinds if isinstance(kinds, list) else [kinds])


def posting(node: Mapping[str, Any]) -> Draft:
    """A JobPosting as a draft: its pay, places and day posted are kept as it gives them."""
    return Draft(
        text=_text(node),
        id=_word(node.get("identifier"), "value"),
        title=html.unescape(_word(node.get("title")) or _word(node.get("name"))),
        company=html.unescape(_word(node.get("hiringOrganization"))),
        date=read_date(_word(node.get("datePosted"))),
        place=html.unescape(_place(node)),
        pay=_pay(node.get("baseSalary")) or _pay(node.get("estimatedSalary")),
        level=_word(node.get("experienceLevel")),
    )


def _text(node: Mapping[str, Any]) -> str:
    """The description, and the parts that it does not already say."""
    parts: list[str] = []
    for name in _TEXTS:
        text = _as_lines(_word(node.get(name)))
        if text and not any(text in part for part in parts):
            heading = "" if name == "description" else _heading(name)
            parts.append(f"{heading}\n{text}" if heading else text)
    return "\n\n".join(parts)


def _heading(name: str) -> str:
    return {"responsibilities": "Responsibilities", "skills": "Skills"}.get(name, "Qualifications")


def _as_lines(text: str) -> str:
    from milepost.market.sources.page import markup_text

    if "&lt;" in text:
        text = html.unescape(text)
    return markup_text(text) if "<" in text or "&" in text else text.strip()


def _word(value: object, *names: str) -> str:
    """The text of a value, which may be an object with a name or a list of either."""
    if isinstance(value, Mapping):
        keys = (*names, "name", "@value", "value", "title")
        return next((word for key in keys if (word := _word(value.get(key)))), "")
    if isinstance(value, list):
        return ", ".join(filter(None, (_word(item, *names) for item in value)))
    return "" if value is None or isinstance(value, bool) else str(value).strip()


def _place(node: Mapping[str, Any]) -> str:
    places = _unique(_address(place) for place in _listed(node.get("jobLocation")))
    if _word(node.get("jobLocationType")).upper() == "TELECOMMUTE":
        allowed = _unique(_word(place) for place in _listed(node.get("applicantLocationRequirements")))
        places = [f"Remote ({', '.join(allowed)})" if allowed else "Remote", *places]
    return "; ".join(places)


def _address(place: object) -> str:
    if not isinstance(place, Mapping):
        return _word(place)
    address = place.get("address")
    if not isinstance(address, Mapping):
        return _word(address) or _word(place)
    parts = _unique(
        _word(address.get(name)) for name in ("addressLocality", "addressRegion", "addressCountry")
    )
    return ", ".join(parts) or _word(place.get("name"))


def _pay(value: object) -> Pay | None:
    """MonetaryAmount with a QuantitativeValue, or with the bare number that sites write in its place."""
    if isinstance(value, list):
        return next((pay for item in value if (pay := _pay(item))), None)
    if not isinstance(value, Mapping):
        return read_pay(_word(value))
    amount = value.get("value")
    inner: Mapping[str, Any] = amount if isinstance(amount, Mapping) else value
    low = inner.get("minValue") or inner.get("value") or inner.get("median")
    return pay_from_numbers(
        _plain(low), _plain(inner.get("maxValue")),
        _word(value.get("currency")) or _word(inner.get("currency")),
        _word(inner.get("unitText")) or _word(value.get("unitText")) or _word(value.get("duration")),
    )  # fmt: skip


def _plain(value: object) -> object:
    return None if isinstance(value, Mapping | list | bool) else value


def _listed(value: object) -> Sequence[object]:
    if value is None:
        return ()
    return value if isinstance(value, list) else (value,)


def _unique(words: Iterator[str]) -> list[str]:
    return list(dict.fromkeys(word for word in words if word))
