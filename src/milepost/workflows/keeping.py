"""Keeping what happens: every write is one transaction with a line in a log, and can be undone.

A person in the workspace is kept there. A person in a file keeps the file: it stays the
truth, and beside it ``NAME.history.sqlite`` holds every version, every accepted plan and
the log. A change is written to the history first and to the file next; a crash between
the two is mended by the next command, and a file that was changed meanwhile is never
overwritten.
"""

import datetime as dt
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.errors import PersonNotFound, UsageError, WorkspaceError
from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.files.person_edits import person_to_document
from milepost.files.plan_text import read_plan_text, write_plan_text
from milepost.files.replacing import read_bytes, replace_text
from milepost.model.activities import Catalogue
from milepost.model.people import Person
from milepost.model.plans import Plan
from milepost.store import Change, NewPlan, SavedPlan, Store, files_of, open_store
from milepost.workflows.people import FILE_ENDINGS, Loaded, Now, accept, read_text

OWNER = "person"
"""The name under which the history beside a file keeps the file's own person."""
BY_HAND, WRITTEN, UNDO = "edited by hand", "written to the file", "undo"
QUIET = frozenset({BY_HAND, WRITTEN, UNDO})
"""Lines of the log that nobody asked for, and that an undo passes over."""


@dataclass(frozen=True)
class Kept:
    """A person as loaded, the version that a change starts from, and the accepted plans, oldest first.

    ``path`` is None for a person of the workspace; ``raw`` is what the file held.
    """

    loaded: Loaded
    name: str
    path: Path | None
    raw: bytes | None
    version: int
    plans: tuple[Plan, ...]
    changes: tuple[Change, ...]

    @property
    def plan(self) -> Plan | None:
        """The plan that is in force."""
        return self.plans[-1] if self.plans else None

    @property
    def baseline(self) -> Plan | None:
        """The first plan that was accepted; it is kept for good."""
        return self.plans[0] if self.plans else None


def history_path(path: Path) -> Path:
    """Where the history of a person file lies: beside it."""
    return path.with_suffix(".history.sqlite")


def files_kept_in(name: str, *, workspace: str | None) -> tuple[Path, ...]:
    """The files that a person is loaded from; none where they are in a database of a server."""
    path = Path(name)
    if _is_in_file(path):
        return (path, *files_of(str(history_path(path))))
    return files_of(workspace)


def _is_in_file(path: Path) -> bool:
    return path.suffix.lower() in FILE_ENDINGS or path.is_file()


def load_kept(name: str, *, workspace: str | None, now: Now, catalogue: Catalogue | None = None) -> Kept:
    """A person with their accepted plans; a change to the file that a crash cut short is finished first."""
    catalogue = catalogue or load_catalogue()
    path = Path(name)
    if not _is_in_file(path):
        with open_store(workspace, now=now) as store:
            saved = store.load_person(name)
            person = accept(read_person_text(saved.document, path=name, catalogue=catalogue))
            loaded = Loaded(person, saved.document, f"workspace: {name}")
            return _kept(loaded, store, name=saved.name, version=saved.version)
    if not history_path(path).exists():
        loaded = read_text(path, catalogue=catalogue)
        return Kept(loaded, OWNER, path, read_bytes(path), 0, (), ())
    with open_store(str(history_path(path)), now=now) as store:
        version = _finish_write(path, store)
        raw = read_bytes(path)
        kept = _kept(read_text(path, catalogue=catalogue), store, name=OWNER, version=version)
        return replace(kept, path=path, raw=raw)


def _kept(loaded: Loaded, store: Store, *, name: str, version: int) -> Kept:
    if not version:
        return Kept(loaded, name, None, None, 0, (), ())
    changes = store.load_changes(name)
    return Kept(loaded, name, None, None, version, _accepted(changes, store.load_plans(name)), changes)


def keep_change(
    kept: Kept,
    *,
    verb: str,
    workspace: str | None,
    now: Now,
    today: dt.date,
    text: str | None = None,
    plan: Plan | None = None,
) -> None:
    """Write a new text of the person, a newly accepted plan, or both.

    The new text is checked like any person file first. ``WorkspaceError`` where somebody
    changed the person meanwhile: nothing is overwritten then.
    """
    if text is not None:
        accept(read_person_text(text, path=kept.loaded.place, catalogue=load_catalogue()))
    new = NewPlan(write_plan_text(plan), today) if plan else None
    _write(kept, verb=verb, workspace=workspace, now=now, text=text, plan=new)


def last_change(kept: Kept) -> Change | None:
    """The newest change that somebody asked for and that is not taken back yet: what an undo takes back."""
    taken = {change.undoes for change in kept.changes}
    asked = [change for change in kept.changes if change.verb not in QUIET and change.id not in taken]
    return asked[-1] if asked else None


