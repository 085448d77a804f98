"""Planned, earned and actual value of a year, by earned schedule.

Source: method-practice 5.4, method note (The year). Earned value counts a planned activity's
hours once it is closed by evidence, and not before. Days of a pause are taken out of the
clock: the plan's weeks move behind it.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence

from milepost.model.plans import Plan, PlannedActivity
from milepost.model.progress import Pace, Progress, WeekPoint
from milepost.model.settings import Settings
from milepost.model.year import Pause, Session, StepKind, Year
from milepost.year.practice import effective_hours

DAYS = 7


def measure_progress(plan: Plan, year: Year, *, today: dt.date, settings: Settings | None = None) -> Progress:
    """Where the year stands on one day against a plan.

    PV: plan hours up to today's place in the plan. EV: hours of activities with a proof that
    counts. ES: the week at which the plan should have reached EV, linear inside a week.
    SPI(t) = ES/AT; on track from .9, slipping from .7, below that replan. AT counts weeks since
    the start without the days of pauses, up to the end of the plan's weeks or the finish.
    """
    settings = settings or Settings()
    planned = planned_by_week(plan)
    weeks = weeks_gone(plan.start, year.pauses, today=today)
    earned_on = _earned_days(plan, year, today=today)
    earned = sum(hours for hours, _ in earned_on)
    budget = planned[-1] if planned else 0.0
    if budget and earned >= budget - 1e-6:
        last = max(day for _, day in earned_on)
        weeks = weeks_gone(plan.start, year.pauses, today=last)
    schedule = earned_schedule(planned, earned)
    spi_t = schedule / weeks if weeks > 0 else None
    on_plan, off_plan = logged_hours(year.sessions, plan, today=today)
    actual = actual_hours(year, plan, today=today)
    accepted, waived, missing = _milestones(plan, year, today=today)
    return Progress(
        as_of=today,
        planned_value=value_at(planned, weeks),
        earned_value=earned,
        waived=_waived(plan, year, today=today),
        actual_hours=actual,
        effective_hours=effective_hours([s for s in year.sessions if s.date <= today]),
        budget=budget,
        actual_weeks=weeks,
        earned_schedule_weeks=schedule,
        spi_t=spi_t,
        cpi=earned / actual if actual else None,
        status=_status(spi_t, plan, weeks, earned),
        on_plan_ratio=on_plan / (on_plan + off_plan) if on_plan + off_plan else None,
        distraction_ratio=off_plan / (on_plan + off_plan) if on_plan + off_plan else None,
        public_artefacts=sum(each.public and each.date <= today for each in year.artefacts),
        checkin_weeks=len(
            {week_of(plan.start, c.date) for c in year.checkins if plan.start <= c.date <= today}
        ),
        milestones_accepted=accepted,
        milestones_waived=waived,
        milestones_missing=missing,
        pace=estimate_pace(plan, year, today=today, settings=settings),
        points=_points(plan, year, planned, earned_on, today=today),
    )


def planned_by_week(plan: Plan) -> list[float]:
    """Hours planned up to the end of each week, summed."""
    added = [0.0] * (plan.weeks + 1)
    for activity in plan.activities:
        span = activity.end_week - activity.start_week + 1
        for week in range(activity.start_week, activity.end_week + 1):
            added[min(week, plan.weeks)] += activity.hours / span
    total, found = 0.0, []
    for hours in added[1:]:
        total += hours
        found.append(total)
    return found


def value_at(planned: Sequence[float], weeks: float) -> float:
    """Planned value after so many weeks, linear inside a week."""
    if weeks <= 0 or not planned:
        return 0.0
    if weeks >= len(planned):
        return planned[-1]
    whole = math.floor(weeks)
    before = planned[whole - 1] if whole else 0.0
    return before + (weeks - whole) * (planned[whole] - before)


def earned_schedule(planned: Sequence[float], earned: float) -> float:
    """Weeks after which the plan should have earned what was earned, linear inside a week."""
    if earned <= 0 or not planned:
        return 0.0
    for week, value in enumerate(planned):
        if value >= earned - 1e-9:
            before = planned[week - 1] if week else 0.0
            return week + (earned - before) / (value - before) if value > before else float(week)
    return float(len(planned))


def weeks_gone(start: dt.date, pauses: Sequence[Pause], *, today: dt.date) -> float:
    """Weeks from the start to the end of today, without the days of pauses; 0 before the start."""
    if today < start:
        return 0.0
    days = (today - start).days + 1
    paused: set[dt.date] = set()
    for pause in pauses:
        day, last = max(pause.first, start), min(pause.last or today, today)
        while day <= last:
            paused.add(day)
            day += dt.timedelta(days=1)
    return (days - len(paused)) / DAYS


def week_of(start: dt.date, day: dt.date) -> int:
    """The number of the week that a day lies in, 1 the first."""
    return (day - start).days // DAYS + 1


def _earned_days(plan: Plan, year: Year, *, today: dt.date) -> list[tuple[float, dt.date]]:
    """Hours earned and the day of their proof, one entry an activity."""
    hours = {activity.id: activity.hours for activity in plan.activities}
    found: dict[str, dt.date] = {}
    for step in year.steps:
        counts = step.kind is StepKind.FINISHED and step.proof is not None and step.proof.counts
        if counts and step.activity in hours and step.date <= today:
            found[step.activity] = min(step.date, found.get(step.activity, step.date))
    return [(hours[id_], day) for id_, day in sorted(found.items())]


def _waived(plan: Plan, year: Year, *, today: dt.date) -> float:
    hours = {activity.id: activity.hours for activity in plan.activities}
    waived = {
        step.activity
        for step in year.steps
        if step.kind is StepKind.FINISHED
        and step.date <= today
        and (step.proof is None or not step.proof.counts)
    }
    return sum(hours.get(id_, 0.0) for id_ in waived)


def logged_hours(sessions: Sequence[Session], plan: Plan, *, today: dt.date) -> tuple[float, float]:
    """Hours of sessions on activities of the plan, and off it."""
    planned = {activity.id for activity in plan.activities}
    on = sum(s.minutes for s in sessions if s.activity in planned and s.date <= today)
    off = sum(s.minutes for s in sessions if s.activity not in planned and s.date <= today)
    return on / 60, off / 60


def actual_hours(year: Year, plan: Plan, *, today: dt.date) -> float:
    """Hours worked: of each week the larger of its check-ins and its sessions.

    Why the larger: a check-in speaks of the whole week, sessions of a part of it or of the same hours.
    """
    told: dict[int, float] = {}
    timed: dict[int, float] = {}
    for checkin in year.checkins:
        if checkin.date <= today:
            week = week_of(plan.start, checkin.date)
            told[week] = told.get(week, 0.0) + checkin.hours
    planned = {activity.id for activity in plan.activities}
    for session in year.sessions:
        if session.date <= today and session.activity in planned:
            week = week_of(plan.start, session.date)
            timed[week] = timed.get(week, 0.0) + session.minutes / 60
    return sum(max(told.get(week, 0.0), timed.get(week, 0.0)) for week in sorted({*told, *timed}))


def _status(spi_t: float | None, plan: Plan, weeks: float, earned: float) -> str:
    """Why "nothing due yet": work is earned when it is closed, and before the first end nothing can be late."""
    first_end = min((activity.end_week for activity in plan.activities), default=0)
    if spi_t is None or (weeks <= first_end and earned <= 0):
        return "nothing due yet"
    if spi_t >= 0.9:
        return "on track"
    return "slipping" if spi_t >= 0.7 else "replan"


def _milestones(
    plan: Plan, year: Year, *, today: dt.date
) -> tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...]]:
    """Quarters whose milestone is accepted by evidence, waived, or due and missing."""
    recorded = {m.quarter: m for m in year.milestones if m.accepted is not None and m.accepted <= today}
    waived = tuple(q for q, m in sorted(recorded.items()) if m.proof is not None and not m.proof.counts)
    accepted = tuple(q for q in sorted(recorded) if q not in waived)
    missing = tuple(
        quarter.number
        for quarter in plan.quarters
        if quarter.milestone is not None and quarter.milestone.due < today and quarter.number not in recorded
    )
    return accepted, waived, missing


def estimate_pace(plan: Plan, year: Year, *, today: dt.date, settings: Settings) -> Pace:
    """The person's own pace: the stated model, moved by what is finished.

    The logarithm of actual over planned hours of finished activities updates N(0, pace_sd²) with
    the spread of one activity (``activity_sd``) as noise; the share of missed weeks updates a
    Beta prior worth ``pace_prior_weeks`` weeks. A week is missed where neither a check-in nor a session has hours.
    """
    hours = {activity.id: activity.hours for activity in plan.activities}
    ratios = [
        math.log(step.hours / hours[step.activity])
        for step in year.steps
        if step.kind is StepKind.FINISHED and step.hours and hours.get(step.activity) and step.date <= today
    ]
    prior, noise = 1 / settings.pace_sd**2, 1 / settings.activity_sd**2
    precision = prior + len(ratios) * noise
    mean = noise * sum(ratios) / precision
    seen, missed = _weeks_seen(plan, year, today=today)
    share = (settings.missed_week * settings.pace_prior_weeks + missed) / (settings.pace_prior_weeks + seen)
    return Pace(math.exp(mean), 1 / math.sqrt(precision), share, len(ratios), seen)


def _weeks_seen(plan: Plan, year: Year, *, today: dt.date) -> tuple[int, int]:
    """Working weeks that are over since the first record, and those of them without any hours."""
    worked = {week_of(plan.start, c.date) for c in year.checkins if c.hours > 0 and c.date <= today}
    worked |= {week_of(plan.start, s.date) for s in year.sessions if s.minutes > 0 and s.date <= today}
    if not worked:
        return 0, 0
    busy = _busy_weeks(plan.activities)
    over = week_of(plan.start, today) - 1
    paused = {
        week
        for week in busy
        if any(
            p.first <= plan.start + dt.timedelta(days=DAYS * week - 1)
            and (p.last is None or p.last >= plan.start + dt.timedelta(days=DAYS * (week - 1)))
            for p in year.pauses
        )
    }
    seen = [week for week in sorted(busy - paused) if week <= over]
    return len(seen), sum(week not in worked for week in seen)


def _busy_weeks(activities: Sequence[PlannedActivity]) -> set[int]:
    return {week for a in activities for week in range(a.start_week, a.end_week + 1)}


def _points(
    plan: Plan,
    year: Year,
    planned: Sequence[float],
    earned_on: Sequence[tuple[float, dt.date]],
    *,
    today: dt.date,
) -> tuple[WeekPoint, ...]:
    """The burn-up: one point a week of the plan, on the plan's own calendar."""
    hours: Mapping[int, float] = _hours_by_week(year, plan, today=today)
    found = []
    spent = 0.0
    for number, value in enumerate(planned, start=1):
        end = plan.start + dt.timedelta(days=DAYS * number - 1)
        spent += hours.get(number, 0.0)
        gone = end - dt.timedelta(days=DAYS - 1) <= today
        earned = sum(worth for worth, day in earned_on if day <= end) if gone else None
        found.append(WeekPoint(number, end, value, earned, spent if gone else None))
    return tuple(found)


def _hours_by_week(year: Year, plan: Plan, *, today: dt.date) -> Mapping[int, float]:
    found: dict[int, float] = {}
    for week in range(1, plan.weeks + 1):
        first = plan.start + dt.timedelta(days=DAYS * (week - 1))
        last = first + dt.timedelta(days=DAYS - 1)
        inside = Year(
            checkins=tuple(c for c in year.checkins if first <= c.date <= last),
            sessions=tuple(s for s in year.sessions if first <= s.date <= last),
        )
        if inside.checkins or inside.sessions:
            found[week] = actual_hours(inside, plan, today=today)
    return found
