"""Tests and calibration as a user runs them."""

import json

import jsonschema
import pytest

from cli.test_year_commands import TEXT, done, schema, start  # type: ignore[import-not-found]


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "me.yaml").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_test_is_stopped_gone_on_with_and_says_why(desk):
    shown = done(desk, "assess", "me.yaml", "--skill", "gradient-boosting", given="1\nn\nodd one\n0\nq\n")
    assert "Read on:" in shown
    assert "2 answers are kept" in " ".join(shown.split())
    assert "going on after 2 answers" in done(
        desk, "assess", "me.yaml", "--skill", "ml-fundamentals", given="q\n"
    )
    assert "odd one" in (desk / "me.yaml").read_text(encoding="utf-8")


def test_a_whole_test_enters_the_levels_and_makes_cards(desk):
    before = json.loads(done(desk, "levels", "me.yaml", "--json"))
    shown = done(desk, "assess", "me.yaml", "--skill", "ml-fundamentals", given="0\n" * 15 + "y\n")
    assert "0 of 15 right" in shown
    after = json.loads(done(desk, "levels", "me.yaml", "--json"))
    mean = {each["id"]: each["mean"] for each in before["skills"]}
    now = {each["id"]: each["mean"] for each in after["skills"]}
    assert now["machine-learning"] < mean["machine-learning"] - 0.3
    assert len(json.loads(done(desk, "cards", "me.yaml", "--json"))) == 15


def test_input_that_ends_loses_no_answer(desk):
    ran = start(desk, "assess", "me.yaml", "--skill", "ml-fundamentals", given="1\n2\n")
    assert "Traceback" not in ran.stderr
    assert (desk / "me.yaml").read_text(encoding="utf-8").count("option:") == 2


def test_areas_are_listed_and_an_unknown_one_is_refused_with_the_nearest(desk):
    areas = {
        row["area"]: row["items"] for row in json.loads(done(desk, "assess", "me.yaml", "--areas", "--json"))
    }
    assert areas["ml-fundamentals"] >= 24
    ran = start(desk, "assess", "me.yaml", "--skill", "ml-fundamental")
    assert ran.returncode == 2
    assert "ml-fundamentals" in ran.stderr


def test_a_table_of_answers_is_calibrated_to_a_file_that_a_test_takes(desk):
    lines = ["a,b,c,d", *(",".join(str((n * k + n // 3) % 2) for k in (3, 5, 7, 9)) for n in range(60))]
    (desk / "answers.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    found = json.loads(done(desk, "calibrate", "answers.csv", "--out", "c.json", "--json"))
    jsonschema.validate(found, schema("calibrate"))
    assert found["people"] == 60
    done(desk, "assess", "me.yaml", "--skill", "ml-fundamentals", "--calibration", "c.json", given="q\n")
    ran = start(desk, "calibrate")
    assert ran.returncode == 2
    assert "share_answers" in ran.stderr
