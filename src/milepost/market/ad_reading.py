"""One reading of an advertisement by the fast extractor: what is done only at the places that were found."""

from bisect import bisect_right
from collections.abc import Iterator, Mapping

from ahocorasick_rs import BytesAhoCorasick, Implementation

from milepost.market.asking import (
    ASKS_CUES,
    BOILERPLATE_CUES,
    NEAR,
    NICE_CUES,
    NOT_CUES,
    SENTENCE_END,
    STUDY_CUES,
    WANTS_CUES,
    is_about_employer,
    is_boilerplate,
    section_of_sentence,
    section_of_skill,
)
from milepost.market.headings import BURIED, BURIED_HEADING
from milepost.market.lexicon import Hit, Surface
from milepost.market.mentions import Mention
from milepost.market.sections import ASKED, FLAT_LINE, Parts, Passage, Section, opened_by
from milepost.market.senses import (
    LIST_WITHIN,
    NAMES_BEFORE,
    NAMES_CUES,
    is_in_list_of_names,
    is_meant,
    is_organisation,
)

_NICE, _NOT, _BOILERPLATE, _NAMES, _ASKS, _WANTS = (1 << bit for bit in range(6))
CUE_KINDS: tuple[tuple[int, tuple[str, ...]], ...] = (
    (_NICE, NICE_CUES),
    (_NOT, (*NOT_CUES, *STUDY_CUES)),
    (_BOILERPLATE, BOILERPLATE_CUES),
    (_NAMES, NAMES_CUES),
    (_ASKS, ASKS_CUES),
    (_WANTS, WANTS_CUES),
)
"""The cue words of each kind; a word may be of several."""


class Cues:
    """Where the cue words of an advertisement stand, in order of their ends."""

    __slots__ = ("asks", "boilerplate", "names", "negative", "nice", "wants")

    def __init__(self) -> None:
        self.nice: list[int] = []
        self.negative: list[int] = []
        self.boilerplate: list[int] = []
        self.asks: list[tuple[int, int]] = []
        self.wants: list[tuple[int, int]] = []
        self.names: list[int] = []

    def add(self, kind: int, start: int, end: int) -> None:
        """Notes a cue word of this kind."""
        if kind & _NICE:
            self.nice.append(end)
        if kind & _NOT:
            self.negative.append(end)
        if kind & _BOILERPLATE:
            self.boilerplate.append(end)
        if kind & _NAMES:
            self.names.append(end)
        if kind & _ASKS:
            self.asks.append((end, start))
        if kind & _WANTS:
            self.wants.append((end, start))


def _buried_headings(line: str) -> Iterator[tuple[int, Section]]:
    """As ``sections.buried_headings``: the places of the phrases first, and the pattern only there."""
    done = 0
    found = _BURIED.find_matches_as_indexes(line.encode("ascii", "replace"), overlapping=True)
    for start in sorted({start for _, start, _ in found}):
        match = BURIED_HEADING.match(line, start) if start >= done else None
        if match is not None:
            done = match.end()
            section = opened_by(match.group())
            if section is not None:
                yield start, section


def _openings(text: str) -> list[tuple[int, Section]]:
    """Where sections open: as ``sections.passages``, lines of one section taken together; an end closes the list."""
    at = text.find("\n") + 1
    found = [(0, Section.TITLE)]
    parts = Parts(_buried_headings)
    last: Section | None = None
    for line in text[at:].split("\n"):
        if len(line) > FLAT_LINE:
            flat: list[Passage] = []
            parts.read(line, at, flat)
            found += [(passage.start, passage.section) for passage in flat]
            last = None
        else:
            section = parts.section_of(line)
            if section is not last:
                found.append((at, section))
                last = section
        at += len(line) + 1
    found.append((len(text) + 1, Section.UNSECTIONED))
    return found


