"""Skills that a person adds to the shipped ones: the same everywhere, for this person only."""

from collections.abc import Sequence
from dataclasses import replace

from milepost.model.activities import Catalogue
from milepost.model.skills import Skill, SkillTree


def extend_tree(tree: SkillTree, own: Sequence[Skill]) -> SkillTree:
    """The skill tree with a person's own skills; their levels look like those of their area."""
    return replace(tree, skills={**tree.skills, **{skill.id: skill for skill in own}}) if own else tree


def extend_catalogue(catalogue: Catalogue, own: Sequence[Skill]) -> Catalogue:
    """Everything that Milepost knows, with a person's own skills."""
    return replace(catalogue, tree=extend_tree(catalogue.tree, own)) if own else catalogue
