"""One quarter of a plan: its weeks, its activities as bars in lanes, and their names below."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milepost.model.language import content, day, decimal, gettext, month, span
from milepost.model.people import Away
from milepost.model.plans import PlannedActivity, Quarter
from milepost.pictures.canvas import (
    BLUE,
    BLUE_TINT,
    BODY,
    GREEN,
    GREEN_TINT,
    INK,
    LINE,
    MUTED,
    PANEL,
    RUST,
    RUST_TINT,
    TEAL,
    TEAL_TINT,
    VIOLET,
    VIOLET_TINT,
    diamond,
    element,
    english,
    line,
    line_height,
    lines_of_text,
    polygon,
    rectangle,
    star,
    text,
    width_of,
    wrap,
)

LEFT, RIGHT = 20.0, 740.0
TICKS = 37.0
LANE = 38.0
BAR = 27.0
NAME_SIZE = 12.5
NAME_COLUMN = 348.0

FAMILIES = {
    "course": "learn", "reading": "learn",
    "project": "build", "reproduction": "build", "contribution": "build", "on-the-job": "build",
    "writing": "show", "talk": "show",
    "mentoring": "people", "leadership": "people",
    "interview-practice": "move", "search": "move",
}  # fmt: skip
COLOURS = {
    "learn": (BLUE, BLUE_TINT),
    "build": (TEAL, TEAL_TINT),
    "show": (VIOLET, VIOLET_TINT),
    "people": (GREEN, GREEN_TINT),
    "move": (RUST, RUST_TINT),
}


@dataclass(frozen=True, slots=True)
class Strip:
    """One quarter with its first week, the days away, and the prefix of the picture's ids."""

    quarter: Quarter
    first_week: int
    away: tuple[Away, ...]
    prefix: str

    @property
    def weeks(self) -> int:
        """How many weeks the quarter has."""
        return ((self.quarter.end - self.quarter.start).days + 1) // 7

    def x(self, when: dt.date) -> float:
        """Where a day begins."""
        days = (when - self.quarter.start).days
        return LEFT + (RIGHT - LEFT) * days / (7 * self.weeks)


def lanes_of(activities: Sequence[PlannedActivity]) -> list[int]:
    """A lane for every activity, so that none covers another; two lanes where at most two run at once."""
    free_from: list[dt.date] = []
    lanes = []
    for activity in activities:
        lane = next((i for i, until in enumerate(free_from) if activity.start > until), len(free_from))
        if lane == len(free_from):
            free_from.append(activity.end)
        free_from[lane] = activity.end
        lanes.append(lane)
    return lanes


def _ordered(quarter: Quarter) -> list[PlannedActivity]:
    return sorted(quarter.activities, key=lambda a: (a.start, a.end, a.id))


def strip_height(strip: Strip) -> float:
    """The height of a strip with its names."""
    lanes = max(2, *(lane + 1 for lane in lanes_of(_ordered(strip.quarter))), 0)
    return _head_height(strip.quarter) + TICKS + lanes * LANE + _names_height(strip.quarter) + 14


def draw_strip(strip: Strip, top: float) -> str:
    """A quarter from its heading down to the milestone."""
    ordered = _ordered(strip.quarter)
    lanes = lanes_of(ordered)
    count = max(2, *(lane + 1 for lane in lanes), 0)
    field_top = top + _head_height(strip.quarter) + TICKS
    field = count * LANE
    parts = [
        _heading(strip.quarter, top),
        rectangle(LEFT, field_top, RIGHT - LEFT, field, fill=BODY),
        *_weeks(strip, field_top, field),
        *_hatched(strip, field_top, field),
        *(
            _bar(strip, activity, f"{strip.quarter.number}.{index}", field_top + lane * LANE + 8)
            for index, (activity, lane) in enumerate(zip(ordered, lanes, strict=True), start=1)
        ),
        _flag(RIGHT - 1, field_top + field) if strip.quarter.milestone else "",
        _names(strip.quarter, ordered, field_top + field + 22),
    ]
    return "".join(parts)


