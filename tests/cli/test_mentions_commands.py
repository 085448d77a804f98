"""``milepost mentions`` and ``milepost add-skill`` as a user runs them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "mentions.schema.json"
FIRST = """Backend Engineer

Requirements
- Python, Zorbix, Redis and Kafka
- You don't need Kubernetes

Nice to have
- Terraform
"""
SECOND = "<html><body><h1>ML Engineer</h1><h2>Your profile</h2><ul><li>PyTorch &amp; Python</li></ul></body></html>"


@pytest.fixture
def milepost(tmp_path):
    def run(*arguments):
        environment = {
            **os.environ,
            "MILEPOST_TODAY": "2026-11-23",
            "MILEPOST_WORKSPACE": str(tmp_path / "w.sqlite"),
        }
        return subprocess.run(
            [sys.executable, "-m", "milepost", *map(str, arguments)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    (tmp_path / "ads").mkdir()
    (tmp_path / "ads" / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "ads" / "b.html").write_text(SECOND, encoding="utf-8")
    (tmp_path / "me.yaml").write_text(
        "milepost: 1\nname: Mika   # me\nratings: {python: 3}\n", encoding="utf-8"
    )
    run.folder = tmp_path  # type: ignore[attr-defined]
    return run


def documents(done):
    assert done.returncode == 0, done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_json_is_one_line_an_advertisement_after_the_schema(milepost):
    found = documents(milepost("mentions", "ads", "--json"))
    assert len(found) == 2
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    for document in found:
        jsonschema.validate(document, schema)
    asked = {skill["id"]: skill["asked"] for skill in found[0]["skills"]}
    assert asked["python"] == "must"
    assert asked["kubernetes"] == "context"
    assert asked["terraform"] == "nice"


def test_text_shows_the_skills_and_the_unknown_names_and_fits_eighty_columns(milepost):
    done = milepost("mentions", "ads")
    assert done.returncode == 0
    assert "in one of your ads: Zorbix" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_an_unknown_name_becomes_a_skill_of_ones_own_with_one_command(milepost):
    done = milepost(
        "add-skill", "me.yaml", "Zorbix", "--area", "ml-platform", "--counts-for", "nosql-databases"
    )
    assert done.returncode == 0, done.stderr
    text = (milepost.folder / "me.yaml").read_text(encoding="utf-8")
    assert "name: Mika   # me" in text
    assert "zorbix:" in text
    assert milepost("check", "me.yaml").returncode == 0
    assert "zorbix" not in milepost("mentions", "ads", "--json").stdout
    found = documents(milepost("mentions", "ads", "--person", "me.yaml", "--json"))
    assert {
        "id": "zorbix",
        "name": "Zorbix",
        "surface": "Zorbix",
        "section": "must",
        "asked": "must",
    } in found[0]["skills"]
    again = milepost("add-skill", "me.yaml", "Zorbix", "--area", "ml-platform")
    assert again.returncode == 2
    assert "already" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("PyTorch", "--area", "ml-platform"), "pytorch"),
        (("Zorbix", "--area", "nowhere"), "nowhere"),
        (("!!!", "--area", "ml-platform"), "letters or digits"),
    ],
)
def test_a_skill_that_cannot_be_added_changes_nothing(milepost, arguments, words):
    before = (milepost.folder / "me.yaml").read_bytes()
    done = milepost("add-skill", "me.yaml", *arguments)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr
    assert (milepost.folder / "me.yaml").read_bytes() == before


def test_nothing_to_read_is_wrong_usage(milepost):
    (milepost.folder / "empty").mkdir()
    done = milepost("mentions", "empty")
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert milepost("mentions", "nowhere").returncode == 2
