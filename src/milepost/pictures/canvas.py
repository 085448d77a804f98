"""The marks that every picture is made of: SVG elements, measured text, one palette.

Why plain attributes: the same SVG goes into a web page and through Typst, which knows no
CSS variables and no colour scheme. A picture therefore brings its own light panel.
"""

import html
import re
import unicodedata
from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape

from milepost.model.language import language

PANEL = "#fcfcfa"
INK = "#1d262b"
MUTED = "#566067"
LINE = "#d9d5cb"
BODY = "#f1eee6"
OUTLINE = "#7d868b"
TEAL = "#1f747c"
TEAL_TINT = "#cfe3e2"
RUST = "#a44f1c"
RUST_TINT = "#f6dfcf"
VIOLET = "#6a4f9c"
VIOLET_TINT = "#e6dff2"
GREEN = "#42752b"
GREEN_TINT = "#dfead6"
BLUE = "#2c62a3"
BLUE_TINT = "#d9e5f4"

FONTS = "DejaVu Sans, Verdana, sans-serif"

_UNPRINTABLE = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_WIDTHS = {
    **dict.fromkeys("ijlI.,:;'|!", 0.32),
    **dict.fromkeys("tfr()[]{}/\\-·", 0.41),
    " ": 0.32,
    "\u00a0": 0.32,
    **dict.fromkeys("mMW@%", 0.98),
    **dict.fromkeys("w×→+−=<>≥≤~", 0.84),
    **dict.fromkeys("ABCDEGHKNOPQRSTUVXYZ&", 0.76),
}
_OTHER_WIDTH = 0.63
_BOLD_WIDTH = 1.1


def clean(text: str) -> str:
    """Text without the characters that XML forbids."""
    return _UNPRINTABLE.sub("", text)


def number(value: float) -> str:
    """A coordinate with at most two decimals.

    >>> number(12.0), number(1.239), number(-0.001)
    ('12', '1.24', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def element(name: str, *children: str, **attributes: str | float) -> str:
    """One SVG element; ``stroke_width`` becomes ``stroke-width``, ``class_`` ``class``."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{''.join(children)}</{name}>" if children else f"<{name}{written}/>"


def _attribute(value: str | float) -> str:
    return escape(clean(value), {'"': "&quot;"}) if isinstance(value, str) else number(value)


def text(
    x: float,
    y: float,
    words: str,
    *,
    size: float = 13,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """One line of text with its baseline at y."""
    weight = {"font_weight": "bold"} if bold else {}
    attributes: dict[str, str | float] = {"x": x, "y": y, "font_size": size, "fill": fill, **weight}
    if anchor != "start":
        attributes["text_anchor"] = anchor
    return element("text", escape(clean(words)), **attributes)


def lines_of_text(
    x: float,
    y: float,
    lines: Sequence[str],
    *,
    size: float = 13,
    fill: str = INK,
    anchor: str = "start",
    bold: bool = False,
) -> str:
    """Several lines, the first with its baseline at y."""
    step = line_height(size)
    return "".join(
        text(x, y + index * step, line, size=size, fill=fill, anchor=anchor, bold=bold)
        for index, line in enumerate(lines)
    )


def english(marks: str) -> str:
    """Marks whose words are content, which is English, in a picture of whatever language."""
    return marks if language().is_english else element("g", marks, lang="en")


def line_height(size: float) -> float:
    """The distance of two baselines."""
    return round(size * 1.3, 1)


def rectangle(x: float, y: float, width: float, height: float, **attributes: str | float) -> str:
    """A rectangle from its upper left corner."""
    return element("rect", x=x, y=y, width=width, height=height, **attributes)


def line(
    x1: float, y1: float, x2: float, y2: float, *, stroke: str = INK, width: float = 1, **more: str
) -> str:
    """A straight line."""
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, stroke=stroke, stroke_width=width, **more)


class Shelf:
    """Places for the marks of a legend from left to right, in a new row where one is full."""

    def __init__(self, left: float, right: float, *, top: float, row: float, gap: float) -> None:
        self._left, self._right, self._row, self._gap = left, right, row, gap
        self._x, self._top = left, top
        self.rows = 1

    def place(self, width: float) -> tuple[float, float]:
        """Where the next mark of this width begins."""
        if self._x > self._left and self._x + width > self._right:
            self._x, self.rows = self._left, self.rows + 1
        left = self._x
        self._x += width + self._gap
        return left, self._top + (self.rows - 1) * self._row


