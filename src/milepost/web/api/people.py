"""People: their file, what follows from it, and what they take along."""

import datetime as dt
from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import Field

from milepost.errors import InvalidInput, Problem
from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.model.people import Person
from milepost.model.plans import Infeasible, Plan
from milepost.publish.calendar import Timetable
from milepost.publish.drafts import Form as TextForm
from milepost.publish.routes_schema import routes_document
from milepost.publish.schema import check_document, gaps_document, levels_document, plan_document
from milepost.publish.year_schema import draft_document, replan_document
from milepost.web.api.answers import (
    REMEMBERED,
    Body,
    Document,
    Key,
    Match,
    etag_of,
    require,
)
from milepost.web.pages import About, Subject, home_of
from milepost.web.sharing import PURPOSES, TYPES, take_form
from milepost.workflows.assess import suggest_assessments
from milepost.workflows.drafts import Scope, draft_text
from milepost.workflows.home import OWNER
from milepost.workflows.keeping import undo_change
from milepost.workflows.market import own_demand
from milepost.workflows.roadmap import Wishes, make_gaps, make_levels, make_roadmap
from milepost.workflows.routes import compare_routes
from milepost.workflows.workspace import save_new_person

LONGEST_TEXT = 1_000_000
FORMATS = f"^({'|'.join(PURPOSES)})$"
router = APIRouter()


class PersonText(Body):
    """A person file."""

    document: str = Field(max_length=LONGEST_TEXT, description="The YAML text of the person file.")


class PlanRequest(Body):
    """What a plan is asked for, in place of what the file says."""

    role: str | None = None
    start: dt.date | None = None
    weeks: int | None = Field(None, ge=1, le=156)
    hours_per_week: float | None = Field(None, gt=0, le=80)
    seed: int = Field(1, ge=0, le=2**31 - 1)
    accept: bool = False


class ReplanRequest(Body):
    """What is left of the year, asked for anew."""

    hours_per_week: float | None = Field(None, gt=0, le=80)
    weeks: int | None = Field(None, ge=1, le=156)
    accept: bool = False


@router.get("/people")
def list_people(
    request: Request,
    after: Annotated[str, Query(max_length=200)] = "",
    limit: Annotated[int, Query(ge=1, le=500)] = 100,
) -> Document:
    """The names that may be seen, in order; ``next`` is the ``after`` of the following page."""
    names = sorted(home_of(request).people(OWNER))
    page = [name for name in names if name > after][:limit]
    more = bool(page) and page[-1] != names[-1]
    return {"people": page, "next": page[-1] if more else None}


@router.get("/people/{name}")
def read_person(about: About, response: Response) -> Document:
    """The person file with its version."""
    kept = about.load()
    response.headers["ETag"] = etag_of(kept.loaded.text)
    return {"name": about.name, "version": kept.version, "document": kept.loaded.text}


@router.put("/people/{name}")
def write_person(
    request: Request, name: str, body: PersonText, response: Response, match: Match = None
) -> Document:
    """Put a person's file in place; ``If-Match`` keeps two writers apart. A new person needs none."""
    home = home_of(request)
    read = read_person_text(body.document, path=name, catalogue=load_catalogue())
    if not isinstance(read, Person):
        raise InvalidInput(read)
    if name in home.people(OWNER):
        about = Subject(request, name)
        require(about, match)
        about.at.keep(about.load(), "edit", text=body.document)
    else:
        save_new_person(name, body.document, workspace=home.workspace, now=home.now)
    response.headers["ETag"] = etag_of(body.document)
    return {"name": name, "saved": True}


@router.post("/check")
def check(body: PersonText) -> Document:
    """Every problem of a person file."""
    read = read_person_text(body.document, path="document", catalogue=load_catalogue())
    found: Sequence[Problem] = () if isinstance(read, Person) else read
    return dict(check_document(found))


@router.get("/people/{name}/levels")
def levels(about: About) -> Document:
    """Claimed, evidenced and estimated levels."""
    return dict(levels_document(make_levels(about.load().loaded.person, today=about.at.today)))


@router.get("/people/{name}/gaps")
def gaps(about: About, role: Annotated[str | None, Query(max_length=100)] = None) -> Document:
    """Gaps, priorities and focus."""
    loaded = about.load().loaded
    report = make_gaps(loaded.person, today=about.at.today, role=role, own=own_demand(loaded))
    return dict(gaps_document(report))


@router.post("/people/{name}/plan")
def plan(request: Request, about: About, body: PlanRequest, key: Key = None) -> Document:
    """Solve for the best plan; ``accept`` puts it in force."""
    from milepost.workflows.replan import accept_plan

    def work() -> Document:
        loaded = about.load().loaded
        own = own_demand(loaded)
        wishes = Wishes(body.role, body.start, body.weeks, body.hours_per_week, body.seed, own)
        roadmap = make_roadmap(loaded.person, today=about.at.today, wishes=wishes)
        if body.accept and isinstance(roadmap.plan, Plan):
            accept_plan(about.where, roadmap, at=about.at)
        return dict(plan_document(roadmap.plan))

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/replan")
def replan(request: Request, about: About, body: ReplanRequest, key: Key = None) -> Document:
    """Move what is left of the year; ``accept`` puts it in force."""
    from milepost.workflows.replan import accept_replan, propose_replan  # loads the solver

    def work() -> Document:
        wishes = Wishes(None, None, body.weeks, body.hours_per_week)
        proposal = propose_replan(about.where, at=about.at, wishes=wishes)
        if isinstance(proposal.found, Infeasible):
            return dict(plan_document(proposal.found))
        if body.accept:
            accept_replan(proposal, at=about.at)
        return dict(replan_document(proposal.found, accepted=body.accept))

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/undo")
def undo(about: About) -> Document:
    """Take back the newest change."""
    return {"undone": undo_change(about.load(), workspace=about.at.workspace, now=about.at.now).verb}


@router.get("/people/{name}/routes")
def routes(about: About, role: Annotated[str | None, Query(max_length=100)] = None) -> Document:
    """Inside and outside moves, side by side."""
    found = compare_routes(about.load().loaded.person, today=about.at.today, role=role)
    return dict(routes_document(found.person, found.moves, found.facts))


@router.get("/people/{name}/assess/next")
def next_assessment(about: About) -> Document:
    """The assessment that is worth most a minute; null where none could change the focus."""
    found = [each for each in suggest_assessments(about.load().loaded.person, at=about.at) if each.evsi > 0]
    if not found:
        return {"next": None}
    best = found[0]
    return {
        "next": {
            "skill": best.skill,
            "instrument": best.instrument,
            "minutes": best.minutes,
            "evsi": round(best.evsi, 4),
            "decision": best.decision,
        }
    }


@router.get(
    "/people/{name}/export",
    response_class=Response,
    responses={
        200: {"description": "The file", "content": {kind.partition(";")[0]: {} for kind in TYPES.values()}}
    },
)
def export(
    about: About,
    form: Annotated[str, Query(alias="format", pattern=FORMATS)] = "yaml",
) -> Response:
    """The person, their skills or their plan as a file; 422 where no plan fits."""
    return take_form(about, form, Timetable())


@router.get("/people/{name}/draft")
def draft(
    about: About,
    form: TextForm,
    words: Annotated[str, Query(alias="about", max_length=300)] = "",
    since: dt.date | None = None,
    until: dt.date | None = None,
) -> Document:
    """The outline of a text from one's own record."""
    return dict(draft_document(draft_text(about.where, form, Scope(words, since, until), at=about.at)))
