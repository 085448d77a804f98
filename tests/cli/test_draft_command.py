"""``milepost draft`` as a user runs it."""

import json
import os
import subprocess
import sys
from pathlib import Path

import jsonschema
import pytest

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "docs" / "schemas" / "draft.schema.json").read_text(encoding="utf-8"))
YEARS = ROOT / "src" / "milepost" / "content" / "years"


@pytest.fixture
def milepost(tmp_path):
    def run(*arguments):
        environment = {
            **os.environ,
            "MILEPOST_TODAY": "2027-11-20",
            "MILEPOST_WORKSPACE": str(tmp_path / "w.sqlite"),
        }
        return subprocess.run(
            [sys.executable, "-m", "milepost", *map(str, arguments)],
            cwd=tmp_path, env=environment, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False,
        )  # fmt: skip

    return run


@pytest.mark.parametrize("form", ["post", "talk", "readme", "write-up", "brag", "week"])
def test_every_form_of_a_recorded_quarter_is_a_document_of_the_kept_schema(milepost, form):
    done = milepost("draft", YEARS / "jordan.yaml", form, "--about", "q1", "--json")
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    jsonschema.validate(document, SCHEMA)
    assert any(part["lines"] for part in document["parts"])


def test_a_post_goes_to_a_new_file_and_never_over_ones_own_words(milepost, tmp_path):
    first = milepost("draft", YEARS / "jordan.yaml", "post", "--about", "q1", "--out", "post.md")
    assert first.returncode == 0, first.stderr
    (tmp_path / "post.md").write_text("my own words", encoding="utf-8")
    again = milepost("draft", YEARS / "jordan.yaml", "post", "--about", "q1", "--out", "post.md")
    assert again.returncode == 2
    assert "post.md is there already" in again.stderr
    assert (tmp_path / "post.md").read_text(encoding="utf-8") == "my own words"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--about", "q9"], "there is no quarter 9"),
        (
            ["--about", "contribute-to-an-inference-framewrk"],
            "Did you mean contribute-to-an-inference-framework",
        ),
        (["--since", "2027-12-01"], "is after"),
        (["--about", "q1", "--since", "2027-01-01"], "do not go together"),
    ],
)
def test_what_cannot_be_meant_is_said_with_a_next_step(milepost, arguments, said):
    done = milepost("draft", YEARS / "jordan.yaml", "brag", *arguments)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_somebody_who_recorded_nothing_is_told_how_to_begin(milepost, tmp_path):
    (tmp_path / "me.yaml").write_text("milepost: 1\nname: Mika\n", encoding="utf-8")
    done = milepost("draft", "me.yaml", "week")
    assert done.returncode == 0
    assert done.stdout == ""
    assert "Nothing is recorded there yet" in done.stderr
