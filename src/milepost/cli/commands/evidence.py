"""``milepost evidence PERSON SOURCE…``"""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from milepost.cli.evidence_text import print_accepted, print_offer, print_offers, print_where_levels
from milepost.cli.terminal import json_option, person_argument, print_json, progress
from milepost.cli.year_text import occasion
from milepost.errors import UsageError
from milepost.workflows.evidence import (
    Accepted,
    Offer,
    Offers,
    accept_offers,
    gather_offers,
    read_choices,
    read_level,
)


@click.command(epilog="Example: milepost evidence me.yaml cv.pdf --accept 1,3=2.5,7")
@person_argument
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE...", type=click.Path(path_type=Path))
@click.option("--accept", "accepted", metavar="LIST", help="What to write: numbers, N=LEVEL, or all.")
@click.option("--ask", "asked", is_flag=True, help="Ask about each finding, as in a terminal.")
@click.option(
    "--author", "authors", multiple=True, metavar="MAIL", help="Your address in a repository; repeat it."
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    sources: tuple[Path, ...],
    accepted: str | None,
    asked: bool,
    authors: tuple[str, ...],
    as_json: bool,
) -> int:
    """Read CVs and repositories, and propose what they show.

    A CV is a PDF, DOCX, text, Markdown, JSON Resume, Europass XML or LinkedIn
    export. Every finding comes with the line or the commit that shows it. Nothing
    leaves this computer, nothing is written unasked, and nothing without a level: a
    CV that only names a skill does not say one. In a terminal each finding is asked
    about; --accept takes numbers.
    """
    at = occasion(workspace)
    with progress("Reading"):
        offers = gather_offers(person, sources, at=at, authors=authors)
    if accepted is not None:
        done = accept_offers(person, offers, read_choices(accepted, offers), at=at)
        _show(offers, done, person, as_json=as_json)
    elif as_json:
        print_json(_document(offers, None))
    elif asked or (sys.stdin.isatty() and sys.stdout.isatty()):
        chosen = dict(_ask_all(offers))
        if chosen:
            _show(offers, accept_offers(person, offers, chosen, at=at), person, as_json=False)
        else:
            click.echo("Nothing was written.")
    else:
        print_offers(offers, person)
    return 0


def _show(offers: Offers, done: Accepted, person: str, *, as_json: bool) -> None:
    if as_json:
        print_json(_document(offers, done))
    else:
        print_accepted(done, person)


def _document(offers: Offers, done: Accepted | None) -> object:
    from milepost.publish.evidence_schema import evidence_document, proposal_row

    written, need, out = (
        {each.number: each for each in group}
        for group in ((done.written, done.need_level, done.kept_out) if done else ((), (), ()))
    )
    rows = []
    for offer in offers.offers:
        now = written.get(offer.number) or out.get(offer.number) or offer
        state = "there" if offer.there else "new"
        if offer.number in written:
            state = "written"
        elif offer.number in need:
            state = "needs-level"
        elif offer.number in out and not offer.there:
            state = "kept-out"
        rows.append(proposal_row(now.number, now.proposal, name=now.name, state=state, reason=now.there))
    return evidence_document(offers.person, offers.findings, rows=rows)


def _ask_all(offers: Offers) -> Iterator[tuple[int, float | None]]:
    """One question for each new proposal; q stops, and what was accepted until then is written."""
    print_offers(offers, "", only_notes=True)
    new = offers.new
    for number, offer in enumerate(new, start=1):
        click.echo(f"\n{number} of {len(new)}")
        print_offer(offer)
        answer = _ask(offer, offers)
        if answer == "q":
            return
        if answer != "n":
            yield offer.number, None if answer == "y" else read_level(answer)


def _ask(offer: Offer, offers: Offers) -> str:
    """y, n, q or a level; y needs a level where the source gives none."""
    choices = "y, a level, n or q" if offer.proposal.level is not None else "a level, n or q"
    while True:
        answer = (
            click.prompt(f"Accept? {choices} (? shows the levels)", default="n", err=True).strip().lower()
        )
        answer = {"yes": "y", "no": "n", "quit": "q"}.get(answer, answer)
        if answer in {"n", "q"} or (answer == "y" and offer.proposal.level is not None):
            return answer
        if answer in {"y", "?"}:
            print_where_levels(offers.tree.anchors_for(offer.proposal.skill))
            continue
        try:
            read_level(answer)
        except UsageError as fault:
            click.echo(f"{fault.message}. {fault.hint}", err=True)
            continue
        return answer
