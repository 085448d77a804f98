"""The extractor as plainly as it can be said: slow, obvious, and the oracle of the fast one in ``extract``.

It looks at every character for every form, cuts every line into passages and every passage into sentences.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from milepost.market.ads import Ad
from milepost.market.asking import SENTENCE_END, section_of_sentence, section_of_skill
from milepost.market.lexicon import Hit, Lexicon, fits, fold, is_inside_word
from milepost.market.mentions import Mention, employer_forms, names_employer
from milepost.market.plain_text import plain_text
from milepost.market.sections import ASKED, Passage, Section, passages
from milepost.market.senses import is_meant, is_named_only


def read_mentions(ad: Ad, lexicon: Lexicon) -> tuple[Mention, ...]:
    """All skill mentions of an advertisement in order of the text, the title first.

    Source: rules R0 to R3 and the sections of method-market 1.5 and 2.1. A form that is also the name of the
    advertising company is dropped in the whole advertisement (R3 a).
    """
    text = plain_text(ad.title, ad.text)
    hits = tuple(find_hits(text, lexicon))
    employer = employer_forms(ad.company)
    found: list[Mention] = []
    for passage in passages(text):
        for start, end in sentences(text, passage):
            sentence = Sentence(
                text, start, end, passage, tuple(hit for hit in hits if start <= hit.start < end)
            )
            found.extend(sentence.mentions(employer))
    return tuple(found)


def find_hits(text: str, lexicon: Lexicon) -> Iterator[Hit]:
    """All surface forms of a text from left to right, the longest at each place (rule R0)."""
    folded = fold(text)
    at = 0
    while at < len(text):
        hit = None if is_inside_word(text, at, len(text)) else _longest(text, folded, at, lexicon)
        if hit is None:
            at += 1
        else:
            yield hit
            at = hit.end


def _longest(text: str, folded: str, at: int, lexicon: Lexicon) -> Hit | None:
    for end in range(min(len(text), at + lexicon.longest), at, -1):
        for surface in lexicon.forms.get(folded[at:end], ()):
            if fits(surface, text[at:end]) and not is_inside_word(text, at, end):
                return Hit(at, end, surface)
    return None


def sentences(text: str, passage: Passage) -> Iterator[tuple[int, int]]:
    """Where the sentences of a passage begin and end."""
    start = passage.start
    for stop in SENTENCE_END.finditer(text, passage.start, passage.end):
        yield start, stop.end()
        start = stop.end()
    yield start, passage.end


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a passage, and the surface forms in it."""

    text: str
    start: int
    end: int
    passage: Passage
    hits: tuple[Hit, ...]

    def mentions(self, employer: tuple[str, ...]) -> Iterator[Mention]:
        """The skills that this sentence names."""
        for hit in self.hits:
            skill = hit.surface.skill
            section = self._section(hit, employer) if skill and self._is_meant(hit) else None
            if skill and section and not names_employer(hit.surface, employer):
                yield Mention(hit.surface.text, skill, section, ASKED[section])

    def _is_meant(self, hit: Hit) -> bool:
        if hit.surface.ambiguous and not is_meant(hit, self.text, (self.start, self.end), self.hits):
            return False
        return not is_named_only(hit, self.text, self.start)

    def _section(self, hit: Hit, employer: tuple[str, ...]) -> Section | None:
        sentence = self.text[self.start : self.end]
        section = section_of_sentence(self.passage, sentence, employer, technology=hit.surface.technology)
        if section is None:
            return None
        place = (hit.start, hit.end)
        return section_of_skill(
            section, self.text, (self.start, self.end), place, technology=hit.surface.technology
        )
