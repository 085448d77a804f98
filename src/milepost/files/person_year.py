"""The part of a person file that records what happened: ``year`` and ``outcomes``."""

import datetime as dt

from milepost.files.tables import Table, number
from milepost.model.roles import Route
from milepost.model.year import (
    Artefact,
    Card,
    CheckIn,
    Feedback,
    Forecast,
    MilestoneRecord,
    Outcome,
    Pause,
    Proof,
    ProofKind,
    Result,
    Review,
    Session,
    Step,
    StepKind,
    Verification,
    Year,
)

MOST_MINUTES = 1440
MOST_HOURS = 168
CREDIT = 100.0
"""Points that a person splits among activities and artefacts (method note, The year)."""

CHECKIN_KEYS = ("date", "hours", "note", "moved", "blocked", "confidence", "next")
SESSION_KEYS = (
    "date",
    "skill",
    "activity",
    "micro_skill",
    "goal",
    "minutes",
    "difficulty",
    "result",
    "feedback",
    "error",
    "fix",
)
ARTEFACT_KEYS = ("date", "title", "kind", "url", "public", "verified", "skills", "activity", "by")
STEP_KEYS = ("date", "activity", "kind", "hours", "reason", "proof")
MILESTONE_KEYS = ("quarter", "accepted", "evidence", "title", "if_then", "proof")
PROOF_KEYS = ("kind", "text", "url", "by", "checked")
PAUSE_KEYS = ("from", "to", "reason")
CARD_KEYS = ("id", "skill", "front", "back", "made", "source", "reviews")
FORECAST_KEYS = ("date", "p50", "p80", "p95")
YEAR_KEYS = ("checkins", "sessions", "artefacts", "steps", "milestones", "pauses", "cards", "forecasts")
OUTCOME_KEYS = (
    "kind",
    "route",
    "role",
    "employer",
    "functional_start",
    "formal_date",
    "planned_quarter",
    "credit",
    "learned",
)
NO_DAY = dt.date(1950, 1, 1)
"""Stands in for a day that is missing; a file with a problem is never used."""


def read_year(table: Table) -> Year:
    """What ``year`` holds; its problems are noted in the table's faults."""
    year = table.table("year", YEAR_KEYS)
    if year is None:
        return Year()
    return Year(
        checkins=tuple(_checkin(row) for row in year.tables("checkins", CHECKIN_KEYS)),
        sessions=tuple(_session(row) for row in year.tables("sessions", SESSION_KEYS)),
        artefacts=tuple(_artefact(row) for row in year.tables("artefacts", ARTEFACT_KEYS)),
        steps=tuple(_step(row) for row in year.tables("steps", STEP_KEYS)),
        milestones=tuple(_milestone(row) for row in year.tables("milestones", MILESTONE_KEYS)),
        pauses=tuple(_pause(row) for row in year.tables("pauses", PAUSE_KEYS)),
        cards=_cards(year),
        forecasts=tuple(_forecast(row) for row in year.tables("forecasts", FORECAST_KEYS)),
    )


def read_outcomes(table: Table) -> tuple[Outcome, ...]:
    """What ``outcomes`` holds; its problems are noted in the table's faults."""
    return tuple(_outcome(row) for row in table.tables("outcomes", OUTCOME_KEYS))


def _day(row: Table, key: str = "date") -> dt.date:
    row.need(key)
    return row.day(key) or NO_DAY


def _checkin(row: Table) -> CheckIn:
    return CheckIn(
        date=_day(row),
        hours=row.number("hours", 0, MOST_HOURS, unit=" hours") or 0.0,
        note=row.text("note"),
        moved=row.text("moved"),
        blocked=row.text("blocked"),
        confidence=row.number("confidence", 0, 10),
        next=row.text("next"),
    )


def _session(row: Table) -> Session:
    return Session(
        date=_day(row),
        skill=row.name("skill", "skill"),
        activity=row.text("activity"),
        micro_skill=row.text("micro_skill"),
        goal=row.text("goal"),
        minutes=row.number("minutes", 0, MOST_MINUTES, unit=" minutes") or 0.0,
        difficulty=row.whole("difficulty", 1, 5),
        result=row.choice("result", Result),
        feedback=row.choice("feedback", Feedback) or Feedback.NONE,
        error=row.text("error"),
        fix=row.text("fix"),
    )


