"""What a YAML file holds, with the place of every key and value: the noun that all readers share."""

import re
from typing import NamedTuple

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys((".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"), float("inf")),
    **dict.fromkeys(("-.inf", "-.Inf", "-.INF"), float("-inf")),
    **dict.fromkeys((".nan", ".NaN", ".NAN"), float("nan")),
}
_INTEGER = re.compile(r"[-+]?[0-9]{1,4000}\Z")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_BASED = re.compile(r"0o[0-7]{1,4000}\Z|0x[0-9a-fA-F]{1,3000}\Z")
_MAYBE_SPECIAL = frozenset("0123456789+-.~nNtTfF")


class Mark(NamedTuple):
    """A place in a file, both counted from 1; (0, 0) where it is not known."""

    line: int
    column: int


class Node(NamedTuple):
    """One value of a file: where it starts, and where the key before it starts.

    ``key`` is ``mark`` for an item of a list. A mapping is a dict, a list is a list, a date
    stays the text that was written.
    """

    value: "Scalar | dict[str, Node] | list[Node]"
    mark: Mark
    key: Mark


def resolve(text: str) -> Scalar:
    """The value of an unquoted scalar by the core schema of YAML 1.2; a date stays text.

    Why: PyYAML follows YAML 1.1, where ``no`` is false and ``12:30`` is 750.

    >>> resolve("4"), resolve("3.5"), resolve("true"), resolve("yes"), resolve("2026-11-30")
    (4, 3.5, True, 'yes', '2026-11-30')
    """
    if text and text[0] not in _MAYBE_SPECIAL:
        return text
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.match(text):
        return int(text)
    if _FLOAT.match(text):
        return float(text)
    return int(text, 0) if _BASED.match(text) else text


def plain(node: Node) -> object:
    """The bare data of a node: dicts, lists and scalars without places."""
    if isinstance(node.value, dict):
        return {key: plain(child) for key, child in node.value.items()}
    if isinstance(node.value, list):
        return [plain(child) for child in node.value]
    return node.value
