"""The everyday part of YAML, read fast; everything unusual is left to the full reader.

Why: ruamel reads about 0.2 MB a second, and the command line reads the whole catalogue on
every call. This reader takes block mappings, lists, flow collections and scalars as people
write them, and gives up (``Unusual``) at the first sign of anything else, including every
mistake. What it does accept it reads exactly as the full reader does; a property test
compares the two.
"""

import re
from typing import NamedTuple

from milepost.files.nodes import MOST_DEPTH, MOST_STRING, Node, resolve

_CONTENT = re.compile(r"^( *+)([^ #\n].*)$", re.MULTILINE)
_DECLINED = re.compile("[\t\r\x85\u2028\u2029\ufeff]|^(?:---|\\.\\.\\.|%)", re.MULTILINE)
_QUOTED = r""""(?:[^"\\\n]|\\["\\/nt])*+"|'(?:[^'\n]|'')*+'"""
_WORDS = r"[A-Za-z0-9_][\w./()+-]*+(?: [\w./()+-]++)*+"
_KEY = re.compile(rf"({_QUOTED}|{_WORDS}) *:(?=[ \r\n]|\Z)")
_STRING = re.compile(_QUOTED)
_FIRST = r"(?:[^\s\-?:,\[\]{}#&*!|>'\"%@`]|-(?=[^\s,\[\]{}]))"
_PLAIN = re.compile(rf"{_FIRST}(?: *+(?:[^\s:#]|:(?=\S)|(?<=\S)#))*+")
_FLOW_PLAIN = re.compile(
    rf"{_FIRST}(?: *+(?:\n *+)?(?:[^\s:#,\[\]{{}}]|:(?=[^\s,\[\]{{}}])|(?<=\S)#))*+",
)
_AFTER = re.compile(r" *+(?:(?<= )#.*)?(?=\n|\Z)")
_BLANKS = re.compile(r" *+")
_GAP = re.compile(r"[ \n]*+")
_FOLD = re.compile(r" *\n *")
_ESCAPE = re.compile(r'\\(["\\/nt])')
_ESCAPED = {"n": "\n", "t": "\t"}
_LONGEST_KEY = 200


