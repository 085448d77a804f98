"""Batches of advertisements as rows of mentions, one Parquet file each: the unit of work, and of going on after a kill."""

import csv
import hashlib
import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import duckdb
import numpy as np

from milepost.market.ads import Ad, company_key
from milepost.market.extract import Extractor
from milepost.market.role_ads import roles_of
from milepost.market.sources import Rejected

BATCH_ADS = 2000
"""Advertisements a batch: some seconds of work, so that a kill costs little."""

COLUMNS = ("ad", "company", "date", "opening", "text", "roles", "skill", "weight")
"""One row for each skill of an advertisement, and one with an empty skill for the advertisement itself; ``opening``
and ``text`` are digests, ``roles`` the ids of its roles with spaces between."""

_TYPED = """
SELECT CAST(ad AS VARCHAR) AS ad, CAST(company AS VARCHAR) AS company, CAST(date AS VARCHAR) AS date,
  CAST(opening AS VARCHAR) AS opening, CAST(text AS VARCHAR) AS text, CAST(roles AS VARCHAR) AS roles, CAST(skill AS VARCHAR) AS skill,
  CAST(weight AS DOUBLE) AS weight
FROM batch
"""
"""Why: an empty batch has no values that would tell their types."""

_WORD = re.compile(r"\w+")
Row = tuple[str, str, str, str, str, str, str, float]


@dataclass(frozen=True, slots=True)
class Batch:
    """Some advertisements in a row, and the rows among them that were none."""

    number: int
    ads: tuple[Ad, ...]
    rejected: tuple[Rejected, ...]


def make_batches(rows: Iterable[Ad | Rejected], *, size: int = BATCH_ADS) -> Iterator[Batch]:
    """Cut a stream into numbered batches; no more than one batch is held at a time."""
    stream = iter(rows)
    number = 0
    while taken := tuple(islice(stream, size)):
        ads = tuple(row for row in taken if isinstance(row, Ad))
        yield Batch(number, ads, tuple(row for row in taken if isinstance(row, Rejected)))
        number += 1


def mention_rows(ads: Iterable[Ad], extractor: Extractor) -> tuple[list[Row], list[Rejected]]:
    """The rows of advertisements; one that breaks the extraction is put aside with its reason."""
    rows: list[Row] = []
    rejected: list[Rejected] = []
    for ad in ads:
        try:
            rows += ad_rows(ad, extractor)
        except Exception as fault:  # noqa: BLE001 - one poisoned row must not stop ten million others
            rejected.append(Rejected(ad.source, 0, f"{ad.id}: could not be read: {type(fault).__name__}"))
    return rows, rejected


def ad_rows(ad: Ad, extractor: Extractor) -> list[Row]:
    """One advertisement as rows: itself, and each skill with its section weight."""
    company = company_key(ad)
    title = " ".join(_WORD.findall(ad.title.casefold()))
    head = (
        f"{ad.source} {ad.id}",
        company,
        ad.date,
        _digest(f"{company}\n{title}") if title else _digest(f"{ad.source} {ad.id}"),
        _digest(" ".join(_WORD.findall(ad.text.casefold()))),
        " ".join(roles_of(ad)),
    )
    weights = sorted(extractor.weights(ad).items())
    return [(*head, "", 0.0), *((*head, skill, weight) for skill, weight in weights)]


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=12).hexdigest()


def part_path(folder: Path, number: int) -> Path:
    """The file of one batch."""
    return folder / f"part-{number:07d}.parquet"


def write_part(folder: Path, number: int, rows: Sequence[Row], rejected: Sequence[Rejected]) -> None:
    """Write a batch: what was put aside first, the part last, so that a part is whole or is not there."""
    if rejected:
        aside = folder / f"rejected-{number:07d}.csv"
        with aside.open("w", newline="", encoding="utf-8", errors="replace") as file:
            csv.writer(file).writerows((each.path, each.row, each.reason) for each in rejected)
    fresh = folder / f".part-{number:07d}.{os.getpid()}.new"
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(COLUMNS)
    table = {
        name: np.array(values, dtype=float if name == "weight" else object)
        for name, values in zip(COLUMNS, columns, strict=True)
    }
    with duckdb.connect() as connection:
        connection.register("batch", table)
        connection.sql(_TYPED).write_parquet(str(fresh), compression="zstd")
    fresh.replace(part_path(folder, number))
