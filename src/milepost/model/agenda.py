"""What to do now."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Task:
    """One activity of this week: the hours that are left, the goal and feedback of its next session."""

    activity: str
    title: str
    kind: str
    hours_left: float
    hours_this_week: float
    end: dt.date
    goal: str
    feedback: str
    started: bool
    advice: tuple[str, ...] = ()
    late: bool = False


@dataclass(frozen=True, slots=True)
class Fading:
    """A skill that has lost half a level or more by lying idle: its level without that, and now."""

    skill: str
    before: float
    now: float


@dataclass(frozen=True, slots=True)
class Agenda:
    """One day: where it lies, what comes first, and the minutes that Milepost itself asks for.

    ``kind`` is before, work, review, away, paused, after, or none where no plan was accepted.
    ``overhead_minutes`` count check-in and log of a week; cards are counted apart. ``refresh``
    are skills that fade and were not practised lately, the greatest loss first.
    """

    person: str
    as_of: dt.date
    kind: str
    week: int
    weeks: int
    quarter: int
    tasks: tuple[Task, ...]
    cards_due: int
    card_minutes: float
    checkin_due: bool
    overhead_minutes: float
    milestone: str = ""
    milestone_due: dt.date | None = None
    if_then: str = ""
    weeks_behind: float = 0.0
    notes: tuple[str, ...] = ()
    refresh: tuple[Fading, ...] = ()
