"""Every error a user can meet, drawn as a tree.

    MilepostError                 the user can act: what happened, where, what to do next
    ├── InvalidInput              one or more problems in something the user wrote (exit 2)
    │   └── UnknownName           a role, skill, person or activity that does not exist
    ├── UsageError                a command or a library call that contradicts itself (exit 2)
    └── WorkspaceError            the store cannot be opened, read or written (exit 2)
        └── PersonNotFound        no person of that name in the workspace

Anything else that escapes is a bug and keeps its traceback. "No plan fits" is not
an error: it is the value ``Infeasible``.
"""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault in something a user wrote, with the place and the next step.

    ``line`` and ``column`` count from 1; 0 means that the place is not known.
    ``field`` is a dotted path such as ``ratings.python.level``.
    """

    path: str
    line: int
    column: int
    field: str
    message: str
    hint: str = ""

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        text = ": ".join(part for part in (where, self.field, self.message) if part)
        return f"{text}\n    {self.hint}" if self.hint else text


class MilepostError(Exception):
    """The user can act on this: a message that says what happened, and a hint that says what to do."""

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class InvalidInput(MilepostError):
    """Something the user wrote has problems; all of them are listed at once."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        count = len(problems)
        super().__init__(
            f"{count} problem{'s' if count != 1 else ''} found; nothing was changed",
            hint="Correct the lines named above and run the command again.",
        )
        self.problems = tuple(problems)

    def __str__(self) -> str:
        return "\n".join([self.message, *(str(problem) for problem in self.problems)])


LISTINGS = {
    "role": "milepost list roles",
    "skill": "milepost list skills",
    "activity": "milepost list activities",
    "card": "milepost cards PERSON --json",
    "task": "milepost task --list",
    "skill or area": "milepost assess PERSON --areas",
}
"""The command that lists every name of a kind."""


class UnknownName(InvalidInput):
    """A name that the catalogue or the workspace does not know, with the nearest ones."""

    def __init__(self, kind: str, name: str, *, nearest: Sequence[str] = ()) -> None:
        listing = LISTINGS.get(kind)
        all_of_them = f"Run `{listing}` to see them all." if listing else ""
        hint = f"Did you mean {', '.join(nearest)}?" if nearest else all_of_them
        super().__init__([Problem("", 0, 0, "", f"there is no {kind} called {name!r}", hint)])
        self.message = f"there is no {kind} called {name!r}"
        self.hint = hint

    def __str__(self) -> str:
        return self.message


class UsageError(MilepostError):
    """A command or call that cannot mean anything, such as an end before its start."""


class WorkspaceError(MilepostError):
    """The workspace cannot be opened, read or written."""


class PersonNotFound(WorkspaceError):
    """No person of that name is in the workspace."""

    def __init__(self, name: str, *, known: Sequence[str] = ()) -> None:
        hint = (
            f"People in this workspace: {', '.join(known)}."
            if known
            else "The workspace is empty: `milepost import FILE` puts a person file into it."
        )
        super().__init__(f"no person or file called {name!r}", hint=hint)
