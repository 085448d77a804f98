"""All surface forms of a skill tree by folded spelling, and when one stands at a place.

Rule R0 of method-market 1.5: a surface form does not stand inside a word (left not [A-Za-z0-9_#+@], right not
[A-Za-z0-9_+#], and no letter of another alphabet), a space or hyphen of the form matches a space or a hyphen,
the longest match wins, and matches do not overlap.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from milepost.model.skills import Alias, Durability, SkillTree

NO_LEFT = frozenset("_#+@")
NO_RIGHT = frozenset("_+#")


class Surface(NamedTuple):
    """One surface form: the skill it names, or None for a phrase that names none although it contains one.

    ``technology`` tells languages, platforms and frameworks from concepts.
    """

    text: str
    skill: str | None
    case_sensitive: bool = False
    ambiguous: bool = False
    technology: bool = False


class Hit(NamedTuple):
    """A surface form at its place in a text."""

    start: int
    end: int
    surface: Surface


def fold(text: str) -> str:
    """A text with small letters, and a space for every hyphen; always as long as it was.

    A letter whose small form is longer, or is an ASCII letter although it is none itself, stays as it is.

    >>> fold("Fine-Tuning"), fold("\u0130x")
    ('fine tuning', '\u0130x')
    """
    if text.isascii():
        return text.lower().replace("-", " ")
    return "".join(map(_fold_sign, text)).replace("-", " ")


def _fold_sign(sign: str) -> str:
    small = sign.lower()
    return small if len(small) == 1 and (sign.isascii() or not small.isascii()) else sign


def is_inside_word(text: str, start: int, end: int) -> bool:
    """Whether the place from ``start`` to ``end`` begins or ends inside a word."""
    before = text[start - 1] if start else " "
    after = text[end] if end < len(text) else " "
    return before.isalnum() or before in NO_LEFT or after.isalnum() or after in NO_RIGHT


def fits(surface: Surface, written: str) -> bool:
    """Whether a form with this folded spelling may be written like this."""
    return not surface.case_sensitive or surface.text.replace("-", " ") == written.replace("-", " ")


@dataclass(frozen=True)
class Lexicon:
    """The surface forms by folded spelling; of several with one spelling, the one to prefer comes first."""

    forms: Mapping[str, tuple[Surface, ...]]

    @cached_property
    def longest(self) -> int:
        """Characters of the longest surface form."""
        return max(map(len, self.forms), default=0)


def build_forms(
    tree: SkillTree, *, not_skills: Iterable[str], technologies: Iterable[str], tools: Collection[str] = ()
) -> Lexicon:
    """The surface forms of a skill tree, with phrases that only look like skills.

    ``not_skills`` hide the skill in them; ``technologies`` are tools that the tree does not know; ``tools`` are
    folded forms that name a tool although their skill is a concept.
    """
    forms: dict[str, tuple[Surface, ...]] = {}

    def add(alias: Alias, skill: str | None, *, technology: bool) -> None:
        key = fold(alias.text.strip())
        surface = Surface(
            alias.text, skill, alias.case_sensitive, alias.ambiguous, technology or key in tools
        )
        same = forms.get(key)
        if same is None:
            forms[key] = (surface,)
        elif not any(other.skill and fits(other, alias.text) for other in same):
            forms[key] = tuple(sorted((*same, surface), key=_is_lenient))

    for skill in tree.skills.values():
        technology = skill.durability is not Durability.CONCEPT
        for alias in skill.aliases:
            add(alias, skill.id, technology=technology)
    for text in technologies:
        add(Alias(text, case_sensitive=text[:1].isupper()), None, technology=True)
    for text in not_skills:
        add(Alias(text, case_sensitive=text != text.lower()), None, technology=False)
    forms.pop("", None)
    return Lexicon(forms)


def _is_lenient(surface: Surface) -> bool:
    return not surface.case_sensitive
