"""``milepost import FILE… [--as NAME]``"""

from pathlib import Path

import click

from milepost.cli.terminal import json_option, now, print_json
from milepost.workflows.workspace import import_files


@click.command("import", epilog="Example: milepost import me.yaml --as jordan")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--as", "name", metavar="NAME", help="The name in the workspace, instead of the file's own.")
@json_option
@click.pass_obj
def command(workspace: str | None, files: tuple[Path, ...], name: str | None, as_json: bool) -> None:
    """Put person files (YAML or JSON) into the workspace.

    All files are checked first; where one has a problem none is imported. Earlier versions
    stay in the workspace.
    """
    saved = import_files(files, name=name, workspace=workspace, now=now)
    if as_json:
        print_json({"imported": [{"name": each, "version": version} for each, version in saved]})
        return
    for each, version in saved:
        click.echo(f"{each}: version {version}")
