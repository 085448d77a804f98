"""Make the monthly counts behind the hype guard from the shared corpora: ``python tools/make_trends.py SHARED``.

Only counts are written. Two series of the whole market: terms of Hacker News "Who is hiring?" posts, as counted by
ryanwi/hiringtrends (MIT), and the stacks that a model found in posts (Amber-Williams, MIT), read
by Milepost's own extractor. Series of the advertisements of one role, by the title rules of the packs: the
texts of 2011 to 2019 (timqian/hacker-job-trends, MIT). And the attention that topics had on GitHub. The stacks of 2022 to
2025 have no series by role: 333 openings in all AI titles are too few for a trend.
"""

import csv
import gzip
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from milepost.files.content import PACKAGED, load_catalogue
from milepost.market.ads import Ad
from milepost.market.engines.parts import make_batches, mention_rows, write_part
from milepost.market.engines.tally import ANY_ROLE, CorpusCount, count_parts
from milepost.market.extract import build_extractor
from milepost.market.sources.forum import forum_ad
from milepost.model.skills import SkillTree
from milepost.model.trends import MonthlyCounts

TERMS = "data/hn-term-trends-2011-2026/hiringtrends_terms_monthly_2011-2024.csv.gz"
STACKS = "data/hn-who-is-hiring-structured-2022-2025/hn_jobs_structured.csv.gz"
TEXTS = "data/hn-who-is-hiring-2011-2019"
ATTENTION = "data/github-trending-attention/monthly_mentions.csv"
TOPICS = {
    "PyTorch": "pytorch", "TensorFlow": "tensorflow", "Kubernetes": "kubernetes", "Docker": "docker",
    "LLM": "large-language-models", "RAG": "rag", "Agentic": "ai-agents", "LangChain": "llm-frameworks",
    "Prompt eng": "prompt-engineering", "Computer vision": "computer-vision", "NLP": "natural-language-processing", "Fine-tuning": "fine-tuning",
    "Vector DB": "vector-databases", "Rust": "rust", "Terraform": "terraform", "Deep learning": "deep-learning", "MLOps": "mlops",
}  # fmt: skip
"""The topics of the attention counts that stand for one skill."""
FEWEST_IN_ROLE = 60
"""Dated advertisements that a role needs for a series of its own."""
FEWEST_TIMES_IN_ROLE = 5
"""Advertisements of a role that a skill needs over all months to be kept."""
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
    path: Path,
    *,
    source: str,
    posts: Mapping[str, int],
    skills: Mapping[str, Mapping[str, int]],
    fewest: int = FEWEST,
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
        if sum(skills[skill].values()) >= fewest
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def text_ads(shared: Path) -> Iterator[Ad]:
    """The posts of 2011 to 2019, dated by the month of their thread."""
    for path in sorted((shared / TEXTS).glob("*.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (forum_ad(row, "hn") for row in map(json.loads, file))


def count_roles(ads: Iterable[Ad], tree: SkillTree) -> CorpusCount:
    """A corpus by month and role, by the engine of ``milepost count``."""
    extractor = build_extractor(tree)
    with TemporaryDirectory() as folder:
        for batch in make_batches(ads):
            rows, broken = mention_rows(batch.ads, extractor)
            write_part(Path(folder), batch.number, rows, broken)
        return count_parts(Path(folder), source="")


def write_roles(out: Path, name: str, source: str, count: CorpusCount) -> None:
    """The series of all, of any role, and of each role with enough, one file each."""
    found: dict[str, MonthlyCounts] = {"all": count.whole, **count.roles}
    for role, counts in sorted(found.items()):
        if sum(counts.ads) < FEWEST_IN_ROLE:
            continue
        posts = dict(zip(counts.months, counts.ads, strict=True))
        skills = {
            skill: dict(zip(counts.months, naming, strict=True)) for skill, naming in counts.skills.items()
        }
        titles = {"all": "all titles", ANY_ROLE: "AI titles of any role"}.get(role, f"titles of {role}")
        path = out / f"{name}--{role}.yaml"
        write_series(
            path, source=f"{source}; {titles}", posts=posts, skills=skills, fewest=FEWEST_TIMES_IN_ROLE
        )


def write_attention(shared: Path, out: Path) -> None:
    """Distinct repositories on the trending lists a month, and those that speak of each topic."""
    posts: dict[str, int] = {}
    found: dict[str, dict[str, int]] = defaultdict(dict)
    with (shared / ATTENTION).open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            posts[row["month"]] = int(row["distinct_trending_repos"])
            for topic, skill in TOPICS.items():
                found[skill][row["month"]] = int(row[topic])
    write_series(
        out / "github-trending-2017-2026.yaml",
        source="Repositories on the daily GitHub trending lists, from bonfy/github-trending bd97d943 (MIT)",
        posts=posts,
        skills=found,
    )


def make_in_roles(shared: Path, out: Path) -> None:
    """Write the series inside roles and of attention below ``out``."""
    tree = load_catalogue().tree
    for folder in ("role_trends", "attention"):
        (out / folder).mkdir(parents=True, exist_ok=True)
    write_roles(
        out / "role_trends",
        "hn-texts-2011-2019",
        "Hacker News 'Who is hiring?', posts of timqian/hacker-job-trends d14b18cc (MIT), counted by Milepost",
        count_roles(text_ads(shared), tree),
    )
    write_attention(shared, out / "attention")


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
    make_in_roles(Path(sys.argv[1]), PACKAGED)
