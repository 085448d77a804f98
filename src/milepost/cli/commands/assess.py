"""``milepost assess PERSON``"""

import time
from pathlib import Path

import click

from milepost.cli.terminal import console, json_option, person_argument, plain_table, print_json
from milepost.cli.year_text import occasion, say
from milepost.files.content import load_catalogue
from milepost.model.items import Answer, Item
from milepost.workflows.assess import best_area, suggest_assessments
from milepost.workflows.calibrate import read_calibration
from milepost.workflows.testing import (
    Calibrated,
    Measured,
    Test,
    count_items,
    find_area,
    finish_test,
    keep_answer,
    keep_missed,
    open_test,
)
from milepost.workflows.year import Occasion

SHOWN = 8
WHAT = {
    "rating": "rate it by its anchors, with an example",
    "test": "take the adaptive test of its area",
    "task": "do a graded task",
    "artefact": "have an artefact looked at with a rubric",
    "peer": "ask a colleague for a level",
}
LONGEST_ITEM_SECONDS = 3600.0
"""Longer than this and the person was away."""


@click.command(epilog="Example: milepost assess me.yaml --skill rag")
@person_argument
@click.option("--skill", metavar="SKILL", help="The skill or area that the test is about.")
@click.option("--next", "only_next", is_flag=True, help="Only say which assessment is worth most a minute.")
@click.option("--list", "listed", is_flag=True, help="Only say which assessments could change the focus.")
@click.option("--areas", is_flag=True, help="List the areas with the number of items of each.")
@click.option(
    "--calibration",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Item parameters that `milepost calibrate` wrote.",
)
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    skill: str | None,
    only_next: bool,
    listed: bool,
    areas: bool,
    calibration: Path | None,
    as_json: bool,
) -> int:
    """Take an adaptive test, or say which assessment could change your focus.

    A test asks at most fifteen questions, keeps every answer at once, and goes on where it was
    stopped. Its result enters your levels with its uncertainty.
    """
    at = occasion(workspace)
    if areas:
        return _show_areas(as_json=as_json)
    if only_next or listed or as_json:
        return _suggest(person, skill, at, only_next=only_next, as_json=as_json)
    calibrated = read_calibration(calibration) if calibration else None
    area = find_area(skill, load_catalogue()) if skill else best_area(at.load(person).loaded.person, at=at)
    test = open_test(person, area, at=at, calibrated=calibrated)
    return _sit(person, test, at, calibrated=calibrated)


def _show_areas(*, as_json: bool) -> int:
    catalogue = load_catalogue()
    counts = count_items(catalogue)
    if as_json:
        print_json([{"area": area, "items": count} for area, count in counts.items()])
        return 0
    table = plain_table("Area", "", ">Items")
    for area, count in counts.items():
        table.add_row(area, catalogue.tree.areas[area].name, str(count))
    console().print(table)
    return 0


def _suggest(person: str, skill: str | None, at: Occasion, *, only_next: bool, as_json: bool) -> int:
    loaded = at.load(person).loaded
    found = [each for each in suggest_assessments(loaded.person, at=at, skill=skill) if each.evsi > 0]
    shown = found[: 1 if only_next else SHOWN]
    if as_json:
        rows = [
            {
                "skill": each.skill,
                "instrument": each.instrument,
                "minutes": each.minutes,
                "evsi": round(each.evsi, 4),
                "evsi_per_minute": round(each.evsi_per_minute, 4),
                "decision": each.decision,
            }
            for each in shown
        ]
        print_json((rows[0] if rows else None) if only_next else rows)
        return 0
    if not shown:
        click.echo("Nothing that could be assessed would change the focus.")
        return 0
    names = {each.id: each.name for each in load_catalogue().tree.skills.values()}
    table = plain_table("Skill", "How", ">Minutes", ">Points a minute")
    for each in shown:
        table.add_row(
            names.get(each.skill, each.skill),
            WHAT[each.instrument],
            f"{each.minutes:g}",
            f"{each.evsi_per_minute:.3f}",
        )
    console().print(table)
    click.echo(f"The first could decide {shown[0].decision}.")
    return 0


