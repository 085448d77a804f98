"""Role files ↔ ``RoleDraft``: a role of the person's own, made from a framework, a ladder or advertisements.

It is written for a person to confirm and to edit; ``--role FILE`` reads it back.
"""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from milepost.errors import InvalidInput, UsageError
from milepost.files.faults import Faults
from milepost.files.one_line import quoted
from milepost.files.references import catalogue_names
from milepost.files.replacing import write_new_text
from milepost.files.roles_content import (
    MOST_SPECIALISATIONS,
    ROLE_KEYS,
    read_breadth,
    read_counts,
    read_targets,
)
from milepost.files.tables import Table
from milepost.files.yaml_text import read_bounded, read_yaml
from milepost.model.activities import Catalogue
from milepost.model.role_drafts import DraftTarget, RoleDraft, Unmapped
from milepost.model.roles import DemandPack, Role, RoleTarget, Seniority

FILE_KEYS = ("milepost", "source", "date", "basis", "role", "pack", "unmapped")
TARGET_KEYS = ("skill", "level", "reason", "confidence", "accept")
PACK_KEYS = ("ads", "companies", "first_date", "last_date", "skills")
UNDATED_KEYS = ("ads", "companies", "skills")
"""What a pack needs: own advertisements may have no days."""
UNMAPPED_KEYS = ("name", "level", "why")
UNDATED = dt.date(1950, 1, 1)
"""The day of a draft whose file gives none."""

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_NOT_IN_IDS = re.compile(r"[^a-z0-9]+")


def read_role(path: Path, *, catalogue: Catalogue) -> Role:
    """The role of a file with the targets that are accepted; ``InvalidInput`` with every problem."""
    return read_role_draft(path, catalogue=catalogue).role


def read_role_draft(path: Path, *, catalogue: Catalogue) -> RoleDraft:
    """Everything that a role file says, also what is not accepted; ``InvalidInput`` with every problem."""
    return read_role_text(read_bounded(path), path=str(path), catalogue=catalogue)


def read_role_text(text: str | bytes, *, path: str, catalogue: Catalogue) -> RoleDraft:
    """The text of a role file; ``path`` is only what the problems call it."""
    sheet = read_yaml(text, path=path)
    if sheet.root is None:
        raise InvalidInput(sheet.problems)
    faults = Faults(sheet)
    draft = _draft(Table(faults, sheet.root, "", FILE_KEYS), catalogue)
    faults.settle(catalogue_names(catalogue))
    if problems := faults.problems():
        raise InvalidInput(problems)
    return draft


def _draft(table: Table, catalogue: Catalogue) -> RoleDraft:
    table.need("role", hint="Add `role:` with an id, a name and targets; `milepost import-role` writes one.")
    source, date = table.text("source"), table.day("date") or UNDATED
    row = table.table("role", ROLE_KEYS)
    unmapped = tuple(
        Unmapped(each.text("name"), each.text("level"), each.text("why"))
        for each in table.tables("unmapped", UNMAPPED_KEYS)
    )
    if row is None:
        return RoleDraft(Role("", "", Seniority.MID, "", ()), source, date, "", (), unmapped)
    row.need("id", "name", "targets")
    targets = _targets(row)
    accepted = tuple(RoleTarget(each.skill, each.level, each.reason) for each in targets if each.accept)
    if targets and not accepted:
        hint = "Set `accept: true` on those that you agree with."
        row.fault("targets", "none of the targets is accepted", hint)
    role = read_row(row, _id(row, catalogue), accepted)
    role = replace(role, pack=read_pack(table, role.id, source))
    return RoleDraft(role, source, date, table.text("basis"), targets, unmapped)


def read_row(row: Table, id_: str, targets: Sequence[RoleTarget]) -> Role:
    """What a mapping says about a role, besides its id, its targets and its pack."""
    return Role(
        id=id_,
        name=row.text("name"),
        seniority=row.choice("seniority", Seniority) or Seniority.MID,
        meaning=row.text("meaning") or row.text("name"),
        targets=tuple(targets),
        ways_in=row.texts("ways_in"),
        specialisations=_specialisations(row),
        breadth=read_breadth(row),
    )


def _targets(row: Table) -> tuple[DraftTarget, ...]:
    found: list[DraftTarget] = []
    for each, target in read_targets(row, TARGET_KEYS, need=("skill", "level")):
        confidence = each.number("confidence", 0, 1)
        accept = each.flag("accept") if "accept" in each.entries else True
        sure = 1.0 if confidence is None else confidence
        found.append(DraftTarget(target.skill, target.level, target.reason, sure, accept))
    return tuple(found)


