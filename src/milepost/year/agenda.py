"""What to do now: this week's work, the next session, cards, the check-in, the milestone."""

import datetime as dt
from collections.abc import Sequence

from milepost.model.agenda import Agenda, Fading, Task
from milepost.model.people import Person
from milepost.model.plans import Plan, PlannedActivity, Quarter
from milepost.model.settings import Settings
from milepost.model.year import Session, StepKind, Year
from milepost.year.practice import advise
from milepost.year.progress import DAYS, measure_progress, week_of
from milepost.year.retention import due_cards, to_refresh

CHECKIN_MINUTES = 5.0
"""What the five questions take (issue of the weekly loop)."""
LOG_MINUTES = 1.0
CHECKIN_DAY = 4
"""From Friday on the week's check-in is due."""
BEHIND = 2.0
"""Weeks behind from which a replan is offered."""
MOST_LATE = 3
"""Unfinished activities of earlier weeks that are shown; the rest is for the replan."""


def make_agenda(
    person: Person,
    plan: Plan | None,
    *,
    today: dt.date,
    fading: Sequence[Fading] = (),
    settings: Settings | None = None,
) -> Agenda:
    """The agenda of one day; every state of a year has one, before its start and after its end too.

    ``fading`` are the skills that have lost half a level by lying idle.
    """
    settings = settings or Settings()
    year = person.year
    cards = due_cards(year.cards, today=today, settings=settings)
    minutes = len(cards) * settings.card_seconds / 60
    if plan is None:
        return Agenda(
            person.name, today, "none", 0, 0, 0, (), len(cards), minutes, checkin_due=False, overhead_minutes=0.0,
            notes=("No plan is accepted yet: `milepost plan PERSON --accept` keeps one.",),
        )  # fmt: skip
    week = week_of(plan.start, today)
    kind = _kind(person, plan, week, today=today)
    working = kind not in ("paused", "before", "after", "away")
    tasks = _tasks(plan, year, week, today=today) if working else ()
    quarter = _quarter(plan, today)
    milestone = quarter.milestone if quarter else None
    accepted = {m.quarter for m in year.milestones if m.accepted is not None}
    open_milestone = milestone if quarter and quarter.number not in accepted else None
    due = kind not in ("paused", "before") and _checkin_due(plan, year, week, today=today)
    behind = _weeks_behind(plan, year, today=today, settings=settings) if kind != "before" else 0.0
    return Agenda(
        person=person.name,
        as_of=today,
        kind=kind,
        week=min(max(week, 0), plan.weeks),
        weeks=plan.weeks,
        quarter=quarter.number if quarter else 0,
        tasks=tasks,
        cards_due=len(cards),
        card_minutes=minutes,
        checkin_due=due,
        overhead_minutes=CHECKIN_MINUTES + LOG_MINUTES * _sessions_a_week(plan, week),
        milestone=open_milestone.title if open_milestone else "",
        milestone_due=open_milestone.due if open_milestone else None,
        if_then=_if_then(year, quarter) or (open_milestone.if_then if open_milestone else ""),
        weeks_behind=behind,
        notes=_notes(kind, behind, plan, today=today),
        refresh=to_refresh(fading, year.sessions, today=today) if working else (),
    )


def _kind(person: Person, plan: Plan, week: int, *, today: dt.date) -> str:
    if any(p.first <= today and (p.last is None or today <= p.last) for p in person.year.pauses):
        return "paused"
    if today < plan.start:
        return "before"
    if week > plan.weeks:
        return "after"
    away = person.capacity.away if person.capacity else ()
    if any(each.first <= today <= each.last for each in away):
        return "away"
    if any(week_of(plan.start, quarter.end) == week for quarter in plan.quarters):
        return "review"
    return "work"


def _quarter(plan: Plan, today: dt.date) -> Quarter | None:
    for quarter in plan.quarters:
        if today <= quarter.end:
            return quarter
    return plan.quarters[-1] if plan.quarters else None


