"""``milepost draft PERSON FORM``"""

import datetime as dt
from pathlib import Path

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion
from milepost.publish.drafts import Form, render_draft
from milepost.publish.year_schema import draft_document
from milepost.workflows.drafts import Scope, draft_text, write_draft

DAY = click.DateTime(["%Y-%m-%d"])


@click.command(epilog="Example: milepost draft me.yaml post --about q1 --out post.md")
@person_argument
@click.argument("form", type=click.Choice([each.value for each in Form]))
@click.option("--about", default="", metavar="WORDS", help="A quarter (q1), an activity or a skill.")
@click.option(
    "--since", type=DAY, metavar="DATE", help="First day (default: 13 weeks ago; week: six days ago)."
)
@click.option("--until", type=DAY, metavar="DATE", help="Last day (default: today).")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write to a new file."
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    form: str,
    about: str,
    since: dt.datetime | None,
    until: dt.datetime | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Outline a text from your own record: post, talk, readme, write-up, brag or week.

    Every line is yours, with its day; what a form asks for and you did not record stays open.
    post, talk, readme and week are for others: what is private is left out, and said.
    """
    scope = Scope(about, since.date() if since else None, until.date() if until else None)
    draft = draft_text(person, Form(form), scope, at=occasion(workspace))
    for source, reason in draft.left_out:
        click.echo(f"left out: {source}: {reason}", err=True)
    if as_json:
        print_json(draft_document(draft))
        return 0
    if draft.is_empty:
        click.echo(
            "Nothing is recorded there yet. `milepost log`, `checkin` and `done` keep what a text is made of.",
            err=True,
        )
    text = render_draft(draft)
    if out is None:
        click.echo(text, nl=False)
        return 0
    write_draft(text, out)
    click.echo(f"wrote {out}")
    return 0
