"""``milepost list roles|skills|activities``"""

import click

from milepost.cli.terminal import console, json_option, plain_table, print_json
from milepost.files.content import load_catalogue
from milepost.model.activities import Catalogue


def roles(catalogue: Catalogue) -> list[dict[str, object]]:
    """Every role with its seniority and the size of its demand pack."""
    return [
        {
            "id": role.id,
            "name": role.name,
            "seniority": role.seniority.value,
            "ads": role.pack.ads if role.pack else 0,
        }
        for role in catalogue.roles.values()
    ]


def skills(catalogue: Catalogue) -> list[dict[str, object]]:
    """Every skill with its area."""
    return [{"id": s.id, "name": s.name, "area": s.area} for s in catalogue.tree.skills.values()]


def activities(catalogue: Catalogue) -> list[dict[str, object]]:
    """Every activity with its kind and its median hours."""
    return [
        {"id": a.id, "title": a.title, "kind": a.kind.value, "hours": a.hours.p50}
        for a in catalogue.activities.values()
    ]


LISTS = {"roles": roles, "skills": skills, "activities": activities}


@click.command("list", epilog="Example: milepost list roles")
@click.argument("what", type=click.Choice([*LISTS]))
@json_option
def command(what: str, as_json: bool) -> None:
    """List the roles, skills or activities that Milepost knows."""
    rows = LISTS[what](load_catalogue())
    if as_json:
        print_json({what: rows})
        return
    shown = plain_table(*(key.capitalize() for key in rows[0]))
    for row in rows:
        shown.add_row(*(f"{value:g}" if isinstance(value, float) else str(value) for value in row.values()))
    console().print(shown)
