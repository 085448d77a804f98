"""What every command shares: the console, the clock, progress, JSON, options."""

import datetime as dt
import json
import math
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.table import Table

NARROW = 80
NOTHING_FITS = 3
"""The exit code of a valid answer that nothing fits."""

Command = TypeVar("Command", bound=Callable[..., Any])


def today() -> dt.date:
    """This computer's day; the only clock that levels and plans see.

    ``MILEPOST_TODAY`` (an ISO date) replaces it, for dated examples and tests.
    """
    stated = os.environ.get("MILEPOST_TODAY", "")
    if not stated:
        return dt.datetime.now().astimezone().date()
    try:
        return dt.date.fromisoformat(stated)
    except ValueError as fault:
        raise click.UsageError(f"MILEPOST_TODAY {stated!r} is not a date such as 2026-11-23.") from fault


class Amount(click.FloatRange):
    """A number within bounds; unlike click's own, it is never "not a number"."""

    def convert(self, value: float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        found = float(super().convert(value, param, ctx))
        if math.isnan(found):
            self.fail(f"{value!r} is not an amount.", param, ctx)
        return found


def now() -> dt.datetime:
    """The moment of a write, in UTC."""
    return dt.datetime.now(dt.UTC)


def console(*, beside: bool = False) -> Console:
    """Standard output, or standard error ``beside`` it: coloured in a terminal, plain and 80 wide in a pipe."""
    shown = (sys.stderr if beside else sys.stdout).isatty()
    return Console(width=None if shown else NARROW, highlight=False, soft_wrap=False, stderr=beside)


def print_json(document: object) -> None:
    """One JSON document on standard output; other signs than ASCII are escaped where it could not show them."""
    plain = (sys.stdout.encoding or "").lower().replace("-", "") != "utf8"
    click.echo(json.dumps(document, ensure_ascii=plain, indent=2))


@contextmanager
def progress(text: str) -> Iterator[None]:
    """Say on standard error what is going on: a spinner in a terminal, a line in a pipe."""
    if sys.stderr.isatty():
        with Console(stderr=True).status(text):
            yield
    else:
        click.echo(f"{text} …", err=True)
        yield


MANY = 20_000


@contextmanager
def counter(things: str) -> Iterator[Callable[[int], None]]:
    """A function that is told how many more are done, and shows it on standard error: a bar in a terminal that
    says how fast it goes, a line for every 20,000 in a pipe."""
    if sys.stderr.isatty():
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

        columns = (SpinnerColumn(), TextColumn("{task.completed:,} {task.description}"), TimeElapsedColumn())
        with Progress(*columns, console=Console(stderr=True)) as bar:
            task = bar.add_task(things, total=None)
            yield lambda more: bar.update(task, advance=more)
        return
    done = 0

    def tell(more: int) -> None:
        nonlocal done
        before, done = done, done + more
        if done // MANY > before // MANY:
            click.echo(f"{done:,} {things} …", err=True)

    yield tell
    click.echo(f"{done:,} {things}", err=True)


def plain_table(*headings: str, title: str = "") -> Table:
    """A table without boxes that fits 80 columns; headings that start with > are numbers."""
    table = Table(title=title or None, title_justify="left", box=None, pad_edge=False, padding=(0, 2, 0, 0))
    for heading in headings:
        number = heading.startswith(">")
        table.add_column(
            heading.lstrip(">"), justify="right" if number else "left", no_wrap=number, overflow="fold"
        )
    return table


def as_date(_context: click.Context, parameter: click.Parameter, value: str | None) -> dt.date | None:
    """A day in ISO form, or a usage error that shows one."""
    if value is None:
        return None
    try:
        return dt.date.fromisoformat(value)
    except ValueError as fault:
        raise click.BadParameter(f"{value!r} is not a date such as 2027-01-04", param=parameter) from fault


def json_option(command: Command) -> Command:
    """``--json``: the documented fields instead of text."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON as in docs/schemas.")(command)


def person_argument(command: Command) -> Command:
    """PERSON: a file, or a name in the workspace."""
    return click.argument("person", metavar="PERSON")(command)


def role_option(command: Command) -> Command:
    """``--role``: another role than the one in the file."""
    return click.option("--role", metavar="ROLE", help="Another role than the file's target.")(command)


def as_role(_context: click.Context, _parameter: click.Parameter, value: str | None) -> str | Path | None:
    """A role file as its path, anything else as the id of a role."""
    if value is not None and (value.endswith((".yaml", ".yml")) or Path(value).is_file()):
        return Path(value)
    return value


def role_or_file_option(command: Command) -> Command:
    """``--role``: another role than the one in the file, shipped or from a role file."""
    text = "Another role than the file's target, or a role file (.yaml)."
    return click.option("--role", metavar="ROLE", callback=as_role, help=text)(command)


def seed_option(command: Command) -> Command:
    """``--seed``: the dice of stability and finish dates."""
    seed = click.IntRange(0, 2**31 - 1)
    return click.option("--seed", type=seed, default=1, show_default=True, help="Same seed, same bytes.")(
        command
    )
