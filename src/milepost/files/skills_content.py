"""Areas, skills and anchors of the content folder."""

import re
from collections.abc import Iterator

from milepost.files.nodes import Node
from milepost.files.shelf import Place, Shelf
from milepost.files.tables import Table
from milepost.model.skills import (
    Alias,
    Anchors,
    Area,
    AreaKind,
    Durability,
    HoursClass,
    Skill,
    SkillTree,
)

SKILL_KEYS = (
    "id",
    "name",
    "meaning",
    "durability",
    "hours_class",
    "core",
    "rolls_up_to",
    "prerequisites",
    "aliases",
    "esco",
    "onet",
)
LEVELS = ("0", "1", "2", "3", "4", "5")
_ESCO = re.compile(r"http://data\.europa\.eu/esco/\S+\Z")


def read_tree(shelf: Shelf) -> SkillTree:
    """The areas and skills of ``skills/`` and the anchors of ``anchors/``."""
    areas: dict[str, Area] = {}
    skills: dict[str, Skill] = {}
    claims: dict[str, tuple[str, Place]] = {}
    for file in shelf.folder("skills", ("area", "skills")):
        area = _area(shelf, file.table, file.stem)
        areas[area.id] = area
        for row in file.table.tables("skills", SKILL_KEYS):
            skill = _skill(shelf, row, area.id)
            skills[skill.id] = skill
            _claim_aliases(row, skill, claims)
    tree = SkillTree(areas, skills, {}, {})
    return SkillTree(areas, skills, *_anchors(shelf, tree))


def _area(shelf: Shelf, table: Table, stem: str) -> Area:
    row = table.table("area", ("id", "name", "kind", "meaning"))
    if row is None:
        return Area("", "", AreaKind.WORKING, "")
    row.need("name", "kind", "meaning")
    name = shelf.define("area", row)
    same_as_file(row, "id", name, stem)
    return Area(name, row.text("name"), row.choice("kind", AreaKind) or AreaKind.WORKING, row.text("meaning"))


def same_as_file(row: Table, key: str, name: str, stem: str) -> None:
    """The id of the thing that a file is about is the name of the file."""
    if name and name != stem:
        row.fault(
            key,
            f"{name} stands in the file {stem}.yaml",
            f"Rename the file to {name}.yaml, or correct the id.",
        )


def _skill(shelf: Shelf, row: Table, area: str) -> Skill:
    row.need("name", "meaning", "durability", "hours_class", "aliases")
    onet, esco = row.text("onet"), row.text("esco")
    if esco and not _ESCO.match(esco):
        row.fault(
            "esco", f"{esco[:60]!r} is not an ESCO address", "It starts with http://data.europa.eu/esco/."
        )
    return Skill(
        id=shelf.define("skill", row),
        name=row.text("name"),
        area=area,
        meaning=row.text("meaning"),
        durability=row.choice("durability", Durability) or Durability.CONCEPT,
        hours_class=row.choice("hours_class", HoursClass) or HoursClass.BROAD,
        aliases=tuple(_alias(row, field, node) for field, node in row.items("aliases")),
        prerequisites=row.names("prerequisites", "skill"),
        rolls_up_to=row.name("rolls_up_to", "skill") or None,
        core=row.flag("core"),
        esco=esco or None,
        onet=onet or None,
    )


def _alias(row: Table, field: str, node: Node) -> Alias:
    if isinstance(node.value, str) and node.value.strip():
        return Alias(node.value)
    if not isinstance(node.value, dict):
        row.faults.add(node.mark, field, "an alias is a text", "Put quotes around it.")
        return Alias("")
    alias = Table(row.faults, node, field, ("text", "case_sensitive", "ambiguous"))
    alias.need("text")
    return Alias(alias.text("text"), alias.flag("case_sensitive"), alias.flag("ambiguous"))


def _claim_aliases(row: Table, skill: Skill, claims: dict[str, tuple[str, Place]]) -> None:
    """One surface form leads to one skill only."""
    for alias, (field, node) in zip(skill.aliases, row.items("aliases"), strict=True):
        place = Place(row.faults, node.mark, field)
        owner, first = claims.setdefault(alias.text.casefold(), (skill.id, place))
        if owner != skill.id and alias.text:
            hint = "Leave it with the skill that is usually meant."
            place.fault(f"the alias {alias.text!r} belongs to {owner} already ({first})", hint)


def _anchors(shelf: Shelf, tree: SkillTree) -> tuple[dict[str, Anchors], dict[str, Anchors]]:
    of_skills: dict[str, Anchors] = {}
    of_areas: dict[str, Anchors] = {}
    for file in shelf.folder("anchors", ("area", "anchors", "skills")):
        area = file.table.name("area", "area")
        same_as_file(file.table, "area", area, file.stem)
        if "anchors" in file.table.entries:
            of_areas[area] = _levels(
                Table(file.table.faults, file.table.entries["anchors"], "anchors", LEVELS)
            )
        for skill, row in _anchored_skills(shelf, file.table):
            known = tree.skills.get(skill)
            if known is not None and known.area != area:
                message = f"{skill} belongs to the area {known.area}, not to {area}"
                row.faults.add(row.node.key, row.field, message, f"Move it to anchors/{known.area}.yaml.")
            of_skills[skill] = _levels(row)
    for area in tree.areas:
        if area and area not in of_areas:
            shelf.missing(f"anchors/{area}.yaml", f"the area {area} has no anchors")
    return of_skills, of_areas


def _anchored_skills(shelf: Shelf, table: Table) -> Iterator[tuple[str, Table]]:
    for skill, field, node in table.pairs("skills"):
        place = Place(table.faults, node.key, field)
        first = shelf.defined.setdefault(("anchors", skill), place)
        if first is not place:
            place.fault(f"the anchors of {skill} are given twice, first in {first}", "Keep one of the two.")
        table.faults.mention("skill", skill, node.key, field)
        yield skill, Table(table.faults, node, field, LEVELS)


def _levels(row: Table) -> Anchors:
    row.need(*LEVELS, hint="Anchors say what each of the levels 0 to 5 looks like.")
    none, aware, assisted, independent, fluent, authority = (row.text(level) for level in LEVELS)
    return Anchors((none, aware, assisted, independent, fluent, authority))
