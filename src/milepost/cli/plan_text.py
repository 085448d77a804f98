"""A plan as text that fits 80 columns."""

import datetime as dt

from rich.console import Console
from rich.padding import Padding

from milepost.cli.terminal import console
from milepost.model.plans import Infeasible, Plan, PlannedActivity, Quarter

SHORT_LIST = 5


def day(value: dt.date) -> str:
    """A day as people read it: 30 Nov 2026."""
    return f"{value.day} {value:%b %Y}"


def print_plan(plan: Plan, *, everything: bool = False, out: Console | None = None) -> None:
    """Quarters with their activities and milestones, what was left out, and the finish."""
    out = out or console()
    out.print(f"[bold]{plan.person} → {plan.role} ({plan.route})[/bold]", soft_wrap=False)
    out.print(
        f"{day(plan.start)}, {plan.weeks} weeks · {plan.planned_hours:.0f} h planned of {plan.stated_hours:.0f} h stated "
        f"(at most {plan.capacity_hours:.0f})"
    )
    gap = (plan.bound - plan.objective) / plan.objective if plan.objective else 0.0
    out.print(
        f"Value {plan.objective:.2f} (greedy {plan.greedy:.2f}, proven bound {plan.bound:.2f}: "
        f"at most {gap:.1%} better is possible)"
    )
    for quarter in plan.quarters:
        _print_quarter(quarter, out)
    out.print()
    out.print(
        f"[bold]Finished[/bold] in half of the simulated years by {day(plan.finish.p50)}, in 80 % by {day(plan.finish.p80)}, in 95 % by {day(plan.finish.p95)}."
    )
    for note in plan.notes:
        out.print(note)
    _print_left_out(plan, out, everything=everything)


def _print_quarter(quarter: Quarter, out: Console) -> None:
    out.print()
    out.rule(f"[bold]Quarter {quarter.number}: {quarter.theme}[/bold]", align="left", characters="─")
    out.print(
        f"{day(quarter.start)} – {day(quarter.end)} · {quarter.hours:.0f} of {quarter.capacity_hours:.0f} h"
    )
    for activity in quarter.activities:
        _print_activity(activity, out)
    if quarter.milestone is not None:
        out.print(f"[bold]Milestone: {quarter.milestone.title}[/bold]")
        indent(out, f"Evidence: {'; '.join(quarter.milestone.evidence)}")
        indent(out, quarter.milestone.if_then)


def _print_activity(activity: PlannedActivity, out: Console) -> None:
    public = " · public" if activity.public else ""
    weeks = (
        f"week {activity.start_week}"
        if activity.start_week == activity.end_week
        else f"weeks {activity.start_week}–{activity.end_week}"
    )
    out.print(f"• {activity.title}")
    indent(
        out,
        f"{weeks} · {activity.hours:g} h, {activity.hours_per_week:g} a week · {activity.kind}{public}",
        style="dim",
    )
    indent(out, activity.why, style="dim")


def indent(out: Console, text: str, *, style: str = "") -> None:
    """Text under a bullet."""
    out.print(Padding(text, (0, 0, 0, 2)), style=style or None)


def _print_left_out(plan: Plan, out: Console, *, everything: bool) -> None:
    if not plan.left_out:
        return
    shown = plan.left_out if everything else plan.left_out[:SHORT_LIST]
    out.print()
    out.print(f"[bold]Left out[/bold] ({len(plan.left_out)} candidates; the most valuable first)")
    titles = {activity.id: activity.title for activity in plan.activities}
    for row in shown:
        out.print(f"• {row.title}")
        place = f"; in its place: {titles[row.displaced_by]}" if row.displaced_by in titles else ""
        indent(out, f"{row.reason}{place}", style="dim")
    if len(shown) < len(plan.left_out):
        out.print("  … all of them: --left-out")


def print_infeasible(answer: Infeasible, *, out: Console | None = None) -> None:
    """Why nothing fits and the smallest changes that would help."""
    out = out or console()
    out.print(f"[bold]No plan fits for {answer.person} → {answer.role}.[/bold]")
    out.print(f"{day(answer.start)}, {answer.weeks} weeks, {answer.capacity_hours:.0f} plan hours.")
    for reason in answer.because:
        out.print(f"• {reason}")
    if answer.relax:
        out.print("[bold]What would help[/bold]")
        for change in answer.relax:
            out.print(f"• {change.message}")
    for row in answer.left_out:
        out.print(f"Left out: {row.title}: {row.reason}")
