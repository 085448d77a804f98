"""What is still known of the cards in the coming weeks, with and without reviews."""

import datetime as dt
from collections.abc import Callable, Sequence

from milepost.model.language import day, gettext, ngettext, percent
from milepost.pictures.canvas import (
    LINE,
    MUTED,
    OUTLINE,
    RUST,
    TEAL,
    TEAL_TINT,
    element,
    line,
    number,
    picture,
    rectangle,
    text,
)

WIDTH, HEIGHT = 760.0, 330.0
LEFT, RIGHT = 62.0, 736.0
TOP, MIDDLE, BASE = 52.0, 190.0, 288.0
LOWEST = 0.4
"""Lowest share on the scale; a curve that falls below it is drawn along the edge."""


def draw_recall(
    recall: Sequence[float],
    due: Sequence[int],
    *,
    today: dt.date,
    wanted: float,
    a_day: int,
    prefix: str = "recall",
) -> str:
    """Above, the share of cards still known on each coming day if none is reviewed; below, the cards due a day.

    ``recall`` and ``due`` start today; ``wanted`` is the retention that reviews keep, ``a_day`` the
    most cards that one day asks for.
    """
    days = max(len(due) - 1, 1)

    def across(ahead: float) -> float:
        return LEFT + (RIGHT - LEFT) * ahead / days

    def up(share: float) -> float:
        return MIDDLE - (MIDDLE - TOP) * (max(share, LOWEST) - LOWEST) / (1 - LOWEST)

    body = [text(20, 28, gettext("What you will still know, if you review nothing"), size=14, bold=True)]
    for share in (0.4, 0.6, 0.8, 1.0):
        body.append(line(LEFT, up(share), RIGHT, up(share), stroke=LINE))
        body.append(text(LEFT - 8, up(share) + 4, percent(share), size=11.5, fill=MUTED, anchor="end"))
    body.append(line(LEFT, up(wanted), RIGHT, up(wanted), stroke=TEAL, width=1.5, stroke_dasharray="6 4"))
    body.append(
        text(
            RIGHT,
            up(wanted) - 5,
            gettext("with reviews: %(share)s", share=percent(wanted)),
            size=12,
            fill=TEAL,
            anchor="end",
        )
    )
    if recall:
        points = " ".join(f"{number(across(i))},{number(up(share))}" for i, share in enumerate(recall))
        body.append(element("polyline", points=points, fill="none", stroke=RUST, stroke_width=2.5))
        body.append(
            text(RIGHT, up(recall[-1]) + 16, percent(recall[-1]), size=12, fill=RUST, anchor="end", bold=True)
        )
    body += _bars(due, across, a_day)
    for ahead in range(0, days + 1, 14):
        when = day(today + dt.timedelta(days=ahead)) if ahead else gettext("today")
        anchor = "start" if not ahead else "end" if across(ahead) > RIGHT - 40 else "middle"
        body.append(text(across(ahead), BASE + 18, when, size=11.5, fill=MUTED, anchor=anchor))
    return picture(
        prefix,
        WIDTH,
        HEIGHT,
        title=ngettext(
            "Cards in the day from %(date)s", "Cards in the %(num)s days from %(date)s", days, date=day(today)
        ),
        description=describe_recall(recall, due, wanted=wanted, a_day=a_day),
        body=body,
    )


def describe_recall(recall: Sequence[float], due: Sequence[int], *, wanted: float, a_day: int) -> str:
    """The picture in words."""
    days = max(len(due) - 1, 1)
    known = (
        gettext(
            "Of the reviewed cards %(now)s are known today and %(later)s would be in %(days)s days without any review; "
            "reviews keep %(wanted)s.",
            now=percent(recall[0]),
            later=percent(recall[-1]),
            days=days,
            wanted=percent(wanted),
        )
        if recall
        else gettext("No card was reviewed yet.")
    )
    asked = gettext(
        "%(today)s cards are due today and %(all)s in all; a day asks for %(most)s at most.",
        today=due[0],
        all=sum(due),
        most=a_day,
    )
    return f"{known} {asked}"


def _bars(due: Sequence[int], across: Callable[[float], float], a_day: int) -> list[str]:
    top = max(1, min(max(due, default=0), a_day))
    slot = (RIGHT - LEFT) / max(1, len(due) - 1)
    parts = [
        text(20, MIDDLE + 24, gettext("Cards due a day"), size=12.5, bold=True),
        line(LEFT, BASE, RIGHT, BASE, stroke=OUTLINE),
        text(LEFT - 8, BASE - 44, str(top), size=11.5, fill=MUTED, anchor="end"),
    ]
    for ahead, count in enumerate(due):
        if not count:
            continue
        height = 50.0 * min(count, a_day) / top
        x = min(across(ahead), RIGHT - slot * 0.8)
        parts.append(
            rectangle(
                x, BASE - height, slot * 0.8, height, fill=TEAL if ahead == 0 else TEAL_TINT, stroke=TEAL
            )
        )
    return parts
