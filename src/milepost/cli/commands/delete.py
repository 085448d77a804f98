"""``milepost delete NAME``"""

import click

from milepost.cli.commands.serve import folder_of
from milepost.cli.terminal import now
from milepost.workflows.workspace import delete_person


@click.command(epilog="Example: milepost delete jordan --yes")
@click.argument("name", metavar="NAME")
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.pass_obj
def command(workspace: str | None, name: str, yes: bool) -> None:
    """Erase a person from the workspace: the file, every version of it, and all plans.

    What the web app had found or solved for them is erased too.

    This cannot be undone; `milepost export` first keeps a copy.
    """
    if not yes:
        click.confirm(f"Erase {name} and every version for good?", abort=True)
    from milepost.web.works import forget_person

    delete_person(name, workspace=workspace, now=now)
    forget_person(name, folder=folder_of(workspace))
    click.echo(f"{name} is erased.")
