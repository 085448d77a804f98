"""Capability frameworks (a table of roles × skills × levels) and career ladders (Markdown) → their roles."""

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from milepost.files.taxonomies.bounds import refuse
from milepost.files.taxonomies.download import (
    TableFile,
    find_tables,
    has_columns,
    read_columns,
    read_rows,
    read_text,
    stem_of,
)
from milepost.model.frameworks import Framework, FrameworkRole, Need

NEEDED = {
    "role": ("Role", "Role Name", "Job"),
    "skill": ("Skill Name", "Skill"),
    "level": ("Skill Level", "Level", "Required Level"),
}
OPTIONAL = {
    "grade": ("Role Level", "Grade"),
    "meaning": ("Role Level Description", "Role Description", "Description"),
    "text": ("Skill Level Description",),
}
UK_COLUMNS = {name: (name,) for name in ("Role Family", "Role Level", "Skill Level Description")}
"""Columns by which the UK government's framework is known."""
UNUSED = "not in use"
MOST_LADDER_BYTES = 2_000_000
MOST_NEEDS = 300
WANTED = (
    "Give the roles of the UK government's capability framework as CSV or Excel, any table with the "
    "columns Role, Skill and Level, or a career ladder in Markdown with `## Level` and `* **Step**: …`."
)

_STEP = re.compile(r"\s*[*+-]\s+\*\*(.+?)\*\*\s*:?\s*(.*)")
_HEADING = re.compile(r"(#{1,3})\s+(.+?)\s*#*\s*\Z")
_MARKS = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*_`]")


def read_framework(path: Path) -> Framework:
    """The roles of a framework or ladder; ``InvalidInput`` where the file or folder holds none."""
    tables = find_tables(path)
    for table in tables:
        headings = read_columns(table) if table.ending != ".md" else ()
        if has_columns(headings, NEEDED):
            known = has_columns(headings, UK_COLUMNS)
            return Framework(table.name, "uk-ddat" if known else "", _roles(table))
    ladders = [role for table in tables if table.ending == ".md" for role in _ladder(table)]
    if ladders:
        return Framework(
            Path(tables[0].place).name if len(tables) == 1 else path.name,
            "engineering-ladders",
            tuple(ladders),
        )
    if len(tables) == 1 and tables[0].ending != ".md":
        next(read_rows(tables[0], NEEDED), None)
    raise refuse(str(path), "holds no framework and no ladder", WANTED)


def _roles(table: TableFile) -> tuple[FrameworkRole, ...]:
    needs: dict[tuple[str, str], list[Need]] = {}
    meanings: dict[tuple[str, str], str] = {}
    for _, row in read_rows(table, NEEDED, OPTIONAL):
        key = (row["role"], row.get("grade", ""))
        if not row["role"] or not row["skill"] or UNUSED in (key[1].casefold(), row["level"].casefold()):
            continue
        meanings.setdefault(key, row.get("meaning", ""))
        found = needs.setdefault(key, [])
        if len(found) < MOST_NEEDS:
            found.append(Need(row["skill"], row["level"], row.get("text", "")))
    if not needs:
        raise refuse(table.place, "names no role with a skill", WANTED)
    return tuple(FrameworkRole(*key, meanings[key], tuple(found)) for key, found in needs.items())


def _ladder(table: TableFile) -> Iterator[FrameworkRole]:
    """The levels of one ladder: a heading, and below it the steps in bold."""
    name, meaning, level = stem_of(table.name), "", ""
    steps: list[Need] = []
    for line in read_text(table, most=MOST_LADDER_BYTES).splitlines():
        heading, step = _HEADING.match(line), _STEP.match(line)
        if heading:
            yield from _level(name, level, meaning, steps)
            steps = []
            if heading[1] == "#":
                name, level = _plain(heading[2]), ""
            else:
                level = _plain(heading[2])
        elif step and level:
            steps.append(Need(_plain(step[1]), "", _plain(step[2])))
        elif line.strip() and not meaning and not level and line[0].isalpha():
            meaning = _plain(line)
    yield from _level(name, level, meaning, steps)


def _level(name: str, level: str, meaning: str, steps: Sequence[Need]) -> Iterator[FrameworkRole]:
    if level and steps:
        yield FrameworkRole(name, level, meaning, tuple(steps[:MOST_NEEDS]))


def _plain(text: str) -> str:
    return _MARKS.sub(lambda found: found[1] or "", text).strip()
