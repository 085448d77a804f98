"""Where a planned year stands on a day: what is finished, started and skipped, and what is left of it.

Practice counts once. What was finished counts on the learning curve, as the plan foresaw,
until evidence of that skill is newer than it; from then on the levels of the brief say what
it gave. A waiver lets the year go on and earns nothing.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from milepost.model.activities import round_of
from milepost.model.people import Away, Move, Person
from milepost.model.plans import MoveAnswer, Plan, PlannedActivity
from milepost.model.replans import FinishedWork, Standing, StartedWork
from milepost.model.year import Pause, Session, Step, StepKind, Year
from milepost.planning.brief import Brief
from milepost.planning.calendar import DAYS_IN_WEEK, lengths_after

LEAST_DAYS = 4
"""A week of which fewer days are left than this is over for planning; hours are planned by whole weeks."""


def read_standing(
    brief: Brief, baseline: Plan, *, year: Year, today: dt.date, keep_started: bool = True
) -> Standing:
    """Where the year of a baseline stands; records dated after ``today`` are not read."""
    lines = _Lines(brief, baseline, year, today)
    finished = tuple(lines.finished(id_) for id_ in lines.ids(StepKind.FINISHED))
    quarters = tuple(((q.end - q.start).days + 1) // DAYS_IN_WEEK for q in baseline.quarters)
    return Standing(
        today=today,
        start=baseline.start,
        first_week=_first_week(baseline.start, today),
        quarters=quarters,
        finished=tuple(sorted(finished, key=lambda work: (work.last, work.first, work.id))),
        started=tuple(
            lines.started(id_) for id_ in lines.ids(StepKind.STARTED) if lines.catalogued(id_) is not None
        ),
        skipped=lines.ids(StepKind.SKIPPED),
        pauses=tuple(
            (pause.first, _last_day(pause, today))
            for pause in year.pauses
            if _last_day(pause, today) >= pause.first
        ),
        quarter_hours={quarter.number: quarter.capacity_hours for quarter in baseline.quarters},
        shown=_count_shown(brief, baseline, year, finished, today=today),
        accepted=_count_accepted(brief, baseline, year, finished, today=today),
        seen=_newest_evidence(brief.person, today),
        keep_started=keep_started,
    )


def adapt(brief: Brief, standing: Standing) -> Brief:
    """The brief as the rest of the year sees it: the old start and quarters, pauses, skips, spent pins and moves.

    Adapting twice changes nothing more.
    """
    person, choices = brief.person, brief.person.activities
    skipped = {id_ for id_ in standing.skipped if round_of(id_)[1] == 1}
    settled = {work.activity for work in standing.finished} | skipped
    choices = replace(
        choices,
        exclude=tuple(sorted({*choices.exclude, *skipped})),
        pin=tuple(pin for pin in choices.pin if pin not in settled),
        move=tuple(move for move in choices.move if not _is_spent(move, standing)),
    )
    assert person.capacity is not None
    away = {(away.first, away.last) for away in person.capacity.away} | set(standing.pauses)
    capacity = replace(person.capacity, away=tuple(Away(first, last) for first, last in sorted(away)))
    return replace(
        brief,
        person=replace(person, activities=choices, capacity=capacity),
        start=standing.start,
        old_quarters=standing.quarters,
    )


def spent_moves(brief: Brief, standing: Standing) -> tuple[MoveAnswer, ...]:
    """Answers to the wished starts that count no more, as far as somebody may still wait for them.

    What was begun before its wished week, and what was not begun by then.
    """
    found = []
    for move in sorted(brief.person.activities.move, key=lambda move: (move.day, move.activity)):
        settled, past = _settled(move, standing), _is_past(move.day, standing)
        if settled != "" and not past:
            found.append(MoveAnswer(move.activity, move.day, None, settled))
        elif settled == "" and past:
            found.append(MoveAnswer(move.activity, move.day, None, "that week is over"))
    return tuple(found)


def _is_spent(move: Move, standing: Standing) -> bool:
    return _settled(move, standing) != "" or _is_past(move.day, standing)


def _settled(move: Move, standing: Standing) -> str:
    """What the person did with a moved activity, in words; empty where it is still to come."""
    if move.activity in standing.finished_ids:
        return "it is finished"
    if move.activity in standing.started_by_id:
        return "it was started already"
    skipped = {move.activity, round_of(move.activity)[0]} & set(standing.skipped)
    return "you skipped it" if skipped else ""


def _is_past(day: dt.date, standing: Standing) -> bool:
    """True for a day in a week of the plan before that of today."""
    weeks = [(each - standing.start).days // DAYS_IN_WEEK for each in (day, standing.today)]
    return weeks[0] < weeks[1]


def _first_week(start: dt.date, today: dt.date) -> int:
    """The number of the first week that still has most of its days."""
    whole, over = divmod(max(0, (today - start).days), DAYS_IN_WEEK)
    return whole + 1 if DAYS_IN_WEEK - over >= LEAST_DAYS else whole + 2


def _last_day(pause: Pause, today: dt.date) -> dt.date:
    """The end of a pause; one that is still open takes no day after today."""
    return today if pause.last is None else pause.last


@dataclass(frozen=True)
class _Lines:
    """What the year says about each activity, the last word first."""

    brief: Brief
    baseline: Plan
    year: Year
    today: dt.date

    @cached_property
    def last_word(self) -> Mapping[str, Step]:
        """The step that counts, by activity: finished stays finished, otherwise the newest."""
        found: dict[str, Step] = {}
        for step in sorted(self.year.steps, key=lambda step: step.date):
            known = self.planned(step.activity) is not None or self.catalogued(step.activity) is not None
            before = found.get(step.activity)
            if known and step.date <= self.today and not (before and before.kind is StepKind.FINISHED):
                found[step.activity] = step
        return found

    def ids(self, kind: StepKind) -> tuple[str, ...]:
        """The activities whose last word is this one."""
        return tuple(sorted(id_ for id_, step in self.last_word.items() if step.kind is kind))

    def planned(self, id_: str) -> PlannedActivity | None:
        """The activity in the old plan."""
        return next((activity for activity in self.baseline.activities if activity.id == id_), None)

    def catalogued(self, id_: str) -> str | None:
        """The id in the catalogue of what a planned id names."""
        activity, _ = round_of(id_)
        return activity if activity in self.brief.catalogue.activities else None

    def sessions(self, id_: str) -> Sequence[Session]:
        """Everything logged for an activity up to today."""
        return [s for s in self.year.sessions if s.activity == id_ and s.date <= self.today]

    def begun(self, id_: str) -> dt.date | None:
        """The first day on which the activity was started or worked at."""
        days = [s.date for s in self.sessions(id_)]
        days += [
            step.date
            for step in self.year.steps
            if step.activity == id_ and step.kind is StepKind.STARTED and step.date <= self.today
        ]
        return min(days, default=None)

    def hours(self, id_: str, stated: Iterable[float | None]) -> float | None:
        """Hours of the sessions or those that the person stated, whichever are more."""
        logged = sum(session.minutes for session in self.sessions(id_)) / 60
        return max([logged, *(hours for hours in stated if hours is not None)]) or None

    def finished(self, id_: str) -> FinishedWork:
        step, planned = self.last_word[id_], self.planned(id_)
        first = self.begun(id_) or (planned.start if planned else step.date)
        first = min(first, step.date)
        return FinishedWork(
            id=id_,
            activity=self.catalogued(id_) or id_,
            first=first,
            last=step.date,
            weeks=(self.week(first), self.week(step.date)),
            hours=self.hours(id_, [step.hours]),
            waived=step.proof is not None and not step.proof.counts,
        )

    def started(self, id_: str) -> StartedWork:
        activity = self.brief.catalogue.activities[round_of(id_)[0]]
        since = self.begun(id_) or self.last_word[id_].date
        stated = [s.hours for s in self.year.steps if s.activity == id_ and s.kind is StepKind.STARTED]
        logged = self.hours(id_, stated) or 0.0
        least = self.brief.settings.least_left * activity.hours.p50
        return StartedWork(
            id=id_,
            activity=activity.id,
            since=since,
            logged_hours=logged,
            hours_left=round(max(activity.hours.p50 - logged, least, 0.1), 1),
            weeks_left=max(1, activity.min_weeks - (self.today - since).days // DAYS_IN_WEEK),
        )

    def week(self, day: dt.date) -> int:
        """The week of the plan that a day lies in, the nearest one where it lies outside."""
        number = (day - self.baseline.start).days // DAYS_IN_WEEK + 1
        return min(max(1, number), max(self.baseline.weeks, self.brief.weeks))


def _newest_evidence(person: Person, today: dt.date) -> dict[str, dt.date]:
    days: dict[str, dt.date] = {}
    pieces = [(piece.skill, piece.date) for piece in person.evidence]
    for skill, day in [*pieces, *((rating.skill, rating.date) for rating in person.ratings)]:
        if day is not None and day <= today:
            days[skill] = max(day, days.get(skill, day))
    return dict(sorted(days.items()))


def _quarter_of_week(brief: Brief, baseline: Plan, week: int) -> int:
    old = [((q.end - q.start).days + 1) // DAYS_IN_WEEK for q in baseline.quarters]
    lengths = lengths_after(old, brief.weeks, settings=brief.settings)
    over = 0
    for number, length in enumerate(lengths, start=1):
        over += length
        if week <= over:
            return number
    return len(lengths)


def _count_shown(
    brief: Brief, baseline: Plan, year: Year, finished: Sequence[FinishedWork], *, today: dt.date
) -> dict[int, int]:
    """Public artefacts by quarter: finished public activities, and what else was published."""
    found: dict[str, int] = {}
    for work in finished:
        activity = brief.catalogue.activities.get(work.activity)
        if activity is not None and activity.public and not work.waived:
            found[work.id] = _quarter_of_week(brief, baseline, work.weeks[1])
    for number, artefact in enumerate(year.artefacts):
        if artefact.public and baseline.start <= artefact.date <= today:
            week = (artefact.date - baseline.start).days // DAYS_IN_WEEK + 1
            found.setdefault(artefact.activity or f"#{number}", _quarter_of_week(brief, baseline, week))
    return _tally(found.values())


def _count_accepted(
    brief: Brief, baseline: Plan, year: Year, finished: Sequence[FinishedWork], *, today: dt.date
) -> dict[int, int]:
    """Milestones by quarter: those accepted, or else finished work that could close it."""
    accepted = {m.quarter for m in year.milestones if m.accepted is not None and m.accepted <= today}
    closing = _tally(
        _quarter_of_week(brief, baseline, work.weeks[1])
        for work in finished
        if not work.waived
        and (activity := brief.catalogue.activities.get(work.activity)) is not None
        and activity.milestone is not None
    )
    numbers = sorted({*accepted, *closing})
    return {number: max(closing.get(number, 0), int(number in accepted)) for number in numbers}


def _tally(numbers: Iterable[int]) -> dict[int, int]:
    counts: dict[int, int] = {}
    for number in numbers:
        counts[number] = counts.get(number, 0) + 1
    return dict(sorted(counts.items()))
