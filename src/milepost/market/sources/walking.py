"""Which files a person means: globs, folders and single files, always in the same order."""

import os
from collections.abc import Iterator, Sequence
from glob import has_magic
from pathlib import Path

from milepost.errors import InvalidInput, Problem

_PAGE_PARTS = ("_files", "_bestanden", "_dateien", ".fld")
"""Folders that browsers put beside a saved page for its pictures and scripts."""
_DOCUMENTS = ("readme", "source", "license", "licence", "changelog", "contributing")


def expand_paths(patterns: Sequence[str], *, folder: Path) -> tuple[Path, ...]:
    """The files and folders that globs name, relative to ``folder``, each once and in order.

    Raises InvalidInput with every pattern that matches nothing.
    """
    found: dict[Path, None] = {}
    problems: list[Problem] = []
    for pattern in patterns:
        matches = _matches(pattern, folder)
        if not matches:
            problems.append(_nothing(pattern, folder))
        found.update(dict.fromkeys(matches))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _matches(pattern: str, folder: Path) -> list[Path]:
    if not pattern.strip():
        return []
    whole = Path(pattern).expanduser()
    anchored = whole if whole.is_absolute() else folder / whole
    if anchored.exists():
        return [anchored]
    if not has_magic(pattern):
        return []
    root = Path(whole.anchor) if whole.is_absolute() else folder
    relative = str(whole.relative_to(whole.anchor)) if whole.is_absolute() else str(whole)
    try:
        return sorted(path for path in root.glob(relative) if not path.name.startswith("."))
    except (ValueError, NotImplementedError, OSError):
        return []


def _nothing(pattern: str, folder: Path) -> Problem:
    message = f"{pattern!r} matches no file"
    hint = f"Patterns are relative to {folder}; put advertisements there or correct the pattern."
    return Problem("", 0, 0, "ads", message, hint)


def files_in(path: Path) -> Iterator[Path]:
    """A file itself, or the files below a folder in sorted order.

    Left out: hidden files, the parts of saved pages, and documents about the folder such as README.md.
    """
    if not path.is_dir():
        yield path
        return
    for parent, folders, names in os.walk(path):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.endswith(_PAGE_PARTS)
        )
        for name in sorted(names):
            if not name.startswith(".") and Path(name).stem.casefold() not in _DOCUMENTS:
                yield Path(parent) / name


def names_of(files: Sequence[Path]) -> tuple[str, ...]:
    """Each file as it is called below the folder that all share, so that no name tells where that folder is."""
    if len(files) == 1:
        return (files[0].name,)
    whole = [os.path.abspath(file) for file in files]  # noqa: PTH100 - resolve() would follow links
    shared = os.path.commonpath(whole) if len({Path(file).anchor for file in whole}) == 1 else ""
    if shared in whole:
        shared = str(Path(shared).parent)
    return tuple(
        Path(os.path.relpath(file, shared)).as_posix() if shared else Path(file).name for file in whole
    )
