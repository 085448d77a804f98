"""Moves: how much of a role a person covers already, what is missing, and how the move can be made."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from milepost.model.roles import Route

Relatedness = Mapping[str, Mapping[str, float]]
"""For each skill, the skills that lend it credit, and how much of a full level: 0.4 to below 1."""


@dataclass(frozen=True, slots=True)
class Strength:
    """A skill that a person brings: the share of the role's demand that would be lost without it."""

    skill: str
    name: str
    share: float
    lends_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CoveredSkill:
    """One row of a transfer share: demand D, credit t in 0..1, and whose credit it is (the skill's own, or a related one's)."""

    skill: str
    name: str
    demand: float
    credit: float
    through: str


@dataclass(frozen=True, slots=True)
class Transfer:
    """How much of a role's demand a person covers, with its 90 % interval and what it is made of."""

    role: str
    share: float
    low: float
    high: float
    strengths: tuple[Strength, ...]
    rows: tuple[CoveredSkill, ...]
    draws: int
    seed: int


@dataclass(frozen=True, slots=True)
class Scenario:
    """Weeks until a move under stated assumptions: half and 80 % of the draws. Never a chance of success."""

    weeks_p50: float
    weeks_p80: float
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """A role that the employer has open, with team and level where the employer file says them."""

    role: str
    team: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class Employer:
    """What is known of the present employer: open roles, and the rules of moving inside."""

    name: str
    openings: tuple[Opening, ...] = ()
    joined: dt.date | None = None
    tenure_months: float = 0.0
    notice_weeks: float = 0.0
    posting_required: bool = False
    sponsor: bool = False
    ladder: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Move:
    """One role by one route: coverage, hours, steps, scenario, and what speaks for or against it."""

    role: str
    name: str
    kind: Route
    similarity: float
    transfer: Transfer
    hours_low: float
    hours: float
    hours_high: float
    focus_hours: float
    steps: tuple[str, ...]
    scenario: Scenario
    notes: tuple[str, ...] = ()
    openings: tuple[Opening, ...] = ()
    earliest: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something published about moves: what was found, by whom, and when."""

    text: str
    source: str
    year: int
