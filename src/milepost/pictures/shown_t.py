"""The T as it is shown to the world: names of areas and levels in words, no number and no target."""

from collections.abc import Sequence
from dataclasses import dataclass

from milepost.pictures.canvas import (
    BODY,
    INK,
    LINE,
    MUTED,
    TEAL,
    line,
    line_height,
    lines_of_text,
    picture,
    polygon,
    rectangle,
    text,
    wrap,
)

WIDTH = 720.0
LEFT, RIGHT = 14.0, 706.0
TOP = 22.0
HIGHEST = 5
BAR_STEP, STEM_STEP = 24.0, 44.0
STEM_WIDTH = 150.0
SMALL = 12.5


@dataclass(frozen=True, slots=True)
class AreaWord:
    """One area with its level as a whole number from 0 to 5, and the word for it."""

    name: str
    level: int
    word: str


def draw_shown_t(broad: Sequence[AreaWord], deep: Sequence[AreaWord], *, prefix: str = "shown-t") -> str:
    """The bar of foundation areas with the stroke of the specialisations under it."""
    width = (RIGHT - LEFT) / max(1, len(broad))
    names = [wrap(area.name, width=width - 8, size=SMALL, bold=True) for area in broad]
    head = max((len(lines) for lines in names), default=0) * line_height(SMALL) + 20
    zero = TOP + head + HIGHEST * BAR_STEP
    middle = (LEFT + RIGHT) / 2
    stem = middle - len(deep) * STEM_WIDTH / 2
    foot = zero + (HIGHEST * STEM_STEP if deep else 0)
    below = [wrap(area.name, width=STEM_WIDTH - 8, size=SMALL, bold=True) for area in deep]
    room = max((len(lines) for lines in below), default=0) * line_height(SMALL) + (40 if deep else 16)
    body = [_body(zero, foot, stem, len(deep))]
    for index, (area, lines) in enumerate(zip(broad, names, strict=True)):
        body.append(_bar(area, lines, LEFT + index * width, width, zero))
    for index, (area, lines) in enumerate(zip(deep, below, strict=True)):
        body.append(_stem(area, lines, stem + index * STEM_WIDTH, zero, foot))
    body.append(_edge(zero, foot, stem, len(deep)))
    return picture(
        prefix,
        WIDTH,
        foot + room,
        title="The T: broad foundations and what goes deep",
        description=_description(broad, deep),
        body=body,
    )


def _corners(zero: float, foot: float, stem: float, count: int) -> list[tuple[float, float]]:
    top, right = zero - HIGHEST * BAR_STEP, stem + count * STEM_WIDTH
    if not count:
        return [(LEFT, top), (RIGHT, top), (RIGHT, zero), (LEFT, zero)]
    return [
        (LEFT, top), (RIGHT, top), (RIGHT, zero), (right, zero),
        (right, foot), (stem, foot), (stem, zero), (LEFT, zero),
    ]  # fmt: skip


def _body(zero: float, foot: float, stem: float, count: int) -> str:
    return polygon(_corners(zero, foot, stem, count), fill=BODY)


def _edge(zero: float, foot: float, stem: float, count: int) -> str:
    edge = _corners(zero, foot, stem, count)
    return polygon(edge, fill="none", stroke=INK, stroke_width=2, stroke_linejoin="round")


def _bar(area: AreaWord, name: Sequence[str], left: float, width: float, zero: float) -> str:
    """A foundation area: its name and word above, the level as steps that rise."""
    top = zero - HIGHEST * BAR_STEP
    y = top - 10
    steps = "".join(
        _step(left, zero - (number + 1) * BAR_STEP, width, BAR_STEP, filled=number < area.level)
        for number in range(HIGHEST)
    )
    first = y - line_height(SMALL) * len(name)
    return (
        steps
        + lines_of_text(left + width / 2, first, name, size=SMALL, anchor="middle", bold=True)
        + text(left + width / 2, y, area.word, size=SMALL, fill=MUTED, anchor="middle")
    )


def _stem(area: AreaWord, name: Sequence[str], left: float, zero: float, foot: float) -> str:
    """A specialisation: the level as steps that go down, its name and word below."""
    steps = "".join(
        _step(left, zero + number * STEM_STEP, STEM_WIDTH, STEM_STEP, filled=number < area.level)
        for number in range(HIGHEST)
    )
    x, y = left + STEM_WIDTH / 2, foot + 20
    return (
        steps
        + lines_of_text(x, y, name, size=SMALL, anchor="middle", bold=True)
        + text(x, y + len(name) * line_height(SMALL), area.word, size=SMALL, fill=MUTED, anchor="middle")
    )


def _step(x: float, y: float, width: float, height: float, *, filled: bool) -> str:
    """One whole level of one area."""
    if not filled:
        return line(x, y, x, y + height, stroke=LINE)
    return rectangle(x + 1.5, y + 1.5, width - 3, height - 3, rx=2, fill=TEAL)


def _description(broad: Sequence[AreaWord], deep: Sequence[AreaWord]) -> str:
    told = [f"{area.name}: {area.word}" for area in broad]
    goes = [f"{area.name}: {area.word}" for area in deep]
    words = f"Broad: {'; '.join(told)}." if told else ""
    return f"{words} Deep: {'; '.join(goes)}." if goes else words
