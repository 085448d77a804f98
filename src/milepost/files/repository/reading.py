"""One repository read from end to end: the person's commits, what their files show, and what was left out, in words."""

import datetime as dt
from collections.abc import Iterator, Sequence
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.repository.git import Git, open_repository
from milepost.files.repository.history import NAMED_AUTHORS, History, find_tips, month_span, read_history
from milepost.files.repository.identity import find_authors, find_mailmap, read_identity
from milepost.files.repository.look import Looker
from milepost.files.repository.own_modules import read_own_modules
from milepost.files.repository.proposing import SHOWN_ID, make_proposals
from milepost.files.repository.showing import Showings, read_showings
from milepost.files.repository.signs import Signs
from milepost.files.repository.words import counted, one_line
from milepost.model.proposals import Findings
from milepost.model.stages import Tell, tell_nobody

NAMED_WIDE = 5
NAMED_PACKAGES = 12


def read_repository(
    path: Path, *, authors: Sequence[str], today: dt.date, signs: Signs, tell: Tell = tell_nobody
) -> Findings:
    """The proposals of the repository in a folder, by the person's own commits only.

    ``authors`` are their addresses or names; without any, ``user.email`` of the repository
    is asked. ``InvalidInput`` where the folder holds no repository that can be read;
    ``UsageError`` where nobody says whose commits count.
    """
    with open_repository(path, tell=tell) as git:
        given, tips = find_authors(git, authors), find_tips(git)
        git.stand_apart()
        git.mailmap = find_mailmap(git, tips)
        history = read_history(git, read_identity(git, given), tips=tips, today=today)
        faults = [*git.complaints, *git.remarks]
        if not history.all_commits and faults:
            raise InvalidInput(
                [Problem(one_line(str(path)), 0, 0, "", f"git cannot read this repository: {faults[0]}",
                         "`git fsck` says what is damaged; a fresh clone usually helps.")]
            )  # fmt: skip
        showings = Showings()
        if history.files:
            looker = Looker(signs, read_own_modules(git, tips[0]))
            showings = read_showings(git, history, looker)
        proposals = make_proposals(git.shown, history, showings)
        notes = (
            *_commit_notes(history, shallow=bool(git.shallow_ends())),
            *_file_notes(history, showings),
            *_troubles(git),
        )
    return Findings(str(path), proposals, notes)


_COMMIT_NOTES = (
    ("duplicates", "of yours on other branches repeat one that was counted: counted once."),
    ("co_authored", "of yours with a co-author: counted; you know whose work they were."),
    ("co_author_elsewhere", "of others with you as co-author: not counted."),
    ("absurd_dates", "of yours with a date in the future or before 1980: they count for no month."),
)


def _commit_notes(history: History, *, shallow: bool) -> Iterator[str]:
    if not history.all_commits:
        yield "The repository has no commit yet."
        return
    yield _own_words(history) if history.ids or history.merges else _nobodys_words(history)
    for field, words in _COMMIT_NOTES:
        count: int = getattr(history, field)
        if count:
            yield f"{counted(count, 'commit')} {words}"
    if shallow:
        yield "This is a shallow clone: what is older is not here. `git fetch --unshallow` brings it."
    yield from _wide_notes(history)


def _nobodys_words(history: History) -> str:
    others = "; ".join(f"{who} ({count:,})" for who, count in _top(history))
    commits = f"None of {counted(history.all_commits, 'commit')} is yours."
    return f"{commits} Authors: {others}. Name your own addresses as authors."


def _top(history: History) -> list[tuple[str, int]]:
    return sorted(history.authors.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED_AUTHORS]


def _own_words(history: History) -> str:
    months = history.months_of(set(range(len(history.ids))))
    span = f", {month_span(months)}" if months else ""
    merges = f"; {counted(history.merges, 'merge')} of yours not counted" if history.merges else ""
    return f"Yours: {len(history.ids):,} of {counted(history.all_commits, 'commit')}{span}{merges}."


def _wide_notes(history: History) -> Iterator[str]:
    for number, reason in history.wide[:NAMED_WIDE]:
        yield (
            f"Commit {history.ids[number][:SHOWN_ID]} {reason}: it may be an import of somebody else's work, so its files count "
            "only where you worked on them later."
        )
    if len(history.wide) > NAMED_WIDE:
        yield f"{counted(len(history.wide) - NAMED_WIDE, 'more commit')} of that kind."


def _file_notes(history: History, showings: Showings) -> Iterator[str]:
    yield from showings.notes
    passed = history.ignored + showings.ignored
    if passed:
        kinds = ", ".join(f"{count:,} {reason}" for reason, count in sorted(passed.items()))
        yield f"Changes of files passed over: {kinds}."
    if history.links:
        yield f"{counted(history.links, 'change')} of symbolic links: never followed."
    if history.submodules:
        yield f"{counted(len(history.submodules), 'submodule')}: repositories of their own, not read; name them to have them read."
    if history.cut:
        yield f"{history.cut[:1].upper()}{history.cut[1:]}."
    if showings.packages:
        yield f"Packages by your commits: {'; '.join(_package_words(history, showings))}."


def _package_words(history: History, showings: Showings) -> Iterator[str]:
    rows = sorted(showings.packages.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    for package, commits in rows[:NAMED_PACKAGES]:
        months = history.months_of(commits)
        if months:
            yield f"{package} {len(commits):,} ({month_span(months)})"


def _troubles(git: Git) -> Iterator[str]:
    for complaint in dict.fromkeys(git.complaints):
        yield f"git stopped early, so part of the history is missing: {complaint}"
    yield from git.remarks
