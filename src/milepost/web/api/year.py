"""The year: what is to do now, and what happened."""

import datetime as dt

from fastapi import APIRouter, Request
from pydantic import Field

from milepost.errors import UsageError
from milepost.model.people import EvidenceKind
from milepost.model.year import Artefact, CheckIn, Feedback, Pause, Proof, ProofKind, Result, Session
from milepost.publish.year_schema import agenda_document, progress_document
from milepost.web.api.answers import (
    REMEMBERED,
    Body,
    Document,
    Key,
    Match,
    require,
)
from milepost.web.pages import About
from milepost.workflows.cards import add_card, read_due, review_card
from milepost.workflows.day import measure_own_agility, read_agenda
from milepost.workflows.keeping import Kept
from milepost.workflows.year import (
    Finished,
    check_in,
    end_pause,
    finish_activity,
    log_session,
    record_skip,
    show_standing,
    start_pause,
)

router = APIRouter()


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
        require(about, match)
        logged = log_session(about.where, Session(date=about.at.today, **dict(body)), at=about.at)
        return {"activity": logged.session.activity, "minutes": body.minutes, "advice": list(logged.advice)}

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/checkin")
def checkin(
    request: Request, about: About, body: CheckInBody, key: Key = None, match: Match = None
) -> Document:
    """Keep the five answers of a week."""

    def work() -> Document:
        require(about, match)
        standing = check_in(about.where, CheckIn(date=about.at.today, **dict(body)), at=about.at)
        status = standing.progress.status if standing.progress else None
        return {"date": about.at.today.isoformat(), "hours": body.hours, "status": status}

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/done")
def done(request: Request, about: About, body: DoneBody, key: Key = None, match: Match = None) -> Document:
    """Close an activity by its evidence."""
    if body.kind is ProofKind.CHECK:
        raise UsageError(
            "checks of files and pages are made on the command line",
            hint="`milepost done --check` makes them.",
        )

    def work() -> Document:
        require(about, match)
        made = Artefact(about.at.today, body.say, url=body.url, public=body.public) if body.url else None
        proof = Proof(body.kind, text=body.say, url=body.url, by=body.by)
        finished = Finished(proof, body.hours, made, body.levels, EvidenceKind.PEER)
        closed = finish_activity(about.where, body.activity, finished, at=about.at)
        return {"activity": closed.activity, "title": closed.title, "milestone": closed.milestone}

    return REMEMBERED.once(key, request, body, work)


class SkipBody(Body):
    """An activity that is taken off the year, and why."""

    activity: str = Field(max_length=300)
    reason: str = Field(min_length=1, max_length=2000)


class PauseBody(Body):
    """Days on which nothing is expected; without ``until`` the pause is open."""

    until: dt.date | None = None
    reason: str = Field("", max_length=2000)


class CardBody(Body):
    """A question with its answer."""

    question: str = Field(min_length=1, max_length=2000)
    answer: str = Field(min_length=1, max_length=5000)
    skill: str = Field("", max_length=100)


class ReviewBody(Body):
    """How well a card was known: 1 forgotten, 2 hard, 3 good, 4 easy."""

    card: str = Field(max_length=100)
    rating: int = Field(ge=1, le=4)


@router.post("/people/{name}/skip")
def skip(request: Request, about: About, body: SkipBody, key: Key = None, match: Match = None) -> Document:
    """Take an activity off the year, with the reason."""

    def work() -> Document:
        require(about, match)
        known = record_skip(about.where, body.activity, body.reason, at=about.at)
        return {"activity": known.id, "title": known.title}

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/pause")
def pause(request: Request, about: About, body: PauseBody, key: Key = None, match: Match = None) -> Document:
    """Expect nothing from today on."""

    def work() -> Document:
        require(about, match)
        if body.until is not None and body.until < about.at.today:
            raise UsageError(f"until {body.until} lies before today", hint="Give a coming day, or none.")
        start_pause(about.where, Pause(about.at.today, body.until, body.reason), at=about.at)
        return {"from": about.at.today.isoformat(), "to": body.until.isoformat() if body.until else None}

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/resume")
def resume(about: About, match: Match = None) -> Document:
    """End the pause that is running."""
    require(about, match)
    ended = end_pause(about.where, at=about.at)
    return {"from": ended.first.isoformat(), "to": ended.last.isoformat() if ended.last else None}


@router.get("/people/{name}/cards")
def cards(about: About) -> list[Document]:
    """The cards that are due, each with the chance that it is still known."""
    return [
        {"id": s.card.id, "front": s.card.front, "back": s.card.back, "known": round(s.retrievability, 4)}
        for s in read_due(about.where, at=about.at)
    ]


@router.post("/people/{name}/cards")
def make_card(
    request: Request, about: About, body: CardBody, key: Key = None, match: Match = None
) -> Document:
    """Keep a card made by hand."""

    def work() -> Document:
        require(about, match)
        return {"id": add_card(about.where, body.question, body.answer, skill=body.skill, at=about.at).id}

    return REMEMBERED.once(key, request, body, work)


@router.post("/people/{name}/cards/review")
def review(
    request: Request, about: About, body: ReviewBody, key: Key = None, match: Match = None
) -> Document:
    """Keep one answer to a card."""

    def work() -> Document:
        require(about, match)
        review_card(about.where, body.card, body.rating, at=about.at)
        return {"card": body.card, "rating": body.rating}

    return REMEMBERED.once(key, request, body, work)
