"""Which column of a table holds what, and a row of it as the fields of an advertisement."""

import html
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from milepost.errors import UsageError
from milepost.market.sources.dates import order_of_days, read_date
from milepost.market.sources.drafts import Draft, Refused
from milepost.market.sources.forum import is_post, read_post
from milepost.market.sources.job_posting import is_posting, posting
from milepost.market.sources.pay import pay_from_numbers, read_pay

FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "jobid", "adid", "postingid", "roleid", "jobkey", "uniqid", "uuid", "jobpostingid", "referencenumber"),
    "title": ("title", "jobtitle", "positiontitle", "position", "jobname", "jobposition", "roletitle", "role", "functie", "text", "name"),
    "company": (
        *("company", "companyname", "employer", "employername", "hiringorganization", "organization", "organisation"),
        *("organizationname", "advertiser", "companytitle", "bedrijf"),
    ),
    "text": (
        *("text", "description", "jobdescription", "fulltext", "fulldescription", "descriptiontext", "jobdesc", "adtext", "descriptionplain"),
        *("jobtext", "body", "content", "details", "jobdetails", "posting", "descriptionhtml", "jobad", "ad", "vacaturetekst"),
    ),
    "date": (
        *("dateposted", "posteddate", "postedat", "postdate", "posted", "publishedat", "publicationdate", "published"),
        *("publisheddate", "datefound", "listedtime", "listeddate", "originallistedtime", "date", "createdat"),
        *("created", "firstseen", "firstpublished", "postingdate", "jobposteddate", "dateadded", "time", "month"),
    ),
    "place": ("location", "place", "joblocation", "locations", "city", "workplace", "region", "joblocations", "categorieslocation", "country"),
    "pay": (
        *("salary", "compensation", "pay", "salaryrange", "payrange", "salaryestimate", "basesalary", "wage"),
        *("salarytext", "salaries", "salarydescription"),
    ),
    "pay_low": ("salarymin", "minsalary", "minamount", "salaryfrom", "minimumsalary", "annualsalarymin", "paymin", "salarylow"),
    "pay_high": ("salarymax", "maxsalary", "maxamount", "salaryto", "maximumsalary", "annualsalarymax", "paymax", "salaryhigh"),
    "currency": ("currency", "salarycurrency", "paycurrency", "currencycode"),
    "period": ("payperiod", "salaryperiod", "interval", "salaryinterval", "period", "salarytype", "salaryunit"),
    "level": ("level", "seniority", "experiencelevel", "senioritylevel", "joblevel", "formattedexperiencelevel"),
}  # fmt: skip
"""What can be mapped, and the names of columns (letters and digits only, in order of trust) that are taken for it."""
_PLAIN = re.compile(r"[\W_]+")
_NAMES_OF_OBJECTS = (
    "name",
    "display_name",
    "displayName",
    "title",
    "label",
    "text",
    "value",
    "addressLocality",
)
_RATING = re.compile(r"\n\d(?:\.\d)?$")
_MARK_UP = re.compile(
    r"</(?:p|li|ul|div|br|strong|b|h\d|span)>|<(?:br|p|li|ul|div)\b|&(?:nbsp|amp|lt|#\d+);", re.IGNORECASE
)
_ESCAPED = re.compile(r"&lt;/?(?:p|li|ul|div|br|strong|b|h\d|span)\b", re.IGNORECASE)
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Columns:
    """Column names by field; ``day_first`` is how the date column writes 03/04/2026, None where nothing tells."""

    names: Mapping[str, str]
    day_first: bool | None = None

    def read(self, row: Mapping[str, Any]) -> Draft | Refused:
        """One row as a draft; a row that is a JobPosting or a forum post speaks for itself."""
        if is_posting(row):
            return posting(row)
        if "text" not in self.names or (is_post(row) and "title" not in self.names):
            return read_post(row) if is_post(row) else Refused("the row has none of the columns of a text")
        value = {
            field: row.get(name) if name in row else _reach(row, name) for field, name in self.names.items()
        }
        words = {field: as_text(value.get(field)) for field in FIELDS}
        pay = read_pay(words["pay"]) or pay_from_numbers(
            _number(value.get("pay_low")), _number(value.get("pay_high")), words["currency"], words["period"]
        )
        return Draft(
            text=_unmarked(words["text"]),
            id=words["id"],
            title=words["title"],
            company=_RATING.sub("", words["company"]),
            date=read_date(
                value.get("date") if isinstance(value.get("date"), date) else words["date"],
                day_first=self.day_first,
            ),
            place=words["place"],
            pay=pay,
            level=words["level"],
        )


