"""Evidence from work: what a CV or a folder shows is proposed, and what the person accepts is written."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.files.cv.linkedin import is_linkedin_folder
from milepost.files.person_edits import plain_number, set_in_person_text
from milepost.model.own_catalogue import extend_tree
from milepost.model.people import Evidence, EvidenceKind, Person, Rating
from milepost.model.proposals import Findings, Proposal
from milepost.model.skills import HIGHEST_LEVEL, LOWEST_LEVEL, SkillTree
from milepost.workflows.cv_findings import propose_from_cv
from milepost.workflows.repository import propose_from_repository
from milepost.workflows.year import END, Occasion, as_row

VERB = "evidence"


@dataclass(frozen=True, slots=True)
class Offer:
    """A proposal with the number it is accepted by; ``there`` says what the person's file already has instead."""

    number: int
    proposal: Proposal
    name: str
    there: str = ""


@dataclass(frozen=True, slots=True)
class Offers:
    """All proposals of some sources, numbered from 1 in an order that depends on the sources alone."""

    person: str
    offers: tuple[Offer, ...]
    findings: tuple[Findings, ...]
    tree: SkillTree

    @property
    def new(self) -> tuple[Offer, ...]:
        """Those that the person's file does not have yet."""
        return tuple(offer for offer in self.offers if not offer.there)


@dataclass(frozen=True, slots=True)
class Accepted:
    """What was written, what still needs a level, and what stays out with the reason."""

    written: tuple[Offer, ...] = ()
    need_level: tuple[Offer, ...] = ()
    kept_out: tuple[Offer, ...] = ()


def propose(source: Path, *, tree: SkillTree, today: dt.date, authors: Sequence[str] = ()) -> Findings:
    """What one source shows: a folder is a git repository or an unpacked LinkedIn export, a file a CV.

    Raises ``InvalidInput`` where the source cannot be read; ``authors`` are as in ``propose_from_repository``.
    """
    if source.is_dir() and not is_linkedin_folder(source):
        return propose_from_repository(source, authors=authors, today=today)
    return propose_from_cv(source, tree=tree, today=today)


def gather_offers(name: str, sources: Sequence[Path], *, at: Occasion, authors: Sequence[str] = ()) -> Offers:
    """The proposals of all sources beside what the person's file has.

    Raises ``InvalidInput`` with every source that cannot be read.
    """
    person = at.load(name).loaded.person
    tree = extend_tree(load_catalogue().tree, person.own_skills)
    findings: list[Findings] = []
    problems: list[Problem] = []
    for source in sources:
        try:
            findings.append(propose(source, tree=tree, today=at.today, authors=authors))
        except InvalidInput as fault:
            problems += fault.problems
    if problems:
        raise InvalidInput(problems)
    return number_offers(person, findings)


def number_offers(person: Person, findings: Sequence[Findings]) -> Offers:
    """What was found, numbered, beside what the person's file has."""
    tree = extend_tree(load_catalogue().tree, person.own_skills)
    distinct: dict[tuple[str, ...], Proposal] = {}
    for proposal in (each for found in findings for each in found.proposals):
        distinct.setdefault(_key(proposal), proposal)
    offers = tuple(
        Offer(number, proposal, tree.skills[proposal.skill].name, _there(proposal, person))
        for number, proposal in enumerate(distinct.values(), start=1)
        if proposal.skill in tree.skills  # an own skill may be gone since it was found
    )
    return Offers(person.name, offers, tuple(findings), tree)


def _key(proposal: Proposal) -> tuple[str, ...]:
    """Two proposals with the same key would be one entry of the person's file."""
    if proposal.kind is EvidenceKind.SELF:
        return (proposal.skill,)
    return (proposal.skill, proposal.kind.value, proposal.url or proposal.title.casefold())


def _there(proposal: Proposal, person: Person) -> str:
    """What the person's file says already; "" where it says nothing like the proposal."""
    if proposal.kind is EvidenceKind.SELF:
        own = next((rating for rating in person.ratings if rating.skill == proposal.skill), None)
        return f"already rated {own.level:g}" if own else ""
    for piece in person.evidence:
        if piece.skill != proposal.skill or piece.kind is not proposal.kind:
            continue
        if (piece.url and piece.url == proposal.url) or piece.title.casefold() == proposal.title.casefold():
            return f"already there with level {piece.level:g}" if piece.level is not None else "already there"
    return ""


