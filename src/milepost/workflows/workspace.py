"""The workspace: put people in, list them, erase them."""

from collections.abc import Sequence
from pathlib import Path

from milepost.errors import InvalidInput, UsageError
from milepost.files.content import load_catalogue
from milepost.store import open_store
from milepost.workflows.people import Now, check_files, read_text


def import_files(
    paths: Sequence[Path], *, name: str | None, workspace: str | None, now: Now
) -> tuple[tuple[str, int], ...]:
    """Put person files into the workspace; all of them, or none where one has a problem.

    The file's own text is kept byte for byte. Gives the names with the version saved.
    """
    catalogue = load_catalogue()
    if name is not None and len(paths) > 1:
        raise UsageError(
            "--as names one person, but several files were given", hint="Import them one at a time."
        )
    problems = check_files(paths, catalogue=catalogue)
    if problems:
        raise InvalidInput(problems)
    loaded = [read_text(path, catalogue=catalogue) for path in paths]
    names = [name or each.person.name for each in loaded]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise UsageError(
            f"two of the files are called {twice[0]!r}", hint="Import one of them with --as NAME."
        )
    with open_store(workspace, now=now) as store:
        return tuple((n, store.save_person(n, each.text)) for n, each in zip(names, loaded, strict=True))


def save_new_person(name: str, text: str, *, workspace: str | None, now: Now) -> None:
    """Put a person who is new into the workspace; ``WorkspaceError`` where the name is taken."""
    with open_store(workspace, now=now) as store:
        store.save_person(name, text, expected_version=0)


def list_people(workspace: str | None, *, now: Now) -> tuple[str, ...]:
    """The names in the workspace."""
    with open_store(workspace, now=now) as store:
        return tuple(store.list_people())


def delete_person(name: str, *, workspace: str | None, now: Now) -> None:
    """Erase a person with every version and plan; ``PersonNotFound`` where there is none."""
    with open_store(workspace, now=now) as store:
        store.delete_person(name)
