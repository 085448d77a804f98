"""Plans: what is done in which week, what was left out and why, and when it will be finished."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Week:
    """One week of a plan. ``hours`` is what the person stated for it, 0 when away or in review."""

    number: int
    start: date
    quarter: int
    hours: float
    review: bool
    away_days: int


@dataclass(frozen=True, slots=True)
class LevelStep:
    """The level of one skill before and after an activity, on the stated learning curve."""

    skill: str
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class PlannedActivity:
    """One activity with its weeks (counted from 1, both included) and its hours a week."""

    id: str
    activity: str
    title: str
    kind: str
    hours: float
    start_week: int
    end_week: int
    start: date
    end: date
    hours_per_week: float
    requires: tuple[str, ...]
    gains: tuple[LevelStep, ...]
    public: bool
    evidence: tuple[str, ...]
    practice_goal: str
    feedback: str
    inside: str
    resource_name: str
    resource_url: str
    cost_usd: float
    meets: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class QuarterMilestone:
    """What closes a quarter: a title, the evidence that it takes, and an if-then plan."""

    activity: str
    title: str
    evidence: tuple[str, ...]
    if_then: str
    due: date


@dataclass(frozen=True, slots=True)
class Quarter:
    """Thirteen weeks: twelve of work and one of review."""

    number: int
    start: date
    end: date
    theme: str
    theme_area: str
    hours: float
    capacity_hours: float
    milestone: QuarterMilestone | None
    activities: tuple[PlannedActivity, ...]


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A candidate that is not in the plan, why, and what took its place."""

    id: str
    title: str
    reason: str
    displaced_by: str


@dataclass(frozen=True, slots=True)
class Finish:
    """The day on which half, 80 % and 95 % of the simulated years are finished."""

    p50: date
    p80: date
    p95: date
    runs: int
    seed: int
    assumptions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule of the plan that is broken, by whom, in words."""

    rule: str
    subject: str
    message: str


@dataclass(frozen=True, slots=True)
class MoveAnswer:
    """What became of a wished start: the first day of the week that the activity got, and why not the wished one.

    ``reason`` is empty where the wish is met; ``start`` is missing where it counts no more.
    """

    activity: str
    wished: date
    start: date | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Plan:
    """A dated plan that keeps every rule.

    ``objective`` is the impact-weighted closure of gaps in levels × impact points;
    ``bound`` is a proven upper bound of it under the same rules; ``greedy`` is what the
    plain greedy plan reaches.
    """

    person: str
    role: str
    route: str
    start: date
    weeks: int
    stated_hours: float
    capacity_hours: float
    planned_hours: float
    status: str
    objective: float
    bound: float
    greedy: float
    quarters: tuple[Quarter, ...]
    left_out: tuple[LeftOut, ...]
    finish: Finish
    levels_before: Mapping[str, float]
    levels_after: Mapping[str, float]
    seed: int
    notes: tuple[str, ...] = ()
    moves: tuple[MoveAnswer, ...] = ()

    @property
    def activities(self) -> tuple[PlannedActivity, ...]:
        """All planned activities in order of quarter and week."""
        return tuple(activity for quarter in self.quarters for activity in quarter.activities)


@dataclass(frozen=True, slots=True)
class Relaxation:
    """The smallest change found that would make a plan fit."""

    field: str
    value: str
    message: str


@dataclass(frozen=True, slots=True)
class Infeasible:
    """No plan keeps every rule: why, and what would help."""

    person: str
    role: str
    start: date
    weeks: int
    capacity_hours: float
    because: tuple[str, ...]
    relax: tuple[Relaxation, ...]
    left_out: tuple[LeftOut, ...] = field(default_factory=tuple)
