"""The skills that a person adds to the shipped ones: the key ``skills`` of a person file."""

import re
from collections.abc import Mapping

from milepost.files.faults import Faults
from milepost.files.nodes import Node
from milepost.files.references import spellings
from milepost.files.tables import Table
from milepost.model.activities import Catalogue
from milepost.model.skills import Alias, Durability, HoursClass, Skill

OWN_SKILL_KEYS = ("name", "area", "aliases", "kind", "meaning", "broad", "rolls_up_to")
LONGEST_NAME = 60
SHORTEST_SURE = 4
"""Letters from which a name counts wherever it stands; a shorter one only beside known technologies."""
_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")


def read_own_skills(table: Table, catalogue: Catalogue) -> tuple[Skill, ...]:
    """The person's own skills in order of the file.

    An id, name or alias that the shipped skills already have is a problem that names that skill.
    """
    known = spellings(catalogue.tree.skills.values())
    claimed: dict[str, str] = {}
    return tuple(
        _skill(
            table.faults, name, Table(table.faults, node, field, OWN_SKILL_KEYS), catalogue, known, claimed
        )
        for name, field, node in table.pairs("skills")
    )


def _skill(
    faults: Faults,
    name: str,
    row: Table,
    catalogue: Catalogue,
    known: Mapping[str, str],
    claimed: dict[str, str],
) -> Skill:
    _check_id(row, name, catalogue)
    row.need("name")
    row.need("area", hint=f"Add `area: …`, one of {', '.join(sorted(catalogue.tree.areas))}.")
    title = row.text("name")
    _check_form(faults, name, title, row.entries.get("name"), row.at("name"), known, claimed)
    aliases = [_alias(title)] if title else []
    for field, node in row.items("aliases"):
        text = node.value if isinstance(node.value, str) else ""
        if not text.strip():
            faults.add(node.mark, field, "an alias is a text", "Put quotes around it.")
            continue
        _check_form(faults, name, text, node, field, known, claimed)
        aliases.append(_alias(text))
    area = row.one_of("area", sorted(catalogue.tree.areas))
    return Skill(
        id=name,
        name=title,
        area=area,
        meaning=row.text("meaning") or title,
        durability=row.choice("kind", Durability) or Durability.FRAMEWORK,
        hours_class=HoursClass.BROAD if row.flag("broad") else HoursClass.NARROW,
        aliases=tuple({alias.text.casefold(): alias for alias in aliases}.values()),
        rolls_up_to=_concept(row, catalogue),
    )


def _concept(row: Table, catalogue: Catalogue) -> str | None:
    """The shipped skill for which a mention counts too."""
    return row.one_of("rolls_up_to", sorted(catalogue.tree.skills)) or None


def _check_id(row: Table, name: str, catalogue: Catalogue) -> None:
    if name in catalogue.tree.skills:
        message = f"Milepost has a skill called {name} already"
        row.faults.add(row.node.key, row.field, message, "Use that one, or give yours another id.")
    elif len(name) > LONGEST_NAME or not _ID.match(name):
        hint = "Use small letters, digits and single hyphens, such as valkey or spring-ai."
        row.faults.add(row.node.key, row.field, f"{name[:80]!r} is not an id", hint)


def _check_form(
    faults: Faults,
    owner: str,
    text: str,
    node: Node | None,
    field: str,
    known: Mapping[str, str],
    claimed: dict[str, str],
) -> None:
    if node is None or not text:
        return
    shipped = known.get(text.casefold())
    if shipped is not None:
        faults.add(
            node.mark,
            field,
            f"{text!r} stands for the skill {shipped} already",
            f"Use {shipped}, or leave this name out.",
        )
    elif claimed.setdefault(text.casefold(), owner) != owner:
        message = f"{text!r} stands for your skill {claimed[text.casefold()]} already"
        faults.add(node.mark, field, message, "Keep it with one of the two.")


def _alias(text: str) -> Alias:
    """A name with a capital counts only as it is written, for "Lance" must not count in "freelance" or "lance"."""
    plain_word = text.isalpha() and text[1:].islower()
    return Alias(text, case_sensitive=plain_word and text[:1].isupper(), ambiguous=len(text) < SHORTEST_SURE)
