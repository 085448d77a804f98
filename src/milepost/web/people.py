"""The first pages: who is here, a newcomer, ratings by anchors, the overview, gaps, the file itself."""

import datetime as dt
from collections.abc import Mapping

from fastapi import Request, Response
from fastapi.responses import PlainTextResponse
from markupsafe import Markup
from starlette.datastructures import FormData

from milepost.errors import InvalidInput, UsageError
from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.files.person_edits import plain_number, set_in_person_text
from milepost.model.activities import Catalogue
from milepost.model.language import content, decimal, gettext, ngettext
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.model.plans import Infeasible
from milepost.model.roles import Route
from milepost.model.skills import LEVEL_NAMES
from milepost.pictures import draw_priority_matrix, draw_t_shape
from milepost.publish.sheet import make_sheet
from milepost.publish.view import RoadmapView
from milepost.web.once import pages_router
from milepost.web.pages import (
    About,
    Form,
    Subject,
    Unfit,
    Values,
    field,
    go,
    home_of,
    problems_of,
    read_number,
    render,
)
from milepost.web.telling import change_words, tell_notes
from milepost.workflows.day import read_agenda
from milepost.workflows.demo import EXAMPLES, example_path
from milepost.workflows.home import OWNER
from milepost.workflows.keeping import last_change, undo_change
from milepost.workflows.market import own_demand
from milepost.workflows.newcomer import Answers, skills_to_ask, write_first_file
from milepost.workflows.people import read_text
from milepost.workflows.roadmap import find_role, make_gaps, make_levels
from milepost.workflows.workspace import save_new_person

