"""The roadmap as a Word document: what the Markdown says, with real headings, tables and lists."""

import datetime as dt
import io
import zipfile
from collections.abc import Sequence

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import _Row
from docx.text.paragraph import Paragraph

from milepost.model.gaps import Gap
from milepost.model.language import day, span
from milepost.model.plans import Infeasible, Plan, PlannedActivity, Quarter
from milepost.pictures.canvas import clean
from milepost.publish.exports import visible_gains
from milepost.publish.view import RoadmapView
from milepost.publish.words import KINDS, hours, interval, level, percent, safe_address

LANGUAGE = "en-GB"
FIXED_DATE = (1980, 1, 1, 0, 0, 0)
"""The date of every part of the file: the earliest that a zip can hold."""
PAGE, MARGIN = (Mm(210), Mm(297)), Mm(20)
SHADE = "E9F1EF"


def render_docx(view: RoadmapView) -> bytes:
    """The T, the gaps and the plan as a Word document; the same view gives the same bytes."""
    measured = dt.date.fromisoformat(view.report.as_of)
    document = _blank(f"{view.person.name}: roadmap to {view.role.name}", measured)
    document.add_paragraph(f"As of {day(measured)}.")
    _add_shape(document, view)
    _add_gaps(document, view)
    if isinstance(view.plan, Infeasible):
        _add_no_plan(document, view.plan)
    else:
        _add_plan(document, view.plan, view)
    return _without_clock(document)


def _blank(title: str, as_of: dt.date) -> WordDocument:
    """An A4 document with its title, its language and the day of the roadmap; no other date is in it."""
    document = Document()
    facts = document.core_properties
    facts.title, facts.author, facts.language = clean(title), "Milepost", LANGUAGE
    facts.subject, facts.comments, facts.last_modified_by = "Career roadmap", "", "Milepost"
    facts.created = facts.modified = dt.datetime.combine(as_of, dt.time())
    section = document.sections[0]
    section.page_width, section.page_height = PAGE
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(10.5)
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    document.add_heading(clean(title), level=0)
    return document


def _add_shape(document: WordDocument, view: RoadmapView) -> None:
    shape = view.report.t_shape
    document.add_heading("T-shape", level=1)
    document.add_paragraph(
        f"Breadth {percent(shape.breadth)}, depth {percent(shape.depth)}, shape {shape.shape}, "
        f"weakest {clean(view.area(shape.weakest))}."
    )
    rows = [
        (
            area.name,
            "specialisation" if area.specialisation else "foundation",
            level(area.level),
            interval(area.low, area.high),
            level(area.target),
        )
        for area in shape.areas
    ]
    heads = ("Area", "Part", "Level", "90 % interval", "Target")
    _add_table(document, heads, rows, widths=(66, 34, 20, 30, 20), numbers=2)


def _add_gaps(document: WordDocument, view: RoadmapView) -> None:
    document.add_heading("Gaps", level=1)
    heads = ("Rank", "Skill", "Level", "90 % interval", "Target", "Severity × impact", "Stability")
    rows = [_gap(gap) for gap in view.report.gaps]
    _add_table(document, heads, rows, widths=(14, 60, 15, 22, 16, 24, 19), numbers=2)


def _gap(gap: Gap) -> tuple[str, ...]:
    return (
        str(gap.rank) if gap.rank else "–",
        f"{gap.name} (focus)" if gap.in_focus else gap.name,
        level(gap.mean),
        interval(gap.low, gap.high),
        level(gap.target),
        f"{gap.severity} × {gap.impact.score} = {gap.priority}" if gap.severity else "closed",
        percent(gap.stability),
    )


def _add_plan(document: WordDocument, plan: Plan, view: RoadmapView) -> None:
    end = plan.quarters[-1].end if plan.quarters else plan.start
    document.add_heading("Plan", level=1)
    document.add_paragraph(
        f"{span(plan.start, end)}, {hours(plan.planned_hours)} planned of {hours(plan.capacity_hours)}, status {plan.status}."
    )
    for note in plan.notes:
        document.add_paragraph(clean(note))
    for quarter in plan.quarters:
        _add_quarter(document, quarter, view)
    if plan.left_out:
        document.add_heading("Left out", level=1)
        rows = [(row.title, row.reason) for row in plan.left_out]
        _add_table(document, ("Activity", "Reason"), rows, widths=(75, 95), numbers=2)
    finish = plan.finish
    document.add_heading("Finish", level=1)
    shares = (("half", finish.p50), ("80 %", finish.p80), ("95 %", finish.p95))
    finished = [(share, day(when)) for share, when in shares]
    heads = (f"Share of {finish.runs} simulated years", "Finished by")
    _add_table(document, heads, finished, widths=(75, 45), numbers=2)
    document.add_paragraph("These days rest on stated assumptions:").paragraph_format.space_before = Pt(8)
    _add_list(document, *finish.assumptions)


