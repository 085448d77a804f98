"""The relatedness table of the content folder: what a level of one skill lends to another."""

from functools import cache
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.model.activities import Catalogue
from milepost.model.routes import Relatedness

LEAST = 0.4
"""Credit below which two skills are not related (method-market 4.1: the cut at theta ≥ .4)."""
MOST = 0.95


@cache
def load_relatedness() -> Relatedness:
    """The shipped table, by the skill that gets the credit; ``InvalidInput`` with every problem."""
    found, problems = read_relatedness(PACKAGED, load_catalogue())
    if problems:
        raise InvalidInput(problems)
    return found


def read_relatedness(root: Path, catalogue: Catalogue) -> tuple[Relatedness, tuple[Problem, ...]]:
    """The table of a content folder, and its problems."""
    shelf = Shelf(root)
    found: dict[str, dict[str, float]] = {}
    for file in shelf.file(root / "relatedness.yaml", ("related",)):
        for row in file.table.tables("related", ("from", "to", "credit", "reason")):
            row.need("from", "to", "credit", "reason")
            lender, skill = row.name("from", "skill"), row.name("to", "skill")
            credit = row.number("credit", LEAST, MOST)
            row.text("reason")
            if lender and lender == skill:
                row.fault("to", f"{skill} would lend to itself", "Name another skill.")
            if lender in found.get(skill, {}):
                row.fault("to", f"{lender} to {skill} is in the table already", "Keep one of the two.")
            found.setdefault(skill, {})[lender] = credit or LEAST
    for faults in shelf.files:
        faults.settle(catalogue_names(catalogue))
    return found, shelf.all_problems()
