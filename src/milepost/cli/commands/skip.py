"""``milepost skip PERSON ACTIVITY``"""

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion


@click.command(
    epilog="Example: milepost skip me.yaml vector-database-benchmark --because 'our team decided on one'"
)
@person_argument
@click.argument("activity")
@click.option(
    "--because", required=True, metavar="REASON", help="Why; it is shown when the year is replanned."
)
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, activity: str, because: str, as_json: bool) -> int:
    """Take an activity off the year, with the reason."""
    from milepost.workflows.year import record_skip

    known = record_skip(person, activity, because, at=occasion(workspace))
    if as_json:
        print_json({"activity": known.id, "reason": because})
        return 0
    click.echo(f"Skipped: {known.title}")
    click.echo(f"`milepost replan {person}` fills its hours; `milepost undo {person}` brings it back.")
    return 0
