"""A person's own skills: read with every problem at once, and part of the tree everywhere."""

import datetime as dt

import pytest

from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.model.own_catalogue import extend_catalogue, extend_tree
from milepost.model.people import Person
from milepost.model.skills import Durability
from milepost.workflows.roadmap import make_levels

ZORBIX = "skills:\n  zorbix: {name: Zorbix, area: ml-platform, aliases: [zorbix-db], kind: platform, rolls_up_to: nosql-databases}\n"


@pytest.fixture(scope="module")
def catalogue():
    return load_catalogue()


def read(text, catalogue):
    return read_person_text(f"milepost: 1\nname: Mika\n{text}", path="me.yaml", catalogue=catalogue)


def test_an_own_skill_can_be_rated_and_gets_a_level(catalogue):
    person = read(ZORBIX + "ratings: {zorbix: 3}\n", catalogue)
    assert isinstance(person, Person)
    (skill,) = person.own_skills
    assert (skill.id, skill.area, skill.durability) == ("zorbix", "ml-platform", Durability.PLATFORM)
    levels = make_levels(person, today=dt.date(2026, 11, 23), catalogue=catalogue)
    assert levels.skills["zorbix"].claimed == 3.0


def test_without_it_the_rating_is_a_problem(catalogue):
    (problem,) = read("ratings: {zorbix: 3}\n", catalogue)
    assert problem.field == "ratings.zorbix"


def test_the_shipped_tree_stays_as_it_is(catalogue):
    person = read(ZORBIX, catalogue)
    extended = extend_catalogue(catalogue, person)
    assert set(extended.tree.skills) - set(catalogue.tree.skills) == {"zorbix"}
    assert extended.tree.anchors_for("zorbix") == catalogue.tree.area_anchors["ml-platform"]
    assert extend_tree(catalogue.tree, ()) is catalogue.tree


@pytest.mark.parametrize(
    ("text", "field", "words"),
    [
        ("skills: {python: {name: Snake, area: programming}}", "skills.python", "already"),
        ("skills: {valkyrie: {name: Kubernetes, area: programming}}", "skills.valkyrie.name", "kubernetes"),
        ("skills: {valkyrie: {name: Valkyrie, area: programming, aliases: [PyTorch]}}", "skills.valkyrie.aliases.0", "pytorch"),
        ("skills: {valkyrie: {name: Valkyrie, area: programing}}", "skills.valkyrie.area", "programing"),
        ("skills: {valkyrie: {area: programming}}", "skills.valkyrie.name", "missing"),
        ("skills: {Val Kyrie: {name: Valkyrie, area: programming}}", "skills.Val Kyrie", "not an id"),
        ("skills: {a: {name: Same, area: programming}, b: {name: same, area: programming}}", "skills.b.name", "your skill a"),
        ("skills: {a: {name: Same, area: programming, rolls_up_to: nothing}}", "skills.a.rolls_up_to", "nothing"),
    ],
)  # fmt: skip
def test_a_clash_or_a_slip_is_a_problem_with_its_place(catalogue, text, field, words):
    problems = read(text + "\n", catalogue)
    assert not isinstance(problems, Person)
    assert any(
        problem.field == field and words in problem.message and problem.hint for problem in problems
    ), problems


def test_all_problems_come_at_once(catalogue):
    problems = read("skills:\n  python: {name: Snake, area: nowhere}\n  b: {name: PyTorch}\n", catalogue)
    assert [problem.line for problem in problems] == [4, 4, 5, 5]


def test_a_capitalised_word_counts_only_as_it_is_written_and_a_short_name_only_in_lists(catalogue):
    person = read(
        "skills: {lance: {name: Lance, area: ml-platform}, zb: {name: Zb, area: ml-platform}}\n", catalogue
    )
    lance, short = (skill.aliases[0] for skill in person.own_skills)
    assert lance.case_sensitive
    assert not lance.ambiguous
    assert short.ambiguous