def choose_columns(
    rows: Iterable[Mapping[str, Any]],
    *,
    mapping: Mapping[str, str] | None,
    path: str,
) -> Columns | Refused:
    """The columns of a table by its first ``rows``: those of ``mapping``, and a guess by name for the rest.

    Raises UsageError where the mapping names a field or a column that does not exist.
    """
    first = list(rows)
    names = _names(first)
    chosen = _check(mapping or {}, names, first, path)
    plain = {_PLAIN.sub("", name.casefold()): name for name in reversed(names)}
    for field in ("text", *FIELDS):
        if field not in chosen and (guess := _guess(field, plain, set(chosen.values()), first)):
            chosen[field] = guess
    if "text" not in chosen and not any(is_post(row) or is_posting(row) for row in first):
        return Refused(
            f"no column looks like the text of an advertisement; say which one is, text=COLUMN. {_listed(names)}"
        )
    days = (as_text(_reach(row, chosen["date"])) for row in first) if "date" in chosen else ()
    return Columns(chosen, order_of_days(days))


def _names(rows: list[Mapping[str, Any]]) -> list[str]:
    """The columns in order, and those inside of objects as "company.name"."""
    names: dict[str, None] = {}
    for row in rows:
        for name, value in row.items():
            names[name] = None
            if isinstance(value, Mapping):
                names.update(dict.fromkeys(f"{name}.{inner}" for inner in value))
    return list(names)


def _guess(
    field: str, plain: Mapping[str, str], taken: set[str], rows: list[Mapping[str, Any]]
) -> str | None:
    """The first column with a likely name; of several likely texts the longest, since some sites call a title text."""
    likely = [plain[name] for name in FIELDS[field] if name in plain and plain[name] not in taken]
    if field == "text" and likely:
        return max(likely, key=lambda name: sum(len(as_text(_reach(row, name))) for row in rows))
    return likely[0] if likely else None


def _check(
    mapping: Mapping[str, str], names: list[str], rows: list[Mapping[str, Any]], path: str
) -> dict[str, str]:
    strangers = sorted(set(mapping) - set(FIELDS))
    if strangers:
        raise UsageError(
            f"{', '.join(strangers)}: an advertisement has no such field",
            hint=f"Fields are {', '.join(FIELDS)}.",
        )
    missing = sorted(
        {
            name
            for name in mapping.values()
            if name not in names and not any(_reach(row, name) is not None for row in rows)
        }
    )
    if missing and names:
        raise UsageError(f"{path} has no column {', '.join(map(repr, missing))}", hint=_listed(names))
    return dict(mapping)


def _listed(names: list[str]) -> str:
    shown = ", ".join(names[:40]) + (f" and {len(names) - 40} more" if len(names) > 40 else "")
    return f"Its columns are: {shown}." if names else "It has no columns."


def _reach(row: Mapping[str, Any], name: str) -> object:
    """A value, or one inside of another: "company.name"."""
    if name in row:
        return row[name]
    value: object = row
    for part in name.split("."):
        if not isinstance(value, Mapping):
            return None
        value = value.get(part)
    return value


def as_text(value: object, depth: int = 0) -> str:
    """The text of a value, which may be an object with a name or a list of either."""
    if value is None or isinstance(value, bool) or depth > _DEEPEST:
        return ""
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, bytes):
        return value.decode("utf-8", "replace").strip()
    if isinstance(value, Mapping):
        return next((text for name in _NAMES_OF_OBJECTS if (text := as_text(value.get(name), depth + 1))), "")
    if isinstance(value, list | tuple):
        return ", ".join(filter(None, (as_text(item, depth + 1) for item in value)))
    return _figure(value)


def _figure(value: object) -> str:
    """Whole numbers without ".0", which tables that were floats once carry; "" for what is no number."""
    if not isinstance(value, float):
        return str(value)
    if not math.isfinite(value):
        return ""
    return str(int(value)) if value.is_integer() else str(value)


def _number(value: object) -> object:
    return value if isinstance(value, int | float) and not isinstance(value, bool) else as_text(value)


def _unmarked(text: str) -> str:
    if not ("<" in text or "&" in text) or not _MARK_UP.search(text):
        return text
    from milepost.market.sources.page import markup_text

    return markup_text(html.unescape(text) if _ESCAPED.search(text) else text)
