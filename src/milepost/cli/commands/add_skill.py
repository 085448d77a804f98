"""``milepost add-skill PERSON NAME``"""

import click

from milepost.cli.terminal import json_option, now, person_argument, print_json, today
from milepost.model.skills import Durability
from milepost.workflows.own_skills import OwnSkill, add_own_skill
from milepost.workflows.year import Occasion


@click.command(epilog="Example: milepost add-skill me.yaml Valkey --area ml-data-engineering")
@person_argument
@click.argument("name")
@click.option("--area", required=True, metavar="AREA", help="The area it belongs to, such as ml-platform.")
@click.option("--alias", "aliases", multiple=True, metavar="TEXT", help="Another name in advertisements.")
@click.option(
    "--kind",
    type=click.Choice([kind.value for kind in Durability]),
    help="How long such a skill keeps its demand (default: framework).",
)
@click.option("--counts-for", metavar="SKILL", default="", help="The concept that it is a tool for.")
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    name: str,
    area: str,
    aliases: tuple[str, ...],
    kind: str | None,
    counts_for: str,
    as_json: bool,
) -> None:
    """Add a skill that Milepost does not know to a person's own.

    It then counts everywhere for this person: it can be rated, and it is found in
    their advertisements.
    """
    skill = OwnSkill(name, area, aliases, kind or "", counts_for)
    id_ = add_own_skill(person, skill, at=Occasion(workspace, now, today()))
    if as_json:
        print_json({"person": person, "id": id_, "name": name, "area": area})
        return
    click.echo(f"Added {name} as {id_} to the own skills of {person}.")
    click.echo(f"Rate it under `ratings:` as `{id_}: 2`; `milepost undo {person}` takes it back.")
