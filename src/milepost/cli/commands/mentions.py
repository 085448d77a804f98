"""``milepost mentions ADS…``"""

import json
from dataclasses import asdict
from pathlib import Path

import click

from milepost.cli.terminal import console, json_option, now, plain_table, progress
from milepost.workflows.mentions import AdSkills, MentionsFound, find_mentions
from milepost.workflows.people import load_person

SHOWN_UNKNOWN = 12


@click.command(epilog="Example: milepost mentions ads/ --person me.yaml")
@click.argument(
    "ads", nargs=-1, required=True, metavar="ADS...", type=click.Path(path_type=Path, exists=True)
)
@click.option("--person", metavar="PERSON", help="Also find the own skills of this person.")
@json_option
@click.pass_obj
def command(workspace: str | None, ads: tuple[Path, ...], person: str | None, as_json: bool) -> None:
    """Show which skills advertisements name, where, and how they ask for them.

    must and duty are asked of the candidate, nice would be welcome, context is only
    said: products, customers, what is not needed. With --json one line an
    advertisement.
    """
    loaded = load_person(person, workspace=workspace, now=now) if person else None
    with progress("Reading the advertisements"):
        found = find_mentions(ads, person=loaded.person if loaded else None)
    for bad in found.read.rejected:
        click.echo(f"{bad.path}{f', row {bad.row}' if bad.row else ''}: left out, {bad.reason}", err=True)
    if found.read.folded:
        click.echo(f"{found.read.folded} of {found.read.read} repeat another and were left out.", err=True)
    if as_json:
        for each in found.ads:
            click.echo(json.dumps(asdict(each), ensure_ascii=True))
    else:
        _print(found, person=person)


def _print(found: MentionsFound, *, person: str | None) -> None:
    out = console()
    for each in found.ads:
        out.print(f"[bold]{_escaped(_heading(each))}[/bold]")
        if not each.skills:
            out.print("  names no skill that Milepost knows\n")
            continue
        table = plain_table("Skill", "Asked", "Section", "In the words")
        for skill in each.skills:
            table.add_row(_escaped(skill.name), skill.asked, skill.section, _escaped(skill.surface))
        out.print(table)
        out.print()
    if found.unknown:
        out.print("Unknown names beside known skills:")
        for term in found.unknown[:SHOWN_UNKNOWN]:
            count = f"in {term.ads} of your ads" if term.ads > 1 else "in one of your ads"
            out.print(f"  {count}: {_escaped(term.term)} (beside {_escaped(', '.join(term.neighbours[:3]))})")
        first = found.unknown[0].term
        shown = f'"{first}"' if " " in first else first
        out.print(
            f"Make one yours: milepost add-skill {person or 'PERSON'} {shown} --area AREA", soft_wrap=True
        )


def _heading(each: AdSkills) -> str:
    return ", ".join(part for part in (each.title or each.ad, each.company, each.date) if part)


def _escaped(text: str) -> str:
    return text.replace("[", r"\[")