def _id(row: Table, catalogue: Catalogue) -> str:
    id_ = row.text("id")
    if id_ and (fault := fault_of_id(id_, catalogue)):
        row.fault("id", *fault)
    return id_


def fault_of_id(id_: str, catalogue: Catalogue) -> tuple[str, str] | None:
    """Why a role of one's own cannot have this id, and the next step; None where it can."""
    if not _ID.match(id_):
        return f"{id_[:60]!r} is not in kebab case", "Use small letters, digits and single hyphens."
    if id_ in catalogue.roles:
        return f"Milepost has a role called {id_} already", "Give yours another id, such as my-role."
    return None


def _specialisations(row: Table) -> tuple[str, ...]:
    chosen = row.names("specialisations", "specialisation")
    if len(chosen) > MOST_SPECIALISATIONS:
        row.fault("specialisations", f"a role has one or two, not {len(chosen)}", "Keep the deepest ones.")
    return chosen


def read_pack(table: Table, role: str, source: str) -> DemandPack | None:
    """The counts of advertisements under ``pack``, where there are some."""
    row = table.table("pack", PACK_KEYS)
    if row is None:
        return None
    row.need(*UNDATED_KEYS)
    return read_counts(row, role=role, source=source or "your own role file")


def write_role(path: Path, draft: RoleDraft) -> None:
    """Write a new role file; ``UsageError`` where the file is there already."""
    write_new_text(path, write_role_text(draft))


def write_role_text(draft: RoleDraft) -> str:
    """The text of a role file: the same draft, the same bytes."""
    return "\n".join(_lines(draft)) + "\n"


def _lines(draft: RoleDraft) -> Iterator[str]:
    role = draft.role
    yield "# A role to confirm: set `accept: false` on what you do not agree with, `true` on what you do,"
    yield "# and correct the levels (0 none, 1 aware, 2 assisted, 3 independent, 4 fluent, 5 authority)."
    yield "# Then: milepost gaps me.yaml --role FILE, milepost add-role me.yaml FILE"
    yield "milepost: 1"
    yield f"source: {quoted(draft.source)}"
    yield f"date: {draft.date.isoformat()}"
    yield f"basis: {quoted(draft.basis)}"
    yield "role:"
    yield f"  id: {role.id}"
    yield f"  name: {quoted(role.name)}"
    yield f"  seniority: {role.seniority.value}"
    yield f"  meaning: {quoted(role.meaning)}"
    yield f"  specialisations: [{', '.join(role.specialisations)}]"
    if role.breadth:
        levels = ", ".join(f"{area}: {level:g}" for area, level in role.breadth.items())
        yield f"  breadth: {{{levels}}}"
    if role.ways_in:
        yield "  ways_in:"
        yield from (f"    - {quoted(way)}" for way in role.ways_in)
    yield "  targets:"
    yield from (f"    - {_target(target)}" for target in draft.targets)
    if role.pack is not None:
        yield from _pack_lines(role.pack)
    if draft.unmapped:
        yield "unmapped:   # asked for by the source, and no skill of Milepost"
        yield from (f"  - {_unmapped(each)}" for each in draft.unmapped)


def _unmapped(each: Unmapped) -> str:
    said = {"name": each.name, "level": each.level, "why": each.why}
    return "{" + ", ".join(f"{key}: {quoted(text)}" for key, text in said.items() if text.strip()) + "}"


def _target(target: DraftTarget) -> str:
    accept = "true" if target.accept else "false"
    return (
        f"{{skill: {target.skill}, level: {target.level:g}, confidence: {target.confidence:g}, "
        f"accept: {accept}, reason: {quoted(target.reason)}}}"
    )


def _pack_lines(pack: DemandPack) -> Iterator[str]:
    yield "pack:"
    yield f"  ads: {pack.ads}"
    yield f"  companies: {pack.companies}"
    if pack.first_date and pack.last_date:
        yield f"  first_date: {pack.first_date}"
        yield f"  last_date: {pack.last_date}"
    yield "  skills:"
    for skill, each in sorted(pack.skills.items()):
        yield (
            f"    {skill}: {{ads: {each.ads}, companies: {each.companies}, "
            f"weighted_ads: {each.weighted_ads:g}, strength: {each.strength:g}}}"
        )


def role_id(name: str) -> str:
    """The id of a role from its name.

    >>> role_id("Machine learning engineer, Senior (UK)")
    'machine-learning-engineer-senior-uk'
    """
    id_ = _NOT_IN_IDS.sub("-", name.casefold()).strip("-")
    if not id_:
        raise UsageError(f"{name!r} gives no id", hint="Use a name with letters or digits.")
    return id_
