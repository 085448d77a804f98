"""The longest field of a CSV file that is read, whatever limit another reader of the process left behind."""

import csv
from collections.abc import Iterable, Iterator

LONGEST_FIELD = 131_072
"""Signs. Why counted here: the limit of the csv module is one for the whole process, and others raise it."""


def bounded_fields(rows: Iterable[list[str]]) -> Iterator[list[str]]:
    """The rows of a reader; raises ``csv.Error`` for a field that is longer than ``LONGEST_FIELD``."""
    for cells in rows:
        if any(len(cell) > LONGEST_FIELD for cell in cells):
            raise csv.Error(f"a field has more than {LONGEST_FIELD:,} signs")
        yield cells
