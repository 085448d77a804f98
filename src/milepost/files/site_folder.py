"""A folder that holds a published site: only what was put there before is ever replaced or removed."""

import hashlib
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import UsageError

MARKER = ".milepost-site"
"""The file that makes a folder one of ours; it holds the digest of every file that was written."""

_NAME = re.compile(r"[a-z0-9][a-z0-9-]*\.[a-z]+\Z")
_ELSEWHERE = "Choose an empty folder with --out, or one that `milepost publish` made."


@dataclass(frozen=True)
class SiteFolder:
    """A folder that may be published into: what was written there before, by name and digests."""

    path: Path
    known: Mapping[str, tuple[str, ...]]


def open_site_folder(path: Path, names: tuple[str, ...]) -> SiteFolder:
    """The folder, found fit to take files of these names; nothing is written yet.

    Raises ``UsageError`` where it holds something that ``write_site`` did not put there and
    would have to replace, or where it is not empty and not ours.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(f"{path} is not a folder", hint=_ELSEWHERE)
    try:
        there = sorted(entry.name for entry in path.iterdir()) if path.exists() else []
    except OSError as fault:
        raise UsageError(f"{path} cannot be read: {fault.strerror}", hint=_ELSEWHERE) from fault
    if there and MARKER not in there:
        raise UsageError(f"{path} holds files that `milepost publish` did not make", hint=_ELSEWHERE)
    folder = SiteFolder(path, _read_marker(path) if there else {})
    for name in names:
        if name in there and not _ours(folder, name):
            raise UsageError(
                f"{path / name} was changed by hand or by another program; it was not replaced",
                hint="Move it away, or choose another folder with --out.",
            )
    return folder


def write_site(folder: SiteFolder, files: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write the files, each whole or not at all; files of an earlier run that are no longer made go.

    The marker first names the old and the new digests, so that a run that was cut short can be
    repeated. A file of an earlier run that was changed since stays.
    """
    fresh = {name: (_digest(data),) for name, data in files.items()}
    try:
        folder.path.mkdir(parents=True, exist_ok=True)
        both = {name: folder.known.get(name, ()) + fresh.get(name, ()) for name in {*folder.known, *fresh}}
        _put(folder.path / MARKER, _marker(both))
        for name, data in files.items():
            _put(folder.path / name, data)
        for name in sorted(set(folder.known) - set(files)):
            if _ours(folder, name):
                (folder.path / name).unlink(missing_ok=True)
        _put(folder.path / MARKER, _marker(fresh))
    except OSError as fault:
        raise UsageError(
            f"{folder.path} cannot be written: {fault.strerror or fault}",
            hint="Check the rights of the folder and the space on the disk, and run the command again.",
        ) from fault
    return tuple(folder.path / name for name in files)


def _ours(folder: SiteFolder, name: str) -> bool:
    """Whether a file is one that we wrote and nobody changed; links are never ours."""
    file = folder.path / name
    if file.is_symlink() or not file.is_file():
        return False
    return _digest(file.read_bytes()) in folder.known.get(name, ())


def _read_marker(path: Path) -> dict[str, tuple[str, ...]]:
    try:
        files = json.loads((path / MARKER).read_text(encoding="utf-8"))["files"]
        known = {str(name): tuple(map(str, digests)) for name, digests in files.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UsageError(f"{path / MARKER} cannot be read as what publish wrote", hint=_ELSEWHERE) from fault
    # Why: the marker is a file like any other; a name in it must not lead out of the folder.
    return {name: digests for name, digests in known.items() if _NAME.match(name)}


def _marker(files: Mapping[str, tuple[str, ...]]) -> bytes:
    ordered = {name: sorted(set(files[name])) for name in sorted(files)}
    return (json.dumps({"made_by": "milepost publish", "files": ordered}, indent=1) + "\n").encode()


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _put(path: Path, data: bytes) -> None:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        # Why: the temporary file is readable for its owner only, and a site is for a server.
        Path(name).chmod(0o644)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
