"""The dated advertisement sets behind the packs, read into advertisements. None of their text is ever written."""

import gzip
import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from milepost.market.ads import Ad
from milepost.market.sources.forum import forum_ad

Row = Mapping[str, Any]
_DUTCH = re.compile(r"\b(?:de|het|een|van|voor|met|wij|jij|je|ons|naar|onze|en)\b", re.IGNORECASE)
_ENGLISH = re.compile(r"\b(?:the|and|of|to|with|for|we|you|our|your|in)\b", re.IGNORECASE)
_SHORTEST_TEXT = 200


@dataclass(frozen=True, slots=True)
class Corpus:
    """One set of advertisements: where it lies, what users are told it is, and how a row becomes an ad."""

    id: str
    path: str
    described: str
    read: Callable[[Row, str], Ad | None]


def read_corpus(corpus: Corpus, shared: Path) -> Iterator[Ad]:
    """The advertisements of one set below the folder ``shared``, those with a text worth reading."""
    with gzip.open(shared / corpus.path, "rt", encoding="utf-8") as file:
        for line in file:
            ad = corpus.read(json.loads(line), corpus.id)
            if ad is not None and len(ad.text) >= _SHORTEST_TEXT:
                yield ad


def _site_ad(row: Row, source: str) -> Ad:
    return Ad(
        str(row["job_id"]), row["title"], row["company"] or "", row["posted_date"] or "", row["description"] or "",
        source, row["level"] or "",
    )  # fmt: skip


def _startup_ad(row: Row, source: str) -> Ad:
    return Ad(
        str(row["role_id"]), row["title"], row["company"] or "", row["created_at"][:10], row["description"] or "",
        source, row["seniority_level"] or "",
    )  # fmt: skip


def _dutch_ad(row: Row, source: str) -> Ad | None:
    text = row["description"] or ""
    if row["date_found"] < "2025" or len(_ENGLISH.findall(text)) <= 2 * len(_DUTCH.findall(text)):
        return None
    return Ad(str(row["job_id"]), row["title"], row["company"] or "", row["date_found"], text, source)


def _linkedin_ad(row: Row, source: str) -> Ad:
    place = f"{row['title']} {row['companyName']} {row['location']} {row['publishedAt']}"
    text = row["description"] or ""
    return Ad(
        f"{place} {len(text)}", row["title"], row["companyName"] or "", row["publishedAt"] or "", text, source,
        row["experienceLevel"] or "",
    )  # fmt: skip


RECENT: tuple[Corpus, ...] = (
    Corpus(
        "ai-engineer-ads-2026",
        "data/ai-engineer-ads-2026/ai_engineer_ads.jsonl.gz",
        "AI-engineer advertisements of builtin.com",
        _site_ad,
    ),
    Corpus(
        "hn-who-is-hiring-2026",
        "data/hn-who-is-hiring-2026/hn_hiring_2026.jsonl.gz",
        "Hacker News 'Who is hiring?'",
        forum_ad,
    ),
    Corpus(
        "ai-startup-roles-2026",
        "data/ai-startup-roles-2026/ai_startup_roles.jsonl.gz",
        "careers pages of AI start-ups and laboratories",
        _startup_ad,
    ),
    Corpus(
        "nl-ai-engineer-ads-2023-2025",
        "data/nl-ai-engineer-ads-2023-2025/nl_ai_ads.jsonl.gz",
        "English advertisements in the Netherlands",
        _dutch_ad,
    ),
)
"""Posted from January 2025 on."""

EARLIER: tuple[Corpus, ...] = (
    Corpus(
        "linkedin-ai-ml-ads-2024",
        "data/linkedin-ai-ml-ads-2024/linkedin_ai_ml.jsonl.gz",
        "AI/ML advertisements of LinkedIn",
        _linkedin_ad,
    ),
)
"""Used only for roles with fewer than 60 recent advertisements."""
