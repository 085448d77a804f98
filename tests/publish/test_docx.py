"""The Word document says what the Markdown says, in headings, tables and lists that are real."""

import io
import time
import zipfile
from importlib import import_module
from itertools import pairwise
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from milepost.model.language import day
from milepost.publish.docx import render_docx

samples = import_module("publish.roadmap_samples")


@pytest.fixture
def view():
    return samples.make_view()


def opened(view: Any) -> Any:
    return docx.Document(io.BytesIO(render_docx(view)))


def told(document: Any) -> str:
    """Everything in the body, tables, lists and links included."""
    return "\n".join(
        "".join(text.text or "" for text in paragraph.iter(qn("w:t")))
        for paragraph in document.element.body.iter(qn("w:p"))
    )


def test_title_language_and_day_are_in_the_properties_and_no_clock_is(view):
    facts = opened(view).core_properties
    assert facts.title == f"{view.person.name}: roadmap to {view.role.name}"
    assert facts.language == "en-GB"
    assert facts.created.date().isoformat() == view.report.as_of


def test_headings_have_real_styles_and_skip_no_level(view):
    names = [p.style.name for p in opened(view).paragraphs if p.style.name.startswith(("Heading", "Title"))]
    levels = [0 if name == "Title" else int(name.removeprefix("Heading ")) for name in names]
    assert levels[0] == 0
    assert levels.count(0) == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert levels.count(2) == 4
    assert levels.count(3) == 36


def test_every_table_marks_its_first_row_as_header_and_breaks_no_row(view):
    tables = opened(view).tables
    assert len(tables) == 4
    for table in tables:
        marks = [bool(row._tr.trPr.findall(qn("w:tblHeader"))) for row in table.rows]
        assert marks == [True] + [False] * (len(marks) - 1)
        assert all(row._tr.trPr.findall(qn("w:cantSplit")) for row in table.rows)


def test_the_document_names_every_gap_activity_milestone_and_date(view):
    text = told(opened(view))
    for area in view.report.t_shape.areas:
        assert area.name in text
    for gap in view.report.gaps:
        assert gap.name in text
    for quarter in view.plan.quarters:
        assert quarter.theme in text
        assert quarter.milestone.title in text
        assert quarter.milestone.if_then in text
        for activity in quarter.activities:
            assert activity.title in text
            assert activity.why in text
    for row in view.plan.left_out:
        assert row.title in text
    for when in (view.plan.finish.p50, view.plan.finish.p80, view.plan.finish.p95):
        assert day(when) in text


def test_a_link_leads_to_the_web_and_never_runs_code(view):
    targets = {rel.target_ref for rel in opened(view).part.rels.values() if rel.is_external}
    assert "https://example.org/activity-1-2" in targets
    assert all(target.startswith("https://") for target in targets)


def test_a_plan_that_does_not_fit_says_what_would_help():
    text = told(opened(samples.make_view(feasible=False)))
    assert "6.5 h a week instead of 1 would fit." in text


@pytest.mark.parametrize("name", ["Ελένη 王芳 Дмитрий", "A\x0bB", "]]>&<w:p/>"])
def test_a_name_in_any_script_and_with_any_sign_gives_a_document(view, name):
    document = opened(samples.rename(view, name))
    assert document.core_properties.title.startswith(name.replace("\x0b", ""))


def test_the_same_roadmap_gives_the_same_bytes_at_another_moment(view):
    first = render_docx(view)
    time.sleep(2.1)  # a zip counts time in steps of two seconds
    assert render_docx(view) == first
    assert {part.date_time for part in zipfile.ZipFile(io.BytesIO(first)).infolist()} == {
        (1980, 1, 1, 0, 0, 0)
    }
