"""Routes → the plain JSON document of the outside contract."""

from collections.abc import Sequence

from milepost.model.routes import Fact, Move
from milepost.publish.schema import Document


def _figure(value: float) -> float:
    return round(value, 4) + 0.0


def routes_document(person: str, moves: Sequence[Move], facts: Sequence[Fact]) -> Document:
    """Every move with its coverage, hours, steps and assumptions, and what is published about moves."""
    return {
        "person": person,
        "routes": [_move(move) for move in moves],
        "evidence": [{"text": fact.text, "source": fact.source, "year": fact.year} for fact in facts],
    }


def _move(move: Move) -> Document:
    transfer = move.transfer
    return {
        "role": move.role,
        "name": move.name,
        "kind": move.kind.value,
        "similarity": _figure(move.similarity),
        "transfer_share": _figure(transfer.share),
        "low": _figure(transfer.low),
        "high": _figure(transfer.high),
        "strengths": [
            {"skill": s.skill, "name": s.name, "share": _figure(s.share), "lends_to": list(s.lends_to)}
            for s in transfer.strengths
        ],
        "hours_to_close": {
            "low": _figure(move.hours_low),
            "likely": _figure(move.hours),
            "high": _figure(move.hours_high),
        },
        "focus_hours": _figure(move.focus_hours),
        "steps": list(move.steps),
        "weeks": {"p50": _figure(move.scenario.weeks_p50), "p80": _figure(move.scenario.weeks_p80)},
        "assumptions": list(move.scenario.assumptions),
        "notes": list(move.notes),
        "openings": [{"team": o.team, "level": o.level} for o in move.openings],
        "earliest": move.earliest.isoformat() if move.earliest else None,
    }
