"""``milepost routes PERSON``"""

from pathlib import Path

import click

from milepost.cli.market_text import ads_option, read_own_market
from milepost.cli.terminal import (
    console,
    json_option,
    now,
    person_argument,
    plain_table,
    print_json,
    progress,
    role_option,
    seed_option,
    today,
)
from milepost.model.roles import Route
from milepost.model.routes import Move
from milepost.publish.routes_schema import routes_document
from milepost.workflows.people import load_person
from milepost.workflows.routes import Routes, compare_routes

SHOWN_STRENGTHS = 4


@click.command(epilog="Example: milepost routes me.yaml --employer company.yaml")
@person_argument
@role_option
@click.option(
    "--employer",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Open roles and rules of your company.",
)
@click.option("--why", metavar="ROLE", help="Open the transfer share of one role, row by row.")
@ads_option
@seed_option
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    role: str | None,
    employer: Path | None,
    why: str | None,
    ads: tuple[Path, ...],
    seed: int,
    as_json: bool,
) -> int:
    """Compare inside and outside moves, for your target and the five nearest roles.

    The transfer share says how much of a role's demand you cover already; it is no chance of
    success. Roles are suggested by what you can do, never by coverage.
    """
    loaded = load_person(person, workspace=workspace, now=now)
    market = read_own_market(loaded, ads)
    with progress("Comparing routes"):
        found = compare_routes(
            loaded.person,
            today=today(),
            role=why or role,
            employer=employer,
            own=market.demand if market else None,
            seed=seed,
        )
    if as_json:
        print_json(routes_document(found.person, found.moves, found.facts))
    elif why is not None:
        _print_why(next(move for move in found.moves if move.role == why))
    else:
        _print(found)
    return 0


def _print(found: Routes) -> None:
    table = plain_table("Role", ">Covered", "90 %", ">Hours", ">Inside", ">Outside")
    pairs = [(inside, outside) for inside, outside in zip(found.moves[::2], found.moves[1::2], strict=True)]
    for inside, outside in pairs:
        transfer = inside.transfer
        table.add_row(
            inside.role + (" ●" if inside.openings else ""),
            f"{transfer.share:.0%}",
            f"{transfer.low:.0%}–{transfer.high:.0%}",
            f"{inside.hours:.0f}",
            _weeks(inside),
            _weeks(outside),
        )
    console().print(table)
    click.echo(
        "Weeks: half and 80 % of the draws, to learn the focus and then to move. ● open at your employer."
    )
    for move in (pairs[0][0], pairs[0][1]):
        _print_move(move)
    click.echo("\nWhat is published about moves:")
    for fact in found.facts:
        click.echo(f"• {fact.text} ({fact.source}, {fact.year}).")


def _weeks(move: Move) -> str:
    return f"{move.scenario.weeks_p50:.0f}–{move.scenario.weeks_p80:.0f} wk"


def _print_move(move: Move) -> None:
    way = "inside" if move.kind is Route.INSIDE else "outside"
    click.echo(f"\n{move.name}, {way}")
    if move.kind is Route.INSIDE:
        strengths = ", ".join(f"{s.name} {s.share:.0%}" for s in move.transfer.strengths[:SHOWN_STRENGTHS])
        click.echo(f"  You bring: {strengths or 'nothing yet that its ads name'}.")
    for step in move.steps:
        click.echo(f"  □ {step}")
    if move.earliest is not None:
        click.echo(f"  Your employer's rules allow it from {move.earliest}.")
    for line in (*move.notes, f"Assumed: {'; '.join(move.scenario.assumptions)}"):
        click.echo(f"  {line}.")


def _print_why(move: Move) -> None:
    transfer = move.transfer
    click.echo(
        f"{move.name}: covered {transfer.share:.0%} ({transfer.low:.0%}–{transfer.high:.0%}) = Σ demand × credit / Σ demand"
    )
    table = plain_table("Skill", ">Demand", ">Credit", ">Adds", "Through")
    for row in transfer.rows:
        through = "" if row.through == row.skill or not row.credit else row.through
        table.add_row(
            row.name, f"{row.demand:.1%}", f"{row.credit:.2f}", f"{row.demand * row.credit:.1%}", through
        )
    console().print(table)
