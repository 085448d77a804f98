"""Files for other tools lose no fact on the way."""

import csv
import datetime as dt
import io
import json
import re
from dataclasses import replace
from importlib import import_module
from typing import Any

import pytest
from icalendar import Calendar

from milepost.publish.calendar import render_ics
from milepost.publish.exports import COLUMNS, render_csv, render_markdown
from milepost.publish.jsonresume import render_jsonresume

samples = import_module("publish.roadmap_samples")


@pytest.fixture
def view():
    return samples.make_view()


@pytest.fixture
def hopeless():
    return samples.make_view(feasible=False)


def events(text: str) -> dict[str, Any]:
    return {str(event["uid"]): event for event in Calendar.from_ical(text).walk("VEVENT")}


def test_the_calendar_has_every_activity_milestone_and_review_as_an_all_day_event(view):
    found = events(render_ics(view.plan))
    assert len(found) == 36 + 4 + 4
    first = view.plan.activities[0]
    event = next(e for e in found.values() if str(e["summary"]) == first.title)
    assert event["dtstart"].dt == first.start
    assert event["dtend"].dt == first.end + dt.timedelta(days=1)


def test_a_moved_activity_keeps_its_uid(view):
    week = dt.timedelta(weeks=1)
    quarter = view.plan.quarters[0]
    moved = tuple(replace(a, start=a.start + week, end=a.end + week) for a in quarter.activities)
    later = replace(view.plan, quarters=(replace(quarter, activities=moved), *view.plan.quarters[1:]))
    assert events(render_ics(view.plan)).keys() == events(render_ics(later)).keys()


def test_the_calendars_of_two_people_share_no_uid(view):
    other = replace(view.plan, person="Somebody else")
    assert not events(render_ics(view.plan)).keys() & events(render_ics(other)).keys()


def test_csv_has_a_row_an_activity_with_its_facts(view):
    rows = list(csv.DictReader(io.StringIO(render_csv(view.plan))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["id"] for row in rows] == [a.id for a in view.plan.activities]
    for row, activity in zip(rows, view.plan.activities, strict=True):
        assert row["title"] == activity.title
        assert dt.date.fromisoformat(row["start"]) == activity.start
        assert float(row["hours"]) == activity.hours
        assert row["requires"].split("; ") == list(activity.requires or ("",))


def test_a_csv_cell_never_begins_like_a_formula(view):
    rows = list(csv.DictReader(io.StringIO(render_csv(view.plan))))
    assert {row["goal"] for row in rows} == {"'=1+1 as a goal"}


def test_markdown_names_every_gap_and_activity_and_escapes_what_people_wrote(view):
    text = render_markdown(view.plan, view.report)
    plain = re.sub(r"\\(.)", r"\1", text)
    for activity in view.plan.activities:
        assert activity.title in plain
    for gap in view.report.gaps:
        assert gap.name in plain
    assert not re.search(r"(?<!\\)<(?!https:)", text)
    assert "javascript:" not in text


def test_markdown_of_a_plan_that_does_not_fit_says_what_would_help(hopeless):
    assert "6.5 h a week instead of 1 would fit." in render_markdown(hopeless.plan, hopeless.report)


def test_a_json_resume_has_names_level_words_and_keywords_and_nothing_private(view):
    text = render_jsonresume(view.person, view.levels, view.catalogue.tree, label="Engineer")
    resume = json.loads(text)
    assert resume["basics"] == {"name": view.person.name, "label": "Engineer"}
    assert {skill["level"] for skill in resume["skills"]} == {"assisted"}
    assert all(skill["keywords"] for skill in resume["skills"])
    assert resume["projects"][0]["url"] == "https://example.org/cluster"
    assert resume["certificates"] == [{"name": "A paper", "date": "2026-04-01"}]
    assert "private" not in text


def test_a_piece_of_work_that_shows_two_skills_is_listed_once_and_has_an_end(view):
    first = view.person.evidence[0]
    older = replace(first, title="Older", date=dt.date(2020, 1, 1), url="")
    other = next(skill for skill in view.catalogue.tree.skills if skill != first.skill)
    both = replace(view.person, evidence=(older, first, replace(first, skill=other)))
    projects = json.loads(render_jsonresume(both, view.levels, view.catalogue.tree))["projects"]
    assert [(row["name"], len(row["keywords"]), row["endDate"]) for row in projects] == [
        (first.title, 2, first.date.isoformat()),
        ("Older", 1, "2020-01-01"),
    ]


def test_every_export_gives_the_same_bytes_twice(view):
    plan, report = view.plan, view.report
    assert render_ics(plan) == render_ics(plan)
    assert render_csv(plan) == render_csv(plan)
    assert render_markdown(plan, report) == render_markdown(plan, report)
