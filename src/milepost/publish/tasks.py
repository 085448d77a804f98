"""A plan as a list of tasks in Markdown, for editors and trackers that tick boxes."""

from collections.abc import Collection, Iterator

from milepost.model.language import day, span
from milepost.model.plans import Plan, PlannedActivity, Quarter
from milepost.publish.exports import plain
from milepost.publish.words import hours


def render_tasks(plan: Plan, *, done: Collection[str] = ()) -> str:
    """A heading a quarter; a box for its milestone, each activity, and each piece of evidence.

    ``done`` are the ids of the activities that are closed: their boxes are ticked.
    """
    parts = [f"# {plain(plan.person)}: tasks to {plain(plan.role)}"]
    parts += ["\n".join(_quarter(quarter, done)) for quarter in plan.quarters]
    return "\n\n".join(parts) + "\n"


def _quarter(quarter: Quarter, done: Collection[str]) -> Iterator[str]:
    yield f"## Quarter {quarter.number}: {plain(quarter.theme)}"
    yield ""
    yield f"{span(quarter.start, quarter.end)}, {hours(quarter.hours)}"
    yield ""
    milestone = quarter.milestone
    if milestone is not None:
        box = _box(done=milestone.activity in done)
        yield f"- {box} **Milestone by {day(milestone.due)}: {plain(milestone.title)}** (due {milestone.due})"
        yield from (f"  - {box} {plain(item)}" for item in milestone.evidence)
        if milestone.if_then:
            yield f"  - {plain(milestone.if_then)}"
    for activity in sorted(quarter.activities, key=lambda each: (each.start, each.end, each.id)):
        yield from _activity(activity, done)


def _activity(activity: PlannedActivity, done: Collection[str]) -> Iterator[str]:
    box = _box(done=activity.id in done)
    yield (
        f"- {box} {plain(activity.title)} (`{activity.id}`, {hours(activity.hours)}, "
        f"start {activity.start}, due {activity.end})"
    )
    yield from (f"  - {box} {plain(item)}" for item in activity.evidence)


def _box(*, done: bool) -> str:
    return "[x]" if done else "[ ]"
