"""Rows of mentions → counts, by DuckDB, on a corpus larger than memory."""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from milepost.model.roles import Demand, DemandPack
from milepost.model.settings import Settings
from milepost.model.trends import MonthlyCounts

MEMORY = "1GB"
"""What the queries may hold; the rest goes to the disk beside the parts."""

_KEPT = """
CREATE TABLE kept AS
WITH ads AS (SELECT ad, company, date, opening, text, roles FROM rows WHERE skill = ''),
openings AS (SELECT * FROM ads QUALIFY row_number() OVER (PARTITION BY opening ORDER BY date DESC, ad) = 1)
SELECT ad, company, date, roles FROM openings
QUALIFY row_number() OVER (PARTITION BY text ORDER BY date DESC, ad) = 1
"""
_SKILLS = """
WITH sizes AS (SELECT company, count(*) AS n FROM kept GROUP BY company),
named AS (
  SELECT rows.skill, kept.company, count(*) AS ads, fsum(rows.weight) AS weight
  FROM rows JOIN kept USING (ad) WHERE rows.skill <> '' GROUP BY rows.skill, kept.company
)
SELECT skill, CAST(sum(ads) AS BIGINT), count(*), fsum(ads / n), fsum(weight / n)
FROM named JOIN sizes USING (company) GROUP BY skill ORDER BY skill
"""
ANY_ROLE = "any-role"
"""The series of the advertisements that belong to any role at all."""
_DATED = """
CREATE TABLE dated AS
WITH ads AS (
  SELECT ad, substr(date, 1, 7) AS month, date, opening, text, roles FROM rows WHERE skill = '' AND length(date) >= 7
),
openings AS (SELECT * FROM ads QUALIFY row_number() OVER (PARTITION BY month, opening ORDER BY date DESC, ad) = 1),
known AS (
  SELECT ad, month, roles FROM openings QUALIFY row_number() OVER (PARTITION BY month, text ORDER BY date DESC, ad) = 1
)
SELECT ad, month, '' AS role FROM known
UNION ALL SELECT ad, month, 'any-role' AS role FROM known WHERE roles <> ''
UNION ALL SELECT ad, month, unnest(string_split(roles, ' ')) AS role FROM known WHERE roles <> ''
"""
"""Why within a month: what is posted again later is asked for again, and folding it into its last month would empty
the earlier ones. The empty role is the whole market."""
_TOTALS = "SELECT role, month, count(*) FROM dated GROUP BY role, month ORDER BY role, month"
_MONTHS = """
SELECT role, skill, month, count(*) FROM rows JOIN dated USING (ad)
WHERE skill <> '' GROUP BY role, skill, month ORDER BY role, skill, month
"""


@dataclass(frozen=True, slots=True)
class CorpusCount:
    """What a corpus asks for: demand over all of it, and the counts of every month, in all and by role.

    ``read`` counts the rows that were advertisements; ``folded`` of them repeat another, ``undated`` of the others
    have no day. A role is there where an advertisement of it has a day (``role_ads``), ``any-role`` stands for all.
    """

    demand: DemandPack
    whole: MonthlyCounts
    roles: Mapping[str, MonthlyCounts]
    read: int
    folded: int
    undated: int
    rejected: int


def count_parts(folder: Path, *, source: str, settings: Settings | None = None) -> CorpusCount:
    """Count the parts in a folder, however many engines wrote them.

    An opening (company and title) counts once, its newest advertisement; of equal texts the
    newest counts. In the months it counts once in each month in which it was posted. Nearly equal texts are not folded at this size. Every company counts once:
    k_s, r_s and N as in ``demand.measure_demand`` (method-market 2.1).
    """
    settings = settings or Settings()
    with duckdb.connect() as connection:
        connection.execute(f"SET memory_limit = '{MEMORY}'")
        spill = str(folder / "spill").replace("'", "''")
        connection.execute(f"SET temp_directory = '{spill}'")
        parts = str(folder / "part-*.parquet").replace("'", "''")
        connection.execute(f"CREATE VIEW rows AS SELECT * FROM read_parquet('{parts}')")  # noqa: S608 - our own files
        connection.execute(_KEPT)
        read = int(_one(connection, "SELECT count(*) FROM rows WHERE skill = ''"))
        ads, companies = (
            int(_one(connection, "SELECT count(*) FROM kept")),
            int(_one(connection, "SELECT count(DISTINCT company) FROM kept")),
        )
        dates = connection.execute("SELECT min(date), max(date) FROM kept WHERE date <> ''").fetchone() or (
            "",
            "",
        )
        found = connection.execute(_SKILLS).fetchall()
        connection.execute(_DATED)
        series = _series(connection, source)
        undated = int(_one(connection, "SELECT count(*) FROM kept WHERE length(date) < 7"))
    prior = settings.strength_pseudo_ads
    skills = {
        skill: Demand(
            ads=naming,
            companies=of,
            weighted_ads=round(k, 2),
            strength=round((weight + prior * settings.strength_prior) / (k + prior), 3),
        )
        for skill, naming, of, k, weight in found
    }
    pack = DemandPack("", ads, companies, dates[0] or "", dates[1] or "", source, skills)
    whole = series.pop("", MonthlyCounts("", source, (), (), {}))
    aside = sum(1 for _ in read_rejected(folder))
    return CorpusCount(pack, whole, series, read, read - ads, undated, aside)


def _series(connection: duckdb.DuckDBPyConnection, source: str) -> dict[str, MonthlyCounts]:
    """The months of the whole market (under "") and of every role."""
    totals: dict[str, dict[str, int]] = {}
    for role, month, ads in connection.execute(_TOTALS).fetchall():
        totals.setdefault(role, {})[month] = ads
    naming: dict[str, dict[str, dict[str, int]]] = {role: {} for role in totals}
    for role, skill, month, ads in connection.execute(_MONTHS).fetchall():
        naming[role].setdefault(skill, {})[month] = ads
    return {
        role: MonthlyCounts(
            role,
            source,
            tuple(months),
            tuple(months.values()),
            {
                skill: tuple(counts.get(month, 0) for month in months)
                for skill, counts in naming[role].items()
            },
        )
        for role, months in totals.items()
    }


def _one(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    row = connection.execute(query).fetchone()
    assert row is not None
    return int(row[0])


def read_rejected(folder: Path) -> Iterator[tuple[str, int, str]]:
    """What was put aside: file, row and reason."""
    for aside in sorted(folder.glob("rejected-*.csv")):
        with aside.open(newline="", encoding="utf-8") as file:
            for path, row, reason in csv.reader(file):
                yield path, int(row), reason
