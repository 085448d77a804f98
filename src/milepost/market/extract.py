"""The skills that one advertisement names, with the place and the way in which it asks for them.

One automaton over all surface forms and cue words reads the text once; every rule then looks only at the
places that it found. ``reference`` says the same slowly, and both agree on every advertisement.
"""

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Self

from ahocorasick_rs import BytesAhoCorasick

from milepost.market.ad_reading import CUE_KINDS, AdReading, Cues
from milepost.market.ads import Ad
from milepost.market.lexicon import Hit, Lexicon, Surface, build_forms, fits, fold, is_inside_word
from milepost.market.look_alikes import NOT_SKILLS, OTHER_TECHNOLOGIES, TOOLS_OF_CONCEPTS
from milepost.market.mentions import Mention, employer_forms, lineage, names_employer, weigh_mentions
from milepost.market.plain_text import plain_text
from milepost.market.sections import WEIGHTS, Section
from milepost.model.skills import SkillTree

__all__ = [
    "Extractor",
    "Mention",
    "build_extractor",
    "build_lexicon",
    "lineage",
    "measure_ads",
    "weigh_mentions",
]


_NOT_ASCII = 1 << 10
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


@contextmanager
def _without_collector() -> Iterator[None]:
    """Why: 30,000 forms are live objects, and looking through them again and again takes half of the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


class Extractor:
    """Finds the skills of advertisements; a copy for another process is built again from the tree."""

    __slots__ = ("_automaton", "_cues", "_first_words", "_forms", "_lineages", "_made", "_spellings", "_tree")

    def __init__(self, tree: SkillTree) -> None:
        with _without_collector():
            self._build(tree)

    def _build(self, tree: SkillTree) -> None:
        self._tree = tree
        lexicon = build_lexicon(tree)
        self._spellings = lexicon.forms.keys()
        forms, cues = _patterns(lexicon)
        keys = [*forms, *(key for key in cues if key not in forms)]
        self._automaton = BytesAhoCorasick(keys)
        self._cues = [cues.get(key, 0) for key in keys]
        self._forms: list[_Known | None] = [
            *map(_known, forms.values()),
            *(None for _ in range(len(keys) - len(forms))),
        ]
        self._first_words = {key[1 : key.index(b" ", 1)] for key in forms}
        self._made: dict[Section, dict[Surface, Mention]] = {section: {} for section in Section}
        self._lineages: dict[str, tuple[str, ...]] = {}

    def __reduce__(self) -> tuple[type[Self], tuple[SkillTree]]:
        return type(self), (self._tree,)

    def weights(self, ad: Ad) -> dict[str, float]:
        """The section weight of every skill of an advertisement, rolled up to its concepts."""
        weights: dict[str, float] = {}
        for mention in dict.fromkeys(self.mentions(ad)):
            weight = WEIGHTS[mention.section]
            skills = self._lineages.get(mention.skill)
            if skills is None:
                skills = self._lineages[mention.skill] = tuple(lineage(mention.skill, self._tree))
            for skill in skills:
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
        if employer and employer[0].encode() in self._first_words:
            own = frozenset(hit.surface for hit in hits if names_employer(hit.surface, employer))
        return tuple(AdReading(text, hits, cues, employer, self._made).mentions(own))

    def knows(self, name: str) -> bool:
        """Whether a name is a surface form of any skill or technology."""
        return fold(name) in self._spellings

    def find_forms(self, ad: Ad) -> tuple[str, Sequence[Hit]]:
        """The plain text of an advertisement with every surface form in it, meant as a skill or not."""
        text = plain_text(ad.title, ad.text)
        return text, self._hits(text)[0]

    def _hits(self, text: str) -> tuple[list[Hit], Cues]:
        """The longest surface forms from left to right, and the places of cue words.

        Matches come in order of their ends, the longest first: one that begins before an earlier match hides
        it, one that overlaps a match further left is hidden.
        """
        raw = text.encode("ascii", "replace")
        blanked = b" %b " % raw.translate(_BLANKED)
        written = _Written(text, raw.translate(_FOLDED), blanked if text.isascii() else b" %b " % raw)
        around = written.around
        forms, kinds = self._forms, self._cues
        chosen: list[Hit] = []
        cues = Cues()
        free = 0
        for pattern, start, stop in self._automaton.find_matches_as_indexes(blanked, overlapping=True):
            kind, known, end = kinds[pattern], forms[pattern], stop - 2
            if kind:
                cues.add(kind, start, end)
            if type(known) is not Surface or around[start] == _ODD or around[end + 1] == _ODD:
                known = written.find(known, start, end, plain=not kind & _NOT_ASCII) if known else None
            if known is None:
                continue
            if start >= free:
                chosen.append(_new_hit(Hit, (start, end, known)))
                free = end
            elif _keep_longest(chosen, Hit(start, end, known)):
                free = end
        return chosen, cues


class _Written:
    """A text as it is written, beside its folded bytes and the bytes around every place."""

    __slots__ = ("around", "folded", "text")

    def __init__(self, text: str, folded: bytes, around: bytes) -> None:
        self.text = text
        self.folded = folded
        self.around = around

    def find(self, known: "_Known", start: int, end: int, *, plain: bool) -> Surface | None:
        """The form at a place, of those that look alike without their signs."""
        if isinstance(known, Surface):
            surfaces: Sequence[Surface] | None = (known,)
        else:
            surfaces = known.get(self.folded[start:end])
        if surfaces is None:
            return None
        if (
            plain
            and not surfaces[0].case_sensitive
            and self.around[start] != _ODD
            and self.around[end + 1] != _ODD
        ):
            return surfaces[0]
        return _fitting(surfaces, self.text, start, end)


_Known = Mapping[bytes, Sequence[Surface]] | Surface
"""The forms of a pattern by their folded bytes, or the one form of a word that can be written in one way."""


def _patterns(lexicon: Lexicon) -> tuple[dict[bytes, dict[bytes, Sequence[Surface]]], dict[bytes, int]]:
    forms: dict[bytes, dict[bytes, Sequence[Surface]]] = {}
    cues: dict[bytes, int] = {}
    for form, surfaces in lexicon.forms.items():
        raw = form.encode("ascii", "replace")
        key = b" " + raw.translate(_BLANKED) + b" "
        known = forms.get(key)
        if known is None:
            forms[key] = {raw: surfaces}
        else:
            known[raw] = (*known.get(raw, ()), *surfaces)
        if not form.isascii():
            cues[key] = _NOT_ASCII
    for kind, words in CUE_KINDS:
        for word in words:
            key = b" " + word.encode().translate(_BLANKED) + b" "
            cues[key] = cues.get(key, 0) | kind
    return forms, cues


def _known(written: dict[bytes, Sequence[Surface]]) -> _Known:
    if len(written) == 1:
        ((raw, surfaces),) = written.items()
        if raw.isalnum() and not surfaces[0].case_sensitive:
            return surfaces[0]
    return written


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


_new_hit = tuple.__new__
"""Why: a tenth of the time of ``Hit(…)``, for the one place that makes hundreds in every advertisement."""


def measure_ads(ads: tuple[Ad, ...], tree: SkillTree) -> Mapping[tuple[str, str], Mapping[str, float]]:
    """The skill weights of each advertisement, by source and id."""
    extractor = build_extractor(tree)
    return {(ad.source, ad.id): extractor.weights(ad) for ad in ads}