def _theme_lines(quarter: Quarter) -> tuple[str, ...]:
    words = gettext("Quarter %(number)s · %(theme)s", number=quarter.number, theme=content(quarter.theme))
    return wrap(words, width=RIGHT - LEFT, size=15, bold=True)


def _head_height(quarter: Quarter) -> float:
    return len(_theme_lines(quarter)) * line_height(15) + 22


def _heading(quarter: Quarter, top: float) -> str:
    """Number and theme, then the dates and how full the quarter is."""
    lines = _theme_lines(quarter)
    y = top + 16 + len(lines) * line_height(15)
    hours = gettext(
        "%(hours)s of %(capacity)s plan hours",
        hours=decimal(quarter.hours),
        capacity=decimal(quarter.capacity_hours),
    )
    return (
        lines_of_text(LEFT, top + 16, lines, size=15, bold=True)
        + text(LEFT, y, span(quarter.start, quarter.end), size=12.5, fill=MUTED)
        + text(RIGHT, y, hours, size=12.5, fill=MUTED, anchor="end")
    )


def _weeks(strip: Strip, top: float, height: float) -> Iterator[str]:
    """A line and a number for every week, and above them the months where they begin."""
    width = (RIGHT - LEFT) / strip.weeks
    for index in range(strip.weeks):
        x = LEFT + index * width
        yield line(x, top, x, top + height, stroke=LINE)
        yield text(
            x + width / 2, top - 6, str(strip.first_week + index), size=12, fill=MUTED, anchor="middle"
        )
    yield from _months(strip, top - 22)


def _months(strip: Strip, y: float) -> Iterator[str]:
    start, end = strip.quarter.start, strip.quarter.end
    days = [start + dt.timedelta(days=offset) for offset in range((end - start).days + 1)]
    starts = [when for when in days if when.day == 1]
    # Why ten days: the month of the first day is named only where its name has room before the next.
    if not starts or (starts[0] - start).days >= 10:
        starts.insert(0, start)
    for when in starts:
        if (end - when).days >= 6:
            x = strip.x(when)
            yield line(x, y - 11, x, y + 3, stroke=MUTED)
            yield text(x + 4, y, month(when), size=12, bold=True)


def _hatched(strip: Strip, top: float, height: float) -> Iterator[str]:
    start, end = strip.quarter.start, strip.quarter.end
    if strip.weeks > 1:
        review = strip.x(end - dt.timedelta(days=6))
        yield rectangle(review, top, RIGHT - review, height, fill=f"url(#{strip.prefix}-review)")
    for away in strip.away:
        first, last = max(away.first, start), min(away.last, end)
        if first <= last:
            left, right = strip.x(first), strip.x(last + dt.timedelta(days=1))
            yield rectangle(left, top, right - left, height, fill=f"url(#{strip.prefix}-away)")


def _bar(strip: Strip, activity: PlannedActivity, code: str, y: float) -> str:
    """One activity: shape of its kind, number, name where it fits, star where it is public."""
    left, right = strip.x(activity.start) + 1.5, strip.x(activity.end + dt.timedelta(days=1)) - 1.5
    dark, tint = _colours(activity.kind)
    parts = [
        rectangle(left, y, right - left, BAR, rx=4, fill=tint, stroke=dark, stroke_width=1.5),
        kind_mark(activity.kind, left + 11, y + BAR / 2),
        text(left + 20, y + 18, code, size=12.5, bold=True),
    ]
    start = left + 20 + width_of(code, size=12.5, bold=True) + 6
    if start + width_of(activity.title, size=12) < right - 10:
        parts.append(english(text(start, y + 18, activity.title, size=12)))
    if activity.public:
        parts.append(public_mark(right - 5, y))
    return "".join(parts)


def _colours(kind: str) -> tuple[str, str]:
    return COLOURS[FAMILIES.get(kind, "build")]


