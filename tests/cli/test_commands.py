"""Commands as a user runs them: real processes, real files, real exit codes."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

from milepost.files.content import PACKAGED

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "docs" / "schemas"
PEOPLE = PACKAGED / "people"
TODAY = "2026-11-23"


@pytest.fixture
def milepost(tmp_path):
    """Run ``milepost`` in an empty folder with a workspace of its own, on a fixed day."""

    def run(*arguments, given="", **extra):
        environment = {
            **os.environ,
            "MILEPOST_TODAY": TODAY,
            "MILEPOST_WORKSPACE": str(tmp_path / "workspace.sqlite"),
            "COLUMNS": "200",
            **extra,
        }
        return subprocess.run(
            [sys.executable, "-m", "milepost", *map(str, arguments)],
            cwd=tmp_path, env=environment, input=given, capture_output=True, text=True, encoding="utf-8",
            timeout=120, check=False,
        )  # fmt: skip

    run.folder = tmp_path  # type: ignore[attr-defined]
    return run


def schema(name):
    return json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))


def small_file(folder, text="", name="me.yaml"):
    """A short valid person, with more lines where wanted."""
    path = folder / name
    path.write_text(
        "milepost: 1\nname: Mika\ntarget: {role: ml-engineer, route: outside}\n"
        "capacity: {hours_per_week: 8, start: 2026-11-30}\nratings: {python: 3, pytorch: 1}\n" + text,
        encoding="utf-8",
    )
    return path


def test_a_bare_call_shows_the_commands_and_an_unknown_one_names_the_nearest(milepost):
    assert "First steps" in milepost("--help").stdout
    wrong = milepost("plna", "x.yaml")
    assert wrong.returncode == 2
    assert "plan" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_an_unknown_role_is_said_once_with_the_nearest(milepost, tmp_path):
    wrong = milepost(
        "init", tmp_path / "me.yaml", "--name", "Pia", "--role", "ml-platform-engineer",
        "--route", "outside", "--hours-per-week", "8", "--rate", "python=4",
    )  # fmt: skip
    assert wrong.returncode == 2
    said, hint = wrong.stderr.splitlines()
    assert said == "milepost: there is no role called 'ml-platform-engineer'"
    assert hint.startswith("→ Did you mean")
    assert "ml-engineer" in hint


def test_levels_are_a_document_of_the_kept_schema(milepost):
    done = milepost("levels", PEOPLE / "jordan.yaml", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("levels"))
    python = next(skill for skill in document["skills"] if skill["id"] == "python")
    assert python["low"] <= python["mean"] <= python["high"]
    assert python["claimed"] is not None


def test_gaps_are_a_document_of_the_kept_schema_with_a_focus_of_three_to_five(milepost):
    done = milepost("gaps", PEOPLE / "alex.yaml", "--json")
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("gaps"))
    assert 3 <= len(document["focus"]) <= 5
    for skill in document["skills"]:
        assert skill["priority"] == skill["severity"] * skill["impact"]["score"]


def test_every_number_of_a_skill_opens_on_demand(milepost):
    done = milepost("gaps", PEOPLE / "alex.yaml", "--why", "rag")
    assert done.returncode == 0
    for word in ("Claimed", "Estimated level", "Severity", "Impact", "Priority", "Stability", "τ"):
        assert word in done.stdout
    wrong = milepost("gaps", PEOPLE / "alex.yaml", "--why", "ragg")
    assert wrong.returncode == 2
    assert "rag" in wrong.stderr


def test_a_plan_is_a_sound_document_and_the_same_bytes_twice(milepost):
    first = milepost("plan", PEOPLE / "sam.yaml", "--json")
    second = milepost("plan", PEOPLE / "sam.yaml", "--json")
    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    document = json.loads(first.stdout)
    jsonschema.validate(document, schema("plan"))
    assert document["violations"] == []
    assert len(document["quarters"]) == 4
    assert document["planned_hours"] <= document["capacity_hours"]
    for quarter in document["quarters"]:
        assert quarter["milestone"]["evidence"]
        assert any(activity["public"] for activity in quarter["activities"])


def test_a_plan_as_text_fits_eighty_columns_and_holds_no_colour_codes_in_a_pipe(milepost):
    done = milepost("plan", PEOPLE / "sam.yaml", COLUMNS="80")
    assert done.returncode == 0
    assert max(len(line) for line in done.stdout.splitlines()) <= 80
    assert "\x1b" not in done.stdout
    assert "Quarter 4" in done.stdout
    assert "Left out" in done.stdout


def test_too_few_hours_is_an_answer_with_the_smallest_change_and_exit_code_three(milepost):
    done = milepost("plan", PEOPLE / "jordan.yaml", "--hours-per-week", "0.5", "--json")
    assert done.returncode == 3, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("plan"))
    assert document["status"] == "infeasible"
    text = milepost("plan", PEOPLE / "jordan.yaml", "--hours-per-week", "0.5")
    assert text.returncode == 3
    hours = re.search(r"([\d.]+) h a week instead of 0.5 would fit", text.stdout)
    assert hours is not None, text.stdout
    assert milepost("plan", PEOPLE / "jordan.yaml", "--hours-per-week", hours[1]).returncode == 0


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--weeks", "300"], "156"),
        (["--weeks", "0"], "weeks"),
        (["--hours-per-week", "0"], "above 0"),
        (["--start", "tomorrow"], "2027-01-04"),
        (["--role", "ml-enginer"], "ml-engineer"),
        (["--start", "2027-12-24"], "target.by"),
    ],
)
def test_a_wish_that_cannot_be_planned_says_what_to_do(milepost, options, words):
    done = milepost("plan", PEOPLE / "alex.yaml", *options)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def test_a_start_in_the_past_names_the_field_and_the_way_out(milepost):
    done = milepost("plan", PEOPLE / "alex.yaml", MILEPOST_TODAY="2027-06-01")
    assert done.returncode == 2
    assert "capacity.start" in done.stderr
    assert "--start 2027-06-01" in done.stderr


def test_check_lists_all_problems_with_lines_and_changes_nothing(milepost):
    path = small_file(
        milepost.folder, "evidence:\n  - {skill: pyhton, kind: artefact, level: 9}\nhobby: chess\n"
    )
    before = path.read_bytes()
    done = milepost("check", path, "--json")
    assert done.returncode == 2
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("check"))
    lines = {problem["line"] for problem in document["problems"]}
    assert {7, 8} <= lines
    assert any("python" in problem["hint"] for problem in document["problems"])
    assert path.read_bytes() == before
    assert milepost("check", PEOPLE / "alex.yaml").returncode == 0


@pytest.mark.parametrize("command", ["levels", "gaps", "plan", "check", "import"])
@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe\x00", b"{[}", b"- a\n- b\n", b"name: x\n\tb: 1\n", b"&a [*a]"]
)
def test_bad_files_never_show_a_traceback(milepost, command, content):
    path = milepost.folder / "bad.yaml"
    path.write_bytes(content)
    done = milepost(command, path)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr + done.stdout
    assert "bad.yaml" in done.stderr + done.stdout


def test_a_missing_person_or_file_says_where_it_looked(milepost):
    assert "nobody.yaml" in milepost("levels", "nobody.yaml").stderr
    unknown = milepost("levels", "nobody")
    assert unknown.returncode == 2
    assert "nobody" in unknown.stderr
    assert "Traceback" not in unknown.stderr


@pytest.mark.parametrize("form", ["yaml", "json"])
def test_export_import_export_gives_the_same_bytes(milepost, form):
    assert milepost("import", PEOPLE / "jordan.yaml").returncode == 0
    first = milepost.folder / f"first.{form}"
    second = milepost.folder / f"second.{form}"
    assert milepost("export", "Jordan", "--format", form, "--out", first).returncode == 0
    assert milepost("import", first, "--as", "Again").returncode == 0
    assert milepost("export", "Again", "--format", form, "--out", second).returncode == 0
    assert first.read_bytes() == second.read_bytes()
    if form == "yaml":
        assert first.read_bytes() == (PEOPLE / "jordan.yaml").read_bytes()


def test_people_of_the_workspace_are_known_by_name_and_bad_files_import_nothing(milepost):
    bad = small_file(milepost.folder, "ratings: {python: 3}\n", name="bad.yaml")
    done = milepost("import", PEOPLE / "alex.yaml", bad)
    assert done.returncode == 2
    assert json.loads(milepost("people", "--json").stdout) == {"people": []}
    milepost("import", PEOPLE / "alex.yaml")
    assert json.loads(milepost("people", "--json").stdout) == {"people": ["Alex"]}
    assert milepost("gaps", "Alex").returncode == 0


@pytest.mark.parametrize(
    ("form", "words"), [("md", "Quarter 1"), ("csv", "start"), ("ics", "BEGIN:VCALENDAR")]
)
def test_a_plan_can_be_taken_elsewhere(milepost, form, words):
    milepost("import", PEOPLE / "sam.yaml")
    done = milepost("export", "Sam", "--format", form)
    assert done.returncode == 0, done.stderr
    assert words.casefold() in done.stdout.casefold()


def test_skills_leave_as_json_resume(milepost):
    milepost("import", PEOPLE / "sam.yaml")
    resume = json.loads(milepost("export", "Sam", "--format", "jsonresume").stdout)
    assert resume["basics"]["name"] == "Sam"
    assert resume["skills"]


def test_a_newcomer_answers_a_few_questions_and_gets_a_commented_file(milepost):
    answers = (
        "ml-engineer\nMika Müller\noutside\n8\n" + '2\nBuilt a "thing": twice #1\n' + "nine\n\n" + "\n" * 20
    )
    done = milepost("init", "me.yaml", given=answers)
    assert done.returncode == 0, done.stderr
    path = milepost.folder / "me.yaml"
    text = path.read_text(encoding="utf-8")
    assert "Mika Müller" in text
    assert text.count("#") > 5
    assert milepost("check", path).returncode == 0
    assert milepost("plan", path, "--json").returncode == 0
    again = milepost("init", "me.yaml", given=answers)
    assert again.returncode == 2
    assert path.read_text(encoding="utf-8") == text


def test_init_works_without_questions_for_scripts(milepost):
    done = milepost(
        "init", "x.yaml", "--name", "X", "--role", "mlops-engineer", "--route", "inside", "--hours-per-week", "6",
        "--start", "2027-01-04", "--rate", "python=3", "--rate", "docker=2.5",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "docker: 2.5" in (milepost.folder / "x.yaml").read_text(encoding="utf-8")
    wrong = milepost("init", "y.yaml", "--name", "X", "--role", "mlops-enginer", given="")
    assert wrong.returncode == 2
    assert "mlops-engineer" in wrong.stderr
    assert not (milepost.folder / "y.yaml").exists()


@pytest.mark.parametrize("what", ["roles", "skills", "activities"])
def test_the_catalogue_can_be_listed(milepost, what):
    document = json.loads(milepost("list", what, "--json").stdout)
    assert len(document[what]) >= {"roles": 14, "skills": 160, "activities": 220}[what]
    assert milepost("list", what).returncode == 0


def test_settings_show_value_basis_and_meaning(milepost):
    rows = json.loads(milepost("settings", "--json").stdout)["settings"]
    assert {row["basis"] for row in rows} == {"book", "data", "assumption"}
    assert "plan_load" in milepost("settings").stdout


def test_shell_completion_knows_the_lazy_commands(milepost):
    done = milepost(_MILEPOST_COMPLETE="bash_complete", COMP_WORDS="milepost ga", COMP_CWORD="1")
    assert "gaps" in done.stdout


def test_the_demo_prints_three_roadmaps_and_writes_pages_and_documents(milepost):
    out = milepost.folder / "out"
    done = milepost("demo", "--out", out)
    assert done.returncode == 0, done.stderr
    for name in ("alex", "jordan", "sam"):
        assert (out / f"{name}.html").read_text(encoding="utf-8").startswith("<!doctype html>")
        assert (out / f"{name}.pdf").read_bytes().startswith(b"%PDF")
    assert (out / "comparison.html").exists()
    assert "n = 3" in done.stdout
    again = milepost("demo", "--out", milepost.folder / "again")
    assert again.stdout == done.stdout
    for path in sorted(out.iterdir()):
        assert path.read_bytes() == (milepost.folder / "again" / path.name).read_bytes(), path.name
