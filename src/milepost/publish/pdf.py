"""The printed roadmap: a tagged PDF by Typst, the same bytes for the same view."""

import json
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

import typst

from milepost.model.plans import Plan
from milepost.pictures import draw_priority_matrix, draw_roadmap, draw_t_shape
from milepost.pictures.canvas import alternative_text
from milepost.publish.fonts import font_folders
from milepost.publish.sheet import Sheet, make_sheet
from milepost.publish.view import RoadmapView

TEMPLATE = Path(__file__).resolve().parent / "templates" / "roadmap.typ"
QUARTERS_A_PAGE = 2
"""Two quarters fill a page with letters of about eight points."""


def render_pdf(view: RoadmapView) -> bytes:
    """A person's roadmap as PDF/UA-1 where its letters can be shown, else as a plain PDF.

    Text reaches Typst only as data in a JSON file, never as markup. The fonts inside Typst
    and the shipped ones are tried first: they are the same everywhere, so the bytes are too.
    Text that they lack (Arabic, say) takes the fonts of this machine, and gives up the
    standard only where these lack it as well.
    """
    sheet = make_sheet(view)
    pictures = _pictures(view)
    sheet["roadmaps"] = [
        {"file": f"{name}.svg", "alt": alt, "ratio": _ratio(svg)}
        for name, (svg, alt) in pictures.items()
        if name.startswith("roadmap")
    ]
    sheet["alt_shape"] = pictures["t-shape"][1]
    sheet["alt_matrix"] = pictures["matrix"][1]
    with tempfile.TemporaryDirectory(prefix="milepost-") as folder:
        place = Path(folder)
        for name, (svg, _) in pictures.items():
            (place / f"{name}.svg").write_text(svg, encoding="utf-8")
        return _compile(place, sheet)


def _compile(place: Path, sheet: Sheet) -> bytes:
    (place / "sheet.json").write_text(json.dumps(sheet, ensure_ascii=False), encoding="utf-8")
    source = place / "roadmap.typ"
    source.write_bytes(TEMPLATE.read_bytes())
    try:
        return _typeset(source, own_fonts_only=True, accessible=True)
    except typst.TypstError:
        pass
    try:
        return _typeset(source, own_fonts_only=False, accessible=True)
    except typst.TypstError:
        return _typeset(source, own_fonts_only=False, accessible=False)


def _typeset(source: Path, *, own_fonts_only: bool, accessible: bool) -> bytes:
    made = typst.compile(
        str(source),
        root=str(source.parent),
        font_paths=font_folders(),
        ignore_system_fonts=own_fonts_only,
        pdf_standards=["ua-1"] if accessible else [],
    )
    assert isinstance(made, bytes)
    return made


def _pictures(view: RoadmapView) -> dict[str, tuple[str, str]]:
    """SVG and its alternative text by file name; the roadmap a page at a time."""
    shape = draw_t_shape(view.report.t_shape, after=view.after)
    matrix = draw_priority_matrix(view.report)
    found = {"t-shape": (shape, alternative_text(shape)), "matrix": (matrix, alternative_text(matrix))}
    if isinstance(view.plan, Plan):
        for index, numbers in enumerate(_pages(view.plan), start=1):
            svg = draw_roadmap(view.plan, away=view.away, quarters=numbers)
            found[f"roadmap-{index}"] = (svg, alternative_text(svg))
    return found


def _pages(plan: Plan) -> Iterator[tuple[int, ...]]:
    numbers = [quarter.number for quarter in plan.quarters]
    for first in range(0, len(numbers), QUARTERS_A_PAGE):
        yield tuple(numbers[first : first + QUARTERS_A_PAGE])


def _ratio(svg: str) -> float:
    """Height by width of a picture."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    assert found is not None
    return float(found[2]) / float(found[1])