class Unusual(Exception):
    """The text holds something beyond everyday YAML, at this offset."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class _Line(NamedTuple):
    """A line with content: its indentation, and where the content starts and ends."""

    indent: int
    start: int
    end: int


def read_everyday(text: str) -> Node:
    """The nodes of an everyday YAML text; raises ``Unusual`` where it is anything else."""
    declined = _DECLINED.search(text)
    if declined:
        raise Unusual(declined.start())
    reader = _Reader(text)
    if not reader.lines:
        raise Unusual(0)
    root = reader.block(reader.lines[0].indent, reader.lines[0].start, 1)
    if reader.at < len(reader.lines):
        raise Unusual(reader.lines[reader.at].start)
    return root


class _Reader:
    """A place in the lines of one text; every method leaves ``at`` on the first unread line."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.lines = [
            _Line(found.end(1) - found.start(1), found.start(2), found.end(2))
            for found in _CONTENT.finditer(text)
        ]
        self.at = 0

    def block(self, indent: int, key: int, depth: int) -> Node:
        """The mapping or list whose first line is the current one."""
        if depth > MOST_DEPTH:
            raise Unusual(self.lines[self.at].start)
        start = self.lines[self.at].start
        if self._is_item(self.lines[self.at]):
            return self.sequence(indent, key, depth)
        return self.mapping(indent, start, key, depth)

    def mapping(self, indent: int, start: int, key: int, depth: int) -> Node:
        """A block mapping whose first key starts at ``start`` and whose keys stand in one column."""
        entries: dict[str, Node] = {}
        offset = start
        while True:
            found = _KEY.match(self.text, offset, self.lines[self.at].end)
            if found is None:
                raise Unusual(offset)
            name = self._name(found)
            if name in entries:
                raise Unusual(offset)
            last = entries[name] = self.value(found.end(), indent, offset, depth)
            if self.at == len(self.lines) or self.lines[self.at].indent < indent:
                return Node(entries, start, last.end, key)
            if self.lines[self.at].indent > indent:
                raise Unusual(self.lines[self.at].start)
            offset = self.lines[self.at].start

    def value(self, colon: int, indent: int, key: int, depth: int) -> Node:
        """What follows a key: on the same line, or as a block on the next ones."""
        line = self.lines[self.at]
        if not _AFTER.match(self.text, colon):
            start = _BLANKS.match(self.text, colon, line.end).end()  # type: ignore[union-attr]
            return self.inline(start, indent, key, depth)
        self.at += 1
        if self.at < len(self.lines):
            below = self.lines[self.at]
            if below.indent > indent or (below.indent == indent and self._is_item(below)):
                return self.block(below.indent, key, depth + 1)
        return Node(None, colon, colon, key)

    def sequence(self, indent: int, key: int, depth: int) -> Node:
        """A block list: items that start with a dash in one column."""
        start = self.lines[self.at].start
        items: list[Node] = []
        while self.at < len(self.lines) and self.lines[self.at].indent == indent:
            line = self.lines[self.at]
            if not self._is_item(line):
                break
            begin = _BLANKS.match(self.text, line.start + 1, line.end).end()  # type: ignore[union-attr]
            if _KEY.match(self.text, begin, line.end):
                column = indent + begin - line.start
                items.append(self.mapping(column, begin, begin, depth + 1))
            else:
                items.append(self.inline(begin, indent, begin, depth))
        if self.at < len(self.lines) and self.lines[self.at].indent > indent:
            raise Unusual(self.lines[self.at].start)
        if depth >= MOST_DEPTH:
            raise Unusual(start)
        return Node(items, start, items[-1].end, key)

    def inline(self, start: int, indent: int, key: int, depth: int) -> Node:
        """A scalar or a flow collection that starts on the current line."""
        opening = self.text[start : start + 1]
        if opening in ("[", "{"):
            node = self.flow(start, key, depth + 1)
            self._leave(node.end, indent)
        elif opening in ('"', "'"):
            node = self.quoted(start, key)
            self._leave(node.end, indent)
        else:
            node = self.unquoted(start, indent, key)
        return node

    def quoted(self, start: int, key: int) -> Node:
        """A quoted scalar on one line."""
        found = _STRING.match(self.text, start)
        if found is None or found.end() - start > MOST_STRING:
            raise Unusual(start)
        return Node(_unquote(found.group()), start, found.end(), key)

    def unquoted(self, start: int, indent: int, key: int) -> Node:
        """A plain scalar; lines below that stand further in than the key continue it."""
        parts: list[str] = []
        begin, end = start, start
        while True:
            found = _PLAIN.match(self.text, begin, self.lines[self.at].end)
            if found is None:
                raise Unusual(begin)
            parts.append(found.group())
            end = found.end()
            self._leave(end, -1)
            if self.at == len(self.lines) or self.lines[self.at].indent <= indent:
                break
            begin = self.lines[self.at].start
            if self.text[end:begin].strip(" ") != "\n":
                raise Unusual(begin)
        if end - start > MOST_STRING:
            raise Unusual(start)
        return Node(resolve(" ".join(parts)), start, end, key)

    def flow(self, start: int, key: int, depth: int) -> Node:
        """A collection in brackets or braces, possibly over several lines."""
        if depth > MOST_DEPTH:
            raise Unusual(start)
        listed = self.text[start] == "["
        closing = "]" if listed else "}"
        entries: dict[str, Node] = {}
        items: list[Node] = []
        offset = self._gap(start + 1)
        while self.text[offset : offset + 1] != closing or items or entries:
            if listed:
                items.append(self.flow_value(offset, offset, depth))
                offset = self._gap(items[-1].end)
            else:
                offset = self._gap(self._flow_entry(offset, entries, depth))
            if self.text[offset : offset + 1] == closing:
                break
            if self.text[offset : offset + 1] != ",":
                raise Unusual(offset)
            offset = self._gap(offset + 1)
        return Node(items if listed else entries, start, offset + 1, key)

    def _flow_entry(self, offset: int, entries: dict[str, Node], depth: int) -> int:
        found = _KEY.match(self.text, offset)
        if found is None:
            raise Unusual(offset)
        name = self._name(found)
        if name in entries:
            raise Unusual(offset)
        entries[name] = self.flow_value(self._gap(found.end()), offset, depth)
        return entries[name].end

    def flow_value(self, start: int, key: int, depth: int) -> Node:
        """One value inside brackets or braces."""
        opening = self.text[start : start + 1]
        if opening in ("[", "{"):
            return self.flow(start, key, depth + 1)
        if opening in ('"', "'"):
            return self.quoted(start, key)
        found = _FLOW_PLAIN.match(self.text, start)
        if found is None or found.end() - start > MOST_STRING:
            raise Unusual(start)
        return Node(resolve(_FOLD.sub(" ", found.group())), start, found.end(), key)

    def _name(self, found: re.Match[str]) -> str:
        written = found.group(1)
        if len(written) > _LONGEST_KEY:
            raise Unusual(found.start())
        return _unquote(written) if written[0] in "\"'" else written

    def _gap(self, offset: int) -> int:
        return _GAP.match(self.text, offset).end()  # type: ignore[union-attr]

    def _is_item(self, line: _Line) -> bool:
        return self.text[line.start] == "-" and self.text[line.start + 1 : line.start + 2] == " "

    def _leave(self, end: int, indent: int) -> None:
        """Move past the lines that end at ``end``; only a comment may follow it there."""
        if not _AFTER.match(self.text, end):
            raise Unusual(end)
        self.at += 1
        while self.at < len(self.lines) and self.lines[self.at].start < end:
            if self.lines[self.at].indent <= indent:
                raise Unusual(self.lines[self.at].start)
            self.at += 1


def find_colon(text: str, key: int) -> int:
    """The offset behind the colon of the key that starts at ``key``; ``key`` where it is unusual."""
    found = _KEY.match(text, key)
    return found.end() if found else key


def _unquote(written: str) -> str:
    if written[0] == "'":
        return written[1:-1].replace("''", "'")
    return _ESCAPE.sub(lambda found: _ESCAPED.get(found[1], found[1]), written[1:-1])
