"""``milepost people``"""

import click

from milepost.cli.terminal import json_option, now, print_json
from milepost.workflows.workspace import list_people


@click.command(epilog="Example: milepost people")
@json_option
@click.pass_obj
def command(workspace: str | None, as_json: bool) -> None:
    """List the people of the workspace."""
    names = list_people(workspace, now=now)
    if as_json:
        print_json({"people": list(names)})
    elif names:
        click.echo("\n".join(names))
    else:
        click.echo("The workspace is empty: `milepost import FILE` puts a person file into it.")
