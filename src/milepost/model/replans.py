"""Replans: where a year stands on a day, the new plan, and what became of the old one."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from milepost.model.plans import Plan

Weeks = tuple[int, int]
"""First and last week of an activity, counted from 1, both included."""


@dataclass(frozen=True, slots=True)
class FinishedWork:
    """One activity that is finished, on the days on which it really was.

    ``hours`` are those it really took, where anybody counted them. ``waived`` means that
    nothing shows it: the year goes on, but it earns neither practice nor an artefact.
    """

    id: str
    activity: str
    first: dt.date
    last: dt.date
    weeks: Weeks
    hours: float | None = None
    waived: bool = False


@dataclass(frozen=True, slots=True)
class StartedWork:
    """One activity that was started and not finished: the hours logged, and those that are left."""

    id: str
    activity: str
    since: dt.date
    logged_hours: float
    hours_left: float
    weeks_left: int = 1


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a planned year stands on a day.

    ``first_week`` is the first week that work can still be planned in. ``quarters`` are the
    lengths of the old plan's quarters in weeks, ``quarter_hours`` the plan hours that each
    was laid out with. ``shown`` and ``accepted`` count, by quarter, the public artefacts and
    the milestones that are there. ``seen`` is the day of the newest evidence of each skill:
    practice up to it is in the levels already. ``pauses`` are days without work, both ends
    included. ``keep_started`` says that started work has to be finished.
    """

    today: dt.date
    start: dt.date
    first_week: int
    quarters: tuple[int, ...]
    finished: tuple[FinishedWork, ...] = ()
    started: tuple[StartedWork, ...] = ()
    skipped: tuple[str, ...] = ()
    pauses: tuple[tuple[dt.date, dt.date], ...] = ()
    quarter_hours: Mapping[int, float] = field(default_factory=dict)
    shown: Mapping[int, int] = field(default_factory=dict)
    accepted: Mapping[int, int] = field(default_factory=dict)
    seen: Mapping[str, dt.date] = field(default_factory=dict)
    keep_started: bool = True

    @property
    def finished_ids(self) -> frozenset[str]:
        """Ids of finished work."""
        return frozenset(work.id for work in self.finished)

    @property
    def started_by_id(self) -> dict[str, StartedWork]:
        """Started work by id."""
        return {work.id: work for work in self.started}


@dataclass(frozen=True, slots=True)
class Change:
    """What became of one activity: its old and new weeks (none where it was or is not planned), and why.

    ``because_of`` is the id of the activity that took its place or that it waits for.
    """

    id: str
    title: str
    old_weeks: Weeks | None
    new_weeks: Weeks | None
    reason: str
    because_of: str = ""


@dataclass(frozen=True, slots=True)
class Replan:
    """A new plan for the whole horizon beside the old one, and every difference with its reason.

    ``unchanged_share`` is the share of the old plan's activity-weeks still to come that lie
    in the same week of the new plan (1 where nothing was to come). ``free_value`` is what
    the best plan found is worth that cares nothing for the old one, or an upper bound of it
    where that was enough to know (not ``free_is_solved``). ``lost_share`` is the most that
    staying close to the old plan costs, as a share of the value still to come.
    """

    plan: Plan
    baseline: Plan
    standing: Standing
    kept: tuple[Change, ...]
    moved: tuple[Change, ...]
    dropped: tuple[Change, ...]
    added: tuple[Change, ...]
    unchanged_share: float
    free_value: float
    free_is_solved: bool
    lost_share: float

    @property
    def changed(self) -> bool:
        """True when something was moved, dropped or added."""
        return bool(self.moved or self.dropped or self.added)
