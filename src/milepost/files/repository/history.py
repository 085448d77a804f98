"""The person's own commits and the files that they touched, in two streaming passes over the history."""

import datetime as dt
from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from milepost.files.repository.git import LATE, Git
from milepost.files.repository.identity import Identity
from milepost.files.repository.ignored import ignored_by_name
from milepost.files.repository.words import counted, one_line
from milepost.model.stages import CHANGES, COMMITS, tell_nobody

WIDE_FILES = 100
"""A commit that touches more files than this says nothing about any one of them: an import, a move, a reformat. Assumption."""

FOREIGN_FILES = 10
"""Files that a commit adds below a folder together with a licence of that folder: code of somebody else. Assumption."""

MOST_PATHS = 200_000
MOST_CHANGES = 5_000_000
"""Bounds of one scan: paths that are remembered, and changes that are looked at."""

MOST_BRANCHES = 20_000
MOST_RESTARTS = 5
"""Commits that git may break off at; after that the rest of the history is left out, with a word."""

EARLIEST = dt.date(1980, 1, 1).toordinal()
EPOCH = dt.date(1970, 1, 1).toordinal()
SECONDS_A_DAY = 86_400
NAMED_AUTHORS = 5
_LICENCES = ("license", "licence", "copying")
_LOG_FIELDS = (
    "%H",
    "%P",
    "%at",
    "%ct",
    "%aN",
    "%aE",
    "%<(120,trunc)%s",
    "%(trailers:key=Co-authored-by,valueonly,separator=%x1F)",
)
_LINK, _SUBMODULE = b"120000", b"160000"


class Version(NamedTuple):
    """One version of a file: the number of the own commit that made it, and its blob."""

    commit: int
    blob: str


@dataclass(slots=True)
class Touches:
    """What the person did to one file: the numbers of their commits, and their last version of each month.

    Months count from year 0: 12·year + month − 1. ``added`` says that the person made the file.
    """

    commits: "array[int]" = field(default_factory=lambda: array("I"))
    months: dict[int, Version] = field(default_factory=dict)
    last: Version | None = None
    added: bool = False


@dataclass(slots=True)
class History:
    """The person's part of a repository. Commits are numbered from the newest, 0; ``days`` has 0 where a date is absurd."""

    all_commits: int = 0
    merges: int = 0
    duplicates: int = 0
    absurd_dates: int = 0
    co_authored: int = 0
    co_author_elsewhere: int = 0
    ids: list[str] = field(default_factory=list)
    days: "array[int]" = field(default_factory=lambda: array("l"))
    authors: Counter[str] = field(default_factory=Counter)
    files: dict[bytes, Touches] = field(default_factory=dict)
    wide: list[tuple[int, str]] = field(default_factory=list)
    ignored: Counter[str] = field(default_factory=Counter)
    links: int = 0
    submodules: set[bytes] = field(default_factory=set)
    cut: str = ""

    def months_of(self, commits: "array[int] | set[int]") -> set[int]:
        """The months in which these commits were written."""
        return {month_of(self.days[number]) for number in commits if self.days[number]}


def month_of(day: int) -> int:
    """The number of the month of a day: 12·year + month − 1."""
    date = dt.date.fromordinal(day)
    return 12 * date.year + date.month - 1


def month_text(month: int) -> str:
    """The month as YYYY-MM."""
    return f"{month // 12:04d}-{month % 12 + 1:02d}"


def month_span(months: Collection[int]) -> str:
    """The first and the last of some months.

    >>> month_span([24290, 24287]), month_span([24287])
    ('2023-12 to 2024-03', '2023-12')
    """
    return " to ".join(dict.fromkeys((month_text(min(months)), month_text(max(months)))))


def read_history(git: Git, identity: Identity, *, tips: Sequence[str], today: dt.date) -> History:
    """Read every commit once without its changes, then the changes of the person's own commits.

    The commits where a shallow clone ends seem to add every file, so their files are not
    looked at.
    """
    found = History()
    if not tips:
        return found
    (git.scratch / "starts").write_text("".join(f"{name}\n" for name in tips), encoding="ascii")
    own = git.scratch / "own-commits"
    _read_commits(git, identity, found, own, today=today, shallow=git.shallow_ends())
    if found.ids:
        _read_changes(git, found, own)
    return found


