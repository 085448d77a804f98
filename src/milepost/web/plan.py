"""The plan in the browser: solved beside the request, shown with its difference, kept when it is accepted."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from fastapi import Request, Response
from markupsafe import Markup

from milepost.files.content import load_catalogue
from milepost.files.person_edits import set_in_person_text
from milepost.model.activities import round_of
from milepost.model.language import decimal, gettext, marked
from milepost.model.people import Choices, Person
from milepost.model.plans import Plan
from milepost.pictures import draw_roadmap
from milepost.publish.sheet import make_sheet
from milepost.publish.view import RoadmapView
from milepost.web.errands import READY, RUNNING
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, field, go, render
from milepost.web.people import view_of
from milepost.web.proposals import Proposals
from milepost.web.telling import tell_work
from milepost.workflows.roadmap import Wishes

router = pages_router()
CHOICES = {
    "pin": marked("It is pinned. Solve again to see what follows."),
    "exclude": marked("It is excluded. Solve again to see what follows."),
    "done": marked("It counts as done before. Solve again to see what follows."),
}
FREE = marked("It is free again. Solve again to see what follows.")


def proposals_of(request: Request) -> Proposals:
    """The proposals of this server."""
    found: Proposals = request.app.state.proposals
    return found


@router.get("/people/{name}/plan")
def show_plan(request: Request, about: About) -> Response:
    """The proposal, where there is one, else the plan in force; and the form that solves again."""
    kept = about.load()
    person = kept.loaded.person
    proposal = proposals_of(request).load(about.name)
    proposed = proposal.read_plan() if proposal and proposal.state == READY else None
    shown = proposed or kept.plan
    sheet, roadmap = _sheet(about, person, proposed) if proposed else about.recall(_sheet_in_force)
    return render(
        request,
        "plan_page.html.j2",
        person=about.name,
        proposal=proposal,
        running=proposal is not None and proposal.state == RUNNING,
        stale=proposal is not None and proposal.version != kept.version,
        far=tell_work(proposal.work) if proposal else "",
        plan=shown,
        in_force=kept.plan is not None,
        sheet=sheet,
        roadmap=Markup(roadmap),  # noqa: S704 - pictures escape their own text
        hours=_hours(person),
        choices=_choices(person),
        moves=_moves(person),
    )


def _hours(person: Person) -> str:
    return decimal(person.capacity.hours_per_week) if person.capacity else ""


def _choices(person: Person) -> Sequence[tuple[str, str, str]]:
    """What the person decided about activities: the list, the id, the title."""
    titles = load_catalogue().activities
    chosen: Choices = person.activities
    rows = (("pin", chosen.pin), ("exclude", chosen.exclude), ("done", chosen.done))
    return [(key, id_, titles[id_].title if id_ in titles else id_) for key, ids in rows for id_ in ids]


def _moves(person: Person) -> Sequence[tuple[str, str, dt.date]]:
    """The wished starts: the id of the round, the title, the day."""
    titles = load_catalogue().activities
    return [
        (each.activity, titles[round_of(each.activity)[0]].title, each.day)
        for each in person.activities.move
        if round_of(each.activity)[0] in titles
    ]


def _sheet_in_force(about: Subject) -> tuple[object, str]:
    kept = about.load()
    return _sheet(about, kept.loaded.person, kept.plan) if kept.plan else (None, "")


def _sheet(about: Subject, person: Person, plan: Plan) -> tuple[object, str]:
    view: RoadmapView = replace(view_of(about, person), plan=plan)
    away = person.capacity.away if person.capacity else ()
    return make_sheet(view), draw_roadmap(plan, away=away) if plan.quarters else ""


@router.post("/people/{name}/plan/solve")
def solve(request: Request, about: About, form: Form) -> Response:
    """Start solving; the page shows how far it is."""
    person = about.load().loaded.person
    wishes = Wishes(hours_per_week=_given_hours(field(form, "hours"), person))
    proposals_of(request).start(about.name, about.where, wishes, at=about.at)
    return go(f"/people/{about.name}/plan")


def _given_hours(text: str, person: Person) -> float | None:
    """Hours that differ from the file's; None where they are the same or left out."""
    if not text:
        return None
    try:
        hours = float(text.replace(",", "."))
    except ValueError:
        hours = -1.0
    if not 0 < hours <= 80:
        raise Unfit(
            gettext("%(text)s hours a week cannot be planned", text=repr(text)),
            hint=gettext("Give a number up to 80."),
        )
    return None if person.capacity and person.capacity.hours_per_week == hours else hours