def _tasks(plan: Plan, year: Year, week: int, *, today: dt.date) -> tuple[Task, ...]:
    """The activities of this week, started ones first, then what is left of earlier weeks."""
    ended = {s.activity for s in year.steps if s.kind is not StepKind.STARTED and s.date <= today}
    started = {s.activity for s in year.steps if s.kind is StepKind.STARTED and s.date <= today}
    still = [a for a in plan.activities if a.id not in ended]
    now = [a for a in still if a.start_week <= week <= a.end_week]
    late = [a for a in still if a.end_week < week]
    now.sort(key=lambda a: (a.id not in started, a.end_week, a.id))
    late.sort(key=lambda a: (a.id not in started, a.end_week, a.id))
    return tuple(
        _task(a, year.sessions, week, started=a.id in started, late=a in late, today=today)
        for a in (*now, *late[:MOST_LATE])
    )


def _task(
    activity: PlannedActivity,
    sessions: Sequence[Session],
    week: int,
    *,
    started: bool,
    late: bool,
    today: dt.date,
) -> Task:
    own = [s for s in sessions if s.activity == activity.id and s.date <= today]
    logged = sum(s.minutes for s in own) / 60
    left = max(0.0, activity.hours - logged)
    weeks_left = max(1, activity.end_week - week + 1)
    return Task(
        activity=activity.id,
        title=activity.title,
        kind=activity.kind,
        hours_left=left,
        hours_this_week=min(left, left / weeks_left),
        end=activity.end,
        goal=activity.practice_goal,
        feedback=activity.feedback,
        started=started or bool(own),
        advice=advise(own),
        late=late,
    )


def _sessions_a_week(plan: Plan, week: int) -> int:
    """Sessions of an hour and a half that a week's hours make; each takes a minute to log."""
    hours = sum(a.hours_per_week for a in plan.activities if a.start_week <= week <= a.end_week)
    return min(10, round(hours / 1.5))


def _checkin_due(plan: Plan, year: Year, week: int, *, today: dt.date) -> bool:
    done = {week_of(plan.start, c.date) for c in year.checkins if c.date <= today}
    return week not in done and (today - plan.start).days % DAYS >= CHECKIN_DAY


def _if_then(year: Year, quarter: Quarter | None) -> str:
    """The person's own if-then plan of a quarter, where they wrote one."""
    own = [m.if_then for m in year.milestones if quarter and m.quarter == quarter.number and m.if_then]
    return own[-1] if own else ""


def _weeks_behind(plan: Plan, year: Year, *, today: dt.date, settings: Settings) -> float:
    """Weeks between the place of today in the plan and what is earned, counted in closed work that was due."""
    progress = measure_progress(plan, year, today=today, settings=settings)
    ended = {s.activity for s in year.steps if s.kind is not StepKind.STARTED and s.date <= today}
    overdue = [a for a in plan.activities if a.id not in ended and a.end < today]
    if not overdue:
        return 0.0
    return max(0.0, progress.actual_weeks - (min(a.end_week for a in overdue)))


def _notes(kind: str, behind: float, plan: Plan, *, today: dt.date) -> tuple[str, ...]:
    notes = {
        "paused": "You are on a pause: nothing is expected. `milepost resume PERSON` ends it.",
        "before": f"The plan starts on {plan.start}, in {(plan.start - today).days} days.",
        "after": "The plan is over. `milepost progress PERSON` shows how it went.",
        "away": "You are away this week: nothing is planned.",
        "review": "A review week: close the milestone, look at the quarter, rest.",
    }
    found = [notes[kind]] if kind in notes else []
    if behind >= BEHIND and kind not in ("paused", "before"):
        found.append(
            f"Work of about {behind:.0f} weeks ago is still open. `milepost replan PERSON` moves it; nothing is lost."
        )
    return tuple(found)
