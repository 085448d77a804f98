"""``milepost cards PERSON``"""

import datetime as dt

import click

from milepost.cli.terminal import Amount, as_date, json_option, person_argument, print_json
from milepost.cli.year_text import occasion
from milepost.model.year import Card
from milepost.workflows.cards import add_card, prepare_cards, read_due, review_card


@click.command(
    epilog="Example: milepost cards me.yaml --add 'What does a KV cache hold?' --answer 'Keys and values …'"
)
@person_argument
@click.option("--add", "question", metavar="QUESTION", help="Make a card; needs --answer.")
@click.option("--answer", metavar="ANSWER", help="The back of the new card.")
@click.option("--skill", default="", metavar="SKILL", help="The skill that it belongs to.")
@click.option(
    "--by", "deadline", metavar="DATE", callback=as_date, help="What to review to know all by a day."
)
@click.option("--minutes", type=Amount(1, 240), default=10, show_default=True, help="A day, with --by.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    question: str | None,
    answer: str | None,
    skill: str,
    deadline: dt.date | None,
    minutes: float,
    as_json: bool,
) -> int:
    """Go through the cards that are due, or make one.

    A break never turns into debt: a day has at most ten minutes of cards.
    """
    at = occasion(workspace)
    if question or answer:
        if not (question and answer):
            raise click.UsageError("a card needs both --add QUESTION and --answer ANSWER.")
        card = add_card(person, question, answer, skill=skill, at=at)
        click.echo(f"Kept as {card.id}. It comes today, and then when you are about to forget it.")
        return 0
    if deadline is not None:
        return _show_preparation(person, deadline, minutes, workspace, as_json=as_json)
    due = read_due(person, at=at)
    if as_json:
        print_json(
            [{"id": s.card.id, "front": s.card.front, "known": round(s.retrievability, 4)} for s in due]
        )
        return 0
    if not due:
        click.echo("No card is due today.")
    for number, state in enumerate(due, start=1):
        if not _ask(state.card, number, len(due), person, workspace):
            click.echo("Stopped; what was answered is kept.")
            break
    return 0


def _ask(card: Card, number: int, total: int, person: str, workspace: str | None) -> bool:
    """One card: question, answer, rating; False when the person stops."""
    click.echo(f"\n{number}/{total}  {card.front}")
    click.prompt("Enter shows the answer", default="", show_default=False, err=True)
    click.echo(f"  {card.back}")
    answer = click.prompt(
        "1 forgotten, 2 hard, 3 good, 4 easy, q stop", type=click.Choice(["1", "2", "3", "4", "q"]), err=True
    )
    if answer == "q":
        return False
    review_card(person, card.id, int(answer), at=occasion(workspace))
    return True


def _show_preparation(
    person: str, deadline: dt.date, minutes: float, workspace: str | None, *, as_json: bool
) -> int:
    found = prepare_cards(person, deadline=deadline, minutes_per_day=minutes, at=occasion(workspace))
    if as_json:
        days = [{"day": day.isoformat(), "cards": list(ids)} for day, ids in found.days]
        print_json({"days": days, "reached": round(found.reached, 4), "missing": list(found.missing)})
        return 0
    for day, ids in found.days:
        click.echo(f"{day}  {len(ids)} card{'s' if len(ids) != 1 else ''}")
    if found.missing:
        click.echo(
            f"{found.reached:.0%} of the cards will be known with 90 % on {deadline}; for {len(found.missing)} there "
            f"is no time in {minutes:g} minutes a day."
        )
    else:
        click.echo(f"Every card will be known with at least 90 % on {deadline}.")
    return 0
