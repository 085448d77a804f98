"""From nothing to every target: what the activities of the shipped catalogue can carry somebody to."""

import pytest

from content.climbing import SETTINGS, climb, short_of  # type: ignore[import-not-found]
from milepost.files.content import load_catalogue
from milepost.gaps.targets import target_level
from milepost.model.roles import Role

CATALOGUE = load_catalogue()
ROLES = sorted(CATALOGUE.roles)


def targets_of(role: Role) -> dict[str, float]:
    """The targets as the gaps measure them: held at 3 in a specialisation that is not the role's own."""
    tree, chosen = CATALOGUE.tree, role.specialisations
    return {
        t.skill: target_level(t, tree.skills[t.skill], tree, chosen=chosen, settings=SETTINGS)
        for t in role.targets
    }


@pytest.mark.parametrize("role", ROLES)
def test_every_target_of_a_role_can_be_reached_from_nothing_with_a_job(role):
    aim = CATALOGUE.roles[role]
    climbed = climb(CATALOGUE, employer=True, specialisations=aim.specialisations)
    assert not short_of(climbed, targets_of(aim))


@pytest.mark.parametrize("role", ROLES)
def test_every_target_of_a_role_can_be_reached_from_nothing_without_a_job(role):
    aim = CATALOGUE.roles[role]
    climbed = climb(CATALOGUE, employer=False, specialisations=aim.specialisations)
    assert not short_of(climbed, targets_of(aim))


@pytest.mark.parametrize("employer", [True, False], ids=["with a job", "without a job"])
def test_every_activity_becomes_possible_for_somebody_who_starts_with_nothing(employer):
    assert climb(CATALOGUE, employer=employer, specialisations=()).stuck == ()


def test_a_beginner_reaches_the_level_of_python_that_the_first_courses_ask_for_in_one_course():
    firsts = [
        a
        for a in CATALOGUE.activities.values()
        if not a.requires and not a.requires_levels and any(g.skill == "python" for g in a.gains)
    ]
    gains = [(a.hours.p50 * g.share, g.up_to) for a in firsts for g in a.gains if g.skill == "python"]
    assert any(hours >= 20 and up_to >= 1 for hours, up_to in gains)
