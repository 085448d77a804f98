"""What thousands of advertisements ask for: counted in flat memory, told as it goes, none of their text kept."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.market.engines.local import Report, write_parts
from milepost.market.engines.tally import count_parts, read_rejected
from milepost.market.sources import count_rows
from milepost.market.specificity import tag_skills
from milepost.model.stages import COUNTING, LOOKING, ROWS, Tell, tell_nobody
from milepost.workflows.market import DemandRow, rank_demand

MOST_REASONS = 12
LONGEST_REASON = 160
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(frozen=True, slots=True)
class Reason:
    """Why some rows were put aside: the words of the first, where it stands, and how many are like it."""

    words: str
    place: str
    rows: int


@dataclass(frozen=True, slots=True)
class CorpusDemand:
    """What a set of advertisements asks for, and what could not be read in it.

    ``read`` counts advertisements before folding, ``ads`` the distinct ones. ``reasons`` are
    the most frequent ones first; ``rejected`` counts all rows that were put aside.
    """

    source: str
    role: str
    ads: int
    companies: int
    first_date: str
    last_date: str
    read: int
    folded: int
    rejected: int
    rows: tuple[DemandRow, ...]
    reasons: tuple[Reason, ...]


def count_corpus(
    typed: str,
    parts: Path,
    *,
    role: str = "",
    columns: Mapping[str, str] | None = None,
    tell: Tell = tell_nobody,
) -> CorpusDemand:
    """Count the advertisements of one file or folder of this computer; ``~`` is the home folder.

    ``parts`` is a folder for the counts of what was read; where it holds some from a run that
    was ended, these are used again. An opening (company and title) and a text count once.
    ``InvalidInput`` where there is nothing to read, ``UsageError`` where none of it is an
    advertisement.
    """
    path = _source(typed)
    catalogue = load_catalogue()
    whole = _look(path, tell)
    done = 0.0

    def report(rows: float) -> None:
        nonlocal done
        done += rows
        tell(ROWS, int(done), whole)

    try:
        _write_or_anew(path, parts, columns, report)
    except OSError as fault:
        raise _unreadable(typed, f"this cannot be read: {fault.strerror or fault}") from fault
    if not any(parts.glob("part-*.parquet")):
        raise _unreadable(typed, "this folder holds no file that can be read")
    tell(COUNTING, 0, 0)
    found = count_parts(parts, source=f"the advertisements in {path.name}")
    reasons = tuple(_reasons(parts, path))
    if not found.demand.ads:
        said = f" ({reasons[0].place}: {reasons[0].words})" if reasons else ""
        raise UsageError(
            f"no advertisement was found in {path}{said}",
            hint="Name a file or folder with advertisements: CSV, JSON lines, Parquet, text, HTML, PDF or mail.",
        )
    background = [each.pack for each in catalogue.roles.values() if each.pack is not None]
    tags = tag_skills(found.demand, background)
    pack = found.demand
    return CorpusDemand(
        str(path), role, pack.ads, pack.companies, pack.first_date, pack.last_date, found.read, found.folded,
        found.rejected, rank_demand(pack, tags, role=role or None, catalogue=catalogue), reasons,
    )  # fmt: skip


def _source(typed: str) -> Path:
    """The file or folder that is meant; a device or a pipe is none, since reading it may never end."""
    try:
        path = Path(typed).expanduser()
    except RuntimeError:  # the home folder of nobody
        path = Path(typed)
    if not path.is_absolute():
        raise _unreadable(typed, "this is not a whole path", "Write it from the root, or from ~.")
    try:
        path.stat()
    except (OSError, ValueError) as fault:
        raise _unreadable(typed, _why_not(fault)) from fault
    if not path.is_dir() and not path.is_file():
        raise _unreadable(typed, "this is neither a file nor a folder")
    return path


def _why_not(fault: OSError | ValueError) -> str:
    if isinstance(fault, FileNotFoundError):
        return "there is no such file or folder"
    said = fault.strerror if isinstance(fault, OSError) else str(fault)
    return f"this cannot be read: {said or fault}"


def _unreadable(typed: str, message: str, hint: str = "Check its name and its rights.") -> InvalidInput:
    return InvalidInput([Problem(typed, 0, 0, "", message, hint)])


def _look(path: Path, tell: Tell) -> int:
    """How many rows there are, so that a share of them can be told."""
    found = 0
    for found in count_rows(path):
        tell(LOOKING, found, 0)
    return found


def _write_or_anew(path: Path, parts: Path, columns: Mapping[str, str] | None, report: Report) -> None:
    tree = load_catalogue().tree
    try:
        write_parts([path], parts, tree, columns=columns, report=report)
    except UsageError:
        if not any(parts.glob("part-*.parquet")):
            raise
        shutil.rmtree(parts)  # the parts of files that were changed since
        write_parts([path], parts, tree, columns=columns, report=report)


def _reasons(parts: Path, source: Path) -> Iterator[Reason]:
    """The reasons for which rows were put aside; those that differ in their numbers only are one."""
    first: dict[str, tuple[str, str]] = {}
    rows: dict[str, int] = {}
    for place, row, reason in read_rejected(parts):
        key = _NUMBER.sub("0", reason)[:LONGEST_REASON]
        first.setdefault(key, (reason[:LONGEST_REASON], _place(place, row, source)))
        rows[key] = rows.get(key, 0) + 1
    for key, count in sorted(rows.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST_REASONS]:
        yield Reason(*first[key], count)


def _place(place: str, row: int, source: Path) -> str:
    path = Path(place)
    name = path.relative_to(source).as_posix() if source in path.parents else path.name
    return f"{name}:{row}" if row else name
