"""A role from a file: read with every problem at once, written for a person to confirm, and aimed at."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.errors import InvalidInput, UsageError
from milepost.files.content import load_catalogue
from milepost.files.role import (
    read_role,
    read_role_draft,
    read_role_text,
    role_id,
    write_role,
    write_role_text,
)
from milepost.model.people import Person, Rating
from milepost.model.role_drafts import DraftTarget, RoleDraft, Unmapped
from milepost.model.roles import Demand, DemandPack, Role, RoleTarget, Seniority
from milepost.workflows.roadmap import find_role, make_gaps

TODAY = dt.date(2026, 11, 23)
TEXT = """\
role:
  id: my-role
  name: My role
  targets:
    - {skill: python, level: 4, reason: It is all Python, confidence: 0.9}
    - {skill: kubernetes, level: 3, confidence: 0.4, accept: false}
"""
TARGETS = (
    DraftTarget("python", 4.0, 'Says "ships: alone" # always', 0.9, True),
    DraftTarget("docker", 2.5, "A similar name", 0.4, False),
)
DRAFT = RoleDraft(
    Role(
        "my-role", "My role", Seniority.SENIOR, "What it does", (RoleTarget("python", 4.0, TARGETS[0].reason),),
        ("From elsewhere",), ("llm-applications",), {"programming": 3.5},
        DemandPack("my-role", 12, 9, "2026-01-01", "2026-11-01", "An invented framework", {"python": Demand(8, 7, 6.5, 0.7)}),
    ),
    "An invented framework", TODAY, "Working is 3 because it works alone", TARGETS, (Unmapped("Juggling", "Expert", "no skill"),),
)  # fmt: skip


@pytest.fixture(scope="module")
def known():
    return load_catalogue()


def problems(text, known):
    with pytest.raises(InvalidInput) as caught:
        read_role_text(text, path="role.yaml", catalogue=known)
    return caught.value.problems


def test_only_accepted_targets_belong_to_the_role(known):
    draft = read_role_text(TEXT, path="role.yaml", catalogue=known)
    assert draft.role.targets == (RoleTarget("python", 4.0, "It is all Python"),)
    assert [(each.skill, each.accept) for each in draft.targets] == [("python", True), ("kubernetes", False)]
    assert (draft.role.seniority, draft.role.meaning) == (Seniority.MID, "My role")


def test_what_is_written_is_read_back_in_every_field(known, tmp_path):
    path = tmp_path / "role.yaml"
    write_role(path, DRAFT)
    assert read_role_draft(path, catalogue=known) == DRAFT
    assert read_role(path, catalogue=known) == DRAFT.role


@settings(max_examples=60, deadline=None)
@given(
    text=st.text(min_size=1).filter(
        lambda each: any(sign.isprintable() and not sign.isspace() for sign in each)
    )
)
def test_no_text_of_a_source_breaks_the_file(text):
    draft = replace(DRAFT, source=text, targets=(replace(TARGETS[0], reason=text),))
    read = read_role_text(write_role_text(draft), path="role.yaml", catalogue=load_catalogue())
    assert read.targets[0].reason == read.source
    assert write_role_text(read) == write_role_text(draft)


def test_an_edited_file_is_not_overwritten(tmp_path):
    path = tmp_path / "role.yaml"
    path.write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="there already"):
        write_role(path, DRAFT)
    assert path.read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize(
    ("old", "new", "field", "words"),
    [
        ("id: my-role", "id: ml-engineer", "role.id", "already"),
        ("id: my-role", "id: My Role", "role.id", "kebab"),
        ("  name: My role\n", "", "role.name", "missing"),
        ("skill: python", "skill: pyhton", "role.targets.0.skill", "no skill"),
        ("level: 4", "level: 7", "role.targets.0.level", "between 0 and 5"),
        ("level: 4", "level: 3.3", "role.targets.0.level", "halves"),
        ("confidence: 0.9", "confidence: 9", "role.targets.0.confidence", "between 0 and 1"),
        ("confidence: 0.9", "accept: perhaps", "role.targets.0.accept", "neither true nor false"),
        ("confidence: 0.9", "accept: false", "role.targets", "none of the targets is accepted"),
        ("skill: kubernetes", "skill: python", "role.targets.1.skill", "two targets"),
        ("  name: My role", "  name: My role\n  specialisations: [llm-applications, ml-platform, agents-rl]", "role.specialisations", "one or two"),
        ("role:", "rolle: 1\nrole:", "rolle", "not a key"),
        ("role:", "pack: {ads: 3}\nrole:", "pack.skills", "missing"),
    ],
)  # fmt: skip
def test_a_slip_is_a_problem_with_its_place_and_a_hint(known, old, new, field, words):
    assert old in TEXT
    found = problems(TEXT.replace(old, new, 1), known)
    assert any(each.field == field and words in each.message and each.line and each.hint for each in found), (
        found
    )


def test_a_file_that_is_no_role_says_what_is_missing(known, tmp_path):
    assert problems("name: Jordan\n", known)[0].message
    with pytest.raises(InvalidInput, match="cannot read"):
        read_role(tmp_path / "nothing.yaml", catalogue=known)


def test_gaps_measure_against_a_role_file_and_keep_what_is_not_accepted_out(known, tmp_path):
    path = tmp_path / "role.yaml"
    path.write_text(TEXT, encoding="utf-8")
    person = Person("Mika", ratings=(Rating("python", 2.0), Rating("kubernetes", 0.0)))
    report = make_gaps(person, today=TODAY, role=path)
    assert report.role == "my-role"
    assert [gap.skill for gap in report.gaps] == ["python"]
    assert report.focus == ("python",)


def test_a_role_that_comes_as_text_never_opens_a_file(known, tmp_path):
    path = tmp_path / "role.yaml"
    path.write_text(TEXT, encoding="utf-8")
    with pytest.raises(InvalidInput, match="no role called"):
        find_role(Person("Mika"), str(path), known)


def test_a_name_without_letters_gives_no_id():
    assert role_id("Data & AI – lead") == "data-ai-lead"
    with pytest.raises(UsageError):
        role_id("…")
