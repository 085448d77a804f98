"""The year in the browser: today, the log, the check-in, evidence, breaks, cards, progress."""

import datetime as dt

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup
from starlette.datastructures import FormData

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.model.people import EvidenceKind
from milepost.model.settings import Settings
from milepost.model.year import Artefact, CheckIn, Feedback, Pause, Proof, ProofKind, Result, Session
from milepost.pictures.burn_up import draw_burn_up
from milepost.pictures.recall import draw_recall
from milepost.publish.progress_page import DAYS_AHEAD, agility_rows, progress_rows
from milepost.web.pages import About, Form, field, go, render
from milepost.workflows.cards import add_card, read_due, review_card
from milepost.workflows.day import measure_own_agility, read_agenda
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
from milepost.year.retention import cards_by_day, expected_recall, most_cards

router = APIRouter(default_response_class=HTMLResponse, include_in_schema=False)
KINDS = {
    "artefact": "an artefact at an address",
    "test": "a graded test or task that I passed",
    "reviewer": "a reviewer's word",
    "waiver": "nothing: a waiver, which stays visible and earns nothing",
}


def amount(form: FormData, name: str, what: str, *, low: float, high: float) -> float | None:
    """A number of a form within bounds; None where it is left out."""
    text = field(form, name)
    if not text:
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError:
        value = float("nan")
    if not low <= value <= high:
        raise UsageError(
            f"{what}: {text!r} is not a number from {low:g} to {high:g}", hint="Correct it and send again."
        )
    return value


@router.get("/people/{name}/today")
def show_today(request: Request, about: About) -> Response:
    """What to do now, with the forms of the week."""
    kept = about.load()
    names = {skill.id: skill.name for skill in load_catalogue().tree.skills.values()}
    gains = {a.id: [g.skill for g in a.gains] for a in kept.plan.activities} if kept.plan else {}
    return render(
        request,
        "today.html.j2",
        person=about.name,
        agenda=read_agenda(about.where, at=about.at),
        names=names,
        gains=gains,
        kinds=KINDS,
        paused=any(p.last is None or p.last >= about.at.today for p in kept.loaded.person.year.pauses),
        sessions=list(reversed(kept.loaded.person.year.sessions))[:5],
    )


@router.post("/people/{name}/log")
def log(about: About, form: Form) -> Response:
    """Write down one session."""
    minutes = amount(form, "minutes", "minutes", low=1, high=1440)
    if minutes is None:
        raise UsageError("a session needs its minutes", hint="Say how long it took.")
    session = Session(
        date=about.at.today,
        activity=field(form, "activity"),
        skill=field(form, "skill"),
        goal=field(form, "goal"),
        minutes=minutes,
        result=Result(field(form, "result")) if field(form, "result") in set(Result) else None,
        feedback=Feedback(field(form, "feedback"))
        if field(form, "feedback") in set(Feedback)
        else Feedback.NONE,
        error=field(form, "error"),
        fix=field(form, "fix"),
    )
    logged = log_session(about.where, session, at=about.at)
    return go(f"/people/{about.name}/today", f"{minutes:g} minutes kept. {' '.join(logged.advice)}".strip())


@router.post("/people/{name}/checkin")
def checkin(about: About, form: Form) -> Response:
    """Keep the five answers of the week."""
    hours = amount(form, "hours", "hours", low=0, high=168)
    if hours is None:
        raise UsageError("a check-in needs the hours of the week", hint="0 is an answer too.")
    kept = CheckIn(
        date=about.at.today,
        hours=hours,
        moved=field(form, "moved"),
        blocked=field(form, "blocked"),
        confidence=amount(form, "confidence", "confidence", low=0, high=10),
        next=field(form, "next"),
        note=field(form, "note"),
    )
    standing = check_in(about.where, kept, at=about.at)
    told = f" {standing.progress.status.capitalize()}." if standing.progress else ""
    return go(f"/people/{about.name}/today", f"Kept: {hours:g} hours.{told}")


