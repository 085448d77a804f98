"""The PDF is tagged, complete and the same every time."""

import io
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pypdfium2  # type: ignore[import-untyped]
import pytest
from pypdf import PdfReader

from milepost.publish.pdf import render_pdf

samples = import_module("publish.roadmap_samples")


@pytest.fixture
def view():
    return samples.make_view()


@pytest.fixture
def hopeless():
    return samples.make_view(feasible=False)


TESTS = Path(__file__).resolve().parents[1]


def text_of(pdf: bytes) -> str:
    document = pypdfium2.PdfDocument(pdf)
    pages = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return " ".join(" ".join(pages).split())


def test_the_pdf_names_the_person_every_activity_and_every_gap(view):
    pdf = render_pdf(view)
    text = text_of(pdf)
    assert "Müller-Ångström <b>& Co</b><script>alert(1)</script>" in text
    for quarter in view.plan.quarters:
        assert quarter.milestone.title in text
        for activity in quarter.activities:
            assert activity.title.split(",")[0] in text
    for gap in view.report.gaps:
        assert gap.name.split(" with")[0] in text


def test_the_pdf_is_marked_as_accessible(view):
    assert b"pdfuaid" in render_pdf(view)


def test_the_pdf_has_a_tree_of_tags_a_language_and_a_title(view):
    reader = PdfReader(io.BytesIO(render_pdf(view)))
    root: Any = reader.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/StructTreeRoot"]["/K"]
    assert root["/Lang"] == "en"
    assert reader.metadata is not None
    assert view.person.name in (reader.metadata.title or "")


@pytest.mark.parametrize("name", ["Ελένη 王芳 Дмитрий", "山田太郎 だ", "김민수", "Łukasz Đặng Åse"])
def test_latin_greek_cyrillic_and_cjk_names_are_shown_in_shipped_fonts_on_every_machine(view, name):
    pdf = render_pdf(samples.rename(view, name))
    reader = PdfReader(io.BytesIO(pdf))
    assert b"pdfuaid" in pdf, "the standard refuses a PDF with a missing letter"
    assert name in reader.pages[0].extract_text()
    pages: list[Any] = list(reader.pages)
    fonts = {
        str(font.get_object()["/BaseFont"]).partition("+")[2]
        for page in pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert {font.split("-")[0] for font in fonts} <= {"LibertinusSerif", "NotoSansCJKjp"}


def test_the_same_view_gives_the_same_bytes_in_two_processes(view):
    code = (
        f"import sys; sys.path.insert(0, {str(TESTS)!r})\n"
        "from hashlib import sha256\nfrom publish.roadmap_samples import make_view\n"
        "from milepost.publish.pdf import render_pdf\nprint(sha256(render_pdf(make_view())).hexdigest())"
    )
    sums = {
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
        for _ in range(2)
    }
    assert len(sums) == 1


def test_a_plan_that_does_not_fit_is_printed_with_what_would_help(hopeless):
    assert "6.5 h a week instead of 1 would fit." in text_of(render_pdf(hopeless))


@pytest.mark.parametrize("name", ["山田太郎", "Ελένη", "Олена", "🙂 Smile", "#set text(red) $x$ *bold* @ref"])
def test_a_name_in_any_script_never_stops_the_pdf(view, name):
    assert render_pdf(samples.rename(view, name)).startswith(b"%PDF")


def test_typst_markup_in_a_name_stays_text(view):
    assert '#read("/etc/passwd")' in text_of(render_pdf(samples.rename(view, '#read("/etc/passwd")')))
