"""The packaged catalogue, kept ready in the user's cache folder: reading 90 YAML files takes half a second.

The copy counts only for the very files that it was made from: their sizes and times, the
program's own readers, and the Python that wrote it. Anything unexpected in it, and the
content is read anew; nothing is ever lost with it.
"""

import hashlib
import io
import os
import pickle
import sys
import tempfile
from contextlib import suppress
from enum import Enum
from pathlib import Path
from typing import Any

from platformdirs import user_cache_path

from milepost.model.activities import Catalogue

_PACKAGE = Path(__file__).resolve().parent.parent
_READERS = ("files", "model")
_SEEN = 32
"""Bytes of the fingerprint at the head of the file."""


class _PlainEnums(pickle.Pickler):
    """Writes members of enumerations by their value. Why: Python 3.11.0 to 3.11.3 write them as a call of getattr."""

    def reducer_override(self, value: object) -> Any:  # noqa: ANN401 - the signature of pickle
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


def _written(catalogue: Catalogue) -> bytes:
    out = io.BytesIO()
    _PlainEnums(out, protocol=5).dump(catalogue)
    return out.getvalue()


class _ValuesOnly(pickle.Unpickler):
    """Builds nothing but values of the model and dates: a copy that was tampered with runs no code."""

    def find_class(self, module: str, name: str) -> object:
        allowed = module.startswith("milepost.model.") and "." not in name
        if allowed or (module, name) == ("datetime", "date"):
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no value of the catalogue")


def cache_path() -> Path:
    """Where the copy lies."""
    return user_cache_path("milepost", appauthor=False) / "catalogue.bin"


def load_cached(root: Path) -> Catalogue | None:
    """The catalogue of the very files in ``root``, or None where there is no such copy."""
    try:
        with cache_path().open("rb") as file:
            if file.read(_SEEN) != _fingerprint(root):
                return None
            found = _ValuesOnly(io.BytesIO(file.read())).load()
    except Exception:  # noqa: BLE001 - a damaged copy may fail in any way; the content itself is there
        return None
    return found if isinstance(found, Catalogue) else None


def save_cached(root: Path, catalogue: Catalogue) -> None:
    """Keep a copy for the next command; where that is not possible, nothing is said and nothing is missing."""
    path = cache_path()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, name = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(_fingerprint(root) + _written(catalogue))
            Path(name).replace(path)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise


def _fingerprint(root: Path) -> bytes:
    """What the copy depends on: every content file, the readers, and this Python."""
    seen = hashlib.sha256(sys.version.encode())
    sources = [path for name in _READERS for path in (_PACKAGE / name).glob("*.py")]
    for path in sorted((*root.rglob("*.yaml"), *sources)):
        state = path.stat()
        seen.update(f"{path}\0{state.st_size}\0{state.st_mtime_ns}\n".encode())
    return seen.digest()
