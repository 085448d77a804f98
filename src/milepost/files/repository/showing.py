"""How much of a person's work shows each sign: files, commits and months, from their versions of the files."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from milepost.files.repository.blobs import read_blobs, read_sizes
from milepost.files.repository.git import Git
from milepost.files.repository.history import History, Touches, Version, month_of
from milepost.files.repository.look import PASTED_LINES, Look, Looker, Spot
from milepost.files.repository.rule import Amount
from milepost.files.repository.signs import Sign
from milepost.files.repository.words import counted, shown_path
from milepost.model.stages import VERSIONS

HANDS_ON = 3
"""Commits from which a file that somebody else made counts as the person's work too. Assumption."""

MOST_FILES = 5_000
MOST_VERSIONS = 15_000
MOST_TOTAL_BYTES = 256 * 1024 * 1024
"""Bounds of one scan: files that are read, versions of them, and bytes of all versions."""


class Best(NamedTuple):
    """The file that shows a sign best: the commits behind it, the path, the commit of the version, and the line."""

    commits: int
    path: str
    commit: int
    spot: Spot


@dataclass(slots=True)
class Showing:
    """All that shows one sign."""

    blobs: set[str] = field(default_factory=set)
    commits: set[int] = field(default_factory=set)
    best: Best | None = None


@dataclass(slots=True)
class Showings:
    """What the person's files show, and what was passed over."""

    signs: dict[Sign, Showing] = field(default_factory=lambda: defaultdict(Showing))
    packages: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    read: int = 0
    ignored: Counter[str] = field(default_factory=Counter)
    notes: list[str] = field(default_factory=list)

    def amount(self, signs: Iterable[Sign], history: History) -> Amount:
        """Months, commits and files of several signs together; a file with the same content counts once."""
        found = [self.signs[sign] for sign in signs]
        commits = set().union(*(each.commits for each in found))
        blobs = set().union(*(each.blobs for each in found))
        return Amount(len(history.months_of(commits)), len(commits), len(blobs))


class Wanted(NamedTuple):
    """A version to look at: its file, the month it stands for (0: the last one), and its commit and blob."""

    path: bytes
    month: int
    version: Version


def read_showings(git: Git, history: History, looker: Looker) -> Showings:
    """Look at the person's last version of each file, and at their last one of each month.

    A file counts where the person made it or changed it in at least ``HANDS_ON`` commits.
    """
    found = Showings()
    files = _own_files(history, looker, found)
    wanted = _affordable(git, list(_versions(files)), found)
    looks = _look(git, wanted, files, looker, found)
    for path, touches in files.items():
        _count(path, touches, history, looks, found)
    return found


def _own_files(history: History, looker: Looker, found: Showings) -> dict[bytes, Touches]:
    wanted = [(path, touches) for path, touches in history.files.items() if looker.wants(_name(path))]
    own = [(p, t) for p, t in wanted if t.last and (t.added or len(t.commits) >= HANDS_ON)]
    if len(own) < len(wanted):
        found.notes.append(
            f"{counted(len(wanted) - len(own), 'file')} that you changed in fewer than {HANDS_ON} commits and that others, or a wide "
            "commit, made: not counted."
        )
    own.sort(key=lambda pair: (-len(pair[1].commits), pair[0]))
    if len(own) > MOST_FILES:
        found.notes.append(
            f"You worked on {len(own):,} files that could show something; the {MOST_FILES:,} with the most commits were read."
        )
    return dict(own[:MOST_FILES])


def _versions(files: Mapping[bytes, Touches]) -> Iterator[Wanted]:
    """Last versions first, then those of the months, the newest first."""
    earlier = []
    for path, touches in files.items():
        if touches.last is not None:
            yield Wanted(path, 0, touches.last)
        earlier += [Wanted(path, month, version) for month, version in touches.months.items()]
    yield from sorted(earlier, key=lambda each: (-each.month, each.path))


