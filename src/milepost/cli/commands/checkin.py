"""``milepost checkin PERSON``"""

import datetime as dt

import click

from milepost.cli.terminal import Amount, as_date, json_option, person_argument, print_json, today
from milepost.cli.year_text import occasion, print_standing
from milepost.model.year import CheckIn


@click.command(
    epilog="Example: milepost checkin me.yaml --hours 6.5 --moved 'pipeline deploys' --confidence 7"
)
@person_argument
@click.option("--hours", type=Amount(0, 168), help="Hours you worked on the plan this week.")
@click.option("--moved", help="What moved.")
@click.option("--blocked", help="What stood in the way.")
@click.option("--confidence", type=Amount(0, 10), help="0 to 10 that the milestone comes in time.")
@click.option("--next", "next_", help="The first thing of next week: when, where, what.")
@click.option("--note", default="", help="Anything else; it stays yours.")
@click.option("--date", metavar="DATE", callback=as_date, help="Another day than today.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    hours: float | None,
    moved: str | None,
    blocked: str | None,
    confidence: float | None,
    next_: str | None,
    note: str,
    date: dt.date | None,
    as_json: bool,
) -> int:
    """Answer the five questions of the week; five minutes are enough.

    Without options they are asked one by one. A week that was missed needs no answer.
    """
    from milepost.workflows.year import check_in

    if all(each is None for each in (hours, moved, blocked, confidence, next_)):
        hours, moved, blocked, confidence, next_ = _ask()
    if hours is None:
        raise click.UsageError(
            "a check-in needs the hours of the week: pass --hours, or no option to be asked."
        )
    checkin = CheckIn(
        date=date or today(),
        hours=hours,
        note=note,
        moved=moved or "",
        blocked=blocked or "",
        confidence=confidence,
        next=next_ or "",
    )
    standing = check_in(person, checkin, at=occasion(workspace))
    if as_json:
        print_json({"person": standing.person, "date": checkin.date.isoformat(), "hours": hours})
        return 0
    click.echo(f"Kept: {hours:g} hours in the week to {checkin.date}.")
    print_standing(standing)
    return 0


def _ask() -> tuple[float, str, str, float | None, str]:
    """The five questions, each with an answer that may be empty except the first."""
    hours = click.prompt("1/5  Hours on the plan this week", type=Amount(0, 168), err=True)
    moved = click.prompt("2/5  What moved", default="", show_default=False, err=True)
    blocked = click.prompt("3/5  What stood in the way", default="", show_default=False, err=True)
    sure = click.prompt(
        "4/5  How sure are you of the milestone, 0 to 10", default="", show_default=False, err=True
    )
    next_ = click.prompt(
        "5/5  First thing next week: when, where, what", default="", show_default=False, err=True
    )
    return hours, moved, blocked, _confidence(sure), next_


def _confidence(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = -1.0
    if not 0 <= value <= 10:
        raise click.UsageError(f"{text!r} is not a number from 0 to 10; nothing was written.")
    return value
