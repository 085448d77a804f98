"""Activities: what a person can do to learn, and the catalogue of all of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from milepost.model.roles import Role, Route, RoutePlaybook
from milepost.model.skills import SkillTree


class ActivityKind(StrEnum):
    """What sort of work an activity is."""

    COURSE = "course"
    READING = "reading"
    PROJECT = "project"
    REPRODUCTION = "reproduction"
    CONTRIBUTION = "contribution"
    WRITING = "writing"
    TALK = "talk"
    ON_THE_JOB = "on-the-job"
    MENTORING = "mentoring"
    INTERVIEW_PRACTICE = "interview-practice"
    LEADERSHIP = "leadership"
    SEARCH = "search"


LEARNING_KINDS = frozenset({ActivityKind.COURSE, ActivityKind.READING})
BUILDING_KINDS = frozenset(
    {
        ActivityKind.PROJECT,
        ActivityKind.REPRODUCTION,
        ActivityKind.CONTRIBUTION,
        ActivityKind.ON_THE_JOB,
    }
)


@dataclass(frozen=True, slots=True)
class Hours:
    """How long an activity takes: the median and the 90th percentile, in hours."""

    p50: float
    p90: float


@dataclass(frozen=True, slots=True)
class Gain:
    """Practice that an activity gives to one skill.

    ``share`` of the activity's hours count as effective hours for the skill (several
    skills can be practised in the same hour, so shares may sum to more than 1). The
    activity does not lift the skill above ``up_to``.
    """

    skill: str
    share: float
    up_to: float


@dataclass(frozen=True, slots=True)
class Practice:
    """How an activity becomes deliberate practice: a checkable goal and who or what gives feedback."""

    goal: str
    feedback: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a quarter can be closed with: a title, and the if-then plan against its usual obstacle."""

    title: str
    if_then: str


@dataclass(frozen=True, slots=True)
class Resource:
    """A real course, book, paper or tool by name and address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Activity:
    """One thing to do, small enough to finish inside a quarter.

    ``needs_employer`` activities can only be done inside a present job. ``meets`` names
    route needs. ``times`` is how many rounds of it still teach something. ``min_weeks``
    is the shortest calendar time, for work that waits for other people.
    """

    id: str
    title: str
    kind: ActivityKind
    hours: Hours
    gains: tuple[Gain, ...]
    practice: Practice
    evidence: tuple[str, ...]
    reviewed: str
    requires: tuple[str, ...] = ()
    requires_levels: Mapping[str, float] = field(default_factory=dict)
    public: bool = False
    milestone: Milestone | None = None
    needs_employer: bool = False
    meets: tuple[str, ...] = ()
    times: int = 1
    min_weeks: int = 1
    cost_usd: float = 0.0
    resource: Resource | None = None
    inside: str = ""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Everything that Milepost ships about the world: skills, roles, routes and activities."""

    tree: SkillTree
    roles: Mapping[str, Role]
    routes: Mapping[Route, RoutePlaybook]
    activities: Mapping[str, Activity]


def round_of(id_: str) -> tuple[str, int]:
    """The activity and the number of the round that an id names; the inverse of ``round_id``.

    >>> round_of("blog-post~2"), round_of("blog-post")
    (('blog-post', 2), ('blog-post', 1))
    """
    activity, _, number = id_.partition("~")
    counts = number.isascii() and number.isdigit() and len(number) < 4
    return (activity, int(number)) if counts else (id_, 1)


def round_id(activity: str, number: int) -> str:
    """The id of one round of an activity: its own for the first, ``id~2`` for the second."""
    return activity if number == 1 else f"{activity}~{number}"
