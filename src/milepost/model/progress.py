"""Where a year stands: planned, earned, actual, and the finish that follows from the person's own pace."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WeekPoint:
    """The sums at the end of one week of the plan, in plan hours; ``earned`` and ``actual`` are None ahead of today."""

    number: int
    end: dt.date
    planned: float
    earned: float | None
    actual: float | None


@dataclass(frozen=True, slots=True)
class Pace:
    """Hours that work takes over the hours planned for it, and how often a week is missed.

    ``factor`` 1.2 means a fifth longer than planned; ``sd`` is that of its logarithm. ``finished``
    activities and ``weeks`` seen are what moved it from the stated model.
    """

    factor: float
    sd: float
    missed_week: float
    finished: int
    weeks: int


@dataclass(frozen=True, slots=True)
class Progress:
    """One day of a year, measured against a plan.

    Values are plan hours. ``earned`` counts only work that was closed by evidence; ``waived``
    is what was closed without, and earns nothing. ``spi_t`` is earned schedule over actual
    time (None before anything could be earned), ``status`` follows from it. ``on_plan_ratio``
    and ``distraction_ratio`` are shares of the logged hours (None where none are logged).
    """

    as_of: dt.date
    planned_value: float
    earned_value: float
    waived: float
    actual_hours: float
    effective_hours: float
    budget: float
    actual_weeks: float
    earned_schedule_weeks: float
    spi_t: float | None
    cpi: float | None
    status: str
    on_plan_ratio: float | None
    distraction_ratio: float | None
    public_artefacts: int
    checkin_weeks: int
    milestones_accepted: tuple[int, ...]
    milestones_waived: tuple[int, ...]
    milestones_missing: tuple[int, ...]
    pace: Pace
    points: tuple[WeekPoint, ...]


@dataclass(frozen=True, slots=True)
class ForecastScore:
    """How the stored forecasts of a finished year did: shares inside, and the mean log score."""

    n: int
    p50_share: float
    p80_share: float
    log_score: float
