"""``milepost progress PERSON``"""

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion, print_progress
from milepost.errors import UsageError
from milepost.publish.year_schema import progress_document
from milepost.workflows.year import show_standing


@click.command(epilog="Example: milepost progress me.yaml")
@person_argument
@click.option("--baseline", is_flag=True, help="Measure against the first plan instead of the one in force.")
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, baseline: bool, as_json: bool) -> int:
    """Show planned, earned and actual, and the finish at your own pace.

    Only work that was closed by evidence counts as earned.
    """
    at = occasion(workspace)
    standing = show_standing(at.load(person), at=at, first=baseline)
    if not as_json:
        print_progress(standing)
        return 0
    if standing.progress is None or standing.finish is None:
        raise UsageError(
            f"{standing.person} has accepted no plan yet",
            hint=f"`milepost plan {person} --accept` keeps one.",
        )
    print_json(progress_document(standing.person, standing.progress, standing.finish))
    return 0
