"""``milepost resume PERSON``"""

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion


@click.command(epilog="Example: milepost resume me.yaml")
@person_argument
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, as_json: bool) -> int:
    """End the pause that is running."""
    from milepost.workflows.year import end_pause

    pause = end_pause(person, at=occasion(workspace))
    if as_json:
        print_json({"from": pause.first.isoformat(), "to": pause.last.isoformat() if pause.last else None})
        return 0
    click.echo(f"Welcome back. The pause from {pause.first} ended on {pause.last}.")
    click.echo(
        f"`milepost today {person}` says what comes first; `milepost replan {person}` moves what has to move."
    )
    return 0
