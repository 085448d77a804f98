"""The roles that a person adds to the shipped ones: the key ``roles`` of a person file."""

from dataclasses import replace

from milepost.files.person_edits import plain_number, set_in_person_text
from milepost.files.role import fault_of_id, read_pack, read_row
from milepost.files.roles_content import ROLE_KEYS, TARGET_KEYS, read_targets
from milepost.files.tables import Table
from milepost.model.activities import Catalogue
from milepost.model.roles import DemandPack, Role

OWN_ROLE_KEYS = (*(key for key in ROLE_KEYS if key != "id"), "source", "pack")
"""Of one role of one's own; its id is the key that it stands under."""


def read_own_roles(table: Table, catalogue: Catalogue) -> tuple[Role, ...]:
    """The person's own roles in order of the file; an id that a shipped role has is a problem."""
    return tuple(
        _role(Table(table.faults, node, field, OWN_ROLE_KEYS), name, catalogue)
        for name, field, node in table.pairs("roles")
    )


def _role(row: Table, id_: str, catalogue: Catalogue) -> Role:
    if fault := fault_of_id(id_, catalogue):
        row.faults.add(row.node.key, row.field, *fault)
    row.need("name", "targets")
    targets = [target for _, target in read_targets(row, TARGET_KEYS, need=("skill", "level"))]
    role = read_row(row, id_, targets)
    return replace(role, pack=read_pack(row, id_, row.text("source")))


def set_own_role(text: str, role: Role) -> str:
    """The person file with a role under ``roles``, in place of one that had its id.

    Reading the file gives the same role back, but for the counts of the person's own advertisements.
    """
    return set_in_person_text(text, path=("roles", role.id), value=_entry(role))


def _entry(role: Role) -> dict[str, object]:
    given: dict[str, object] = {
        "name": role.name,
        "seniority": role.seniority.value,
        "meaning": role.meaning,
        "specialisations": role.specialisations,
        "breadth": dict(role.breadth),
        "ways_in": role.ways_in,
        "source": role.pack.source if role.pack else "",
        "targets": [_given({"skill": t.skill, "level": t.level, "reason": t.reason}) for t in role.targets],
        "pack": _counts(role.pack) if role.pack else {},
    }
    return _given(given)


def _counts(pack: DemandPack) -> dict[str, object]:
    skills = {
        skill: {
            "ads": each.ads,
            "companies": each.companies,
            "weighted_ads": each.weighted_ads,
            "strength": each.strength,
        }
        for skill, each in sorted(pack.skills.items())
    }
    counted: dict[str, object] = {
        "ads": pack.ads,
        "companies": pack.companies,
        "first_date": pack.first_date,
        "last_date": pack.last_date,
    }
    return {**_given(counted), "skills": skills}


def _given(row: dict[str, object]) -> dict[str, object]:
    """What has a value; whole numbers as a person writes them."""
    return {
        key: plain_number(value) if isinstance(value, float) else value
        for key, value in row.items()
        if value not in ("", (), {})
    }
