"""Evidence from work: what a CV or a repository shows, proposed to the person, who decides."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.cv.noun import Cv, Entry, Line, Part
from milepost.files.cv.reading import read_cv
from milepost.files.person_edits import set_in_person_text
from milepost.market.ads import Ad
from milepost.market.extract import Extractor, build_extractor
from milepost.model.own_skills import extend_tree
from milepost.model.people import Evidence, EvidenceKind, Person
from milepost.model.proposals import Findings, Proposal
from milepost.workflows.year import END, Occasion, as_row

LEVEL_WORDS: Mapping[str, float] = {
    "none": 0.0, "awareness": 1.0, "beginner": 1.0, "novice": 1.0, "basic": 1.0, "elementary": 1.0, "intermediate": 2.0,
    "working": 2.0, "competent": 2.5, "advanced": 3.0, "proficient": 3.0, "upper intermediate": 3.0, "fluent": 4.0,
    "expert": 4.0, "master": 4.0,
}  # fmt: skip
"""What a CV's own level word is taken for (assumption); the person sees it and may change it."""
LONGEST_QUOTE = 200
SHOWS = frozenset({Part.WORK, Part.PROJECTS})
"""Parts whose lines say what somebody did, and not only that they list a word."""
_HEADING = "Requirements\n"
"""What the extractor of advertisements is told, so that it takes the words for skills that somebody has to have."""


def propose_evidence(source: Path, person: Person, *, at: Occasion, authors: Sequence[str] = ()) -> Findings:
    """What a CV or a git repository shows, in the order of what shows most; nothing is written."""
    if source.is_dir():
        from milepost.workflows.repository import propose_from_repository

        return propose_from_repository(source, authors=tuple(authors), today=at.today)
    return propose_from_cv(source, person)


def propose_from_cv(path: Path, person: Person | None = None) -> Findings:
    """The skills of a CV, each with the line that shows it best."""
    cv = read_cv(path)
    tree = extend_tree(load_catalogue().tree, person.own_skills if person else ())
    finder = _Finder(build_extractor(tree))
    proposals = [*finder.certificates(cv), *finder.works(cv), *finder.skills(cv)]
    return Findings(path.name, tuple(proposals), cv.notes)


@dataclass(frozen=True)
class _Seen:
    """A skill in a line: the line, and until when it was used there (None: still, or not said)."""

    line: Line
    level_word: str = ""


class _Finder:
    """Finds skills in the parts of a CV with the extractor that reads advertisements."""

    def __init__(self, extractor: Extractor) -> None:
        self._extractor = extractor

    def _named(self, text: str) -> list[tuple[str, str]]:
        """The skills of a text with the words that name them."""
        ad = Ad(id="cv", title="", company="", date="", text=_HEADING + text, source="cv")
        return [(mention.skill, mention.surface) for mention in self._extractor.mentions(ad)]

    def certificates(self, cv: Cv) -> list[Proposal]:
        """Certificates that name a skill; which level one stands for, nobody says."""
        entries = [entry for entry in cv.entries if entry.part is Part.CERTIFICATES]
        lines = [line for line in cv.lines if line.part is Part.CERTIFICATES]
        entries += [Entry(line.part, line.text[:LONGEST_QUOTE], line.where, line.text) for line in lines]
        return self._of_entries(
            entries, EvidenceKind.CERTIFICATE, "a certificate; say the level that it stands for"
        )

    def works(self, cv: Cv) -> list[Proposal]:
        """Projects and publications with an address; what they show, somebody has to judge."""
        entries = [e for e in cv.entries if e.part in (Part.PROJECTS, Part.PUBLICATIONS) and e.url]
        return self._of_entries(
            entries, EvidenceKind.ARTEFACT, "a piece of work with an address; say the level that it shows"
        )

    def _of_entries(self, entries: Sequence[Entry], kind: EvidenceKind, why: str) -> list[Proposal]:
        found, seen = [], set()
        for entry in entries:
            named = self._named(entry.quote)
            if named and (named[0][0], entry.name) not in seen:
                seen.add((named[0][0], entry.name))
                found.append(
                    Proposal(
                        named[0][0], kind, entry.name[:LONGEST_QUOTE], entry.where, entry.quote[:LONGEST_QUOTE],
                        date=entry.date, url=entry.url, why=why,
                    )
                )  # fmt: skip
        return found

    def skills(self, cv: Cv) -> list[Proposal]:
        """Every skill that the CV names, as a rating that the person has to give."""
        seen: dict[str, list[_Seen]] = {}
        for part, group in groupby(cv.lines, key=lambda line: line.part):
            if part is Part.CERTIFICATES:
                continue
            self._look(list(group), seen)
        listed = [entry for entry in cv.entries if entry.part is Part.SKILLS]
        if listed:
            text = ", ".join(dict.fromkeys(entry.name for entry in listed))
            for skill, surface in self._named(text):
                entry = next((e for e in listed if _holds(e.name, surface)), listed[0])
                line = Line(entry.quote, entry.where, Part.SKILLS)
                seen.setdefault(skill, []).append(_Seen(line, entry.level_word))
        return [_rating(skill, places) for skill, places in sorted(seen.items())]

    def _look(self, lines: list[Line], seen: dict[str, list[_Seen]]) -> None:
        for skill, surface in self._named("\n".join(line.text for line in lines)):
            for line in lines:
                if _holds(line.text, surface):
                    seen.setdefault(skill, []).append(_Seen(line))
                    break