@router.post("/people/{name}/plan/accept")
def accept(request: Request, about: About, form: Form) -> Response:
    """Put the proposal in force, where nothing changed since it was made."""
    proposal = proposals_of(request).load(about.name)
    plan = proposal.read_plan() if proposal else None
    kept = about.load()
    if proposal is None or plan is None or field(form, "number") != str(proposal.number):
        raise Unfit(
            gettext("this proposal is not there any more"),
            hint=gettext("Solve again, then accept what you see."),
        )
    if proposal.version != kept.version:
        raise Unfit(
            gettext("something changed since this plan was solved"), hint=gettext("Solve again, then accept.")
        )
    text = None
    if proposal.hours_per_week is not None:
        path = ("capacity", "hours_per_week")
        text = set_in_person_text(kept.loaded.text, path=path, value=proposal.hours_per_week)
    about.at.keep(kept, proposal.verb, text=text, plan=plan)
    proposals_of(request).drop(about.name)
    return go(f"/people/{about.name}/today", gettext("The plan is in force."))


@router.post("/people/{name}/plan/cancel")
def cancel(request: Request, about: About, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """End the solve; what is in force stays."""
    proposals_of(request).cancel(about.name)
    return go(f"/people/{about.name}/plan")


@router.post("/people/{name}/plan/drop")
def drop(request: Request, about: About, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """Forget the proposal; what is in force stays."""
    proposals_of(request).drop(about.name)
    return go(f"/people/{about.name}/plan", gettext("Forgotten. What is in force stays."))


@router.post("/people/{name}/plan/choose")
def choose(about: About, form: Form) -> Response:
    """Pin an activity, exclude it, say that it is done, or take that back."""
    kept = about.load()
    id_, list_ = field(form, "activity").partition("~")[0], field(form, "list")
    if id_ not in load_catalogue().activities or list_ not in (*CHOICES, "none"):
        raise Unfit(
            gettext("%(id)s is no activity that can be chosen", id=repr(id_)),
            hint=gettext("Choose one of the plan."),
        )
    now = kept.loaded.person.activities
    rows = {key: [each for each in getattr(now, key) if each != id_] for key in CHOICES}
    if list_ in rows:
        rows[list_].append(id_)
    text = kept.loaded.text
    for key, ids in rows.items():
        if tuple(ids) != getattr(now, key):
            text = set_in_person_text(text, path=("activities", key), value=ids)
    if text != kept.loaded.text:
        about.at.keep(kept, "choose", text=text)
    return go(f"/people/{about.name}/plan", gettext(CHOICES.get(list_, FREE)))


@router.post("/people/{name}/plan/move")
def move(about: About, form: Form) -> Response:
    """Wish that an activity starts in the week of a day; without a day the wish is taken back."""
    kept = about.load()
    id_ = field(form, "activity")
    if round_of(id_)[0] not in load_catalogue().activities:
        raise Unfit(
            gettext("%(id)s is no activity that can be chosen", id=repr(id_)),
            hint=gettext("Choose one of the plan."),
        )
    wished = _given_day(field(form, "day"))
    now = {each.activity: each.day for each in kept.loaded.person.activities.move}
    wishes = {key: each for key, each in now.items() if key != id_}
    if wished is not None:
        wishes[id_] = wished
    if wishes != now:
        text = set_in_person_text(kept.loaded.text, path=("activities", "move"), value=wishes)
        about.at.keep(kept, "choose", text=text)
    said = marked("It is moved. Solve again to see what follows.") if wished else FREE
    return go(f"/people/{about.name}/plan", gettext(said))


def _given_day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError as fault:
        raise Unfit(
            gettext("%(text)s is no date", text=repr(text)), hint=gettext("Write it as 2027-01-04.")
        ) from fault
