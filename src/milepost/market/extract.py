"""The skills that one advertisement names, with the place and the way in which it asks for them.

One automaton over all surface forms and cue words reads the text once; every rule then looks only at the
places that it found. ``reference`` says the same slowly, and both agree on every advertisement.
"""

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from typing import Self

from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

from milepost.market.ads import Ad
from milepost.market.asking import (
    ASKS_CUES,
    BOILERPLATE_CUES,
    NEAR,
    NICE_CUES,
    NOT_CUES,
    SENTENCE_END,
    WANTS_CUES,
    is_about_employer,
    is_boilerplate,
    section_of_skill,
)
from milepost.market.headings import BURIED, BURIED_HEADING
from milepost.market.lexicon import Hit, Lexicon, Surface, build_forms, fits, fold, is_inside_word
from milepost.market.mentions import Mention, employer_forms, lineage, names_employer, weigh_mentions
from milepost.market.plain_text import plain_text
from milepost.market.sections import ASKED, FLAT_LINE, WEIGHTS, Parts, Passage, Section, opened_by
from milepost.market.senses import NEAR as LISTED_WITHIN
from milepost.market.senses import (
    NAMES_BEFORE,
    NAMES_CUES,
    NOT_SKILLS,
    OTHER_TECHNOLOGIES,
    TOOLS_OF_CONCEPTS,
    is_in_list_of_names,
    is_meant,
    is_organisation,
)
from milepost.model.skills import SkillTree

__all__ = ["Extractor", "Mention", "build_extractor", "build_lexicon", "lineage", "measure_ads", "weigh_mentions"]

_NICE_CUE = 1
_NOT_CUE = 32
_BOILERPLATE_CUE = 2
_NAMES_CUE = 4
_ASKS_CUE = 8
_WANTS_CUE = 16
_NOT_ASCII = 64
"""A form with letters of another alphabet, which are looked at one by one."""
_ODD = ord("?")
"""What stands for a letter of another alphabet, or is a question mark."""


def _table(*, blank: bool) -> bytes:
    """Bytes to small letters and spaces: for every hyphen, or (``blank``) for every sign that may end a word."""
    signs = bytearray(range(256))
    for code in range(128):
        sign = chr(code)
        if sign.isalnum() or sign in "_#+@":
            signs[code] = ord(sign.lower())
        elif blank or sign == "-":
            signs[code] = 32
    return bytes(signs)


_BLANKED = _table(blank=True)
_FOLDED = _table(blank=False)


def build_lexicon(tree: SkillTree) -> Lexicon:
    """The surface forms of a skill tree with the phrases that only look like one."""
    return build_forms(tree, not_skills=NOT_SKILLS, technologies=OTHER_TECHNOLOGIES, tools=TOOLS_OF_CONCEPTS)


def build_extractor(tree: SkillTree) -> "Extractor":
    """The extractor of a skill tree; build it once and use it for many advertisements."""
    return Extractor(tree)


