"""The monthly counts of the content folder: ``trends/``, ``role_trends/`` and ``attention/``."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.references import catalogue_names
from milepost.files.shelf import Shelf
from milepost.files.tables import Table, number
from milepost.model.activities import Catalogue
from milepost.model.trends import MonthlyCounts

TRENDS, ROLE_TRENDS, ATTENTION = "trends", "role_trends", "attention"
_ROLE = "--"
"""What stands between the source and the role in the name of a file of ``role_trends``."""


@cache
def load_monthly_counts(folder: str = TRENDS) -> tuple[MonthlyCounts, ...]:
    """The shipped series of a folder in order of name; ``InvalidInput`` with every problem."""
    found, problems = read_monthly_counts(PACKAGED, load_catalogue(), folder=folder)
    if problems:
        raise InvalidInput(problems)
    return found


def load_role_counts() -> Mapping[str, Mapping[str, MonthlyCounts]]:
    """The shipped series by source and role; ``all`` is every title, ``any-role`` every title of some role."""
    sources: dict[str, dict[str, MonthlyCounts]] = {}
    for counts in load_monthly_counts(ROLE_TRENDS):
        source, _, role = counts.id.partition(_ROLE)
        sources.setdefault(source, {})[role] = counts
    return sources


def read_monthly_counts(
    root: Path, catalogue: Catalogue, *, folder: str = TRENDS
) -> tuple[tuple[MonthlyCounts, ...], tuple[Problem, ...]]:
    """The series of one folder of the content, and their problems."""
    shelf = Shelf(root)
    found = []
    for file in shelf.folder(folder, ("months", "ads", "skills")):
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
