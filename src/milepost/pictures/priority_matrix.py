"""Severity × impact: every open gap as a numbered point, with how uncertain it is."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from milepost.model.gaps import Gap, GapReport
from milepost.model.language import content, decimal, gettext, ngettext
from milepost.pictures.canvas import (
    INK,
    LINE,
    MUTED,
    OUTLINE,
    PANEL,
    RUST,
    TEAL,
    element,
    english,
    line_height,
    lines_of_text,
    picture,
    rectangle,
    text,
    width_of,
    wrap,
)

WIDTH = 720.0
LEFT, RIGHT, TOP = 62.0, 704.0, 24.0
COLUMN = (RIGHT - LEFT) / 5
LEAST_ROW = 62.0
RADIUS = 12.0
ROOM = 2 * RADIUS + 3
HIGHEST = 5
LEGEND_SIZE = 13.0
LEGEND_COLUMN = 326.0


@dataclass(frozen=True, slots=True)
class Field:
    """The plot: where each severity band begins and ends (band s holds gaps from s − 1 to s)."""

    heights: tuple[float, ...]

    @property
    def bottom(self) -> float:
        """The y of a gap of zero."""
        return TOP + sum(self.heights)

    def y(self, gap: float) -> float:
        """The y of a gap in levels; the scale is linear inside each band."""
        gap = min(float(HIGHEST), max(0.0, gap))
        whole = min(HIGHEST - 1, int(gap))
        below = sum(self.heights[:whole])
        return self.bottom - below - (gap - whole) * self.heights[whole]

    def cell(self, severity: int, impact: int) -> tuple[float, float, float, float]:
        """Left, top, right and bottom of one cell."""
        left = LEFT + (impact - 1) * COLUMN
        return left, self.y(severity), left + COLUMN, self.y(severity - 1)


@dataclass(frozen=True, slots=True)
class Point:
    """A gap with the place that its number was given."""

    gap: Gap
    x: float
    y: float


def draw_priority_matrix(report: GapReport, *, prefix: str = "matrix") -> str:
    """The five by five field of the case study; closed gaps are named below it."""
    still_open = sorted((gap for gap in report.gaps if gap.severity), key=lambda gap: gap.rank)
    closed = [gap for gap in report.gaps if not gap.severity]
    field, points = _arrange(still_open)
    legend, height = _legend(still_open, field.bottom + 74)
    note, height = _note(closed, height)
    body = [
        *_cells(field),
        *_axes(field),
        *(_doubt(gap, field) for gap in reversed(still_open)),
        *(_mark(point) for point in reversed(points)),
        *legend,
        note,
    ]
    title = gettext(
        "Priority matrix: %(open)s open gaps by severity and impact, %(focus)s in the focus",
        open=len(still_open),
        focus=len(report.focus),
    )
    return picture(
        prefix, WIDTH, height + 14, title=title, description=_describe(still_open, closed), body=body
    )


def _arrange(gaps: Sequence[Gap]) -> tuple[Field, tuple[Point, ...]]:
    """The smallest field in which every number finds a free place in its own cell."""
    heights = [LEAST_ROW] * HIGHEST
    while True:
        field = Field(tuple(heights))
        placed = _spread(gaps, field)
        if not isinstance(placed, Gap):
            return field, placed
        heights[placed.severity - 1] += ROOM / 2


def _spread(gaps: Sequence[Gap], field: Field) -> tuple[Point, ...] | Gap:
    """Each number on the free place nearest to its true one, best rank first; or the gap without any."""
    points: list[Point] = []
    for gap in gaps:
        left, top, right, _ = field.cell(gap.severity, gap.impact.score)
        wanted = ((left + right) / 2, field.y(gap.gap))
        free = (spot for spot in _spots(field, gap) if _is_free(spot, points, corner=(right, top)))
        best = min(free, key=lambda s: ((s[0] - wanted[0]) ** 2 + (s[1] - wanted[1]) ** 2, s), default=None)
        if best is None:
            return gap
        points.append(Point(gap, *best))
    return tuple(points)


def _spots(field: Field, gap: Gap) -> Iterator[tuple[float, float]]:
    """A lattice over the cell, with the true place of the gap on it."""
    left, top, right, bottom = field.cell(gap.severity, gap.impact.score)
    margin = RADIUS + 2
    middle, true = (left + right) / 2, min(bottom - margin, max(top + margin, field.y(gap.gap)))
    step = ROOM / 3
    across = int((COLUMN / 2 - margin) / step)
    down = int((bottom - top) / step)
    for i in range(-across, across + 1):
        for j in range(-down, down + 1):
            y = true + j * step
            if top + margin <= y <= bottom - margin:
                yield middle + i * step, y


def _is_free(spot: tuple[float, float], points: Sequence[Point], *, corner: tuple[float, float]) -> bool:
    x, y = spot
    if x > corner[0] - 24 - RADIUS and y < corner[1] + 18 + RADIUS:
        return False
    return all((x - p.x) ** 2 + (y - p.y) ** 2 >= ROOM**2 for p in points)


def _cells(field: Field) -> Iterator[str]:
    """The field, darker where severity × impact is larger, with the product in each corner."""
    for severity in range(1, HIGHEST + 1):
        for impact in range(1, HIGHEST + 1):
            left, top, right, bottom = field.cell(severity, impact)
            product = severity * impact
            yield rectangle(
                left, top, right - left, bottom - top,
                fill=TEAL, fill_opacity=round(0.015 + product * 0.0085, 4), stroke=LINE,
            )  # fmt: skip
            yield text(right - 6, top + 15, str(product), size=11.5, fill=MUTED, anchor="end")


def _axes(field: Field) -> Iterator[str]:
    for level in range(1, HIGHEST + 1):
        _, top, _, bottom = field.cell(level, 1)
        yield text(LEFT - 10, (top + bottom) / 2 + 5, str(level), anchor="end")
        yield text(LEFT + (level - 0.5) * COLUMN, field.bottom + 19, str(level), anchor="middle")
    middle = (TOP + field.bottom) / 2
    words = gettext("severity of the gap")
    turn = f"rotate(-90 24 {middle:g})"
    yield element("g", text(24, middle, words, anchor="middle", fill=MUTED), transform=turn)
    yield text((LEFT + RIGHT) / 2, field.bottom + 40, gettext("career impact"), anchor="middle", fill=MUTED)
    yield rectangle(LEFT, TOP, RIGHT - LEFT, field.bottom - TOP, fill="none", stroke=OUTLINE)


def _doubt(gap: Gap, field: Field) -> str:
    """The box of uncertainty: the level's 90 % interval by the impact's."""
    left = LEFT + (gap.impact.low - 0.5) * COLUMN - RADIUS - 4
    right = LEFT + (gap.impact.high - 0.5) * COLUMN + RADIUS + 4
    top, bottom = field.y(gap.target - gap.low), field.y(gap.target - gap.high)
    colour = RUST if gap.in_focus else TEAL
    return rectangle(
        left, top, right - left, max(8.0, bottom - top), rx=12, fill=colour,
        fill_opacity=0.06 if gap.in_focus else 0.0,
        stroke=colour, stroke_opacity=0.8 if gap.in_focus else 0.35,
        stroke_dasharray="none" if gap.in_focus else "2 3",
    )  # fmt: skip


def _mark(point: Point) -> str:
    return _badge(point.gap, point.x, point.y)


def _badge(gap: Gap, x: float, y: float) -> str:
    """The number of a gap: solid with a ring in the focus, hollow otherwise."""
    number = str(gap.rank)
    size = 12.5 if len(number) < 3 else 10
    if not gap.in_focus:
        disc = element("circle", cx=x, cy=y, r=RADIUS - 1, fill=PANEL, stroke=TEAL, stroke_width=1.5)
        return disc + text(x, y + size * 0.36, number, size=size, anchor="middle")
    ring = element("circle", cx=x, cy=y, r=RADIUS + 1, fill=PANEL, stroke=RUST, stroke_width=1.5)
    disc = element("circle", cx=x, cy=y, r=RADIUS - 2, fill=RUST)
    return (
        ring + disc + text(x, y + size * 0.36, number, size=size, anchor="middle", fill="#ffffff", bold=True)
    )


def _legend(gaps: Sequence[Gap], top: float) -> tuple[list[str], float]:
    """Names by number in two columns, read down and then right; and where they end."""
    rows = [_legend_row(gap) for gap in gaps]
    half = (len(rows) + 1) // 2
    marks = [
        text(
            20,
            top - 16,
            gettext("Number = rank. Solid with a ring = in the focus. Boxes are 90 %% intervals."),
            size=12.5,
            fill=MUTED,
        )
    ]
    end = top
    for column, part in enumerate((rows[:half], rows[half:])):
        y = top + 14
        for gap, lines, sum_ in part:
            x = 20 + column * (LEGEND_COLUMN + 24)
            marks.append(_badge(gap, x + 13, y - 4.5))
            marks.append(english(lines_of_text(x + 36, y, lines, size=LEGEND_SIZE, bold=gap.in_focus)))
            marks.append(text(x + LEGEND_COLUMN, y, sum_, size=12.5, fill=MUTED, anchor="end"))
            y += max(30.0, 13 + len(lines) * line_height(LEGEND_SIZE))
        end = max(end, y)
    return marks, end - 8


def _legend_row(gap: Gap) -> tuple[Gap, tuple[str, ...], str]:
    sum_ = f"{gap.severity} × {gap.impact.score} = {gap.priority}"
    room = LEGEND_COLUMN - 36 - width_of(sum_, size=12.5) - 10
    return gap, wrap(gap.name, width=room, size=LEGEND_SIZE, bold=gap.in_focus), sum_


def _note(closed: Sequence[Gap], top: float) -> tuple[str, float]:
    if not closed:
        return "", top
    words = ngettext(
        "%(num)s closed gap is left out: %(names)s.",
        "%(num)s closed gaps are left out: %(names)s.",
        len(closed),
        names=", ".join(content(gap.name) for gap in closed),
    )
    lines = wrap(words, width=WIDTH - 44, size=12.5)
    end = top + 16 + len(lines) * line_height(12.5)
    return lines_of_text(20, top + 18, lines, size=12.5, fill=INK), end


def _describe(gaps: Sequence[Gap], closed: Sequence[Gap]) -> str:
    """The picture in words: every open gap in order of rank."""
    told = [
        gettext(
            "%(rank)s. %(name)s: severity %(severity)s (gap %(gap)s, 90 %% interval %(low)s to %(high)s levels), "
            "impact %(impact)s (%(least)s to %(most)s), priority %(priority)s.",
            rank=gap.rank,
            name=", ".join((content(gap.name), *([gettext("in the focus")] if gap.in_focus else []))),
            severity=gap.severity,
            gap=decimal(gap.gap, 1),
            low=decimal(max(0.0, gap.target - gap.high), 1),
            high=decimal(max(0.0, gap.target - gap.low), 1),
            impact=gap.impact.score,
            least=gap.impact.low,
            most=gap.impact.high,
            priority=gap.priority,
        )
        for gap in gaps
    ]
    if closed:
        names = ", ".join(content(gap.name) for gap in closed)
        told.append(gettext("Left out because they are closed: %(names)s.", names=names))
    return " ".join(told) or gettext("There is no gap.")
