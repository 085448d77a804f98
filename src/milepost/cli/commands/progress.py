"""``milepost progress PERSON``"""

from pathlib import Path

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion, print_progress
from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.publish.progress_page import agility_rows, render_progress
from milepost.publish.year_schema import progress_document
from milepost.workflows.day import measure_own_agility
from milepost.workflows.year import show_standing


@click.command(epilog="Example: milepost progress me.yaml --picture progress.html")
@person_argument
@click.option("--baseline", is_flag=True, help="Measure against the first plan instead of the one in force.")
@click.option(
    "--picture",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Write burn-up and cards as a page.",
)
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, baseline: bool, picture: Path | None, as_json: bool) -> None:
    """Show planned, earned and actual, the finish at your own pace, and what learning costs you.

    Only work that was closed by evidence counts as earned.
    """
    at = occasion(workspace)
    kept = at.load(person)
    standing = show_standing(kept, at=at, first=baseline)
    agility = measure_own_agility(kept, at=at)
    learned = agility_rows(agility, _names()) if agility else []
    if standing.progress is None or standing.finish is None:
        raise UsageError(
            f"{standing.person} has accepted no plan yet, so there is nothing to measure against",
            hint=f"`milepost plan {person} --accept` keeps one.",
        )
    if picture is not None:
        page = render_progress(
            standing.person,
            standing.progress,
            standing.finish,
            cards=kept.loaded.person.year.cards,
            learned=learned,
            today=at.today,
        )
        picture.write_text(page, encoding="utf-8")
        click.echo(f"Wrote {picture}", err=True)
    if as_json:
        print_json(progress_document(standing.person, standing.progress, standing.finish, agility))
    else:
        print_progress(standing.progress, standing.finish, learned)


def _names() -> dict[str, str]:
    tree = load_catalogue().tree
    areas = {area.id: area.name for area in tree.areas.values()}
    return areas | {skill.id: skill.name for skill in tree.skills.values()}