def find_tips(git: Git) -> tuple[str, ...]:
    """The commits to start from: where HEAD stands first, then every local and fetched branch; none where there is none.

    Branches that point to nothing readable are left out with a complaint.
    """
    code, head = git.ask("rev-parse", "--quiet", "--verify", "HEAD")
    feed = git.scratch / "tips"
    named = [head.decode("ascii", "replace").strip()] if code == 0 else []
    with git.stream("for-each-ref", "--format=%(objectname)", "refs/heads", "refs/remotes") as output:
        named += [line.decode("ascii", "replace").strip() for line in islice(output, MOST_BRANCHES)]
    named = list(dict.fromkeys(named))
    feed.write_text("".join(f"{name}\n" for name in named), encoding="ascii", errors="replace")
    with git.stream("cat-file", "--batch-check", feed=feed) as output:
        kinds = [line.split() for line in output]
    found = [words[0].decode("ascii") for words in kinds if words[1:2] == [b"commit"]]
    if len(found) < len(named):
        git.complaints.append(
            f"{counted(len(named) - len(found), 'branch', 'branches')} with no readable commit"
        )
    return tuple(found)


def _read_commits(
    git: Git, identity: Identity, found: History, own: Path, *, today: dt.date, shallow: frozenset[str]
) -> None:
    seen: set[int] = set()
    whole = _count_commits(git)
    latest = today.toordinal() + 1
    row = "tformat:" + "%x00".join(_LOG_FIELDS)
    fields = git.fields(
        "log", "-z", "--no-patch", "--no-show-signature", "--no-notes", "--encoding=UTF-8", "--no-color",
        f"--format={row}", "--stdin", feed=git.scratch / "starts",
    )  # fmt: skip
    with own.open("w", encoding="ascii") as spool:
        for commit, parents, *times, name, address, subject, trailers in _rows(fields):
            found.all_commits += 1
            git.tell(COMMITS, found.all_commits, whole)
            if not identity.owns(name, address):
                found.co_author_elsewhere += any(map(identity.named_in, trailers.split("\x1f")))
                _count_author(found, name, address)
                continue
            if " " in parents:
                found.merges += 1
                continue
            key = hash((times[0], subject, address.casefold()))
            if key in seen:
                found.duplicates += 1
                continue
            seen.add(key)
            found.co_authored += bool(trailers)
            found.ids.append(commit)
            found.days.append(_day(times, latest))
            found.absurd_dates += not found.days[-1]
            if commit not in shallow:
                spool.write(f"{commit}\n")


def _count_commits(git: Git) -> int:
    """How many commits there are, where somebody waits for them; 0 where git cannot say."""
    if git.tell is tell_nobody:
        return 0
    before = len(git.complaints)
    with git.stream("rev-list", "--count", "--stdin", feed=git.scratch / "starts") as output:
        told = output.readline().strip()
    del git.complaints[before:]
    return int(told) if told.isdigit() else 0


def _rows(fields: Iterator[bytes]) -> Iterator[list[str]]:
    """The fields of one commit after the other; a last row that is not whole is left out."""
    while len(row := list(islice(fields, len(_LOG_FIELDS)))) == len(_LOG_FIELDS):
        yield [text.decode("utf-8", "replace").strip() for text in row]


def _count_author(found: History, name: str, address: str) -> None:
    """Remember who else commits, only while there are few enough of them to be worth naming."""
    who = one_line(f"{name} <{address}>", 80)
    if who in found.authors or len(found.authors) < 10_000:
        found.authors[who] += 1


def _day(times: list[str], latest: int) -> int:
    """The day a commit was written, or else committed; 0 where both lie in the future or before 1980."""
    for text in times:
        try:
            day = EPOCH + int(text) // SECONDS_A_DAY
        except ValueError:
            continue
        if EARLIEST <= day <= latest:
            return min(day, latest - 1)
    return 0


class _Change(NamedTuple):
    """One line of a raw diff."""

    status: str
    old: str
    new: str
    path: bytes


def _read_changes(git: Git, found: History, own: Path) -> None:
    """Read the changes of the own commits; where git breaks off at one commit, go on after it."""
    numbers = {commit: number for number, commit in enumerate(found.ids)}
    reader = _ChangeReader(found)
    for _ in range(MOST_RESTARTS):
        before = len(git.complaints)
        last = _read_run(git, reader, numbers, own)
        if len(git.complaints) == before or found.cut or LATE in git.complaints[-1]:
            return
        with own.open(encoding="ascii") as spool:
            left = [line for line in spool if numbers[line.strip()] > last]
        if not left:
            return
        skipped = numbers[left[0].strip()]
        found.wide.append((skipped, "cannot be read by git, or has too many files"))
        own.write_text("".join(left[1:]), encoding="ascii")


