"""All surface forms of all skills in one tree of words, matched in one pass over a line.

Rule R0 of method-market 1.5: a surface form does not stand inside a word (left not [A-Za-z0-9_#+@], right not
[A-Za-z0-9_+#]), spaces match a space or a hyphen, the longest match wins, and matches do not overlap.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from milepost.model.skills import Alias, Durability, SkillTree

_TOKEN = re.compile(r"\w+|[^\w\s-]|(?<![\w+#])-|-(?!\w)")
_GLUED = frozenset(".+#")
_NO_LEFT = frozenset("#+@_")
_NO_RIGHT = frozenset("+#")


class Token(NamedTuple):
    """A word or sign: its folded form, its place and its own spelling."""

    folded: str
    start: int
    end: int
    spelling: str


def tokens(line: str) -> list[Token]:
    """The words and signs of a line; a hyphen between two words counts as a space.

    >>> [token.folded for token in tokens("Fine-tuning, C++ and Node.js")]
    ['fine', 'tuning', ',', 'c', '+', '+', 'and', 'node', '.', 'js']
    """
    found: list[Token] = []
    for match in _TOKEN.finditer(line):
        word, start, end = match.group(), match.start(), match.end()
        folded = word.casefold()
        if word in _GLUED:
            if start and line[start - 1].isspace():
                folded = " " + word
            elif word == "." and (end == len(line) or line[end].isspace()):
                folded = ". "
        found.append(Token(folded, start, end, word))
    return found


@dataclass(frozen=True, slots=True)
class Surface:
    """One surface form: the skill it names, or None for a phrase that names none although it contains one.

    ``technology`` tells languages, platforms and frameworks from concepts.
    """

    text: str
    skill: str | None
    case_sensitive: bool = False
    ambiguous: bool = False
    technology: bool = False
    spelling: tuple[str, ...] = ()


class Hit(NamedTuple):
    """A surface form at its place in a line."""

    start: int
    end: int
    surface: Surface


@dataclass(slots=True)
class _Node:
    children: dict[str, "_Node"] = field(default_factory=dict)
    surfaces: list[Surface] = field(default_factory=list)


class Lexicon:
    """The surface forms of a skill tree, with phrases that only look like skills."""

    def __init__(
        self, tree: SkillTree, *, not_skills: Iterable[str] = (), technologies: Iterable[str] = ()
    ) -> None:
        """``not_skills`` hide the skill in them; ``technologies`` are tools that the tree does not know."""
        self._root = _Node()
        for skill in tree.skills.values():
            technology = skill.durability is not Durability.CONCEPT
            for alias in skill.aliases:
                self._add(alias, skill.id, technology=technology)
        for text in technologies:
            self._add(Alias(text, case_sensitive=text[:1].isupper()), None, technology=True)
        for text in not_skills:
            self._add(Alias(text, case_sensitive=text != text.lower()), None, technology=False)

    def _add(self, alias: Alias, skill: str | None, *, technology: bool) -> None:
        parts = tokens(alias.text)
        node = self._root
        for part in parts:
            node = node.children.setdefault(part.folded, _Node())
        spelling = tuple(part.spelling for part in parts)
        surface = Surface(alias.text, skill, alias.case_sensitive, alias.ambiguous, technology, spelling)
        if not any(other.spelling == spelling for other in node.surfaces if other.skill):
            node.surfaces.append(surface)
            node.surfaces.sort(key=lambda other: not other.case_sensitive)

    def hits(self, line: str) -> Iterator[Hit]:
        """All surface forms of a line from left to right, the longest at each place."""
        words = tokens(line)
        at = 0
        while at < len(words):
            found = self._longest(line, words, at)
            if found is None:
                at += 1
                continue
            end, surface = found
            yield Hit(words[at].start, words[end - 1].end, surface)
            at = end

    def _longest(self, line: str, words: list[Token], at: int) -> tuple[int, Surface] | None:
        node = self._root.children.get(words[at].folded)
        best: tuple[int, Surface] | None = None
        end = at
        while node is not None:
            end += 1
            for surface in node.surfaces:
                if _fits(surface, words[at:end]) and _stands_free(line, words[at].start, words[end - 1].end):
                    best = (end, surface)
                    break
            node = node.children.get(words[end].folded) if end < len(words) else None
        return best


def _fits(surface: Surface, words: list[Token]) -> bool:
    return not surface.case_sensitive or all(
        spelling == word.spelling for spelling, word in zip(surface.spelling, words, strict=True)
    )


def _stands_free(line: str, start: int, end: int) -> bool:
    left = line[start - 1] if start else " "
    right = line[end] if end < len(line) else " "
    return left not in _NO_LEFT and right not in _NO_RIGHT
