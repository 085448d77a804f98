"""``milepost demand ADS…``"""

from collections.abc import Sequence
from pathlib import Path

import click

from milepost.cli.market_text import as_columns, warn_rejected
from milepost.cli.terminal import console, json_option, plain_table, print_json, progress
from milepost.cli.year_text import occasion
from milepost.files.content import load_catalogue
from milepost.workflows.market import DemandRow, Market, demand_rows, market_document, measure_market
from milepost.workflows.roadmap import find_role_id
from milepost.workflows.wanted import keep_ads

SHOWN = 25


@click.command(epilog="Example: milepost demand ads/ --role ml-engineer")
@click.argument("ads", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--role", metavar="ROLE", help="Its shipped pack counts as five more ads.")
@click.option(
    "--columns", multiple=True, metavar="FIELD=COLUMN", help="Where a table keeps text, title, company, date."
)
@click.option(
    "--keep",
    "keeper",
    metavar="PERSON",
    help="Keep the counts, without texts, as the jobs that PERSON wants.",
)
@click.option("--all", "everything", is_flag=True, help="List every skill, not the first 25.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    ads: tuple[Path, ...],
    role: str | None,
    columns: tuple[str, ...],
    keeper: str | None,
    everything: bool,
    as_json: bool,
) -> int:
    """Count what advertisements ask for: share, strength, demand and impact from 1 to 5.

    Every company counts once, repeated advertisements are folded, and each share comes with
    its 90 % interval, from one advertisement on.
    """
    catalogue = load_catalogue()
    named = find_role_id(role, catalogue) if role else None
    with progress("Reading advertisements"):
        wanted = (
            keep_ads(keeper, ads, at=occasion(workspace), columns=as_columns(columns)) if keeper else None
        )
        market = (
            wanted.market if wanted else measure_market(ads, columns=as_columns(columns), catalogue=catalogue)
        )
    rows = demand_rows(market, role=named, catalogue=catalogue)
    warn_rejected(market.read)
    if as_json:
        print_json(market_document(market, rows))
    else:
        _print(market, rows, everything=everything)
    if wanted is not None:
        click.echo(
            f"Kept for {keeper}: {wanted.new} new, {wanted.kept} in all, without their texts.", err=True
        )
    return 0


def _print(market: Market, rows: Sequence[DemandRow], *, everything: bool) -> None:
    pack = market.demand
    span = f", {pack.first_date} to {pack.last_date}" if pack.last_date else ""
    click.echo(
        f"{pack.ads} advertisements of {pack.companies} companies{span}; {market.read.folded} repeated."
    )
    table = plain_table("Skill", ">Ads", ">Share", "90 %", ">Strength", ">Demand", ">Impact", "")
    for row in rows if everything else rows[:SHOWN]:
        impact = row.impact
        table.add_row(
            row.name,
            str(impact.ads),
            f"{impact.share:.0%}",
            f"{impact.share_low:.0%}–{impact.share_high:.0%}",
            f"{impact.strength:.2f}",
            f"{row.demand:.2f}",
            f"{impact.score} ({impact.low}–{impact.high})",
            row.tag,
        )
    console().print(table)
    if len(rows) > SHOWN and not everything:
        click.echo(f"… {len(rows) - SHOWN} more skills: --all")
    wide = sum(row.impact.note.startswith("more ads") for row in rows)
    if wide:
        click.echo(f"{wide} of {len(rows)} impacts span three bands or more: more advertisements would help.")
    for term in market.unknown[:8]:
        click.echo(f"Unknown, in {term.ads} of your ads: {term.term}")
    if market.unknown:
        click.echo("`milepost add-skill PERSON NAME --area AREA` makes one of them a skill of yours.")
    for paid in market.pay[:8]:
        click.echo(
            f"Pay where {paid.skill} is named ({paid.ads} ads): {paid.median:,.0f} {paid.currency} a {paid.period}."
        )
