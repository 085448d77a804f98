"""A person, their skills or their plan, in the forms of other programs."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from milepost.files.content import load_catalogue
from milepost.files.person_edits import person_to_document
from milepost.model.activities import Catalogue
from milepost.model.own_catalogue import extend_catalogue, extend_tree
from milepost.model.plans import Infeasible, Plan
from milepost.model.year import StepKind
from milepost.publish.calendar import Timetable, render_ics
from milepost.publish.exports import render_csv, render_markdown
from milepost.publish.github import render_github
from milepost.publish.jsonresume import render_jsonresume
from milepost.publish.page import render_page
from milepost.publish.rendercv import render_rendercv
from milepost.publish.tasks import render_tasks
from milepost.publish.view import RoadmapView
from milepost.workflows.keeping import Kept
from milepost.workflows.market import own_demand
from milepost.workflows.people import Now, load_person
from milepost.workflows.roadmap import Roadmap, Wishes, make_levels, make_roadmap, prepare, show_plan, view_of
from milepost.workflows.year import Occasion

WHOLE = ("yaml", "json")
SKILLS = ("jsonresume", "rendercv")
PLAN = ("ics", "md", "html", "pdf", "docx", "csv", "tasks", "github")
BINARY = frozenset({"pdf", "docx"})


@dataclass(frozen=True)
class _Planned:
    """A plan with everything that one of its forms may need."""

    kept: Kept
    plan: Plan
    view: RoadmapView
    timetable: Timetable

    @property
    def done(self) -> frozenset[str]:
        """The activities that are closed."""
        steps = self.kept.loaded.person.year.steps
        return frozenset(step.activity for step in steps if step.kind is StepKind.FINISHED)


def export_person(name: str, *, workspace: str | None, now: Now, form: str) -> str:
    """The person as ``yaml`` (byte for byte as imported) or ``json`` (the same facts)."""
    loaded = load_person(name, workspace=workspace, now=now)
    if form == "yaml":
        return loaded.text
    return json.dumps(person_to_document(loaded.text), ensure_ascii=False, indent=2) + "\n"


def export_skills(name: str, *, at: Occasion, form: str) -> str:
    """The person's skills, projects and certificates as ``jsonresume`` or ``rendercv``."""
    catalogue = load_catalogue()
    person = at.load(name).loaded.person
    levels = make_levels(person, today=at.today, catalogue=catalogue)
    render = render_jsonresume if form == "jsonresume" else render_rendercv
    return render(person, levels, extend_tree(catalogue.tree, person.own_skills))


def export_plan(
    name: str, *, at: Occasion, form: str, timetable: Timetable | None = None
) -> bytes | Infeasible:
    """The plan in force in one of the forms of ``PLAN``, or the one made today where none was accepted.

    ``timetable`` says when a calendar has sessions.
    """
    catalogue = load_catalogue()
    kept = at.load(name)
    person = kept.loaded.person
    roadmap = _roadmap(kept, catalogue, at=at)
    if isinstance(roadmap.plan, Infeasible):
        return roadmap.plan
    view = view_of(roadmap, extend_catalogue(catalogue, person))
    timetable = replace(timetable or Timetable(), away=view.away)
    made = _FORMS[form](_Planned(kept, roadmap.plan, view, timetable))
    return made if isinstance(made, bytes) else made.encode("utf-8")


def _roadmap(kept: Kept, catalogue: Catalogue, *, at: Occasion) -> Roadmap:
    person, plan, own = kept.loaded.person, kept.plan, own_demand(kept.loaded)
    if plan is None:
        return make_roadmap(person, today=at.today, wishes=Wishes(own=own), catalogue=catalogue)
    wishes = Wishes(role=plan.role, start=plan.start, weeks=plan.weeks, own=own)
    return show_plan(
        prepare(person, today=at.today, wishes=wishes, catalogue=catalogue), plan, today=at.today
    )


def _revision(kept: Kept) -> int:
    """How often the plan in force was replaced by another, also by an undo: it never counts down."""
    brought = {change.id for change in kept.changes if change.plan is not None}
    turns = [change for change in kept.changes if change.id in brought or change.undoes in brought]
    return max(0, len(turns) - 1)


def _ics(planned: _Planned) -> str:
    return render_ics(
        planned.plan,
        earlier=planned.kept.plans[:-1],
        revision=_revision(planned.kept),
        timetable=planned.timetable,
    )


def _pdf(planned: _Planned) -> bytes:
    from milepost.publish.pdf import render_pdf

    return render_pdf(planned.view)


def _docx(planned: _Planned) -> bytes:
    from milepost.publish.docx import render_docx

    return render_docx(planned.view)


_FORMS: Mapping[str, Callable[[_Planned], str | bytes]] = {
    "ics": _ics,
    "md": lambda planned: render_markdown(planned.plan, planned.view.report),
    "html": lambda planned: render_page(planned.view),
    "pdf": _pdf,
    "docx": _docx,
    "csv": lambda planned: render_csv(planned.plan),
    "tasks": lambda planned: render_tasks(planned.plan, done=planned.done),
    "github": lambda planned: render_github(planned.plan, done=planned.done),
}
