"""``milepost export NAME [--format …]``"""

import sys
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from milepost.cli.plan_text import print_infeasible
from milepost.cli.terminal import NOTHING_FITS, console, now, progress
from milepost.cli.year_text import occasion
from milepost.model.plans import Infeasible
from milepost.publish.calendar import SessionTime, Timetable, read_session, read_zone
from milepost.workflows.exports import BINARY, PLAN, SKILLS, WHOLE, export_person, export_plan, export_skills


def as_sessions(
    _context: click.Context, _option: click.Parameter, values: tuple[str, ...]
) -> tuple[SessionTime, ...]:
    """``tue 19:00`` as a time of each week."""
    return tuple(map(read_session, values))


def as_zone(_context: click.Context, _option: click.Parameter, value: str | None) -> ZoneInfo | None:
    """A time zone by its name in the IANA list."""
    return read_zone(value) if value else None


@click.command(epilog="Example: milepost export jordan --format ics --out jordan.ics")
@click.argument("name", metavar="NAME")
@click.option(
    "--format", "form", type=click.Choice((*WHOLE, *SKILLS, *PLAN)), default="yaml", show_default=True
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), help="Write to this file instead of printing."
)
@click.option(
    "--session", "sessions", multiple=True, callback=as_sessions, metavar="'DAY HH:MM'",
    help="ics: a time of each week to practise at, such as 'tue 19:00'. Repeat it for more.",
)  # fmt: skip
@click.option(
    "--zone", callback=as_zone, metavar="NAME", help="ics: time zone of the sessions, such as Europe/Berlin."
)
@click.pass_obj
def command(
    workspace: str | None,
    name: str,
    form: str,
    out: Path | None,
    sessions: tuple[SessionTime, ...],
    zone: ZoneInfo | None,
) -> int:
    """Take a person out of the workspace, or turn their plan into another format.

    yaml and json are lossless: export, import, export gives the same bytes. jsonresume and
    rendercv hold the skills. The others hold the plan in force, or the one that `milepost plan`
    makes today where none was accepted: ics, md, html, pdf, docx, csv, tasks (Markdown task
    list) and github (one issue a line). Exit code 3 where no plan fits.
    """
    if (sessions or zone) and form != "ics":
        raise click.UsageError("--session and --zone belong to --format ics.")
    if form in BINARY and out is None and sys.stdout.isatty():
        raise click.UsageError(f"A {form} is no text to print. Pass --out FILE.{form}.")
    if form in WHOLE:
        content = export_person(name, workspace=workspace, now=now, form=form).encode("utf-8")
    else:
        with progress(f"Making the {form} of {name}"):
            if form in SKILLS:
                content = export_skills(name, at=occasion(workspace), form=form).encode("utf-8")
            else:
                timetable = Timetable(sessions, zone)
                made = export_plan(name, at=occasion(workspace), form=form, timetable=timetable)
                if isinstance(made, Infeasible):
                    print_infeasible(made, out=console(beside=True))
                    return NOTHING_FITS
                content = made
    if out is None:
        click.echo(content if form in BINARY else content.decode("utf-8"), nl=False)
        return 0
    # Why bytes: an export is byte for byte what it was, also on Windows.
    out.write_bytes(content)
    click.echo(f"wrote {out}", err=True)
    return 0