class AdReading:
    """One reading of an advertisement, which works out a sentence only where a rule asks for it."""

    __slots__ = (
        *("cued", "cues", "employer", "end", "glued", "hits", "loose", "made", "opened", "openings", "passage"),
        *("sections", "start", "text"),
    )  # fmt: skip

    def __init__(
        self,
        text: str,
        hits: list[Hit],
        cues: Cues,
        employer: tuple[str, ...],
        made: Mapping[Section, dict[Surface, Mention]],
    ) -> None:
        self.text = text
        self.hits = hits
        self.cues = cues
        self.employer = employer
        self.made = made
        self.openings = _openings(text)
        self.opened = 0
        self.passage = Passage(0, 0, Section.TITLE)
        self.loose = self.cued = self.glued = False
        self.start = self.end = 0
        self.sections: dict[bool, Section | None] = {}

    def mentions(self, own: frozenset[Surface]) -> list[Mention]:
        """The mentions in order, without the employer's own names."""
        found: list[Mention] = []
        line_end = -1
        for at, hit in enumerate(self.hits):
            start, _, surface = hit
            if surface.skill is None or surface in own:
                continue
            if start >= line_end:
                self._enter(start)
                line_end = self.passage.end
            if (surface.ambiguous or surface.technology) and not self._is_meant(at, hit):
                continue
            section = self._section(hit) if self.loose or self.cued or self.glued else self.passage.section
            if section is not None:
                found.append(self.made[section].get(surface) or self._make(surface, section))
        return found

    def _make(self, surface: Surface, section: Section) -> Mention:
        mention = Mention(surface.text, surface.skill or "", section, ASKED[section])
        self.made[section][surface] = mention
        return mention

    def _enter(self, place: int) -> None:
        """Goes on to the passage around a place.

        In a ``loose`` passage the sentence decides about the section, in a ``cued`` one the words around the skill.
        A ``glued`` one begins or ends inside a word of the text, so the automaton may have overlooked a cue.
        """
        openings, cues = self.openings, self.cues
        while openings[self.opened + 1][0] <= place:
            self.opened += 1
        start, section = openings[self.opened]
        start = max(start, self.text.rfind("\n", start, place) + 1)
        end = self.text.find("\n", place, openings[self.opened + 1][0])
        if end < 0:
            end = min(openings[self.opened + 1][0], len(self.text))
        self.passage = Passage(start, end, section)
        self.loose = self.cued = self.glued = False
        if section is not Section.TITLE:
            open_to_sentences = section is Section.UNSECTIONED or section is Section.COMPANY
            self.loose = open_to_sentences or _stands_in(cues.boilerplate, start, end)
            self.cued = _stands_in(cues.nice, start, end) or _stands_in(cues.negative, start, end)
            self.glued = _is_inside_word(self.text, start) or _is_inside_word(self.text, end)

    def _is_meant(self, at: int, hit: Hit) -> bool:
        surface = hit.surface
        if surface.ambiguous and not is_meant(
            hit, self.text, self._sentence(hit.start), self._around(at, hit)
        ):
            return False
        if not surface.technology:
            return True
        if is_organisation(hit, self.text):
            return False
        names = self.cues.names
        if not names or not _stands_in(names, hit.start - NAMES_BEFORE, hit.start):
            return True
        return not is_in_list_of_names(hit, self.text, self._sentence(hit.start)[0])

    def _around(self, at: int, hit: Hit) -> Iterator[Hit]:
        """The hits so near that they may make a list with this one."""
        for place in range(at - 1, -1, -1):
            if self.hits[place].end < hit.start - LIST_WITHIN:
                break
            yield self.hits[place]
        for place in range(at + 1, len(self.hits)):
            if self.hits[place].start > hit.end + LIST_WITHIN:
                break
            yield self.hits[place]

    def _section(self, hit: Hit) -> Section | None:
        section: Section | None = self.passage.section
        technology = hit.surface.technology
        if self.glued:
            return self._section_of_all(hit)
        if self.loose:
            start, end = self._sentence(hit.start)
            if technology not in self.sections:
                self.sections[technology] = self._section_of_sentence(start, end, technology=technology)
            section = self.sections[technology]
        if section is None or not self.cued:
            return section
        start, end = max(self.passage.start, hit.start - NEAR), min(self.passage.end, hit.end + NEAR)
        if not (_stands_in(self.cues.nice, start, end) or _stands_in(self.cues.negative, start, end)):
            return section
        place = (hit.start, hit.end)
        return section_of_skill(section, self.text, self._sentence(hit.start), place, technology=technology)

    def _section_of_all(self, hit: Hit) -> Section | None:
        """The section by all rules, whether or not the automaton found their cues."""
        start, end = self._sentence(hit.start)
        technology = hit.surface.technology
        section = section_of_sentence(
            self.passage, self.text[start:end], self.employer, technology=technology
        )
        if section is None:
            return None
        place = (hit.start, hit.end)
        return section_of_skill(section, self.text, (start, end), place, technology=technology)

    def _section_of_sentence(self, start: int, end: int, *, technology: bool) -> Section | None:
        """As ``asking.section_of_sentence``, which looks at words that the automaton has looked at here."""
        section, cues = self.passage.section, self.cues
        if _stands_in(cues.boilerplate, start, end) and is_boilerplate(self.text[start:end]):
            return None
        if section is Section.COMPANY:
            return Section.UNSECTIONED if _lies_in(cues.wants, start, end) else section
        if section is not Section.UNSECTIONED or _lies_in(cues.asks, start, end):
            return section
        about = is_about_employer(self.text[start:end], self.employer, technology=technology)
        return Section.COMPANY if about else section

    def _sentence(self, place: int) -> tuple[int, int]:
        """Where the sentence around a place of the passage begins and ends."""
        if self.start <= place < self.end:
            return self.start, self.end
        text, passage = self.text, self.passage
        start, end = passage.start, passage.end
        for sign in _SENTENCE_SIGNS:
            at = text.rfind(sign, start, place)
            while at >= 0 and not SENTENCE_END.match(text, at, passage.end):
                at = text.rfind(sign, start, at)
            if at >= 0:
                start = at + 2
        for sign in _SENTENCE_SIGNS:
            at = text.find(sign, place, end)
            while at >= 0 and not SENTENCE_END.match(text, at, passage.end):
                at = text.find(sign, at + 1, end)
            if at >= 0:
                end = at + 2
        self.start, self.end = start, end
        self.sections.clear()
        return start, end


def _is_inside_word(text: str, place: int) -> bool:
    """Whether a place stands between two signs of one word, so that a passage is cut there."""
    return 0 < place < len(text) and not (text[place].isspace() or text[place - 1].isspace())


def _stands_in(places: list[int], start: int, end: int) -> bool:
    """Whether a cue that ends at one of the places may stand in a span."""
    if not places:
        return False
    place = bisect_right(places, start)
    return place < len(places) and places[place] <= end


def _lies_in(places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the cues (its end and its start) lies in a span."""
    at = bisect_right(places, (start, end))
    while at < len(places) and places[at][0] <= end:
        if places[at][1] >= start:
            return True
        at += 1
    return False


_SENTENCE_SIGNS = (". ", "; ", "! ", "? ")
_BURIED = BytesAhoCorasick([phrase.encode() for phrase in BURIED], implementation=Implementation.DFA)
