"""``milepost add-role PERSON FILE``"""

from pathlib import Path

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion
from milepost.workflows.own_roles import add_own_role


@click.command(epilog="Example: milepost add-role me.yaml my-role.yaml")
@person_argument
@click.argument("file", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, file: Path, as_json: bool) -> None:
    """Add a role file to a person's own roles.

    The role then has its id everywhere for this person, also in the web app, over MCP and in
    `target`. Only accepted targets count; adding a changed file again replaces the role.
    """
    role = add_own_role(person, file, at=occasion(workspace))
    if as_json:
        print_json({"person": person, "id": role.id, "name": role.name, "targets": len(role.targets)})
        return
    targets = "1 target" if len(role.targets) == 1 else f"{len(role.targets)} targets"
    click.echo(f"Added {role.name} as {role.id} to the own roles of {person}, with {targets}.")
    click.echo(
        f"See it with `milepost gaps {person} --role {role.id}`; `milepost undo {person}` takes it back."
    )
