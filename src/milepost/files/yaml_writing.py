"""Plain data → YAML text that reads back as the same data, one form for each value."""

import re
from collections.abc import Iterator, Mapping

from milepost.files.nodes import resolve

LONGEST_LINE = 110
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_WORDS = re.compile(r"[^\W\d_][\w./()+%&;'=!?-]*(?: [\w/()+=][\w./()+%&;'=!?-]*)*\Z")
_KEY = re.compile(r"[A-Za-z_][\w./+-]*\Z")
_SPECIAL_ELSEWHERE = frozenset(("y", "n", "yes", "no", "on", "off", "null", "true", "false"))
"""Words that other YAML readers, or older rules, do not take as text."""

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t"}
_ESCAPED = re.compile('["\\\\\x00-\x1f\x7f-\xa0\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]')


def write_scalar(value: object) -> str:
    """A scalar on one line, quoted only where it has to be.

    >>> print(write_scalar("yes"), write_scalar("Part 2: serving"), write_scalar("2026-11-30"))
    "yes" "Part 2: serving" 2026-11-30
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return repr(value) if abs(value) < float("inf") else _endless(value)
    return _write_text(value) if isinstance(value, str) else str(value)


def write_key(key: str) -> str:
    """A key, quoted where it is more than a word."""
    return key if _KEY.match(key) and key.lower() not in _SPECIAL_ELSEWHERE else _quote(key)


def write_flow(value: object) -> str:
    """A value on one line, collections in brackets and braces."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{write_key(key)}: {write_flow(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(write_flow(item) for item in value) + "]"
    return write_scalar(value)


def write_block(mapping: Mapping[str, object], *, indent: int = 0) -> Iterator[str]:
    """The lines of a mapping, one key a line; what is too long or too deep for a line goes below its key."""
    for key, value in mapping.items():
        head = f"{' ' * indent}{write_key(key)}:"
        line = f"{head} {write_flow(value)}"
        if _fits(value, line):
            yield line
        else:
            yield head
            yield from write_below(value, indent=indent + 2)


def write_below(value: object, *, indent: int) -> Iterator[str]:
    """The lines of a collection that stands below its key."""
    if isinstance(value, Mapping):
        yield from write_block(value, indent=indent)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _write_item(item, indent=indent)


def _write_item(item: object, *, indent: int) -> Iterator[str]:
    line = f"{' ' * indent}- {write_flow(item)}"
    if isinstance(item, Mapping) and item and len(line) > LONGEST_LINE:
        lines = list(write_block(item, indent=indent + 2))
        yield f"{' ' * indent}- {lines[0].lstrip(' ')}"
        yield from lines[1:]
    else:
        yield line


def _fits(value: object, line: str) -> bool:
    """A scalar or empty collection always stands beside its key, a shallow one where the line is short."""
    children: list[object]
    if isinstance(value, Mapping):
        children = list(value.values())
    elif isinstance(value, list | tuple):
        children = list(value)
    else:
        return True
    flat = not any(isinstance(child, Mapping | list | tuple) and child for child in children)
    return not children or (flat and len(line) <= LONGEST_LINE)


def _write_text(text: str) -> str:
    if _DAY.match(text):
        return text
    plain = _WORDS.match(text) and text.lower() not in _SPECIAL_ELSEWHERE and isinstance(resolve(text), str)
    return text if plain else _quote(text)


def _quote(text: str) -> str:
    return '"' + _ESCAPED.sub(lambda found: _escape(found.group()), text) + '"'


def _escape(character: str) -> str:
    return _ESCAPES.get(character) or f"\\u{ord(character):04x}"


def _endless(value: float) -> str:
    if value != value:
        return ".nan"
    return ".inf" if value > 0 else "-.inf"
