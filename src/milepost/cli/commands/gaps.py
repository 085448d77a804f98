"""``milepost gaps PERSON``"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from difflib import get_close_matches
from pathlib import Path

import click
from rich.table import Table

from milepost.cli.market_text import ads_option, read_own_market
from milepost.cli.plan_text import indent
from milepost.cli.terminal import (
    console,
    json_option,
    now,
    person_argument,
    plain_table,
    print_json,
    role_or_file_option,
    seed_option,
    today,
)
from milepost.errors import UnknownName
from milepost.files.content import load_catalogue
from milepost.gaps import Reason, explain_gap
from milepost.model.gaps import Gap, GapReport, TShape
from milepost.model.people import Person
from milepost.publish.schema import gaps_document
from milepost.workflows.market import Market, held_shares, unlocks_of
from milepost.workflows.people import load_person
from milepost.workflows.roadmap import make_gaps, make_levels


@click.command(epilog="Example: milepost gaps me.yaml --why rag")
@person_argument
@role_or_file_option
@click.option("--why", "skill", metavar="SKILL", help="Open every number of one skill.")
@ads_option
@seed_option
@json_option
@click.pass_obj
def command(
    workspace: str | None,
    person: str,
    role: str | Path | None,
    skill: str | None,
    ads: tuple[Path, ...],
    seed: int,
    as_json: bool,
) -> None:
    """Rank gaps by priority = severity × impact and show the focus of 3–5.

    Severity is the gap to the role's target, impact how strongly the role's
    advertisements ask for the skill: your own, where there are any, else the shipped pack.
    """
    loaded = load_person(person, workspace=workspace, now=now)
    market = read_own_market(loaded, ads)
    own = market.demand if market else None
    report = make_gaps(loaded.person, today=today(), role=role, seed=seed, own=own)
    if skill is not None:
        _print_why(_reasons(report, skill, person=loaded.person), skill=skill, as_json=as_json)
        return
    opened = _unlocks(market, report, loaded.person) if market else Opened()
    if as_json:
        print_json(gaps_document(report, unlocks=opened.alone if market else None))
        return
    print_gaps(report)
    if market is not None:
        _print_own(market, report, opened)


@dataclass(frozen=True)
class Opened:
    """How many more of the ads each skill opens alone, and the set that opens most."""

    alone: Mapping[str, float] = field(default_factory=dict)
    together: tuple[tuple[str, float], ...] = ()


def _unlocks(market: Market, report: GapReport, person: Person) -> Opened:
    levels = make_levels(person, today=today())
    return Opened(*unlocks_of(market, held_shares(levels, report)))


def _print_own(market: Market, report: GapReport, opened: Opened) -> None:
    """What the person's own advertisements add: what opens most of them, and what the role does not know."""
    names = {skill.id: skill.name for skill in load_catalogue().tree.skills.values()}
    pack = market.demand
    click.echo(f"\nImpact is measured on your {pack.ads} ads of {pack.companies} companies.")
    if opened.together:
        steps = ", ".join(f"{names.get(skill, skill)} +{value:.0%}" for skill, value in opened.together)
        click.echo(f"What would open more of them, one after the other: {steps}.")
        first = opened.together[0][0]
        if first not in report.focus:
            click.echo(
                f"{names.get(first, first)} opens most but is not in the focus: its gap or its impact is smaller."
            )
    targets = {gap.skill for gap in report.gaps}
    extra = [s for s, found in sorted(pack.skills.items(), key=lambda each: -each[1].ads) if s not in targets]
    for skill in extra[:5]:
        found = pack.skills[skill]
        if found.ads >= max(2, 0.2 * pack.ads):
            click.echo(
                f"Asked in {found.ads} of your {pack.ads} ads, not among the role's targets: {names.get(skill, skill)}."
            )


def _reasons(report: GapReport, skill: str, *, person: Person) -> tuple[Reason, ...]:
    ranked = [gap.skill for gap in report.gaps]
    if skill not in ranked:
        raise UnknownName("skill of this role", skill, nearest=get_close_matches(skill, ranked) or ranked[:3])
    return explain_gap(report, make_levels(person, today=today()), skill)


def _print_why(reasons: tuple[Reason, ...], *, skill: str, as_json: bool) -> None:
    if as_json:
        print_json({"skill": skill, "reasons": [asdict(reason) for reason in reasons]})
        return
    out = console()
    out.print(f"[bold]{load_catalogue().tree.skills[skill].name}[/bold]")
    for reason in reasons:
        value = f" [bold]{reason.value}[/bold]" if reason.value else ""
        out.print(f"{reason.name}{value}")
        indent(out, f"{reason.formula} ({reason.basis})", style="dim")


def print_gaps(report: GapReport) -> None:
    """The T in words, the ranked gaps, the focus, and what is closed."""
    out = console()
    out.print(t_shape_lines(report.t_shape))
    out.print()
    out.print(gaps_table(report))
    closed = [gap.name for gap in report.gaps if not gap.severity]
    if closed:
        out.print(f"Closed already: {', '.join(closed)}.")
    out.print()
    out.print(f"Focus: {', '.join(name_of(report, skill) for skill in report.focus)}.")
    if report.focus_note:
        out.print(report.focus_note + ".")
    close = [gap.name for gap in report.gaps if gap.in_focus and gap.stability < 0.6]
    if close:
        out.print(f"Close call (in the focus in under 60 % of 1,000 draws): {', '.join(close)}.")
    for note in {gap.impact.note for gap in report.gaps if gap.in_focus and gap.impact.note}:
        out.print(f"Note: {note}.")
    out.print(f"Every number opens: milepost gaps … --why {report.focus[0] if report.focus else 'SKILL'}")


def name_of(report: GapReport, skill: str) -> str:
    """The name of a ranked skill."""
    return next(gap.name for gap in report.gaps if gap.skill == skill)


def t_shape_lines(shape: TShape) -> Table:
    """Each area with its level against its target, the weakest marked."""
    table = plain_table(
        "Area",
        ">Level",
        ">Target",
        "90 %",
        "",
        title=f"Shape: {shape.shape}; breadth {shape.breadth:.2f}, depth {shape.depth:.2f}, index {shape.index:.2f}",
    )
    for area in shape.areas:
        mark = "weakest" if area.area == shape.weakest else ("specialisation" if area.specialisation else "")
        table.add_row(
            area.name, f"{area.level:.1f}", f"{area.target:g}", f"{area.low:.1f}–{area.high:.1f}", mark
        )
    return table


def gaps_table(report: GapReport) -> Table:
    """Open gaps in the order of their rank; focus rows carry a mark."""
    table = plain_table(">#", "", "Skill", ">Level→target", ">Sev×imp", ">Priority", ">Stable", ">Hours")
    for gap in report.gaps:
        if gap.severity:
            table.add_row(*_cells(gap))
    return table


def _cells(gap: Gap) -> tuple[str, ...]:
    return (
        str(gap.rank),
        "●" if gap.in_focus else " ",
        gap.name,
        f"{gap.mean:.1f}→{gap.target:g}",
        f"{gap.severity}×{gap.impact.score}",
        str(gap.priority),
        f"{gap.stability:.0%}",
        f"{gap.hours:.0f}",
    )
