"""``milepost done PERSON ACTIVITY``"""

import click

from milepost.cli.terminal import Amount, json_option, person_argument, print_json, today
from milepost.cli.year_text import occasion, print_standing
from milepost.model.people import EvidenceKind
from milepost.model.year import Artefact, Proof, ProofKind, Verification

WORDS_OF = (EvidenceKind.PEER.value, EvidenceKind.MANAGER.value, EvidenceKind.EXPERT.value)
ONE_PROOF = (
    "Pass one of --artefact, --check, --test, --reviewer or --waive; `milepost done --help` explains them."
)


@click.command(
    epilog="Example: milepost done me.yaml rag-chatbot --artefact https://example.org/bot --public --level rag=3"
)
@person_argument
@click.argument("activity")
@click.option("--artefact", metavar="ADDRESS", help="Where what you made can be looked at.")
@click.option(
    "--check",
    metavar="CHECK",
    help="git:FOLDER:FILE, tests:FOLDER, page:ADDRESS, pdf:FILE or merged:FOLDER:WORDS.",
)
@click.option("--test", metavar="WORDS", help="A graded test or task that you passed.")
@click.option("--reviewer", metavar="NAME", help="Whose word it is.")
@click.option(
    "--as", "word_of", type=click.Choice(WORDS_OF), default="peer", help="What the reviewer is to you."
)
@click.option(
    "--waive", metavar="REASON", help="Close it without evidence; the reason stays visible and earns nothing."
)
@click.option("--say", default="", metavar="WORDS", help="What the evidence shows, in a line.")
@click.option("--public", is_flag=True, help="Others can see the artefact.")
@click.option(
    "--verified", type=click.Choice([each.value for each in Verification]), help="Who stands behind it."
)
@click.option("--hours", type=Amount(0, 2000), help="Hours it took in all.")
@click.option(
    "--level", "levels", multiple=True, metavar="SKILL=LEVEL", help="A level that it shows; repeat it."
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    activity: str,
    artefact: str | None,
    check: str | None,
    test: str | None,
    reviewer: str | None,
    word_of: str,
    waive: str | None,
    say: str,
    public: bool,
    verified: str | None,
    hours: float | None,
    levels: tuple[str, ...],
    as_json: bool,
) -> int:
    """Close an activity by its evidence; a milestone closes its quarter.

    Evidence is an artefact at an address, a check that this computer makes, a test that
    you passed, or a reviewer's word with a name. A waiver closes without evidence, stays
    visible, and earns no value.
    """
    from milepost.workflows.year import Finished, finish_activity

    proof = _proof(
        {"artefact": artefact, "check": check, "test": test, "reviewer": reviewer, "waiver": waive}, say
    )
    made = None
    if artefact or public or verified:
        made = Artefact(
            date=today(),
            title=say,
            url=artefact or "",
            public=public,
            verified=Verification(verified) if verified else None,
        )
    finished = Finished(proof, hours, made, _levels(levels), EvidenceKind(word_of))
    closed = finish_activity(person, activity, finished, at=occasion(workspace))
    if as_json:
        print_json(
            {"person": closed.standing.person, "activity": closed.activity, "milestone": closed.milestone}
        )
        return 0
    click.echo(f"Closed: {closed.title}")
    if closed.checked:
        click.echo(f"Checked: {closed.checked}")
    if closed.milestone:
        click.echo(f"Milestone reached: {closed.milestone}")
    if not levels and proof.kind is not ProofKind.WAIVER:
        click.echo("No level was stated; --level SKILL=LEVEL says what it shows.")
    print_standing(closed.standing)
    return 0


def _proof(given: dict[str, str | None], say: str) -> Proof:
    chosen = {kind: value for kind, value in given.items() if value}
    if len(chosen) != 1:
        what = (
            "no evidence is given" if not chosen else "one piece of evidence closes an activity, not several"
        )
        raise click.UsageError(f"{what}. {ONE_PROOF}")
    (name, value) = next(iter(chosen.items()))
    kind = ProofKind(name)
    if kind is ProofKind.ARTEFACT:
        return Proof(kind, text=say, url=value)
    if kind is ProofKind.REVIEWER:
        return Proof(kind, text=say, by=value)
    if kind is ProofKind.CHECK:
        return Proof(kind, text=say, checked=value)
    return Proof(kind, text=value)


def _levels(given: tuple[str, ...]) -> dict[str, float]:
    found: dict[str, float] = {}
    for each in given:
        skill, _, level = each.partition("=")
        try:
            found[skill.strip()] = float(level)
        except ValueError as fault:
            raise click.UsageError(f"{each!r} is not SKILL=LEVEL, such as rag=3.") from fault
    return found
