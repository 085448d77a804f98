"""ESCO as its CSV download has it: ``skills_en.csv``, or the same file in any other language."""

import re
from collections.abc import Sequence

from milepost.files.taxonomies.bounds import refuse
from milepost.files.taxonomies.download import TableFile, has_columns, read_columns, read_rows, stem_of
from milepost.model.taxonomies import ESCO_CREDIT, Concept, Taxonomy

NEEDED = {"id": ("conceptUri", "uri", "originUri"), "label": ("preferredLabel", "label")}
OPTIONAL = {
    "alternatives": ("altLabels", "aliases"),
    "hidden": ("hiddenLabels",),
    "kind": ("skillType",),
    "status": ("status",),
}
PREFERRED = "en"
SKILL = "/esco/skill/"
_LANGUAGE = re.compile(r"skills_([a-z]{2,3})\Z")


def find_skills(tables: Sequence[TableFile]) -> TableFile | None:
    """The table of skills: English where there are several languages, None where there is none."""
    named = [each for each in tables if _LANGUAGE.match(stem_of(each.name).casefold())]
    if not named and len(tables) == 1 and has_columns(read_columns(tables[0]), NEEDED):
        return tables[0]
    english = [each for each in named if language_of(each) == PREFERRED]
    return next(iter(english or named), None)


def language_of(table: TableFile) -> str:
    """The language in the name of a table, such as ``de``; ``en`` where it names none."""
    found = _LANGUAGE.match(stem_of(table.name).casefold())
    return found[1] if found else PREFERRED


def read_esco(table: TableFile) -> Taxonomy:
    """The skills and knowledge of one language file; ``InvalidInput`` where columns are missing."""
    concepts: dict[str, Concept] = {}
    left_out = 0
    for _, row in read_rows(table, NEEDED, OPTIONAL):
        if SKILL not in row["id"] or not row["label"]:
            left_out += 1
        elif row.get("status", "") in {"", "released"}:
            others = f"{row.get('alternatives', '')}\n{row.get('hidden', '')}".splitlines()
            kind = row.get("kind", "").rpartition("/")[2] or "skill"
            concepts[row["id"]] = Concept(row["id"], row["label"], _each_once(others, row["label"]), kind)
    if not concepts:
        raise refuse(table.place, "holds no ESCO skill", "Give `skills_en.csv` of the ESCO download.")
    notes = [f"{left_out} rows without an ESCO skill address or a label were passed over"] if left_out else []
    if language_of(table) != PREFERRED:
        notes.append(f"Its labels are in {language_of(table)!r}, our names in English: fewer will fit")
    return Taxonomy("ESCO", language_of(table), tuple(concepts.values()), ESCO_CREDIT, tuple(notes))


def _each_once(texts: Sequence[str], label: str) -> tuple[str, ...]:
    found = dict.fromkeys(text.strip() for text in texts if text.strip())
    found.pop(label, None)
    return tuple(found)
