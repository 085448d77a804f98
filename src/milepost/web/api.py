"""``/api/v1``: every verb as JSON, with the documents of ``docs/schemas`` and problem+json errors."""

import datetime as dt
import tempfile
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from threading import Lock
from typing import Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.files.person import read_person_text
from milepost.model.people import EvidenceKind, Person
from milepost.model.plans import Infeasible, Plan
from milepost.model.year import Artefact, CheckIn, Feedback, Proof, ProofKind, Result, Session
from milepost.publish.compare_schema import years_document
from milepost.publish.hype_schema import trend_document
from milepost.publish.routes_schema import routes_document
from milepost.publish.schema import check_document, gaps_document, levels_document, plan_document
from milepost.publish.year_schema import agenda_document, progress_document, replan_document
from milepost.web.pages import About, Changed, Subject, home_of
from milepost.workflows.assess import suggest_assessments
from milepost.workflows.boards import make_board
from milepost.workflows.compare import EXAMPLES, compare_people
from milepost.workflows.day import measure_own_agility, read_agenda
from milepost.workflows.home import OWNER
from milepost.workflows.hype import consider
from milepost.workflows.keeping import Kept, undo_change
from milepost.workflows.market import demand_rows, market_document, measure_market, own_demand
from milepost.workflows.roadmap import Wishes, make_gaps, make_levels, make_roadmap
from milepost.workflows.routes import compare_routes
from milepost.workflows.workspace import save_new_person
from milepost.workflows.year import Finished, check_in, finish_activity, log_session, show_standing

MOST_REMEMBERED = 1000
LONGEST_TEXT = 1_000_000
MOST_ADS = 500
PROBLEM = "application/problem+json"
_CONTENT: dict[str, object] = {"content": {PROBLEM: {"schema": {"type": "object"}}}}
PROBLEMS: dict[int | str, dict[str, object]] = {
    code: {"description": words, **_CONTENT}
    for code, words in {
        400: "The request cannot be read",
        403: "Another site asks",
        404: "Nobody of that name",
        405: "Not this method here",
        409: "Changed meanwhile",
        412: "If-Match names another version",
        413: "Too large",
        421: "Another host",
        422: "The input has problems; each with its place and the next step",
    }.items()
}
router = APIRouter(prefix="/api/v1", tags=["milepost"], responses=PROBLEMS)
Document = dict[str, object]


def problem(
    request: Request,
    status: int,
    title: str,
    hint: str,
    problems: Sequence[Mapping[str, object]] = (),
) -> Response:
    """An error as RFC 9457 has it, with the next step and every problem."""
    body = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": hint,
        "instance": request.url.path,
        "problems": list(problems),
    }
    return JSONResponse(body, status, media_type=PROBLEM)


class Body(BaseModel):
    """A request: unknown fields are refused, so that a typing mistake is seen."""

    model_config = ConfigDict(extra="forbid")


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


class SessionBody(Body):
    """One session of work or practice."""

    minutes: float = Field(ge=1, le=1440)
    activity: str = Field("", max_length=300)
    skill: str = Field("", max_length=100)
    goal: str = Field("", max_length=2000)
    result: Result | None = None
    feedback: Feedback = Feedback.NONE
    error: str = Field("", max_length=2000)
    fix: str = Field("", max_length=2000)


class CheckInBody(Body):
    """The five answers of a week."""

    hours: float = Field(ge=0, le=168)
    moved: str = Field("", max_length=2000)
    blocked: str = Field("", max_length=2000)
    confidence: float | None = Field(None, ge=0, le=10)
    next: str = Field("", max_length=2000)
    note: str = Field("", max_length=5000)


class DoneBody(Body):
    """What closes an activity."""

    activity: str = Field(max_length=300)
    kind: ProofKind
    say: str = Field("", max_length=2000)
    url: str = Field("", max_length=2000)
    by: str = Field("", max_length=200)
    public: bool = False
    hours: float | None = Field(None, ge=0, le=2000)
    levels: dict[str, float] = Field(default_factory=dict, max_length=20)


class Temptation(Body):
    """A new thing."""

    thing: str = Field(min_length=1, max_length=200)
    source: str = Field("", max_length=500)
    keep: bool = True


class AdsBody(Body):
    """Advertisements as plain text; they are counted and not kept."""

    ads: list[Annotated[str, Field(max_length=100_000)]] = Field(min_length=1, max_length=MOST_ADS)
    role: str | None = None


class Remembered:
    """The answers to writes by their idempotency key, for as long as the server runs."""

    def __init__(self) -> None:
        self._answers: OrderedDict[tuple[str, str], tuple[str, Document]] = OrderedDict()
        self._lock = Lock()

    def once(self, key: str | None, request: Request, body: Body, work: Callable[[], Document]) -> Document:
        """Do the work, or give the answer it had before; another request under the same key is refused."""
        if key is None:
            return work()
        asked = blake2b(f"{request.url.path} {body.model_dump_json()}".encode(), digest_size=16).hexdigest()
        where = (request.url.path, key)
        with self._lock:
            if where in self._answers:
                before, answer = self._answers[where]
                if before != asked:
                    raise UsageError(
                        "this Idempotency-Key was used for another request", hint="Choose a fresh key."
                    )
                return answer
            answer = work()
            self._answers[where] = (asked, answer)
            while len(self._answers) > MOST_REMEMBERED:
                self._answers.popitem(last=False)
            return answer


