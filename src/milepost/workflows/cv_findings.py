"""What a CV shows, as proposals: the lines of the reader joined with the skills that they name."""

import datetime as dt
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.files.cv import CvEntry, CvLine, CvText, Part, read_cv
from milepost.files.cv.layout import clean_line, without_contacts
from milepost.files.cv.level_words import level_of_word, word_beside
from milepost.market.extract import Extractor, build_extractor
from milepost.market.own_words import OwnSkill, find_own_skills, find_unknown_items
from milepost.model.people import EvidenceKind
from milepost.model.proposals import Findings, Proposal
from milepost.model.skills import LEVEL_NAMES, SkillTree

LONGEST_QUOTE = 240
LONGEST_EXAMPLE = 200
MOST_NAMED = 12
"""Unknown names, or pieces of work without a known skill, that a note lists."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\ud800-\uf8ff\ufeff\ufff0-\uffff]")
"""Signs that show nothing: controls, and the pictures that fonts of templates keep in private places."""
_LISTS = frozenset((Part.SKILLS, Part.LANGUAGES))
_DONE = frozenset((Part.WORK, Part.PROJECTS))
_PIECES = frozenset((Part.PROJECTS, Part.PUBLICATIONS))


@dataclass(frozen=True, slots=True)
class _Named:
    """A skill where an entry names it."""

    entry: CvEntry
    line: CvLine
    own: OwnSkill
    word: str

    @property
    def listed(self) -> bool:
        return self.entry.part in _LISTS


def propose_from_cv(path: Path, *, tree: SkillTree, today: dt.date) -> Findings:
    """What a CV shows: self-ratings, certificates and pieces of work, each with its line.

    Raises ``InvalidInput`` where the file cannot be read.
    """
    cv = read_cv(path)
    extractor = build_extractor(tree)
    named = [each for entry in cv.entries for each in _named(entry, extractor, tree)]
    proposals = (*_ratings(named, tree, path.name, today), *_shown(named, path.name, today))
    return Findings(str(path), proposals, (*cv.notes, *_notes(cv, named, extractor)))


def _named(entry: CvEntry, extractor: Extractor, tree: SkillTree) -> Iterator[_Named]:
    """Every skill that an entry names, once a line."""
    lines = entry.lines[:1] if entry.part is Part.CERTIFICATES else entry.lines
    for line in lines:
        text = clean_line(line.text)
        head = line.head and entry.part in {Part.WORK, Part.EDUCATION}
        for own in find_own_skills(extractor, text, listed=entry.part in _LISTS, head=head):
            start = text.find(own.surface)
            beside = word_beside(text, start, start + len(own.surface)) if start >= 0 else ""
            word = entry.level or (beside if entry.part in _LISTS else "")
            yield _Named(entry, line, own, word if _names_all(own, tree) else "")


def _names_all(own: OwnSkill, tree: SkillTree) -> bool:
    """Whether a level of these words is one of the skill: "HTML" names a skill, but not all of it."""
    name, words = tree.skills[own.skill].name.casefold(), own.surface.casefold()
    return words in name or name in words


def _ratings(named: Sequence[_Named], tree: SkillTree, file: str, today: dt.date) -> Iterator[Proposal]:
    """One self-rating for every skill that is named outside of certificates and pieces of work with an address."""
    by_skill: dict[str, list[_Named]] = {}
    for each in named:
        if _kind(each.entry) is EvidenceKind.SELF:
            by_skill.setdefault(each.own.skill, []).append(each)
    everywhere: dict[str, list[_Named]] = {}
    for each in named:
        everywhere.setdefault(each.own.skill, []).append(each)
    order = sorted(by_skill, key=lambda skill: tree.skills[skill].name.casefold())
    for skill in order:
        yield _rating(by_skill[skill], everywhere[skill], file, today)


def _rating(named: Sequence[_Named], everywhere: Sequence[_Named], file: str, today: dt.date) -> Proposal:
    """The self-rating of one skill by the line that says most about it."""
    best = max(named, key=_tells)
    level = level_of_word(best.word) if best.word else None
    last, said = _last_used(everywhere, today)
    done = next(
        (each for each in _newest_first(named) if each.entry.part in _DONE and not each.line.head), None
    )
    if level is not None:
        said = f"the CV says {best.word!r}, read as {level:g} ({LEVEL_NAMES[int(level)]}); {said}"
    else:
        said = f"the CV gives no level; {said}"
    return Proposal(
        skill=best.own.skill,
        kind=EvidenceKind.SELF,
        title="",
        where=f"{file}, {best.line.where}",
        quote=_quote(best),
        level=level,
        why=said,
        last_used=last,
        years=max(each.own.years for each in named),
        example=_cut(without_contacts(clean_line(done.line.text)), LONGEST_EXAMPLE) if done else "",
    )


def _tells(each: _Named) -> tuple[bool, bool, bool, bool, dt.date]:
    """How much a line tells: a level first, then years, then what was done, then how lately."""
    return (
        level_of_word(each.word) is not None,
        each.own.years > 0,
        each.entry.part in _DONE and not each.line.head,
        each.entry.span.ongoing,
        each.entry.span.last or dt.date.min,
    )


def _newest_first(named: Sequence[_Named]) -> list[_Named]:
    return sorted(
        named, key=lambda each: (each.entry.span.ongoing, each.entry.span.last or dt.date.min), reverse=True
    )


def _last_used(named: Sequence[_Named], today: dt.date) -> tuple[dt.date | None, str]:
    """The day since when a skill has been idle, where all that names it has ended; and what was found.

    A list of skills speaks of today, so a skill that stands in one is taken to be in use.
    """
    ends = [_end(each.entry, today) for each in named if not each.listed]
    dated = [end for end in ends if end is not None]
    if any(each.entry.span.ongoing or (each.entry.span.last or today) > today for each in named):
        return None, "named in an entry that goes on"
    if not dated:
        return None, "no dated entry names it"
    last = max(dated)
    if len(dated) < len(ends) or len(ends) < len(named):
        return (
            None,
            f"the last dated entry that names it ended {last}, and the CV lists it without a date too",
        )
    return last, f"the last entry that names it ended {last}"


def _end(entry: CvEntry, today: dt.date) -> dt.date | None:
    last = entry.span.last
    return last if last is not None and last <= today else None


def _kind(entry: CvEntry) -> EvidenceKind:
    if entry.part is Part.CERTIFICATES:
        return EvidenceKind.CERTIFICATE
    if entry.part in _PIECES and entry.url:
        return EvidenceKind.ARTEFACT
    return EvidenceKind.SELF


def _shown(named: Sequence[_Named], file: str, today: dt.date) -> Iterator[Proposal]:
    """Certificates and pieces of work, one proposal for every skill that each names."""
    seen: set[tuple[int, str]] = set()
    for each in named:
        kind = _kind(each.entry)
        key = (id(each.entry), each.own.skill)
        if kind is EvidenceKind.SELF or key in seen:
            continue
        seen.add(key)
        end = _end(each.entry, today)
        when = f"dated {end} by the CV" if end else "the CV gives no day for it"
        yield Proposal(
            skill=each.own.skill,
            kind=kind,
            title=_cut(each.entry.title or clean_line(each.line.text), LONGEST_EXAMPLE),
            where=f"{file}, {each.line.where}",
            quote=_quote(each),
            date=end,
            url=each.entry.url,
            why=f"the level that it shows is yours to give; {when}",
        )


def _quote(each: _Named) -> str:
    return _cut(without_contacts(clean_line(each.line.text)), LONGEST_QUOTE, around=each.own.surface)


def _cut(text: str, longest: int, *, around: str = "") -> str:
    """A text of at most so many characters, with the words that matter in it."""
    plain = " ".join(_UNSEEN.sub(" ", text).split())
    if len(plain) <= longest:
        return plain
    at = max(0, plain.find(around)) if around else 0
    start = max(0, min(at - longest // 3, len(plain) - longest))
    piece = plain[start : start + longest - 2].strip()
    return f"{'…' if start else ''}{piece}{'…' if start + longest - 2 < len(plain) else ''}"


def _notes(cv: CvText, named: Sequence[_Named], extractor: Extractor) -> Iterator[str]:
    """What a person should know about the rest: names that Milepost lacks, and work that shows no skill it knows."""
    unknown: dict[str, None] = {}
    for entry in cv.entries:
        if entry.part is Part.SKILLS:
            for line in entry.lines:
                unknown.update(dict.fromkeys(find_unknown_items(extractor, clean_line(line.text))))
    if unknown:
        yield f"Listed, but not known to Milepost: {_some(list(unknown))}."
    shown = {id(each.entry) for each in named}
    silent = [
        replace(entry, title=_cut(entry.title, 60)).title
        for entry in cv.entries
        if id(entry) not in shown and _kind(entry) is not EvidenceKind.SELF and entry.title
    ]
    if silent:
        yield f"Without a skill that Milepost knows by name: {_some(silent)}."


def _some(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMED
    return ", ".join(names[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
