"""Names that stand in lists of known skills and are none: what the skill tree may be missing.

Source: the capitalised-neighbour miner of method-market 1.4. A name counts where it is an item of a list and
at least two of the three items to each side are known technologies.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from milepost.market.ads import Ad
from milepost.market.extract import Extractor
from milepost.market.lexicon import Hit, fold
from milepost.market.mentions import employer_forms

NEAR_ITEMS = 3
"""Items to each side of a name that are looked at (method-market 1.4: a token in a comma list)."""
KNOWN_NEAR = 2
"""Known technologies among them from which the name is taken for one (method-market 1.4)."""
MOST_NEIGHBOURS = 5
_LONGEST = 30
_LIST_SIGN = re.compile(r"[,/;|()•·&:\n]| - | (?:and|or|und|en|et) |\.(?= |$)|(?<=[a-z])\. ")
_LEAD = re.compile(
    r"(?:(?:and|or|with|in|using|like|e\.g\.|such as|including|etc\.?|as well as|either|plus|eg)\s+)+",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][\w.+#]*|[a-z]+[A-Z]\w*|\.[A-Z]\w+)(?: (?:[A-Z][\w.+#]*|\d[\w.]*)){0,2}\Z")
_ORDINARY = frozenset(
    (
        *("experience", "knowledge", "ability", "strong", "proficiency", "familiarity", "bonus", "plus", "etc", "other"),
        *("bachelor", "bachelors", "master", "masters", "phd", "ms", "bs", "msc", "bsc", "computer", "science", "engineering"),
        *("mathematics", "physics", "statistics", "remote", "onsite", "hybrid", "usa", "us", "uk", "eu", "europe", "london"),
        *("new york", "san francisco", "berlin", "amsterdam", "german", "french", "english", "dutch", "java", "senior"),
        *("backend", "frontend", "full", "stack", "our", "we", "you", "your", "the", "this", "must", "nice", "tech", "tools"),
        *("frameworks", "libraries", "languages", "databases", "cloud", "data", "ai", "ml", "web", "api", "apis", "os"),
        *("design", "develop", "build", "work", "understanding", "excellent", "good", "hands", "years", "team", "teams"),
        *("infra", "technologies", "applications", "engineer", "developer", "logistics", "optimization", "optimisation"),
        *("mobile", "memory", "product", "design", "google", "microsoft", "amazon", "meta", "apple", "linux", "windows"),
        *("llms", "llm", "inference", "services", "platform", "platforms", "models", "systems", "software", "performance"),
        *("development", "infrastructure", "security", "testing", "monitoring", "storage", "analytics", "automation"),
    )
)  # fmt: skip
"""Words that stand capitalised in lists of technologies without being one."""


@dataclass(frozen=True, slots=True)
class UnknownTerm:
    """A name beside known skills: how many advertisements have it, and some of the skills beside it."""

    term: str
    ads: int
    neighbours: tuple[str, ...]


class _Item(NamedTuple):
    text: str
    known: str


def find_unknown_terms(ads: Iterable[Ad], extractor: Extractor) -> tuple[UnknownTerm, ...]:
    """Unknown names beside known skills, those of most advertisements first."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    neighbours: dict[str, Counter[str]] = defaultdict(Counter)
    for ad in ads:
        in_ad: dict[str, str] = {}
        for name, beside in _names(ad, extractor):
            in_ad.setdefault(fold(name), name)
            neighbours[fold(name)].update(beside)
        for key, name in in_ad.items():
            spellings[key][name] += 1
    found = [
        UnknownTerm(_most(names)[0], names.total(), _most(neighbours[key])[:MOST_NEIGHBOURS])
        for key, names in spellings.items()
    ]
    return tuple(sorted(found, key=lambda term: (-term.ads, fold(term.term))))


def _most(names: Counter[str]) -> tuple[str, ...]:
    """Names from the most frequent to the rarest, ties in order of the alphabet."""
    return tuple(sorted(names, key=lambda name: (-names[name], name)))


def _names(ad: Ad, extractor: Extractor) -> Iterator[tuple[str, set[str]]]:
    text, hits = extractor.find_forms(ad)
    employer = " ".join(employer_forms(ad.company))
    for items in _lists(text, hits):
        for at, item in enumerate(items):
            if item.known or extractor.knows(item.text) or not _may_be_name(item.text, employer):
                continue
            near = (*items[max(0, at - NEAR_ITEMS) : at], *items[at + 1 : at + 1 + NEAR_ITEMS])
            beside = {other.known for other in near if other.known}
            if len(beside) >= KNOWN_NEAR:
                yield item.text, beside


def _lists(text: str, hits: Sequence[Hit]) -> Iterator[list[_Item]]:
    """The items of every line, cut at the signs and words that divide lists."""
    known = {at: hit for hit in hits for at in range(hit.start, hit.end)}
    start = 0
    for line in text.split("\n"):
        cuts = [0, *(cut.end() for cut in _LIST_SIGN.finditer(line)), len(line)]
        ends = [*(cut.start() for cut in _LIST_SIGN.finditer(line)), len(line)]
        yield [_item(line[at:end], start + at, known) for at, end in zip(cuts, ends, strict=False)]
        start += len(line) + 1


def _item(piece: str, start: int, known: dict[int, Hit]) -> _Item:
    inside = [known[at] for at in range(start, start + len(piece)) if at in known]
    if inside:
        sure = next(
            (hit.surface for hit in inside if hit.surface.technology and not hit.surface.ambiguous), None
        )
        return _Item("", sure.text if sure else "")
    text = piece.strip(" *\"'`[]{}!?")
    return _Item(_LEAD.sub("", text) if text[:1].islower() else text, "")


def _may_be_name(text: str, employer: str) -> bool:
    if not 2 < len(text) <= _LONGEST or _NAME.match(text) is None:
        return False
    folded = fold(text)
    return folded != employer and not any(word in _ORDINARY for word in (folded, *folded.split()))
