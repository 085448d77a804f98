"""Roles, what they ask for, and how often advertisements ask for it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Route(StrEnum):
    """How the move is made: to another employer, or inside the present one."""

    INSIDE = "inside"
    OUTSIDE = "outside"


class Seniority(StrEnum):
    """The stage of a career at which a role is usually held."""

    JUNIOR = "junior"
    MID = "mid"
    SENIOR = "senior"
    LEAD = "lead"


@dataclass(frozen=True, slots=True)
class RoleTarget:
    """The level a role asks of one skill, and why."""

    skill: str
    level: float
    reason: str


@dataclass(frozen=True, slots=True)
class Demand:
    """How often the advertisements of a role ask for one skill.

    ``ads`` and ``companies`` are raw counts. ``weighted_ads`` counts every company once
    (k_s of the method note), ``strength`` is the section-weighted r_s in 0..1.
    """

    ads: int
    companies: int
    weighted_ads: float
    strength: float


@dataclass(frozen=True, slots=True)
class DemandPack:
    """Counts from the advertisements of one role; no text of any advertisement.

    ``companies`` is N of the method note: the sum of company weights when each company
    counts once.
    """

    role: str
    ads: int
    companies: int
    first_date: str
    last_date: str
    source: str
    skills: Mapping[str, Demand] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Role:
    """An occupation that a person can aim at: target levels with reasons, ways in, demand.

    ``breadth`` holds the target level of foundation areas that differ from the default, ``own``
    the counts of one person's own advertisements for it.
    """

    id: str
    name: str
    seniority: Seniority
    meaning: str
    targets: tuple[RoleTarget, ...]
    ways_in: tuple[str, ...] = ()
    specialisations: tuple[str, ...] = ()
    breadth: Mapping[str, float] = field(default_factory=dict)
    pack: DemandPack | None = None
    own: DemandPack | None = None

    @property
    def leads(self) -> bool:
        """True for a role that leads people or a technical direction."""
        return self.seniority is Seniority.LEAD


@dataclass(frozen=True, slots=True)
class RouteNeed:
    """Something that a route asks for besides skills, such as interviews or a sponsor.

    ``count`` activities that meet it have to be finished between the shares ``after`` and
    ``before`` of the plan (0 the start, 1 the end).
    """

    id: str
    title: str
    count: int
    after: float
    before: float
    reason: str
    lead_only: bool = False
    not_for_leads: bool = False


@dataclass(frozen=True, slots=True)
class RoutePlaybook:
    """The needs of one route, and the skills that serve the route itself."""

    route: Route
    meaning: str
    needs: tuple[RouteNeed, ...]
    skills: tuple[str, ...]

    def needs_for(self, role: Role) -> tuple[RouteNeed, ...]:
        """The needs that hold for this role: leads and non-leads differ."""
        return tuple(
            need
            for need in self.needs
            if not (need.lead_only and not role.leads) and not (need.not_for_leads and role.leads)
        )
