"""A plan as text for other tools: Markdown for people, CSV for a spreadsheet."""

import csv
import io
import re

from milepost.model.gaps import Gap, GapReport
from milepost.model.language import day, span
from milepost.model.plans import Infeasible, LevelStep, Plan, PlannedActivity, Quarter
from milepost.publish.words import KINDS, hours, interval, level, percent, safe_address

_MARKUP = re.compile(r"([\\`*_\[\]<>|#~])")
_LINE_ENDS = re.compile(r"\s*[\r\n]+\s*")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

COLUMNS = (
    "quarter", "id", "title", "kind", "start", "end", "start_week", "end_week", "hours", "hours_per_week",
    "public", "requires", "gains", "goal", "feedback", "evidence", "resource", "url", "cost_usd", "why",
)  # fmt: skip


def render_markdown(plan: Plan | Infeasible, report: GapReport) -> str:
    """The T, the gaps and the plan as Markdown; text from people is escaped."""
    parts = [
        f"# {plain(report.person)}: roadmap to {plain(report.role)}",
        f"As of {report.as_of}.",
        *_shape(report),
        *_gaps(report),
        *(_no_plan(plan) if isinstance(plan, Infeasible) else _plan(plan)),
    ]
    return "\n\n".join(parts) + "\n"


def on_one_line(words: str) -> str:
    """Text with every end of a line as a space."""
    return _LINE_ENDS.sub(" ", words)


def plain(words: str) -> str:
    """Text on one line with every sign of Markdown and HTML taken literally."""
    return _MARKUP.sub(r"\\\1", on_one_line(words))


def _shape(report: GapReport) -> list[str]:
    shape = report.t_shape
    rows = [
        f"| {plain(a.name)} | {'specialisation' if a.specialisation else 'foundation'} | {level(a.level)} "
        f"| {interval(a.low, a.high)} | {level(a.target)} |"
        for a in shape.areas
    ]
    head = ["| Area | Part | Level | 90 % interval | Target |", "|---|---|---:|---:|---:|"]
    words = f"Breadth {percent(shape.breadth)}, depth {percent(shape.depth)}, shape {shape.shape}, weakest {shape.weakest}."
    return ["## T-shape", words, "\n".join([*head, *rows])]


def _gaps(report: GapReport) -> list[str]:
    head = [
        "| Rank | Skill | Level | 90 % interval | Target | Severity × impact | Focus | Stability |",
        "|---:|---|---:|---:|---:|---:|---|---:|",
    ]
    return ["## Gaps", "\n".join([*head, *(_gap_row(gap) for gap in report.gaps)])]


def _gap_row(gap: Gap) -> str:
    rank, sum_ = str(gap.rank) if gap.rank else "–", f"{gap.severity} × {gap.impact.score} = {gap.priority}"
    return (
        f"| {rank} | {plain(gap.name)} | {level(gap.mean)} | {interval(gap.low, gap.high)} | {level(gap.target)} "
        f"| {sum_ if gap.severity else 'closed'} | {'focus' if gap.in_focus else ''} | {percent(gap.stability)} |"
    )


def _plan(plan: Plan) -> list[str]:
    end = plan.quarters[-1].end if plan.quarters else plan.start
    finish = plan.finish
    parts = [
        "## Plan",
        f"{span(plan.start, end)}, {hours(plan.planned_hours)} planned of {hours(plan.capacity_hours)}, status {plan.status}.",
        *(plain(note) for note in plan.notes),
    ]
    for quarter in plan.quarters:
        parts += _quarter(quarter)
    if plan.left_out:
        rows = [f"- {plain(row.title)}: {plain(row.reason)}" for row in plan.left_out]
        parts += ["## Left out", "\n".join(rows)]
    dates = f"half of {finish.runs} simulated years by {day(finish.p50)}, 80 % by {day(finish.p80)}, 95 % by {day(finish.p95)}"
    parts += [
        "## Finish",
        f"Finished in {dates}.",
        "\n".join(f"- {plain(words)}" for words in finish.assumptions),
    ]
    return parts


def _quarter(quarter: Quarter) -> list[str]:
    parts = [
        f"### Quarter {quarter.number}: {plain(quarter.theme)}",
        f"{span(quarter.start, quarter.end)}, {hours(quarter.hours)}",
    ]
    if quarter.milestone is not None:
        milestone = quarter.milestone
        rows = [f"**Milestone by {day(milestone.due)}: {plain(milestone.title)}**", ""]
        rows += [f"- [ ] {plain(item)}" for item in milestone.evidence]
        rows += ["", plain(milestone.if_then)] if milestone.if_then else []
        parts.append("\n".join(rows))
    return [*parts, *(_activity(activity) for activity in quarter.activities)]


def _activity(activity: PlannedActivity) -> str:
    kind = KINDS.get(activity.kind, activity.kind)
    resource = plain(activity.resource_name)
    address = safe_address(activity.resource_url)
    if address:
        resource = f"[{resource}](<{address}>)"
    rows = [
        f"#### {plain(activity.title)}",
        "",
        f"- {span(activity.start, activity.end)}, {hours(activity.hours)}, {hours(activity.hours_per_week)} a week, "
        f"{kind}{', public' if activity.public else ''}",
        f"- Why: {plain(activity.why)}",
        f"- Goal: {plain(activity.practice_goal)}",
        f"- Feedback: {plain(activity.feedback)}",
        *(f"- Evidence: {plain(item)}" for item in activity.evidence),
        *(f"- {g.skill}: {level(g.before)} → {level(g.after)}" for g in visible_gains(activity)),
    ]
    return "\n".join([*rows, f"- Resource: {resource}"] if resource else rows)


def visible_gains(activity: PlannedActivity) -> list[LevelStep]:
    """The steps of level that can be seen at one decimal."""
    return [step for step in activity.gains if round(step.after, 1) > round(step.before, 1)]


def _no_plan(plan: Infeasible) -> list[str]:
    return [
        "## No plan fits",
        f"{plan.weeks} weeks from {day(plan.start)} with {hours(plan.capacity_hours)} are not enough.",
        "\n".join(f"- {plain(reason)}" for reason in plan.because),
        "\n".join(f"- {plain(change.message)}" for change in plan.relax)
        or "Nothing simple would make one fit.",
    ]


def render_csv(plan: Plan) -> str:
    """One row an activity, with the columns of ``COLUMNS``; lists are joined by semicolons.

    Why the apostrophe: a cell that begins like a formula would be run by a spreadsheet.
    """
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for quarter in plan.quarters:
        for activity in quarter.activities:
            writer.writerow([safe_cell(value) for value in _csv_row(quarter, activity)])
    return text.getvalue()


def _csv_row(quarter: Quarter, a: PlannedActivity) -> tuple[object, ...]:
    gains = "; ".join(f"{g.skill} {g.before:.2f}>{g.after:.2f}" for g in a.gains)
    return (
        quarter.number, a.id, a.title, a.kind, a.start.isoformat(), a.end.isoformat(), a.start_week, a.end_week,
        f"{a.hours:g}", f"{a.hours_per_week:g}", "yes" if a.public else "no", "; ".join(a.requires), gains,
        a.practice_goal, a.feedback, "; ".join(a.evidence), a.resource_name, a.resource_url, f"{a.cost_usd:g}", a.why,
    )  # fmt: skip


def safe_cell(value: object) -> str:
    """The words of a cell. Why the apostrophe: what begins like a formula would be run by a spreadsheet."""
    words = str(value)
    return f"'{words}" if words.startswith(_FORMULA) else words
