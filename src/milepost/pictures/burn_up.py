"""The year as a burn-up: planned, earned and worked hours, and the days on which it will be finished."""

import datetime as dt
from collections.abc import Callable, Sequence

from milepost.model.language import day, decimal, gettext, month, percent
from milepost.model.plans import Finish
from milepost.model.progress import Progress
from milepost.pictures.canvas import (
    INK,
    LINE,
    MUTED,
    OUTLINE,
    RUST,
    RUST_TINT,
    TEAL,
    Shelf,
    diamond,
    element,
    line,
    number,
    picture,
    rectangle,
    text,
    width_of,
)

WIDTH, HEIGHT = 760.0, 400.0
LEFT, RIGHT = 62.0, 736.0
TOP, BASE = 74.0, 312.0
LEGEND_ROW = 20.0
DAYS = 7
STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
MOST_STEPS = 5

Place = Callable[[dt.date, float], tuple[float, float]]


def draw_burn_up(progress: Progress, finish: Finish, *, prefix: str = "burn-up") -> str:
    """Hours over the weeks of the plan; the band is the finish from 50 to 95 % of the simulated rests."""
    points = progress.points
    first = points[0].end - dt.timedelta(days=DAYS - 1)
    last = max(points[-1].end, finish.p95)
    top = max(1.0, progress.budget, *(point.actual or 0.0 for point in points))
    step = next((each for each in STEPS if top / each <= MOST_STEPS), STEPS[-1])
    span = max(1, (last - first).days)

    def at(when: dt.date, hours: float) -> tuple[float, float]:
        across = LEFT + (RIGHT - LEFT) * (when - first).days / span
        return across, BASE - (BASE - TOP) * hours / top

    legend, rows = _legend()
    lower = (rows - 1) * LEGEND_ROW
    field = [
        *_band(finish, at),
        *_hours_axis(step, top, at, first),
        *_months_axis(first, last, at),
        _curve([(first, 0.0), *((p.end, p.planned) for p in points)], at, stroke=OUTLINE, dash="6 4"),
        _curve(_known(progress, first, "actual"), at, stroke=RUST),
        _curve(_known(progress, first, "earned"), at, stroke=TEAL, width=3),
        *_today(progress, at, first, last),
        *_finish_marks(finish, at, progress.budget),
    ]
    body = [
        text(20, 28, gettext("Hours planned, earned by evidence, and worked"), size=14, bold=True),
        legend,
        *([element("g", *field, transform=f"translate(0 {number(lower)})")] if lower else field),
    ]
    return picture(
        prefix,
        WIDTH,
        HEIGHT + lower,
        title=gettext(
            "Burn-up on %(date)s: %(earned)s of %(budget)s hours earned",
            date=day(progress.as_of),
            earned=decimal(progress.earned_value, 0),
            budget=decimal(progress.budget, 0),
        ),
        description=describe_burn_up(progress, finish),
        body=body,
    )


def describe_burn_up(progress: Progress, finish: Finish) -> str:
    """The picture in words."""
    return gettext(
        "By %(date)s, %(planned)s hours were planned, %(earned)s are earned by evidence, and %(worked)s were worked. "
        "The whole plan holds %(budget)s hours. At the present pace it is finished by %(half)s in half of the "
        "simulated rests of the year, by %(most)s in 80 %%, by %(nearly)s in 95 %%.",
        date=day(progress.as_of),
        planned=decimal(progress.planned_value, 0),
        earned=decimal(progress.earned_value, 0),
        worked=decimal(progress.actual_hours, 0),
        budget=decimal(progress.budget, 0),
        half=day(finish.p50),
        most=day(finish.p80),
        nearly=day(finish.p95),
    )


def _known(progress: Progress, first: dt.date, name: str) -> list[tuple[dt.date, float]]:
    """The weeks that are over, and the running one up to today, from zero on the first day."""
    found = [
        (min(p.end, progress.as_of), p.earned if name == "earned" else p.actual) for p in progress.points
    ]
    return [(first, 0.0), *((when, value) for when, value in found if value is not None)]