def kind_mark(kind: str, x: float, y: float) -> str:
    """The shape that stands for a kind of work: circle, square, triangle, diamond or arrow."""
    family = FAMILIES.get(kind, "build")
    dark = COLOURS[family][0]
    if family == "learn":
        return element("circle", cx=x, cy=y, r=5, fill=dark)
    if family == "build":
        return rectangle(x - 4.5, y - 4.5, 9, 9, fill=dark)
    if family == "show":
        return polygon(((x, y - 5.5), (x + 5.5, y + 4.5), (x - 5.5, y + 4.5)), fill=dark)
    if family == "people":
        return diamond(x, y, 6, fill=dark)
    corners = ((x - 5, y - 5), (x, y - 5), (x + 6, y), (x, y + 5), (x - 5, y + 5), (x - 1, y))
    return polygon(corners, fill=dark)


def public_mark(x: float, y: float) -> str:
    """The star of work that others can see."""
    return star(x, y, 8, fill=INK, stroke=PANEL, stroke_width=1.2)


def _flag(x: float, foot: float) -> str:
    return flag(x - 22, foot)


def flag(x: float, foot: float, *, height: float = 30) -> str:
    """A flag on a pole: a milestone."""
    cloth = ((x, foot - height), (x + 17, foot - height + 6), (x, foot - height + 12))
    return line(x, foot - height, x, foot, stroke=INK, width=2) + polygon(
        cloth, fill=RUST, stroke=PANEL, stroke_width=0.8
    )


def _name_lines(activity: PlannedActivity) -> tuple[str, ...]:
    hours = gettext("%(hours)s h", hours=decimal(activity.hours)).replace(" ", "\u00a0")
    return wrap(f"{content(activity.title)} ·\u00a0{hours}", width=NAME_COLUMN - 44, size=NAME_SIZE)


def _milestone_lines(quarter: Quarter) -> tuple[str, ...]:
    if quarter.milestone is None:
        return ()
    words = gettext(
        "%(title)s (milestone, due %(date)s)",
        title=content(quarter.milestone.title),
        date=day(quarter.milestone.due),
    )
    return wrap(words, width=RIGHT - LEFT - 40, size=NAME_SIZE, bold=True)


def _halves(
    activities: Sequence[PlannedActivity],
) -> tuple[Sequence[PlannedActivity], Sequence[PlannedActivity]]:
    half = (len(activities) + 1) // 2
    return activities[:half], activities[half:]


def _names_height(quarter: Quarter) -> float:
    step = line_height(NAME_SIZE)
    columns = [sum(len(_name_lines(a)) * step + 4 for a in part) for part in _halves(_ordered(quarter))]
    milestone = len(_milestone_lines(quarter)) * step
    return max(columns) + (milestone + 10 if milestone else 0) + 8


NAME_INDENT = 44
DIGIT_WIDTH = 9
"""Where the names start beside their numbers, and what a number of two digits needs more."""


def _names(quarter: Quarter, ordered: Sequence[PlannedActivity], top: float) -> str:
    """The name of every bar by its number, in two columns, then the milestone."""
    step, parts, end = line_height(NAME_SIZE), [], top
    indent = NAME_INDENT + (DIGIT_WIDTH if len(ordered) > 9 else 0)
    codes = {a.id: f"{quarter.number}.{i}" for i, a in enumerate(ordered, start=1)}
    for column, part in enumerate(_halves(ordered)):
        x, y = LEFT + column * (NAME_COLUMN + 24), top
        for activity in part:
            lines = _name_lines(activity)
            parts.append(kind_mark(activity.kind, x + 6, y - 4.5))
            parts.append(text(x + 16, y, codes[activity.id], size=NAME_SIZE, bold=True))
            parts.append(lines_of_text(x + indent, y, lines, size=NAME_SIZE))
            y += len(lines) * step + 4
        end = max(end, y)
    milestone = _milestone_lines(quarter)
    if milestone:
        parts.append(flag(LEFT + 4, end + 10, height=18))
        parts.append(lines_of_text(LEFT + 30, end + 5, milestone, size=NAME_SIZE, bold=True))
    return "".join(parts)
