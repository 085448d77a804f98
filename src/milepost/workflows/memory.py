"""What a surface that stays open remembers: what was made from files, for as long as these are the same."""

import os
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import TypeVar

MOST = 64
"""Things remembered; the one that was not asked for longest goes first."""
SETTLED_SECONDS = 2.0
"""How long files must have been the same before anything is remembered of them: as long as the coarsest time
stamp of a file system, so that a change right after the reading cannot carry the stamp of the one before it."""

Made = TypeVar("Made")
Key = TypeVar("Key", bound=Hashable)
Stamp = tuple[int, ...] | None
"""Which file it is, its size and its times; None where there is none, or an empty one."""


class Memory:
    """Remembers by name what was made from files; whoever changes them, in whatever process, it is made anew.

    Threads may share it. What it gives is shared too, and is never changed.
    """

    def __init__(self) -> None:
        self._lock = Lock()
        self._seen: OrderedDict[tuple[Path, ...], tuple[tuple[Stamp, ...], float]] = OrderedDict()
        self._made: OrderedDict[Hashable, tuple[tuple[Stamp, ...], object]] = OrderedDict()

    def recall(self, name: Hashable, files: tuple[Path, ...], make: Callable[[], Made]) -> Made:
        """What ``make`` gives, remembered by name; all that it depends on is the name and the files.

        Without a file nothing tells when it changes, and nothing is remembered.
        """
        if not files:
            return make()
        stamps = tuple(map(_stamp, files))
        with self._lock:
            settled = self._is_settled(files, stamps)
            found = self._made.get(name)
            if found is not None and found[0] == stamps:
                self._made.move_to_end(name)
                return found[1]  # type: ignore[return-value] # a name stands for one maker
        # Why what is made may be newer than the stamps: then the files have others by now, and it is never given.
        made = make()
        if settled:
            with self._lock:
                _put(self._made, name, (stamps, made))
        return made

    def _is_settled(self, files: tuple[Path, ...], stamps: tuple[Stamp, ...]) -> bool:
        now = time.monotonic()
        seen = self._seen.get(files)
        if seen is None or seen[0] != stamps:
            _put(self._seen, files, (stamps, now))
            return False
        self._seen.move_to_end(files)
        return now - seen[1] >= SETTLED_SECONDS


def _put(where: OrderedDict[Key, Made], name: Key, value: Made) -> None:
    where[name] = value
    where.move_to_end(name)
    if len(where) > MOST:
        where.popitem(last=False)


def _stamp(path: Path) -> Stamp:
    """Why an empty file is as good as none: a database that is only read has an empty log beside it."""
    try:
        state = os.stat(path)  # noqa: PTH116 - a page asks several times, and Path takes twice as long
    except OSError:
        return None
    if not state.st_size:
        return None
    return state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns
