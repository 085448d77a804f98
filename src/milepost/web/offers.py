"""Findings as a form: accept each with a level, reject it, or leave it for later."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from milepost.errors import UsageError
from milepost.model.language import content, gettext, marked, ngettext
from milepost.model.people import EvidenceKind
from milepost.web.pages import field
from milepost.workflows.evidence import Accepted, Offer, Offers, read_level

KINDS = {
    EvidenceKind.SELF: marked("self-rating"),
    EvidenceKind.CERTIFICATE: marked("certificate"),
    EvidenceKind.ARTEFACT: marked("piece of work"),
    EvidenceKind.SIGNAL: marked("signal of a repository"),
}
ACCEPT, REJECT, LATER = "accept", "reject", "later"
MOST_SHOWN = 100
"""Findings in one form: what a page can hold and a person can look through."""


@dataclass(frozen=True)
class Row:
    """One finding in the form: what is chosen for it now, and whether its level is missing."""

    offer: Offer
    kind: str
    anchors: tuple[tuple[int, str], ...]
    what: str
    level: str
    missing: bool = False


def make_rows(
    offers: Offers,
    *,
    rejected: Collection[int] = (),
    given: Mapping[str, str] | None = None,
    missing: Collection[int] = (),
) -> list[Row]:
    """The findings that the person's file does not have, with what was chosen last."""
    given = given or {}
    rows = []
    for offer in offers.new[:MOST_SHOWN]:
        number, level = offer.number, offer.proposal.level
        rows.append(
            Row(
                offer,
                gettext(KINDS.get(offer.proposal.kind, offer.proposal.kind.value)),
                tuple(enumerate(offers.tree.anchors_for(offer.proposal.skill).levels)),
                given.get(f"what-{number}", REJECT if number in rejected else LATER),
                given.get(f"level-{number}", f"{level:g}" if level is not None else ""),
                number in missing,
            )
        )
    return rows


@dataclass(frozen=True)
class Decisions:
    """What a person decided about findings: accepted ones with their levels, and those without one."""

    accepted: Mapping[int, float | None]
    rejected: frozenset[int]
    missing: frozenset[int]


def read_decisions(form: FormData, offers: Offers) -> Decisions:
    """What the form says. A level that is none counts as missing."""
    accepted: dict[int, float | None] = {}
    rejected, missing = set(), set()
    for offer in offers.new:
        what = field(form, f"what-{offer.number}")
        if what == REJECT:
            rejected.add(offer.number)
        elif what == ACCEPT:
            level = _level(field(form, f"level-{offer.number}"), offer)
            accepted[offer.number] = level
            if level is None:
                missing.add(offer.number)
    return Decisions(accepted, frozenset(rejected), frozenset(missing))


def _level(text: str, offer: Offer) -> float | None:
    try:
        return read_level(text) if text else offer.proposal.level
    except UsageError:
        return None


def tell_accepted(done: Accepted) -> str:
    """What was written, and what stays out."""
    said = [
        ngettext(
            "%(num)s finding kept in your file.", "%(num)s findings kept in your file.", len(done.written)
        )
    ]
    said += [
        gettext("Not kept: %(name)s, %(reason)s.", name=content(offer.name), reason=content(offer.there))
        for offer in done.kept_out[:3]
    ]
    return " ".join(said)
