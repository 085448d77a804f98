"""Make the monthly counts behind the hype guard from the shared corpora: ``python tools/make_trends.py SHARED``.

Only counts are written. Two series: terms of Hacker News "Who is hiring?" posts, as counted by
ryanwi/hiringtrends (MIT), and the stacks that a model found in posts (Amber-Williams, MIT), read
by Milepost's own extractor.
"""

import csv
import gzip
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from milepost.files.content import PACKAGED, load_catalogue
from milepost.market.ads import Ad
from milepost.market.extract import build_extractor
from milepost.model.skills import SkillTree

TERMS = "data/hn-term-trends-2011-2026/hiringtrends_terms_monthly_2011-2024.csv.gz"
STACKS = "data/hn-who-is-hiring-structured-2022-2025/hn_jobs_structured.csv.gz"
FEWEST = 15
"""Advertisements that a skill needs over all months to be kept."""
Counts = Mapping[str, Mapping[str, int]]


def count_terms(shared: Path, tree: SkillTree) -> tuple[dict[str, int], dict[str, Counter[str]]]:
    """Posts a month, and for each skill its posts a month; a skill takes the largest of its terms."""
    ids = term_ids(tree)
    posts: dict[str, int] = {}
    found: dict[str, Counter[str]] = defaultdict(Counter)
    with gzip.open(shared / TERMS, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            posts[row["month"]] = int(row["n_posts"])
            skill = ids.get(row["term"].casefold())
            if skill is not None:
                found[skill][row["month"]] = max(found[skill][row["month"]], int(row["count"]))
    return posts, found


def term_ids(tree: SkillTree) -> dict[str, str]:
    """Names and unambiguous aliases of skills, casefolded, with their ids."""
    ids: dict[str, str] = {}
    for skill in tree.skills.values():
        for text in (skill.name, *(alias.text for alias in skill.aliases if not alias.ambiguous)):
            ids.setdefault(text.casefold(), skill.id)
    return {**ids, "golang": "go", "r": "r-language", "transformers": "transformers"}


def count_stacks(shared: Path, tree: SkillTree) -> tuple[dict[str, int], dict[str, Counter[str]]]:
    """Posts with a stack a month, and for each skill those that name it."""
    extractor = build_extractor(tree)
    posts: dict[str, set[str]] = defaultdict(set)
    found: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    with gzip.open(shared / STACKS, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if not row["languages_frameworks"]:
                continue
            post = row["post_id"]
            posts[row["month"]].add(post)
            ad = Ad(
                post,
                row["job_title"],
                row["company"],
                row["month"],
                f"Tech stack\n{row['languages_frameworks']}",
                "hn",
            )
            for skill in extractor.weights(ad):
                found[skill][row["month"]].add(post)
    months = {month: len(ids) for month, ids in posts.items()}
    return months, {skill: Counter({m: len(ids) for m, ids in by.items()}) for skill, by in found.items()}


def write_series(
    path: Path, *, source: str, posts: Mapping[str, int], skills: Mapping[str, Mapping[str, int]]
) -> None:
    """One series as YAML: the months, the posts of each, and a row of counts for each skill."""
    months = sorted(posts)
    lines = [
        f'source: "{source}"',
        "date: 2026-11-23",
        "basis: data",
        f"months: [{', '.join(quoted(months))}]",
        f"ads: [{', '.join(str(posts[month]) for month in months)}]",
        "skills:",
    ]
    lines += [
        f"  {skill}: [{', '.join(str(skills[skill].get(month, 0)) for month in months)}]"
        for skill in sorted(skills)
        if sum(skills[skill].values()) >= FEWEST
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(values: Iterable[str]) -> list[str]:
    return [f'"{value}"' for value in values]


def make(shared: Path, out: Path) -> None:
    """Write both series into ``out``."""
    tree = load_catalogue().tree
    out.mkdir(parents=True, exist_ok=True)
    posts, skills = count_terms(shared, tree)
    write_series(
        out / "hn-terms-2011-2024.yaml",
        source="Hacker News 'Who is hiring?', posts that name a term, counted by ryanwi/hiringtrends b300bbc3 (MIT)",
        posts=posts,
        skills=skills,
    )
    posts, skills = count_stacks(shared, tree)
    write_series(
        out / "hn-stacks-2022-2025.yaml",
        source="Hacker News 'Who is hiring?', posts with a stated stack, from Amber-Williams/hackernews-whos-hiring a11ca494 (MIT)",
        posts=posts,
        skills=skills,
    )


if __name__ == "__main__":
    make(Path(sys.argv[1]), PACKAGED / "trends")
