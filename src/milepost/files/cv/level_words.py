"""The words of CVs for how well somebody can do something, on the scale from 0 to 5."""

import re

LEVELS: dict[float, tuple[str, ...]] = {
    1.0: (
        "beginner", "basic", "basics", "basic knowledge", "novice", "elementary", "familiar", "foundation", "entry level",
        "grundkenntnisse", "anfänger", "débutant", "notions", "básico", "principiante", "base", "basis", "podstawowy",
    ),
    2.0: ("intermediate", "moderate", "fortgeschritten", "intermédiaire", "intermedio", "intermediário", "gemiddeld"),
    3.0: ("competent", "proficient", "good", "upper intermediate", "solid", "gut", "bon", "bueno", "buono", "goed", "gute kenntnisse"),
    4.0: (
        "advanced", "expert", "master", "fluent", "very good", "excellent", "strong", "highly specialised", "specialist",
        "sehr gut", "sehr gute kenntnisse", "experte", "avancé", "confirmé", "avanzado", "experto", "avanzato", "esperto",
        "avançado", "gevorderd", "zaawansowany",
    ),
}  # fmt: skip
"""An assumption: the words of common scales in their order, on the names of levels 1 aware, 2 assisted, 3
independent, 4 fluent. No word gives 5: that others rely on somebody's word cannot be seen from their own."""

_BY_WORD = {word: level for level, words in LEVELS.items() for word in words}
_IN_BRACKETS = re.compile(r"\A\s*(?:\(|[-–—:]\s)\s*([^\d(),;:|]{3,24}?)\s*(?:\)|(?=[,;|])|\Z)")


def level_of_word(word: str) -> float | None:
    """The level that a word stands for; None for a word of no scale.

    >>> level_of_word("Advanced"), level_of_word("Wizard")
    (4.0, None)
    """
    return _BY_WORD.get(" ".join(word.casefold().split()).strip(" .()"))


def word_beside(text: str, start: int, end: int) -> str:
    """The level word beside the words from ``start`` to ``end``: behind them, or before the list they stand in.

    >>> word_beside("Python (advanced), Go", 0, 6), word_beside("Basic: Java, SQL", 13, 16)
    ('advanced', 'Basic')
    """
    match = _IN_BRACKETS.match(text[end:])
    if match is not None and level_of_word(match[1]) is not None:
        return match[1]
    label, found, _ = text[:start].rpartition(":")
    word = label.rpartition(";")[2].rpartition("|")[2].strip(" •*-–")
    return word if found and level_of_word(word) is not None else ""
