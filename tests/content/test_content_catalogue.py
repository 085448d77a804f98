"""The shipped catalogue: as much as promised, every part with its source, and nothing said twice."""

import re
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
import yaml
from rapidfuzz.fuzz import token_set_ratio

from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.person import read_person
from milepost.model.activities import BUILDING_KINDS, LEARNING_KINDS, ActivityKind
from milepost.model.people import Person
from milepost.model.roles import Route
from milepost.model.skills import AreaKind

CATALOGUE = load_catalogue()
ACTIVITIES = sorted(CATALOGUE.activities.values(), key=lambda activity: activity.id)
ROLES = sorted(CATALOGUE.roles)
FILES = sorted(path for path in PACKAGED.rglob("*.yaml") if path.parent.name not in ("people", "years"))
PEOPLE = sorted((PACKAGED / "people").glob("*.yaml"))
KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
ASKED_OFTEN = 0.03


def asked_skills() -> dict[str, float]:
    """The skills that at least 3 % of the advertisements of any pack ask for, with the highest such share."""
    found: dict[str, float] = {}
    for role in CATALOGUE.roles.values():
        assert role.pack is not None, f"{role.id} has no pack"
        for skill, demand in role.pack.skills.items():
            share = demand.ads / role.pack.ads
            if share >= ASKED_OFTEN:
                found[skill] = max(share, found.get(skill, 0.0))
    return found


def needed_skills() -> set[str]:
    """The skills that somebody needs: a role's target, a route's own skill, a level that an activity

    requires, or something that at least 3 % of the advertisements of a pack ask for.
    """
    targets = {target.skill for role in CATALOGUE.roles.values() for target in role.targets}
    routes = {skill for playbook in CATALOGUE.routes.values() for skill in playbook.skills}
    required = {skill for activity in ACTIVITIES for skill in activity.requires_levels}
    return targets | routes | required | set(asked_skills())


def practised_by(kinds: frozenset[ActivityKind]) -> set[str]:
    return {gain.skill for activity in ACTIVITIES if activity.kind in kinds for gain in activity.gains}


# --- how much there is --------------------------------------------------------------------


def test_there_are_at_least_160_skills_14_roles_and_220_activities():
    assert len(CATALOGUE.tree.skills) >= 160
    assert len(CATALOGUE.roles) >= 14
    assert len(CATALOGUE.activities) >= 220


def test_there_are_six_foundation_areas_and_at_least_ten_specialisations():
    kinds = Counter(area.kind for area in CATALOGUE.tree.areas.values())
    assert kinds[AreaKind.FOUNDATION] == 6
    assert kinds[AreaKind.SPECIALISATION] >= 10


def test_every_area_has_skills_and_a_core():
    for area in CATALOGUE.tree.areas:
        skills = CATALOGUE.tree.in_area(area)
        assert skills, area
        assert any(skill.core for skill in skills), area


def test_every_role_has_a_pack_of_its_own_advertisements():
    for role in CATALOGUE.roles.values():
        assert role.pack is not None, role.id
        assert role.pack.role == role.id
        assert role.pack.ads > 0
        assert set(role.pack.skills) <= set(CATALOGUE.tree.skills)


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_ten_reasoned_targets_and_one_or_two_specialisations(role):
    aim = CATALOGUE.roles[role]
    assert len(aim.targets) >= 10
    assert all(target.reason.strip().endswith(".") for target in aim.targets)
    assert len({target.skill for target in aim.targets}) == len(aim.targets)
    assert 1 <= len(aim.specialisations) <= 2
    assert aim.ways_in


# --- where it comes from ------------------------------------------------------------------


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGED).as_posix())
def test_every_file_says_its_source_its_date_and_its_basis(path: Path):
    head = yaml.safe_load(path.read_text(encoding="utf-8"))
    assert len(head["source"]) >= 20
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", str(head["date"]))
    assert head["basis"] in {"book", "data", "assumption"}


@pytest.mark.parametrize("path", PEOPLE, ids=lambda path: path.stem)
def test_the_people_are_valid_aim_at_a_role_and_say_that_they_are_illustrative(path: Path):
    person = read_person(path, catalogue=CATALOGUE)
    assert isinstance(person, Person), person
    assert person.illustrative
    assert person.target is not None
    assert person.target.role in CATALOGUE.roles


def test_there_are_the_three_people_of_the_case_study():
    assert [path.stem for path in PEOPLE] == ["alex", "jordan", "sam"]


# --- skills and anchors -------------------------------------------------------------------


