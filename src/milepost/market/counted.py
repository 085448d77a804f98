"""Advertisements that were counted once and are not kept: known again, added to, and counted with others."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from milepost.market.ads import Ad, company_key, digest_of_words
from milepost.market.extract import Extractor
from milepost.market.mentions import lineage
from milepost.market.sections import WEIGHTS
from milepost.model.people import CountedAd
from milepost.model.skills import SkillTree

KEPT = "kept"
"""The source of advertisements without a text."""


def count_ad(ad: Ad, extractor: Extractor, *, today: dt.date) -> CountedAd:
    """What counting needs of an advertisement: the heaviest section weight of every skill that its own words name."""
    skills: dict[str, float] = {}
    for mention in extractor.mentions(ad):
        skills[mention.skill] = max(WEIGHTS[mention.section], skills.get(mention.skill, 0.0))
    return CountedAd(digest_of_words(ad.text), ad.title, ad.company, ad.date, skills, today)


def add_counted(before: Sequence[CountedAd], found: Iterable[CountedAd]) -> tuple[CountedAd, ...]:
    """The advertisements with new ones at the end; one that is there already is replaced where it stands.

    Two are the same where company and title agree, or all words (rule R5 of method-market 1.5, but for texts that
    are only nearly equal: there is no text left to compare).
    """
    kept = list(before)
    for ad in found:
        at = next((number for number, other in enumerate(kept) if _is_same(ad, other)), None)
        if at is None:
            kept.append(ad)
        else:
            kept[at] = ad
    return tuple(kept)


def _is_same(one: CountedAd, other: CountedAd) -> bool:
    if one.words == other.words:
        return True
    if not one.title or not one.company:
        return False
    return (_key(one), one.title.casefold()) == (_key(other), other.title.casefold())


def _key(ad: CountedAd) -> str:
    return company_key(as_ad(ad))


def as_ad(ad: CountedAd) -> Ad:
    """The advertisement without its text."""
    return Ad(ad.words, ad.title, ad.company, ad.date, "", KEPT)


def weights_of(ads: Iterable[CountedAd], tree: SkillTree) -> dict[tuple[str, str], Mapping[str, float]]:
    """The section weight of each skill of each advertisement, rolled up to its concepts, by source and id."""
    found: dict[tuple[str, str], Mapping[str, float]] = {}
    for ad in ads:
        weights: dict[str, float] = {}
        for skill, weight in ad.skills.items():
            for each in lineage(skill, tree):
                weights[each] = max(weight, weights.get(each, 0.0))
        found[KEPT, ad.words] = weights
    return found
