"""A folder of counts: what ``milepost count`` writes and ``milepost trend`` reads. Counts only, no text of any ad."""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from milepost.errors import UsageError
from milepost.files.replacing import read_bytes, replace_text
from milepost.model.trends import MonthlyCounts

COUNTS = "counts.json"
FORMAT = 1
WHOLE = "all"
"""What the CSV file calls the advertisements of every role together."""


@dataclass(frozen=True)
class CountsFolder:
    """Counts as they were read: the whole market, and the advertisements of each role."""

    source: str
    whole: MonthlyCounts
    roles: Mapping[str, MonthlyCounts]
    undated: int
    ads: int


def is_counts_folder(path: Path) -> bool:
    """Whether a folder holds counts rather than advertisements."""
    return (path / COUNTS).is_file()


def write_counts(
    folder: Path,
    document: Mapping[str, Any],
    *,
    series: Iterable[MonthlyCounts],
    rejected: Iterable[tuple[str, int, str]],
) -> None:
    """Write ``months.csv`` and ``rejected.csv``, and ``counts.json`` last, each whole."""
    rows = (
        (each.id or WHOLE, month, ads, skill, naming[at])
        for each in series
        for skill, naming in sorted(each.skills.items())
        for at, (month, ads) in enumerate(zip(each.months, each.ads, strict=True))
        if naming[at]
    )
    _replace(folder / "months.csv", _csv(("role", "month", "ads", "skill", "naming"), rows))
    _replace(folder / "rejected.csv", _csv(("file", "row", "reason"), rejected))
    _replace(folder / COUNTS, json.dumps(document, indent=1, sort_keys=True) + "\n")


def _csv(header: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8", "replace").decode("utf-8")


def _replace(path: Path, text: str) -> None:
    if not replace_text(path, text, was=read_bytes(path)):
        raise UsageError(f"{path} was changed while it was written", hint="Run the command again.")


def read_counts_folder(folder: Path) -> CountsFolder:
    """The counts of a folder; ``UsageError`` where they are not what ``milepost count`` wrote."""
    path = folder / COUNTS
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["milepost_counts"] != FORMAT:
            raise UsageError(
                f"{path} is of format {document['milepost_counts']!r}, not {FORMAT}",
                hint="Count again with this version: milepost count.",
            )
        source = str(document["source"])
        return CountsFolder(
            source,
            _series("", source, document["months"]),
            {role: _series(role, source, counts) for role, counts in sorted(document["roles"].items())},
            int(document["undated"]),
            int(document["ads"]),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UsageError(
            f"{path} is not what `milepost count` writes ({type(fault).__name__})",
            hint="Count again: milepost count ADS --out DIR.",
        ) from fault


def _series(role: str, source: str, counts: Mapping[str, Any]) -> MonthlyCounts:
    months, ads = tuple(map(str, counts["months"])), tuple(map(int, counts["ads"]))
    skills = {str(skill): tuple(map(int, naming)) for skill, naming in sorted(counts["skills"].items())}
    if any(len(row) != len(months) for row in (ads, *skills.values())):
        raise ValueError(role)
    return MonthlyCounts(role, source, months, ads, skills)
