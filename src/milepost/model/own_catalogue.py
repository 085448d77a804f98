"""Skills and roles that a person adds to the shipped ones: the same everywhere, for this person only."""

from collections.abc import Sequence
from dataclasses import replace

from milepost.model.activities import Catalogue
from milepost.model.people import Person
from milepost.model.skills import Skill, SkillTree


def extend_tree(tree: SkillTree, own: Sequence[Skill]) -> SkillTree:
    """The skill tree with a person's own skills; their levels look like those of their area."""
    return replace(tree, skills={**tree.skills, **{skill.id: skill for skill in own}}) if own else tree


def extend_catalogue(catalogue: Catalogue, person: Person) -> Catalogue:
    """Everything that Milepost knows, with a person's own skills and roles."""
    if not person.own_skills and not person.own_roles:
        return catalogue
    roles = {**catalogue.roles, **{role.id: role for role in person.own_roles}}
    return replace(catalogue, tree=extend_tree(catalogue.tree, person.own_skills), roles=roles)
