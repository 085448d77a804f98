"""``milepost today PERSON``"""

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion, print_agenda
from milepost.publish.year_schema import agenda_document
from milepost.workflows.day import read_agenda


@click.command(epilog="Example: milepost today me.yaml")
@person_argument
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, as_json: bool) -> int:
    """Say what to do now, in at most fifteen minutes of overhead a week."""
    agenda = read_agenda(person, at=occasion(workspace))
    if as_json:
        print_json(agenda_document(agenda))
    else:
        print_agenda(agenda)
    return 0
