"""``milepost assess PERSON``"""

import click

from milepost.cli.terminal import console, json_option, person_argument, plain_table, print_json
from milepost.cli.year_text import occasion
from milepost.files.content import load_catalogue
from milepost.workflows.assess import suggest_assessments

SHOWN = 8
WHAT = {
    "rating": "rate it by its anchors, with an example",
    "test": "take a test and enter mean and variance",
    "task": "do a graded task",
    "artefact": "have an artefact looked at with a rubric",
    "peer": "ask a colleague for a level",
}


@click.command(epilog="Example: milepost assess me.yaml --next")
@person_argument
@click.option("--skill", metavar="SKILL", help="Only this skill.")
@click.option("--next", "only_next", is_flag=True, help="Only the one that is worth most a minute.")
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, skill: str | None, only_next: bool, as_json: bool) -> int:
    """Say which assessment could change your focus, by value a minute.

    The value is that of sample information: how much better the focus would be, on average, if
    that one thing were known better.
    """
    at = occasion(workspace)
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
