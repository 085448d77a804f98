"""Proposals of evidence in the terminal."""

import textwrap

import click

from milepost.cli.terminal import NARROW
from milepost.model.people import EvidenceKind
from milepost.model.skills import LEVEL_NAMES, Anchors
from milepost.workflows.evidence import Accepted, Offer, Offers

KINDS = {
    EvidenceKind.SELF: "self-rating",
    EvidenceKind.ARTEFACT: "piece of work",
    EvidenceKind.SIGNAL: "signal of a repository",
}
LONGEST_SHOWN = 150
"""Characters of a quote on the screen; --json has all of it."""


def print_offers(offers: Offers, person: str, *, only_notes: bool = False) -> None:
    """All proposals, those without a level first named as such, and how to accept them."""
    for found in offers.findings:
        count = len(found.proposals)
        click.echo(f"{found.source}: {count} finding{'s' if count != 1 else ''}")
        for note in found.notes:
            _print_wrapped(note, indent="  ")
    if only_notes:
        return
    for offer in offers.offers:
        click.echo()
        print_offer(offer)
    new = offers.new
    if not new:
        nothing = "is new" if offers.offers else "names a skill that Milepost knows"
        click.echo(f"\nNothing here {nothing}.")
        return
    known = [offer for offer in new if offer.proposal.level is not None]
    first = new[0].number
    click.echo(f"\n{len(new)} new; {len(new) - len(known)} of them need a level from you.")
    click.echo("Nothing was written. Accept by number, with your level:")
    click.echo(f"  milepost evidence {person} SOURCE --accept {first}=2.5")


def print_offer(offer: Offer) -> None:
    """One proposal with the line that shows it."""
    proposal = offer.proposal
    level = f"level {proposal.level:g}" if proposal.level is not None else "level to be given"
    kind = KINDS.get(proposal.kind, proposal.kind.value)
    state = f" ({offer.there})" if offer.there else ""
    _print_wrapped(f"{offer.number}. {offer.name} · {kind} · {level}{state}", indent="", rest="   ")
    if proposal.title and proposal.title != proposal.quote:
        _print_wrapped(proposal.title, indent="   ")
    _print_wrapped(f'"{_short(proposal.quote)}"', indent="   ")
    facts = [proposal.where, proposal.why]
    if proposal.last_used:
        facts.append(f"last used {proposal.last_used}")
    if proposal.years:
        facts.append(f"{proposal.years:g} years of practice")
    _print_wrapped("; ".join(fact for fact in facts if fact), indent="   ")
    if proposal.url:
        click.echo(f"   {proposal.url}")


def print_accepted(done: Accepted, person: str) -> None:
    """What was written, and what was not and why."""
    for offer in done.written:
        level = offer.proposal.level or 0.0
        kind = KINDS.get(offer.proposal.kind, offer.proposal.kind.value)
        _print_wrapped(f"Written: {offer.name}, {level:g} ({kind})", indent="")
    for offer in done.kept_out:
        _print_wrapped(f"Not written: {offer.number}. {offer.name}: {offer.there}", indent="")
    if done.need_level:
        click.echo("Need a level from you, and were not written:")
        for offer in done.need_level:
            _print_wrapped(f"{offer.number}. {offer.name}", indent="  ")
        click.echo(f"Give it with the number, such as --accept {done.need_level[0].number}=2.5")
    if done.written:
        click.echo(f"`milepost undo {person}` takes all of it back.")
    elif not done.kept_out and not done.need_level:
        click.echo("Nothing was written.")


def print_where_levels(anchors: Anchors) -> None:
    """What each level of a skill looks like."""
    for number, (name, words) in enumerate(zip(LEVEL_NAMES, anchors.levels, strict=True)):
        _print_wrapped(f"{number} {name}: {words}", indent="  ", rest="    ")


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN else f"{text[: LONGEST_SHOWN - 2].rstrip()} …"


def _print_wrapped(text: str, *, indent: str, rest: str | None = None) -> None:
    click.echo(
        textwrap.fill(
            text,
            NARROW,
            initial_indent=indent,
            subsequent_indent=indent if rest is None else rest,
            break_on_hyphens=False,
        )
    )
