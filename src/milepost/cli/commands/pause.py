"""``milepost pause PERSON``"""

import datetime as dt

import click

from milepost.cli.terminal import as_date, json_option, person_argument, print_json, today
from milepost.cli.year_text import occasion
from milepost.model.year import Pause


@click.command(epilog="Example: milepost pause me.yaml --until 2027-02-14 --because 'a new baby'")
@person_argument
@click.option("--from", "first", metavar="DATE", callback=as_date, help="First day (default: today).")
@click.option(
    "--until", metavar="DATE", callback=as_date, help="Last day; without it, until `milepost resume`."
)
@click.option("--because", default="", metavar="REASON", help="For yourself; it is never published.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    first: dt.date | None,
    until: dt.date | None,
    because: str,
    as_json: bool,
) -> int:
    """Stop the clock: nothing is expected, and nothing counts as late."""
    from milepost.workflows.year import start_pause

    start = first or today()
    if until is not None and until < start:
        raise click.UsageError(f"--until {until} lies before the first day {start}.")
    start_pause(person, Pause(start, until, because), at=occasion(workspace))
    if as_json:
        print_json({"from": start.isoformat(), "to": until.isoformat() if until else None})
        return 0
    end = f"to {until}" if until else f"until `milepost resume {person}`"
    click.echo(f"Paused from {start} {end}. Nothing counts as late meanwhile.")
    return 0
