"""``milepost evidence PERSON SOURCE…``"""

from collections.abc import Sequence
from pathlib import Path

import click

from milepost.cli.terminal import json_option, person_argument, print_json, progress
from milepost.cli.year_text import occasion, say
from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.model.people import EvidenceKind
from milepost.model.proposals import Findings, Proposal
from milepost.publish.assessment_schema import evidence_document
from milepost.workflows.evidence import Entered, choose, enter_proposals, propose_evidence

KINDS = {
    EvidenceKind.SELF: "rating, the CV lists it",
    EvidenceKind.SELF_ANCHORED: "rating with an example",
    EvidenceKind.CERTIFICATE: "certificate",
    EvidenceKind.ARTEFACT: "piece of work",
    EvidenceKind.SIGNAL: "signal of a repository",
}


@click.command(epilog="Example: milepost evidence me.yaml cv.pdf --accept 1=3,4,7")
@person_argument
@click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--accept", metavar="LIST", help="What to enter: all, or numbers with levels such as 1,3=2.5,7."
)
@click.option("--ask", "asked", is_flag=True, help="Ask about each proposal.")
@click.option(
    "--author", "authors", multiple=True, metavar="MAIL", help="Your address in a repository; repeat it."
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    sources: tuple[Path, ...],
    accept: str | None,
    asked: bool,
    authors: tuple[str, ...],
    as_json: bool,
) -> int:
    """Read CVs and git repositories, and propose what they show.

    Nothing leaves this computer and nothing is entered unasked: every finding comes with the line
    or the commit that shows it, and you accept, change or reject it.
    """
    at = occasion(workspace)
    known = at.load(person).loaded.person
    found = []
    for source in sources:
        with progress(f"Reading {source}"):
            found.append(propose_evidence(source, known, at=at, authors=authors))
    joined = Findings(
        ", ".join(each.source for each in found),
        tuple(p for each in found for p in each.proposals),
        tuple(n for each in found for n in each.notes),
    )
    if accept:
        entered = enter_proposals(person, choose(joined, accept), at=at)
    elif asked:
        entered = enter_proposals(person, _ask(joined), at=at)
    else:
        entered = None
    if as_json:
        print_json(evidence_document(joined, written=len(entered.written) if entered else 0))
    elif entered is not None:
        _print_entered(entered)
    else:
        _print(joined)
    return 0


def _print(found: Findings) -> None:
    names = _names()
    for number, proposal in enumerate(found.proposals, start=1):
        click.echo()
        level = f", level {proposal.level:g}" if proposal.level is not None else ""
        say(
            f"{names.get(proposal.skill, proposal.skill)}: {KINDS[proposal.kind]}{level}",
            first=f"{number:3}  ",
            rest="     ",
        )
        say(f"{proposal.where}: {proposal.quote}", first="     ")
        say(proposal.why, first="     → ", rest="       ")
    for note in found.notes:
        say(note)
    if not found.proposals:
        click.echo(f"Nothing that Milepost knows is named in {found.source}.")
        return
    click.echo()
    say(
        f"{len(found.proposals)} proposals; nothing is entered yet. --accept 1=3,4 enters some with your levels, --ask goes "
        "through them one by one."
    )


def _ask(found: Findings) -> Sequence[Proposal]:
    """Go through the proposals: y as proposed, a level, n, or q for the rest."""
    names = _names()
    chosen: list[Proposal] = []
    for number, proposal in enumerate(found.proposals, start=1):
        click.echo()
        say(
            f"{names.get(proposal.skill, proposal.skill)}: {KINDS[proposal.kind]}",
            first=f"{number:3}  ",
            rest="     ",
        )
        say(f"{proposal.where}: {proposal.quote}", first="     ")
        usual = "n" if proposal.level is None else f"{proposal.level:g}"
        answer = click.prompt("Level 0 to 5, n(o), q(uit)", default=usual, err=True).strip().casefold()
        if answer in ("q", "quit"):
            break
        if answer in ("n", "no"):
            continue
        try:
            chosen += choose(found, f"{number}={answer}")
        except UsageError as fault:
            click.echo(f"{fault.message}. Left out.")
    return chosen


def _print_entered(entered: Entered) -> None:
    names = _names()
    for proposal in entered.written:
        click.echo(
            f"Entered: {names.get(proposal.skill, proposal.skill)} {proposal.level:g} ({KINDS[proposal.kind]})"
        )
    for proposal in entered.without_level:
        say(f"Needs your level: {names.get(proposal.skill, proposal.skill)}, such as --accept N=2.5")
    for proposal in entered.already:
        click.echo(f"There already: {names.get(proposal.skill, proposal.skill)}")


def _names() -> dict[str, str]:
    return {skill.id: skill.name for skill in load_catalogue().tree.skills.values()}
