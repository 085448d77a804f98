"""What a process of its own is sent out for, and what has come of it: nothing but values that JSON can hold."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import TypeAdapter

from milepost.errors import InvalidInput, MilepostError
from milepost.model.stages import WAITING

Result = TypeVar("Result")
PROPOSALS, SCANS, CVS, COUNTS = "proposals", "scans", "cvs", "counts"
"""The kinds of long work; each is also the name of the folder where its results are kept."""
RUNNING, READY, REFUSED = "running", "ready", "refused"
STOPPED, CANCELLED = "stopped", "cancelled"
"""``stopped`` by the end of the server, ``cancelled`` by the person."""


@dataclass(frozen=True)
class Errand:
    """One piece of long work for one person, or for nobody (``name`` is empty).

    ``asked`` is what was typed, ``where`` what the person is loaded by. ``desk`` is a folder
    for what has to lie somewhere meanwhile.
    """

    kind: str
    name: str
    where: str
    workspace: str | None
    now: dt.datetime
    today: dt.date
    asked: dict[str, object] = field(default_factory=dict)
    desk: Path = Path()

    @property
    def brought(self) -> Path:
        """The folder on the desk with the files that came with the errand."""
        return self.desk / "brought"

    def text(self, name: str) -> str:
        """One thing that was typed; empty where it was left out."""
        found = self.asked.get(name)
        return found if isinstance(found, str) else ""


@dataclass(frozen=True)
class Refusal:
    """Why there is no result, and what would help."""

    because: tuple[str, ...]
    relax: tuple[str, ...] = ()


def refusal_of(fault: MilepostError) -> Refusal:
    """An error that the person can act on, every problem by itself."""
    if isinstance(fault, InvalidInput):
        said = [(f"{each.path}: {each.message}" if each.path else each.message) for each in fault.problems]
        hints = dict.fromkeys(each.hint for each in fault.problems if each.hint)
        return Refusal(tuple(said), tuple(hints))
    return Refusal((fault.message,), (fault.hint,) if fault.hint else ())


@dataclass(frozen=True)
class Work:
    """One piece of long work as a page shows it: how far it is, or what has come of it.

    ``done`` of ``whole`` tells the present stage (0 of 0 where it cannot be counted).
    """

    state: str
    number: int
    asked: Mapping[str, object] = field(default_factory=dict)
    step: str = WAITING
    done: int = 0
    whole: int = 0
    result: Mapping[str, object] | None = None
    because: tuple[str, ...] = ()
    relax: tuple[str, ...] = ()

    def read(self, reader: TypeAdapter[Result]) -> Result | None:
        """What has come of it; None before it is ready, and where an earlier version kept it in another form."""
        if self.state != READY:
            return None
        try:
            return reader.validate_python(self.result)
        except ValueError:
            return None

    @property
    def share(self) -> float | None:
        """How much of the present stage is done, 0 to 1; None where it cannot be counted."""
        return min(1.0, self.done / self.whole) if self.whole else None
