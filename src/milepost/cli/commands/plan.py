"""``milepost plan PERSON``"""

import datetime as dt
from pathlib import Path

import click

from milepost.cli.market_text import ads_option, read_own_market
from milepost.cli.plan_text import print_infeasible, print_plan
from milepost.cli.terminal import (
    NOTHING_FITS,
    Amount,
    as_date,
    json_option,
    now,
    person_argument,
    print_json,
    progress,
    role_or_file_option,
    seed_option,
    today,
)
from milepost.model.plans import Infeasible
from milepost.publish.schema import plan_document
from milepost.workflows.people import load_person
from milepost.workflows.roadmap import Wishes, make_roadmap


@click.command(epilog="Example: milepost plan me.yaml --hours-per-week 6")
@person_argument
@role_or_file_option
@click.option("--start", metavar="DATE", callback=as_date, help="First day of the plan, such as 2027-01-04.")
@click.option("--weeks", type=int, metavar="N", help="Length in weeks (default: to target.by, or 52).")
@click.option("--hours-per-week", type=Amount(), metavar="H", help="Hours a week instead of the file's.")
@click.option("--left-out", is_flag=True, help="List everything that did not fit, and why.")
@click.option("--accept", is_flag=True, help="Keep the plan: today, progress and replan go by it.")
@ads_option
@seed_option
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    role: str | Path | None,
    start: dt.date | None,
    weeks: int | None,
    hours_per_week: float | None,
    left_out: bool,
    accept: bool,
    ads: tuple[Path, ...],
    seed: int,
    as_json: bool,
) -> int:
    """Solve for the best plan that the hours allow, and check it.

    Exit code 3 when nothing fits; the answer then names the smallest change that would help.
    """
    loaded = load_person(person, workspace=workspace, now=now)
    market = read_own_market(loaded, ads)
    wishes = Wishes(role, start, weeks, hours_per_week, seed, market.demand if market else None)
    with progress(f"Solving the plan of {loaded.person.name}"):
        roadmap = make_roadmap(loaded.person, today=today(), wishes=wishes)
    if as_json:
        print_json(plan_document(roadmap.plan))
    elif isinstance(roadmap.plan, Infeasible):
        print_infeasible(roadmap.plan)
    else:
        print_plan(roadmap.plan, everything=left_out)
    if accept and not isinstance(roadmap.plan, Infeasible):
        from milepost.cli.year_text import occasion
        from milepost.workflows.replan import accept_plan

        accept_plan(person, roadmap, at=occasion(workspace))
        click.echo(f"In force. `milepost today {person}` says what comes first.", err=True)
    return NOTHING_FITS if isinstance(roadmap.plan, Infeasible) else 0
