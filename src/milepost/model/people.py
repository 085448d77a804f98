"""A person: what they say, what shows it, what they want, and the time they have."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from milepost.model.items import Sitting
from milepost.model.portfolio import Publication
from milepost.model.roles import Role, Route
from milepost.model.skills import Skill
from milepost.model.year import Outcome, Verification, Year


class EvidenceKind(StrEnum):
    """Where a piece of evidence about a level comes from (method-assessment, section 2.1)."""

    SELF = "self"
    SELF_ANCHORED = "self-anchored"
    PEER = "peer"
    MANAGER = "manager"
    EXPERT = "expert"
    TASK = "task"
    ARTEFACT = "artefact"
    SIGNAL = "signal"
    CERTIFICATE = "certificate"
    TEST = "test"


@dataclass(frozen=True, slots=True)
class Target:
    """The role a person aims at, the route, and the day by which the move should be made."""

    role: str
    route: Route
    by: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Away:
    """Days without any work on the plan, both ends included."""

    first: dt.date
    last: dt.date


@dataclass(frozen=True, slots=True)
class Capacity:
    """The hours a person says they have in a week, from which day, and when they are away."""

    hours_per_week: float
    start: dt.date | None = None
    away: tuple[Away, ...] = ()


@dataclass(frozen=True, slots=True)
class Rating:
    """What a person says about one of their skills.

    ``last_used`` says since when the skill has been idle (none: still in use);
    ``years`` of practice slow its decay.
    """

    skill: str
    level: float
    example: str = ""
    date: dt.date | None = None
    last_used: dt.date | None = None
    years: float = 0.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """Something that shows a level: a rating by others, an artefact, a task or a test.

    ``level`` is on the 0–5 scale. A test carries ``mean`` and ``variance`` of the ability
    θ under N(0, 1) instead, and may be about an ``area``: the mean of its core skills;
    ``skill`` is empty then. ``rater`` names who rated; one rater's leniency is shared by
    all their ratings.
    """

    skill: str
    kind: EvidenceKind
    level: float | None = None
    mean: float | None = None
    variance: float | None = None
    date: dt.date | None = None
    title: str = ""
    url: str = ""
    verified: Verification | None = None
    rater: str = ""
    area: str = ""


@dataclass(frozen=True, slots=True)
class ImpactAdjustment:
    """A step of −1, 0 or +1 by which the person moves an impact, with the reason."""

    adjust: int
    reason: str


@dataclass(frozen=True, slots=True)
class Watched:
    """One thing on the watch list of the hype guard.

    ``source`` says who spoke of it, ``displaces`` what it would have pushed out of the plan,
    and ``outcome`` what became of it when it was looked at again: died, stayed or grew.
    """

    thing: str
    decision: str
    reason: str = ""
    date: dt.date | None = None
    recheck: dt.date | None = None
    source: str = ""
    displaces: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Move:
    """The wish that an activity starts in the week of a day; ``activity`` names one round, as plans do."""

    activity: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Choices:
    """What the person decided about activities: done before, never, certainly, or from a week on."""

    done: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    move: tuple[Move, ...] = ()


@dataclass(frozen=True, slots=True)
class CountedAd:
    """An advertisement that the person wants, as it was counted on ``counted``: no text of it is kept.

    ``words`` is a digest of its words, by which it is known again. ``skills`` holds the section weight (0 to 1) of
    each skill that it names. ``date`` is the day it was posted ("" where it has none).
    """

    words: str
    title: str
    company: str
    date: str
    skills: Mapping[str, float]
    counted: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """One person as their file describes them: what they want, what shows it, and what happened.

    ``share_answers`` is the consent to pool the right and wrong answers of their tests, without
    their name, with those of others in the same workspace.
    """

    name: str
    target: Target | None = None
    capacity: Capacity | None = None
    specialisations: tuple[str, ...] = ()
    ratings: tuple[Rating, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    ads: tuple[str, ...] = ()
    impact: Mapping[str, ImpactAdjustment] = field(default_factory=dict)
    watch: tuple[Watched, ...] = ()
    activities: Choices = Choices()
    illustrative: str = ""
    year: Year = field(default_factory=Year)
    outcomes: tuple[Outcome, ...] = ()
    tests: tuple[Sitting, ...] = ()
    share_answers: bool = False
    own_skills: tuple[Skill, ...] = ()
    own_roles: tuple[Role, ...] = ()
    counted_ads: tuple[CountedAd, ...] = ()
    publish: Publication = field(default_factory=Publication)
