"""Verbs of the year on days that are hard: leap days, year ends, clocks that go back, two computers."""

import datetime as dt
import os
import subprocess
import sys

import pytest

from milepost.errors import WorkspaceError
from milepost.model.year import CheckIn, Pause, Session
from milepost.workflows.cards import add_card, read_due, review_card
from milepost.workflows.keeping import undo_change
from milepost.workflows.year import Occasion, end_pause, log_session, record_checkin, start_pause

TEXT = """\
milepost: 1
name: Mika   # me
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}
"""


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def on(day, *, hour=18):
    """The occasion of a day, by a clock that agrees with it."""
    moment = dt.datetime(day.year, day.month, day.day, hour, tzinfo=dt.UTC)
    return Occasion(None, lambda: moment, day)


def undo(file, at):
    return undo_change(at.load(str(file)), workspace=None, now=at.now).verb


def test_two_computers_the_second_is_told_and_overwrites_nothing(file):
    at = on(dt.date(2026, 12, 6))
    record_checkin(str(file), CheckIn(at.today, 5), at=at)
    old = at.load(str(file))
    file.write_text(file.read_text(encoding="utf-8") + "specialisations: []\n", encoding="utf-8")
    there = file.read_bytes()
    with pytest.raises(WorkspaceError, match="changed by somebody else"):
        at.keep(old, "checkin", text=old.loaded.text + "\n# from the first computer\n")
    assert file.read_bytes() == there
    record_checkin(str(file), CheckIn(at.today + dt.timedelta(days=7), 6), at=at)
    assert "specialisations: []" in file.read_text(encoding="utf-8")


def test_two_computers_that_log_one_after_the_other_lose_nothing(file):
    at = on(dt.date(2026, 12, 6))
    old = at.load(str(file))
    log_session(str(file), Session(at.today, skill="python", minutes=30), at=at)
    with pytest.raises(WorkspaceError):
        at.keep(old, "log", text=old.loaded.text)
    assert len(at.load(str(file)).loaded.person.year.sessions) == 1


@pytest.mark.parametrize("day", [dt.date(2028, 2, 29), dt.date(2026, 12, 31), dt.date(2027, 1, 1)])
def test_hard_days_are_kept_as_they_are_and_taken_back_to_the_first_bytes(file, day):
    at = on(day)
    log_session(str(file), Session(day, skill="python", minutes=30), at=at)
    record_checkin(str(file), CheckIn(day, 0.5), at=at)
    start_pause(str(file), Pause(day, None, "rest"), at=at)
    assert end_pause(str(file), at=on(day + dt.timedelta(days=1))).last == day
    year = at.load(str(file)).loaded.person.year
    assert (year.sessions[0].date, year.checkins[0].date, year.pauses[0].last) == (day, day, day)
    assert [undo(file, at) for _ in range(4)] == ["resume", "pause", "checkin", "log"]
    assert file.read_text(encoding="utf-8") == TEXT


def test_a_clock_that_goes_backwards_keeps_the_order_and_undo(file):
    late, early = on(dt.date(2026, 12, 6)), on(dt.date(2026, 12, 1))
    log_session(str(file), Session(late.today, skill="python", minutes=30), at=late)
    record_checkin(str(file), CheckIn(early.today, 2), at=early)
    verbs = [change.verb for change in early.load(str(file)).changes if change.verb in ("log", "checkin")]
    assert verbs == ["log", "checkin"]
    assert [undo(file, early), undo(file, early)] == ["checkin", "log"]
    assert file.read_text(encoding="utf-8") == TEXT


def test_a_card_needs_no_skill_and_a_review_is_kept_at_once(file):
    at = on(dt.date(2026, 12, 6))
    card = add_card(str(file), "What is a replica?", "A copy.", skill="", at=at)
    assert [state.card.id for state in read_due(str(file), at=at)] == [card.id]
    review_card(str(file), card.id, 3, at=at)
    assert read_due(str(file), at=at) == ()
    assert [undo(file, at), undo(file, at)] == ["review", "card"]
    assert file.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago", "Europe/London", "UTC"])
def test_a_day_is_the_day_where_the_person_is_and_moments_are_kept_in_utc(file, zone):
    """Two computers at the same moment, a day apart on the calendar: each writes its own day."""
    code = (
        "import datetime as dt\n"
        "from milepost.cli.terminal import now, today\n"
        "here = dt.datetime.now().astimezone()\n"
        "assert today() in (here.date(), dt.datetime.now().astimezone().date())\n"
        "assert now().utcoffset() == dt.timedelta(0)\n"
        "print(today())"
    )
    environment = {k: v for k, v in os.environ.items() if k != "MILEPOST_TODAY"} | {"TZ": zone}
    day = dt.date.fromisoformat(
        subprocess.run(
            [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True
        ).stdout.strip()
    )
    assert abs((day - dt.datetime.now(dt.UTC).date()).days) <= 1
    at = Occasion(None, lambda: dt.datetime.now(dt.UTC), day)
    record_checkin(str(file), CheckIn(day, 3.0), at=at)
    kept = at.load(str(file))
    assert kept.loaded.person.year.checkins[-1].date == day
    assert kept.changes[-1].saved_at.utcoffset() == dt.timedelta(0)
