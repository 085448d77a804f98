"""Commands on advertisements and routes as a user runs them; the advertisements are made up."""

import json

import jsonschema
import pytest

from cli.test_year_commands import TEXT, done, schema, start  # type: ignore[import-not-found]

AD = """{title}
{company}

Requirements
- Python and Docker
- {skill}

Nice to have
- Kubernetes
"""
EMPLOYER = (
    "employer: Northwind\njoined: 2026-06-01\nopenings: [{role: computer-vision-engineer, team: Eyes}]\n"
)


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A person, seven advertisements of six companies, and an employer."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "me.yaml").write_text(TEXT, encoding="utf-8")
    (folder / "company.yaml").write_text(EMPLOYER, encoding="utf-8")
    (folder / "ads").mkdir()
    for number, skill in enumerate(["PyTorch", "PyTorch", "RAG", "LangChain", "Spark", "PyTorch"]):
        text = AD.format(title=f"ML Engineer {number}", company=f"Company {number}", skill=skill)
        (folder / "ads" / f"{number}.txt").write_text(text, encoding="utf-8")
    return folder


def document(folder, *arguments, kind):
    found = json.loads(done(folder, *arguments, "--json"))
    jsonschema.validate(found, schema(kind))
    return found


def test_demand_is_a_document_of_the_kept_schema_and_holds_no_text(desk):
    found = document(desk, "demand", "ads", "--role", "ml-engineer", kind="demand")
    assert found["ads"] == 6
    python = next(row for row in found["skills"] if row["id"] == "python")
    assert python["ads"] == 6
    assert all(row["low"] <= row["share"] <= row["high"] for row in found["skills"])
    assert "Nice to have" not in json.dumps(found)


def test_demand_as_text_fits_eighty_columns(desk):
    shown = done(desk, "demand", "ads", "--all")
    assert "6 advertisements" in shown
    assert max(map(len, shown.splitlines())) <= 80


def test_gaps_on_own_ads_say_what_each_skill_would_open(desk):
    found = document(desk, "gaps", "me.yaml", "--ads", "ads", kind="gaps")
    assert all(0 <= row["unlock"] <= 1 for row in found["skills"])
    assert "your 6 ads" in next(row for row in found["skills"] if row["id"] == "pytorch")["impact"]["basis"]
    without = document(desk, "gaps", "me.yaml", kind="gaps")
    assert {row["unlock"] for row in without["skills"]} == {None}
    assert "What would open more of them" in done(desk, "gaps", "me.yaml", "--ads", "ads")


def test_routes_are_a_document_of_the_kept_schema_and_the_same_bytes_twice(desk):
    found = document(desk, "routes", "me.yaml", "--employer", "company.yaml", kind="routes")
    opened = [move for move in found["routes"] if move["role"] == "computer-vision-engineer"]
    assert [move["kind"] for move in opened] == ["inside", "outside"]
    assert opened[0]["openings"] == [{"team": "Eyes", "level": ""}]
    assert all(move["low"] <= move["transfer_share"] <= move["high"] for move in found["routes"])
    assert done(desk, "routes", "me.yaml", "--json") == done(desk, "routes", "me.yaml", "--json")


def test_the_share_of_a_role_opens_row_by_row(desk):
    assert "Σ demand × credit / Σ demand" in done(desk, "routes", "me.yaml", "--why", "ml-engineer")


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["demand", "nowhere"], "nowhere"),
        (["demand", "ads", "--role", "ml-enginer"], "ml-engineer"),
        (["demand", "ads", "--columns", "text"], "FIELD=COLUMN"),
        (["gaps", "me.yaml", "--ads", "nowhere"], "nowhere"),
        (["plan", "me.yaml", "--ads", "nowhere"], "nowhere"),
        (["routes", "me.yaml", "--why", "ml-enginer"], "ml-engineer"),
        (["routes", "me.yaml", "--employer", "nowhere.yaml"], "nowhere.yaml"),
        (["routes", "me.yaml", "--employer", "me.yaml"], "employer"),
    ],
)
def test_a_wrong_call_exits_with_two_and_says_what_to_do(desk, arguments, word):
    ran = start(desk, *arguments)
    assert ran.returncode == 2, (ran.stdout, ran.stderr)
    assert word in ran.stderr + ran.stdout
    assert "Traceback" not in ran.stderr


def test_a_role_made_from_ads_is_a_document_and_a_file_that_gaps_and_plan_take(desk):
    found = document(
        desk, "make-role", "ads", "--name", "Voice engineer", "--out", "voice.yaml", kind="make-role"
    )
    assert found["id"] == "voice-engineer"
    assert found["ads"] == 6
    assert found["file"] == "voice.yaml"
    assert any("only 6 advertisements" in said for said in found["warnings"])
    assert next(row for row in found["targets"] if row["skill"] == "pytorch")["ads"] == 3
    assert "Nice to have" not in (desk / "voice.yaml").read_text(encoding="utf-8")
    gaps = document(desk, "gaps", "me.yaml", "--role", "voice.yaml", kind="gaps")
    assert gaps["role"] == "voice-engineer"
    counted = {row["skill"] for row in found["targets"] if row["accept"]}
    assert counted <= {row["id"] for row in gaps["skills"]}
    assert "voice-engineer" in done(desk, "plan", "me.yaml", "--role", "voice.yaml")


def test_a_role_as_text_fits_eighty_columns_and_says_what_only_is_proposed(desk):
    shown = done(desk, "make-role", "ads", "--name", "Voice engineer")
    assert "are only proposed (?)" in shown
    assert "Nearest shipped roles" in shown
    table = shown.splitlines()[1:-3]
    assert max(map(len, table)) <= 80
