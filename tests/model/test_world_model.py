"""The nouns that answer questions: skill trees, playbooks and the table of settings."""

from dataclasses import fields, replace

from factories import PLAYBOOKS, TREE, make_role, make_skill  # type: ignore[import-not-found]
from milepost.model.roles import Route, RouteNeed, Seniority
from milepost.model.settings import Settings, table
from milepost.model.skills import Anchors


def test_dependants_are_counted_through_every_link_and_only_once():
    assert TREE.dependants() == {
        "python": 3, "testing": 0, "statistics": 1, "algebra": 0, "inference": 1, "batching": 0,
        "detection": 0, "writing": 0, "leading": 0,
    }  # fmt: skip
    diamond = {
        "a": make_skill("a", "code"),
        "b": make_skill("b", "code", prerequisites=("a",)),
        "c": make_skill("c", "code", prerequisites=("a", "unknown")),
        "d": make_skill("d", "code", prerequisites=("b", "c")),
    }
    assert replace(TREE, skills=diamond).dependants() == {"a": 3, "b": 1, "c": 1, "d": 0}


def test_a_circle_of_prerequisites_ends():
    circle = {
        "a": make_skill("a", "code", prerequisites=("b",)),
        "b": make_skill("b", "code", prerequisites=("a",)),
    }
    assert set(replace(TREE, skills=circle).dependants()) == {"a", "b"}


def test_skills_of_an_area_come_in_order_of_id():
    assert [skill.id for skill in TREE.in_area("code")] == ["python", "testing"]


def test_a_skill_without_anchors_of_its_own_has_those_of_its_area():
    area, own = Anchors(("", "", "area", "", "", "")), Anchors(("", "", "own", "", "", ""))
    tree = replace(TREE, skill_anchors={"python": own}, area_anchors={"code": area})
    assert tree.anchors_for("python") is own
    assert tree.anchors_for("testing") is area


def test_needs_differ_for_leads_and_for_all_others():
    need = RouteNeed("portfolio", "Show work", 1, 0.0, 1.0, "", not_for_leads=True)
    playbook = replace(PLAYBOOKS[Route.INSIDE], needs=(*PLAYBOOKS[Route.INSIDE].needs, need))
    lead = replace(make_role(), seniority=Seniority.LEAD)
    assert [need.id for need in playbook.needs_for(make_role())] == ["sponsor", "portfolio"]
    assert [need.id for need in playbook.needs_for(lead)] == ["sponsor", "leads"]


def test_the_table_of_settings_lists_every_constant_with_its_basis():
    rows = table()
    assert [row.name for row in rows] == [field.name for field in fields(Settings)]
    assert {row.basis for row in rows} == {"assumption", "book", "data"}
    assert all(row.meaning and row.value == getattr(Settings(), row.name) for row in rows)


def test_the_constants_of_the_case_study_are_those_of_the_book():
    book = {row.name: row.value for row in table() if row.basis == "book"}
    assert book["focus_fewest"] == 3
    assert book["focus_most"] == 5
    assert book["most_specialisations"] == 2
    assert (book["default_weeks"], book["quarter_weeks"]) == (52, 13)
