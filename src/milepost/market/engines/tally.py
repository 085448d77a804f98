"""Rows of mentions → counts, by DuckDB, on a corpus larger than memory."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import duckdb

from milepost.model.roles import Demand, DemandPack
from milepost.model.settings import Settings

MEMORY = "1GB"
"""What the queries may hold; the rest goes to the disk beside the parts."""

_KEPT = """
CREATE TABLE kept AS
WITH ads AS (SELECT ad, company, date, opening, text FROM rows WHERE skill = ''),
openings AS (SELECT * FROM ads QUALIFY row_number() OVER (PARTITION BY opening ORDER BY date DESC, ad) = 1)
SELECT ad, company, date FROM openings
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
_MONTHS = """
WITH months AS (SELECT ad, substr(date, 1, 7) AS month FROM kept WHERE length(date) >= 7),
totals AS (SELECT month, count(*) AS ads FROM months GROUP BY month),
named AS (
  SELECT month, skill, count(*) AS naming FROM rows JOIN months USING (ad) WHERE skill <> '' GROUP BY month, skill
)
SELECT month, ads, skill, naming FROM totals JOIN named USING (month) ORDER BY month, skill
"""


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How many distinct advertisements of a month name a skill, of how many."""

    month: str
    ads: int
    skill: str
    naming: int


@dataclass(frozen=True, slots=True)
class CorpusCount:
    """What a corpus asks for: demand over all of it, and the counts of every month.

    ``read`` counts the rows that were advertisements; ``folded`` of them repeat another.
    """

    demand: DemandPack
    months: tuple[MonthCount, ...]
    read: int
    folded: int
    rejected: int


def count_parts(folder: Path, *, source: str, settings: Settings | None = None) -> CorpusCount:
    """Count the parts in a folder, however many engines wrote them.

    An opening (company and title) counts once, its newest advertisement; of equal texts the
    newest counts. Nearly equal texts are not folded at this size. Every company counts once:
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
        months = tuple(MonthCount(*row) for row in connection.execute(_MONTHS).fetchall())
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
    return CorpusCount(pack, months, read, read - ads, sum(1 for _ in read_rejected(folder)))


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