def test_skill_ids_are_kebab_case():
    assert [skill for skill in CATALOGUE.tree.skills if not KEBAB.fullmatch(skill)] == []


def test_no_skill_waits_for_itself():
    skills = CATALOGUE.tree.skills
    settled: set[str] = set()
    while ready := [
        s for s, skill in skills.items() if s not in settled and settled.issuperset(skill.prerequisites)
    ]:
        settled.update(ready)
    assert set(skills) - settled == set()


def test_no_activity_waits_for_itself():
    settled: set[str] = set()
    while ready := [a.id for a in ACTIVITIES if a.id not in settled and settled.issuperset(a.requires)]:
        settled.update(ready)
    assert set(CATALOGUE.activities) - settled == set()


def test_every_area_and_at_least_sixty_skills_have_anchors():
    assert set(CATALOGUE.tree.area_anchors) == set(CATALOGUE.tree.areas)
    assert len(CATALOGUE.tree.skill_anchors) >= 60


def test_the_forty_skills_that_the_roles_name_most_have_anchors_of_their_own():
    named = Counter(target.skill for role in CATALOGUE.roles.values() for target in role.targets)
    most = [skill for skill, _ in sorted(named.items(), key=lambda pair: (-pair[1], pair[0]))[:40]]
    assert [skill for skill in most if skill not in CATALOGUE.tree.skill_anchors] == []


def test_every_anchor_is_one_short_sentence_and_no_two_of_a_ladder_are_alike():
    for name, anchors in [*CATALOGUE.tree.area_anchors.items(), *CATALOGUE.tree.skill_anchors.items()]:
        assert len(set(anchors.levels)) == 6, name
        for anchor in anchors.levels:
            assert len(anchor) <= 200, (name, anchor)
            assert anchor.endswith("."), (name, anchor)


# --- activities ---------------------------------------------------------------------------


def test_every_skill_that_advertisements_ask_for_can_be_learnt_and_practised():
    """At least 3 % of the ads of some pack: one course or reading, and one thing that is built."""
    asked = set(asked_skills())
    assert sorted(asked - practised_by(LEARNING_KINDS)) == []
    assert sorted(asked - practised_by(BUILDING_KINDS)) == []


def test_no_activity_practises_a_skill_that_nobody_needs():
    needed = needed_skills()
    wasted = [(a.id, gain.skill) for a in ACTIVITIES for gain in a.gains if gain.skill not in needed]
    assert wasted == []


def test_titles_are_short_and_no_two_are_nearly_the_same():
    assert [a.id for a in ACTIVITIES if len(a.title) > 80] == []
    near = [
        (one.id, other.id)
        for one, other in combinations(ACTIVITIES, 2)
        if token_set_ratio(one.title.casefold(), other.title.casefold()) >= 92
    ]
    assert near == []


def test_every_resource_has_a_secure_address():
    found = [a.resource for a in ACTIVITIES if a.resource is not None]
    assert len(found) >= 100
    assert [
        resource.url for resource in found if not re.match(r"https://[\w.-]+\.[a-z]+(/|$)", resource.url)
    ] == []


def test_every_activity_says_how_it_would_be_done_inside_a_company():
    assert [a.id for a in ACTIVITIES if not a.inside] == []


def test_work_that_needs_an_employer_is_not_shown_to_the_world():
    assert [a.id for a in ACTIVITIES if a.needs_employer and a.public] == []


def test_a_portfolio_holds_only_what_a_stranger_can_see():
    assert [a.id for a in ACTIVITIES if "portfolio" in a.meets and not a.public] == []


def test_what_only_the_inside_route_needs_is_only_met_inside():
    inside = {need.id for need in CATALOGUE.routes[Route.INSIDE].needs}
    assert [a.id for a in ACTIVITIES if inside.intersection(a.meets) and not a.needs_employer] == []


def test_a_milestone_has_a_plan_for_its_usual_obstacle():
    for activity in ACTIVITIES:
        if activity.milestone is not None:
            assert activity.milestone.if_then.startswith("If "), activity.id
            assert ", then " in activity.milestone.if_then, activity.id


def test_nobody_learns_by_reading_what_others_are_to_admire():
    """A finished course is not a public artefact unless it ends in something published."""
    shown = [a for a in ACTIVITIES if a.kind in LEARNING_KINDS and a.public]
    assert len(shown) <= 6, [a.id for a in shown]
    assert [a.id for a in shown if "portfolio" in a.meets] == []
