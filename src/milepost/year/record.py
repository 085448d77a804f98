"""What was recorded about one thing: a quarter, an activity, a skill, or some days."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from milepost.model.plans import Plan, PlannedActivity
from milepost.model.year import Artefact, CheckIn, MilestoneRecord, Session, Step, Year

Entry = TypeVar("Entry", Artefact, CheckIn, MilestoneRecord, Session, Step)
Numbered = tuple[int, Entry]
"""An entry with its place in the list of the person file, counted from 0."""


@dataclass(frozen=True, slots=True)
class Record:
    """Entries of the year about one thing, each with its place in the person file, oldest first.

    ``title`` is in the person's or the plan's words; ``planned`` holds the activities of the
    accepted plan that it is about, ``titles`` the titles of activities by id.
    """

    title: str
    planned: tuple[PlannedActivity, ...] = ()
    milestones: tuple[Numbered[MilestoneRecord], ...] = ()
    sessions: tuple[Numbered[Session], ...] = ()
    artefacts: tuple[Numbered[Artefact], ...] = ()
    steps: tuple[Numbered[Step], ...] = ()
    checkins: tuple[Numbered[CheckIn], ...] = ()
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def hours(self) -> float:
        """Hours of the sessions."""
        return sum(session.minutes for _, session in self.sessions) / 60


def record_of_days(year: Year, first: dt.date, last: dt.date, *, title: str) -> Record:
    """Everything from the first to the last day, both included."""

    def within(day: dt.date | None) -> bool:
        return day is not None and first <= day <= last

    return Record(
        title,
        milestones=_some(year.milestones, lambda each: within(each.accepted)),
        sessions=_some(year.sessions, lambda each: within(each.date)),
        artefacts=_some(year.artefacts, lambda each: within(each.date)),
        steps=_some(year.steps, lambda each: within(each.date)),
        checkins=_some(year.checkins, lambda each: within(each.date)),
    )


def record_of_quarter(year: Year, plan: Plan | None, number: int) -> Record:
    """A quarter of the accepted plan: its milestone, what belongs to its activities, and its check-ins.

    Without a plan it is the milestone alone with what was recorded since the one before it.
    """
    quarter = next((each for each in plan.quarters if each.number == number), None) if plan else None
    milestones = _some(year.milestones, lambda each: each.quarter == number)
    planned = quarter.activities if quarter else ()
    ids = {name for each in planned for name in (each.id, each.activity)}
    title = quarter.milestone.title if quarter and quarter.milestone else ""
    title = next((each.title for _, each in milestones if each.title), title) or f"Quarter {number}"
    days = (quarter.start, quarter.end) if quarter else _days_before(year, number)
    if days is None:
        return Record(title, planned, milestones)
    lately = record_of_days(year, *days, title=title)
    return Record(
        title,
        planned,
        milestones,
        sessions=_belonging(year.sessions, ids) or lately.sessions,
        artefacts=_belonging(year.artefacts, ids) or lately.artefacts,
        steps=_belonging(year.steps, ids),
        checkins=lately.checkins,
    )


def record_of_activity(year: Year, planned: PlannedActivity | None, *, id_: str, title: str) -> Record:
    """One activity, of the plan or off it."""
    ids = {id_, planned.id, planned.activity} if planned else {id_}
    return Record(
        title,
        (planned,) if planned else (),
        sessions=_belonging(year.sessions, ids),
        artefacts=_belonging(year.artefacts, ids),
        steps=_belonging(year.steps, ids),
    )


def record_of_skill(year: Year, skill: str, *, title: str) -> Record:
    """The sessions on one skill and the artefacts that show it."""
    return Record(
        title,
        sessions=_some(year.sessions, lambda each: each.skill == skill),
        artefacts=_some(year.artefacts, lambda each: skill in each.skills),
    )


def _some(entries: Sequence[Entry], wanted: Callable[[Entry], bool]) -> tuple[Numbered[Entry], ...]:
    return tuple((place, entry) for place, entry in enumerate(entries) if wanted(entry))


def _belonging(entries: Sequence[Entry], ids: Iterable[str]) -> tuple[Numbered[Entry], ...]:
    known = frozenset(ids)
    return _some(entries, lambda each: getattr(each, "activity", "") in known)


def _days_before(year: Year, number: int) -> tuple[dt.date, dt.date] | None:
    """From the day after the milestone before to that of the quarter; a quarter where there is none before."""
    accepted = sorted((each.quarter, each.accepted) for each in year.milestones if each.accepted)
    last = next((day for quarter, day in accepted if quarter == number), None)
    if last is None:
        return None
    before = [day for quarter, day in accepted if quarter < number]
    return (max(before) + dt.timedelta(days=1) if before else last - dt.timedelta(weeks=13), last)