def undo_change(kept: Kept, *, workspace: str | None, now: Now) -> Change:
    """Take back the newest change that is not taken back yet, and say which one it was."""
    last = last_change(kept)
    if last is None:
        raise UsageError(
            "there is nothing to undo",
            hint="What was changed by hand in the file is not taken back; your editor can do that.",
        )
    text = None
    if last.before != last.version:
        with _home(kept, workspace=workspace, now=now) as store:
            versions = {each.number: each.document for each in store.load_versions(kept.name)}
        if kept.loaded.text != versions[last.version]:
            raise UsageError(
                f"{last.verb} cannot be undone: the file was changed by hand after it",
                hint="Take the entry out of the file by hand, so that nothing you wrote since is lost.",
            )
        text = versions[last.before] if last.before else None
    _write(kept, verb=UNDO, workspace=workspace, now=now, text=text, undoes=last.id)
    return last


def load_beginning(kept: Kept, *, workspace: str | None, now: Now) -> tuple[Person, dt.date] | None:
    """The person as they were when the first plan was accepted, and the day of that; None without a plan.

    None too where the file of that day cannot be read any more.
    """
    taken = {change.undoes for change in kept.changes}
    first = next((each for each in kept.changes if each.plan is not None and each.id not in taken), None)
    if first is None:
        return None
    with _home(kept, workspace=workspace, now=now) as store:
        texts = {each.number: each.document for each in store.load_versions(kept.name)}
        days = {each.id: each.made_on for each in store.load_plans(kept.name)}
    read = read_person_text(texts[first.version], path=kept.loaded.place, catalogue=load_catalogue())
    assert first.plan is not None
    return (read, days[first.plan]) if isinstance(read, Person) else None


def _accepted(changes: Sequence[Change], plans: Sequence[SavedPlan]) -> tuple[Plan, ...]:
    """The plans that were accepted and not taken back, oldest first."""
    taken = {change.undoes for change in changes}
    documents = {plan.id: plan.document for plan in plans}
    return tuple(
        read_plan_text(documents[change.plan])
        for change in changes
        if change.plan is not None and change.id not in taken
    )


@contextmanager
def _home(kept: Kept, *, workspace: str | None, now: Now) -> Iterator[Store]:
    place = workspace if kept.path is None else str(history_path(kept.path))
    with open_store(place, now=now) as store:
        yield store


def _write(
    kept: Kept,
    *,
    verb: str,
    workspace: str | None,
    now: Now,
    text: str | None = None,
    plan: NewPlan | None = None,
    undoes: int | None = None,
) -> None:
    with _home(kept, workspace=workspace, now=now) as store:
        version = kept.version
        if kept.path is not None:
            version = _note_edits(kept, store)
        version = store.save_change(
            kept.name, verb=verb, document=text, plan=plan, expected_version=version, undoes=undoes
        )
        if kept.path is not None and text is not None:
            _write_file(kept.path, text, kept.raw, store=store, version=version)


def _note_edits(kept: Kept, store: Store) -> int:
    """Put what the file says now into the history, where it does not say so yet."""
    assert kept.path is not None
    if read_bytes(kept.path) != kept.raw:
        raise _changed(kept.path)
    if kept.version and store.load_person_document(kept.name) == kept.loaded.text:
        return kept.version
    return store.save_change(
        kept.name, verb=BY_HAND, document=kept.loaded.text, expected_version=kept.version
    )


def _write_file(path: Path, text: str, raw: bytes | None, *, store: Store, version: int) -> None:
    if not replace_text(path, _as_file(path, text), was=raw):
        raise _changed(path)
    store.save_change(OWNER, verb=WRITTEN, expected_version=version)


def _as_file(path: Path, text: str) -> str:
    """The text as the file keeps it: JSON where the file is JSON."""
    if path.suffix.lower() != ".json":
        return text
    return json.dumps(person_to_document(text), ensure_ascii=False, indent=2) + "\n"


def _changed(path: Path) -> WorkspaceError:
    return WorkspaceError(
        f"{path} was changed by somebody else just now; nothing in it was overwritten",
        hint="Look at the file, and run the command again on what it says now.",
    )


def _finish_write(path: Path, store: Store) -> int:
    """Finish a change that reached the history but not the file, as after a crash; the newest version.

    Only where the file still holds the version before: whatever else it holds by now was
    written on purpose, and stays.
    """
    try:
        saved = store.load_person(OWNER)
    except PersonNotFound:  # the crash came before the first change
        return 0
    asked = [change for change in store.load_changes(OWNER) if change.verb != BY_HAND]
    if not asked or asked[-1].verb == WRITTEN or asked[-1].version != saved.version:
        return saved.version
    last = asked[-1]
    if last.before in (0, last.version):
        return saved.version
    versions = {each.number: each.document for each in store.load_versions(OWNER)}
    raw = read_bytes(path)
    if raw is not None and raw.decode("utf-8-sig") == _as_file(path, versions[last.before]):
        _write_file(path, saved.document, raw, store=store, version=saved.version)
    return saved.version
