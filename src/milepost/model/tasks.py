"""Practical tasks: a small function to write or mend, and the hidden cases that grade it."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """One hidden test: the arguments and the expected result, both as JSON."""

    arguments: str
    expected: str


@dataclass(frozen=True, slots=True)
class CaseGroup:
    """Cases that test one idea; ``hint`` is what a learner is told where one of them fails."""

    name: str
    hint: str
    cases: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Mistake:
    """A solution with a named mistake, that the cases have to catch."""

    why: str
    code: str


@dataclass(frozen=True, slots=True)
class CodeTask:
    """One task: ``level`` (0–5) is what full marks show of the skill, ``minutes`` what it usually takes."""

    id: str
    skill: str
    area: str
    title: str
    level: float
    minutes: float
    statement: str
    function: str
    starter: str
    solution: str
    groups: tuple[CaseGroup, ...]
    mistakes: tuple[Mistake, ...]
    reviewed: dt.date


@dataclass(frozen=True, slots=True)
class GroupResult:
    """How the cases of one group went: passed of all, and the hint where some failed."""

    name: str
    passed: int
    cases: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Grade:
    """What a submission showed: ``share`` of the groups that passed in full, the level that follows, and what went wrong.

    ``fault`` is empty, or says why it could not be run to its end (time, memory, a syntax error).
    """

    task: str
    share: float
    level: float
    groups: tuple[GroupResult, ...]
    fault: str = ""
