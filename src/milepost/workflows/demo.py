"""The main job for the three people of the case study, written out as pages and documents."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.compare import Planned, compare_plans
from milepost.errors import UsageError
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.person import read_person
from milepost.model.activities import Catalogue
from milepost.model.comparison import Comparison
from milepost.model.plans import Plan
from milepost.publish.page import render_comparison, render_page
from milepost.publish.pdf import render_pdf
from milepost.workflows.people import accept
from milepost.workflows.roadmap import Roadmap, make_roadmap, view_of

EXAMPLES = ("alex", "jordan", "sam")
DEMO_DAY = dt.date(2026, 11, 23)
"""The day on which the three files were written: the demo shows the same bytes on every day."""


@dataclass(frozen=True)
class Demo:
    """Three roadmaps, their comparison, and the files that show them."""

    roadmaps: tuple[Roadmap, ...]
    comparison: Comparison
    written: tuple[Path, ...]


def run_demo(out: Path | None, *, report: Callable[[str], None]) -> Demo:
    """Plan for Alex, Jordan and Sam; write a page and a PDF each and the comparison into ``out``."""
    catalogue = load_catalogue()
    if out is not None:
        _make_folder(out)
    roadmaps, written = [], []
    for name in EXAMPLES:
        report(f"Solving the year of {name.capitalize()}")
        roadmap = make_example(name, catalogue)
        roadmaps.append(roadmap)
        if out is not None:
            report(f"Writing the page and the PDF of {name.capitalize()}")
            written += _write(roadmap, catalogue, out / name)
    comparison = compare_roadmaps(roadmaps)
    if out is not None:
        page = out / "comparison.html"
        page.write_text(render_comparison(comparison), encoding="utf-8")
        written.append(page)
    return Demo(tuple(roadmaps), comparison, tuple(written))


def make_example(name: str, catalogue: Catalogue) -> Roadmap:
    """The roadmap of one of the shipped, illustrative people on the day of the demo."""
    person = accept(read_person(example_path(name), catalogue=catalogue))
    return make_roadmap(person, today=DEMO_DAY, catalogue=catalogue)


def example_path(name: str) -> Path:
    """The shipped person file of one of the three."""
    return PACKAGED / "people" / f"{name}.yaml"


def compare_roadmaps(roadmaps: Sequence[Roadmap]) -> Comparison:
    """The roadmaps with a plan, side by side."""
    people = [
        Planned(roadmap.report, roadmap.plan, roadmap.after)
        for roadmap in roadmaps
        if isinstance(roadmap.plan, Plan) and roadmap.after is not None
    ]
    return compare_plans(people)


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UsageError(
            f"{out} cannot be used: {fault.strerror}", hint="Choose another folder with --out."
        ) from fault


def _write(roadmap: Roadmap, catalogue: Catalogue, stem: Path) -> list[Path]:
    view = view_of(roadmap, catalogue)
    page, document = stem.with_suffix(".html"), stem.with_suffix(".pdf")
    page.write_text(render_page(view), encoding="utf-8")
    document.write_bytes(render_pdf(view))
    return [page, document]