router = pages_router()
STEPS = [str(step / 2) if step % 2 else str(step // 2) for step in range(11)]


@router.get("/")
def show_start(request: Request) -> Response:
    """Everybody who is here, and the way in for a newcomer."""
    home = home_of(request)
    return render(request, "start.html.j2", people=home.people(OWNER), examples=EXAMPLES)


@router.get("/begin")
def show_newcomer(request: Request) -> Response:
    """The few questions that a first file needs."""
    return _newcomer(request, {}, "")


def _newcomer(request: Request, given: Mapping[str, str], fault: str) -> Response:
    roles = list(load_catalogue().roles.values())
    monday = _next_monday(home_of(request).today())
    return render(
        request,
        "begin.html.j2",
        status=422 if fault else 200,
        roles=roles,
        given=given,
        fault=fault,
        monday=monday,
    )


@router.post("/begin")
def begin(request: Request, form: Form) -> Response:
    """Put a new person into the workspace; what was typed stays where something is missing."""
    home, catalogue = home_of(request), load_catalogue()
    given = {name: field(form, name) for name in ("name", "role", "route", "hours", "start")}
    try:
        answers = Answers(
            name=given["name"],
            role=given["role"],
            route=Route(given["route"] or "outside"),
            hours_per_week=_number(given["hours"], gettext("hours a week"), low=0.5, high=80),
            start=dt.date.fromisoformat(given["start"]) if given["start"] else _next_monday(home.today()),
        )
        if not answers.name or answers.role not in catalogue.roles:
            raise Unfit(gettext("a name and a role are needed"), hint=gettext("Fill in both."))
        save_new_person(
            answers.name, write_first_file(answers, catalogue), workspace=home.workspace, now=home.now
        )
    except InvalidInput as fault:
        return _newcomer(request, given, content("; ".join(problem.message for problem in fault.problems)))
    except UsageError as fault:
        return _newcomer(request, given, fault_words(fault))
    except ValueError:
        return _newcomer(request, given, gettext("the first day is not a date such as 2027-01-04"))
    return go(
        f"/people/{answers.name}/bring",
        gettext("%(name)s is here. Bring what you have, or nothing yet.", name=answers.name),
    )


@router.post("/examples/{name}")
def take_example(request: Request, name: str, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """Put one of the shipped, illustrative people into the workspace."""
    home = home_of(request)
    if name not in EXAMPLES:
        raise Unfit(
            gettext("there is no example called %(name)s", name=repr(name)),
            hint=gettext("There are %(names)s.", names=", ".join(each.capitalize() for each in EXAMPLES)),
        )
    loaded = read_text(example_path(name), catalogue=load_catalogue())
    save_new_person(loaded.person.name, loaded.text, workspace=home.workspace, now=home.now)
    return go(
        f"/people/{loaded.person.name}",
        gettext("%(name)s is an illustrative profile.", name=loaded.person.name),
    )


def fault_words(fault: UsageError) -> str:
    """An error in one line above its form."""
    told = f"{fault.message}. {fault.hint}"
    return told if isinstance(fault, Unfit) else content(told)


def _next_monday(day: dt.date) -> dt.date:
    return day + dt.timedelta(days=(7 - day.weekday()) % 7 or 7)


def _number(text: str, what: str, *, low: float, high: float) -> float:
    return read_number(text, what, low=low, high=high, hint=gettext("Correct it."))


def catalogue_of(person: Person) -> Catalogue:
    """What Milepost knows, with the person's own skills."""
    return extend_catalogue(load_catalogue(), person)


@router.get("/people/{name}")
def show_overview(request: Request, about: About) -> Response:
    """The T, the focus, and what comes next."""
    if about.load().loaded.person.target is None:
        return go(
            f"/people/{about.name}/file", gettext("Add a target role to the file, and the rest follows.")
        )
    return render(request, "overview.html.j2", person=about.name, **about.recall(_overview))


def _overview(about: Subject) -> Values:
    kept = about.load()
    view = view_of(about, kept.loaded.person)
    agenda = read_agenda(about.where, at=about.at)
    return {
        "sheet": make_sheet(view),
        "t_shape": Markup(draw_t_shape(view.report.t_shape)),  # noqa: S704 - pictures escape their own text
        "agenda": agenda,
        "notes": tell_notes(agenda, kept.plan),
        "has_plan": kept.plan is not None,
        "rated": len(kept.loaded.person.ratings),
    }


def view_of(about: Subject, person: Person) -> RoadmapView:
    """Levels and gaps of a person as published pages show them, without a plan."""
    catalogue = catalogue_of(person)
    role = find_role(person, None, catalogue)
    levels = make_levels(person, today=about.at.today, catalogue=catalogue)
    report = make_gaps(person, today=about.at.today, own=own_demand(about.load().loaded), catalogue=catalogue)
    none = Infeasible(person.name, role.id, about.at.today, 0, 0.0, (), ())
    return RoadmapView(person, role, levels, report, none, None, catalogue, about.at.today)


@router.get("/people/{name}/gaps")
def show_gaps(request: Request, about: About) -> Response:
    """Every gap with its numbers opened."""
    return render(request, "gaps_page.html.j2", person=about.name, **about.recall(_gaps))


def _gaps(about: Subject) -> Values:
    view = view_of(about, about.load().loaded.person)
    return {
        "sheet": make_sheet(view),
        "t_shape": Markup(draw_t_shape(view.report.t_shape)),  # noqa: S704
        "matrix": Markup(draw_priority_matrix(view.report)),  # noqa: S704
    }


@router.get("/people/{name}/ratings")
def show_ratings(request: Request, about: About) -> Response:
    """The skills that matter most for the role, each with what its levels look like."""
    return _ratings(request, about, {}, "")


def _ratings(request: Request, about: Subject, given: Mapping[str, str], fault: str) -> Response:
    person = about.load().loaded.person
    catalogue = catalogue_of(person)
    role = find_role(person, None, catalogue)
    asked = skills_to_ask(role, catalogue, count=14)
    said = {rating.skill: rating for rating in person.ratings}
    rows = [
        {
            "id": skill,
            "name": catalogue.tree.skills[skill].name,
            "meaning": catalogue.tree.skills[skill].meaning,
            "anchors": list(enumerate(catalogue.tree.anchors_for(skill).levels)),
            "level": given.get(f"level-{skill}", _shown(said[skill].level) if skill in said else ""),
            "example": given.get(f"example-{skill}", said[skill].example if skill in said else ""),
        }
        for skill in asked
    ]
    return render(
        request, "ratings.html.j2", status=422 if fault else 200, person=about.name, rows=rows, steps=STEPS, fault=fault,
        role=role.name, levels=LEVEL_NAMES,
    )  # fmt: skip


def _shown(level: float) -> str:
    return f"{level:g}"


@router.post("/people/{name}/ratings")
def rate(request: Request, about: About, form: Form) -> Response:
    """Keep the ratings that were given, all in one change."""
    kept = about.load()
    text = kept.loaded.text
    given = {key: field(form, key) for key in form}
    try:
        count = 0
        for skill, level, example in _given_ratings(form):
            value: dict[str, object] = {"level": level, "date": about.at.today}
            if example:
                value["example"] = example
            text = set_in_person_text(text, path=("ratings", skill), value=value)
            count += 1
    except UsageError as fault:
        return _ratings(request, about, given, fault_words(fault))
    if count:
        about.at.keep(kept, "rate", text=text)
    return go(f"/people/{about.name}", ngettext("%(num)s rating kept.", "%(num)s ratings kept.", count))


def _given_ratings(form: FormData) -> list[tuple[str, float | int, str]]:
    """Skill, level and example of every rating in a form."""
    found = []
    for key in form:
        if not key.startswith("level-") or not field(form, key):
            continue
        skill = key.removeprefix("level-")
        level = _number(
            field(form, key), gettext("the level of %(skill)s", skill=content(skill)), low=0, high=5
        )
        if not (level * 2).is_integer():
            raise Unfit(
                gettext("the level of %(skill)s is %(level)s", skill=content(skill), level=decimal(level)),
                hint=gettext("Levels go in halves."),
            )
        found.append((skill, plain_number(level), field(form, f"example-{skill}")))
    return found


@router.get("/people/{name}/file")
def show_file(request: Request, about: About) -> Response:
    """The person file itself, to read, take along or change."""
    kept = about.load()
    return render(
        request,
        "file.html.j2",
        person=about.name,
        text=kept.loaded.text,
        version=kept.version,
        problems=[],
        fault="",
    )


@router.post("/people/{name}/file")
def change_file(request: Request, about: About, form: Form) -> Response:
    """Keep a changed file; nothing is lost where it has problems or somebody else was faster."""
    kept = about.load()
    text = str(form.get("text", "")).replace("\r\n", "\n")
    read = read_person_text(text, path="the file", catalogue=load_catalogue())
    problems: list[Mapping[str, object]] = []
    fault = ""
    if not isinstance(read, Person):
        problems = problems_of(InvalidInput(read))
        fault = gettext("Nothing was changed: the file has problems.")
    elif field(form, "version") != str(kept.version):
        fault = gettext(
            "Somebody else changed the file meanwhile; yours is below, theirs is kept. "
            "Put both together, then save again."
        )
    if fault:
        return render(
            request, "file.html.j2", status=409 if not problems else 422, person=about.name, text=text,
            version=kept.version, problems=problems, fault=fault,
        )  # fmt: skip
    about.at.keep(kept, "edit", text=text)
    return go(f"/people/{about.name}/file", gettext("Kept."))


@router.get("/people/{name}/file.yaml")
def take_file(about: About) -> Response:
    """The person file, byte for byte."""
    headers = {"content-disposition": "attachment; filename=milepost.yaml"}
    return PlainTextResponse(about.load().loaded.text, headers=headers, media_type="application/yaml")


@router.post("/people/{name}/undo")
def undo(about: About, form: Form) -> Response:
    """Take back the newest change."""
    kept = about.load()
    last, meant = last_change(kept), field(form, "change")
    if meant and last and meant != str(last.id):
        raise Unfit(
            gettext("something else was changed since: %(what)s", what=change_words(last.verb)),
            hint=gettext("Reload the page, and look at what an undo would take back now."),
        )
    change = undo_change(kept, workspace=about.at.workspace, now=about.at.now)
    back = field(form, "back")
    safe = back if back.startswith(f"/people/{about.name}") else f"/people/{about.name}"
    return go(safe, gettext("Taken back: %(what)s.", what=change_words(change.verb)))
