"""``milepost compare PERSON PERSON… [filters] [--out FILE.html]``"""

import datetime as dt
from pathlib import Path

import click
from rich.table import Table

from milepost.cli.plan_text import indent
from milepost.cli.terminal import (
    NOTHING_FITS,
    as_date,
    console,
    json_option,
    now,
    plain_table,
    print_json,
    progress,
)
from milepost.errors import UsageError
from milepost.model.comparison import FEW, LivedYear, YearComparison
from milepost.model.roles import Route
from milepost.publish.compare_schema import years_document
from milepost.workflows.compare import ILLUSTRATIVE, Filters, compare_people

SIDE_BY_SIDE = 3
"""People whose columns fit 80 characters; more are listed one a line."""


@click.command(epilog="Example: milepost compare alex jordan sam")
@click.argument("people", metavar="PERSON…", nargs=-1, required=True)
@click.option("--role", metavar="ROLE", help="Only those who aim at this role.")
@click.option("--route", type=click.Choice([r.value for r in Route]), help="Only those who took this route.")
@click.option("--since", metavar="DATE", callback=as_date, help="Only years that started then or later.")
@click.option("--until", metavar="DATE", callback=as_date, help="Only years that started then or earlier.")
@click.option("--with-outcome", is_flag=True, help="Only those whose move has a date.")
@click.option("--out", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False), help="Write a page.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    people: tuple[str, ...],
    role: str | None,
    route: str | None,
    since: dt.date | None,
    until: dt.date | None,
    with_outcome: bool,
    out: Path | None,
    as_json: bool,
) -> int:
    """Compare recorded years: what people started with, what paid, when they moved.

    Everything is computed from the records: levels as of the start and the end, hours,
    artefacts, outcomes. alex, jordan and sam are shipped as illustrative years.
    """
    filters = Filters(role, Route(route) if route else None, since, until, with_outcome)
    with progress(f"Comparing {len(people)} {'person' if len(people) == 1 else 'people'}"):
        comparison = compare_people(people, workspace=workspace, now=now, filters=filters)
    if out is not None:
        _write_page(out, comparison)
    if as_json:
        print_json(years_document(comparison))
    else:
        print_years(comparison)
    return 0 if comparison.n else NOTHING_FITS


def _write_page(out: Path, comparison: YearComparison) -> None:
    from milepost.publish.page import render_years

    try:
        out.write_text(render_years(comparison), encoding="utf-8")
    except OSError as fault:
        raise UsageError(
            f"{out} cannot be written: {fault.strerror}", hint="Choose another file with --out."
        ) from fault
    click.echo(f"wrote {out}", err=True)


def print_years(comparison: YearComparison) -> None:
    """What to doubt first, then the table, then the six findings with their evidence."""
    shown = console()
    _print_provisos(comparison)
    if not comparison.years:
        return
    shown.print()
    many = comparison.n > SIDE_BY_SIDE
    shown.print(_one_a_line(comparison.years) if many else _side_by_side(comparison))
    if comparison.spreads:
        shown.print(_spreads(comparison))
    _print_findings(comparison)
    shown.print()
    for note in comparison.notes:
        shown.print(note, markup=False)


def _print_provisos(comparison: YearComparison) -> None:
    """Who is made up, who was left out, and where the comparison means little."""
    shown = console()
    for year in comparison.years:
        if year.source == ILLUSTRATIVE:
            shown.print(f"{year.person}: {ILLUSTRATIVE}, shipped with Milepost.", style="dim", markup=False)
    for name, reason in comparison.left_out:
        shown.print(f"left out: {name}, who {reason}", style="dim", markup=False)
    if comparison.doubts:
        shown.print("[bold]Before you read on[/bold]")
        for doubt in comparison.doubts:
            shown.print(f"• {doubt}", style="yellow", markup=False)


def _side_by_side(comparison: YearComparison) -> Table:
    table = plain_table(f"n = {comparison.n}", *comparison.people)
    table.padding = (0, 2, 1, 0)
    table.columns[0].min_width = 12
    table.columns[0].max_width = 14
    for row in comparison.rows:
        table.add_row(row.dimension, *(_plain(cell) for cell in row.cells))
    return table


def _plain(text: str) -> str:
    """Text whose brackets are brackets."""
    return text.replace("[", r"\[")


def _one_a_line(years: tuple[LivedYear, ...]) -> Table:
    table = plain_table(
        "Person", "Route", ">Covered", ">T before", ">after", ">Hours", ">On plan", ">Work", ">Title",
        title=f"n = {len(years)}; months to the work and to the title",
    )  # fmt: skip
    for year in years:
        move = year.move
        table.add_row(
            _plain(year.person),
            year.route or "–",
            f"{year.transfer_share:.0%}",
            f"{year.before.index:.2f}",
            f"{year.after.index:.2f}",
            f"{year.time.on_work:.0f}",
            _percent(year.plan.on_plan_ratio),
            _months(move.months_functional if move else None),
            _months(move.months_formal if move else None),
        )
    return table


def _percent(share: float | None) -> str:
    return "–" if share is None else f"{share:.0%}"


def _months(months: float | None) -> str:
    return "–" if months is None else f"{months:.1f}"


def _spreads(comparison: YearComparison) -> Table:
    table = plain_table("Half of the people lie between", ">n", ">low", ">median", ">high")
    for spread in comparison.spreads:
        table.add_row(
            spread.figure, str(spread.n), f"{spread.low:.2f}", f"{spread.median:.2f}", f"{spread.high:.2f}"
        )
    return table


def _print_findings(comparison: YearComparison) -> None:
    shown = console()
    shown.print()
    shown.print("[bold]Six lessons, held against these records[/bold]")
    for finding in comparison.findings:
        shown.print()
        shown.print(f"[bold]{finding.lesson} {finding.title}.[/bold] {_plain(finding.sentence)}")
        indent(shown, f"Rule: {finding.rule}.", style="dim")
        if comparison.n < FEW:
            for line in finding.evidence:
                indent(shown, _plain(line))
