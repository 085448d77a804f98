"""What commands on advertisements share: columns, and what could not be read."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from milepost.cli.terminal import progress
from milepost.errors import UsageError
from milepost.market.sources import AdsRead
from milepost.workflows.market import Market, own_market
from milepost.workflows.people import Loaded

MOST_TOLD = 5
Command = TypeVar("Command", bound=Callable[..., Any])


def ads_option(command: Command) -> Command:
    """``--ads``: advertisements instead of those that the file names."""
    return click.option(
        "--ads",
        multiple=True,
        type=click.Path(path_type=Path),
        help="Files or folders with the ads that you want.",
    )(command)


def read_own_market(loaded: Loaded, ads: tuple[Path, ...]) -> Market | None:
    """The person's own advertisements, with a word on what was put aside; None where there are none."""
    if not ads and not loaded.person.ads and not loaded.person.counted_ads:
        return None
    with progress("Reading your advertisements"):
        market = own_market(loaded, ads=ads)
    if market is not None:
        warn_rejected(market.read)
    return market


def as_columns(given: tuple[str, ...]) -> dict[str, str] | None:
    """``--columns text=description`` as a mapping."""
    found = {}
    for each in given:
        field, sign, column = each.partition("=")
        if not sign or not field or not column:
            raise UsageError(
                f"--columns {each!r} is not FIELD=COLUMN", hint="Write --columns text=description."
            )
        found[field.strip()] = column.strip()
    return found or None


def warn_rejected(read: AdsRead) -> None:
    """Say on standard error what was put aside, and why."""
    for bad in read.rejected[:MOST_TOLD]:
        where = f"{bad.path}, row {bad.row}" if bad.row else bad.path
        click.echo(f"Put aside: {where}: {bad.reason}", err=True)
    if len(read.rejected) > MOST_TOLD:
        click.echo(f"Put aside: {len(read.rejected) - MOST_TOLD} more", err=True)
