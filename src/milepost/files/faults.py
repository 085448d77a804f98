"""The problems of files while they are read, and the names that they may refer to."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import NamedTuple

from milepost.errors import Problem
from milepost.files.nodes import Mark
from milepost.files.yaml_text import Sheet

MOST_PROBLEMS = 200
FEW_NAMES = 12
LISTED = {"role": "roles", "skill": "skills", "activity": "activities"}
"""What `milepost list` can show; names of other kinds are few and stand in the hint itself."""

NEAR_ENOUGH = 62.0
"""Similarity (0 to 100, rapidfuzz's ratio) from which a name is offered."""


class Fault(NamedTuple):
    """A problem at its place; a hint that takes time to find is found only if it is shown."""

    mark: Mark
    field: str
    message: str
    hint: str | Callable[[], str]


class Mention(NamedTuple):
    """A name that has to exist, at its place."""

    kind: str
    name: str
    mark: Mark
    field: str


@dataclass(frozen=True)
class Names:
    """The names of one kind that exist; ``spellings`` leads from other spellings, casefolded, to them."""

    kind: str
    known: frozenset[str]
    spellings: Mapping[str, str] = field(default_factory=dict)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Up to three known names that look like this one, the most similar first."""
        exact = self.spellings.get(name.casefold())
        if exact is not None:
            return (exact,)
        return nearest(name, self.known)

    def hint(self, name: str) -> str:
        """What to do about a name that does not exist."""
        near = self.nearest(name)
        if near:
            return f"Did you mean {' or '.join(near)}?"
        if self.kind in LISTED and len(self.known) > FEW_NAMES:
            return f"`milepost list {LISTED[self.kind]}` shows all."
        return f"There are: {', '.join(sorted(self.known))}." if self.known else "There is none yet."


def nearest(name: str, known: Iterable[str]) -> tuple[str, ...]:
    """Up to three of the known names that look like this one; ties in order of name."""
    from rapidfuzz import fuzz, process

    found = process.extract(
        name.casefold()[:100], sorted(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=3
    )
    return tuple(match for match, score, _ in found if score >= found[0][1] - 10)


@dataclass
class Faults:
    """What is wrong in one file, gathered while it is read."""

    sheet: Sheet
    found: list[Fault] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)

    def add(self, mark: Mark, name: str, message: str, hint: str | Callable[[], str] = "") -> None:
        """Note a problem of a field."""
        self.found.append(Fault(mark, name, message, hint))

    def mention(self, kind: str, text: object, mark: Mark, name: str) -> str:
        """Note that a text has to be a known name; ``settle`` checks it."""
        if not isinstance(text, str) or not text:
            self.add(mark, name, f"{shown(text)} is not the name of a {kind}", f"Write the id of a {kind}.")
            return ""
        self.mentions.append(Mention(kind, text, mark, name))
        return text

    def settle(self, names: Mapping[str, Names]) -> None:
        """Turn every mention of a name that does not exist into a problem."""
        for kind, name, mark, where in self.mentions:
            if name not in names[kind].known:
                message = f"there is no {kind} called {name[:80]!r}"
                self.add(mark, where, message, partial(names[kind].hint, name))
        self.mentions.clear()

    def problems(self) -> tuple[Problem, ...]:
        """All problems in order of place; after the first 200 only how many more there are."""
        found = sorted(self.found, key=lambda fault: (fault.mark, fault.field, fault.message))
        count = len(found) + len(self.sheet.problems)
        listed = [
            *self.sheet.problems[:MOST_PROBLEMS],
            *(self._problem(fault) for fault in found[:MOST_PROBLEMS]),
        ]
        listed.sort(key=lambda problem: (problem.line, problem.column))
        if count <= MOST_PROBLEMS:
            return tuple(listed)
        more = f"and {count - MOST_PROBLEMS} more problems"
        hint = "Correct the ones above first, then check again."
        return (*listed[:MOST_PROBLEMS], Problem(self.sheet.path, 0, 0, "", more, hint))

    def _problem(self, fault: Fault) -> Problem:
        hint = fault.hint if isinstance(fault.hint, str) else fault.hint()
        return Problem(self.sheet.path, *fault.mark, fault.field, fault.message, hint)


def shown(value: object) -> str:
    """A value as a message shows it: short, and a collection only by its kind."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, list):
        return "a list"
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = str(value)[:60] if not isinstance(value, int) or abs(value) < 10**60 else "a very large number"
    return text or "an empty text"
