"""A plan as a calendar: activities, milestones and review weeks as all-day events."""

import datetime as dt
import uuid

from icalendar import Calendar, Event

from milepost.model.plans import Plan, PlannedActivity, Quarter
from milepost.publish.words import hours, slug

DAY = dt.timedelta(days=1)
REVIEW_DAYS = 6
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:milepost:calendar")


def render_ics(plan: Plan) -> str:
    """An iCalendar file. A replanned activity keeps its UID, so that importing again moves its event.

    Why the first day of the plan as DTSTAMP: the same plan must give the same bytes.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//Milepost//Roadmap//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"Roadmap of {plan.person}")
    for quarter in plan.quarters:
        for activity in quarter.activities:
            calendar.add_component(_activity(plan, activity))
        if quarter.milestone is not None:
            calendar.add_component(_milestone(plan, quarter))
        calendar.add_component(_review(plan, quarter))
    calendar.add_missing_timezones()
    text: str = calendar.to_ical().decode("utf-8")
    return text


def _event(plan: Plan, key: str, summary: str, first: dt.date, last: dt.date, words: list[str]) -> Event:
    """An all-day event; the end of one is the day after its last."""
    event = Event()
    name = f"{slug(plan.person)}/{plan.role}/{key}"
    event.add("uid", f"{uuid.uuid5(_NAMESPACE, name)}@milepost")
    event.add("dtstamp", dt.datetime.combine(plan.start, dt.time(), tzinfo=dt.UTC))
    event.add("summary", summary)
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    event.add("description", "\n".join(word for word in words if word))
    return event


def _activity(plan: Plan, activity: PlannedActivity) -> Event:
    event = _event(
        plan,
        f"activity/{activity.id}",
        activity.title,
        activity.start,
        activity.end,
        [
            f"{hours(activity.hours)}, {hours(activity.hours_per_week)} a week",
            activity.why,
            f"Goal: {activity.practice_goal}",
            f"Feedback: {activity.feedback}",
            f"Evidence: {'; '.join(activity.evidence)}",
            activity.resource_name,
        ],
    )
    event.add("categories", [activity.kind])
    if activity.resource_url:
        event.add("url", activity.resource_url)
    return event


def _milestone(plan: Plan, quarter: Quarter) -> Event:
    milestone = quarter.milestone
    assert milestone is not None
    words = [f"Evidence: {'; '.join(milestone.evidence)}", milestone.if_then]
    key = f"milestone/{quarter.number}"
    return _event(plan, key, f"Milestone: {milestone.title}", milestone.due, milestone.due, words)


def _review(plan: Plan, quarter: Quarter) -> Event:
    """The last week of the quarter."""
    first = max(quarter.start, quarter.end - REVIEW_DAYS * DAY)
    words = ["Look at the evidence, record what was learned, replan the next quarter."]
    key = f"review/{quarter.number}"
    return _event(plan, key, f"Review of quarter {quarter.number}", first, quarter.end, words)
