"""What the advertisements of one role show: demand, how its skills are asked for, and the rank of their titles."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.market.ads import Ad
from milepost.market.demand import measure_demand
from milepost.market.extract import Extractor
from milepost.market.sections import Asked
from milepost.model.roles import DemandPack, Seniority
from milepost.model.settings import Settings

BESIDE = 3
CUE_WITHIN = 80
"""Characters before a skill, on its line, in which a word says how well it should be known."""
RANKS = {Seniority.JUNIOR: 0, Seniority.MID: 1, Seniority.SENIOR: 2, Seniority.LEAD: 3}

_BY_TITLE = (
    (Seniority.LEAD, re.compile(r"\b(?:lead|leader|head|manager|director|principal|vp|vice president|chief|cto)\b")),
    (Seniority.SENIOR, re.compile(r"\b(?:senior|sr|staff|distinguished|founding|iii|iv)\b")),
    (Seniority.JUNIOR, re.compile(r"\b(?:junior|jr|graduate|grad|entry|associate|early career|intern|engineer i|engineer 1)\b")),
)  # fmt: skip
_YEARS = re.compile(r"\b(\d{1,2})\s*(?:\+|-|–|to)?\s*(?:\d{1,2})?\s*\+?\s*years")
_MOST_YEARS, _SENIOR_YEARS, _MID_YEARS = 15, 5, 2
_STRONG = re.compile(
    r"\b(?:expert\w*|deep|strong|advanced|proficien\w*|fluen\w*|extensive|master\w*|in-depth|excellent|solid|proven|"
    r"demonstrated|hands-on|(?:[5-9]|1\d)\+? years)\b",
    re.IGNORECASE,
)
_WEAK = re.compile(
    r"\b(?:familiar\w*|exposure|basics?|aware(?:ness)?|working knowledge|some experience|interest|understanding of|"
    r"comfortable|curio\w*|willing\w*|learn\w*|knowledge of|e\.g\.|such as|or similar)\b",
    re.IGNORECASE,
)


def seniority_of(ad: Ad) -> Seniority:
    """The seniority of one advertisement: by its title, else by the most years that its text asks for.

    >>> seniority_of(Ad("1", "Staff ML engineer", "", "", "", "")).value
    'senior'
    """
    title = ad.title.casefold()
    for rank, words in _BY_TITLE:
        if words.search(title):
            return rank
    years = [int(said) for said in _YEARS.findall(ad.text.casefold()) if int(said) <= _MOST_YEARS]
    if not years:
        return Seniority.MID
    if max(years) >= _SENIOR_YEARS:
        return Seniority.SENIOR
    return Seniority.MID if max(years) >= _MID_YEARS else Seniority.JUNIOR


@dataclass(frozen=True, slots=True)
class SkillSigns:
    """How advertisements name one skill: how many ask for it as must, duty or nice, or only say it; how many have a
    strong or a weak word before it; and what else they name most often."""

    asked: Mapping[Asked, int]
    strong: int
    weak: int
    beside: tuple[str, ...]

    @property
    def ads(self) -> int:
        """The advertisements in whose own words the skill stands."""
        return sum(self.asked.values())


@dataclass(frozen=True, slots=True)
class RoleSigns:
    """What the advertisements of one role show: demand, the ways of asking, the ranks of their titles and years."""

    pack: DemandPack
    skills: Mapping[str, SkillSigns]
    ranks: Mapping[Seniority, int]

    @property
    def rank(self) -> float:
        """The mean rank of the advertisements, 0 junior to 3 lead."""
        total = sum(self.ranks.values())
        return sum(RANKS[rank] * ads for rank, ads in self.ranks.items()) / total if total else 1.0

    @property
    def seniority(self) -> Seniority:
        """The rank that half of the advertisements reach: junior, lead or senior; else mid."""
        half = sum(self.ranks.values()) / 2
        for rank in (Seniority.LEAD, Seniority.JUNIOR):
            if self.ranks.get(rank, 0) >= half > 0:
                return rank
        above = self.ranks.get(Seniority.SENIOR, 0) + self.ranks.get(Seniority.LEAD, 0)
        return Seniority.SENIOR if self.rank >= 2.0 and above > half else Seniority.MID


def read_signs(
    ads: Sequence[Ad],
    extractor: Extractor,
    *,
    weights: Mapping[tuple[str, str], Mapping[str, float]] | None = None,
    settings: Settings | None = None,
) -> RoleSigns:
    """Everything that is counted of the distinct advertisements of one role; no text of them is kept."""
    if weights is None:
        weights = {(ad.source, ad.id): extractor.weights(ad) for ad in ads}
    asked: dict[str, Counter[Asked]] = defaultdict(Counter)
    strong: Counter[str] = Counter()
    weak: Counter[str] = Counter()
    together: dict[str, Counter[str]] = defaultdict(Counter)
    for ad in ads:
        named = _strongest(ad, extractor)
        firm, soft = _words_before(ad, extractor, named)
        strong.update(firm)
        weak.update(soft)
        for skill, how in named.items():
            asked[skill][how] += 1
            together[skill].update(other for other in named if other != skill)
    pack = measure_demand("own", ads, weights, source=f"{len(ads)} own advertisements", settings=settings)
    skills = {
        skill: SkillSigns(dict(asked[skill]), strong[skill], weak[skill], _most(together[skill]))
        for skill in sorted(asked)
    }
    return RoleSigns(pack, skills, Counter(map(seniority_of, ads)))


_ORDER = (Asked.CONTEXT, Asked.NICE, Asked.DUTY, Asked.MUST)


def _strongest(ad: Ad, extractor: Extractor) -> dict[str, Asked]:
    found: dict[str, Asked] = {}
    for mention in extractor.mentions(ad):
        before = found.get(mention.skill, Asked.CONTEXT)
        found[mention.skill] = max(before, mention.asked, key=_ORDER.index)
    return found


def _words_before(ad: Ad, extractor: Extractor, named: Mapping[str, Asked]) -> tuple[set[str], set[str]]:
    """The skills before which a word stands that asks for much, and those where it asks for little."""
    text, hits = extractor.find_forms(ad)
    firm: set[str] = set()
    soft: set[str] = set()
    for hit in hits:
        skill = hit.surface.skill
        if skill is None or skill not in named:
            continue
        before = text[max(text.rfind("\n", 0, hit.start) + 1, hit.start - CUE_WITHIN) : hit.start]
        if _STRONG.search(before):
            firm.add(skill)
        if _WEAK.search(before):
            soft.add(skill)
    return firm, soft


def _most(counts: Counter[str]) -> tuple[str, ...]:
    return tuple(skill for skill, _ in sorted(counts.items(), key=lambda each: (-each[1], each[0]))[:BESIDE])
