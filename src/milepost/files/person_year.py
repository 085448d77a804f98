"""The part of a person file that records what happened: checked for keys and types, kept in the file."""

from collections.abc import Callable, Mapping

from milepost.files.tables import Table, number
from milepost.model.people import Verification
from milepost.model.roles import Route

MOST_MINUTES = 1440
CREDIT = 100.0
"""Points that a person splits among activities and artefacts (method note, The year)."""

YEAR_KEYS: Mapping[str, Mapping[str, str]] = {
    "checkins": {"date": "day", "hours": "hours", "note": "text"},
    "sessions": {
        "date": "day",
        "skill": "skill",
        "goal": "text",
        "minutes": "minutes",
        "result": "text",
        "feedback": "text",
        "error": "text",
        "fix": "text",
    },
    "artefacts": {
        "date": "day",
        "title": "text",
        "kind": "text",
        "url": "address",
        "public": "flag",
        "verified": "verified",
        "skills": "skills",
    },
    "milestones": {"quarter": "quarter", "accepted": "day", "evidence": "text"},
}
"""What each entry of the year may hold; every entry needs its first key."""

OUTCOME_KEYS: Mapping[str, str] = {
    "kind": "text",
    "route": "route",
    "functional_start": "day",
    "formal_date": "day",
    "credit": "credit",
    "learned": "text",
}


def check_year(table: Table) -> None:
    """Note what is wrong in ``year``."""
    year = table.table("year", tuple(YEAR_KEYS))
    if year is None:
        return
    for key, kinds in YEAR_KEYS.items():
        for row in year.tables(key, tuple(kinds)):
            _check_row(row, kinds)


def check_outcomes(table: Table) -> None:
    """Note what is wrong in ``outcomes``."""
    for row in table.tables("outcomes", tuple(OUTCOME_KEYS)):
        _check_row(row, OUTCOME_KEYS)


def _check_row(row: Table, kinds: Mapping[str, str]) -> None:
    row.need(next(iter(kinds)))
    asked: Mapping[str, Callable[[str], object]] = {
        "day": row.day,
        "text": row.text,
        "address": row.address,
        "flag": row.flag,
        "hours": lambda key: row.number(key, 0, 168, unit=" hours"),
        "minutes": lambda key: row.number(key, 0, MOST_MINUTES, unit=" minutes"),
        "quarter": lambda key: row.whole(key, 1, 12),
        "skill": lambda key: row.name(key, "skill"),
        "skills": lambda key: row.names(key, "skill"),
        "verified": lambda key: row.choice(key, Verification),
        "route": lambda key: row.choice(key, Route),
        "credit": lambda key: _check_credit(row, key),
    }
    for key, kind in kinds.items():
        asked[kind](key)


def _check_credit(row: Table, key: str) -> None:
    given = [number(row.faults, node, field, 0, CREDIT) or 0.0 for _, field, node in row.pairs(key)]
    if sum(given) > CREDIT:
        row.fault(key, f"{sum(given):g} points are given, but there are {CREDIT:g}", "Take some away.")
