"""What two spellings of one label share."""

import re
from functools import lru_cache

Key = tuple[str, ...]

SORTS = frozenset({"software", "tool", "system", "service", "platform", "framework", "library"})
"""Words after a name that say what sort of thing it is; in O*NET a whole class of products may end so."""
LANGUAGES: Key = ("programming", "language")
MAKERS: tuple[Key, ...] = (
    ("amazon", "web", "service"), ("amazon",), ("apache",), ("google",), ("ibm",), ("microsoft",), ("oracle",),
)  # fmt: skip
"""Words before the name of a product that say only who makes it."""

_WORD = re.compile(r"\w+[+#]*")
_BRACKET = re.compile(r"\s*\([^()]*\)")
_SPELLINGS = (
    ("isation", "ization"),
    ("ise", "ize"),
    ("ising", "izing"),
    ("modelling", "modeling"),
    ("behaviour", "behavior"),
)


@lru_cache(maxsize=1 << 17)
def key_of(label: str) -> Key:
    """The words of a label without case, signs, plural and British spelling.

    >>> key_of("Data-modelling"), key_of("data models"), key_of("C++")
    (('data', 'modeling'), ('data', 'model'), ('c++',))
    """
    return tuple(_plain(word) for word in _WORD.findall(label.casefold().replace("&", " and ")))


def _plain(word: str) -> str:
    for british, american in _SPELLINGS:
        if word.endswith(british):
            word = word.removesuffix(british) + american
    plural = len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "ics", "os"))
    return word[:-1] if plural else word


def without_bracket(label: str) -> str:
    """A label without what it says in brackets.

    >>> without_bracket("Python (computer programming)")
    'Python'
    """
    return _BRACKET.sub("", label).strip()


def without_sort(label: str) -> Key:
    """The words of the name of a product without its sort, its short form and its brackets; () for a class.

    >>> without_sort("Google Cloud software"), without_sort("Amazon Web Services AWS software")
    (('google', 'cloud'), ('amazon', 'web', 'service'))
    >>> without_sort("Rust programming language"), without_sort("Data mining software")
    (('rust',), ())
    """
    plain = without_bracket(label)
    words = list(key_of(plain))
    if tuple(words[-2:]) == LANGUAGES and len(words) > 2:
        return tuple(words[:-2])
    before = len(words)
    while len(words) > 1 and words[-1] in SORTS:
        words.pop()
    names = [word for word in plain.split()[: len(words)] if word[:1].isupper()]
    if len(words) < before and len(names) < 2:
        return ()
    return _without_initials(tuple(words))


def _without_initials(words: Key) -> Key:
    """Words without one that is the first letters of those before it."""
    kept: list[str] = []
    for word in words:
        initials = "".join(each[0] for each in kept)
        if len(word) < 2 or len(kept) < 2 or not initials.endswith(word):
            kept.append(word)
    return tuple(kept)


def without_maker(words: Key) -> Key:
    """The words of the name of a product without who makes it; () where nobody is named.

    >>> without_maker(("apache", "kafka")), without_maker(("kafka",))
    (('kafka',), ())
    """
    for maker in MAKERS:
        if words[: len(maker)] == maker and len(words) > len(maker):
            return words[len(maker) :]
    return ()
