"""The year in the terminal: the occasion of a verb, the agenda, progress, a replan."""

import click

from milepost.cli.terminal import console, now, plain_table, today
from milepost.model.agenda import Agenda, Task
from milepost.model.progress import Progress
from milepost.model.replans import Change, Replan
from milepost.workflows.year import Occasion, Standing

KINDS = {
    "before": "before the start",
    "review": "review week",
    "away": "away",
    "paused": "paused",
    "after": "after the end",
}
BAR_WIDTH = 40
MOST_CHANGES = 12


def occasion(workspace: str | None) -> Occasion:
    """Where the person is kept and when this happens, for a verb that reads or writes the year."""
    return Occasion(workspace, now, today())


def print_agenda(agenda: Agenda) -> None:
    """The day on one screen."""
    _print_head(agenda)
    for task in agenda.tasks:
        _print_task(task)
    if agenda.cards_due:
        minutes = f"about {max(1, round(agenda.card_minutes))} minutes"
        click.echo(f"\nCards: {agenda.cards_due} due, {minutes}: `milepost cards PERSON`.")
    if agenda.checkin_due:
        click.echo("\nThe check-in of this week is due: five questions, five minutes.")
    if agenda.milestone:
        click.echo(f"\nMilestone, due {agenda.milestone_due}: {agenda.milestone}")
        click.echo(f"  {agenda.if_then}")
    if agenda.kind in ("work", "review"):
        click.echo(f"\nMilepost itself: {agenda.overhead_minutes:.0f} minutes this week (check-in and log).")


def _print_head(agenda: Agenda) -> None:
    head = f"{agenda.person}, {agenda.as_of:%A %d %B %Y}"
    if agenda.weeks:
        head += f": week {agenda.week} of {agenda.weeks}, quarter {agenda.quarter}"
    if agenda.kind in KINDS:
        head += f" ({KINDS[agenda.kind]})"
    click.echo(head)
    for note in agenda.notes:
        click.echo(note)


def _print_task(task: Task) -> None:
    state = "late" if task.late else "started" if task.started else "to start"
    click.echo(f"\n• {task.title}")
    click.echo(
        f"  {task.activity} · {state} · {task.hours_this_week:.1f} h this week, {task.hours_left:.1f} h left, to {task.end}"
    )
    click.echo(f"  Goal: {task.goal}")
    click.echo(f"  Feedback: {task.feedback}")
    for line in task.advice:
        click.echo(f"  → {line}")


def print_standing(standing: Standing) -> None:
    """One or two lines on where the year stands."""
    progress, finish = standing.progress, standing.finish
    if progress is None or finish is None:
        click.echo("No plan is accepted yet, so there is nothing to measure against.")
        return
    click.echo(
        f"{progress.status.capitalize()}: {progress.earned_value:.0f} of {progress.planned_value:.0f} hours planned by "
        f"today are closed by evidence; finish {finish.p50} (half) to {finish.p80} (80 %)."
    )


def print_progress(standing: Standing) -> None:
    """Everything about the progress, each number with how it came about."""
    progress, finish = standing.progress, standing.finish
    if progress is None or finish is None:
        click.echo(
            "No plan is accepted yet. `milepost plan PERSON --accept` keeps one; then progress can be measured."
        )
        return
    _print_bars(progress)
    spi = "–" if progress.spi_t is None else f"{progress.spi_t:.2f}"
    rows = [
        ("Status", progress.status, "SPI(t): from .9 on track, from .7 slipping"),
        (
            "SPI(t)",
            spi,
            f"{progress.earned_schedule_weeks:.1f} weeks earned / {progress.actual_weeks:.1f} weeks gone",
        ),
        ("Planned value", f"{progress.planned_value:.1f} h", "hours planned by today"),
        ("Earned value", f"{progress.earned_value:.1f} h", "of activities closed by evidence"),
        ("Waived", f"{progress.waived:.1f} h", "closed without evidence: earns nothing"),
        ("Worked", f"{progress.actual_hours:.1f} h", "a week: the larger of check-ins and sessions"),
        ("Effective", f"{progress.effective_hours:.1f} h", "sessions × quality of practice; a report only"),
        ("On plan", _share(progress.on_plan_ratio), "of logged session hours"),
        ("Public artefacts", str(progress.public_artefacts), "one a quarter is the aim"),
        (
            "Finish, half",
            finish.p50.isoformat(),
            f"{finish.runs} simulated rests of the year, seed {finish.seed}",
        ),
        ("Finish, 80 %", finish.p80.isoformat(), f"pace {progress.pace.factor:.2f} × planned hours"),
        ("Finish, 95 %", finish.p95.isoformat(), f"{progress.pace.missed_week:.0%} of weeks missed"),
    ]
    table = plain_table("What", ">Value", "From")
    for row in rows:
        table.add_row(*row)
    console().print(table)
    _print_milestones(progress)
    if progress.distraction_ratio is not None and progress.distraction_ratio > 0.2:
        click.echo(f"{progress.distraction_ratio:.0%} of the logged hours went to things off the plan.")


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.0%}"


def _print_bars(progress: Progress) -> None:
    budget = max(progress.budget, progress.planned_value, progress.earned_value, 1e-9)
    for name, value in (("planned", progress.planned_value), ("earned", progress.earned_value)):
        full = round(BAR_WIDTH * value / budget)
        click.echo(f"{name:8} {'█' * full}{'·' * (BAR_WIDTH - full)} {value:.0f} of {progress.budget:.0f} h")


def _print_milestones(progress: Progress) -> None:
    for what, quarters in (
        ("accepted", progress.milestones_accepted),
        ("waived, which stays visible", progress.milestones_waived),
        ("due and missing", progress.milestones_missing),
    ):
        if quarters:
            click.echo(f"Milestones {what}: quarter {', '.join(map(str, quarters))}")


def print_replan(found: Replan) -> None:
    """What moved, what was dropped, what came in, and why; the plan itself is one command away."""
    click.echo(
        f"{found.unchanged_share:.0%} of the activity-weeks still to come stay where they were; "
        f"staying close costs at most {found.lost_share:.1%} of what is still to come."
    )
    for title, changes in (("Moved", found.moved), ("Dropped", found.dropped), ("Added", found.added)):
        if changes:
            click.echo(f"\n{title}:")
        for change in changes[:MOST_CHANGES]:
            click.echo(f"• {change.title}  [{_weeks(change)}]")
            click.echo(f"  {change.reason}")
        if len(changes) > MOST_CHANGES:
            click.echo(f"  and {len(changes) - MOST_CHANGES} more; --json lists all")
    if not found.changed:
        click.echo("Nothing has to change.")
    finish = found.plan.finish
    click.echo(f"\nFinish: half of the simulated years by {finish.p50}, 80 % by {finish.p80}.")


def _weeks(change: Change) -> str:
    old = f"weeks {change.old_weeks[0]}–{change.old_weeks[1]}" if change.old_weeks else ""
    new = f"weeks {change.new_weeks[0]}–{change.new_weeks[1]}" if change.new_weeks else ""
    return " → ".join(each for each in (old, new) if each)
