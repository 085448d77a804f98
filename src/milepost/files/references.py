"""The names of a catalogue that files may refer to."""

from collections.abc import Iterable, Mapping

from milepost.files.faults import Names
from milepost.model.activities import Catalogue
from milepost.model.skills import AreaKind, Skill


def catalogue_names(catalogue: Catalogue) -> Mapping[str, Names]:
    """What may be named in a person or role file: roles, skills, areas of each kind and activities."""
    areas = catalogue.tree.areas.values()
    deep = {area.id: area.name for area in areas if area.kind is AreaKind.SPECIALISATION}
    broad = {area.id: area.name for area in areas if area.kind is AreaKind.FOUNDATION}
    return {
        "role": named("role", {role.id: role.name for role in catalogue.roles.values()}),
        "skill": Names("skill", frozenset(catalogue.tree.skills), spellings(catalogue.tree.skills.values())),
        "area": named("area", {area.id: area.name for area in areas}),
        "specialisation": named("specialisation", deep),
        "foundation": named("foundation", broad),
        "activity": named("activity", {thing.id: thing.title for thing in catalogue.activities.values()}),
    }


def named(kind: str, titles: Mapping[str, str]) -> Names:
    """Names of one kind from ids and titles."""
    return Names(kind, frozenset(titles), {title.casefold(): name for name, title in titles.items()})


def spellings(skills: Iterable[Skill]) -> Mapping[str, str]:
    """Every name and alias of every skill, casefolded, with the id that it stands for."""
    found: dict[str, str] = {}
    for skill in skills:
        for text in (skill.name, *(alias.text for alias in skill.aliases)):
            found.setdefault(text.casefold(), skill.id)
    return found
