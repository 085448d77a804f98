"""Our skills ↔ the concepts of a taxonomy: candidates with a confidence and the reason for it.

The confidence is a statement of how the two names agree, not of chance: the numbers are set by
judgement and checked against the links of the content (``docs/taxonomies.md`` says how well).
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from milepost.model.skills import Skill
from milepost.model.taxonomies import Concept, Link, Links, Relation, Taxonomy
from milepost.taxonomies.labels import Key, key_of, without_bracket, without_maker, without_sort

THRESHOLD = 0.8
"""Confidence from which a link is written as accepted; below it a person has to confirm."""
SHIPPED = 0.99
MOST_CANDIDATES = 3
LEAST_SHARED = 0.6
"""Share of the weighted words that two labels must share to be candidates."""
FROM_WORDS = 0.7
"""Confidence of two labels that share all words but were not found equal."""
COMMON = 1500
"""Concepts that may hold a word before it says nothing about a candidate."""

CONCEPT_SIDE: Mapping[str, float] = {
    "label": 0.98,
    "label without its bracket": 0.94,
    "label without its sort": 0.92,
    "label without its maker": 0.88,
    "words after a maker": 0.75,
    "other label": 0.88,
}
SKILL_SIDE: Mapping[str, float] = {
    "name": 1.0,
    "id": 0.97,
    "first half of the name": 0.81,
    "second half of the name": 0.8,
    "alias like the name": 0.8,
    "alias": 0.72,
    "ambiguous alias": 0.5,
}
"""Why an alias weighs little: advertisements ask for a skill by many words, most of them narrower than it."""

SEVERAL = 0.8
"""What is left of the confidence where two concepts fit equally well."""
SHORT = 0.85
"""What is left where the name has one or two letters, such as Go and R."""


CAPITALS = 0.8
"""What is left where the label is one word in capitals and our name is not: SPARK is no Apache Spark."""


@dataclass(frozen=True, slots=True)
class _Form:
    text: str
    sort: str


@dataclass(frozen=True, slots=True)
class _Found:
    concept: Concept
    confidence: float
    relation: Relation
    basis: str


def map_skills(
    skills: Iterable[Skill], taxonomy: Taxonomy, *, threshold: float = THRESHOLD, shipped: bool = True
) -> Links:
    """Up to three candidates for each skill, best first; only the first may be accepted.

    ``shipped`` links of the content come first where the taxonomy has their concept; without
    them the names alone speak, as when the method is measured.
    """
    index = _Index(taxonomy.concepts)
    found: list[Link] = []
    for skill in skills:
        candidates = index.candidates(skill, linked=_linked(skill, taxonomy) if shipped else "")
        for place, each in enumerate(candidates[:MOST_CANDIDATES]):
            accept = place == 0 and each.confidence >= threshold
            found.append(
                Link(
                    skill.id,
                    each.concept.id,
                    each.concept.label,
                    each.relation,
                    each.confidence,
                    each.basis,
                    accept,
                )
            )
    return Links(taxonomy.name, threshold, taxonomy.credit, tuple(found))


def find_named(text: str, skills: Iterable[Skill]) -> list[tuple[str, float, str]]:
    """The skills that a text may name, with the confidence and the way it does, the surest first; at most three."""
    key = key_of(text)
    found: list[tuple[str, float, str]] = []
    for skill in skills:
        sure = [form for form in _skill_forms(skill) if key and key_of(form.text) == key]
        if sure:
            confidence = round(CONCEPT_SIDE["label"] * _sureness(sure[0]), 2)
            found.append((skill.id, confidence, sure[0].sort))
    return sorted(found, key=lambda each: (-each[1], each[0]))[:MOST_CANDIDATES]


def _linked(skill: Skill, taxonomy: Taxonomy) -> str:
    """The address or label to which the content links a skill in this taxonomy."""
    return (skill.esco if taxonomy.name == "ESCO" else skill.onet) or ""


class _Index:
    """The labels of a taxonomy by their words."""

    def __init__(self, concepts: Sequence[Concept]) -> None:
        self.by_id = {concept.id: concept for concept in concepts}
        self.by_label = {concept.label: concept for concept in reversed(concepts)}
        self.exact: dict[Key, list[tuple[Concept, _Form]]] = defaultdict(list)
        self.holders: dict[str, list[tuple[Concept, str, frozenset[str]]]] = defaultdict(list)
        counts: Counter[str] = Counter()
        for concept in concepts:
            for key, form in _concept_forms(concept):
                self.exact[key].append((concept, form))
            for text in (concept.label, *concept.alternatives):
                words = frozenset(key_of(text))
                counts.update(words)
                for word in words:
                    self.holders[word].append((concept, text, words))
        total = max(1, sum(1 + len(concept.alternatives) for concept in concepts))
        self.weights = {word: math.log(1 + total / count) for word, count in counts.items()}
        self.unknown = math.log(1 + total)

    def candidates(self, skill: Skill, *, linked: str) -> list[_Found]:
        """The concepts that may be the skill, the most certain first; ties in order of id."""
        best: dict[str, _Found] = {}
        for each in (*self._equal(skill), *self._overlapping(skill)):
            known = best.get(each.concept.id)
            if known is None or each.confidence > known.confidence:
                best[each.concept.id] = each
        concept = self.by_id.get(linked) or self.by_label.get(linked)
        if concept is not None:
            basis = "linked by Milepost's content"
            best[concept.id] = _Found(concept, SHIPPED, Relation.EXACT, basis)
        ranked = sorted(best.values(), key=lambda each: (-each.confidence, each.concept.id))
        return _settle_ties(ranked)

    def _equal(self, skill: Skill) -> Iterator[_Found]:
        for form in _skill_forms(skill):
            key = key_of(form.text)
            for concept, other in self.exact.get(key, ()):
                sure = CONCEPT_SIDE[other.sort] * SKILL_SIDE[form.sort]
                if sum(map(len, key)) <= 2 and other.sort != "label":
                    sure *= SHORT
                if _capitals(other.text) and other.text not in skill.name:
                    sure *= CAPITALS
                relation = Relation.EXACT if sure >= THRESHOLD else Relation.CLOSE
                basis = f"{form.sort} {form.text!r} = {other.sort} {other.text!r}"
                yield _Found(concept, round(sure, 2), relation, basis)

    def _overlapping(self, skill: Skill) -> Iterator[_Found]:
        for form in _skill_forms(skill):
            words = frozenset(key_of(form.text))
            if form.sort not in {"name", "id"} or len(words) < 2:
                continue
            rare = [word for word in words if len(self.holders.get(word, ())) <= COMMON]
            seen: set[tuple[str, str]] = set()
            for word in rare:
                for concept, text, others in self.holders.get(word, ()):
                    if (concept.id, text) not in seen:
                        seen.add((concept.id, text))
                        share = self._share(words, others)
                        if share >= LEAST_SHARED:
                            sure = round(FROM_WORDS * share * SKILL_SIDE[form.sort], 2)
                            basis = f"{form.sort} {form.text!r} shares {share:.0%} of its words with {text!r}"
                            yield _Found(concept, sure, Relation.CLOSE, basis)

    def _share(self, one: frozenset[str], other: frozenset[str]) -> float:
        """Weight of the shared words by the weight of all: rare words weigh more (idf)."""
        shared = sum(self.weights.get(word, self.unknown) for word in one & other)
        return shared / sum(self.weights.get(word, self.unknown) for word in one | other)


def _capitals(text: str) -> bool:
    return text.isalpha() and text.isupper() and len(text) > 3


def _settle_ties(ranked: list[_Found]) -> list[_Found]:
    if len(ranked) < 2 or ranked[0].confidence > ranked[1].confidence:
        return ranked
    top = ranked[0].confidence
    tied = [each for each in ranked if each.confidence == top]
    note = f"; {len(tied)} concepts fit as well"
    lowered = [
        _Found(each.concept, round(top * SEVERAL, 2), Relation.CLOSE, each.basis + note) for each in tied
    ]
    rest = ranked[len(tied) :]
    return sorted((*lowered, *rest), key=lambda each: (-each.confidence, each.concept.id))


def _skill_forms(skill: Skill) -> tuple[_Form, ...]:
    """Every way in which a skill is named, each key once, the surest first."""
    plain = without_bracket(skill.name)
    first, _, second = plain.partition(" and ")
    forms = [_Form(skill.name, "name"), _Form(plain, "name"), _Form(skill.id.replace("-", " "), "id")]
    if second:
        forms += [_Form(first, "first half of the name"), _Form(second, "second half of the name")]
    own = {word for form in forms for word in key_of(form.text)}
    for alias in skill.aliases:
        like = not alias.ambiguous and bool(own & set(key_of(alias.text)))
        sort = "alias like the name" if like else "ambiguous alias" if alias.ambiguous else "alias"
        forms.append(_Form(alias.text, sort))
    once = {key_of(form.text): form for form in sorted(forms, key=_sureness)}
    return tuple(sorted(once.values(), key=_sureness, reverse=True))


def _sureness(form: _Form) -> float:
    return SKILL_SIDE[form.sort]


def _concept_forms(concept: Concept) -> Iterator[tuple[Key, _Form]]:
    """Every way in which a concept is named, each key once, the surest first."""
    sortless = without_sort(concept.label)
    makerless = without_maker(sortless)
    forms = [
        (key_of(concept.label), _Form(concept.label, "label")),
        (key_of(without_bracket(concept.label)), _Form(concept.label, "label without its bracket")),
        (sortless, _Form(concept.label, "label without its sort")),
        *((key_of(text), _Form(text, "other label")) for text in concept.alternatives),
        # Why two: Apache Kafka is Kafka, but Amazon Data Pipeline is one of many data pipelines.
        (
            makerless,
            _Form(concept.label, "label without its maker" if len(makerless) == 1 else "words after a maker"),
        ),
    ]
    seen: set[Key] = set()
    for key, form in forms:
        if key and key not in seen:
            seen.add(key)
            yield key, form
