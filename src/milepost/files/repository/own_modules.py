"""Python modules that the repository itself defines: a module of one's own called ``datasets`` is not the package."""

from itertools import islice
from pathlib import PurePosixPath

from milepost.files.repository.git import Git

MOST_NAMES = 200_000
"""Files of the newest commit that are looked at by name."""

ROOTS = ("", "src", "lib", "python", "app")
"""Folders that code is usually imported from."""


class OwnModules:
    """The modules of one commit by the folder that they are imported from."""

    def __init__(self, paths: "list[str] | tuple[str, ...]" = ()) -> None:
        self._in_folder: set[tuple[str, str]] = set()
        for path in paths:
            self._add(PurePosixPath(path))

    def _add(self, path: PurePosixPath) -> None:
        if path.suffix != ".py":
            return
        folder = _folder(path)
        if path.name == "__init__.py":
            self._in_folder.add((_folder(path.parent), path.parent.name))
        else:
            self._in_folder.add((folder, path.stem))
        for root in ROOTS:
            inside = path.relative_to(root) if root and path.is_relative_to(root) else None if root else path
            if inside is not None and len(inside.parts) > 1:
                self._in_folder.add((root, inside.parts[0]))

    def define(self, path: str, module: str) -> bool:
        """Whether a module that a file imports is one of the repository's own.

        >>> own = OwnModules(["src/datasets/load.py", "tools/clip.py"])
        >>> own.define("train.py", "datasets.load"), own.define("tools/a.py", "clip"), own.define("a.py", "torch")
        (True, True, False)
        """
        root = module.partition(".")[0]
        folder = _folder(PurePosixPath(path))
        return any((place, root) in self._in_folder for place in (folder, *ROOTS))


def _folder(path: PurePosixPath) -> str:
    parent = path.parent.as_posix()
    return "" if parent == "." else parent


def read_own_modules(git: Git, tip: str) -> OwnModules:
    """The modules of one commit."""
    names = git.fields("ls-tree", "-r", "-z", "--name-only", "--full-tree", tip)
    found = [name.decode("utf-8", "replace") for name in islice(names, MOST_NAMES)]
    names.close()
    return OwnModules(found)
