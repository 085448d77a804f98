"""Our skills and roles beside those of others: links to ESCO and O*NET, roles from frameworks, the open data set."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.role import role_id, write_role
from milepost.files.taxonomies.crosswalks import load_crosswalk
from milepost.files.taxonomies.frameworks import read_framework
from milepost.files.taxonomies.links import read_links, write_links
from milepost.files.taxonomies.reading import read_taxonomy
from milepost.model.activities import Catalogue
from milepost.model.frameworks import Framework, FrameworkRole
from milepost.model.own_catalogue import extend_tree
from milepost.model.role_drafts import RoleDraft
from milepost.model.skills import HIGHEST_LEVEL, Skill
from milepost.model.taxonomies import Links, Taxonomy
from milepost.publish.skills_export import DataSet, render_csv, render_json, render_skos
from milepost.taxonomies.drafting import Choices, draft_role
from milepost.taxonomies.matching import THRESHOLD, map_skills
from milepost.workflows.people import Now, load_person

FORMS = {"json": render_json, "csv": render_csv, "skos": render_skos}


@dataclass(frozen=True)
class Mapped:
    """A taxonomy, the links of our skills to it, and the skills that have no candidate."""

    taxonomy: Taxonomy
    links: Links
    unlinked: tuple[str, ...]


def map_to_taxonomy(
    path: Path, *, own: Sequence[Skill] = (), threshold: float | None = None, out: Path | None = None
) -> Mapped:
    """Link the shipped skills, and a person's ``own``, to the user's download; ``out`` gets a file to edit."""
    skills = extend_tree(load_catalogue().tree, own).skills.values()
    taxonomy = read_taxonomy(path)
    links = map_skills(skills, taxonomy, threshold=THRESHOLD if threshold is None else threshold)
    if out is not None:
        write_links(out, links)
    found = {link.skill for link in links.links}
    return Mapped(taxonomy, links, tuple(skill.id for skill in skills if skill.id not in found))


def own_skills(name: str | None, *, workspace: str | None, now: Now) -> tuple[Skill, ...]:
    """The skills that a person added; none where nobody is named."""
    return load_person(name, workspace=workspace, now=now).person.own_skills if name else ()


def find_framework_role(framework: Framework, name: str) -> FrameworkRole:
    """The role level of that title, or the only one of a role of that name.

    ``UnknownName`` gives the nearest titles; ``UsageError`` lists the levels of a role with several.
    """
    wanted = name.casefold().strip()
    titled = [role for role in framework.roles if role.title.casefold() == wanted]
    named = [role for role in framework.roles if role.name.casefold() == wanted]
    if len(titled) == 1:
        return titled[0]
    found = titled or named
    if len(found) == 1:
        return found[0]
    if found:
        both = ", ".join(
            dict.fromkeys(f"{role.name}: {role.level}" if titled else role.level for role in found)
        )
        raise UsageError(f"{name!r} has several levels", hint=f"Name one of them: {both}.")
    whole = [role for role in framework.roles if f"{role.name}: {role.level}".casefold() == wanted]
    if whole:
        return whole[0]
    titles = {role.title.casefold(): role.title for role in framework.roles}
    inside = [title for plain, title in titles.items() if wanted in plain]
    near = inside[:3] or [titles[each] for each in get_close_matches(wanted, titles)]
    raise UnknownName("role of this file", name, nearest=near)


def import_role(
    framework: Framework,
    name: str,
    *,
    today: dt.date,
    scale: Mapping[str, float] | None = None,
    stack: Sequence[str] = (),
    out: Path | None = None,
) -> RoleDraft:
    """Draft a role of a framework or ladder in our skills and levels; ``out`` gets the file to confirm."""
    catalogue = load_catalogue()
    for skill in stack:
        if skill not in catalogue.tree.skills:
            raise UnknownName("skill", skill, nearest=get_close_matches(skill, catalogue.tree.skills))
    role = find_framework_role(framework, name)
    crosswalk = load_crosswalk(framework.crosswalk, catalogue=catalogue)
    draft = draft_role(
        role,
        framework,
        crosswalk,
        catalogue.tree,
        id_=_free_id(role.title, catalogue),
        today=today,
        choices=Choices(scale or {}, tuple(stack)),
    )
    if out is not None:
        if not draft.targets:
            raise UsageError(
                f"{role.title!r} asks for nothing that Milepost has a skill for",
                hint="`milepost import-role` without --out shows why for each of its needs.",
            )
        write_role(out, draft)
    return draft


def _free_id(title: str, catalogue: Catalogue) -> str:
    id_ = role_id(title)
    return f"{id_}-imported" if id_ in catalogue.roles else id_


def read_scale(words: Sequence[str]) -> dict[str, float]:
    """Levels for the words of a framework from texts such as ``Working=3``.

    >>> read_scale(["Working=3"])
    {'working': 3.0}
    """
    found: dict[str, float] = {}
    for text in words:
        word, _, number = text.rpartition("=")
        try:
            level = float(number)
        except ValueError:
            level = -1.0
        if not word.strip() or not 0 < level <= HIGHEST_LEVEL or level * 2 != int(level * 2):
            raise UsageError(
                f"{text!r} is no level for a word", hint="Write it as Working=3, in halves up to 5."
            )
        found[word.strip().casefold()] = level
    return found


def load_framework(path: Path) -> Framework:
    """The roles of the user's own framework or ladder file."""
    return read_framework(path)


def export_skills(form: str, *, own: Sequence[Skill] = (), links: Sequence[Path] = ()) -> str:
    """The open data set as ``json``, ``csv`` or ``skos``, with the accepted links of some files."""
    catalogue = load_catalogue()
    catalogue = replace(catalogue, tree=extend_tree(catalogue.tree, own))
    read = tuple(read_links(path, catalogue=catalogue) for path in links)
    return FORMS[form](DataSet(catalogue.tree, frozenset(skill.id for skill in own), read))
