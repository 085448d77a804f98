"""``milepost undo PERSON``"""

import click

from milepost.cli.terminal import console, json_option, person_argument, plain_table, print_json
from milepost.cli.year_text import occasion


@click.command(epilog="Example: milepost undo me.yaml")
@person_argument
@click.option("--list", "show", is_flag=True, help="Only show what was changed, and when.")
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, show: bool, as_json: bool) -> int:
    """Take back the newest change; again for the one before it.

    What was edited by hand in a file is never taken back.
    """
    from milepost.workflows.keeping import BY_HAND, UNDO, WRITTEN, undo_change

    at = occasion(workspace)
    kept = at.load(person)
    if show:
        taken = {change.undoes for change in kept.changes}
        rows = [
            (
                change.saved_at.astimezone().strftime("%Y-%m-%d %H:%M"),
                change.verb,
                change.id in taken,
            )
            for change in kept.changes
            if change.verb != WRITTEN and not (change.verb == BY_HAND and change.before == 0)
        ]
        if as_json:
            print_json([{"at": when, "verb": verb, "undone": undone} for when, verb, undone in rows])
            return 0
        table = plain_table("When", "What", "")
        for when, verb, undone in rows:
            table.add_row(when, verb, "taken back" if undone else "")
        console().print(table)
        return 0
    change = undo_change(kept, workspace=at.workspace, now=at.now)
    if as_json:
        print_json({"undone": change.verb, "is": UNDO})
        return 0
    click.echo(f"Taken back: {change.verb} of {change.saved_at.astimezone():%Y-%m-%d %H:%M}.")
    return 0