def _holds(text: str, surface: str) -> bool:
    """Whether the words stand in a text as words of their own."""
    return re.search(rf"(?<![\w]){re.escape(surface)}(?![\w])", text, re.IGNORECASE) is not None


def _rating(skill: str, places: Sequence[_Seen]) -> Proposal:
    """A skill as a rating to be given: the line that shows it best, the level word, and the last use."""
    best = max(places, key=lambda seen: (seen.line.part in SHOWS, len(seen.line.text)))
    word = next((seen.level_word for seen in places if seen.level_word), "")
    level = LEVEL_WORDS.get(word.casefold())
    ended = [seen.line.until for seen in places]
    last = None if any(day is None for day in ended) else max(day for day in ended if day is not None)
    reasons = []
    if level is not None:
        reasons.append(f"the CV says {word!r}, taken for {level:g}")
    elif word:
        reasons.append(f"the CV says {word!r}")
    if last is not None:
        reasons.append(f"named only in entries that ended by {last}")
    why = "; ".join(reasons) or "the CV names it; say your level"
    shown = best.line.part in SHOWS
    return Proposal(
        skill, EvidenceKind.SELF_ANCHORED if shown else EvidenceKind.SELF, skill, best.line.where,
        best.line.text[:LONGEST_QUOTE], level=level, date=last, why=why,
    )  # fmt: skip


@dataclass(frozen=True)
class Entered:
    """What was written, what still needs a level, and what was there already."""

    written: tuple[Proposal, ...]
    without_level: tuple[Proposal, ...]
    already: tuple[Proposal, ...]


def enter_proposals(name: str, chosen: Sequence[Proposal], *, at: Occasion) -> Entered:
    """Write what the person accepted, all in one change that ``undo`` takes back."""
    kept = at.load(name)
    person, text = kept.loaded.person, kept.loaded.text
    written, lacking, already = [], [], []
    for proposal in chosen:
        if _is_there(proposal, person):
            already.append(proposal)
        elif proposal.level is None:
            lacking.append(proposal)
        else:
            text = _with(text, proposal, today=at.today)
            written.append(proposal)
    if written:
        at.keep(kept, "evidence", text=text)
    return Entered(tuple(written), tuple(lacking), tuple(already))


def _is_there(proposal: Proposal, person: Person) -> bool:
    if proposal.kind in (EvidenceKind.SELF, EvidenceKind.SELF_ANCHORED):
        return any(rating.skill == proposal.skill for rating in person.ratings)
    return any(
        (piece.skill, piece.kind, piece.title) == (proposal.skill, proposal.kind, proposal.title)
        for piece in person.evidence
    )


def _with(text: str, proposal: Proposal, *, today: dt.date) -> str:
    if proposal.kind in (EvidenceKind.SELF, EvidenceKind.SELF_ANCHORED):
        rating: dict[str, object] = {"level": proposal.level, "date": today}
        if proposal.kind is EvidenceKind.SELF_ANCHORED:
            rating["example"] = proposal.quote
        if proposal.date is not None and proposal.date < today:
            rating["last_used"] = proposal.date
        return set_in_person_text(text, path=("ratings", proposal.skill), value=rating)
    piece = Evidence(
        proposal.skill,
        proposal.kind,
        proposal.level,
        date=proposal.date or today,
        title=proposal.title,
        url=proposal.url,
    )
    return set_in_person_text(text, path=("evidence", END), value=as_row(piece))


def choose(findings: Findings, words: str) -> tuple[Proposal, ...]:
    """The proposals that "all" or "1,3=2.5,7" mean, with the levels given; ``UsageError`` for anything else."""
    if words.strip() == "all":
        return findings.proposals
    chosen = []
    for part in filter(None, (each.strip() for each in words.split(","))):
        number, _, level = part.partition("=")
        if not number.isdigit() or not 1 <= int(number) <= len(findings.proposals):
            raise UsageError(
                f"{part!r} is none of the {len(findings.proposals)} proposals",
                hint="Write all, or numbers such as 1,3=2.5,7.",
            )
        proposal = findings.proposals[int(number) - 1]
        chosen.append(replace(proposal, level=_level(level)) if level else proposal)
    if not chosen:
        raise UsageError("nothing was chosen", hint="Write all, or numbers such as 1,3=2.5,7.")
    return tuple(chosen)


def _level(text: str) -> float:
    try:
        level = float(text.replace(",", "."))
    except ValueError:
        level = -1.0
    if not 0 <= level <= 5 or not (2 * level).is_integer():
        raise UsageError(f"{text!r} is no level", hint="Levels go from 0 to 5 in halves.")
    return level
