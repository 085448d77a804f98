"""Skills, the areas they belong to, and what each level of them looks like."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from milepost.model.language import marked

LOWEST_LEVEL = 0.0
HIGHEST_LEVEL = 5.0
LEVEL_NAMES = (
    marked("none"),
    marked("aware"),
    marked("assisted"),
    marked("independent"),
    marked("fluent"),
    marked("authority"),
)
"""What the whole levels 0 to 5 are called (method note, settled point 17)."""


class AreaKind(StrEnum):
    """Which part of the T an area belongs to."""

    FOUNDATION = "foundation"
    SPECIALISATION = "specialisation"
    WORKING = "working"


class Durability(StrEnum):
    """How long a skill of this kind keeps its demand; only the prior (method note, settled point 13)."""

    CONCEPT = "concept"
    LANGUAGE = "language"
    PLATFORM = "platform"
    FRAMEWORK = "framework"


class HoursClass(StrEnum):
    """How much practice one level takes: a broad area or one narrow tool."""

    BROAD = "broad"
    NARROW = "narrow"


@dataclass(frozen=True, slots=True)
class Area:
    """One of the six foundation areas, a specialisation, or the working skills."""

    id: str
    name: str
    kind: AreaKind
    meaning: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A surface form under which an advertisement names a skill.

    ``case_sensitive`` asks for exactly this spelling (``Go``, ``R``); ``ambiguous``
    means that context has to decide whether the skill is meant at all.
    """

    text: str
    case_sensitive: bool = False
    ambiguous: bool = False


@dataclass(frozen=True, slots=True)
class Skill:
    """Something a person can do at a level from 0 to 5.

    ``core`` skills stand for their area in the T-shape numbers. A mention of this
    skill also counts for the concept it ``rolls_up_to`` (never the other way round).
    """

    id: str
    name: str
    area: str
    meaning: str
    durability: Durability
    hours_class: HoursClass
    aliases: tuple[Alias, ...] = ()
    prerequisites: tuple[str, ...] = ()
    rolls_up_to: str | None = None
    core: bool = False
    esco: str | None = None
    onet: str | None = None


@dataclass(frozen=True, slots=True)
class Anchors:
    """What the levels 0 to 5 of a skill or an area look like, each checkable with an example."""

    levels: tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact or a file of facts comes from, when it was true, and on what basis."""

    text: str
    date: str
    basis: str


@dataclass(frozen=True, slots=True)
class SkillTree:
    """All areas, skills and anchors, by id."""

    areas: Mapping[str, Area]
    skills: Mapping[str, Skill]
    skill_anchors: Mapping[str, Anchors] = field(default_factory=dict)
    area_anchors: Mapping[str, Anchors] = field(default_factory=dict)
    _by_area: dict[str, tuple[Skill, ...]] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )
    _waiting: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)
    # Why kept: hundreds of people are measured against one tree, and a tree never changes.

    def in_area(self, area: str) -> tuple[Skill, ...]:
        """The skills of one area, in order of id."""
        if area not in self._by_area:
            found = tuple(skill for _, skill in sorted(self.skills.items()) if skill.area == area)
            self._by_area[area] = found
        return self._by_area[area]

    def anchors_for(self, skill: str) -> Anchors:
        """The anchors of a skill, or those of its area where the skill has none of its own."""
        own = self.skill_anchors.get(skill)
        return own if own is not None else self.area_anchors[self.skills[skill].area]

    def dependants(self) -> Mapping[str, int]:
        """How many skills wait for each skill as a direct or indirect prerequisite."""
        if not self._waiting:
            self._waiting.update(self._count_dependants())
        return self._waiting

    def _count_dependants(self) -> dict[str, int]:
        waiting: dict[str, set[str]] = {skill: set() for skill in self.skills}
        for skill in self.skills.values():
            pending = list(skill.prerequisites)
            seen: set[str] = set()
            while pending:
                prerequisite = pending.pop()
                if prerequisite in seen or prerequisite not in self.skills:
                    continue
                seen.add(prerequisite)
                waiting[prerequisite].add(skill.id)
                pending.extend(self.skills[prerequisite].prerequisites)
        return {skill: len(others) for skill, others in waiting.items()}
