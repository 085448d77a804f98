"""A calendar that is imported again moves its events, and keeps the hour of a session in its zone."""

import datetime as dt
from dataclasses import replace
from importlib import import_module
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar

from milepost.model.people import Away
from milepost.publish.calendar import SessionTime, Timetable, render_ics

samples = import_module("publish.roadmap_samples")
TUESDAY = SessionTime(1, dt.time(19, 0))
SATURDAY = SessionTime(5, dt.time(9, 30))
WEEK = dt.timedelta(weeks=1)


@pytest.fixture
def plan():
    return samples.make_plan()


def events(text: str) -> dict[str, Any]:
    return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def sessions(text: str) -> list[Any]:
    found = [event for event in events(text).values() if str(event["summary"]).startswith("Session: ")]
    return sorted(found, key=lambda event: event["dtstart"].dt)


def without_first_activity(plan):
    quarter = plan.quarters[0]
    return replace(plan, quarters=(replace(quarter, activities=quarter.activities[1:]), *plan.quarters[1:]))


def test_every_event_of_a_newer_plan_has_a_higher_sequence_under_the_same_uid(plan):
    before, after = events(render_ics(plan)), events(render_ics(plan, earlier=(plan,), revision=1))
    assert before.keys() == after.keys()
    assert {int(event["sequence"]) for event in before.values()} == {0}
    assert {int(event["sequence"]) for event in after.values()} == {1}


def test_what_a_replan_dropped_is_sent_as_cancelled_and_nothing_else_is(plan):
    found = events(render_ics(without_first_activity(plan), earlier=(plan,), revision=1))
    cancelled = [str(event["summary"]) for event in found.values() if event.get("status") == "CANCELLED"]
    assert cancelled == [plan.quarters[0].activities[0].title]
    assert found.keys() == events(render_ics(plan)).keys()


def test_people_whose_names_have_no_latin_letter_share_no_uid(plan):
    first = events(render_ics(replace(plan, person="王芳")))
    assert not first.keys() & events(render_ics(replace(plan, person="李娜"))).keys()


def test_the_name_of_a_person_counts_whatever_its_case_and_spaces(plan):
    first = events(render_ics(replace(plan, person="Zoë  Müller")))
    assert first.keys() == events(render_ics(replace(plan, person="zoë müller"))).keys()


def test_whole_days_have_no_hour_and_so_no_zone_and_leave_the_day_free(plan):
    text = render_ics(plan)
    assert "VTIMEZONE" not in text
    for event in events(text).values():
        assert event["dtstart"].params["VALUE"] == "DATE"
        assert str(event["transp"]) == "TRANSPARENT"


def test_a_session_keeps_its_hour_when_the_clocks_change(plan):
    zone = ZoneInfo("Europe/Berlin")
    text = render_ics(plan, timetable=Timetable((TUESDAY,), zone))
    assert "BEGIN:VTIMEZONE" in text
    assert "TZID=Europe/Berlin" in text
    found = [event["dtstart"].dt for event in sessions(text)]
    assert {(when.weekday(), when.hour, when.minute) for when in found} == {(1, 19, 0)}
    assert {when.utcoffset() for when in found} == {dt.timedelta(hours=1), dt.timedelta(hours=2)}


def test_without_a_zone_a_session_floats_with_the_person(plan):
    text = render_ics(plan, timetable=Timetable((TUESDAY,)))
    assert "TZID" not in text
    assert all(event["dtstart"].dt.tzinfo is None for event in sessions(text))


def test_the_hours_of_a_week_are_shared_by_its_sessions_and_none_is_longer_than_three_hours(plan):
    one = sessions(render_ics(plan, timetable=Timetable((TUESDAY,))))
    two = sessions(render_ics(plan, timetable=Timetable((TUESDAY, SATURDAY))))
    assert len(two) == 2 * len(one)
    work = sum(a.hours_per_week for a in plan.activities if a.start_week <= 6 <= a.end_week)
    week = [
        event for event in two if plan.start + 5 * WEEK <= event["dtstart"].dt.date() < plan.start + 6 * WEEK
    ]
    assert len(week) == 2
    for event in week:
        minutes = event["duration"].dt.total_seconds() / 60
        assert minutes == 180 or work * 30 <= minutes < work * 30 + 15
        assert minutes <= 180


def test_no_session_is_on_a_day_away_or_in_a_week_without_work(plan):
    away = Away(dt.date(2026, 12, 21), dt.date(2027, 1, 3))
    found = [
        event["dtstart"].dt.date()
        for event in sessions(render_ics(plan, timetable=Timetable((TUESDAY,), None, (away,))))
    ]
    assert found
    assert not [when for when in found if away.first <= when <= away.last]
    review = plan.quarters[0].end - dt.timedelta(days=6)
    assert not [when for when in found if review <= when <= plan.quarters[0].end]


def test_another_hour_moves_a_session_instead_of_adding_one(plan):
    later = SessionTime(3, dt.time(20, 15))
    before = events(render_ics(plan, timetable=Timetable((TUESDAY,))))
    assert before.keys() == events(render_ics(plan, timetable=Timetable((later,)))).keys()


def test_a_plan_that_starts_in_midweek_has_its_sessions_inside_its_weeks(plan):
    start = plan.start + dt.timedelta(days=3)
    found = sessions(render_ics(replace(plan, start=start), timetable=Timetable((TUESDAY, SATURDAY))))
    assert min(event["dtstart"].dt.date() for event in found) == dt.date(2026, 12, 5)


def test_an_address_that_would_run_code_is_no_link(plan):
    assert "javascript:" not in render_ics(plan)
