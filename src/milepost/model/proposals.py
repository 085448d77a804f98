"""Proposals: what was found in a person's work, for them to accept, change or reject."""

import datetime as dt
from dataclasses import dataclass

from milepost.model.people import EvidenceKind


@dataclass(frozen=True, slots=True)
class Proposal:
    """One finding in a CV or a repository, with the very words that show it; nothing is entered unasked.

    ``kind`` is the kind of evidence that it becomes once the person accepts it: ``self`` for
    a skill that a CV only names, ``certificate``, ``artefact`` for a piece of work, ``signal``
    for what a repository shows by itself. ``level`` (0–5) is None where nothing in the source
    says it: the person gives it then. ``where`` is file and line, page, or commit;
    ``quote`` the line itself, ``why`` how level and days follow from it. ``last_used``,
    ``years`` of practice and ``example`` (what they did with it, in their own words) go into a self-rating.
    """

    skill: str
    kind: EvidenceKind
    title: str
    where: str
    quote: str
    level: float | None = None
    date: dt.date | None = None
    url: str = ""
    why: str = ""
    last_used: dt.date | None = None
    years: float = 0.0
    example: str = ""


@dataclass(frozen=True, slots=True)
class Findings:
    """The proposals of one source, and what could not be read in it, in words a person can act on."""

    source: str
    proposals: tuple[Proposal, ...]
    notes: tuple[str, ...] = ()
