"""The weekly loop as a user runs it: real processes, one file, and back to its first bytes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from milepost.cli.front import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"
TEXT = """\
# my file
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}   # evenings
ratings: {python: 3, pytorch: 1}
"""
YEAR_VERBS = (
    "today",
    "log",
    "checkin",
    "done",
    "skip",
    "pause",
    "resume",
    "cards",
    "progress",
    "replan",
    "undo",
)
CLOCK = "2026-12-02"


def start(folder, *arguments, today=CLOCK, given=None):
    """``milepost`` as a process of its own on a fixed day."""
    environment = {
        **os.environ,
        "MILEPOST_TODAY": today,
        "MILEPOST_WORKSPACE": str(folder / "workspace.sqlite"),
        "COLUMNS": "80",
    }
    return subprocess.run(
        [sys.executable, "-m", "milepost", *map(str, arguments)],
        cwd=folder, env=environment, input=given or "", capture_output=True, text=True, encoding="utf-8",
        timeout=120, check=False,
    )  # fmt: skip


def done(folder, *arguments, **more):
    """A run that has to end well; what it printed."""
    ran = start(folder, *arguments, **more)
    assert ran.returncode == 0, (arguments, ran.stderr)
    assert "Traceback" not in ran.stderr
    return ran.stdout


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def document(folder, *arguments, kind=None, **more):
    found = json.loads(done(folder, *arguments, "--json", **more))
    if kind:
        jsonschema.validate(found, schema(kind))
    return found


@pytest.fixture(scope="module")
def accepted(tmp_path_factory):
    """A folder with a person whose plan of sixteen weeks is in force; copied by ``year``."""
    folder = tmp_path_factory.mktemp("accepted")
    (folder / "me.yaml").write_text(TEXT, encoding="utf-8")
    ran = start(folder, "plan", "me.yaml", "--weeks", "16", "--accept", "--json", today="2026-11-23")
    assert ran.returncode == 0, ran.stderr
    assert "In force" in ran.stderr
    (folder / "plan.json").write_text(ran.stdout, encoding="utf-8")
    return folder


@pytest.fixture
def year(accepted, tmp_path):
    for path in accepted.iterdir():
        (tmp_path / path.name).write_bytes(path.read_bytes())
    return tmp_path


def planned(year):
    plan = json.loads((year / "plan.json").read_text(encoding="utf-8"))
    return [activity["activity"] for quarter in plan["quarters"] for activity in quarter["activities"]]


def verbs_of(year):
    """What was changed by commands, oldest first."""
    lines = json.loads(done(year, "undo", "me.yaml", "--list", "--json"))
    return [line["verb"] for line in lines if line["verb"] != "edited by hand"]


def milestone(year):
    return json.loads((year / "plan.json").read_text(encoding="utf-8"))["quarters"][0]["milestone"][
        "activity"
    ]


def test_all_verbs_of_a_year_and_undo_back_to_the_bytes_of_the_first_day(year):  # noqa: PLR0915 - one year
    first, second, third = [each for each in planned(year) if each != milestone(year)][:3]
    agenda = document(year, "today", "me.yaml", kind="today")
    assert (agenda["kind"], agenda["week"], agenda["weeks"]) == ("work", 1, 16)
    assert agenda["tasks"][0]["activity"] == first

    logged = done(year, "log", "me.yaml", first, "--minutes", "90", "--goal", "half", "--result", "part",
                  "--feedback", "review", "--error", "ran out of time", "--fix", "outline first")  # fmt: skip
    assert "Logged 90 minutes" in logged
    assert "That starts it." in logged
    again = document(year, "today", "me.yaml", kind="today", today="2026-12-03")["tasks"][0]
    assert again["started"]
    assert again["hours_left"] == 10 - 1.5
    assert document(year, "log", "me.yaml", "--skill", "docker", "--minutes", "30")["activity"] == ""

    assert "Kept: 1.5 hours" in done(year, "checkin", "me.yaml", "--hours", "1.5", "--confidence", "6")
    asked = done(
        year, "checkin", "me.yaml", given="7\nthe pipeline\n\n8\nMonday at seven\n", today="2026-12-13"
    )
    assert "Kept: 7 hours" in asked
    assert "1/5" not in asked

    folder = year / "repository"
    folder.mkdir()
    (folder / "notes.md").write_text("what was learnt", encoding="utf-8")
    for command in (
        ["init", "-q"],
        ["add", "."],
        ["-c", "user.name=m", "-c", "user.email=m@example.org", "commit", "-qm", "notes"],
    ):
        subprocess.run(["git", *command], cwd=folder, check=True)
    assert "Checked:" in done(
        year, "done", "me.yaml", first, "--check", f"git:{folder}:notes.md", "--hours", "9"
    )
    done(year, "done", "me.yaml", second, "--test", "9 of 10 in the graded task", "--level", "pytorch=2.5")
    done(year, "done", "me.yaml", third, "--waive", "my employer does this for me")
    reached = done(year, "done", "me.yaml", milestone(year), "--artefact", "https://example.org/ci", "--public",
                   "--verified", "used-by-others", "--say", "all merges are tested")  # fmt: skip
    assert "Milestone reached" in reached

    progress = document(year, "progress", "me.yaml", kind="progress", today="2026-12-13")
    assert progress["earned_value"] > 0
    assert progress["waived"] > 0
    assert progress["milestones"]["accepted"] == [1]
    assert progress["public_artefacts"] == 1
    assert (
        document(year, "progress", "me.yaml", "--baseline", kind="progress", today="2026-12-13")["budget"]
        == progress["budget"]
    )

    last = planned(year)[-1]
    assert "Skipped" in done(year, "skip", "me.yaml", last, "--because", "done at work already")
    assert document(year, "pause", "me.yaml", "--from", "2026-12-14", "--because", "flu")["to"] is None
    assert document(year, "today", "me.yaml", kind="today", today="2026-12-15")["kind"] == "paused"
    assert document(year, "resume", "me.yaml", today="2026-12-21") == {
        "from": "2026-12-14",
        "to": "2026-12-20",
    }

    done(year, "cards", "me.yaml", "--add", "What is a shard?", "--answer", "A part.", "--skill", "docker")
    done(year, "cards", "me.yaml", "--add", "What is a replica?", "--answer", "A copy.")
    assert len(json.loads(done(year, "cards", "me.yaml", "--json"))) == 2
    assert "A part." in done(year, "cards", "me.yaml", given="\n3\n\nq\n")
    assert len(json.loads(done(year, "cards", "me.yaml", "--json"))) == 1
    assert "days" in document(year, "cards", "me.yaml", "--by", "2027-01-20")

    moved = document(year, "replan", "me.yaml", "--accept", kind="replan", today="2026-12-21")
    jsonschema.validate(moved, schema("plan"))
    assert moved["accepted"]
    assert last not in {
        activity["activity"] for quarter in moved["quarters"] for activity in quarter["activities"]
    }

    verbs = verbs_of(year)
    assert verbs == ["plan", "log", "log", "checkin", "checkin", "done", "done", "done", "done", "skip",
                     "pause", "resume", "card", "card", "review", "replan"]  # fmt: skip
    taken = [document(year, "undo", "me.yaml")["undone"] for _ in verbs]
    assert taken == verbs[::-1]
    assert (year / "me.yaml").read_text(encoding="utf-8") == TEXT
    assert start(year, "undo", "me.yaml").returncode == 2


def test_a_reviewers_word_with_a_name_closes_an_activity_and_becomes_evidence(year):
    first = planned(year)[0]
    closed = document(
        year, "done", "me.yaml", first, "--reviewer", "Kim", "--as", "expert", "--level", "python=3.5"
    )
    assert closed["activity"] == first
    text = (year / "me.yaml").read_text(encoding="utf-8")
    assert "expert" in text
    assert "rater: Kim" in text
    assert text.startswith(TEXT.splitlines()[0])
    assert "# evenings" in text


def test_a_replan_to_hours_that_hold_nothing_exits_with_three_and_changes_nothing(year):
    before = {path.name: path.read_bytes() for path in year.iterdir() if path.suffix == ".yaml"}
    ran = start(year, "replan", "me.yaml", "--hours-per-week", "0.5", "--accept", "--json")
    assert ran.returncode == 3, ran.stderr
    found = json.loads(ran.stdout)
    jsonschema.validate(found, schema("plan"))
    assert found["status"] == "infeasible"
    assert {path.name: path.read_bytes() for path in year.iterdir() if path.suffix == ".yaml"} == before
    assert verbs_of(year) == ["plan"]


def test_a_replan_without_a_terminal_asks_nobody_and_changes_nothing(year):
    found = document(year, "replan", "me.yaml", "--hours-per-week", "12", kind="replan")
    assert not found["accepted"]
    assert "Nothing was changed" in done(year, "replan", "me.yaml", "--hours-per-week", "12")
    assert verbs_of(year) == ["plan"]


BAD = [
    (["log", "me.yaml", "timed-take-hme", "--minutes", "5"], "timed-take-home"),
    (["log", "me.yaml", "--minutes", "0"], "--minutes"),
    (["log", "me.yaml", "--minutes", "nan"], "is not an amount"),
    (["log", "me.yaml", "--minutes", "5", "--date", "2026-02-30"], "2026-02-30"),
    (["log", "me.yaml", "--minutes", "5", "--skill", "pyhton"], "python"),
    (["checkin", "me.yaml", "--moved", "much"], "--hours"),
    (["checkin", "me.yaml", "--hours", "200"], "--hours"),
    (["checkin", "me.yaml", "--hours", "nan"], "is not an amount"),
    (["done", "me.yaml", "timed-take-home"], "--artefact"),
    (["done", "me.yaml", "timed-take-home", "--test", "a", "--waive", "b"], "not several"),
    (["done", "me.yaml", "timed-take-home", "--test", "a", "--level", "python"], "SKILL=LEVEL"),
    (["done", "me.yaml", "timed-take-home", "--test", "a", "--level", "pyhton=3"], "python"),
    (["done", "me.yaml", "timed-take-home", "--test", "a", "--level", "python=9"], "5"),
    (["done", "me.yaml", "timed-take-home", "--check", "git:nowhere:file"], "nowhere"),
    (["done", "me.yaml", "timed-take-home", "--check", "hope"], "hope"),
    (["skip", "me.yaml", "nothing-of-the-kind", "--because", "x"], "nothing-of-the-kind"),
    (["skip", "me.yaml", "timed-take-home"], "--because"),
    (["pause", "me.yaml", "--until", "2026-01-01"], "2026-01-01"),
    (["resume", "me.yaml"], "pause"),
    (["cards", "me.yaml", "--add", "alone"], "--answer"),
    (["cards", "me.yaml", "--by", "2026-01-01"], "not after today"),
    (["cards", "me.yaml", "--add", "q", "--answer", "a", "--skill", "pyhton"], "python"),
    (["replan", "me.yaml", "--hours-per-week", "0"], "--hours-per-week"),
    (["replan", "me.yaml", "--weeks", "300"], "156"),
    (["replan", "me.yaml", "--role", "ml-enginer"], "ml-engineer"),
    (["replan", "me.yaml", "--today", "soon"], "soon"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "word"), BAD, ids=lambda each: " ".join(each)[:60] if isinstance(each, list) else ""
)
def test_a_wrong_call_exits_with_two_says_what_to_do_and_writes_nothing(accepted, arguments, word):
    before = (accepted / "me.yaml").read_bytes()
    ran = start(accepted, *arguments)
    assert ran.returncode == 2, (ran.stdout, ran.stderr)
    assert word in ran.stderr
    assert "Traceback" not in ran.stderr
    assert (accepted / "me.yaml").read_bytes() == before


def test_an_answer_that_is_no_number_writes_nothing(year):
    ran = start(year, "checkin", "me.yaml", given="7\n\n\nvery\n\n")
    assert ran.returncode == 2
    assert "'very' is not a number from 0 to 10" in ran.stderr
    assert (year / "me.yaml").read_text(encoding="utf-8") == TEXT


def test_without_an_accepted_plan_verbs_say_how_to_get_one(tmp_path):
    (tmp_path / "me.yaml").write_text(TEXT, encoding="utf-8")
    assert document(tmp_path, "today", "me.yaml", kind="today")["kind"] == "none"
    for arguments in (["progress", "me.yaml", "--json"], ["replan", "me.yaml"]):
        ran = start(tmp_path, *arguments)
        assert ran.returncode == 2
        assert "--accept" in ran.stderr
    done(tmp_path, "log", "me.yaml", "--minutes", "30")
    done(tmp_path, "undo", "me.yaml")
    assert (tmp_path / "me.yaml").read_text(encoding="utf-8") == TEXT


def test_closing_twice_and_a_second_open_pause_are_refused_with_the_way_back(year):
    first = planned(year)[0]
    done(year, "done", "me.yaml", first, "--test", "passed")
    twice = start(year, "done", "me.yaml", first, "--test", "passed")
    assert (twice.returncode, "undo" in twice.stderr) == (2, True)
    done(year, "pause", "me.yaml")
    again = start(year, "pause", "me.yaml")
    assert (again.returncode, "resume" in again.stderr) == (2, True)


@pytest.mark.parametrize("verb", YEAR_VERBS)
def test_verbs_of_the_year_have_a_bad_file_explained_without_a_traceback(tmp_path, verb):
    assert verb in COMMANDS
    (tmp_path / "me.yaml").write_bytes(b"name: [\n")
    more = {
        "log": ["--minutes", "5"],
        "checkin": ["--hours", "1"],
        "done": ["x", "--test", "y"],
        "skip": ["x", "--because", "y"],
    }
    ran = start(tmp_path, verb, "me.yaml", *more.get(verb, []))
    assert ran.returncode == 2
    assert "me.yaml" in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_skill_that_lies_idle_comes_up_today_and_an_own_pace_is_shown_by_progress(tmp_path):
    text = TEXT.replace(
        "ratings: {python: 3, pytorch: 1}",
        "ratings: {python: {level: 4, example: Services, last_used: 2019-01-01}, pytorch: 1}\n"
        "evidence: [{skill: python, kind: test, mean: 1.4, variance: 0.1, date: 2018-06-01}]",
    )
    path = tmp_path / "mika.yaml"
    path.write_text(text, encoding="utf-8")
    done(tmp_path, "plan", path, "--accept")
    agenda = json.loads(done(tmp_path, "today", path, "--json"))
    jsonschema.validate(agenda, json.loads((SCHEMAS / "today.schema.json").read_text(encoding="utf-8")))
    assert [each["skill"] for each in agenda["refresh"]] == ["python"]
    assert "Refresh Python" in done(tmp_path, "today", path)
    first = agenda["tasks"][0]["activity"]
    done(tmp_path, "log", path, first, "--minutes", "300", "--skill", "python")
    assert json.loads(done(tmp_path, "today", path, "--json"))["refresh"] == [], "it was practised today"
    done(tmp_path, "done", path, first, "--reviewer", "Kim", "--level", "python=4", today="2026-12-20")
    page = tmp_path / "progress.html"
    shown = json.loads(done(tmp_path, "progress", path, "--picture", page, "--json", today="2026-12-21"))
    jsonschema.validate(shown, json.loads((SCHEMAS / "progress.schema.json").read_text(encoding="utf-8")))
    assert shown["agility"]["durable_share"] == 1.0, "Python is a language"
    html = page.read_text(encoding="utf-8")
    assert html.count("<svg") == 1
    assert "://" not in html.replace("http://www.w3.org/2000/svg", "")


@pytest.mark.parametrize("verb", [("replan", "--hours-per-week", "nan"), ("plan", "--hours-per-week", "nan")])
def test_not_a_number_is_no_amount(tmp_path, verb):
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    ran = start(tmp_path, verb[0], path, *verb[1:])
    assert ran.returncode == 2
    assert "is not an amount" in ran.stderr