def _add_quarter(document: WordDocument, quarter: Quarter, view: RoadmapView) -> None:
    document.add_heading(clean(f"Quarter {quarter.number}: {quarter.theme}"), level=2)
    document.add_paragraph(f"{span(quarter.start, quarter.end)}, {hours(quarter.hours)}")
    milestone = quarter.milestone
    if milestone is not None:
        document.add_paragraph().add_run(
            clean(f"Milestone by {day(milestone.due)}: {milestone.title}")
        ).bold = True
        _add_list(document, *milestone.evidence)
        if milestone.if_then:
            document.add_paragraph().add_run(clean(milestone.if_then)).italic = True
    for activity in quarter.activities:
        _add_activity(document, activity, view)


def _add_activity(document: WordDocument, activity: PlannedActivity, view: RoadmapView) -> None:
    kind = KINDS.get(activity.kind, activity.kind)
    document.add_heading(clean(activity.title), level=3)
    _add_list(
        document,
        f"{span(activity.start, activity.end)}, {hours(activity.hours)}, {hours(activity.hours_per_week)} a week, "
        f"{kind}{', public' if activity.public else ''}",
        f"Why: {activity.why}",
        f"Goal: {activity.practice_goal}",
        f"Feedback: {activity.feedback}",
        *(f"Evidence: {item}" for item in activity.evidence),
        *(f"{view.skill(g.skill)}: {level(g.before)} → {level(g.after)}" for g in visible_gains(activity)),
    )
    if activity.resource_name:
        row = document.add_paragraph("Resource: ", style="List Bullet")
        _add_link(row, clean(activity.resource_name), safe_address(activity.resource_url))


def _add_no_plan(document: WordDocument, plan: Infeasible) -> None:
    document.add_heading("No plan fits", level=1)
    document.add_paragraph(
        f"{plan.weeks} weeks from {day(plan.start)} with {hours(plan.capacity_hours)} are not enough."
    )
    _add_list(document, *plan.because)
    if plan.relax:
        document.add_heading("What would make one fit", level=2)
        _add_list(document, *(change.message for change in plan.relax))
    else:
        document.add_paragraph("Nothing simple would make one fit.")


def _add_list(document: WordDocument, *items: str) -> None:
    for item in items:
        document.add_paragraph(clean(item), style="List Bullet")


def _add_table(
    document: WordDocument,
    heads: tuple[str, ...],
    rows: Sequence[tuple[str, ...]],
    *,
    widths: tuple[int, ...],
    numbers: int,
) -> None:
    """A table whose first row is marked as its header; columns from ``numbers`` on stand to the right.

    ``widths`` in millimetres. No row breaks over two pages.
    """
    table = document.add_table(rows=0, cols=len(heads), style="Table Grid")
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.LEFT, False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for index, words in enumerate((heads, *rows)):
        row = table.add_row()
        for place, (cell, text) in enumerate(zip(row.cells, words, strict=True)):
            cell.width = Mm(widths[place])
            paragraph = cell.paragraphs[0]
            paragraph.paragraph_format.space_after = Pt(0)
            run = paragraph.add_run(clean(text))
            run.font.size, run.bold = Pt(9), index == 0
            if place >= numbers:
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        _mark(row, header=index == 0)


def _mark(row: _Row, *, header: bool) -> None:
    properties = row._tr.get_or_add_trPr()  # noqa: SLF001 - python-docx has no other way to a row's marks
    properties.append(OxmlElement("w:cantSplit"))
    if not header:
        return
    properties.append(OxmlElement("w:tblHeader"))
    for cell in row.cells:
        shade = OxmlElement("w:shd")
        for name, value in (("val", "clear"), ("color", "auto"), ("fill", SHADE)):
            shade.set(qn(f"w:{name}"), value)
        cell._tc.get_or_add_tcPr().append(shade)  # noqa: SLF001


def _add_link(paragraph: Paragraph, words: str, address: str) -> None:
    """Words that lead to an address of the web, or only the words where there is none."""
    run = paragraph.add_run(words)
    if not address:
        return
    link = OxmlElement("w:hyperlink")
    link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
    run.font.underline = True
    link.append(run._r)  # noqa: SLF001 - the run moves into the link
    paragraph._p.append(link)  # noqa: SLF001


def _without_clock(document: WordDocument) -> bytes:
    """The file with one fixed date on every part. Why: python-docx writes the moment of saving."""
    saved, fixed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as parts, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as out:
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, FIXED_DATE)
            part.compress_type, part.create_system = zipfile.ZIP_DEFLATED, 0
            out.writestr(part, parts.read(name))
    return fixed.getvalue()