def _affordable(git: Git, wanted: list[Wanted], found: Showings) -> list[Wanted]:
    """What fits the bounds, each version of a file once; what does not is said."""
    sizes = read_sizes(git, sorted({each.version.blob for each in wanted}))
    kept: dict[tuple[bytes, str], Wanted] = {}
    missing, total, left = set(), 0, 0
    large: dict[bytes, int] = {}
    for each in wanted:
        key = (each.path, each.version.blob)
        size = sizes.get(each.version.blob)
        if size is None:
            missing.add(each.path)
        elif size > Looker.most_bytes(_name(each.path)):
            large[each.path] = max(size, large.get(each.path, 0))
        elif key not in kept:
            if len(kept) >= MOST_VERSIONS or total + size > MOST_TOTAL_BYTES:
                left += 1
                continue
            kept[key] = each
            total += size
    _say_what_is_left(found, large, len(missing), left)
    return list(kept.values())


def _say_what_is_left(found: Showings, large: Mapping[bytes, int], missing: int, left: int) -> None:
    for path, size in sorted(large.items(), key=lambda pair: (-pair[1], pair[0]))[:3]:
        limit = Looker.most_bytes(_name(path)) // 1024**2
        advice = "; clear the outputs of the notebook to have it read" if path.endswith(b".ipynb") else ""
        found.notes.append(
            f"{shown_path(path)} has {size / 1024**2:,.1f} MB, more than the {limit} MB that are read: left out{advice}."
        )
    if len(large) > 3:
        found.notes.append(f"{counted(len(large) - 3, 'more file')} too large to be read.")
    if missing:
        found.notes.append(
            f"Versions of {counted(missing, 'file')} could not be read: their contents are not here (a partial clone, or damage). "
            "A full clone has them."
        )
    if left:
        found.notes.append(
            f"{counted(left, 'earlier version')} of files were not read: the newest {MOST_VERSIONS:,} versions "
            f"({MOST_TOTAL_BYTES // 1024**2} MB) are. Older activity may be undercounted."
        )


def _look(
    git: Git, wanted: list[Wanted], files: Mapping[bytes, Touches], looker: Looker, found: Showings
) -> dict[tuple[bytes, str], Look]:
    """The look at each version that was wanted; the last ones by the grammar."""
    looks: dict[tuple[bytes, str], Look] = {}
    waiting: dict[str, list[Wanted]] = defaultdict(list)
    for each in wanted:
        waiting[each.version.blob].append(each)
    for blob, data in read_blobs(git, list(waiting)):
        for each in waiting.pop(blob, ()):
            look = looker.look(_name(each.path), data, grammar=each.month == 0)
            if look.lines > PASTED_LINES and len(files[each.path].commits) == 1:
                look = Look(ignored="long and added in one go")
            if look.ignored and each.month == 0:
                found.ignored[look.ignored] += 1
            looks[each.path, blob] = look
            found.read += 1
            git.tell(VERSIONS, found.read, len(wanted))
    return looks


def _count(
    path: bytes, touches: Touches, history: History, looks: Mapping[tuple[bytes, str], Look], found: Showings
) -> None:
    """Add the commits of every month in which the file showed a sign."""
    by_month: dict[int, list[int]] = defaultdict(list)
    for commit in touches.commits:
        day = history.days[commit]
        by_month[month_of(day) if day else 0].append(commit)
    last = touches.last
    assert last is not None
    undated = {0: last} if 0 in by_month else {}
    seen: dict[Sign, tuple[list[int], Version, Spot]] = {}
    for month, version in sorted({**touches.months, **undated}.items(), reverse=True):
        look = looks.get((path, version.blob))
        if look is None:
            continue
        for package in look.packages:
            found.packages[package].update(by_month[month])
        for sign, spot in look.spots.items():
            seen.setdefault(sign, ([], version, spot))[0].extend(by_month[month])
    for sign, (commits, version, spot) in seen.items():
        showing = found.signs[sign]
        showing.blobs.add(last.blob)
        showing.commits.update(commits)
        best = Best(len(commits), shown_path(path), version.commit, spot)
        if showing.best is None or (-best.commits, best.path) < (-showing.best.commits, showing.best.path):
            showing.best = best


def _name(path: bytes) -> str:
    return path.decode("utf-8", "replace")
