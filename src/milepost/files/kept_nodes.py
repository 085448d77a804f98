"""Nodes of files that were read before, kept in the user's cache folder so that a second reading is quick.

The name of a kept file is the hash of what was read, so a changed file is read anew; its
first line is the hash of the rest, so a damaged one is ignored. A folder that cannot be
read or written costs time, never a result.
"""

import hashlib
import json
import os
import tempfile
from pathlib import Path
from typing import Any

import platformdirs

from milepost.files.nodes import Node, Sheet
from milepost.files.yaml_text import read_yaml

FORMAT = "1"
"""Part of every name; a new number forgets what older versions kept."""

MOST_KEPT = 500
"""Files in the cache folder; when there are more, the older half goes."""

WORTH_KEEPING = 4_000
"""Bytes from which a file is kept; smaller ones are read as quickly anew."""


def read_kept(data: bytes, *, path: str) -> Sheet:
    """``read_yaml``, from the cache where these bytes were read before."""
    if len(data) < WORTH_KEEPING:
        return read_yaml(data, path=path)
    kept = folder() / f"{hashlib.sha256(FORMAT.encode() + data).hexdigest()}.json"
    root = _load(kept)
    if root is not None:
        return Sheet(path, data.decode("utf-8-sig"), root)
    sheet = read_yaml(data, path=path)
    if sheet.root is not None and not sheet.problems:
        _save(kept, sheet.root)
    return sheet


def folder() -> Path:
    """Where nodes are kept: the platform's cache folder of the user."""
    return platformdirs.user_cache_path("milepost") / "content"


def _load(path: Path) -> Node | None:
    try:
        digest, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != digest:
            return None
        return _node(json.loads(body))
    except (OSError, ValueError, TypeError):
        return None


def _save(path: Path, root: Node) -> None:
    body = json.dumps(root, separators=(",", ":")).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        Path(name).replace(path)
        _forget(path.parent)
    except OSError:
        return


def _forget(place: Path) -> None:
    kept = list(place.iterdir())
    if len(kept) > MOST_KEPT:
        for old in sorted(kept, key=lambda path: path.stat().st_mtime)[: len(kept) // 2]:
            old.unlink(missing_ok=True)


def _node(row: list[Any]) -> Node:
    value, start, end, key = row
    if isinstance(value, dict):
        value = {name: _node(child) for name, child in value.items()}
    elif isinstance(value, list):
        value = [_node(child) for child in value]
    return Node(value, start, end, key)
