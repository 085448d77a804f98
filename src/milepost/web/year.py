"""The year in the browser: today, the log, the check-in, evidence, breaks, cards, progress."""

import datetime as dt

from fastapi import Request, Response
from markupsafe import Markup
from starlette.datastructures import FormData

from milepost.files.content import load_catalogue
from milepost.model.language import content, decimal, gettext
from milepost.model.people import EvidenceKind
from milepost.model.settings import Settings
from milepost.model.year import Artefact, CheckIn, Feedback, Pause, Proof, ProofKind, Result, Session
from milepost.pictures import draw_t_shape
from milepost.pictures.burn_up import draw_burn_up
from milepost.pictures.recall import draw_recall
from milepost.publish.progress_page import DAYS_AHEAD, agility_rows, progress_rows
from milepost.web.once import pages_router
from milepost.web.pages import About, Form, Subject, Unfit, Values, field, go, read_number, render
from milepost.web.telling import EVIDENCE, RESULTS, tell_notes, told
from milepost.workflows.cards import add_card, read_due, review_card
from milepost.workflows.day import compare_t_shapes, measure_own_agility, read_agenda
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

router = pages_router()


def amount(form: FormData, name: str, what: str, *, low: float, high: float) -> float | None:
    """A number of a form within bounds; None where it is left out."""
    text = field(form, name)
    hint = gettext("Correct it and send again.")
    return read_number(text, what, low=low, high=high, hint=hint) if text else None


@router.get("/people/{name}/today")
def show_today(request: Request, about: About) -> Response:
    """What to do now, with the forms of the week."""
    return render(
        request,
        "today.html.j2",
        person=about.name,
        results=RESULTS,
        kinds=EVIDENCE,
        **about.recall(_today),
    )


def _today(about: Subject) -> Values:
    kept = about.load()
    agenda = read_agenda(about.where, at=about.at)
    year = kept.loaded.person.year
    return {
        "agenda": agenda,
        "notes": tell_notes(agenda, kept.plan),
        "names": {skill.id: skill.name for skill in load_catalogue().tree.skills.values()},
        "gains": {a.id: [g.skill for g in a.gains] for a in kept.plan.activities} if kept.plan else {},
        "paused": any(p.last is None or p.last >= about.at.today for p in year.pauses),
        "sessions": list(reversed(year.sessions))[:5],
    }


@router.post("/people/{name}/log")
def log(about: About, form: Form) -> Response:
    """Write down one session."""
    minutes = amount(form, "minutes", gettext("minutes"), low=1, high=1440)
    if minutes is None:
        raise Unfit(gettext("a session needs its minutes"), hint=gettext("Say how long it took."))
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
    kept = gettext("%(minutes)s minutes kept.", minutes=decimal(minutes))
    return go(f"/people/{about.name}/today", " ".join((kept, *map(told, logged.advice))))


@router.post("/people/{name}/checkin")
def checkin(about: About, form: Form) -> Response:
    """Keep the five answers of the week."""
    hours = amount(form, "hours", gettext("hours"), low=0, high=168)
    if hours is None:
        raise Unfit(gettext("a check-in needs the hours of the week"), hint=gettext("0 is an answer too."))
    kept = CheckIn(
        date=about.at.today,
        hours=hours,
        moved=field(form, "moved"),
        blocked=field(form, "blocked"),
        confidence=amount(form, "confidence", gettext("confidence"), low=0, high=10),
        next=field(form, "next"),
        note=field(form, "note"),
    )
    standing = check_in(about.where, kept, at=about.at)
    said = [gettext("Kept: %(hours)s hours.", hours=decimal(hours))]
    if standing.progress:
        said.append(gettext("State: %(status)s.", status=told(standing.progress.status)))
    return go(f"/people/{about.name}/today", " ".join(said))


