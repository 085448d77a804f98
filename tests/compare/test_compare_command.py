"""``milepost compare`` as a user runs it."""

import json
import os
import subprocess
import sys

import jsonschema
import pytest

from milepost.files.content import PACKAGED
from milepost.workflows.compare import year_path


@pytest.fixture
def milepost(tmp_path):
    def run(*arguments):
        environment = {
            **os.environ,
            "MILEPOST_TODAY": "2027-12-01",
            "MILEPOST_WORKSPACE": str(tmp_path / "workspace.sqlite"),
            "COLUMNS": "200",
        }
        return subprocess.run(
            [sys.executable, "-m", "milepost", *map(str, arguments)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run


def test_the_shipped_years_work_out_of_the_box_and_say_what_they_are(milepost):
    done = milepost("compare", "alex", "Jordan", "sam")
    assert done.returncode == 0, done.stderr
    for name in ("Alex", "Jordan", "Sam"):
        assert f"{name}: illustrative recorded year" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80
    assert "n = 3; nothing follows for others" in " ".join(done.stdout.split())


def test_the_document_keeps_its_schema_and_is_the_same_bytes_twice(milepost, schema_of_compare, tmp_path):
    first, second = (milepost("compare", "alex", "jordan", "sam", "--json") for _ in range(2))
    assert first.stdout == second.stdout
    document = json.loads(first.stdout)
    jsonschema.validate(document, schema_of_compare)
    assert document["n"] == 3
    kept = PACKAGED.parents[2] / "docs" / "schemas" / "comparison.schema.json"
    if kept.is_file():
        jsonschema.validate(document, json.loads(kept.read_text(encoding="utf-8")))


def test_somebody_of_the_workspace_goes_before_a_shipped_year_of_that_name(milepost, tmp_path):
    mine = tmp_path / "mine.yaml"
    mine.write_text(year_path("sam").read_text(encoding="utf-8"), encoding="utf-8")
    assert milepost("import", mine, "--as", "alex").returncode == 0
    document = json.loads(milepost("compare", "alex", "jordan", "--json").stdout)
    assert document["people"] == ["Sam", "Jordan"]
    assert document["years"][0]["source"] == "workspace: alex"
    assert document["years"][1]["source"] == "illustrative recorded year"


def test_an_unknown_name_says_where_to_look(milepost):
    wrong = milepost("compare", "alex", "jrodan")
    assert wrong.returncode == 2
    assert "jrodan" in wrong.stderr
    assert "alex, jordan, sam" in wrong.stderr
    assert "Traceback" not in wrong.stderr


def test_all_problems_of_all_files_are_listed_at_once(milepost, tmp_path):
    for name in ("one", "two"):
        (tmp_path / f"{name}.yaml").write_text("milepost: 1\nnam: Mika\n", encoding="utf-8")
    wrong = milepost("compare", "one.yaml", "two.yaml", "three.yaml")
    assert wrong.returncode == 2
    for name in ("one.yaml", "two.yaml", "three.yaml"):
        assert name in wrong.stderr


def test_filters_that_leave_nobody_name_whom_they_took_and_exit_with_three(milepost):
    none = milepost("compare", "alex", "jordan", "--since", "2028-01-01")
    assert none.returncode == 3
    assert "left out: Alex" in none.stdout
    document = json.loads(milepost("compare", "alex", "--route", "inside", "--json").stdout)
    assert document["n"] == 0
    assert document["left_out"] == [{"person": "Alex", "reason": "took another route"}]
    assert milepost("compare", "alex", "--role", "junior-ml-enginer").returncode == 2
    assert milepost("compare", "alex", "--since", "soon").returncode == 2
    assert milepost("compare").returncode == 2


def test_many_people_are_listed_one_a_line_with_medians(milepost, tmp_path):
    text = year_path("jordan").read_text(encoding="utf-8")
    files = []
    for number in range(12):
        path = tmp_path / f"p{number}.yaml"
        path.write_text(text.replace("name: Jordan", f"name: Person {number:02}"), encoding="utf-8")
        files.append(path)
    done = milepost("compare", *files)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    assert sum(line.startswith("Person ") for line in lines) == 13
    assert any(line.startswith("months to functional start") for line in lines)


def test_the_page_is_written_whole_and_asks_nobody_for_anything(milepost, tmp_path):
    text = year_path("alex").read_text(encoding="utf-8").replace("name: Alex", 'name: "<b>Al</b> [x]"')
    (tmp_path / "odd.yaml").write_text(text, encoding="utf-8")
    done = milepost("compare", "odd.yaml", "sam", "--out", "years.html")
    assert done.returncode == 0, done.stderr
    assert "<b>Al</b> [x]" in done.stdout
    page = (tmp_path / "years.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;Al&lt;/b&gt;" in page
    assert "<b>Al" not in page
    assert "http" not in page.replace("http-equiv", "")
    refused = milepost("compare", "alex", "sam", "--out", "nowhere/years.html")
    assert refused.returncode == 2
    assert "--out" in refused.stderr
