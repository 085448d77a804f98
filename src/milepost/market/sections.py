"""The parts of an advertisement: what is asked, what is done, what would be nice, and what is merely said.

Method-market 2.1: a short line that reads like a heading opens a part, a label before a colon opens one for
its own line, and a text without line breaks is cut before the headings that are buried in it. What single
sentences say about the asking is in ``asking``.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from milepost.market.ads import is_bullet
from milepost.market.headings import (
    AGAINST,
    AREA_OF_STACK,
    BURIED_HEADING,
    CERTAIN_ROLE,
    CLEAR,
    OPEN_ROLES,
    OPENINGS,
    PAY,
    PERSON,
    ROLE,
)


class Section(StrEnum):
    """The part of an advertisement in which a skill is named."""

    MUST = "must"
    DUTY = "duty"
    NICE = "nice"
    COMPANY = "company"
    TITLE = "title"
    UNSECTIONED = "unsectioned"


class Asked(StrEnum):
    """How a skill is asked of the candidate."""

    MUST = "must"
    DUTY = "duty"
    NICE = "nice"
    CONTEXT = "context"


WEIGHTS = {
    Section.MUST: 1.0,
    Section.TITLE: 1.0,
    Section.DUTY: 0.75,
    Section.UNSECTIONED: 0.75,
    Section.NICE: 0.4,
    Section.COMPANY: 0.15,
}
"""Section weight W of method-market 2.1."""

ASKED = {
    Section.MUST: Asked.MUST,
    Section.TITLE: Asked.MUST,
    Section.DUTY: Asked.DUTY,
    Section.UNSECTIONED: Asked.DUTY,
    Section.NICE: Asked.NICE,
    Section.COMPANY: Asked.CONTEXT,
}

LONGEST_HEADING = 70
LONGEST_LABEL = 48
FLAT_LINE = 300
"""From this many characters a line is looked through for buried headings."""
_AROUND = " *#_=-–—"
_SIGNS = " *#_=:-–—…"
_MOST_WORDS = 9
_FEW_WORDS = 6
_LABEL_WORDS = 7
_SECTIONS = {section.value: section for section in Section}
_ITEM = re.compile(
    r"(?:strong(?! plus| candidates)|experienced?,? (?:with|in|of|building|working|using|developing|designing|shipping)|proven|"
    r"excellent|knowledge of|familiar\w*|proficien\w+|ability|(?:good|great)(?! to have| fit| benefits)|solid|deep|"
    r"expertise (?:in|with)|understanding|hands[ -]on|demonstrated|bachelor\S*|master\S*|degree|fluen\w+|"
    r"working (?:experience|knowledge)|at least|must be|\d)\b.* \w+",
    re.IGNORECASE,
)
"""How an item of a list without bullets begins; such a line opens no section."""


class Passage(NamedTuple):
    """A part of a line that belongs to one section."""

    start: int
    end: int
    section: Section


class Label(NamedTuple):
    """What the beginning of a line says about its section; ``alone`` where the line says nothing else."""

    section: Section
    alone: bool


def passages(
    text: str, buried: Callable[[str], Iterable[tuple[int, Section]]] | None = None
) -> list[Passage]:
    """The passages of a plain text in order, the title first."""
    title, _, body = text.partition("\n")
    found = [Passage(0, len(title), Section.TITLE)]
    at = len(title) + 1
    parts = Parts(buried)
    for line in body.split("\n"):
        parts.read(line, at, found)
        at += len(line) + 1
    return found


class Parts:
    """Reads the lines of a text one after the other and knows which section is open."""

    __slots__ = ("_buried", "open", "outer")

    def __init__(self, buried: Callable[[str], Iterable[tuple[int, Section]]] | None = None) -> None:
        """``buried`` finds the headings in a long line; by default it is ``buried_headings``."""
        self._buried = buried or buried_headings
        self.open = Section.UNSECTIONED
        self.outer: Section | None = None

    def read(self, line: str, at: int, found: list[Passage]) -> None:
        """Adds the passages of the next line, which begins at the character ``at``."""
        if len(line) > FLAT_LINE:
            self._read_flat(line, at, found)
        else:
            found.append(Passage(at, at + len(line), self.section_of(line)))

    def section_of(self, line: str) -> Section:
        """The section of the next line, one that is not looked through for buried headings."""
        label = _short_label(line) if len(line) < LONGEST_HEADING else _label_before_colon(line)
        if label is not None:
            return self._labelled(label, line)
        if self.outer is not None and not is_bullet(line):
            self.open, self.outer = self.outer, None
        return self.open

    def _labelled(self, label: Label, line: str) -> Section:
        section = self._known(label.section)
        if is_bullet(line):
            return section if label.section is Section.NICE or self.open in _LOOSE else self.open
        if label.alone:
            self.outer = None
        elif section in _BRIEF and self.outer is None:
            self.outer = self.open
        self.open = section
        return section

    def _known(self, section: Section) -> Section:
        """A heading of unknown meaning only ends what is said about the company."""
        return self.open if section is Section.UNSECTIONED and self.open is not Section.COMPANY else section

    def _read_flat(self, line: str, at: int, found: list[Passage]) -> None:
        if self.outer is not None:
            self.open, self.outer = self.outer, None
        cut = 0
        for start, section in self._buried(line):
            if start > cut:
                found.append(Passage(at + cut, at + start, self.open))
            self.open, cut = section, start
        found.append(Passage(at + cut, at + len(line), self.open))


_BRIEF = frozenset({Section.NICE, Section.COMPANY})
"""What a label before a colon opens for its own line and the items below it only."""
_LOOSE = frozenset({Section.UNSECTIONED, Section.COMPANY})


def buried_headings(line: str) -> Iterator[tuple[int, Section]]:
    """Where headings stand inside a long line, and what they open."""
    for match in BURIED_HEADING.finditer(line):
        section = opened_by(match.group())
        if section is not None:
            yield match.start(), section


@lru_cache(maxsize=65536)
def _short_label(line: str) -> Label | None:
    """The section that a short line opens: by a label before a colon, or as a heading."""
    colon = line.find(":", 0, LONGEST_LABEL)
    if colon >= 0 and line[colon + 1 :].strip(_AROUND):
        return _label_before_colon(line)
    section = _heading(line)
    return None if section is None else Label(section, alone=True)


def _label_before_colon(line: str) -> Label | None:
    colon = line.find(":", 0, LONGEST_LABEL)
    if colon < 0 or not line[colon + 1 :].strip(_AROUND):
        return None
    section = _label(line[:colon])
    return None if section is None else Label(section, alone=False)


def _heading(line: str) -> Section | None:
    text = _bare(line)
    if not text or is_bullet(line) or not _may_be_heading(line, text):
        return None
    section = opened_by(text)
    if section is None and (line.rstrip(_AROUND).endswith(":") or OPEN_ROLES.search(text)):
        return Section.UNSECTIONED
    return section


@lru_cache(maxsize=65536)
def _label(before: str) -> Section | None:
    text = _bare(before)
    if not text or len(text.split()) > _LABEL_WORDS or _ITEM.match(text):
        return None
    if AREA_OF_STACK.match(text) or OPEN_ROLES.search(text):
        return Section.UNSECTIONED
    return opened_by(text)


def opened_by(heading: str) -> Section | None:
    """The section that the words of a heading open; None where they say nothing about it."""
    if PAY.search(heading) or AGAINST.search(heading):
        return Section.COMPANY
    for section, words in OPENINGS[:1]:
        if words.search(heading):
            return _SECTIONS[section]
    if PERSON.search(heading) and not CERTAIN_ROLE.search(heading):
        return Section.MUST
    if CERTAIN_ROLE.search(heading) or ROLE.search(heading):
        return Section.DUTY
    for section, words in OPENINGS[1:]:
        if words.search(heading):
            return _SECTIONS[section]
    return None


def _bare(line: str) -> str:
    """A line without the signs around it."""
    start = 0
    while start < len(line) and not line[start].isalnum():
        start += 1
    return line[start:].rstrip(_SIGNS)


def _is_clear(text: str) -> bool:
    """Whether words speak of the person, the role or a wish so clearly that no sentence begins like this."""
    return CLEAR.match(text) is not None


def _may_be_heading(line: str, text: str) -> bool:
    words = text.split()
    if line.rstrip(_AROUND).endswith(":"):
        return not ("," in text and len(words) > _FEW_WORDS) or _is_clear(text)
    if text[-1] in ".,;" or len(words) > _MOST_WORDS or _ITEM.match(text):
        return False
    if text[0].isupper() and _is_clear(text):
        return True
    capitals = sum(word[:1].isupper() for word in words)
    return (
        text[0].isupper() and ("," not in text) and (capitals >= len(words) / 2 or len(words) <= _FEW_WORDS)
    )
