"""``milepost export-skills``"""

from pathlib import Path

import click

from milepost.cli.terminal import now
from milepost.workflows.taxonomies import FORMS, export_skills, own_skills


@click.command(epilog="Example: milepost export-skills --format skos --out skills.ttl")
@click.option("--format", "form", type=click.Choice([*FORMS]), default="json", show_default=True)
@click.option(
    "--links",
    multiple=True,
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Accepted links of `map-skills`.",
)
@click.option("--own", metavar="PERSON", help="Also the skills that this person added.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to this file."
)
@click.pass_obj
def command(
    workspace: str | None, form: str, links: tuple[Path, ...], own: str | None, out: Path | None
) -> None:
    """Give all skills as an open data set that others can build on.

    Ids never change and depend on no host: urn:milepost:skill:python. The same content gives
    the same bytes. skos is a concept scheme in Turtle.
    """
    text = export_skills(form, own=own_skills(own, workspace=workspace, now=now), links=links)
    if out is None:
        click.echo(text, nl=False)
        return
    with out.open("w", encoding="utf-8", newline="") as file:
        file.write(text)
    click.echo(f"wrote {out}", err=True)
