"""A portfolio as a calendar: what was reached and published, and the quarters where these are shown."""

import datetime as dt
import uuid
from collections.abc import Iterator

from icalendar import Calendar, Event

from milepost.model.portfolio import Portfolio
from milepost.pictures.canvas import clean

DAY = dt.timedelta(days=1)
_NAMESPACE = uuid.uuid5(uuid.NAMESPACE_URL, "urn:milepost:portfolio")


def render_portfolio_calendar(portfolio: Portfolio) -> str:
    """An iCalendar file of all-day events; the same item keeps its UID."""
    calendar = Calendar()
    calendar.add("prodid", "-//Milepost//Portfolio//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", f"Portfolio of {clean(portfolio.name.text)}")
    for event in (*_work(portfolio), *_roadmap(portfolio)):
        calendar.add_component(event)
    text: str = calendar.to_ical().decode("utf-8")
    return text


def item_id(kind: str, *parts: str) -> uuid.UUID:
    """The lasting id of one item, in the calendar and in the feed."""
    return uuid.uuid5(_NAMESPACE, "\0".join((kind, *parts)))


def _work(portfolio: Portfolio) -> Iterator[Event]:
    for milestone in portfolio.milestones:
        title, on = milestone.title.text, milestone.accepted
        words = milestone.evidence.text if milestone.evidence else ""
        key = item_id("milestone", title, on.isoformat())
        yield _event(key, f"Milestone: {title}", on, on, words, milestone.url.text if milestone.url else "")
    for artefact in portfolio.artefacts:
        title, url = artefact.title.text, artefact.url.text if artefact.url else ""
        yield _event(item_id("artefact", title, url), title, artefact.date, artefact.date, "", url)


def _roadmap(portfolio: Portfolio) -> Iterator[Event]:
    role = portfolio.role.text if portfolio.role else ""
    for quarter in portfolio.quarters:
        words = "\n".join(activity.text for activity in quarter.activities)
        name = f"Quarter {quarter.number}: {quarter.theme.text}"
        key = item_id("quarter", portfolio.name.text, role, str(quarter.number))
        yield _event(key, name, quarter.first, quarter.last, words, "")
        if quarter.milestone:
            key = item_id("due", portfolio.name.text, role, str(quarter.number))
            yield _event(key, f"Milestone: {quarter.milestone.text}", quarter.last, quarter.last, "", "")


def _event(key: uuid.UUID, summary: str, first: dt.date, last: dt.date, words: str, url: str) -> Event:
    """An all-day event. Why its first day as DTSTAMP: the same item must give the same bytes."""
    event = Event()
    event.add("uid", f"{key}@milepost")
    event.add("dtstamp", dt.datetime.combine(first, dt.time(), tzinfo=dt.UTC))
    event.add("summary", clean(summary))
    event.add("dtstart", first)
    event.add("dtend", last + DAY)
    event.add("transp", "TRANSPARENT")
    if words:
        event.add("description", clean(words))
    if url:
        event.add("url", url)
    return event
