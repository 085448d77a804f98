"""The year in the terminal: the occasion of a verb, the agenda, progress, a replan."""

import textwrap
from collections.abc import Sequence

import click

from milepost.cli.terminal import NARROW, console, now, plain_table, today
from milepost.model.agenda import Agenda, Task
from milepost.model.plans import Finish
from milepost.model.progress import Progress
from milepost.model.replans import Change, Replan
from milepost.publish.progress_page import Row, progress_rows
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
    names = _names() if agenda.refresh else {}
    for fading in agenda.refresh:
        click.echo()
        say(
            f"Refresh {names.get(fading.skill, fading.skill)}: {fading.before:.1f} when it was in use, {fading.now:.1f} now. One session on it, "
            f"then show it again: `milepost assess PERSON --skill {fading.skill}`.",
            first="• ",
        )
    if agenda.cards_due:
        minutes = f"about {max(1, round(agenda.card_minutes))} minutes"
        click.echo(f"\nCards: {agenda.cards_due} due, {minutes}: `milepost cards PERSON`.")
    if agenda.checkin_due:
        click.echo("\nThe check-in of this week is due: five questions, five minutes.")
    if agenda.milestone:
        click.echo()
        say(f"Milestone, due {agenda.milestone_due}: {agenda.milestone}")
        say(agenda.if_then, first="  ")
    if agenda.kind in ("work", "review"):
        click.echo(f"\nMilepost itself: {agenda.overhead_minutes:.0f} minutes this week (check-in and log).")


def _names() -> dict[str, str]:
    from milepost.files.content import load_catalogue

    return {skill.id: skill.name for skill in load_catalogue().tree.skills.values()}


def say(words: str, *, first: str = "", rest: str = "") -> None:
    """A sentence within the width of a terminal; ``first`` and ``rest`` lead its lines."""
    click.echo(
        textwrap.fill(
            words,
            NARROW,
            initial_indent=first,
            subsequent_indent=rest or " " * len(first),
            break_on_hyphens=False,
            break_long_words=False,
        )
    )


def _print_head(agenda: Agenda) -> None:
    head = f"{agenda.person}, {agenda.as_of:%A %d %B %Y}"
    if agenda.weeks:
        head += f": week {agenda.week} of {agenda.weeks}, quarter {agenda.quarter}"
    if agenda.kind in KINDS:
        head += f" ({KINDS[agenda.kind]})"
    say(head)
    for note in agenda.notes:
        say(note)


def _print_task(task: Task) -> None:
    state = "late" if task.late else "started" if task.started else "to start"
    click.echo()
    say(task.title, first="• ")
    say(
        f"{task.activity} · {state} · {task.hours_this_week:.1f} h this week, {task.hours_left:.1f} h left, to {task.end}",
        first="  ",
    )
    say(f"Goal: {task.goal}", first="  ")
    say(f"Feedback: {task.feedback}", first="  ")
    for line in task.advice:
        say(line, first="  → ")


def print_standing(standing: Standing) -> None:
    """One or two lines on where the year stands."""
    progress, finish = standing.progress, standing.finish
    if progress is None or finish is None:
        click.echo("No plan is accepted yet, so there is nothing to measure against.")
        return
    say(
        f"{progress.status.capitalize()}: {progress.earned_value:.0f} of {progress.planned_value:.0f} hours planned by "
        f"today are closed by evidence; finish {finish.p50} (half) to {finish.p80} (80 %)."
    )


def print_progress(progress: Progress, finish: Finish, learned: Sequence[Row]) -> None:
    """Everything about the progress and what was ``learned``, each number with how it came about."""
    _print_bars(progress)
    table = plain_table("What", ">Value", "From")
    for row in (*progress_rows(progress, finish), *learned):
        table.add_row(*row)
    console().print(table)
    _print_milestones(progress)
    if progress.distraction_ratio is not None and progress.distraction_ratio > 0.2:
        click.echo(f"{progress.distraction_ratio:.0%} of the logged hours went to things off the plan.")


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
    say(
        f"{found.unchanged_share:.0%} of the activity-weeks still to come stay where they were; "
        f"staying close costs at most {found.lost_share:.1%} of what is still to come."
    )
    for title, changes in (("Moved", found.moved), ("Dropped", found.dropped), ("Added", found.added)):
        if changes:
            click.echo(f"\n{title}:")
        for change in changes[:MOST_CHANGES]:
            say(f"{change.title}  [{_weeks(change)}]", first="• ")
            say(change.reason, first="  ")
        if len(changes) > MOST_CHANGES:
            click.echo(f"  and {len(changes) - MOST_CHANGES} more; --json lists all")
    if not found.changed:
        click.echo("Nothing has to change.")
    finish = found.plan.finish
    click.echo()
    say(f"Finish: half of the simulated years by {finish.p50}, 80 % by {finish.p80}.")


def _weeks(change: Change) -> str:
    old = f"weeks {change.old_weeks[0]}–{change.old_weeks[1]}" if change.old_weeks else ""
    new = f"weeks {change.new_weeks[0]}–{change.new_weeks[1]}" if change.new_weeks else ""
    return " → ".join(each for each in (old, new) if each)
