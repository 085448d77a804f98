"""A person's own roles: read with every problem at once, written and read back as they were, and aimed at everywhere."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.own_roles import set_own_role
from milepost.files.person import read_person_text
from milepost.model.people import Person
from milepost.model.roles import Demand, DemandPack, Role, RoleTarget, Seniority
from milepost.workflows.own_roles import add_own_role
from milepost.workflows.replan import accept_plan, propose_replan
from milepost.workflows.roadmap import Wishes, make_gaps, make_roadmap
from milepost.workflows.routes import compare_routes
from milepost.workflows.year import Occasion

TODAY = dt.date(2026, 11, 23)
ME = "milepost: 1\nname: Mika  # me\ncapacity: {hours_per_week: 6, start: 2026-11-30}\nratings: {python: 3}\n"
OWN = (
    "roles:\n  torch-lead:\n    name: Torch lead\n    targets: [{skill: pytorch, level: 4, reason: Asked}]\n"
)
FILE = """\
role:
  id: torch-lead
  name: Torch lead
  targets:
    - {skill: pytorch, level: 3.5}
    - {skill: docker, level: 3, accept: false}
"""


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


@pytest.fixture
def desk(tmp_path):
    """A person file, a role file, and the occasion."""
    (tmp_path / "me.yaml").write_text(ME, encoding="utf-8")
    (tmp_path / "role.yaml").write_text(FILE, encoding="utf-8")
    return tmp_path, Occasion(None, lambda: dt.datetime(2026, 11, 23, tzinfo=dt.UTC), TODAY)


def read(text, catalogue):
    return read_person_text(text, path="me.yaml", catalogue=catalogue)


def test_an_own_role_can_be_the_target(catalogue):
    person = read(f"{ME}{OWN}target: {{role: torch-lead, route: outside}}\n", catalogue)
    assert isinstance(person, Person)
    report = make_gaps(person, today=TODAY, role=None)
    assert report.role == "torch-lead"
    assert [gap.skill for gap in report.gaps] == ["pytorch"]
    assert any(move.role == "torch-lead" for move in compare_routes(person, today=TODAY, role=None).moves)


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("roles: {ml-engineer: {name: X, targets: [{skill: python, level: 3}]}}", "roles.ml-engineer", "already"),
        ("roles: {My Role: {name: X, targets: [{skill: python, level: 3}]}}", "roles.My Role", "kebab case"),
        ("roles: {mine: {targets: [{skill: python, level: 3}]}}", "roles.mine.name", "missing"),
        ("roles: {mine: {name: X}}", "roles.mine.targets", "missing"),
        ("roles: {mine: {name: X, targets: []}}", "roles.mine.targets", "nothing"),
        ("roles: {mine: {name: X, targets: [{skill: pyton, level: 3}]}}", "roles.mine.targets.0.skill", "pyton"),
        ("roles: {mine: {name: X, targets: [{skill: python, level: 3.2}]}}", "roles.mine.targets.0.level", "halves"),
        ("roles: {mine: {name: X, targets: [{skill: python, level: 3}], breadth: {nowhere: 3}}}", "roles.mine.breadth.nowhere", "nowhere"),
        ("target: {role: yours, route: outside}", "target.role", "yours"),
    ],
)  # fmt: skip
def test_a_problem_has_its_place(catalogue, text, field, words):
    (problem,) = read(f"{ME}{text}\n", catalogue)
    assert problem.field == field
    assert words in f"{problem.message} {problem.hint}"


words = st.text("ab: #-{}'\"é王", min_size=1, max_size=12).filter(lambda text: text.strip() == text and text)


@settings(max_examples=60)
@given(
    name=words,
    reasons=st.lists(words, min_size=1, max_size=3),
    level=st.integers(1, 10).map(lambda halves: halves / 2),
    seniority=st.sampled_from(Seniority),
    counted=st.booleans(),
)
def test_a_role_comes_back_as_it_was_written(name, reasons, level, seniority, counted):
    skills = ("python", "docker", "pytorch")
    pack = DemandPack(
        "mine", 12, 9, "2026-01-01", "2026-11-01", "An invented source", {"python": Demand(8, 7, 6.5, 0.7)}
    )
    targets = tuple(RoleTarget(skill, level, reason) for skill, reason in zip(skills, reasons, strict=False))
    role = Role(
        "mine", name, seniority, name, targets, ("From elsewhere",), ("llm-applications",), {"programming": 3.5},
        pack if counted else None,
    )  # fmt: skip
    person = read(set_own_role(ME, role), load_catalogue())
    assert isinstance(person, Person)
    assert person.own_roles == (role,)


def test_adding_takes_what_is_accepted_replaces_and_refuses_what_changes_nothing(desk, catalogue):
    folder, at = desk
    me, file = str(folder / "me.yaml"), folder / "role.yaml"
    assert add_own_role(me, file, at=at).id == "torch-lead"
    text = (folder / "me.yaml").read_text(encoding="utf-8")
    assert text.startswith("milepost: 1\nname: Mika  # me\n")
    (role,) = at.load(me).loaded.person.own_roles
    assert [(each.skill, each.level) for each in role.targets] == [("pytorch", 3.5)]
    with pytest.raises(UsageError, match="already"):
        add_own_role(me, file, at=at)
    file.write_text(FILE.replace("accept: false", "accept: true"), encoding="utf-8")
    add_own_role(me, file, at=at)
    (role,) = at.load(me).loaded.person.own_roles
    assert [each.skill for each in role.targets] == ["pytorch", "docker"]


def test_a_plan_for_a_role_file_that_is_accepted_stays_with_that_role(desk):
    folder, at = desk
    me = str(folder / "me.yaml")
    wishes = Wishes(role=folder / "role.yaml", weeks=13)
    accept_plan(me, make_roadmap(at.load(me).loaded.person, today=TODAY, wishes=wishes), at=at)
    (folder / "role.yaml").unlink()
    person = at.load(me).loaded.person
    assert person.target is not None
    assert person.target.role == "torch-lead"
    assert propose_replan(me, at=at).role.id == "torch-lead"


def test_a_plan_for_another_shipped_role_makes_it_the_target_and_keeps_route_and_day(desk):
    folder, at = desk
    path = folder / "me.yaml"
    path.write_text(f"{ME}target: {{role: ml-engineer, route: inside, by: 2027-11-28}}\n", encoding="utf-8")
    me = str(path)
    wishes = Wishes(role="ai-engineer", weeks=13)
    accept_plan(me, make_roadmap(at.load(me).loaded.person, today=TODAY, wishes=wishes), at=at)
    target = at.load(me).loaded.person.target
    assert target is not None
    assert (target.role, target.route, target.by) == ("ai-engineer", "inside", dt.date(2027, 11, 28))