@router.post("/people/{name}/done")
def done(about: About, form: Form) -> Response:
    """Close an activity by its evidence."""
    kind, say, link = field(form, "kind"), field(form, "say"), field(form, "url")
    if kind not in EVIDENCE:
        raise Unfit(
            gettext("say what closes it"),
            hint=gettext("An artefact, a test, a reviewer's word, or a waiver."),
        )
    needed = {"artefact": link, "reviewer": field(form, "by"), "test": say, "waiver": say}[kind]
    if not needed:
        missing = {
            "artefact": gettext("this evidence needs its address"),
            "reviewer": gettext("this evidence needs the reviewer's name"),
        }.get(kind, gettext("this evidence needs a line that says what it was"))
        raise Unfit(missing, hint=gettext("Go back, fill it in, and send it again."))
    proof = Proof(ProofKind(kind), text=say, url=link if kind == "artefact" else "", by=field(form, "by"))
    made = None
    if kind == "artefact":
        made = Artefact(date=about.at.today, title=say, url=link, public=field(form, "public") == "yes")
    level = amount(form, "level", gettext("the level"), low=0, high=5)
    levels = {field(form, "skill"): level} if level is not None and field(form, "skill") else {}
    word = field(form, "as")
    closed = finish_activity(
        about.where,
        field(form, "activity"),
        Finished(
            proof,
            amount(form, "hours", gettext("hours"), low=0, high=2000),
            made,
            levels,
            EvidenceKind(word) if word in ("peer", "manager", "expert") else EvidenceKind.PEER,
        ),
        at=about.at,
    )
    said = [gettext("Closed: %(title)s.", title=content(closed.title))]
    if closed.milestone:
        said.append(gettext("Milestone reached: %(title)s.", title=content(closed.milestone)))
    return go(f"/people/{about.name}/today", " ".join(said))


@router.post("/people/{name}/skip")
def skip(about: About, form: Form) -> Response:
    """Take an activity off the year."""
    reason = field(form, "reason")
    if not reason:
        raise Unfit(gettext("a skipped activity needs a reason"), hint=gettext("One line is enough."))
    known = record_skip(about.where, field(form, "activity"), reason, at=about.at)
    said = gettext("Skipped: %(title)s. A replan does without it.", title=content(known.title))
    return go(f"/people/{about.name}/today", said)


@router.post("/people/{name}/pause")
def pause(about: About, form: Form) -> Response:
    """Stop the clock."""
    until = field(form, "until")
    try:
        last = dt.date.fromisoformat(until) if until else None
    except ValueError as fault:
        raise Unfit(
            gettext("%(text)s is no date", text=repr(until)), hint=gettext("Write it as 2027-01-04.")
        ) from fault
    start_pause(about.where, Pause(about.at.today, last, field(form, "reason")), at=about.at)
    return go(f"/people/{about.name}/today", gettext("Paused. Nothing is expected, nothing is late."))


@router.post("/people/{name}/resume")
def resume(about: About, form: Form) -> Response:  # noqa: ARG001 - the form's token is checked
    """End the pause."""
    end_pause(about.where, at=about.at)
    return go(f"/people/{about.name}/today", gettext("Welcome back. Nothing has turned into debt."))


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
            raise Unfit(gettext("a card needs its answer"), hint=gettext("Fill in both sides."))
        add_card(
            about.where, field(form, "front"), field(form, "back"), skill=field(form, "skill"), at=about.at
        )
        return go(f"/people/{about.name}/cards", gettext("The card is kept."))
    rating = field(form, "rating")
    if rating not in ("1", "2", "3", "4"):
        raise Unfit(gettext("say how well you knew it"), hint=gettext("Forgotten, hard, good or easy."))
    review_card(about.where, field(form, "card"), int(rating), at=about.at)
    return go(f"/people/{about.name}/cards")


@router.get("/people/{name}/progress")
def show_progress(request: Request, about: About) -> Response:
    """The burn-up, the cards, and every figure with where it comes from."""
    return render(request, "progress_page.html.j2", person=about.name, **about.recall(_progress))


def _progress(about: Subject) -> Values:
    kept = about.load()
    standing = show_standing(kept, at=about.at)
    if standing.progress is None or standing.finish is None:
        return {"progress": None}
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
    shapes = compare_t_shapes(kept, at=about.at)
    t_shapes = (
        draw_t_shape(shapes[0], after=shapes[1], since=shapes[2], prefix="t-then-now") if shapes else ""
    )
    return {
        "t_shapes": Markup(t_shapes),  # noqa: S704
        "progress": standing.progress,
        "finish": standing.finish,
        "rows": progress_rows(standing.progress, standing.finish),
        "learned": agility_rows(agility, names) if agility else [],
        "burn_up": Markup(draw_burn_up(standing.progress, standing.finish)),  # noqa: S704
        "recall": Markup(recall),  # noqa: S704
    }
