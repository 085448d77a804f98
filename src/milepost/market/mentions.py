"""One skill named in an advertisement, and what many such mentions weigh."""

from collections.abc import Iterator
from dataclasses import dataclass

from milepost.market.lexicon import Surface, fold
from milepost.market.sections import WEIGHTS, Asked, Section
from milepost.model.skills import SkillTree


@dataclass(frozen=True, slots=True)
class Mention:
    """One skill named in an advertisement, by which words, in which part, and how it is asked for."""

    surface: str
    skill: str
    section: Section
    asked: Asked


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


_AFTER_A_NAME = frozenset(("labs", "inc", "technologies", "io", "software", "llc", "gmbh", "corp", "ltd"))


def employer_forms(company: str) -> tuple[str, ...]:
    """The words of a company's name, folded.

    >>> employer_forms("Acme, Inc.")
    ('acme', 'inc')
    """
    words = "".join(sign if sign.isalnum() else " " for sign in fold(company))
    return tuple(words.split())


def names_employer(surface: Surface, employer: tuple[str, ...]) -> bool:
    """Rule R3 a: the form is the company's name; of a tool, also the first words of it.

    A product is also the employer's where it begins with the first word of a longer name ("Grafana Cloud" in
    an advertisement of Grafana Labs).
    """
    if not employer or not fold(surface.text).startswith(employer[0]):
        return False
    form = employer_forms(surface.text)
    if form == employer:
        return True
    return surface.technology and (form == employer[: len(form)] or _is_own_product(form, employer))


def _is_own_product(form: tuple[str, ...], employer: tuple[str, ...]) -> bool:
    return form[0] == employer[0] and len(employer) > 1 and employer[1] in _AFTER_A_NAME