def polygon(points: Iterable[tuple[float, float]], **attributes: str | float) -> str:
    """A closed shape through its corners."""
    corners = " ".join(f"{number(x)},{number(y)}" for x, y in points)
    return element("polygon", points=corners, **attributes)


def diamond(x: float, y: float, radius: float, **attributes: str | float) -> str:
    """A square standing on its corner."""
    return polygon(((x, y - radius), (x + radius, y), (x, y + radius), (x - radius, y)), **attributes)


def star(x: float, y: float, radius: float, **attributes: str | float) -> str:
    """A five-pointed star."""
    # Why a table: sines rounded once give the same bytes on every machine.
    outer = ((0, -1), (0.951, -0.309), (0.588, 0.809), (-0.588, 0.809), (-0.951, -0.309))
    inner = ((0.235, -0.324), (0.38, 0.124), (0, 0.4), (-0.38, 0.124), (-0.235, -0.324))
    corners = [corner for pair in zip(outer, inner, strict=True) for corner in pair]
    return polygon([(x + radius * dx, y + radius * dy) for dx, dy in corners], **attributes)


def hatch(name: str, *, stroke: str, angle: int, gap: float = 6) -> str:
    """A pattern of parallel lines, for use as ``fill="url(#name)"``."""
    stripe = line(0, 0, 0, gap, stroke=stroke, width=1.4)
    return element(
        "pattern",
        stripe,
        id=name,
        width=gap,
        height=gap,
        patternUnits="userSpaceOnUse",
        patternTransform=f"rotate({angle})",
    )


def width_of(words: str, *, size: float = 13, bold: bool = False) -> float:
    """The width of a line of text, estimated on the wide side for DejaVu Sans."""
    total = sum(_character_width(character) for character in words)
    return total * size * (_BOLD_WIDTH if bold else 1)


def _character_width(character: str) -> float:
    known = _WIDTHS.get(character)
    if known is not None:
        return known
    if unicodedata.combining(character) or unicodedata.category(character) == "Cf":
        return 0.0
    return 1.0 if unicodedata.east_asian_width(character) in {"W", "F"} else _OTHER_WIDTH


def wrap(words: str, *, width: float, size: float = 13, bold: bool = False) -> tuple[str, ...]:
    """Text cut at plain spaces into lines that fit (hard spaces hold); a word that is too long by itself is broken.

    >>> wrap("ML fundamentals", width=90, size=12)
    ('ML', 'fundamentals')
    """
    lines = [""]
    for word in re.split(r"[ \t\r\n]+", clean(words).strip()):
        for piece in _pieces(word, width=width, size=size, bold=bold):
            longer = f"{lines[-1]} {piece}".strip()
            if lines[-1] and width_of(longer, size=size, bold=bold) > width:
                lines.append(piece)
            else:
                lines[-1] = longer
    return tuple(lines)


def _pieces(word: str, *, width: float, size: float, bold: bool) -> list[str]:
    pieces = [""]
    for character in word:
        if pieces[-1] and width_of(pieces[-1] + character, size=size, bold=bold) > width:
            pieces.append("")
        pieces[-1] += character
    return pieces


def picture(
    prefix: str, width: float, height: float, *, title: str, description: str, body: Iterable[str]
) -> str:
    """A whole SVG with its name and description for those who do not see it, on its own panel."""
    heading = element("title", escape(clean(title)), id=f"{prefix}-title")
    told = element("desc", escape(clean(description)), id=f"{prefix}-desc")
    panel = rectangle(0.5, 0.5, width - 1, height - 1, rx=10, fill=PANEL, stroke=LINE)
    attributes: dict[str, str | float] = {
        "xmlns": "http://www.w3.org/2000/svg",
        "viewBox": f"0 0 {number(width)} {number(height)}",
        "width": width,
        "height": height,
        "role": "img",
        "aria-labelledby": f"{prefix}-title",
        "aria-describedby": f"{prefix}-desc",
        "font-family": FONTS,
    }
    return element("svg", heading, told, panel, "\n", "\n".join(body), "\n", **attributes)


def alternative_text(svg: str) -> str:
    """The name and the description that a picture carries, as one plain text."""
    found = re.findall(r"<(?:title|desc) [^>]*>([^<]*)<", svg)
    return ". ".join(html.unescape(words).removesuffix(".") for words in found[:2]) + "."
