"""``milepost calibrate [ANSWERS]``"""

from collections.abc import Sequence
from pathlib import Path

import click

from milepost.assessment.calibration import Model
from milepost.assessment.fit import ENOUGH_ANSWERS, ItemFit
from milepost.cli.terminal import console, json_option, now, plain_table, print_json, progress
from milepost.cli.year_text import say
from milepost.publish.assessment_schema import calibration_document
from milepost.workflows.calibrate import calibrate, pool_answers, read_responses, write_calibration

SHOWN = 20


@click.command(epilog="Example: milepost calibrate --area llm-applications --out calibration.json")
@click.argument("answers", required=False, type=click.Path(path_type=Path, dir_okay=False))
@click.option("--area", metavar="AREA", help="Only the items of one area of the bank.")
@click.option("--model", type=click.Choice([each.value for each in Model]), help="Which slopes are free.")
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="Write the parameters."
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    answers: Path | None,
    area: str | None,
    model: str | None,
    out: Path | None,
    as_json: bool,
) -> int:
    """Fit the test items to the answers of many people.

    Without ANSWERS (a CSV of 1, 0 and nothing), the answers of everybody in the workspace
    who wrote `share_answers: true` are pooled, without their names.
    """
    responses = read_responses(answers) if answers else pool_answers(workspace=workspace, now=now, area=area)
    with progress(f"Fitting {len(responses.items)} items to {responses.people} people"):
        fits = calibrate(responses, model=Model(model) if model else None)
    written = None
    if out is not None:
        written = write_calibration(out, fits, source=responses.source, people=responses.people)
        click.echo(f"Wrote {written} items to {out}", err=True)
    if as_json:
        print_json(calibration_document(fits, people=responses.people, withheld=responses.withheld))
        return 0
    _print(fits, people=responses.people, withheld=responses.withheld)
    return 0


def _print(fits: Sequence[ItemFit], *, people: int, withheld: int) -> None:
    usable = [fit for fit in fits if fit.a is not None]
    say(
        f"{people} people, {len(fits)} items: {len(usable)} fitted, {sum(bool(f.flags) for f in usable)} of them flagged."
    )
    table = plain_table(
        "Item", ">Answers", ">Right", ">a", ">b", ">± b", ">RMSD", ">Drift", ">Missing", "Flags"
    )
    ordered = sorted(fits, key=lambda fit: (not fit.flags or fit.a is None, -(fit.rmsd or 0.0), fit.item))
    for fit in ordered[:SHOWN]:
        table.add_row(
            fit.item,
            str(fit.answers),
            f"{fit.right / fit.answers:.0%}" if fit.answers else "–",
            *(_figure(value) for value in (fit.a, fit.b, fit.se_b, fit.rmsd, fit.drift)),
            str(fit.missing),
            ", ".join(fit.flags),
        )
    console().print(table)
    if len(ordered) > SHOWN:
        click.echo(f"… and {len(ordered) - SHOWN} more; --json lists all.")
    missing = sum(fit.missing for fit in fits)
    if missing:
        say(
            f"{missing} answers are missing until every item has {ENOUGH_ANSWERS}; until then the authors' word counts with caution."
        )
    if withheld:
        say(f"{withheld} people have answers but did not agree to share them; theirs were left out.")


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f}"
