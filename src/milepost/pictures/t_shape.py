"""The T of a person: foundation areas as the bar, specialisations as the stroke that goes down."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.model.gaps import AreaLevel, TShape
from milepost.model.language import content, day, decimal, gettext, marked, percent
from milepost.pictures.canvas import (
    BODY,
    INK,
    LINE,
    MUTED,
    OUTLINE,
    PANEL,
    RUST,
    TEAL,
    TEAL_TINT,
    diamond,
    element,
    english,
    line,
    line_height,
    lines_of_text,
    picture,
    polygon,
    rectangle,
    text,
    width_of,
    wrap,
)

WIDTH = 720.0
BAR_LEFT, BAR_RIGHT = 44.0, 700.0
TOP = 22.0
BAR_STEP = 26.0
STEM_STEP = 46.0
STEM_WIDTH = 118.0
SMALL = 12.5
HIGHEST = 5
ROOM_WITHOUT_STEM = 150.0
SHAPES = {
    "T": marked("broad, with one deep area"),
    "pi": marked("broad, with two deep areas"),
    "comb": marked("three or more deep areas"),
    "dash": marked("broad, and not deep yet"),
    "I": marked("deep, and not broad yet"),
    "dot": marked("neither broad nor deep yet"),
}

NAMES = {
    "T": marked("T"),
    "pi": marked("pi"),
    "comb": marked("comb"),
    "dash": marked("dash"),
    "I": marked("I"),
    "dot": marked("dot"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """Where one area stands: the zero line, and how far one level goes (up is negative)."""

    left: float
    right: float
    zero: float
    step: float

    @property
    def middle(self) -> float:
        """The x of the level mark."""
        return (self.left + self.right) / 2

    def at(self, level: float) -> float:
        """The y of a level."""
        return self.zero + self.step * level


LATER = marked("%(level)s after the plan")
NOW = marked("%(level)s today")


@dataclass(frozen=True, slots=True)
class Times:
    """What the two levels of an area are called: the one that is drawn full, and the later one."""

    level: str
    mark: str
    later: str
    heading: str = ""

    @classmethod
    def of_plan(cls) -> "Times":
        """Today, and where the plan leads."""
        return cls(gettext("level today"), gettext("after the plan"), LATER)

    @classmethod
    def since(cls, date: dt.date) -> "Times":
        """A day gone by, and today."""
        then = day(date)
        heading = gettext("The T on %(date)s and today", date=then)
        return cls(gettext("level on %(date)s", date=then), gettext("level today"), NOW, heading)

    def title(self, title: str) -> str:
        """The title of the picture, with the times where it compares two."""
        return f"{self.heading}. {title}" if self.heading else title


def draw_t_shape(
    shape: TShape, *, after: TShape | None = None, since: dt.date | None = None, prefix: str = "t-shape"
) -> str:
    """The T with level, 90 % interval and target of every area; where given, the level a plan leads to.

    With ``since`` the T is the one of that day, and ``after`` the one of today: then and now.
    """
    times = Times.of_plan() if since is None else Times.since(since)
    bar = [area for area in shape.areas if not area.specialisation]
    stems = [area for area in shape.areas if area.specialisation]
    later = _changed(shape, after, falls=since is not None)
    width = (BAR_RIGHT - BAR_LEFT) / max(1, len(bar))
    names = [wrap(area.name, width=width - 8, size=SMALL, bold=True) for area in bar]
    head = max((len(lines) for lines in names), default=1) * line_height(SMALL)
    zero = TOP + head + 20 + HIGHEST * BAR_STEP
    columns = [
        Column(BAR_LEFT + i * width, BAR_LEFT + (i + 1) * width, zero, -BAR_STEP) for i in range(len(bar))
    ]
    strokes = _stems(len(stems), zero)
    foot = zero + (HIGHEST * STEM_STEP if strokes else ROOM_WITHOUT_STEM)
    height = foot + _foot_height(stems) + 14
    body = [
        _outline(zero, strokes),
        *_scales(zero, strokes),
        *(_area(area, column, later.get(area.area)) for area, column in zip(bar, columns, strict=True)),
        *(_area(area, column, later.get(area.area)) for area, column in zip(stems, strokes, strict=True)),
        _frame(zero, strokes),
        *(_head(a, c, n, later.get(a.area)) for a, c, n in zip(bar, columns, names, strict=True)),
        *(
            _foot(area, column, foot, later.get(area.area))
            for area, column in zip(stems, strokes, strict=True)
        ),
        _legend(BAR_LEFT, zero + 42, times, after=bool(later)),
        _numbers(shape, after, zero + 42, left=max((s.right for s in strokes), default=440) + 46),
    ]
    return picture(
        prefix, WIDTH, height, title=times.title(_title(shape)), description=describe_t_shape(shape, later, times.later), body=body,
    )  # fmt: skip


def _changed(shape: TShape, after: TShape | None, *, falls: bool) -> dict[str, float]:
    """The later levels of the areas that are visibly higher by then; with ``falls`` of the lower ones too."""
    now = {area.area: area.level for area in shape.areas}
    later = {area.area: area.level for area in after.areas} if after else {}
    steps = {area: round(level, 1) - round(now.get(area, level), 1) for area, level in later.items()}
    return {area: later[area] for area, step in steps.items() if step > 0 or (falls and step < 0)}


def _stems(count: int, zero: float) -> list[Column]:
    middle = (BAR_LEFT + BAR_RIGHT) / 2
    left = middle - count * STEM_WIDTH / 2
    return [Column(left + i * STEM_WIDTH, left + (i + 1) * STEM_WIDTH, zero, STEM_STEP) for i in range(count)]


def _corners(zero: float, strokes: Sequence[Column]) -> list[tuple[float, float]]:
    top = zero - HIGHEST * BAR_STEP
    if not strokes:
        return [(BAR_LEFT, top), (BAR_RIGHT, top), (BAR_RIGHT, zero), (BAR_LEFT, zero)]
    left, right, foot = strokes[0].left, strokes[-1].right, zero + HIGHEST * STEM_STEP
    return [
        (BAR_LEFT, top), (BAR_RIGHT, top), (BAR_RIGHT, zero), (right, zero),
        (right, foot), (left, foot), (left, zero), (BAR_LEFT, zero),
    ]  # fmt: skip


def _outline(zero: float, strokes: Sequence[Column]) -> str:
    return polygon(_corners(zero, strokes), fill=BODY)


def _frame(zero: float, strokes: Sequence[Column]) -> str:
    """The edge of the T, drawn over the fills so that the letter is what one sees first."""
    edge = polygon(_corners(zero, strokes), fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round")
    if not strokes:
        return edge
    return edge + line(strokes[0].left, zero, strokes[-1].right, zero, stroke=INK, width=1.2)


def _scales(zero: float, strokes: Sequence[Column]) -> list[str]:
    marks = []
    for level in range(HIGHEST + 1):
        y = zero - level * BAR_STEP
        marks.append(line(BAR_LEFT, y, BAR_RIGHT, y, stroke=LINE))
        marks.append(text(BAR_LEFT - 8, y + 4, str(level), size=12, fill=MUTED, anchor="end"))
        if strokes and level:
            y = zero + level * STEM_STEP
            marks.append(line(strokes[0].left, y, strokes[-1].right, y, stroke=LINE))
            marks.append(text(strokes[0].left - 8, y + 4, str(level), size=12, fill=MUTED, anchor="end"))
    return marks


def _area(area: AreaLevel, column: Column, later: float | None) -> str:
    """Fill, interval, target and level of one area, and the level that the plan leads to."""
    near, far = sorted((column.zero, column.at(area.level)))
    low, high = column.at(area.low), column.at(area.high)
    x = column.middle
    marks = [
        rectangle(column.left, near, column.right - column.left, far - near, fill=TEAL_TINT),
        line(column.left, column.at(0), column.left, column.at(HIGHEST), stroke=OUTLINE, width=0.8),
        line(column.left + 10, column.at(area.target), column.right - 10, column.at(area.target), width=3.4),
        line(x, low, x, high, stroke=TEAL, width=2),
        line(x - 6, low, x + 6, low, stroke=TEAL, width=2),
        line(x - 6, high, x + 6, high, stroke=TEAL, width=2),
        element("circle", cx=x, cy=column.at(area.level), r=6.5, fill=TEAL, stroke=PANEL, stroke_width=1.5),
    ]
    if later is not None:
        marks.append(_later_mark(x + 27, column.at(later)))
    return "".join(marks)


def _later_mark(x: float, y: float) -> str:
    return diamond(x, y, 7.5, fill=PANEL, stroke=RUST, stroke_width=2.6)


def _reading(area: AreaLevel, later: float | None) -> str:
    goes = f" → {decimal(later, 1)}" if later is not None else ""
    return gettext(
        "%(level)s of %(target)s", level=f"{decimal(area.level, 1)}{goes}", target=decimal(area.target)
    )


def _head(area: AreaLevel, column: Column, name: Sequence[str], later: float | None) -> str:
    """Name and reading above a foundation area, ending just above the bar."""
    y = column.at(HIGHEST) - 10
    step = line_height(SMALL)
    first = y - step * len(name)
    return english(lines_of_text(column.middle, first, name, size=SMALL, anchor="middle", bold=True)) + text(
        column.middle, y, _reading(area, later), size=12, fill=MUTED, anchor="middle"
    )


def _foot_lines(area: AreaLevel) -> tuple[str, ...]:
    return wrap(area.name, width=STEM_WIDTH - 6, size=SMALL, bold=True)


def _foot_height(stems: Sequence[AreaLevel]) -> float:
    most = max((len(_foot_lines(area)) for area in stems), default=0)
    return most * line_height(SMALL) + 24


def _foot(area: AreaLevel, column: Column, foot: float, later: float | None) -> str:
    lines = _foot_lines(area)
    y = foot + 20
    return english(lines_of_text(column.middle, y, lines, size=SMALL, anchor="middle", bold=True)) + text(
        column.middle,
        y + len(lines) * line_height(SMALL),
        _reading(area, later),
        size=12,
        fill=MUTED,
        anchor="middle",
    )


def _legend(x: float, y: float, times: Times, *, after: bool) -> str:
    """What the marks mean, in the room left of the stroke."""
    rows = [
        (element("circle", cx=x + 9, cy=y - 4, r=6.5, fill=TEAL), times.level),
        (_whisker(x + 9, y + 20), gettext("90 %% interval")),
        (line(x, y + 44, x + 18, y + 44, width=3.4), gettext("target of the role")),
    ]
    if after:
        rows.append((_later_mark(x + 9, y + 68), times.mark))
    return "".join(
        mark + text(x + 28, y + 24 * index, words, size=12.5) for index, (mark, words) in enumerate(rows)
    )


def _whisker(x: float, y: float) -> str:
    return "".join(
        (
            line(x, y - 8, x, y + 8, stroke=TEAL, width=2),
            line(x - 6, y - 8, x + 6, y - 8, stroke=TEAL, width=2),
            line(x - 6, y + 8, x + 6, y + 8, stroke=TEAL, width=2),
        )
    )


def _numbers(shape: TShape, after: TShape | None, y: float, *, left: float) -> str:
    """Breadth, depth and shape in the room right of the stroke."""
    parts = []
    rows = [
        (gettext("Breadth"), shape.breadth, after.breadth if after else None),
        (gettext("Depth"), shape.depth, after.depth if after else None),
    ]
    for index, (name, now, then) in enumerate(rows):
        base = y + index * 46
        share = percent(now)
        parts.append(text(left, base - 6, name, size=12.5, fill=MUTED))
        parts.append(text(left, base + 15, share, size=20, bold=True))
        if then is not None:
            x = left + width_of(share, size=20, bold=True) + 8
            parts.append(text(x, base + 15, f"→ {percent(then)}", size=14, fill=RUST, bold=True))
    base = y + 92
    words = wrap(shape_words(shape.shape), width=BAR_RIGHT - left, size=12.5)
    parts.append(text(left, base - 6, gettext("Shape"), size=12.5, fill=MUTED))
    parts.append(text(left, base + 13, gettext(NAMES.get(shape.shape, shape.shape)), size=17, bold=True))
    parts.append(lines_of_text(left, base + 31, words, size=12.5, fill=MUTED))
    return "".join(parts)


def _title(shape: TShape) -> str:
    deep = ", ".join(content(area.name) for area in shape.areas if area.specialisation)
    return gettext(
        "T-shape: %(breadth)s of the breadth and %(depth)s of the depth that the role asks for (%(areas)s)",
        breadth=percent(shape.breadth),
        depth=percent(shape.depth),
        areas=deep or gettext("no specialisation chosen"),
    )


def shape_words(shape: str) -> str:
    """What a shape means."""
    return gettext(SHAPES[shape]) if shape in SHAPES else ""


def describe_t_shape(shape: TShape, later: Mapping[str, float], words: str = LATER) -> str:
    """The picture in words: every area with level, interval, target and, in ``words``, its later level."""
    parts = [
        gettext(
            "Shape %(name)s: %(meaning)s.",
            name=gettext(NAMES.get(shape.shape, shape.shape)),
            meaning=shape_words(shape.shape),
        )
    ]
    for area in shape.areas:
        kind = gettext("Specialisation") if area.specialisation else gettext("Foundation")
        told = gettext(
            "%(part)s %(area)s: level %(level)s, 90 %% interval %(low)s to %(high)s, target %(target)s",
            part=kind,
            area=content(area.name),
            level=decimal(area.level, 1),
            low=decimal(area.low, 1),
            high=decimal(area.high, 1),
            target=decimal(area.target),
        )
        goes = ""
        if area.area in later:
            goes = ", " + gettext(words, level=decimal(later[area.area], 1))
        parts.append(f"{told}{goes}.")
    weakest = next((area.name for area in shape.areas if area.area == shape.weakest), shape.weakest)
    parts.append(gettext("The weakest foundation area is %(area)s.", area=content(weakest)))
    return " ".join(parts)
