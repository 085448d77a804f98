"""A plan as issues of GitHub: one JSON object a line, each the body of "create an issue"."""

import json
import re
from collections.abc import Collection, Iterator

from milepost.model.plans import Plan, PlannedActivity, Quarter, QuarterMilestone
from milepost.publish.exports import on_one_line, plain, visible_gains
from milepost.publish.words import KINDS, hours, level, safe_address

LABEL = "milepost"
TITLE_SIGNS = 256
"""The longest title that GitHub takes."""
_MENTION = re.compile(r"(@|#)(?=\w)")
BREAK = "\u200b"
"""A sign without width that keeps GitHub from making a mention or a link to another issue."""


def render_github(plan: Plan, *, done: Collection[str] = ()) -> str:
    """JSON lines with title, body, labels and milestone; what is closed already is left out.

    ``milestone`` is the number of the quarter: GitHub takes only numbers, and a new repository
    counts its milestones from 1. Nobody is mentioned, assigned or linked by what a text says.
    """
    issues = (issue for quarter in plan.quarters for issue in _issues(quarter, done))
    return "".join(json.dumps(issue, ensure_ascii=False) + "\n" for issue in issues)


def _issues(quarter: Quarter, done: Collection[str]) -> Iterator[dict[str, object]]:
    for activity in sorted(quarter.activities, key=lambda each: (each.start, each.end, each.id)):
        if activity.id not in done:
            labels = [
                LABEL,
                KINDS.get(activity.kind, activity.kind),
                *(["public"] if activity.public else []),
            ]
            yield _issue(activity.title, _activity(activity), labels, quarter)
    milestone = quarter.milestone
    if milestone is not None and milestone.activity not in done:
        title = f"Milestone of quarter {quarter.number}: {milestone.title}"
        yield _issue(title, _milestone(milestone), [LABEL, "milestone"], quarter)


def _issue(title: str, body: Iterator[str], labels: list[str], quarter: Quarter) -> dict[str, object]:
    short = on_one_line(title)
    if len(short) > TITLE_SIGNS:
        short = f"{short[: TITLE_SIGNS - 1]}…"
    return {"title": short, "body": "\n".join(body), "labels": labels, "milestone": quarter.number}


def _activity(activity: PlannedActivity) -> Iterator[str]:
    yield (
        f"{activity.start} to {activity.end}, {hours(activity.hours)}, {hours(activity.hours_per_week)} a week. "
        f"Id: `{activity.id}`"
    )
    yield ""
    yield from (f"- [ ] {_text(item)}" for item in activity.evidence)
    yield ""
    facts = [
        ("Why", _text(activity.why)),
        ("Goal", _text(activity.practice_goal)),
        ("Feedback", _text(activity.feedback)),
        ("Comes after", ", ".join(f"`{required}`" for required in activity.requires)),
        (
            "Levels",
            ", ".join(
                f"{_text(g.skill)} {level(g.before)} → {level(g.after)}" for g in visible_gains(activity)
            ),
        ),
        ("Resource", _resource(activity)),
    ]
    yield from (f"- {name}: {words}" for name, words in facts if words)


def _resource(activity: PlannedActivity) -> str:
    name, address = _text(activity.resource_name), safe_address(activity.resource_url)
    return f"[{name}](<{address}>)" if name and address else name


def _milestone(milestone: QuarterMilestone) -> Iterator[str]:
    yield f"Due {milestone.due}. Closed by the evidence of `{milestone.activity}`:"
    yield ""
    yield from (f"- [ ] {_text(item)}" for item in milestone.evidence)
    if milestone.if_then:
        yield ""
        yield _text(milestone.if_then)


def _text(words: str) -> str:
    return _MENTION.sub(rf"\1{BREAK}", plain(words))
