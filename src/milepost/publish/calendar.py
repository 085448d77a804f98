"""A plan as a calendar: activities, milestones and review weeks as all-day events, sessions at an hour."""

import datetime as dt
import math
import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

from milepost.errors import UsageError
from milepost.model.people import Away
from milepost.model.plans import Plan, PlannedActivity, Quarter
from milepost.publish.words import hours, safe_address

DAY = dt.timedelta(days=1)
REVIEW_DAYS = 6
SESSION_STEP, LONGEST_SESSION = 15, 180
"""Minutes: sessions are rounded up to a quarter of an hour; more than three hours is no session."""
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:milepost:calendar")

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_SESSION = re.compile(rf"({'|'.join(DAYS)})[a-z]*\s+([01]?\d|2[0-3]):([0-5]\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SessionTime:
    """When a person practises each week: a day (Monday is 0) and an hour on their own clock."""

    weekday: int
    at: dt.time


@dataclass(frozen=True, slots=True)
class Timetable:
    """The sessions of a week. Without a zone they float: their hour is that of wherever the person is."""

    times: tuple[SessionTime, ...] = ()
    zone: ZoneInfo | None = None
    away: tuple[Away, ...] = ()


def read_session(text: str) -> SessionTime:
    """A time of each week; ``UsageError`` where it is none.

    >>> read_session("tue 19:00")
    SessionTime(weekday=1, at=datetime.time(19, 0))
    """
    found = _SESSION.fullmatch(text.strip())
    if found is None:
        raise UsageError(
            f"{text!r} is not a day and an hour such as 'tue 19:00'",
            hint="Write the day in English, and 24 hours.",
        )
    return SessionTime(DAYS.index(found[1].lower()), dt.time(int(found[2]), int(found[3])))


def read_zone(name: str) -> ZoneInfo:
    """A time zone by its name in the IANA list; ``UsageError`` where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as fault:
        raise UsageError(
            f"{name!r} is not a time zone such as Europe/Berlin", hint="Take a name of the IANA list."
        ) from fault


def render_ics(
    plan: Plan, *, earlier: Sequence[Plan] = (), revision: int = 0, timetable: Timetable | None = None
) -> str:
    """An iCalendar file. What a replan moved keeps its UID, so that importing again moves its event.

    ``earlier`` are the plans that were in force before: what they had and this one no longer
    has is sent as cancelled. ``revision`` counts the changes of plan; it is the SEQUENCE by
    which a calendar knows what is newer (RFC 5545, 3.8.7.4).

    Why the first day of the plan as DTSTAMP: the same plan must give the same bytes.
    """
    timetable = timetable or Timetable()
    calendar = Calendar()
    calendar.add("prodid", "-//Milepost//Roadmap//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"Roadmap of {plan.person}")
    events = {str(event["uid"]): event for event in _events(plan, timetable)}
    gone: dict[str, Event] = {}
    for old in earlier:
        gone |= {str(event["uid"]): event for event in _events(old, timetable)}
    for uid, event in gone.items():
        if uid not in events:
            event.add("status", "CANCELLED")
            events[uid] = event
    for event in events.values():
        event.add("sequence", revision)
        calendar.add_component(event)
    calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _events(plan: Plan, timetable: Timetable) -> Iterator[Event]:
    for quarter in plan.quarters:
        for activity in quarter.activities:
            yield _activity(plan, activity)
        if quarter.milestone is not None:
            yield _milestone(plan, quarter)
        yield _review(plan, quarter)
    for week in range(1, plan.weeks + 1):
        yield from _sessions(plan, week, timetable)


def _event(plan: Plan, key: str, summary: str, words: list[str]) -> Event:
    event = Event()
    # Why the whole name: a slug of it is the same for everybody whose name has no Latin letter.
    who = " ".join(plan.person.split()).casefold()
    event.add("uid", f"{uuid.uuid5(_NAMESPACE, f'{who}/{plan.role}/{key}')}@milepost")
    event.add("dtstamp", dt.datetime.combine(plan.start, dt.time(), tzinfo=dt.UTC))
    event.add("summary", summary)
    event.add("description", "\n".join(word for word in words if word))
    return event


def _days(event: Event, first: dt.date, last: dt.date) -> Event:
    """Whole days, in which there is still time; the end of such an event is the day after its last."""
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    return event


def _activity(plan: Plan, activity: PlannedActivity) -> Event:
    words = [
        f"{hours(activity.hours)}, {hours(activity.hours_per_week)} a week",
        activity.why,
        f"Goal: {activity.practice_goal}",
        f"Feedback: {activity.feedback}",
        f"Evidence: {'; '.join(activity.evidence)}",
        activity.resource_name,
    ]
    event = _event(plan, f"activity/{activity.id}", activity.title, words)
    event.add("categories", [activity.kind])
    if safe_address(activity.resource_url):
        event.add("url", activity.resource_url)
    return _days(event, activity.start, activity.end)


def _milestone(plan: Plan, quarter: Quarter) -> Event:
    milestone = quarter.milestone
    assert milestone is not None
    words = [f"Evidence: {'; '.join(milestone.evidence)}", milestone.if_then]
    event = _event(plan, f"milestone/{quarter.number}", f"Milestone: {milestone.title}", words)
    return _days(event, milestone.due, milestone.due)


def _review(plan: Plan, quarter: Quarter) -> Event:
    """The last week of the quarter."""
    first = max(quarter.start, quarter.end - REVIEW_DAYS * DAY)
    words = ["Look at the evidence, record what was learned, replan the next quarter."]
    event = _event(plan, f"review/{quarter.number}", f"Review of quarter {quarter.number}", words)
    return _days(event, first, quarter.end)


def _sessions(plan: Plan, week: int, timetable: Timetable) -> Iterator[Event]:
    """The sessions of one week: its hours of practice, shared out evenly.

    A session keeps its UID by its place in the week, so that another hour moves it.
    """
    work = [each for each in plan.activities if each.start_week <= week <= each.end_week]
    first = plan.start + (week - 1) * 7 * DAY
    placed = [
        (place, first + (time.weekday - first.weekday()) % 7 * DAY, time.at)
        for place, time in enumerate(timetable.times, start=1)
    ]
    free = [each for each in placed if not any(away.first <= each[1] <= away.last for away in timetable.away)]
    if not work or not free:
        return
    minutes = _minutes(sum(each.hours_per_week for each in work) / len(free))
    for place, when, at in free:
        words = [f"{each.title}: {hours(each.hours_per_week)} this week" for each in work]
        event = _event(plan, f"session/{week}/{place}", f"Session: {work[0].title}", words)
        event.add("dtstart", dt.datetime.combine(when, at, tzinfo=timetable.zone))
        event.add("duration", dt.timedelta(minutes=minutes))
        event.add("categories", ["session"])
        yield event


def _minutes(wanted: float) -> int:
    """Hours as minutes of one session."""
    return min(LONGEST_SESSION, math.ceil(round(wanted * 60, 3) / SESSION_STEP) * SESSION_STEP)