def _artefact(row: Table) -> Artefact:
    return Artefact(
        date=_day(row),
        title=row.text("title"),
        kind=row.text("kind"),
        url=row.address("url"),
        public=row.flag("public"),
        verified=row.choice("verified", Verification),
        skills=row.names("skills", "skill"),
        activity=row.text("activity"),
        by=row.texts("by"),
    )


def _step(row: Table) -> Step:
    row.need("activity", "kind")
    step = Step(
        date=_day(row),
        activity=row.text("activity"),
        kind=row.choice("kind", StepKind) or StepKind.STARTED,
        hours=row.number("hours", 0, 2000, unit=" hours"),
        reason=row.text("reason"),
        proof=_proof(row),
    )
    if step.proof is not None and step.kind is not StepKind.FINISHED:
        row.fault(
            "proof",
            f"a proof closes an activity, but this one is {step.kind.value}",
            "Remove it, or write `kind: finished`.",
        )
    return step


def _proof(row: Table) -> Proof | None:
    inner = row.table("proof", PROOF_KEYS)
    if inner is None:
        return None
    inner.need("kind")
    kind = inner.choice("kind", ProofKind)
    if kind is ProofKind.WAIVER:
        inner.need("text", hint="Say why it counts as closed without evidence; the reason stays visible.")
    if kind is ProofKind.REVIEWER:
        inner.need("by", hint="Add `by: …`, the name of the person whose word it is.")
    return Proof(
        kind=kind or ProofKind.WAIVER,
        text=inner.text("text"),
        url=inner.address("url"),
        by=inner.text("by"),
        checked=inner.text("checked"),
    )


def _milestone(row: Table) -> MilestoneRecord:
    row.need("quarter")
    return MilestoneRecord(
        quarter=row.whole("quarter", 1, 12) or 1,
        accepted=row.day("accepted"),
        evidence=row.text("evidence"),
        title=row.text("title"),
        if_then=row.text("if_then"),
        proof=_proof(row),
    )


def _pause(row: Table) -> Pause:
    first, last = _day(row, "from"), row.day("to")
    if last is not None and last < first:
        row.fault("to", f"{last} lies before {first}, where the pause starts", "Exchange the two days.")
    return Pause(first, last, row.text("reason"))


def _cards(year: Table) -> tuple[Card, ...]:
    found: dict[str, Card] = {}
    for row in year.tables("cards", CARD_KEYS):
        row.need("id", "front", "back")
        card = Card(
            id=row.text("id"),
            skill=row.name("skill", "skill"),
            front=row.text("front"),
            back=row.text("back"),
            made=_day(row, "made"),
            source=row.text("source"),
            reviews=tuple(_review(each) for each in row.tables("reviews", ("date", "rating"))),
        )
        if card.id in found:
            row.fault("id", f"two cards are called {card.id!r}", "Give one of them another id.")
        found[card.id] = card
    return tuple(found.values())


def _review(row: Table) -> Review:
    row.need("rating", hint="1 forgotten, 2 hard, 3 good, 4 easy.")
    return Review(_day(row), row.whole("rating", 1, 4) or 1)


def _forecast(row: Table) -> Forecast:
    return Forecast(_day(row), _day(row, "p50"), _day(row, "p80"), _day(row, "p95"))


def _outcome(row: Table) -> Outcome:
    row.need("kind")
    functional, formal = row.day("functional_start"), row.day("formal_date")
    return Outcome(
        kind=row.text("kind"),
        route=row.choice("route", Route),
        role=row.name("role", "role"),
        employer=row.text("employer"),
        functional_start=functional,
        formal_date=formal,
        planned_quarter=row.whole("planned_quarter", 1, 12),
        credit=_credit(row),
        learned=row.text("learned"),
    )


def _credit(row: Table) -> dict[str, float]:
    given = {
        name: number(row.faults, node, field, 0, CREDIT) or 0.0 for name, field, node in row.pairs("credit")
    }
    if sum(given.values()) > CREDIT:
        row.fault(
            "credit",
            f"{sum(given.values()):g} points are given, but there are {CREDIT:g}",
            "Take some away.",
        )
    return given
