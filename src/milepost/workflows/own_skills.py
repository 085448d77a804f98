"""A skill that Milepost does not ship becomes one of the person's own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from milepost.errors import UsageError
from milepost.files.person_edits import set_in_person_text
from milepost.workflows.year import Occasion

_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class OwnSkill:
    """A new skill of a person as their file will hold it; ``kind`` "" is a framework."""

    name: str
    area: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    rolls_up_to: str = ""


def add_own_skill(name: str, skill: OwnSkill, *, at: Occasion) -> str:
    """Write the skill into the person's file, and give its id.

    Raises ``UsageError`` where the person has such a skill, and ``InvalidInput`` where the name or an alias stands
    for a shipped skill or the area does not exist; nothing is changed then.
    """
    kept = at.load(name)
    id_ = skill_id(skill.name)
    if any(own.id == id_ for own in kept.loaded.person.own_skills):
        raise UsageError(
            f"{kept.loaded.person.name} has a skill called {id_} already",
            hint="Change it under `skills:` in the person file.",
        )
    text = set_in_person_text(kept.loaded.text, path=("skills", id_), value=_entry(skill))
    at.keep(kept, "add-skill", text=text)
    return id_


def skill_id(name: str) -> str:
    """The id of a skill from its name.

    >>> skill_id("Spring AI"), skill_id("C#")
    ('spring-ai', 'c-sharp')
    """
    spoken = name.casefold().replace("#", " sharp").replace("++", " plus plus")
    id_ = _NOT_IN_IDS.sub("-", spoken).strip("-")
    if not id_:
        raise UsageError(f"{name!r} gives no id", hint="Use a name with letters or digits.")
    return id_


def _entry(skill: OwnSkill) -> dict[str, object]:
    given: dict[str, str | Sequence[str]] = {
        "name": skill.name.strip(),
        "area": skill.area,
        "aliases": skill.aliases,
        "kind": skill.kind,
        "rolls_up_to": skill.rolls_up_to,
    }
    return {key: value for key, value in given.items() if value}
