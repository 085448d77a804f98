"""``milepost consider PERSON "new thing"``"""

from dataclasses import asdict
from pathlib import Path

import click

from milepost.cli.market_text import ads_option, read_own_market
from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion
from milepost.errors import UsageError
from milepost.publish.hype_schema import verdict_document
from milepost.workflows.hype import Considered, HypeRecord, consider, read_record, record_outcome


@click.command(epilog='Example: milepost consider me.yaml "Mojo" --source "a talk"')
@person_argument
@click.argument("thing", required=False, default="")
@click.option("--source", default="", metavar="WORDS", help="Who or what spoke of it.")
@click.option("--dry-run", is_flag=True, help="Only look; write nothing into the watch list.")
@click.option("--recheck", is_flag=True, help="List what is due for a second look, and your record.")
@click.option("--outcome", metavar="THING=OUTCOME", help="What became of it: died, stayed or grew.")
@ads_option
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    thing: str,
    source: str,
    dry_run: bool,
    recheck: bool,
    outcome: str | None,
    ads: tuple[Path, ...],
    as_json: bool,
) -> int:
    """Weigh one new thing before it costs hours, and write the decision down.

    It may enter the plan where the role's ads, or at least 3 % of yours, ask for it and it is not
    falling; else it is watched for 90 days. What it would push out is named.
    """
    at = occasion(workspace)
    if outcome:
        what, _, word = outcome.rpartition("=")
        if word not in ("died", "stayed", "grew"):
            raise UsageError(
                f"--outcome {outcome!r} is not THING=OUTCOME", hint="OUTCOME is died, stayed or grew."
            )
        record_outcome(person, what, word, at=at)
        click.echo(f"Kept: {what} {word}.")
    if recheck or outcome:
        _print_record(read_record(person, at=at), as_json=as_json)
        return 0
    market = read_own_market(at.load(person).loaded, ads)
    found = consider(person, thing, at=at, market=market, source=source, keep=not dry_run)
    if as_json:
        print_json(_document(found, kept=not dry_run))
    else:
        _print(found, person, kept=not dry_run)
    return 0


def _document(found: Considered, *, kept: bool) -> dict[str, object]:
    return {
        "thing": found.thing,
        "skill": found.skill or None,
        "verdict": found.decision,
        "market": verdict_document(found.whole_market) if found.whole_market else None,
        "role_share": found.role_share,
        "own_share": found.own_share,
        "may_enter": found.may_enter,
        "why": found.why,
        "hours_per_week": found.hours_per_week,
        "displaces": found.displaces,
        "recheck": found.recheck.isoformat() if found.recheck else None,
        "kept": kept,
    }


def _print(found: Considered, person: str, *, kept: bool) -> None:
    click.echo(f"{found.thing}: {found.decision}")
    for part in found.why.split("; "):
        click.echo(f"  {part}")
    if found.may_enter:
        click.echo(f"  At most {found.hours_per_week:.1f} hours a week go to new things.")
        if found.displaces:
            click.echo(f"  It would push out: {found.displaces}")
        if found.skill:
            click.echo(
                f"  `milepost replan {person}` weighs it against everything else once a target asks for it."
            )
    elif found.recheck:
        click.echo(f"  Look again on {found.recheck}.")
    for earlier in found.before:
        click.echo(f"  You considered it before, on {earlier.date}: {earlier.decision}.")
    click.echo("Kept in your watch list." if kept else "Nothing was written.")


def _print_record(record: HypeRecord, *, as_json: bool) -> None:
    if as_json:
        document = asdict(record)
        document["due"] = [
            {"thing": w.thing, "since": w.date.isoformat() if w.date else None} for w in record.due
        ]
        print_json(document)
        return
    for watched in record.due:
        click.echo(f"Due since {watched.recheck}: {watched.thing} ({watched.decision}). What became of it?")
    if record.due:
        click.echo('  Answer with --outcome "THING=died", "THING=stayed" or "THING=grew".')
    if not record.due:
        click.echo("Nothing is due for a second look.")
    if record.looked_at:
        click.echo(
            f"Your record: {record.looked_at} looked at again, {record.died} had died; {record.right} of "
            f"{record.looked_at} decisions were right."
        )
    if record.distraction_ratio is not None:
        click.echo(f"{record.distraction_ratio:.0%} of your logged hours went to things off the plan.")