class Extractor:
    """Finds the skills of advertisements; a copy for another process is built again from the tree."""

    __slots__ = ("_automaton", "_cues", "_first_words", "_forms", "_lineages", "_made", "_spellings", "_tree")

    def __init__(self, tree: SkillTree) -> None:
        self._tree = tree
        lexicon = build_lexicon(tree)
        self._spellings = lexicon.forms.keys()
        forms, cues = _patterns(lexicon)
        keys = [*forms, *(key for key in cues if key not in forms)]
        self._automaton = BytesAhoCorasick(keys)
        self._cues = [cues.get(key, 0) | (b"?" in b"".join(forms.get(key, ())) and _NOT_ASCII) for key in keys]
        self._forms = [_written(forms.get(key)) for key in keys]
        self._first_words = {key[1 : key.index(b" ", 1)].decode() for key in forms}
        self._made: dict[Section, dict[Surface, Mention]] = {section: {} for section in Section}
        self._lineages = {skill: tuple(lineage(skill, tree)) for skill in tree.skills}

    def __reduce__(self) -> tuple[type[Self], tuple[SkillTree]]:
        return type(self), (self._tree,)

    def weights(self, ad: Ad) -> dict[str, float]:
        """The section weight of every skill of an advertisement, rolled up to its concepts."""
        weights: dict[str, float] = {}
        for mention in dict.fromkeys(self.mentions(ad)):
            weight = WEIGHTS[mention.section]
            for skill in self._lineages[mention.skill]:
                if weight > weights.get(skill, 0.0):
                    weights[skill] = weight
        return weights

    def mentions(self, ad: Ad) -> tuple[Mention, ...]:
        """All skill mentions of an advertisement in order of the text, the title first."""
        text = plain_text(ad.title, ad.text)
        hits, cues = self._hits(text)
        if not hits:
            return ()
        employer = employer_forms(ad.company)
        own: frozenset[Surface] = frozenset()
        if employer and employer[0] in self._first_words:
            own = frozenset(hit.surface for hit in hits if names_employer(hit.surface, employer))
        return tuple(_Reading(text, hits, cues, employer, self._made).mentions(own))

    def knows(self, name: str) -> bool:
        """Whether a name is a surface form of any skill or technology."""
        return fold(name) in self._spellings

    def find_forms(self, ad: Ad) -> tuple[str, Sequence[Hit]]:
        """The plain text of an advertisement with every surface form in it, meant as a skill or not."""
        text = plain_text(ad.title, ad.text)
        return text, self._hits(text)[0]

    def _hits(self, text: str) -> tuple[list[Hit], "_Cues"]:
        """The longest surface forms from left to right, and the places of cue words.

        Matches come in order of their ends, the longest first: one that begins before an earlier match hides
        it, one that overlaps a match further left is hidden.
        """
        raw = text.encode("ascii", "replace")
        folded = raw.translate(_FOLDED)
        plain = text.isascii()
        forms, kinds = self._forms, self._cues
        chosen: list[Hit] = []
        cues = _Cues()
        free = 0
        blanked = b" %b " % raw.translate(_BLANKED)
        around = blanked if plain else b" %b " % raw
        for pattern, start, stop in self._automaton.find_matches_as_indexes(blanked, overlapping=True):
            kind = kinds[pattern]
            if kind:
                cues.add(kind, start, stop - 2)
            surfaces = forms[pattern]
            if surfaces is None:
                continue
            end = stop - 2
            if type(surfaces) is dict:
                surfaces = surfaces.get(folded[start:end])
                if surfaces is None:
                    continue
            surface = surfaces[0]
            if surface.case_sensitive or kind & _NOT_ASCII or around[start] == _ODD or around[end + 1] == _ODD:
                surface = _fitting(surfaces, text, start, end)
                if surface is None:
                    continue
            if start >= free:
                chosen.append(_new_hit(Hit, (start, end, surface)))
                free = end
            elif _keep_longest(chosen, Hit(start, end, surface)):
                free = end
        return chosen, cues


class _Cues:
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
        if kind & _NICE_CUE:
            self.nice.append(end)
        if kind & _NOT_CUE:
            self.negative.append(end)
        if kind & _BOILERPLATE_CUE:
            self.boilerplate.append(end)
        if kind & _NAMES_CUE:
            self.names.append(end)
        if kind & _ASKS_CUE:
            self.asks.append((end, start))
        if kind & _WANTS_CUE:
            self.wants.append((end, start))


