"""The cautious rule from how much a person's commits show to the level that is proposed; every number is an assumption."""

from collections.abc import Iterable
from dataclasses import dataclass

from milepost.files.repository.signs import CEILING
from milepost.files.repository.words import counted


@dataclass(frozen=True, slots=True)
class Rung:
    """What a level takes: months with a commit, own commits, files, and files of tests by the same person."""

    level: float
    months: int
    commits: int
    files: int
    tests: int = 0

    def __str__(self) -> str:
        parts = [counted(self.months, "month")] if self.months else []
        parts += [counted(self.commits, "commit"), counted(self.files, "file")]
        parts += [f"{counted(self.tests, 'file')} of tests"] if self.tests else []
        return f"{', '.join(parts[:-1])} and {parts[-1]}"


RUNGS = (
    Rung(3.0, months=12, commits=60, files=10, tests=3),
    Rung(2.5, months=6, commits=25, files=5),
    Rung(2.0, months=3, commits=10, files=3),
)
"""Basis: assumption. Activity correlates weakly with skill (signal has slope .3 in settings), so long use, breadth and
tests are asked for, and 3 ("ships alone") is the most; nobody's levels were measured against repositories."""

LEAST = 2.0
"""No level below this is proposed. Basis: the model of levels. With slope .3 around a mean of 2 even a beginner is expected
to show 1.4, so a signal of 1 would lower an estimate (2.0 to 1.4 of a skill without other evidence) because somebody used
a thing once. Little use says that it was used, and no level: the person gives one."""


@dataclass(frozen=True, slots=True)
class Amount:
    """How much there is: months with a commit, own commits, files."""

    months: int
    commits: int
    files: int


@dataclass(frozen=True, slots=True)
class Judgement:
    """The proposed level, None where there is too little for one; the least limit of the signs behind it; the rule in words."""

    level: float | None
    most: float
    words: str


def judge_amounts(amounts: Iterable[tuple[float, Amount]], *, tests: int) -> Judgement:
    """The highest level that the signs of one skill reach, or none.

    Each pair is a limit and the amount of all signs that may propose at least that much: a
    hint, however often repeated, does not lift a level above its own limit. level = max over
    the limits of min(limit, the highest rung whose months, commits, files and tests are all
    reached); below ``LEAST`` there is no level.
    """
    pairs = sorted(amounts, key=lambda pair: -pair[0])
    best = Judgement(None, 0.0, _too_little(max((limit for limit, _ in pairs), default=0.0)))
    for most, amount in pairs:
        limit = min(most, CEILING)
        reached = next((n for n, rung in enumerate(RUNGS) if _reaches(rung, amount, tests)), None)
        if reached is None:
            continue
        level = min(limit, RUNGS[reached].level)
        if level >= LEAST and level > (best.level or 0):
            best = Judgement(level, limit, _words(reached, limit))
    return best


def _reaches(rung: Rung, amount: Amount, tests: int) -> bool:
    return (
        amount.months >= rung.months
        and amount.commits >= rung.commits
        and amount.files >= rung.files
        and tests >= rung.tests
    )


def _words(reached: int, limit: float) -> str:
    rung = RUNGS[reached]
    if limit < CEILING and rung.level >= limit:
        return f"This kind of sign never proposes more than {limit:g}, which takes {_taking(limit)}."
    if rung.level >= CEILING:
        return f"{rung.level:g} takes {rung}; a repository by itself never proposes more."
    above = RUNGS[reached - 1]
    return f"{rung.level:g} takes {rung}; {above.level:g} would take {above}."


def _taking(level: float) -> Rung:
    """The lowest rung that reaches a level."""
    return next(rung for rung in reversed(RUNGS) if rung.level >= level)


def _too_little(most: float) -> str:
    if most < LEAST:
        return "This kind of sign is a hint and never proposes a level: give one yourself if you enter it."
    return f"That is too little for a level: {LEAST:g} would take {_taking(LEAST)}. Give one yourself if you enter it."