_REMEMBERED = Remembered()
Key = Annotated[str | None, Header(alias="Idempotency-Key", max_length=200, pattern=r"^[\x21-\x7e]+$")]
Match = Annotated[str | None, Header(alias="If-Match", max_length=200)]


def _etag(text: str) -> str:
    return f'"{blake2b(text.encode(), digest_size=12).hexdigest()}"'


def _require(about: Subject, match: str | None) -> None:
    """Refuse a write that started from another version."""
    if match is not None and match not in ("*", _etag(about.load().loaded.text)):
        raise Changed(
            "the person was changed meanwhile; nothing was overwritten",
            hint="Read it again, then repeat the change.",
        )


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
    response.headers["ETag"] = _etag(kept.loaded.text)
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
        _require(about, match)
        about.at.keep(about.load(), "edit", text=body.document)
    else:
        save_new_person(name, body.document, workspace=home.workspace, now=home.now)
    response.headers["ETag"] = _etag(body.document)
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

    return _REMEMBERED.once(key, request, body, work)


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

    return _REMEMBERED.once(key, request, body, work)


@router.get("/people/{name}/today")
def today(about: About) -> Document:
    """What to do now."""
    return dict(agenda_document(read_agenda(about.where, at=about.at)))


@router.get("/people/{name}/progress")
def progress(about: About) -> Document:
    """Planned, earned and actual, the forecast, learning agility."""
    kept: Kept = about.load()
    standing = show_standing(kept, at=about.at)
    if standing.progress is None or standing.finish is None:
        raise UsageError(
            f"{about.name} has accepted no plan yet", hint="POST …/plan with accept: true keeps one."
        )
    agility = measure_own_agility(kept, at=about.at)
    return dict(progress_document(standing.person, standing.progress, standing.finish, agility))


@router.post("/people/{name}/log")
def log(request: Request, about: About, body: SessionBody, key: Key = None, match: Match = None) -> Document:
    """Write down one session."""

    def work() -> Document:
        _require(about, match)
        logged = log_session(about.where, Session(date=about.at.today, **dict(body)), at=about.at)
        return {"activity": logged.session.activity, "minutes": body.minutes, "advice": list(logged.advice)}

    return _REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/checkin")
def checkin(
    request: Request, about: About, body: CheckInBody, key: Key = None, match: Match = None
) -> Document:
    """Keep the five answers of a week."""

    def work() -> Document:
        _require(about, match)
        standing = check_in(about.where, CheckIn(date=about.at.today, **dict(body)), at=about.at)
        status = standing.progress.status if standing.progress else None
        return {"date": about.at.today.isoformat(), "hours": body.hours, "status": status}

    return _REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/done")
def done(request: Request, about: About, body: DoneBody, key: Key = None, match: Match = None) -> Document:
    """Close an activity by its evidence."""
    if body.kind is ProofKind.CHECK:
        raise UsageError(
            "checks of files and pages are made on the command line",
            hint="`milepost done --check` makes them.",
        )

    def work() -> Document:
        _require(about, match)
        made = Artefact(about.at.today, body.say, url=body.url, public=body.public) if body.url else None
        proof = Proof(body.kind, text=body.say, url=body.url, by=body.by)
        finished = Finished(proof, body.hours, made, body.levels, EvidenceKind.PEER)
        closed = finish_activity(about.where, body.activity, finished, at=about.at)
        return {"activity": closed.activity, "title": closed.title, "milestone": closed.milestone}

    return _REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/undo")
def undo(about: About) -> Document:
    """Take back the newest change."""
    return {"undone": undo_change(about.load(), workspace=about.at.workspace, now=about.at.now).verb}


@router.post("/people/{name}/consider")
def weigh(request: Request, about: About, body: Temptation, key: Key = None) -> Document:
    """Weigh one new thing."""

    def work() -> Document:
        found = consider(about.where, body.thing, at=about.at, source=body.source, keep=body.keep)
        return {
            "thing": found.thing,
            "skill": found.skill or None,
            "verdict": found.decision,
            "may_enter": found.may_enter,
            "why": found.why,
            "displaces": found.displaces,
            "recheck": found.recheck.isoformat() if found.recheck else None,
            "kept": body.keep,
        }

    return _REMEMBERED.once(key, request, body, work)


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


@router.get("/trend")
def trend(
    role: Annotated[str | None, Query(max_length=100)] = None,
    skill: Annotated[str | None, Query(max_length=100)] = None,
) -> Document:
    """The board of the hype guard, from the shipped monthly counts."""
    board = make_board((), role=role, skill=skill)
    return dict(
        trend_document(
            board.source,
            board.as_of,
            board.verdicts,
            board.notes,
            basis=board.basis,
            attention=board.attention,
        )
    )


@router.post("/demand")
def demand(body: AdsBody) -> Document:
    """What advertisements ask for. The texts are read once and not kept."""
    with tempfile.TemporaryDirectory(prefix="milepost-ads-") as folder:
        for number, text in enumerate(body.ads):
            (Path(folder) / f"ad-{number:04}.txt").write_text(text, encoding="utf-8", errors="replace")
        market = measure_market([Path(folder)])
    rows = demand_rows(market, role=body.role)
    return dict(market_document(market, rows))


@router.get("/compare")
def compare(request: Request, who: Annotated[list[str], Query(min_length=1, max_length=500)]) -> Document:
    """The comparative analysis of the people named, or of the shipped years."""
    home = home_of(request)
    people = home.people(OWNER)
    names = [each if each in EXAMPLES and each not in people else home.where(each, OWNER) for each in who]
    return dict(years_document(compare_people(names, workspace=home.workspace, now=home.now)))
