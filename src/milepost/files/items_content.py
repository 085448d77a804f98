"""The item bank of the content folder: ``items/AREA.yaml``, read when a test is taken."""

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import PACKAGED
from milepost.files.faults import Names
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.files.tables import Table
from milepost.model.activities import Catalogue, Resource
from milepost.model.items import Bloom, Item, Option

ITEM_KEYS = (
    "id",
    "skill",
    "block",
    "bloom",
    "difficulty",
    "difficulty_sd",
    "question",
    "code",
    "options",
    "explanation",
    "read",
    "reviewed",
    "reviewer",
)
NEEDED = tuple(key for key in ITEM_KEYS if key not in ("code", "difficulty_sd"))
FEWEST_OPTIONS, MOST_OPTIONS = 4, 5
LONGEST_CODE_LINE = 42
"""Characters of fixed width that fit on a page 320 pixels wide."""
NO_DAY = dt.date(1950, 1, 1)


def load_items(catalogue: Catalogue, area: str | None = None, *, root: Path = PACKAGED) -> Mapping[str, Item]:
    """The items of one area, or of all, by id in order; ``InvalidInput`` with every problem."""
    items, problems = read_items(catalogue, area, root=root)
    if problems:
        raise InvalidInput(problems)
    return items


def read_items(
    catalogue: Catalogue, area: str | None = None, *, root: Path = PACKAGED
) -> tuple[Mapping[str, Item], tuple[Problem, ...]]:
    """The items and the problems of the bank."""
    shelf = Shelf(root)
    found: dict[str, Item] = {}
    folder = root / "items"
    paths = [folder / f"{area}.yaml"] if area else sorted(folder.glob("*.yaml"))
    for path in paths:
        if not path.exists():
            continue
        for file in shelf.file(path, ("items",)):
            for row in file.table.tables("items", ITEM_KEYS):
                item = _item(shelf, row, file.stem)
                found[item.id] = item
    names: Mapping[str, Names] = catalogue_names(catalogue)
    for faults in shelf.files:
        faults.settle(names)
    return dict(sorted(found.items())), shelf.all_problems()


def _item(shelf: Shelf, row: Table, area: str) -> Item:
    row.need(*NEEDED)
    options, key = _options(row)
    code = row.text("code")
    for line in code.splitlines():
        if len(line) > LONGEST_CODE_LINE:
            row.fault(
                "code",
                f"{line.strip()[:30]!r} is {len(line)} characters wide",
                f"Break it: {LONGEST_CODE_LINE} fit on a phone.",
            )
    return Item(
        id=shelf.define("item", row),
        skill=row.name("skill", "skill"),
        area=area,
        block=row.text("block"),
        bloom=row.choice("bloom", Bloom) or Bloom.APPLY,
        difficulty=row.number("difficulty", -2, 2) or 0.0,
        difficulty_sd=row.number("difficulty_sd", 0.1, 2) or 1.0,
        question=row.text("question").strip(),
        options=options,
        key=key,
        explanation=row.text("explanation").strip(),
        read=_read(row),
        reviewed=row.day("reviewed") or NO_DAY,
        reviewer=row.text("reviewer"),
        code=code.rstrip(),
    )


def _options(row: Table) -> tuple[tuple[Option, ...], int]:
    """The options in their order and the place of the key."""
    found: list[Option] = []
    keys: list[int] = []
    for option in row.tables("options", ("text", "key", "misconception")):
        option.need("text")
        if option.flag("key"):
            keys.append(len(found))
        elif "misconception" not in option.entries:
            option.need("misconception", hint="Say which wrong idea leads to this option.")
        found.append(Option(option.text("text").strip(), option.text("misconception").strip()))
    if not FEWEST_OPTIONS <= len(found) <= MOST_OPTIONS:
        row.fault("options", f"{len(found)} options", f"Give {FEWEST_OPTIONS} or {MOST_OPTIONS}.")
    if len(keys) != 1:
        row.fault("options", f"{len(keys)} options are marked as key", "Mark exactly one with `key: true`.")
    if len({option.text.casefold() for option in found}) < len(found):
        row.fault("options", "two options say the same", "Change one of them.")
    return tuple(found), keys[0] if keys else 0


def _read(row: Table) -> Resource:
    read = row.table("read", ("name", "url"))
    if read is None:
        return Resource("", "")
    read.need("name")
    return Resource(read.text("name"), read.address("url"))
