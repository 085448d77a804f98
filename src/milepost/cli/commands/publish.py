"""``milepost publish PERSON --out DIR``"""

import textwrap
from pathlib import Path

import click

from milepost.cli.terminal import NARROW, json_option, person_argument, print_json
from milepost.cli.year_text import occasion
from milepost.model.portfolio import ShownField
from milepost.publish.portfolio_schema import publish_document
from milepost.publish.portfolio_site import Theme
from milepost.workflows.publish import Offer, offer_portfolio, publish_portfolio

THEMES = ("paper", "night")


@click.command(epilog="Example: milepost publish me.yaml --out site --theme paper")
@person_argument
@click.option(
    "--out", type=click.Path(path_type=Path, file_okay=False), help="An empty folder, or an earlier site."
)
@click.option("--theme", type=click.Choice(THEMES), default="paper", show_default=True)
@click.option("--address", default="", metavar="URL", help="Where the site will be; makes the feed.")
@click.option("--list", "only_list", is_flag=True, help="Only show what would be published.")
@click.option("--yes", is_flag=True, help="Agree to every field without being asked.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    out: Path | None,
    theme: str,
    address: str,
    only_list: bool,
    yes: bool,
    as_json: bool,
) -> int:
    """Make a site, a PDF and a calendar of what you chose to show.

    `publish:` in the person file says what that is; without it only artefacts with
    `public: true` are shown. Every new or changed field is listed and asked for first.
    """
    if out is None and not only_list:
        raise click.UsageError("a site needs a folder: pass --out DIR, or --list to see what would be in it.")
    at = occasion(workspace)
    offer = offer_portfolio(person, at=at, address=address)
    for note in offer.notes:
        click.echo(f"note: {note}", err=True)
    if only_list or out is None:
        _show(offer, as_json=as_json)
        return 0
    written = publish_portfolio(offer, out, at=at, agree=lambda: yes or _ask(offer), theme=Theme(theme))
    if not written:
        click.echo("Nothing was published, and nothing is remembered.", err=True)
        return 2
    if as_json:
        print_json(publish_document(offer.person.name, offer.fields, offer.new, written))
        return 0
    for path in written:
        click.echo(f"wrote {path}")
    click.echo(f"{_count(len(offer.fields))} public; `milepost publish {person} --list` shows them.")
    return 0


def _show(offer: Offer, *, as_json: bool) -> None:
    if as_json:
        print_json(publish_document(offer.person.name, offer.fields, offer.new, ()))
        return
    click.echo(f"{_count(len(offer.fields))} to be public, {len(offer.new)} of them new or changed (*).\n")
    fresh = frozenset(each.mark for each in offer.new)
    for each in offer.fields:
        _print_field(each, sign="*" if each.mark in fresh else " ", err=False)


def _ask(offer: Offer) -> bool:
    """Show what is new or changed, on standard error, and ask."""
    known = len(offer.fields) - len(offer.new)
    click.echo(f"{_count(len(offer.new))} new or changed; you agreed to {known} before.\n", err=True)
    for each in offer.new:
        _print_field(each, sign="*", err=True)
    return click.confirm("\nMay everybody read these?", default=False, err=True)


def _print_field(field: ShownField, *, sign: str, err: bool) -> None:
    """What it is, where it comes from, and the whole value; signs that steer a terminal are spelt out."""
    value = _visible(field.value)
    origin = "" if field.source == field.field else f"  (from {field.source})"
    about = f" of {_visible(field.of)}" if field.of else ""
    click.echo(f"{sign} {field.field}{about}{origin}", err=err)
    click.echo(textwrap.fill(value, NARROW, initial_indent="    ", subsequent_indent="    "), err=err)


def _visible(words: str) -> str:
    """Words on one line; signs that steer a terminal or cannot be seen are spelt out."""
    return "".join(each if each.isprintable() else f"\\u{ord(each):04x}" for each in words.replace("\n", " "))


def _count(number: int) -> str:
    return "1 field is" if number == 1 else f"{number} fields are"
