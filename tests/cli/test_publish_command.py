"""``milepost publish`` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "publish.schema.json").read_text(encoding="utf-8"))
ME = """\
milepost: 1
name: Mika
year:
  artefacts:
    - {date: 2026-05-01, title: A cache that forgets, url: "https://example.org/cache", public: true, verified: accepted}
    - {date: 2026-06-02, title: Not yours}
"""


@pytest.fixture
def milepost(tmp_path):
    """Run ``milepost`` in a folder that holds me.yaml."""
    (tmp_path / "me.yaml").write_text(ME, encoding="utf-8")

    def run(*arguments, given=""):
        environment = {
            **os.environ,
            "MILEPOST_TODAY": "2026-11-23",
            "MILEPOST_WORKSPACE": str(tmp_path / "w.sqlite"),
        }
        return subprocess.run(
            [sys.executable, "-m", "milepost", *map(str, arguments)],
            cwd=tmp_path, env=environment, input=given, capture_output=True, text=True, encoding="utf-8",
            timeout=120, check=False,
        )  # fmt: skip

    return run


def test_the_list_is_a_document_of_the_kept_schema_and_writes_nothing(milepost, tmp_path):
    done = milepost("publish", "me.yaml", "--list", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["new"] == len(document["fields"]) == 5
    assert document["written"] == []
    assert "Not yours" not in done.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["me.yaml"]


def test_a_yes_publishes_and_the_next_run_asks_nothing(milepost, tmp_path):
    done = milepost("publish", "me.yaml", "--out", "site", given="y\n")
    assert done.returncode == 0, done.stderr
    assert "A cache that forgets" in done.stderr
    assert (tmp_path / "site" / "index.html").is_file()
    again = milepost("publish", "me.yaml", "--out", "site", "--json")
    assert again.returncode == 0, again.stderr
    document = json.loads(again.stdout)
    jsonschema.validate(document, SCHEMA)
    assert document["new"] == 0
    assert "site/index.html" in document["written"]
    assert "agreed" in (tmp_path / "me.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize("given", ["n\n", ""], ids=["no", "no answer"])
def test_without_a_yes_nothing_is_written(milepost, tmp_path, given):
    done = milepost("publish", "me.yaml", "--out", "site", given=given)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert [file.name for file in tmp_path.iterdir()] == ["me.yaml"]


def test_a_private_word_is_named_with_its_field(milepost, tmp_path):
    with (tmp_path / "me.yaml").open("a", encoding="utf-8") as file:
        file.write("publish: {private: [cache]}\n")
    done = milepost("publish", "me.yaml", "--out", "site", "--yes")
    assert done.returncode == 2
    assert "year.artefacts.0.title" in done.stderr
    assert "'cache'" in done.stderr
    assert not (tmp_path / "site").exists()


def test_a_call_without_a_folder_says_what_to_do(milepost):
    done = milepost("publish", "me.yaml")
    assert done.returncode == 2
    assert "--out DIR" in done.stderr


def test_a_mistake_under_publish_is_a_problem_with_its_line(milepost, tmp_path):
    with (tmp_path / "me.yaml").open("a", encoding="utf-8") as file:
        file.write("publish:\n  artefact: none\n  links: [{title: Me}]\n  private: ['!']\n")
    done = milepost("check", "me.yaml")
    assert done.returncode == 2
    assert "publish.artefact" in done.stdout + done.stderr
    assert "artefacts" in done.stdout + done.stderr
    assert "publish.links.0.url" in done.stdout + done.stderr
    assert "no letter or digit" in done.stdout + done.stderr


def test_signs_that_steer_a_terminal_are_spelt_out(milepost, tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(ME.replace("A cache that forgets", '"A cache\\u202e that"'), encoding="utf-8")
    done = milepost("publish", "me.yaml", "--list")
    if done.returncode == 0:
        assert "\u202e" not in done.stdout
        assert "\\u202e" in done.stdout
