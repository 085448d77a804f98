"""The monthly counts of the content folder: ``trends/*.yaml``."""

from functools import cache
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.files.tables import Table, number
from milepost.model.activities import Catalogue
from milepost.model.trends import MonthlyCounts


@cache
def load_monthly_counts() -> tuple[MonthlyCounts, ...]:
    """The shipped series in order of name; ``InvalidInput`` with every problem."""
    found, problems = read_monthly_counts(PACKAGED, load_catalogue())
    if problems:
        raise InvalidInput(problems)
    return found


def read_monthly_counts(
    root: Path, catalogue: Catalogue
) -> tuple[tuple[MonthlyCounts, ...], tuple[Problem, ...]]:
    """The series of a content folder, and their problems."""
    shelf = Shelf(root)
    found = []
    for file in shelf.folder("trends", ("months", "ads", "skills")):
        months = file.table.texts("months")
        counts = {}
        for skill, field, node in file.table.pairs("skills"):
            file.table.faults.mention("skill", skill, node.key, field)
            values = node.value if isinstance(node.value, list) else []
            counts[skill] = tuple(
                int(number(file.table.faults, each, field, 0, 10**9) or 0) for each in values
            )
            if len(counts[skill]) != len(months):
                file.table.faults.add(
                    node.mark, field, f"{len(values)} counts for {len(months)} months", "Make the pack again."
                )
        found.append(MonthlyCounts(file.stem, file.source, months, _ads(file.table, len(months)), counts))
    for faults in shelf.files:
        faults.settle(catalogue_names(catalogue))
    return tuple(found), shelf.all_problems()


def _ads(table: Table, months: int) -> tuple[int, ...]:
    found = tuple(int(number(table.faults, node, field, 0, 10**9) or 0) for field, node in table.items("ads"))
    if len(found) != months:
        table.fault("ads", f"{len(found)} counts for {months} months", "Make the pack again.")
    return found
