"""Calibrating the item bank on the answers of people who agreed to it."""

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from milepost.assessment.calibration import Model
from milepost.assessment.fit import ItemFit, judge_items
from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.files.fields import bounded_fields
from milepost.files.items_content import load_items
from milepost.files.person import read_person_text
from milepost.model.items import Item
from milepost.model.people import Person
from milepost.workflows.people import Now

FORMAT = "milepost calibration 1"
MOST_BYTES = 200_000_000


@dataclass(frozen=True)
class Responses:
    """Right (1), wrong (0) and unasked (nan) answers, people × items, oldest answers first.

    ``withheld`` people have answers but did not agree to share them; they are counted and not read further.
    """

    items: tuple[str, ...]
    answers: NDArray[np.float64]
    source: str
    withheld: int = 0

    @property
    def people(self) -> int:
        """People with at least one answer."""
        return int((~np.isnan(self.answers)).any(axis=1).sum())


def pool_answers(*, workspace: str | None, now: Now, area: str | None = None) -> Responses:
    """The answers of everybody in the workspace who said ``share_answers: true``, without their names."""
    from milepost.store import open_store

    catalogue = load_catalogue()
    bank = load_items(catalogue, area)
    rows: list[tuple[str, dict[str, float]]] = []
    withheld = 0
    with open_store(workspace, now=now) as store:
        for name in store.list_people():
            person = read_person_text(store.load_person_document(name), path=name, catalogue=catalogue)
            if not isinstance(person, Person) or not any(each.answers for each in person.tests):
                continue
            if not person.share_answers:
                withheld += 1
                continue
            rows.append(_answers_of(person, bank))
    rows = sorted((row for row in rows if row[1]), key=lambda row: (row[0], sorted(row[1].items())))
    names = tuple(sorted({item for _, answers in rows for item in answers}))
    table = np.full((len(rows), len(names)), np.nan)
    for place, (_, answers) in enumerate(rows):
        for item, right in answers.items():
            table[place, names.index(item)] = right
    return Responses(names, table, "the workspace", withheld)


def _answers_of(person: Person, bank: Mapping[str, Item]) -> tuple[str, dict[str, float]]:
    """The day of the first answer and the first answer to every item: a second look is no new information."""
    found: dict[str, float] = {}
    for sitting in sorted(person.tests, key=lambda each: each.date):
        for answer in sitting.answers:
            if answer.item in bank:
                found.setdefault(answer.item, float(bank[answer.item].key == answer.option))
    first = min((each.date.isoformat() for each in person.tests if each.answers), default="")
    return first, found


def read_responses(path: Path) -> Responses:
    """A table of answers as CSV: a heading of item names, one line a person, cells 1, 0 or empty.

    Lines are taken in their order, oldest first. ``InvalidInput`` with every bad line.
    """
    try:
        if path.stat().st_size > MOST_BYTES:
            raise UsageError(f"{path.name} is larger than {MOST_BYTES:,} bytes", hint="Split it by area.")
        text = path.read_text(encoding="utf-8-sig")
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be read: {fault.strerror or fault}", hint="Check the name and the folder."
        ) from fault
    except UnicodeDecodeError as fault:
        raise UsageError(f"{path.name} is not text in UTF-8", hint="Save it as CSV in UTF-8.") from fault
    rows = _rows(text, path)
    if len(rows) < 2 or len(set(rows[0])) != len(rows[0]):
        raise UsageError(
            f"{path.name} has no heading of distinct items and a line a person",
            hint="Put the items in the first line, then 1, 0 or nothing for every person.",
        )
    problems: list[Problem] = []
    table = np.full((len(rows) - 1, len(rows[0])), np.nan)
    cells = {"1": 1.0, "0": 0.0, "": np.nan}
    for number, row in enumerate(rows[1:], start=2):
        if len(row) != len(rows[0]) or any(cell.strip() not in cells for cell in row):
            problems.append(
                Problem(
                    str(path), number, 0, "", f"not {len(rows[0])} cells of 1, 0 or nothing", "Mend the line."
                )
            )
            continue
        table[number - 2] = [cells[cell.strip()] for cell in row]
    if problems:
        raise InvalidInput(tuple(problems))
    return Responses(tuple(rows[0]), table, path.name)


def _rows(text: str, path: Path) -> list[list[str]]:
    try:
        return list(bounded_fields(csv.reader(text.splitlines())))
    except csv.Error as fault:
        raise UsageError(f"{path.name} is no table: {fault}", hint="Save it as CSV in UTF-8.") from fault


def calibrate(responses: Responses, *, model: Model | None = None) -> tuple[ItemFit, ...]:
    """Fit the items and judge them; ``UsageError`` where nobody answered anything."""
    if not responses.people:
        hint = "People agree with `share_answers: true` in their file."
        if responses.withheld:
            hint = f"{responses.withheld} people have answers but did not agree. {hint}"
        raise UsageError(f"{responses.source} holds no answers that may be pooled", hint=hint)
    return judge_items(responses.items, responses.answers, model=model)


def write_calibration(path: Path, fits: Sequence[ItemFit], *, source: str, people: int) -> int:
    """Keep the parameters that may be used, and give their number; misfitting and drifting items are left out."""
    usable = [fit for fit in fits if fit.a is not None and not fit.flags]
    document = {
        "format": FORMAT,
        "source": source,
        "people": people,
        "items": {
            fit.item: {"a": round(fit.a, 4), "b": round(fit.b, 4), "answers": fit.answers}
            for fit in usable
            if fit.a is not None and fit.b is not None
        },
    }
    path.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")
    return len(usable)


def read_calibration(path: Path) -> Mapping[str, tuple[float, float]]:
    """Discrimination and difficulty by item from a file that ``write_calibration`` made."""
    try:
        document = json.loads(path.read_text(encoding="utf-8"))
        if document["format"] != FORMAT:
            raise ValueError("another format")
        found = {str(item): (float(row["a"]), float(row["b"])) for item, row in document["items"].items()}
        if any(not (0 < a < 10 and abs(b) < 20) for a, b in found.values()):
            raise ValueError("parameters out of range")
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be read: {fault.strerror or fault}", hint="Check the name and the folder."
        ) from fault
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise UsageError(
            f"{path.name} is no calibration of Milepost", hint="`milepost calibrate --out FILE` writes one."
        ) from fault
    return found
