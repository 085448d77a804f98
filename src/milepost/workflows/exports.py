"""A person, their skills or their plan, in the forms of other programs."""

import datetime as dt
import json

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.person_edits import person_to_document
from milepost.model.own_skills import extend_tree
from milepost.model.plans import Infeasible
from milepost.publish.calendar import render_ics
from milepost.publish.exports import render_csv, render_markdown
from milepost.publish.jsonresume import render_jsonresume
from milepost.workflows.people import Now, load_person
from milepost.workflows.roadmap import make_levels, make_roadmap


def export_person(name: str, *, workspace: str | None, now: Now, form: str) -> str:
    """The person as ``yaml`` (byte for byte as imported) or ``json`` (the same facts)."""
    loaded = load_person(name, workspace=workspace, now=now)
    if form == "yaml":
        return loaded.text
    return json.dumps(person_to_document(loaded.text), ensure_ascii=False, indent=2) + "\n"


def export_plan(name: str, *, workspace: str | None, now: Now, today: dt.date, form: str) -> str:
    """The person's skills as ``jsonresume``, or the plan made today as ``ics``, ``md`` or ``csv``."""
    catalogue = load_catalogue()
    loaded = load_person(name, workspace=workspace, now=now, catalogue=catalogue)
    if form == "jsonresume":
        levels = make_levels(loaded.person, today=today, catalogue=catalogue)
        tree = extend_tree(catalogue.tree, loaded.person.own_skills)
        return render_jsonresume(loaded.person, levels, tree)
    roadmap = make_roadmap(loaded.person, today=today, catalogue=catalogue)
    if isinstance(roadmap.plan, Infeasible):
        raise UsageError(
            f"no plan fits for {loaded.person.name}: {roadmap.plan.because[0]}",
            hint=f"`milepost plan {name}` says what would help.",
        )
    if form == "ics":
        return render_ics(roadmap.plan)
    return render_csv(roadmap.plan) if form == "csv" else render_markdown(roadmap.plan, roadmap.report)
