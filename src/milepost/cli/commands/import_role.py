"""``milepost import-role PATH``"""

from pathlib import Path

import click
from rich.markup import escape

from milepost.cli.terminal import console, json_option, plain_table, print_json, today
from milepost.model.frameworks import Framework
from milepost.model.role_drafts import RoleDraft
from milepost.publish.taxonomy_schema import draft_document, framework_document
from milepost.workflows.taxonomies import import_role, load_framework, read_scale


@click.command(epilog='Example: milepost import-role roles.csv --name "Senior data engineer" --out role.yaml')
@click.argument("path", metavar="PATH", type=click.Path(path_type=Path))
@click.option("--name", metavar="ROLE", help="The role, or one level of it; without it all are listed.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write the role to confirm.",
)
@click.option("--scale", multiple=True, metavar="WORD=LEVEL", help="What a word means, such as Working=3.")
@click.option(
    "--stack", multiple=True, metavar="SKILL", help="A skill of the stack that a ladder leaves open."
)
@json_option
def command(
    path: Path,
    name: str | None,
    out: Path | None,
    scale: tuple[str, ...],
    stack: tuple[str, ...],
    as_json: bool,
) -> None:
    """Make a role of your own from a framework or a career ladder.

    PATH is the UK government's capability framework (roles as CSV or Excel), any table with the
    columns Role, Skill and Level, or a ladder in Markdown. Targets that are not sure are only
    proposed. Confirm the file, then: `milepost gaps me.yaml --role FILE`.
    """
    framework = load_framework(path)
    if name is None:
        if out is not None:
            raise click.UsageError("--out needs --name: the role to write.")
        _print_roles(framework, as_json=as_json)
        return
    draft = import_role(framework, name, today=today(), scale=read_scale(scale), stack=stack, out=out)
    if as_json:
        print_json(draft_document(draft, file=str(out) if out else ""))
    else:
        _print(draft)
    if out is not None:
        click.echo(f"wrote {out}; confirm it, then: milepost add-role me.yaml {out}", err=True)


def _print_roles(framework: Framework, *, as_json: bool) -> None:
    if as_json:
        print_json(framework_document(framework))
        return
    table = plain_table("Role", "Level", ">Asks for")
    for role in framework.roles:
        table.add_row(escape(role.name), escape(role.level), str(len(role.needs)))
    console().print(table)


def _print(draft: RoleDraft) -> None:
    out = console()
    out.print(f"[bold]{escape(draft.role.name)}[/bold] ({draft.role.seniority.value})", markup=True)
    table = plain_table("Skill", ">Level", ">Sure", "Because")
    for each in draft.targets:
        mark = "" if each.accept else " ?"
        table.add_row(each.skill, f"{each.level:g}", f"{each.confidence:.2f}{mark}", escape(each.reason))
    out.print(table)
    for need in draft.unmapped:
        level = f", {need.level}" if need.level else ""
        click.echo(f"Not mapped: {need.name}{level}: {need.why}.")
    accepted = len(draft.role.targets)
    click.echo(
        f"{accepted} accepted, {len(draft.targets) - accepted} proposed (?), {len(draft.unmapped)} not mapped."
    )
    click.echo(f"Levels: {draft.basis}.")
    click.echo(f"Source: {draft.source}")
