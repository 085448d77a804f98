"""Shares over time as small multiples: one small curve a skill, grouped by verdict."""

from collections.abc import Sequence
from dataclasses import dataclass

from milepost.model.language import content, gettext, marked, percent
from milepost.pictures.canvas import (
    BLUE,
    GREEN,
    INK,
    LINE,
    MUTED,
    RUST,
    TEAL,
    element,
    english,
    line,
    number,
    picture,
    rectangle,
    text,
    wrap,
)

WIDTH = 760.0
LEFT = 20.0
CELL_WIDTH, CELL_HEIGHT = 172.0, 92.0
COLUMNS = 4
COLOURS = {"adopt": GREEN, "trial": TEAL, "watch": BLUE, "hold": RUST, "ignore": MUTED}
VERDICTS = (marked("adopt"), marked("trial"), marked("watch"), marked("hold"), marked("ignore"))
SMOOTH = 6


@dataclass(frozen=True, slots=True)
class Curve:
    """One skill: its verdict, its months ("YYYY-MM") and the share of each, 0..1."""

    name: str
    verdict: str
    months: tuple[str, ...]
    shares: tuple[float, ...]


def draw_trends(curves: Sequence[Curve], *, prefix: str = "trends") -> str:
    """Each curve is the rolling share of six months on its own scale, with its last value and its peak."""
    body: list[str] = []
    y = 24.0
    for verdict, colour in COLOURS.items():
        own = [curve for curve in curves if curve.verdict == verdict]
        if not own:
            continue
        body.append(text(LEFT, y, gettext(verdict), size=14, bold=True, fill=colour))
        y += 12
        for index, curve in enumerate(own):
            column = index % COLUMNS
            if index and column == 0:
                y += CELL_HEIGHT + 10
            body.append(_cell(curve, LEFT + column * (CELL_WIDTH + 11), y))
        y += CELL_HEIGHT + 34
    described = "; ".join(
        f"{content(c.name)} {gettext(c.verdict)}, {percent(c.shares[-1], 1)}" for c in curves if c.shares
    )
    return picture(
        prefix,
        WIDTH,
        y,
        title=gettext("Share of advertisements that name each skill, by verdict"),
        description=gettext(
            "Small curves of the rolling share of six months, each on its own scale. %(curves)s",
            curves=described,
        ),
        body=body,
    )


def _cell(curve: Curve, x: float, y: float) -> str:
    smooth = _rolling(curve.shares)
    top = max(smooth, default=0.0) or 1.0
    first, last = x + 8, x + CELL_WIDTH - 8
    base, head = y + CELL_HEIGHT - 20, y + 38
    step = (last - first) / max(1, len(smooth) - 1)
    points = " ".join(
        f"{number(first + index * step)},{number(base - (base - head) * value / top)}"
        for index, value in enumerate(smooth)
    )
    name = wrap(curve.name, width=CELL_WIDTH - 28, size=11.5, bold=True)
    title = name[0] + ("…" if len(name) > 1 else "")
    colour = COLOURS[curve.verdict]
    end = percent(smooth[-1], 1) if smooth else "–"
    return "".join(
        (
            rectangle(x, y, CELL_WIDTH, CELL_HEIGHT, fill="none", stroke=LINE, rx=4),
            english(text(x + 8, y + 16, title, size=11.5, bold=True, fill=INK)),
            text(
                x + 8,
                y + 31,
                gettext("now %(now)s, peak %(peak)s", now=end, peak=percent(top if smooth else 0, 1)),
                size=11,
                fill=MUTED,
            ),
            line(first, base, last, base, stroke=LINE),
            element("polyline", points=points, fill="none", stroke=colour, stroke_width=2),
            text(first, y + CELL_HEIGHT - 6, curve.months[0] if curve.months else "", size=10, fill=MUTED),
            text(
                last,
                y + CELL_HEIGHT - 6,
                curve.months[-1] if curve.months else "",
                size=10,
                fill=MUTED,
                anchor="end",
            ),
        )
    )


def _rolling(shares: Sequence[float]) -> list[float]:
    return [sum(shares[max(0, end - SMOOTH) : end]) / min(end, SMOOTH) for end in range(1, len(shares) + 1)]
