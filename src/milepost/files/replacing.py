"""Files that are replaced whole: after a crash there is the old text or the new one, never a part."""

import contextlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from milepost.errors import UsageError


def replace_text(path: Path, text: str, *, was: bytes | None) -> bool:
    """Put ``text`` in place of the file, if it still holds ``was`` (None: if there is none).

    Gives False, and changes nothing, where the file holds something else by now. The new
    bytes are on the disk before they get the name; the file keeps its permissions. Raises
    ``UsageError`` where the folder cannot be written.
    """
    path = path.resolve()
    try:
        with _beside(path, text.encode()) as fresh:
            if read_bytes(path) != was:
                return False
            if was is not None:
                fresh.chmod(path.stat().st_mode & 0o777)
            fresh.replace(path)
            _settle(path.parent)
            return True
    except OSError as fault:
        raise UsageError(
            f"{path.name} cannot be written: {fault.strerror or fault}",
            hint="Check the rights of the file and its folder, and the space on the disk; nothing was changed.",
        ) from fault


def write_new_text(path: Path, text: str) -> None:
    """Write a new file; ``UsageError`` where it is there already: what somebody edited is not overwritten."""
    if not replace_text(path, text, was=None):
        raise UsageError(
            f"{path} is there already", hint="Name another file; what you edited is not overwritten."
        )


def read_bytes(path: Path) -> bytes | None:
    """What the file holds; None where there is none."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None


@contextlib.contextmanager
def _beside(path: Path, data: bytes) -> Iterator[Path]:
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".new", dir=path.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        yield fresh
    finally:
        fresh.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Make the new name outlive a power cut, where the system can do that for a folder."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
