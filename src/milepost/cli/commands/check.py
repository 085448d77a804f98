"""``milepost check FILE…``"""

from dataclasses import asdict
from pathlib import Path

import click

from milepost.cli.terminal import json_option, print_json
from milepost.workflows.people import check_files


@click.command(epilog="Example: milepost check me.yaml")
@click.argument("files", metavar="FILE…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def command(files: tuple[Path, ...], as_json: bool) -> int:
    """List every problem in person files, with line and next step.

    Exit code 2 when there is any; nothing is ever changed.
    """
    problems = check_files(files)
    if as_json:
        print_json({"problems": [asdict(problem) for problem in problems]})
    elif problems:
        for problem in problems:
            click.echo(str(problem))
        click.echo(f"{len(problems)} problem{'s' if len(problems) != 1 else ''} in {len(files)} file(s).")
    else:
        click.echo(f"{len(files)} file(s) without problems.")
    return 2 if problems else 0