def _read_run(git: Git, reader: "_ChangeReader", numbers: Mapping[str, int], own: Path) -> int:
    """One run of git over the spooled commits; the number of the last commit that it told of."""
    fields = git.fields(
        "diff-tree", "--stdin", "-z", "-r", "--root", "--raw", "--no-renames", "--no-abbrev", "--always",
        "--no-ext-diff", "--no-textconv", feed=own,
    )  # fmt: skip
    current = -1
    for text in fields:
        if not text.startswith(b":"):
            reader.finish(current)
            current = numbers.get(text.decode("ascii", "replace"), current)
            git.tell(CHANGES, current + 1, len(numbers))
            continue
        path = next(fields, b"")
        reader.total += 1
        if reader.total > MOST_CHANGES:
            reader.found.cut = (
                f"the history has more than {MOST_CHANGES:,} changed files; the rest was not looked at"
            )
            break
        reader.add(text, path)
    reader.finish(current)
    return current


class _ChangeReader:
    """The changes of one commit at a time, and the files that they add up to."""

    def __init__(self, found: History) -> None:
        self.found = found
        self.changes: list[_Change] = []
        self.count = 0
        self.total = 0
        self.moved: dict[bytes, bytes] = {}

    def add(self, meta: bytes, path: bytes) -> None:
        """One changed file, as the raw format tells it: modes, blobs and status."""
        _, mode, old, new, status = meta.decode("ascii", "replace").split(" ")[:5]
        if mode.encode() == _SUBMODULE:
            if len(self.found.submodules) < MOST_PATHS:
                self.found.submodules.add(path)
            return
        if mode.encode() == _LINK:
            self.found.links += 1
            return
        reason = ignored_by_name(path.decode("utf-8", "replace"))
        if reason:
            self.found.ignored[reason] += 1
            return
        self.count += 1
        if self.count <= WIDE_FILES * 2:
            self.changes.append(_Change(status[:1], old, new, path))

    def finish(self, commit: int) -> None:
        """The commit is over: count its files, unless it is too wide or brings in somebody else's code."""
        changes, count = self.changes, self.count
        self.changes, self.count = [], 0
        if commit < 0:
            return
        gone = [change for change in changes if change.status == "D"]
        made = [change for change in changes if change.status == "A"]
        if count - len(gone) > WIDE_FILES:
            self.found.wide.append((commit, f"touches {counted(count, 'file')} at once"))
            return
        foreign = _foreign_folders(made)
        if foreign:
            names = ", ".join(one_line(folder, 60) for folder in sorted(foreign)[:3])
            self.found.wide.append((commit, f"brings {names} in with a licence of its own"))
        self._follow(gone, made)
        blobs = {change.old for change in gone}
        for change in changes:
            inside = any(change.path.decode("utf-8", "replace").startswith(folder) for folder in foreign)
            if change.status in "AMT" and not inside:
                self._touch(commit, change, moved=change.status == "A" and change.new in blobs)

    def _follow(self, gone: list[_Change], made: list[_Change]) -> None:
        """A file that leaves and one that comes with the same content or name are one file: the newer path stands for both."""
        by_blob = {change.new: change.path for change in made}
        by_name = {change.path.rpartition(b"/")[2]: change.path for change in made}
        for change in gone:
            name = change.path.rpartition(b"/")[2]
            heir = by_blob.get(change.old) or (by_name.get(name) if name != b"__init__.py" else None)
            if heir is not None and len(self.moved) < MOST_PATHS:
                self.moved[change.path] = self.moved.get(heir, heir)

    def _touch(self, commit: int, change: _Change, *, moved: bool) -> None:
        path = self.moved.get(change.path, change.path)
        touches = self.found.files.get(path)
        if touches is None:
            if moved or len(self.found.files) >= MOST_PATHS:
                return
            touches = self.found.files[path] = Touches()
        if moved:
            return
        touches.commits.append(commit)
        touches.added = touches.added or (change.status == "A" and not moved)
        version = Version(commit, change.new)
        touches.last = touches.last or version
        day = self.found.days[commit]
        if day:
            touches.months.setdefault(month_of(day), version)


def _foreign_folders(made: list[_Change]) -> set[str]:
    """Folders that a commit adds with a licence file of their own and at least ``FOREIGN_FILES`` files."""
    paths = [change.path.decode("utf-8", "replace") for change in made]
    found = set()
    for path in paths:
        folder, _, name = path.rpartition("/")
        if folder and name.casefold().split(".")[0] in _LICENCES:
            inside = f"{folder}/"
            if sum(other.startswith(inside) for other in paths) >= FOREIGN_FILES:
                found.add(inside)
    return found