@router.post("/people/{name}/done")
def done(about: About, form: Form) -> Response:
    """Close an activity by its evidence."""
    kind, say, link = field(form, "kind"), field(form, "say"), field(form, "url")
    if kind not in KINDS:
        raise UsageError("say what closes it", hint="An artefact, a test, a reviewer's word, or a waiver.")
    needed = {"artefact": link, "reviewer": field(form, "by"), "test": say, "waiver": say}[kind]
    if not needed:
        what = {"artefact": "its address", "reviewer": "the reviewer's name"}.get(
            kind, "a line that says what it was"
        )
        raise UsageError(f"this evidence needs {what}", hint="Go back, fill it in, and send it again.")
    proof = Proof(ProofKind(kind), text=say, url=link if kind == "artefact" else "", by=field(form, "by"))
    made = None
    if kind == "artefact":
        made = Artefact(date=about.at.today, title=say, url=link, public=field(form, "public") == "yes")
    level = amount(form, "level", "the level", low=0, high=5)
    levels = {field(form, "skill"): level} if level is not None and field(form, "skill") else {}
    word = field(form, "as")
    closed = finish_activity(
        about.where,
        field(form, "activity"),
        Finished(
            proof,
            amount(form, "hours", "hours", low=0, high=2000),
            made,
            levels,
            EvidenceKind(word) if word in ("peer", "manager", "expert") else EvidenceKind.PEER,
        ),
        at=about.at,
    )
    reached = f" Milestone reached: {closed.milestone}." if closed.milestone else ""
    return go(f"/people/{about.name}/today", f"Closed: {closed.title}.{reached}")


@router.post("/people/{name}/skip")
def skip(about: About, form: Form) -> Response:
    """Take an activity off the year."""
    reason = field(form, "reason")
    if not reason:
        raise UsageError("a skipped activity needs a reason", hint="One line is enough.")
    known = record_skip(about.where, field(form, "activity"), reason, at=about.at)
    return go(f"/people/{about.name}/today", f"Skipped: {known.title}. A replan does without it.")


@router.post("/people/{name}/pause")
def pause(about: About, form: Form) -> Response:
    """Stop the clock."""
    until = field(form, "until")
    try:
        last = dt.date.fromisoformat(until) if until else None
    except ValueError as fault:
        raise UsageError(f"{until!r} is no date", hint="Write it as 2027-01-04.") from fault
    start_pause(about.where, Pause(about.at.today, last, field(form, "reason")), at=about.at)
    return go(f"/people/{about.name}/today", "Paused. Nothing is expected, nothing is late.")


@router.post("/people/{name}/resume")
def resume(about: About, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """End the pause."""
    end_pause(about.where, at=about.at)
    return go(f"/people/{about.name}/today", "Welcome back. Nothing has turned into debt.")


@router.get("/people/{name}/cards")
def show_cards(request: Request, about: About) -> Response:
    """The first card that is due: the question, and on asking the answer."""
    due = read_due(about.where, at=about.at)
    shown = request.query_params.get("answer", "")
    card = due[0].card if due else None
    return render(
        request, "cards.html.j2", person=about.name, card=card, left=len(due),
        answered=card is not None and shown == card.id,
    )  # fmt: skip


@router.post("/people/{name}/cards")
def answer_card(about: About, form: Form) -> Response:
    """Keep how well a card was known, or a new card."""
    if field(form, "front"):
        if not field(form, "back"):
            raise UsageError("a card needs its answer", hint="Fill in both sides.")
        add_card(
            about.where, field(form, "front"), field(form, "back"), skill=field(form, "skill"), at=about.at
        )
        return go(f"/people/{about.name}/cards", "The card is kept.")
    rating = field(form, "rating")
    if rating not in ("1", "2", "3", "4"):
        raise UsageError("say how well you knew it", hint="Forgotten, hard, good or easy.")
    review_card(about.where, field(form, "card"), int(rating), at=about.at)
    return go(f"/people/{about.name}/cards")


@router.get("/people/{name}/progress")
def show_progress(request: Request, about: About) -> Response:
    """The burn-up, the cards, and every figure with where it comes from."""
    kept = about.load()
    standing = show_standing(kept, at=about.at)
    if standing.progress is None or standing.finish is None:
        return render(request, "progress_page.html.j2", person=about.name, progress=None)
    cards, settings = kept.loaded.person.year.cards, Settings()
    recall = ""
    if cards:
        recall = draw_recall(
            expected_recall(cards, today=about.at.today, days=DAYS_AHEAD),
            cards_by_day(cards, today=about.at.today, days=DAYS_AHEAD),
            today=about.at.today,
            wanted=settings.card_retention,
            a_day=most_cards(settings),
        )
    tree = load_catalogue().tree
    names = {a.id: a.name for a in tree.areas.values()} | {s.id: s.name for s in tree.skills.values()}
    agility = measure_own_agility(kept, at=about.at)
    return render(
        request,
        "progress_page.html.j2",
        person=about.name,
        progress=standing.progress,
        finish=standing.finish,
        rows=progress_rows(standing.progress, standing.finish),
        learned=agility_rows(agility, names) if agility else [],
        burn_up=Markup(draw_burn_up(standing.progress, standing.finish)),  # noqa: S704
        recall=Markup(recall),  # noqa: S704
    )
