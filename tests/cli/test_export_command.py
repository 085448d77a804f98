"""``milepost export`` as a user runs it: every format, the plan in force, and a calendar that follows it."""

import json
import os
import subprocess
import sys

import pytest
from icalendar import Calendar

TEXT = """\
milepost: 1
name: Ελένη 王芳 Дмитрий
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}
ratings: {python: 3, pytorch: 1}
"""


def run(folder, *arguments, today="2026-11-23"):
    environment = {
        **os.environ,
        "MILEPOST_TODAY": today,
        "MILEPOST_WORKSPACE": str(folder / "workspace.sqlite"),
    }
    return subprocess.run(
        [sys.executable, "-m", "milepost", *map(str, arguments)],
        cwd=folder, env=environment, capture_output=True, timeout=120, check=False,
    )  # fmt: skip


def export(folder, *arguments, today="2026-11-23"):
    done = run(folder, "export", "me.yaml", *arguments, today=today)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


def calendar(folder, *arguments, today="2026-11-23"):
    found = Calendar.from_ical(export(folder, "--format", "ics", *arguments, today=today).decode())
    return {str(event["uid"]): event for event in found.walk("VEVENT")}


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "me.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    """A person whose plan of sixteen weeks is in force."""
    folder = tmp_path_factory.mktemp("accepted")
    (folder / "me.yaml").write_text(TEXT, encoding="utf-8")
    assert run(folder, "plan", "me.yaml", "--weeks", "16", "--accept").returncode == 0
    return folder


@pytest.mark.parametrize(
    ("form", "begins"), [("pdf", b"%PDF-"), ("docx", b"PK\x03\x04"), ("html", b"<!doctype html>"), ("md", b"# ")]
)  # fmt: skip
def test_a_roadmap_leaves_as_a_document_the_same_in_a_file_and_in_a_pipe(accepted, tmp_path, form, begins):
    printed = export(accepted, "--format", form)
    assert printed[: len(begins)].lower() == begins.lower()
    written = tmp_path / f"me.{form}"
    export(accepted, "--format", form, "--out", written)
    assert written.read_bytes() == printed


def test_a_roadmap_leaves_as_tasks_and_as_issues(accepted):
    assert export(accepted, "--format", "tasks").decode().count("- [ ] **Milestone") == 1
    lines = export(accepted, "--format", "github").decode().splitlines()
    assert {json.loads(line)["milestone"] for line in lines} == {1}


def test_skills_leave_as_rendercv_without_a_plan(desk):
    text = export(desk, "--format", "rendercv").decode()
    assert text.startswith("cv:\n  name: Ελένη 王芳 Дмитрий\n")
    assert "details: Python (assisted)" in text


def test_the_plan_in_force_is_what_leaves_also_when_days_have_gone_by(accepted):
    first = calendar(accepted)
    assert first == calendar(accepted, today="2026-12-14")
    assert len([event for event in first.values() if str(event["summary"]).startswith("Review of")]) == 1


def test_after_a_replan_and_its_undo_the_calendar_is_updated_and_nothing_is_doubled(desk):
    assert run(desk, "plan", "me.yaml", "--weeks", "16", "--accept").returncode == 0
    before = calendar(desk)
    boxes = export(desk, "--format", "tasks").decode().splitlines()
    unwanted = next(line for line in reversed(boxes) if line.startswith("- [ ] ")).split("`")[1]
    assert run(desk, "skip", "me.yaml", unwanted, "--because", "done at work").returncode == 0
    done = run(desk, "replan", "me.yaml", "--hours-per-week", "10", "--accept", today="2026-12-14")
    assert done.returncode == 0, done.stderr.decode()
    after = calendar(desk, today="2026-12-14")
    assert before.keys() <= after.keys()
    assert {int(event["sequence"]) for event in after.values()} == {1}
    cancelled = {uid for uid, event in after.items() if event.get("status") == "CANCELLED"}
    assert cancelled
    assert cancelled < before.keys()
    run(desk, "undo", "me.yaml")
    again = calendar(desk, today="2026-12-15")
    assert {int(event["sequence"]) for event in again.values()} == {2}


def test_sessions_have_their_hour_in_the_zone_asked_for(accepted):
    asked = ("--session", "tue 19:00", "--session", "Saturday 9:30", "--zone", "Europe/Athens")
    starts = [
        event["dtstart"].dt
        for event in calendar(accepted, *asked).values()
        if str(event["summary"]).startswith("Session: ")
    ]
    assert {(when.weekday(), f"{when:%H:%M}", when.tzinfo.key) for when in starts} == {
        (1, "19:00", "Europe/Athens"),
        (5, "09:30", "Europe/Athens"),
    }


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (("--format", "ics", "--session", "tue 25:00"), "tue 19:00"),
        (("--format", "ics", "--session", "someday"), "tue 19:00"),
        (("--format", "ics", "--zone", "Mars/Base"), "Europe/Berlin"),
        (("--format", "ics", "--zone", "../../etc/passwd"), "Europe/Berlin"),
        (("--format", "md", "--session", "tue 19:00"), "--format ics"),
    ],
)
def test_a_wrong_hour_or_zone_says_how_one_is_written(desk, wrong, words):
    done = run(desk, "export", "me.yaml", *wrong)
    assert done.returncode == 2
    assert words in done.stderr.decode()
    assert b"Traceback" not in done.stderr


def test_a_table_of_the_plan_does_not_come_back_in(accepted, tmp_path):
    table = tmp_path / "plan.csv"
    export(accepted, "--format", "csv", "--out", table)
    done = run(tmp_path, "import", table)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("form", ["ics", "md", "csv"])
def test_where_no_plan_fits_the_exit_code_is_three_and_no_file_is_written(tmp_path, form):
    text = (
        TEXT.replace("hours_per_week: 8", "hours_per_week: 0.5")
        + "activities: {pin: [gpt-2-training-run-reproduction]}\n"
    )
    (tmp_path / "me.yaml").write_text(text, encoding="utf-8")
    done = run(tmp_path, "export", "me.yaml", "--format", form, "--out", f"plan.{form}")
    assert done.returncode == 3, done.stderr.decode()
    assert done.stdout == b""
    assert "No plan fits" in done.stderr.decode()
    assert not (tmp_path / f"plan.{form}").exists()
