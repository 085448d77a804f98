"""``milepost levels PERSON``"""

import click
from rich.table import Table

from milepost.assessment.own_ratings import OwnRatings
from milepost.cli.terminal import console, json_option, now, person_argument, plain_table, print_json, today
from milepost.cli.year_text import occasion
from milepost.files.content import load_catalogue
from milepost.model.activities import Catalogue
from milepost.model.levels import Levels, SkillLevel
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import EvidenceKind
from milepost.publish.schema import levels_document
from milepost.workflows.assess import check_own_ratings
from milepost.workflows.people import load_person
from milepost.workflows.roadmap import make_levels


@click.command(epilog="Example: milepost levels me.yaml")
@person_argument
@click.option("--all", "everything", is_flag=True, help="Also skills that nothing in the file speaks of.")
@json_option
@click.pass_obj
def command(workspace: str | None, person: str, everything: bool, as_json: bool) -> None:
    """Show levels: claimed, shown by artefacts, and estimated with a 90 % interval.

    0 none · 1 aware · 2 assisted · 3 independent · 4 fluent · 5 authority. The estimate
    drives gaps and plans; what you claimed is never overwritten.
    """
    loaded = load_person(person, workspace=workspace, now=now)
    levels = make_levels(loaded.person, today=today())
    if as_json:
        print_json(levels_document(levels))
        return
    catalogue = extend_catalogue(load_catalogue(), loaded.person)
    out = console()
    out.print(levels_table(levels, catalogue, everything=everything))
    for level in _noted(levels):
        note = "; ".join(text for text in (level.conflict, level.flag) if text)
        out.print(f"{level.skill}: {note}", style="yellow", soft_wrap=False)
        if level.conflict:
            out.print(f"  {_way_out(level)}", soft_wrap=False)
    if any(level.flag for level in levels.skills.values()):
        out.print("An artefact that others use or reviewed shows a level; `milepost done` records one.")
    for own in check_own_ratings(loaded.person, at=occasion(workspace)):
        out.print(_own_words(own, catalogue), soft_wrap=False)


def _noted(levels: Levels) -> list[SkillLevel]:
    return [level for level in levels.skills.values() if level.conflict or level.flag]


def _way_out(level: SkillLevel) -> str:
    """What would settle a conflict."""
    kinds = {piece.kind for piece in level.evidence}
    if EvidenceKind.TEST not in kinds:
        return f"A test would weigh most: `milepost assess PERSON --skill {level.skill}`."
    if EvidenceKind.TASK not in kinds:
        return f"A graded task would settle it: `milepost task --list --skill {level.skill}`."
    return (
        "Ask somebody who has seen the work, or look at the older piece again: `milepost ask` makes a form."
    )


def _own_words(own: OwnRatings, catalogue: Catalogue) -> str:
    where = f"in {catalogue.tree.areas[own.area].name}" if own.area else "over all skills"
    if not own.clear:
        return (
            f"Your ratings {where} agree with what tests, work and others say: {own.bias:+.1f} levels on average "
            f"({own.low:+.1f} to {own.high:+.1f}), from {own.pairs} checks."
        )
    way = "high" if own.bias > 0 else "low"
    return (
        f"You rate yourself {abs(own.bias):.1f} {way} on average {where} ({own.low:+.1f} to {own.high:+.1f}), from "
        f"{own.pairs} checks. The estimate allows for it."
    )


def levels_table(levels: Levels, catalogue: Catalogue, *, everything: bool = False) -> Table:
    """Skills by area, those with evidence first; a bar shows the interval on the scale 0–5."""
    table = plain_table("Skill", ">Claimed", ">Shown", ">Level", "90 %", "0 1 2 3 4 5")
    for level in _in_order(levels, catalogue):
        if not (level.evidence or everything):
            continue
        table.add_row(
            catalogue.tree.skills[level.skill].name,
            _number(level.claimed),
            _number(level.evidenced),
            f"{level.mean:.1f}",
            f"{level.low:.1f}–{level.high:.1f}",
            interval_bar(level.low, level.mean, level.high),
        )
    return table


def _in_order(levels: Levels, catalogue: Catalogue) -> list[SkillLevel]:
    skills = catalogue.tree.skills
    return sorted(
        levels.skills.values(), key=lambda level: (skills[level.skill].area, -level.mean, level.skill)
    )


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:g}"


def interval_bar(low: float, mean: float, high: float) -> str:
    """The scale 0–5 in eleven characters: ``·`` outside, ``─`` inside the interval, ``●`` the mean."""
    marks = ["─" if low - 0.25 <= step / 2 <= high + 0.25 else "·" for step in range(11)]
    marks[round(mean * 2)] = "●"
    return "".join(marks)
