"""Capability frameworks and career ladders: what a role asks for, in the framework's own words."""

from collections.abc import Mapping
from dataclasses import dataclass, field

STACK = "stack"
"""In a crosswalk, the skills that the user names as their technology."""


@dataclass(frozen=True, slots=True)
class Need:
    """One skill that a role level asks for; ``level`` is the framework's word, ``text`` what it says of it."""

    name: str
    level: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class FrameworkRole:
    """One level of one role of a framework."""

    name: str
    level: str
    meaning: str
    needs: tuple[Need, ...]

    @property
    def title(self) -> str:
        """What the role is called at this level."""
        return self.level or self.name


@dataclass(frozen=True, slots=True)
class Framework:
    """The roles of one file; ``crosswalk`` is the id of the shipped crosswalk that fits, if any."""

    name: str
    crosswalk: str
    roles: tuple[FrameworkRole, ...]


@dataclass(frozen=True, slots=True)
class Bridge:
    """One of our skills for a need, how sure that is, and the level where the need itself says it."""

    skill: str
    confidence: float
    level: float | None = None


@dataclass(frozen=True, slots=True)
class Grade:
    """A framework's word for a level, as a level from 0 to 5, with the reason."""

    level: float
    why: str


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """From the needs and level words of a framework to our skills and levels; all of it is judgement."""

    id: str
    name: str
    credit: str
    scale: Mapping[str, Grade] = field(default_factory=dict)
    needs: Mapping[str, tuple[Bridge, ...]] = field(default_factory=dict)
