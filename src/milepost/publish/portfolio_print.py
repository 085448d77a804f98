"""A portfolio in print and as a preview picture, both set by Typst from data, never from markup."""

import json
import tempfile
from collections.abc import Mapping
from pathlib import Path

import typst

from milepost.pictures.canvas import alternative_text
from milepost.publish.fonts import font_folders

TEMPLATES = Path(__file__).resolve().parent / "templates"
PIXELS_A_POINT = 144.0
"""Points per inch that make a page of 600 × 315 pt the 1200 × 630 pixels of a preview."""


def render_portfolio_pdf(sheet: Mapping[str, object], t_shape: str) -> bytes:
    """The portfolio as PDF/UA-1; as a plain PDF where no font here has its letters."""
    data = {**sheet, "t_alt": alternative_text(t_shape) if t_shape else ""}
    attempts = ((True, True), (False, True), (False, False))
    with tempfile.TemporaryDirectory(prefix="milepost-") as folder:
        source = _lay_out(Path(folder), "portfolio.typ", data)
        if t_shape:
            (Path(folder) / "t.svg").write_text(t_shape, encoding="utf-8")
        for own_fonts_only, accessible in attempts:
            try:
                made = typst.compile(
                    str(source),
                    root=folder,
                    font_paths=font_folders(),
                    ignore_system_fonts=own_fonts_only,
                    pdf_standards=["ua-1"] if accessible else [],
                )
            except typst.TypstError:
                if not accessible:
                    raise
            else:
                assert isinstance(made, bytes)
                return made
    raise AssertionError("the last attempt gives a PDF or raises")


def render_preview(sheet: Mapping[str, object], theme: str) -> bytes:
    """The picture that other sites show for a link: 1200 × 630 pixels, PNG.

    Empty where no font here has its letters. Why a PDF first: only the standard for PDF makes
    Typst refuse letters that it cannot show.
    """
    with tempfile.TemporaryDirectory(prefix="milepost-") as folder:
        source, fonts = _lay_out(Path(folder), "preview.typ", {**sheet, "theme": theme}), font_folders()
        try:
            typst.compile(str(source), root=folder, font_paths=fonts, pdf_standards=["ua-1"])
        except typst.TypstError:
            return b""
        made = typst.compile(str(source), root=folder, font_paths=fonts, format="png", ppi=PIXELS_A_POINT)
        assert isinstance(made, bytes)
        return made


def _lay_out(folder: Path, template: str, data: Mapping[str, object]) -> Path:
    (folder / "sheet.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    source = folder / template
    source.write_bytes((TEMPLATES / template).read_bytes())
    return source
