"""``milepost replan PERSON``"""

import datetime as dt
import sys
from dataclasses import replace
from pathlib import Path

import click

from milepost.cli.plan_text import print_infeasible
from milepost.cli.terminal import (
    NOTHING_FITS,
    Amount,
    as_date,
    as_role,
    json_option,
    person_argument,
    print_json,
    progress,
)
from milepost.cli.year_text import occasion, print_replan
from milepost.model.plans import Infeasible
from milepost.publish.schema import plan_document
from milepost.publish.year_schema import replan_document
from milepost.workflows.replan import accept_replan, propose_replan
from milepost.workflows.roadmap import Wishes


@click.command(epilog="Example: milepost replan me.yaml --hours-per-week 5")
@person_argument
@click.option("--today", "day", metavar="DATE", callback=as_date, help="As of another day than today.")
@click.option("--hours-per-week", type=Amount(0.5, 80), metavar="H", help="Hours from now on.")
@click.option("--weeks", type=int, metavar="N", help="Weeks of the whole plan, counted from its start.")
@click.option(
    "--role", metavar="ROLE", callback=as_role, help="Another role from now on, or a role file (.yaml)."
)
@click.option("--drop-started", is_flag=True, help="Started work may be dropped too.")
@click.option("--accept", is_flag=True, help="Put the new plan in force without asking.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    day: dt.date | None,
    hours_per_week: float | None,
    weeks: int | None,
    role: str | Path | None,
    drop_started: bool,
    accept: bool,
    as_json: bool,
) -> int:
    """Move what is left of the year, and change as little as its worth allows.

    Finished work stays, the old plan is kept, and nothing is replaced before you agree.
    Exit code 3 when nothing fits; the answer then names the smallest change that would help.
    """
    at = occasion(workspace)
    if day is not None:
        at = replace(at, today=day)
    with progress("Replanning the rest of the year"):
        proposal = propose_replan(
            person, at=at, wishes=Wishes(role, None, weeks, hours_per_week), keep_started=not drop_started
        )
    found = proposal.found
    if isinstance(found, Infeasible):
        if as_json:
            print_json(plan_document(found))
        else:
            print_infeasible(found)
        return NOTHING_FITS
    if not as_json:
        print_replan(found)
    taken = accept or (
        found.changed and not as_json and sys.stdin.isatty() and click.confirm("Put it in force?")
    )
    if taken:
        accept_replan(proposal, at=at)
    if as_json:
        print_json(replan_document(found, accepted=taken))
    elif taken:
        click.echo(f"In force. `milepost undo {person}` brings the old plan back.")
    else:
        click.echo("Nothing was changed. --accept puts it in force.")
    return 0
