"""What thousands of advertisements ask for: counted in flat memory, told as it goes, none of their text kept."""

import re
import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.market.ads import Ad
from milepost.market.engines.local import Report, Seen
from milepost.market.engines.tally import CorpusCount, read_rejected
from milepost.market.sources import Rejected, count_rows
from milepost.market.specificity import tag_skills
from milepost.model.stages import COUNTING, LOOKING, ROWS, Tell, tell_nobody
from milepost.workflows.counting import PARTS, count_corpus
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


def measure_corpus(
    typed: str,
    folder: Path,
    *,
    role: str = "",
    columns: Mapping[str, str] | None = None,
    tell: Tell = tell_nobody,
) -> CorpusDemand:
    """Count the advertisements of one file or folder of this computer; ``~`` is the home folder.

    ``folder`` is where the counts lie meanwhile; where it holds some from a run that was ended,
    they are used again. An opening (company and title) and a text count once.
    ``InvalidInput`` where there is nothing to read, ``UsageError`` where none of it is an
    advertisement.
    """
    path = _source(typed)
    if _lies_in(folder, path):
        raise _unreadable(typed, "this folder holds Milepost's own files", "Name a smaller folder.")
    catalogue = load_catalogue()
    whole = _look(path, tell)
    done = 0.0

    def count(rows: float) -> None:
        nonlocal done
        done += rows
        tell(ROWS, int(done), whole)

    def seen(row: Ad | Rejected) -> None:
        count(0.5 if isinstance(row, Ad) else 1.0)

    try:
        found = _count_or_anew(path, folder, columns=columns, report=lambda ads: count(ads / 2), seen=seen)
    except OSError as fault:
        raise _unreadable(typed, f"this cannot be read: {fault.strerror or fault}") from fault
    tell(COUNTING, 0, 0)
    background = [each.pack for each in catalogue.roles.values() if each.pack is not None]
    pack = found.demand
    tags = tag_skills(pack, background)
    return CorpusDemand(
        str(path), role, pack.ads, pack.companies, pack.first_date, pack.last_date, found.read, found.folded,
        found.rejected, rank_demand(pack, tags, role=role or None, catalogue=catalogue),
        tuple(_reasons(folder / PARTS, path)),
    )  # fmt: skip


def _lies_in(folder: Path, path: Path) -> bool:
    return folder.resolve().is_relative_to(path.resolve())


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


def _count_or_anew(
    path: Path, folder: Path, *, columns: Mapping[str, str] | None, report: Report, seen: Seen
) -> CorpusCount:
    """Go on with what lies in the folder; where it is of another state of the files, begin anew."""
    before = (folder / PARTS).is_dir()
    try:
        return count_corpus([path], folder, columns=columns, report=report, seen=seen).count
    except UsageError:
        if not before:
            raise
        shutil.rmtree(folder)
        return count_corpus([path], folder, columns=columns, report=report, seen=seen).count


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