def _curve(
    values: Sequence[tuple[dt.date, float]], at: Place, *, stroke: str, width: float = 2, dash: str = ""
) -> str:
    places = " ".join(f"{number(x)},{number(y)}" for x, y in (at(*each) for each in values))
    more: dict[str, str | float] = {"stroke_dasharray": dash} if dash else {}
    return element("polyline", points=places, fill="none", stroke=stroke, stroke_width=width, **more)


def _legend() -> tuple[str, int]:
    """What the lines and the band mean, in as many rows as the words need."""
    shelf, parts = Shelf(LEFT, RIGHT, top=48, row=LEGEND_ROW, gap=22), []
    for words, stroke, width, dash in (
        (gettext("planned"), OUTLINE, 2, "6 4"),
        (gettext("earned by evidence"), TEAL, 3, ""),
        (gettext("worked"), RUST, 2, ""),
    ):
        more = {"stroke_dasharray": dash} if dash else {}
        x, y = shelf.place(33 + width_of(words, size=12))
        parts.append(line(x, y, x + 26, y, stroke=stroke, width=width, **more))
        parts.append(text(x + 33, y + 4, words, size=12))
    words = gettext("finish, 50 to 95 %%")
    x, y = shelf.place(33 + width_of(words, size=12))
    parts.append(rectangle(x, y - 7, 26, 13, fill=RUST_TINT))
    parts.append(text(x + 33, y + 4, words, size=12))
    return "".join(parts), shelf.rows


def _band(finish: Finish, at: Place) -> list[str]:
    left, right = at(finish.p50, 0)[0], at(finish.p95, 0)[0]
    return [rectangle(left, TOP, max(2.0, right - left), BASE - TOP, fill=RUST_TINT)]


def _hours_axis(step: int, top: float, at: Place, first: dt.date) -> list[str]:
    parts, hours = [], 0
    while hours <= top:
        y = at(first, hours)[1]
        parts.append(line(LEFT, y, RIGHT, y, stroke=LINE if hours else OUTLINE))
        parts.append(
            text(LEFT - 8, y + 4, gettext("%(hours)s h", hours=hours), size=11.5, fill=MUTED, anchor="end")
        )
        hours += step
    return parts


def _months_axis(first: dt.date, last: dt.date, at: Place) -> list[str]:
    """The first of every month, named as often as there is room."""
    months = []
    when = dt.date(first.year + first.month // 12, first.month % 12 + 1, 1)
    while when <= last:
        months.append(when)
        when = dt.date(when.year + when.month // 12, when.month % 12 + 1, 1)
    every = max(1, -(-len(months) // 13))
    parts = []
    for index, first_day in enumerate(months):
        x = at(first_day, 0)[0]
        parts.append(line(x, BASE, x, BASE + 5, stroke=OUTLINE))
        if index % every == 0 and x < RIGHT - 20:
            name = month(first_day) + (f" {first_day.year}" if first_day.month == 1 else "")
            parts.append(text(x, BASE + 19, name, size=11.5, fill=MUTED, anchor="middle"))
    return parts


def _today(progress: Progress, at: Place, first: dt.date, last: dt.date) -> list[str]:
    if not first <= progress.as_of <= last:
        return []
    x = at(progress.as_of, 0)[0]
    right = x > RIGHT - 60
    return [
        line(x, TOP - 6, x, BASE, stroke=INK, width=1.2, stroke_dasharray="2 3"),
        text(
            x - 5 if right else x + 5,
            TOP + 4,
            gettext("today"),
            size=11.5,
            anchor="end" if right else "start",
        ),
    ]


def _finish_marks(finish: Finish, at: Place, budget: float) -> list[str]:
    parts = []
    for row, (words, when) in enumerate(
        (
            (gettext("half of the simulated rests"), finish.p50),
            (percent(0.8), finish.p80),
            (percent(0.95), finish.p95),
        )
    ):
        x, y = at(when, budget)
        told = gettext("%(share)s: finished by %(date)s", share=words, date=day(when))
        below = BASE + 38 + row * 17
        parts.append(line(x, y, x, below - 4, stroke=RUST, width=1))
        parts.append(diamond(x, y, 5, fill=RUST))
        wide = width_of(told, size=12)
        early = x - 8 - wide < 20
        start = max(20.0, min(x + 8, WIDTH - 20 - wide))
        parts.append(
            text(start if early else x - 8, below, told, size=12, anchor="start" if early else "end")
        )
    return parts