def _patterns(lexicon: Lexicon) -> tuple[dict[bytes, dict[bytes, Sequence[Surface]]], dict[bytes, int]]:
    forms: dict[bytes, dict[bytes, Sequence[Surface]]] = {}
    for form, surfaces in lexicon.forms.items():
        raw = form.encode("ascii", "replace")
        key = b" " + raw.translate(_BLANKED) + b" "
        known = forms.get(key)
        if known is None:
            forms[key] = {raw: surfaces}
        else:
            known[raw] = (*known.get(raw, ()), *surfaces)
    cues: dict[bytes, int] = {}
    for kind, words in (
        (_NICE_CUE, NICE_CUES),
        (_NOT_CUE, NOT_CUES),
        (_BOILERPLATE_CUE, BOILERPLATE_CUES),
        (_NAMES_CUE, NAMES_CUES),
        (_ASKS_CUE, ASKS_CUES),
        (_WANTS_CUE, WANTS_CUES),
    ):
        for word in words:
            key = b" " + word.encode().translate(_BLANKED) + b" "
            cues[key] = cues.get(key, 0) | kind
    return forms, cues


def _written(known: dict[bytes, Sequence[Surface]] | None) -> Mapping[bytes, Sequence[Surface]] | Sequence[Surface] | None:
    """The forms of a pattern; without the ways of writing them where a single word can be written in one way."""
    if known is not None and len(known) == 1:
        ((raw, surfaces),) = known.items()
        if raw.isalnum():
            return surfaces
    return known


def _fitting(surfaces: Sequence[Surface], text: str, start: int, end: int) -> Surface | None:
    """The first form that may be written like this; letters of other alphabets are looked at one by one."""
    if is_inside_word(text, start, end):
        return None
    written = text[start:end]
    folded = None if written.isascii() else fold(written)
    for surface in surfaces:
        if fits(surface, written) and (folded is None or folded == fold(surface.text.strip())):
            return surface
    return None


def _keep_longest(chosen: list[Hit], hit: Hit) -> bool:
    """Adds a hit in place of those inside it, unless one further left overlaps it; says whether it did."""
    start = hit.start
    last = len(chosen)
    while last and chosen[last - 1].start >= start:
        last -= 1
    if last and chosen[last - 1].end > start:
        return False
    del chosen[last:]
    chosen.append(hit)
    return True


def _buried_headings(line: str) -> Iterator[tuple[int, Section]]:
    """As ``sections.buried_headings``: the places of the phrases first, and the pattern only there."""
    done = 0
    raw = line.encode("ascii", "replace")
    for _, start, _ in _BURIED.find_matches_as_indexes(raw):
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


