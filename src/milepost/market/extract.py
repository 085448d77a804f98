"""The skills that one advertisement names, with the place and the way in which it asks for them."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from milepost.market.ads import Ad, logical_lines
from milepost.market.lexicon import Hit, Lexicon, Surface, tokens
from milepost.market.sections import ASKED, WEIGHTS, Asked, Section, sectioned
from milepost.market.senses import NOT_SKILLS, OTHER_TECHNOLOGIES, is_meant, is_named_only
from milepost.model.skills import SkillTree

_ADDRESS = re.compile(r"https?://\S+|www\.\S+|\S+@\S+|<email>")


@dataclass(frozen=True, slots=True)
class Mention:
    """One skill named in an advertisement, by which words, in which part, and how it is asked for."""

    surface: str
    skill: str
    section: Section
    asked: Asked


def build_lexicon(tree: SkillTree) -> Lexicon:
    """The matcher of a skill tree; build it once and use it for many advertisements."""
    return Lexicon(tree, not_skills=NOT_SKILLS, technologies=OTHER_TECHNOLOGIES)


def read_mentions(ad: Ad, lexicon: Lexicon) -> tuple[Mention, ...]:
    """All skill mentions of an advertisement in order of the text, the title first.

    Source: rules R0 to R3 and the section weights of method-market 1.5 and 2.1. A form that is also the
    name of the advertising company is dropped in the whole advertisement (R3 a).
    """
    employer = _words(ad.company)
    return tuple(
        Mention(surface.text, surface.skill, section, ASKED[section])
        for section, surface in _found(ad, lexicon)
        if surface.skill is not None and not _names_employer(surface, employer)
    )


def weigh_mentions(mentions: tuple[Mention, ...], tree: SkillTree) -> dict[str, float]:
    """Section weight w_as = max W over the mentions of each skill, rolled up to its concepts.

    A tool also counts for its concept, transitively; never the other way round (R4). Source: method-market 2.1.
    """
    weights: dict[str, float] = {}
    for mention in mentions:
        weight = WEIGHTS[mention.section]
        for skill in lineage(mention.skill, tree):
            weights[skill] = max(weight, weights.get(skill, 0.0))
    return weights


def lineage(skill: str, tree: SkillTree) -> Iterator[str]:
    """A skill and the concepts that it rolls up to, nearest first."""
    at: str | None = skill
    while at is not None:
        yield at
        at = tree.skills[at].rolls_up_to


def measure_ads(ads: tuple[Ad, ...], tree: SkillTree) -> Mapping[tuple[str, str], Mapping[str, float]]:
    """The skill weights of each advertisement, by source and id."""
    lexicon = build_lexicon(tree)
    return {(ad.source, ad.id): weigh_mentions(read_mentions(ad, lexicon), tree) for ad in ads}


def _found(ad: Ad, lexicon: Lexicon) -> Iterator[tuple[Section, Surface]]:
    whole = f"{ad.title}\n{ad.text}"
    for section, sentence in ((Section.TITLE, ad.title), *sectioned(logical_lines(ad.text))):
        line = _ADDRESS.sub(" ", sentence)
        hits = tuple(lexicon.hits(line))
        for hit in hits:
            if hit.surface.skill is not None and _counts(hit, line, hits, whole):
                yield section, hit.surface


def _counts(hit: Hit, line: str, hits: tuple[Hit, ...], whole: str) -> bool:
    if hit.surface.ambiguous and not is_meant(hit, line, hits, whole):
        return False
    return not is_named_only(hit, line)


def _words(text: str) -> tuple[str, ...]:
    return tuple(token.folded for token in tokens(text))


def _names_employer(surface: Surface, employer: tuple[str, ...]) -> bool:
    form = tuple(part.casefold() for part in surface.spelling)
    return form == employer or (surface.technology and form == employer[: len(form)])
