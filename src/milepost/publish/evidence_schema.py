"""Proposals of evidence → the plain JSON document of the outside contract."""

from collections.abc import Sequence

from milepost.model.proposals import Findings, Proposal
from milepost.publish.schema import Document


def proposal_row(number: int, proposal: Proposal, *, name: str, state: str, reason: str) -> Document:
    """One proposal of the ``evidence`` document; ``state`` is new, there, written, needs-level or kept-out."""
    return {
        "number": number,
        "skill": proposal.skill,
        "name": name,
        "kind": proposal.kind.value,
        "level": proposal.level,
        "state": state,
        "reason": reason,
        "title": proposal.title,
        "url": proposal.url,
        "date": proposal.date.isoformat() if proposal.date else None,
        "last_used": proposal.last_used.isoformat() if proposal.last_used else None,
        "years": proposal.years,
        "example": proposal.example,
        "where": proposal.where,
        "quote": proposal.quote,
        "why": proposal.why,
    }


def evidence_document(person: str, findings: Sequence[Findings], *, rows: Sequence[Document]) -> Document:
    """What some sources show, and what became of each proposal."""
    return {
        "person": person,
        "sources": [{"source": each.source, "notes": list(each.notes)} for each in findings],
        "written": sum(1 for row in rows if row["state"] == "written"),
        "proposals": list(rows),
    }
