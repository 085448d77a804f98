"""The plan as a strip of weeks for every quarter, and when it will be finished."""

import datetime as dt
from collections.abc import Collection, Sequence

from milepost.model.language import content, day, decimal, gettext, marked, percent, span
from milepost.model.people import Away
from milepost.model.plans import Plan, PlannedActivity, Quarter
from milepost.pictures.canvas import (
    BLUE,
    INK,
    MUTED,
    OUTLINE,
    RUST,
    TEAL,
    Shelf,
    diamond,
    hatch,
    line,
    picture,
    rectangle,
    text,
    width_of,
)
from milepost.pictures.quarter_strip import Strip, draw_strip, kind_mark, public_mark, strip_height

WIDTH = 760.0
LEGEND_ROW = 22.0
LEFT, RIGHT = 20.0, 740.0
FAMILY_NAMES = (
    ("course", marked("learn")),
    ("project", marked("build")),
    ("writing", marked("show")),
    ("mentoring", marked("with people")),
    ("search", marked("move")),
)


def draw_roadmap(
    plan: Plan,
    *,
    away: Sequence[Away] = (),
    quarters: Collection[int] | None = None,
    prefix: str = "roadmap",
) -> str:
    """Every quarter with its activities, milestone, review and away weeks; then the finish dates.

    ``quarters`` keeps some quarters only, for paper; the finish dates come with the last one.
    """
    kept = [q for q in plan.quarters if quarters is None or q.number in quarters]
    strips = [_strip(plan, quarter, away, prefix) for quarter in kept]
    body = [
        hatch(f"{prefix}-review", stroke="#a9adab", angle=45),
        hatch(f"{prefix}-away", stroke="#c79a7c", angle=-45, gap=5),
    ]
    legend, rows = _legend(prefix, away=bool(away))
    body.append(legend)
    y = 56.0 + (rows - 1) * LEGEND_ROW
    for strip in strips:
        body.append(draw_strip(strip, y))
        y += strip_height(strip) + 18
    if kept and kept[-1] is plan.quarters[-1]:
        marks, used = _finish(plan, y + 4)
        body.append(marks)
        y += used
    title = gettext(
        "Roadmap: %(activities)s activities in %(quarters)s quarters from %(date)s",
        activities=sum(len(q.activities) for q in kept),
        quarters=len(kept),
        date=day(plan.start),
    )
    return picture(
        prefix, WIDTH, y + 10, title=title, description=describe_roadmap(plan, kept=kept), body=body
    )