def _sit(person: str, test: Test, at: Occasion, *, calibrated: Calibrated | None) -> int:
    """Ask until it is enough or the person stops; every answer is kept before the next is asked."""
    name = load_catalogue().tree.areas[test.sitting.area].name
    if test.answered:
        click.echo(f"{name}: going on after {test.answered} answers of {test.sitting.date}.")
    else:
        say(
            f"{name}: at most 15 questions, about a minute each. Every answer is kept; q stops, and you can go on later."
        )
    while not test.finished:
        item = test.next_item
        assert item is not None
        answer = _ask(item, test.answered + 1)
        if answer is None:
            say(
                f"Stopped; {test.answered} answers are kept. `milepost assess {person} --skill {test.sitting.area}` goes on."
            )
            return 0
        test = keep_answer(test, answer, at=at, calibrated=calibrated)
        _explain(item, answer)
    measured = finish_test(test, at=at)
    _show_result(measured, name)
    if test.missed and click.confirm(
        f"\nKeep the {len(test.missed)} missed ones as cards?", default=True, err=True
    ):
        click.echo(
            f"{len(keep_missed(person, test.missed, at=at))} cards made; `milepost cards {person}` asks them."
        )
    return 0


def _ask(item: Item, number: int) -> Answer | None:
    """One question with its answer and the seconds it took without pauses; None when the person stops."""
    _show_item(item, number)
    spent, began, note = 0.0, time.monotonic(), ""
    choices = [str(place) for place in range(1, len(item.options) + 1)]
    while True:
        said = click.prompt(
            f"1–{len(item.options)}, 0 I do not know, p pause, n note, q stop",
            type=click.Choice([*choices, "0", "p", "n", "q"]),
            show_choices=False,
            err=True,
        )
        if said == "q":
            return None
        if said == "n":
            note = str(click.prompt("Note on this question", default="", show_default=False, err=True))
        elif said == "p":
            spent += time.monotonic() - began
            click.prompt(
                "Paused; the clock stands still. Enter goes on", default="", show_default=False, err=True
            )
            began = time.monotonic()
        else:
            spent += time.monotonic() - began
            option = int(said) - 1 if said != "0" else None
            return Answer(item.id, option, min(spent, LONGEST_ITEM_SECONDS), note)


def _show_item(item: Item, number: int) -> None:
    click.echo()
    say(item.question, first=f"{number}. ", rest="   ")
    if item.code:
        click.echo()
        for line in item.code.splitlines():
            click.echo(f"     {line}")
    click.echo()
    for place, option in enumerate(item.options, start=1):
        say(option.text, first=f"   {place}  ", rest="      ")


def _explain(item: Item, answer: Answer) -> None:
    if answer.option == item.key:
        say("Right.", first="   ")
    else:
        say(f"The answer is {item.key + 1}: {item.options[item.key].text}", first="   ")
        if answer.option is not None:
            say(f"Yours: {item.options[answer.option].misconception}.", first="   ")
    say(item.explanation, first="   ")
    read = f"{item.read.name}, {item.read.url}" if item.read.url else item.read.name
    say(f"Read on: {read}", first="   ")


def _show_result(measured: Measured, name: str) -> None:
    click.echo()
    say(
        f"{name}: {measured.right} of {measured.items} right in {measured.minutes:.0f} minutes. This test alone says level "
        f"{measured.level:.1f}, between {measured.low:.1f} and {measured.high:.1f} with 90 %."
    )
    say(
        f"Ability {measured.theta:+.2f}, standard error {measured.standard_error:.2f}. The questions are not calibrated on "
        "people yet: their difficulty is the authors' word, taken with caution, which is why the interval is wide."
    )
    say("It is entered as one piece of evidence; `milepost levels PERSON` shows what follows.")
