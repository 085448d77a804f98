"""``milepost delete NAME``"""

import click

from milepost.cli.terminal import now
from milepost.workflows.workspace import delete_person


@click.command(epilog="Example: milepost delete jordan --yes")
@click.argument("name", metavar="NAME")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(workspace: str | None, name: str, yes: bool) -> None:
    """Erase a person from the workspace: the file, every version of it, and all plans.

    This cannot be undone; `milepost export` first keeps a copy.
    """
    if not yes:
        click.confirm(f"Erase {name} and every version for good?", abort=True)
    delete_person(name, workspace=workspace, now=now)
    click.echo(f"{name} is erased.")
