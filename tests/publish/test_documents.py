"""JSON documents keep the outside contract."""

import json
from importlib import import_module
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from milepost.errors import Problem
from milepost.model.plans import Violation
from milepost.publish.schema import (
    check_document,
    comparison_document,
    gaps_document,
    levels_document,
    plan_document,
)

samples = import_module("publish.roadmap_samples")


@pytest.fixture
def view():
    return samples.make_view()


@pytest.fixture
def hopeless():
    return samples.make_view(feasible=False)


SCHEMAS = Path(__file__).resolve().parents[2] / "docs" / "schemas"


def faults(name: str, document: object) -> list[str]:
    schema = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    plain = json.loads(json.dumps(document))
    return [error.message for error in Draft202012Validator(schema).iter_errors(plain)]


@pytest.fixture
def documents(view, hopeless):
    return {
        "levels": levels_document(view.levels),
        "gaps": gaps_document(view.report),
        "plan": plan_document(view.plan, ()),
        "infeasible": plan_document(hopeless.plan, (Violation("weeks", "a", "is late"),)),
        "check": check_document([Problem("a.yaml", 3, 1, "name", "is missing", "Add it.")]),
        "comparison": comparison_document(samples.make_comparison()),
    }


@pytest.mark.parametrize("name", ["levels", "gaps", "plan", "infeasible", "check", "comparison"])
def test_every_document_follows_its_schema(documents, name):
    assert faults("plan" if name == "infeasible" else name, documents[name]) == []


def test_the_schema_refuses_an_infeasible_plan_without_a_reason(documents):
    broken = {key: value for key, value in documents["infeasible"].items() if key != "because"}
    assert faults("plan", broken)


def test_the_schema_refuses_a_feasible_plan_without_finish_dates(documents):
    assert faults("plan", {**documents["plan"], "finish": None})


def test_floats_have_at_most_four_decimals(documents):
    numbers = [level["mean"] for level in documents["levels"]["skills"]]
    assert set(numbers) == {2.1235}
    assert documents["plan"]["objective"] == 12.3457


def test_the_level_in_a_gap_and_the_steps_of_a_gain_have_the_names_of_the_contract(documents):
    assert set(documents["gaps"]["skills"][0]["level"]) == {"mean", "low", "high"}
    assert set(documents["plan"]["quarters"][0]["activities"][0]["gains"][0]) == {"skill", "from", "to"}
    assert documents["plan"]["finish"]["p95"] == "2028-03-05"


def test_a_violation_is_told_with_its_rule(documents):
    assert documents["infeasible"]["violations"] == [{"rule": "weeks", "subject": "a", "message": "is late"}]
