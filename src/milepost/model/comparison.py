"""The comparative analysis of the recorded years of several people."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One dimension of the analysis: a cell a person, and what the row rests on."""

    dimension: str
    cells: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table of several people. ``n`` says how few they are; no row claims more than that.

    Every row has one cell a person, in the order of ``people``.
    """

    n: int
    rows: tuple[ComparisonRow, ...]
    people: tuple[str, ...]
    notes: tuple[str, ...]
