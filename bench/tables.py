"""Plain tables for a terminal and for Markdown, and the two statistics that they show."""

from collections.abc import Sequence
from statistics import quantiles


def print_table(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a Markdown table with aligned columns: names to the left, figures to the right."""
    widths = [max(len(row[column]) for row in (header, *rows)) for column in range(len(header))]
    rule = [("-" if column == 0 else "-" * (width - 1) + ":") for column, width in enumerate(widths)]
    rule[0] = "-" * widths[0]
    print(f"\n{title}\n")
    for row in (header, rule, *rows):
        cells = [
            text.ljust(width) if column == 0 else text.rjust(width)
            for column, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        print(f"| {' | '.join(cells)} |", flush=True)


def ratio(ours: float | None, peer: float | None) -> str:
    """Ours over the peer's; a dash where one of them has no figure."""
    if ours is None or not peer:
        return "–"
    return f"{ours / peer:.3f}" if ours / peer < 10 else f"{ours / peer:.1f}"


def figure(value: float | None, *, digits: int = 2) -> str:
    """A number with fixed digits; a dash where there is none."""
    return "–" if value is None else f"{value:.{digits}f}"


def p90(values: Sequence[float]) -> float:
    """The ninth decile (inclusive method)."""
    return quantiles(values, n=10, method="inclusive")[-1]
