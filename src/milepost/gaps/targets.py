"""What a role asks of this person: target levels, held back outside the chosen specialisations."""

from collections.abc import Sequence

from milepost.model.people import Person
from milepost.model.roles import Role, RoleTarget
from milepost.model.settings import Settings
from milepost.model.skills import AreaKind, Skill, SkillTree


def target_level(
    target: RoleTarget, skill: Skill, tree: SkillTree, *, chosen: Sequence[str], settings: Settings
) -> float:
    """The role's target, held at 3 in a specialisation that was not chosen.

    Why: the T has one or two vertical strokes; breadth elsewhere ends at "independent".
    """
    elsewhere = tree.areas[skill.area].kind is AreaKind.SPECIALISATION and skill.area not in chosen
    return min(target.level, settings.other_specialisation_cap) if elsewhere else target.level


def chosen_specialisations(person: Person, role: Role) -> tuple[str, ...]:
    """The person's specialisations, or those of the role where the person named none."""
    return person.specialisations or role.specialisations
