"""Taxonomies, frameworks and the open data set as a user runs them."""

import csv
import io
import json

import jsonschema
import pytest

from cli.test_year_commands import TEXT, done, schema, start  # type: ignore[import-not-found]
from taxonomies.downloads import ESCO, FRAMEWORK, LADDER, TECHNOLOGY  # type: ignore[import-not-found]

OWN = "skills:\n  zorbix: {name: Zorbix, area: ml-platform}\n"


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "me.yaml").write_text(TEXT + OWN, encoding="utf-8")
    (tmp_path / "skills_en.csv").write_text(ESCO, encoding="utf-8")
    (tmp_path / "Technology Skills.txt").write_text(TECHNOLOGY, encoding="utf-8")
    (tmp_path / "roles.csv").write_text(FRAMEWORK, encoding="utf-8")
    (tmp_path / "TorchLead.md").write_text(LADDER, encoding="utf-8")
    return tmp_path


def document(folder, name, *arguments):
    found = json.loads(done(folder, name, *arguments, "--json"))
    jsonschema.validate(found, schema(name))
    return found


def test_own_skills_are_linked_and_only_what_is_accepted_is_exported(desk):
    shown = done(desk, "map-skills", "skills_en.csv", "--own", "me.yaml", "--out", "links.yaml")
    assert "Zorbix (computer" in shown
    assert "European Commission" in shown
    found = document(desk, "map-skills", "skills_en.csv", "--own", "me.yaml")
    (link,) = (each for each in found["links"] if each["accept"])
    assert (link["skill"], link["relation"], link["confidence"]) == ("zorbix", "exact", 0.94)
    text = done(desk, "export-skills", "--format", "csv", "--own", "me.yaml", "--links", "links.yaml")
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(text))}
    assert rows["zorbix"]["esco_exact"] == link["concept"]
    edited = (desk / "links.yaml").read_text(encoding="utf-8").replace("accept: true", "accept: false")
    (desk / "links.yaml").write_text(edited, encoding="utf-8")
    text = done(desk, "export-skills", "--format", "csv", "--own", "me.yaml", "--links", "links.yaml")
    assert link["concept"] not in text


def test_the_file_to_edit_is_not_overwritten_and_a_slip_in_it_has_a_line(desk):
    done(desk, "map-skills", "Technology Skills.txt", "--own", "me.yaml", "--out", "links.yaml", "--all")
    again = start(desk, "map-skills", "Technology Skills.txt", "--out", "links.yaml")
    assert (again.returncode, "there already" in again.stderr) == (2, True)
    ran = start(desk, "export-skills", "--links", "links.yaml")
    assert (ran.returncode, "links.yaml:9:" in ran.stderr) == (2, True), "zorbix is unknown without --own"
    (desk / "bad.yaml").write_text(
        "taxonomy: ESCO\nlinks:\n  - {skill: git, concept: 'http://x y', accept: yes}\n", encoding="utf-8"
    )
    ran = start(desk, "export-skills", "--links", "bad.yaml")
    assert ran.returncode == 2
    assert "not an ESCO address" in ran.stderr
    assert "neither true nor false" in ran.stderr


def test_a_higher_threshold_accepts_less(desk):
    arguments = ("Technology Skills.txt", "--own", "me.yaml")
    assert document(desk, "map-skills", *arguments)["accepted"] == 1
    assert document(desk, "map-skills", *arguments, "--threshold", "0.95")["accepted"] == 0


def test_from_a_framework_to_gaps_and_a_plan(desk):
    assert "Senior torch engineer" in done(desk, "import-role", "roles.csv")
    assert len(document(desk, "import-role", "roles.csv")["roles"]) == 2
    arguments = ("import-role", "roles.csv", "--name", "Torch engineer", "--scale", "Working=3")
    shown = done(desk, *arguments, "--out", "role.yaml")
    assert "Not mapped: Torch juggling, Expert" in shown
    assert "1 accepted, 3 proposed (?), 1 not mapped." in shown
    assert max(map(len, shown.split("Not mapped")[0].splitlines())) <= 80
    assert document(desk, *arguments)["targets"][0]["accept"]
    report = json.loads(done(desk, "gaps", "me.yaml", "--role", "role.yaml", "--json"))
    assert [(gap["id"], gap["target"]) for gap in report["skills"]] == [("data-modelling", 3)]
    plan = json.loads(
        done(desk, "plan", "me.yaml", "--role", "role.yaml", "--weeks", "13", "--accept", "--json")
    )
    assert plan["role"] == "torch-engineer"
    assert plan["violations"] == []
    assert "data-modelling" in {
        gain["skill"]
        for quarter in plan["quarters"]
        for each in quarter["activities"]
        for gain in each["gains"]
    }
    assert done(desk, "today", "me.yaml")
    assert done(desk, "progress", "me.yaml")
    (desk / "role.yaml").unlink()
    assert json.loads(done(desk, "replan", "me.yaml", "--json"))["role"] == "torch-engineer"


def test_a_role_file_is_added_once_and_named_by_its_id(desk):
    done(
        desk,
        "import-role",
        "roles.csv",
        "--name",
        "Torch engineer",
        "--scale",
        "Working=3",
        "--out",
        "role.yaml",
    )
    assert "1 targets" not in done(desk, "add-role", "me.yaml", "role.yaml")
    report = json.loads(done(desk, "gaps", "me.yaml", "--role", "torch-engineer", "--json"))
    assert report["role"] == "torch-engineer"
    again = start(desk, "add-role", "me.yaml", "role.yaml")
    assert again.returncode == 2
    assert "has this very role already" in again.stderr
    done(desk, "undo", "me.yaml")
    assert "roles:" not in (desk / "me.yaml").read_text(encoding="utf-8")


def test_from_a_ladder_with_a_stack(desk):
    found = document(desk, "import-role", "TorchLead.md", "--name", "TL4 - Torch Lead 4", "--stack", "python")
    assert {each["skill"]: each["level"] for each in found["targets"]} == {"python": 4, "mentoring": 3}
    assert [each["name"] for each in found["unmapped"]] == ["Glows"]


def test_words_of_others_are_never_markup(desk):
    text = FRAMEWORK.replace("Torch juggling", "[bold]Torch[/nothing]").replace("model simple", "[red]model")
    (desk / "roles.csv").write_text(text, encoding="utf-8")
    assert "[red]model" in done(desk, "import-role", "roles.csv", "--name", "Torch engineer")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("import-role", "roles.csv", "--name", "Torch enginer"), "Did you mean"),
        (("import-role", "roles.csv", "--out", "x.yaml"), "--name"),
        (("import-role", "nothing.csv"), "cannot be read"),
        (("map-skills", "roles.csv"), "neither ESCO nor O*NET"),
        (("map-skills", "skills_en.csv", "--threshold", "2"), "--threshold"),
        (("gaps", "me.yaml", "--role", "me.yaml"), "not a key"),
    ],
)
def test_a_slip_ends_with_2_and_a_next_step(desk, arguments, words):
    ran = start(desk, *arguments)
    assert ran.returncode == 2
    assert words in ran.stderr
    assert "Traceback" not in ran.stderr


def test_the_data_set_is_written_in_each_form_with_the_same_bytes(desk):
    for form in ("json", "csv", "skos"):
        done(desk, "export-skills", "--format", form, "--out", f"one.{form}")
        assert (desk / f"one.{form}").read_text("utf-8") == done(desk, "export-skills", "--format", form)
    jsonschema.validate(json.loads((desk / "one.json").read_text("utf-8")), schema("export-skills"))