def _strip(plan: Plan, quarter: Quarter, away: Sequence[Away], prefix: str) -> Strip:
    return Strip(quarter, (quarter.start - plan.start).days // 7 + 1, tuple(away), prefix)


def _legend(prefix: str, *, away: bool) -> tuple[str, int]:
    """Shapes of the kinds of work, the star of public work, and the two hatchings; in as many rows as they need."""
    shelf, parts = Shelf(LEFT, RIGHT, top=30.0, row=LEGEND_ROW, gap=16), []
    for kind, name in FAMILY_NAMES:
        words = gettext(name)
        left, y = shelf.place(18 + width_of(words, size=12))
        parts.append(kind_mark(kind, left + 6, y - 4) + text(left + 18, y, words, size=12))
    words = gettext("public")
    left, y = shelf.place(18 + width_of(words, size=12))
    parts.append(public_mark(left + 6, y - 4) + text(left + 18, y, words, size=12))
    swatches = [("review", gettext("review week"))]
    if away:
        swatches.append(("away", gettext("away")))
    for name, words in swatches:
        left, y = shelf.place(27 + width_of(words, size=12))
        parts.append(rectangle(left, y - 12, 20, 15, fill=f"url(#{prefix}-{name})", stroke=OUTLINE))
        parts.append(text(left + 27, y, words, size=12))
    return "".join(parts), shelf.rows


def _finish(plan: Plan, top: float) -> tuple[str, float]:
    """One line from the first day to the latest finish, with the quarters and the three marks."""
    first = plan.start
    end_of_plan = plan.quarters[-1].end
    last = max(end_of_plan, plan.finish.p95)
    span = max(1, (last - first).days)
    left, right = LEFT + 6, RIGHT - 6

    def at(when: dt.date) -> float:
        return left + (right - left) * (when - first).days / span

    axis = top + 44
    parts = [
        text(LEFT, top + 8, gettext("When it will be finished"), size=14, bold=True),
        line(left, axis, right, axis, stroke=OUTLINE, width=2),
        line(at(plan.finish.p50), axis, at(plan.finish.p95), axis, stroke=RUST, width=5),
    ]
    for quarter in plan.quarters:
        parts.append(
            line(at(quarter.start), axis - 7, at(quarter.start), axis + 7, stroke=OUTLINE, width=1.5)
        )
        parts.append(
            text(
                at(quarter.start) + 4,
                axis - 9,
                gettext("Q%(number)s", number=quarter.number),
                size=12,
                fill=MUTED,
            )
        )
    parts.append(line(at(end_of_plan), axis - 9, at(end_of_plan), axis + 9, stroke=INK, width=2))
    marks = (
        (gettext("half of the simulated years"), plan.finish.p50, TEAL),
        (percent(0.8), plan.finish.p80, BLUE),
        (percent(0.95), plan.finish.p95, RUST),
    )
    for row, (words, when, colour) in enumerate(marks):
        x, y = at(when), axis + 30 + row * 19
        parts.append(line(x, axis, x, y - 4, stroke=colour, width=1.2))
        parts.append(diamond(x, axis, 6, fill=colour))
        told = gettext("%(share)s: by %(date)s", share=words, date=day(when))
        early = x - 8 - width_of(told, size=12.5, bold=True) < LEFT
        parts.append(
            text(x + 8 if early else x - 8, y, told, size=12.5, anchor="start" if early else "end", bold=True)
        )
    parts.append(
        text(
            RIGHT,
            top + 8,
            gettext("The plan ends on %(date)s (upright line).", date=day(end_of_plan)),
            size=12,
            fill=MUTED,
            anchor="end",
        )
    )
    return "".join(parts), 126.0


def describe_roadmap(plan: Plan, *, kept: Sequence[object] | None = None) -> str:
    """The picture in words: quarters with their activities, weeks and milestones, then the finish."""
    parts: list[str] = []
    for quarter in plan.quarters:
        if kept is not None and quarter not in kept:
            continue
        parts.append(
            gettext(
                "Quarter %(number)s, %(dates)s, %(theme)s:",
                number=quarter.number,
                dates=span(quarter.start, quarter.end),
                theme=content(quarter.theme),
            )
        )
        parts += [_described(activity) for activity in quarter.activities]
        if quarter.milestone is not None:
            parts.append(
                gettext(
                    "Milestone by %(date)s: %(title)s.",
                    date=day(quarter.milestone.due),
                    title=content(quarter.milestone.title),
                )
            )
        parts.append(gettext("The last week is for review."))
    finish = plan.finish
    parts.append(
        gettext(
            "Finished by %(half)s in half of the simulated years, by %(most)s in 80 %%, by %(nearly)s in 95 %%.",
            half=day(finish.p50),
            most=day(finish.p80),
            nearly=day(finish.p95),
        )
    )
    return " ".join(parts)


def _described(activity: PlannedActivity) -> str:
    kind = ", ".join((content(activity.kind), *([gettext("public")] if activity.public else [])))
    return gettext(
        "%(title)s (%(kind)s), weeks %(first)s to %(last)s, %(hours)s hours.",
        title=content(activity.title),
        kind=kind,
        first=activity.start_week,
        last=activity.end_week,
        hours=decimal(activity.hours),
    )