def read_choices(text: str, offers: Offers) -> dict[int, float | None]:
    """Which proposals a list such as ``1,3=2.5,7`` or ``all`` accepts, each with the level it gives.

    Raises ``UsageError`` for a number or a level that is none.
    """
    known = {offer.number for offer in offers.offers}
    chosen: dict[int, float | None] = {}
    for part in (part.strip() for part in text.split(",") if part.strip()):
        said, given, level = part.partition("=")
        if said.strip().lower() == "all":
            chosen |= {offer.number: None for offer in offers.new if offer.number not in chosen}
            continue
        number = int(said) if said.strip().isascii() and said.strip().isdigit() else 0
        if number not in known:
            raise UsageError(
                f"{part!r} accepts nothing: {_range(len(known))}",
                hint="Write numbers of the list, with a level where you give one: 1,3=2.5,7 or all.",
            )
        chosen[number] = read_level(level) if given else None
    if not chosen and offers.new:
        raise UsageError("nothing is accepted by this list", hint="Write 1,3=2.5,7 or all.")
    return chosen


def _range(count: int) -> str:
    return f"the proposals are 1 to {count}" if count else "there are no proposals"


def read_level(text: str) -> float:
    """A level from 0 to 5 in halves; raises ``UsageError`` for anything else."""
    try:
        level = float(text.strip().replace(",", "."))
    except ValueError:
        level = -1.0
    if not LOWEST_LEVEL <= level <= HIGHEST_LEVEL or level * 2 != int(level * 2):
        raise UsageError(
            f"{text.strip()!r} is not a level", hint="Levels go from 0 to 5 in halves, such as 2.5."
        )
    return level


def accept_offers(name: str, offers: Offers, chosen: Mapping[int, float | None], *, at: Occasion) -> Accepted:
    """Write what was accepted, all in one change that ``undo`` takes back; without a level nothing is written.

    Ratings that are there stay as they are, and so does everything that would contradict them.
    """
    kept = at.load(name)
    person = kept.loaded.person
    written: list[Offer] = []
    need: list[Offer] = []
    out: list[Offer] = []
    text = kept.loaded.text
    for offer in (offer for offer in offers.offers if offer.number in chosen):
        given = chosen[offer.number]
        proposal = replace(offer.proposal, level=given if given is not None else offer.proposal.level)
        against = _there(proposal, person) or _contradicts(proposal, person)
        if against:
            out.append(replace(offer, there=against))
        elif proposal.level is None:
            need.append(offer)
        else:
            path, row, person = _entry(proposal, person, at.today)
            text = set_in_person_text(text, path=path, value=row)
            written.append(replace(offer, proposal=proposal))
    if written:
        at.keep(kept, VERB, text=text)
    return Accepted(tuple(written), tuple(need), tuple(out))


def _contradicts(proposal: Proposal, person: Person) -> str:
    """Why a person file could not hold a proposal beside what it says."""
    if proposal.kind is not EvidenceKind.ARTEFACT or proposal.date is None:
        return ""
    own = next((rating for rating in person.ratings if rating.skill == proposal.skill), None)
    if own is None or own.last_used is None or proposal.date <= own.last_used:
        return ""
    return f"made on {proposal.date}, but ratings.{proposal.skill}.last_used says {own.last_used}"


def _entry(proposal: Proposal, person: Person, today: dt.date) -> tuple[tuple[str, ...], object, Person]:
    """Where a proposal goes in the file, what is written there, and the person with it."""
    level = proposal.level or 0.0
    if proposal.kind is EvidenceKind.SELF:
        made = [
            piece.date
            for piece in person.evidence
            if piece.skill == proposal.skill and piece.kind is EvidenceKind.ARTEFACT and piece.date
        ]
        last = proposal.last_used and max([proposal.last_used, *made])
        rating = Rating(proposal.skill, level, proposal.example, today, last, proposal.years)
        row = {key: value for key, value in _rating_row(rating).items() if value not in (None, "", 0)}
        return (
            ("ratings", rating.skill),
            {"level": plain_number(level), **row},
            replace(person, ratings=(*person.ratings, rating)),
        )
    piece = Evidence(
        proposal.skill, proposal.kind, level, date=proposal.date, title=proposal.title, url=proposal.url
    )
    return (
        ("evidence", END),
        {**as_row(piece), "level": plain_number(level)},
        replace(person, evidence=(*person.evidence, piece)),
    )


def _rating_row(rating: Rating) -> dict[str, object]:
    return {
        "example": rating.example,
        "date": rating.date,
        "last_used": rating.last_used,
        "years": plain_number(rating.years),
    }
