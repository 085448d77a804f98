"""``milepost ask PERSON``"""

from pathlib import Path

import click

from milepost.cli.terminal import json_option, person_argument, print_json
from milepost.cli.year_text import occasion, say
from milepost.errors import UsageError
from milepost.files.replacing import replace_text
from milepost.model.people import EvidenceKind
from milepost.workflows.asking import KINDS, keep_answer_of, make_request


@click.command(epilog="Example: milepost ask me.yaml --rater Kim --out kim.html")
@person_argument
@click.option("--rater", metavar="NAME", default="", help="Who is asked.")
@click.option(
    "--as",
    "kind",
    type=click.Choice([each.value for each in KINDS]),
    default="peer",
    show_default=True,
    help="What they are to you.",
)
@click.option("--skill", "skills", multiple=True, metavar="SKILL", help="Ask about this skill; repeat it.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="The form: .html for a browser, .txt for an e-mail.",
)
@click.option(
    "--answer",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Enter an answer that came back.",
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    rater: str,
    kind: str,
    skills: tuple[str, ...],
    out: Path | None,
    answer: Path | None,
    as_json: bool,
) -> int:
    """Ask a colleague for their word on some skills, and enter what they answer.

    The form has the anchors of each level and works without an account or a network. What you
    say of yourself is not in it.
    """
    at = occasion(workspace)
    if answer is not None:
        found = keep_answer_of(person, answer, at=at)
        rows = [{"skill": e.skill, "kind": e.kind.value, "level": e.level, "rater": e.rater} for e in found]
        if as_json:
            print_json(rows)
            return 0
        for piece in found:
            click.echo(
                f"Entered: {piece.skill} {piece.level:g}, the word of {piece.rater} ({piece.kind.value})."
            )
        return 0
    if not rater.strip() or out is None:
        raise UsageError(
            "say who is asked, and where the form goes",
            hint="Pass --rater NAME and --out FILE, or --answer FILE.",
        )
    form = make_request(
        at.load(person),
        rater=rater.strip(),
        kind=EvidenceKind(kind),
        skills=skills,
        at=at,
        text=out.suffix == ".txt",
    )
    if not replace_text(out, form, was=None):
        raise UsageError(f"{out} exists already; nothing was changed", hint="Choose another name.")
    if as_json:
        print_json({"form": str(out), "rater": rater.strip(), "kind": kind})
        return 0
    say(
        f"Wrote {out}. Send it to {rater}; what comes back is entered with `milepost ask {person} --answer FILE`."
    )
    return 0
