"""Values → one HTML page, a PDF, a calendar, Markdown, CSV, JSON Resume and JSON documents."""

from milepost.publish.calendar import render_ics
from milepost.publish.exports import render_csv, render_markdown
from milepost.publish.jsonresume import render_jsonresume
from milepost.publish.page import render_comparison, render_page
from milepost.publish.pdf import render_pdf
from milepost.publish.schema import (
    check_document,
    comparison_document,
    gaps_document,
    levels_document,
    plan_document,
)
from milepost.publish.view import RoadmapView

__all__ = [
    "RoadmapView",
    "check_document",
    "comparison_document",
    "gaps_document",
    "levels_document",
    "plan_document",
    "render_comparison",
    "render_csv",
    "render_ics",
    "render_jsonresume",
    "render_markdown",
    "render_page",
    "render_pdf",
]
