"""Counting a corpus of any size: dated counts by month, skill and role in a folder."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.counts_folder import FORMAT, is_counts_folder, write_counts
from milepost.gaps.impact import impact_from_ads
from milepost.market.engines.cluster import write_parts_on_cluster
from milepost.market.engines.local import Seen, write_parts
from milepost.market.engines.tally import CorpusCount, count_parts, read_rejected
from milepost.model.trends import MonthlyCounts
from milepost.publish.market_schema import corpus_document
from milepost.publish.schema import Document

PARTS = "parts"
MOST_NAMED = 3


class Engine(StrEnum):
    """What does the extraction: this computer, or Spark."""

    LOCAL = "local"
    SPARK = "spark"


@dataclass(frozen=True)
class Counted:
    """The counts of a corpus, the document that was written, and where."""

    count: CorpusCount
    document: Document
    folder: Path


def count_corpus(
    paths: Sequence[Path],
    folder: Path,
    *,
    engine: Engine = Engine.LOCAL,
    workers: int = 1,
    columns: Mapping[str, str] | None = None,
    report: Callable[[int], None] = lambda _: None,
    seen: Seen = lambda _: None,
) -> Counted:
    """Count advertisements into ``folder``; what an earlier run of the same files did is not done again.

    ``UsageError`` where the folder holds the counts of something else, or nothing is an advertisement.
    """
    _check(paths, folder)
    tree = load_catalogue().tree
    parts = folder / PARTS
    if engine is Engine.SPARK:
        write_parts_on_cluster(paths, parts, tree, workers=workers, columns=columns, report=report)
    else:
        write_parts(paths, parts, tree, workers=workers, columns=columns, report=report, seen=seen)
    count = count_parts(parts, source=_source(paths)) if any(parts.glob("part-*.parquet")) else None
    if count is None or not count.read:
        said = "; ".join(f"{path}: {reason}" for path, _, reason in list(read_rejected(parts))[:MOST_NAMED])
        raise UsageError(
            f"no advertisement was found in {', '.join(map(str, paths))}{f' ({said})' if said else ''}",
            hint="Name files or folders with advertisements: text, HTML, PDF, mail, CSV, JSON or Parquet.",
        )
    document = count_document(count)
    write_counts(folder, document, series=(count.whole, *count.roles.values()), rejected=read_rejected(parts))
    return Counted(count, document, folder)


def _check(paths: Sequence[Path], folder: Path) -> None:
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path} does not exist", hint="Name files or folders with advertisements.")
        if folder.resolve().is_relative_to(path.resolve()):
            raise UsageError(
                f"{folder} lies in {path}, which is counted", hint="Name a folder elsewhere with --out."
            )
        if is_counts_folder(path):
            raise UsageError(f"{path} holds counts already", hint=f"Show them: milepost trend {path}")
    if folder.is_file():
        raise UsageError(f"{folder} is a file", hint="Name a folder with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / PARTS).is_dir():
        raise UsageError(f"{folder} holds something else", hint="Name a new or an empty folder with --out.")


def _source(paths: Sequence[Path]) -> str:
    names = ", ".join(path.name or str(path) for path in paths[:MOST_NAMED])
    return names if len(paths) <= MOST_NAMED else f"{names} and {len(paths) - MOST_NAMED} more"


def count_document(count: CorpusCount) -> Document:
    """The counts as ``counts.json`` and ``milepost count --json`` hold them; the same for every engine."""
    pack = count.demand
    impacts = {skill: impact_from_ads(skill, pack, None) for skill in sorted(pack.skills)}
    return corpus_document(
        pack,
        impacts,
        counts={
            "milepost_counts": FORMAT,
            "read": count.read,
            "folded": count.folded,
            "undated": count.undated,
            "rejected": count.rejected,
        },
        months=_months(count.whole),
        roles={role: _months(series) for role, series in sorted(count.roles.items())},
    )


def _months(series: MonthlyCounts) -> Document:
    return {
        "months": list(series.months),
        "ads": list(series.ads),
        "skills": {skill: list(naming) for skill, naming in sorted(series.skills.items())},
    }
