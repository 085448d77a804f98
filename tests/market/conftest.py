"""Where the shared data lies, the real skill tree, and a way to read one text."""

import csv
import gzip
import json
import sys
from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

from milepost.files.content import PACKAGED
from milepost.files.shelf import Shelf
from milepost.files.skills_content import read_tree
from milepost.market.ads import Ad
from milepost.market.corpora import EARLIER, RECENT
from milepost.market.extract import Extractor, Mention, build_extractor, build_lexicon
from milepost.market.lexicon import Lexicon
from milepost.market.reference import read_mentions
from milepost.market.sources.forum import forum_ad
from milepost.model.skills import SkillTree

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
sys.path.insert(0, str(PROJECT / "tools"))

Reader = Callable[..., tuple[Mention, ...]]


@cache
def packaged_tree() -> SkillTree:
    return read_tree(Shelf(PACKAGED))


@pytest.fixture(scope="session")
def tree() -> SkillTree:
    return packaged_tree()


@pytest.fixture(scope="session")
def lexicon(tree: SkillTree) -> Lexicon:
    return build_lexicon(tree)


@pytest.fixture(scope="session")
def extractor(tree: SkillTree) -> Extractor:
    return build_extractor(tree)


@pytest.fixture(scope="session")
def read(extractor: Extractor, lexicon: Lexicon) -> Reader:
    """The mentions of one text, on which the fast extractor and the plain one agree."""

    def one(text: str, *, title: str = "", company: str = "") -> tuple[Mention, ...]:
        ad = Ad("1", title, company, "2026-01-01", text, "test")
        found = extractor.mentions(ad)
        assert found == read_mentions(ad, lexicon)
        return found

    return one


@pytest.fixture(scope="session")
def shared() -> Path:
    if not (SHARED / "data").is_dir():
        pytest.skip(f"the shared data sets are not at {SHARED / 'data'}; counts cannot be made again")
    return SHARED


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def _earlier_posts(data: Path) -> Iterator[Ad]:
    for path in sorted((data / "hn-who-is-hiring-2011-2019").glob("*.jsonl.gz")):
        yield from (forum_ad(row, "hn-who-is-hiring-2011-2019") for row in _rows(path))


def _data_science(data: Path) -> Iterator[Ad]:
    folder = "us-data-science-ads-2018-2021"
    for path in sorted((data / folder).glob("*.gz")):
        for number, row in enumerate(_rows(path)):
            text = row.get("description") or row.get("Job Description") or ""
            title = row.get("title") or row.get("Job Title") or row.get("job_title") or ""
            company = (row.get("company") or row.get("Company Name") or "").split("\n")[0]
            yield Ad(f"{path.name.split('.')[0]}:{number}", title, company, "", text, folder)


def _laboratories(data: Path) -> Iterator[Ad]:
    folder = "ai-lab-jobs-2025-2026"
    csv.field_size_limit(10**9)
    with gzip.open(data / folder / "ai_lab_jobs.csv.gz", "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["description"]:
                yield Ad(
                    row["job_id"], row["title"], row["company"], row["first_seen"], row["description"], folder
                )


def _netherlands(data: Path) -> Iterator[Ad]:
    folder = "nl-ai-engineer-ads-2023-2025"
    for row in _rows(data / folder / "nl_ai_ads.jsonl.gz"):
        yield Ad(
            str(row["job_id"]),
            row["title"],
            row["company"] or "",
            row["date_found"],
            row["description"] or "",
            folder,
        )


CORPORA: dict[str, Callable[[Path], Iterator[Ad]]] = {
    "hn-who-is-hiring-2011-2019": _earlier_posts,
    "us-data-science-ads-2018-2021": _data_science,
    "ai-lab-jobs-2025-2026": _laboratories,
    "nl-ai-engineer-ads-2023-2025": _netherlands,
    **{
        corpus.id: partial(
            lambda corpus, data: (
                ad
                for row in _rows(data.parent / corpus.path)
                if (ad := corpus.read(row, corpus.id)) is not None
            ),
            corpus,
        )
        for corpus in (*RECENT, *EARLIER)
        if not corpus.id.startswith("nl-")
    },
}
"""Every set of advertisements of the shared folder, whole: also what the packs leave out."""


@pytest.fixture(scope="session")
def ads_of(shared: Path) -> Callable[[str], list[Ad]]:
    """All advertisements of one shared set."""
    return cache(lambda name: list(CORPORA[name](shared / "data")))
