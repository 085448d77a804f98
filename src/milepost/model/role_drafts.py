"""A role that was made from something outside: targets with their confidence, to be confirmed by a person."""

import datetime as dt
from dataclasses import dataclass

from milepost.model.roles import Role


@dataclass(frozen=True, slots=True)
class DraftTarget:
    """A level that a role may ask of one skill, how sure that is (0 to 1), and whether it counts."""

    skill: str
    level: float
    reason: str
    confidence: float
    accept: bool


@dataclass(frozen=True, slots=True)
class Unmapped:
    """Something that the source asks for and that stands for no skill of ours."""

    name: str
    level: str
    why: str


@dataclass(frozen=True, slots=True)
class RoleDraft:
    """A role with its proposed targets; ``role.targets`` holds only those that count.

    ``basis`` says how the levels of the source became levels from 0 to 5.
    """

    role: Role
    source: str
    date: dt.date
    basis: str
    targets: tuple[DraftTarget, ...]
    unmapped: tuple[Unmapped, ...] = ()
