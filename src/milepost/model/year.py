"""The year of a person: what was done, what showed it, what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from milepost.model.roles import Route


class Verification(StrEnum):
    """Who stands behind an artefact besides its author."""

    SELF_PUBLISHED = "self-published"
    USED_BY_OTHERS = "used-by-others"
    REVIEWED = "reviewed"
    ACCEPTED = "accepted"
    CITED_BY_INTERVIEWER = "cited-by-interviewer"


class Result(StrEnum):
    """How a practice session went against its goal."""

    PASS = "pass"  # noqa: S105 - a result, not a secret
    PART = "part"
    FAIL = "fail"


class Feedback(StrEnum):
    """Who or what said whether a session reached its goal (method-practice 4.2)."""

    TEST = "test"
    PEER = "peer"
    METRIC = "metric"
    REVIEW = "review"
    NONE = "none"


class ProofKind(StrEnum):
    """What closes an activity or a milestone."""

    ARTEFACT = "artefact"
    TEST = "test"
    REVIEWER = "reviewer"
    CHECK = "check"
    WAIVER = "waiver"


class StepKind(StrEnum):
    """What happened to a planned activity."""

    STARTED = "started"
    FINISHED = "finished"
    SKIPPED = "skipped"


@dataclass(frozen=True, slots=True)
class CheckIn:
    """The five answers of one week: hours, what moved, what stood in the way, confidence, what comes next.

    ``confidence`` from 0 to 10 that the quarter's milestone is reached in time.
    """

    date: dt.date
    hours: float = 0.0
    note: str = ""
    moved: str = ""
    blocked: str = ""
    confidence: float | None = None
    next: str = ""


@dataclass(frozen=True, slots=True)
class Session:
    """One session of deliberate practice: a goal, a result, who said so, the error, the next fix.

    ``activity`` names the planned activity that it belongs to; empty means off the plan.
    ``difficulty`` from 1 to 5.
    """

    date: dt.date
    skill: str = ""
    activity: str = ""
    micro_skill: str = ""
    goal: str = ""
    minutes: float = 0.0
    difficulty: int | None = None
    result: Result | None = None
    feedback: Feedback = Feedback.NONE
    error: str = ""
    fix: str = ""


@dataclass(frozen=True, slots=True)
class Artefact:
    """Something made in the year that others can look at.

    ``by`` names who stands behind it, one entry each: two interviewers who spoke of a piece
    are two entries.
    """

    date: dt.date
    title: str = ""
    kind: str = ""
    url: str = ""
    public: bool = False
    verified: Verification | None = None
    skills: tuple[str, ...] = ()
    activity: str = ""
    by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Proof:
    """What shows that something is finished.

    A waiver is a stated exception: ``text`` says why, and it stays visible. ``by`` names
    the person whose word it is. ``checked`` says what a machine found.
    """

    kind: ProofKind
    text: str = ""
    url: str = ""
    by: str = ""
    checked: str = ""

    @property
    def counts(self) -> bool:
        """Whether it earns value; a waiver lets the year go on but earns nothing."""
        return self.kind is not ProofKind.WAIVER


@dataclass(frozen=True, slots=True)
class Step:
    """A planned activity was started, finished or skipped on a day.

    ``activity`` is the id of a planned activity, or free words for work off the plan.
    ``hours`` are those that it took in all, where the person knows.
    """

    date: dt.date
    activity: str
    kind: StepKind
    hours: float | None = None
    reason: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """The milestone of a quarter: accepted on a day by its evidence, with the if-then plan that led there."""

    quarter: int
    accepted: dt.date | None = None
    evidence: str = ""
    title: str = ""
    if_then: str = ""
    proof: Proof | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """Days on which nothing is expected; ``last`` is open while the pause goes on."""

    first: dt.date
    last: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """One answer to a card: 1 forgotten, 2 hard, 3 good, 4 easy, as FSRS counts."""

    date: dt.date
    rating: int


@dataclass(frozen=True, slots=True)
class Card:
    """One fact to keep, with every review; its state follows from the reviews alone."""

    id: str
    skill: str
    front: str
    back: str
    made: dt.date
    source: str = ""
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True)
class Forecast:
    """A finish that was foretold on a day, kept until the truth is known."""

    date: dt.date
    p50: dt.date
    p80: dt.date
    p95: dt.date


@dataclass(frozen=True, slots=True)
class Year:
    """Everything that was recorded, each list in the order in which it was written."""

    checkins: tuple[CheckIn, ...] = ()
    sessions: tuple[Session, ...] = ()
    artefacts: tuple[Artefact, ...] = ()
    steps: tuple[Step, ...] = ()
    milestones: tuple[MilestoneRecord, ...] = ()
    pauses: tuple[Pause, ...] = ()
    cards: tuple[Card, ...] = ()
    forecasts: tuple[Forecast, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the year led to.

    ``functional_start`` is the day on which the new work was really done, ``formal_date``
    the day of the title; both are kept and shown. ``credit`` splits at most 100 points
    among activities and artefacts: an opinion of the person, reported as one.
    """

    kind: str
    route: Route | None = None
    role: str = ""
    employer: str = ""
    functional_start: dt.date | None = None
    formal_date: dt.date | None = None
    planned_quarter: int | None = None
    credit: Mapping[str, float] = field(default_factory=dict)
    learned: str = ""
