"""``milepost make-role ADS…``"""

from pathlib import Path

import click

from milepost.cli.market_text import as_columns, warn_rejected
from milepost.cli.terminal import console, json_option, plain_table, print_json, progress, today
from milepost.workflows.role_making import RoleMade, make_role, role_document


@click.command(epilog='Example: milepost make-role ads/ --name "Voice AI engineer" --out voice.yaml')
@click.argument("ads", nargs=-1, required=True, metavar="ADS...", type=click.Path(path_type=Path))
@click.option("--name", required=True, metavar="NAME", help="What the role is called.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the role to confirm.",
)
@click.option(
    "--columns", multiple=True, metavar="FIELD=COLUMN", help="Where a table keeps text, title, company, date."
)
@json_option
def command(
    ads: tuple[Path, ...], name: str, out: Path | None, columns: tuple[str, ...], as_json: bool
) -> None:
    """Propose a role of your own from the advertisements of one kind of job.

    Each target has a level, a confidence and its reason. What is not sure does not count until
    you say so in the file. Then: `milepost gaps me.yaml --role FILE`.
    """
    with progress("Reading advertisements"):
        made = make_role(ads, name, today=today(), columns=as_columns(columns), out=out)
    warn_rejected(made.market.read)
    for warning in made.proposed.warnings:
        click.echo(f"Beware: {warning}.", err=True)
    if as_json:
        print_json(role_document(made, out=out))
    else:
        _print(made)
    if out is not None:
        click.echo(f"wrote {out}; confirm it, then: milepost add-role me.yaml {out}", err=True)


def _print(made: RoleMade) -> None:
    draft, proposed = made.draft, made.proposed
    click.echo(f"{draft.role.name} ({draft.role.seniority.value}), from {draft.source}")
    table = plain_table("Skill", ">Level", ">Sure", ">Ads", ">Share", "90 %")
    for each in proposed.targets:
        table.add_row(
            each.skill,
            f"{each.level:g}",
            f"{each.confidence:.2f}{'' if each.accept else ' ?'}",
            str(each.ads),
            f"{each.share:.0%}",
            f"{each.low:.0%}–{each.high:.0%}",
        )
    console().print(table)
    accepted = len(draft.role.targets)
    click.echo(f"{accepted} would count, {len(draft.targets) - accepted} are only proposed (?).")
    if draft.role.specialisations:
        click.echo(f"Specialisations: {', '.join(draft.role.specialisations)}.")
    near = ", ".join(f"{id_} {near:.2f}" for id_, near in proposed.nearest)
    click.echo(f"Nearest shipped roles: {near}. The file gives the reason of each target.")
    for need in draft.unmapped:
        click.echo(f"Unknown, {need.why}: {need.name}")