class _Reading:
    """One reading of an advertisement, which works out a sentence only where a rule asks for it."""

    __slots__ = (
        *("cues", "employer", "end", "hits", "made", "opened", "openings", "passage", "sections", "start", "text"),
    )

    def __init__(
        self,
        text: str,
        hits: list[Hit],
        cues: "_Cues",
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
        self.start = self.end = 0
        self.sections: dict[bool, Section | None] = {}

    def mentions(self, own: frozenset[Surface]) -> list[Mention]:
        """The mentions in order, without the employer's own names; a plain concept where nothing else is said needs no second look."""
        found: list[Mention] = []
        line_end = -1
        quiet = False
        made = self.made[Section.TITLE]
        for at, hit in enumerate(self.hits):
            start, _, surface = hit
            if surface.skill is None or surface in own:
                continue
            if start >= line_end:
                self._enter(start)
                line_end = self.passage.end
                quiet = self._is_quiet()
                made = self.made[self.passage.section]
            if quiet and not surface.ambiguous and not surface.technology and surface in made:
                found.append(made[surface])
                continue
            section = self._section(hit, quiet=quiet) if self._is_meant(at, hit) else None
            if section is not None:
                found.append(self._mention(surface, section))
        return found

    def _enter(self, place: int) -> None:
        """Goes on to the passage around a place."""
        openings = self.openings
        while openings[self.opened + 1][0] <= place:
            self.opened += 1
        start, section = openings[self.opened]
        line_end = self.text.find("\n", place)
        end = openings[self.opened + 1][0]
        if 0 <= line_end < end:
            end = line_end
        self.passage = Passage(max(start, self.text.rfind("\n", start, place) + 1), end, section)

    def _mention(self, surface: Surface, section: Section) -> Mention:
        made = self.made[section]
        mention = made.get(surface)
        if mention is None:
            mention = made[surface] = Mention(surface.text, surface.skill or "", section, ASKED[section])
        return mention

    def _is_quiet(self) -> bool:
        """Whether every skill of the passage has the section of the passage."""
        passage, cues = self.passage, self.cues
        section = passage.section
        if section is Section.TITLE:
            return True
        return not (
            section is Section.UNSECTIONED
            or section is Section.COMPANY
            or _stands_in(cues.nice, passage)
            or _stands_in(cues.negative, passage)
            or _stands_in(cues.boilerplate, passage)
        )

    def _is_meant(self, at: int, hit: Hit) -> bool:
        surface = hit.surface
        if surface.ambiguous and not is_meant(hit, self.text, self._sentence(hit.start), self._around(at, hit)):
            return False
        if not surface.technology:
            return True
        if is_organisation(hit, self.text):
            return False
        before = hit.start - NAMES_BEFORE, hit.start
        if not (self.cues.names and _stands_in(self.cues.names, before)):
            return True
        return not is_in_list_of_names(hit, self.text, self._sentence(hit.start)[0])

    def _around(self, at: int, hit: Hit) -> Iterator[Hit]:
        """The hits so near that they may make a list with this one."""
        for place in range(at - 1, -1, -1):
            if self.hits[place].end < hit.start - LISTED_WITHIN:
                break
            yield self.hits[place]
        for place in range(at + 1, len(self.hits)):
            if self.hits[place].start > hit.end + LISTED_WITHIN:
                break
            yield self.hits[place]

    def _section(self, hit: Hit, *, quiet: bool) -> Section | None:
        passage, cues = self.passage, self.cues
        section: Section | None = passage.section
        if quiet:
            return section
        if section is Section.UNSECTIONED or section is Section.COMPANY or _stands_in(cues.boilerplate, passage):
            start, end = self._sentence(hit.start)
            technology = hit.surface.technology
            if technology not in self.sections:
                self.sections[technology] = self._section_of_sentence(start, end, technology=technology)
            section = self.sections[technology]
        span = max(passage.start, hit.start - NEAR), min(passage.end, hit.end + NEAR)
        if section is None or not (_stands_in(cues.nice, span) or _stands_in(cues.negative, span)):
            return section
        return section_of_skill(section, self.text, self._sentence(hit.start), (hit.start, hit.end))

    def _section_of_sentence(self, start: int, end: int, *, technology: bool) -> Section | None:
        """As ``asking.section_of_sentence``, which looks at words that the automaton has looked at here."""
        section, cues = self.passage.section, self.cues
        if _stands_in(cues.boilerplate, (start, end)) and is_boilerplate(self.text[start:end]):
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


def _stands_in(places: list[int], span: tuple[int, ...]) -> bool:
    """Whether a cue that ends at one of the places may stand in a span."""
    place = bisect_right(places, span[0])
    return place < len(places) and places[place] <= span[1]


def _lies_in(places: list[tuple[int, int]], start: int, end: int) -> bool:
    """Whether one of the cues (its end and its start) lies in a span."""
    at = bisect_right(places, (start, end))
    while at < len(places) and places[at][0] <= end:
        if places[at][1] >= start:
            return True
        at += 1
    return False


_SENTENCE_SIGNS = (". ", "; ", "! ", "? ")
_new_hit = tuple.__new__
"""Why: a tenth of the time of ``Hit(…)``, for the one place that makes hundreds in every advertisement."""
_BURIED = BytesAhoCorasick([phrase.encode() for phrase in BURIED], matchkind=MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def measure_ads(ads: tuple[Ad, ...], tree: SkillTree) -> Mapping[tuple[str, str], Mapping[str, float]]:
    """The skill weights of each advertisement, by source and id."""
    extractor = build_extractor(tree)
    return {(ad.source, ad.id): extractor.weights(ad) for ad in ads}
