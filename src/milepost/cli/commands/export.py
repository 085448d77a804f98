"""``milepost export NAME [--format …]``"""

from pathlib import Path

import click

from milepost.cli.terminal import now, progress, today
from milepost.workflows.exports import export_person, export_plan

KEPT = ("yaml", "json")
FORMATS = (*KEPT, "jsonresume", "ics", "md", "csv")


@click.command(epilog="Example: milepost export jordan --format ics --out jordan.ics")
@click.argument("name", metavar="NAME")
@click.option("--format", "form", type=click.Choice(FORMATS), default="yaml", show_default=True)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of printing."
)
@click.pass_obj
def command(workspace: str | None, name: str, form: str, out: Path | None) -> None:
    """Take a person out of the workspace, or turn their plan into another format.

    yaml and json are lossless: export, import, export gives the same bytes. ics, md and csv
    hold the plan that `milepost plan` makes today; jsonresume holds the skills.
    """
    if form in KEPT:
        text = export_person(name, workspace=workspace, now=now, form=form)
    else:
        with progress(f"Making the {form} of {name}"):
            text = export_plan(name, workspace=workspace, now=now, today=today(), form=form)
    if out is None:
        click.echo(text, nl=False)
        return
    # Why newline="": an export is bytes for bytes what it was, also on Windows.
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    click.echo(f"wrote {out}", err=True)
