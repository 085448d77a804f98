"""YAML bytes → nodes with their places; whatever is wrong becomes a problem, never a traceback."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import yaml

from milepost.errors import InvalidInput, Problem
from milepost.files.nodes import Mark, Node, Scalar, resolve

MOST_BYTES = 4_000_000
MOST_STRING = 100_000
MOST_DEPTH = 20
LOADER: Any = yaml.CBaseLoader if yaml.__with_libyaml__ else yaml.BaseLoader

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UTF8 = "Save the file as UTF-8 text and try again."
_INDENT = "Entries that belong together start in the same column; indent with two spaces."
_QUOTE = 'Put quotes around text that holds ": " or " #", as in title: "Part 2: serving".'
_EXPLAINED = (
    ("tab character", "a tab stands where spaces belong", "Indent with spaces."),
    ("'\\t'", "a tab stands where spaces belong", "Indent with spaces."),
    ("mapping values", "a second `: ` stands in one value", _QUOTE),
    ("simple key", "this line is no `key: value`", "Write a space after the colon, or indent the line."),
    ("quoted scalar found unexpected", "a quote is opened and not closed", "Close it on the same line."),
    ("escape", "the backslash stands before something that it cannot escape", "Use single quotes."),
    ("flow", "brackets or commas are missing", "Close every [ and {, and put commas between entries."),
    ("sequence entries", "a dash stands beside a key", "Start the list on the next line."),
    ("start any token", "no value starts with this character", "Put quotes around the text."),
    ("an alias", "no value starts with *", "Put quotes around the text."),
    ("an anchor", "no value starts with &", "Put quotes around the text."),
    ("block", "this does not fit what stands above it", _INDENT),
)
"""Signs in what the parser says, the same in plain words, and the next step; the first sign found counts."""


@dataclass(frozen=True)
class Sheet:
    """A YAML file as nodes; ``root`` is None where the text could not be read at all."""

    path: str
    root: Node | None
    problems: tuple[Problem, ...] = ()


def read_bounded(path: Path) -> bytes:
    """The bytes of a file that is to be read as YAML; ``InvalidInput`` where it cannot be opened."""
    try:
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as fault:
        message = f"cannot read the file: {fault.strerror or 'unknown reason'}"
        raise InvalidInput(
            [Problem(str(path), 0, 0, "", message, "Check the name and the folder.")]
        ) from fault


def read_yaml(data: bytes | str, *, path: str) -> Sheet:
    """The nodes of one YAML text whose top level is a mapping, with all problems found on the way.

    At most 4 MB, 100 kB in one string and 20 levels deep. Aliases, anchors, tags and
    further documents are problems: a file that people check by eye says everything in place.
    """
    reader = _Reader(path)
    try:
        root = reader.read(reader.decode(data))
    except _Stopped:
        return Sheet(path, None, tuple(reader.problems))
    return Sheet(path, root, tuple(reader.problems))


class _Stopped(Exception):
    """The text cannot be read any further; the problem is noted."""


class _Reader:
    """The events of PyYAML's parser → nodes, noting what a file may not hold.

    Why events: they come as fast as libyaml parses, never expand an alias, and can be
    stopped at a depth, where libyaml's composer recurses until the process dies.
    """

    def __init__(self, path: str) -> None:
        self.path = path
        self.problems: list[Problem] = []
        self.events: Iterator[yaml.Event] = iter(())
        self.last = Mark(1, 1)

    def note(self, mark: Mark, message: str, hint: str) -> None:
        """Add a problem."""
        self.problems.append(Problem(self.path, mark.line, mark.column, "", message, hint))

    def stop(self, mark: Mark, message: str, hint: str) -> NoReturn:
        """Add a problem behind which nothing can be read."""
        self.note(mark, message, hint)
        raise _Stopped

    def decode(self, data: bytes | str) -> str:
        """The text without its byte-order mark."""
        nowhere = Mark(0, 0)
        if len(data) > MOST_BYTES:
            message = f"the file is larger than {MOST_BYTES // 1_000_000} MB"
            self.stop(nowhere, message, "Split it, or remove what does not belong.")
        if isinstance(data, bytes) and data.startswith((b"\xff\xfe", b"\xfe\xff")):
            self.stop(nowhere, "the file is written in UTF-16", _UTF8)
        try:
            text = data.removeprefix("\ufeff") if isinstance(data, str) else data.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            line = fault.object.count(b"\n", 0, fault.start) + 1
            byte = f"{fault.object[fault.start]:#04x}"
            self.stop(nowhere, f"the file is not UTF-8: the byte {byte} on line {line} has no meaning", _UTF8)
        found = _UNPRINTABLE.search(text)
        if found:
            before = text[: found.start()]
            mark = Mark(before.count("\n") + 1, len(before) - before.rfind("\n"))
            message = f"the character U+{ord(found.group()):04X} cannot stand in a text file"
            self.stop(mark, message, f"Remove it. {_UTF8}")
        return text

    def read(self, text: str) -> Node:
        """The mapping that the text is; the parser's own faults end the reading with a place and a hint.

        Why: the pure parser also lets some slips out (a number too large for a character or
        a version); for the person who wrote the file they mean the same as a syntax error.
        """
        self.events = yaml.parse(text, Loader=LOADER)
        try:
            return self.document()
        except yaml.MarkedYAMLError as fault:
            self.stop(*_explain(fault, len(text.rstrip()), self.last))
        except (yaml.YAMLError, ValueError, OverflowError):
            self.stop(self.last, "not valid YAML from here on", _INDENT)

    def document(self) -> Node:
        """The only document of the events, which has to be a mapping."""
        root: Node | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if root is not None:
                    hint = "Remove the line `---` and what follows it, or move it to a file of its own."
                    self.stop(_mark(event), "a second document starts here", hint)
                root = self.node(next(self.events), None, 1)
        if root is None:
            self.stop(Mark(1, 1), "the file is empty", "Start it with `milepost: 1` and `name: …`.")
        if not isinstance(root.value, dict):
            message = "the file has to hold keys and values at its top level"
            self.stop(root.mark, message, "Write `key: value` lines.")
        return root

    def node(self, event: yaml.Event, key: Mark | None, depth: int) -> Node:
        """The value that starts with an event; an alias, which is a problem, counts as empty."""
        mark = self.last = _mark(event)
        value: Scalar | dict[str, Node] | list[Node] = None
        if isinstance(event, yaml.ScalarEvent):
            text = self._text(event, mark)
            value = text if event.style else resolve(text)
        elif isinstance(event, yaml.AliasEvent):
            self.note(mark, f"the alias *{event.anchor} is not used in these files", "Write the value out.")
        elif isinstance(event, yaml.CollectionStartEvent):
            self._check(event, mark)
            if depth > MOST_DEPTH:
                hint = "Write the file as `milepost export` does; it needs four levels."
                self.stop(mark, f"more than {MOST_DEPTH} levels inside each other", hint)
            mapping = isinstance(event, yaml.MappingStartEvent)
            value = self._entries(depth) if mapping else self._items(depth)
        return Node(value, mark, key or mark)

    def _items(self, depth: int) -> list[Node]:
        items: list[Node] = []
        while not isinstance(event := next(self.events), yaml.SequenceEndEvent):
            items.append(self.node(event, None, depth + 1))
        return items

    def _entries(self, depth: int) -> dict[str, Node]:
        entries: dict[str, Node] = {}
        while not isinstance(event := next(self.events), yaml.MappingEndEvent):
            mark = self.last = _mark(event)
            if not isinstance(event, yaml.ScalarEvent):
                message = "a key has to be a word, not a list, mapping or alias"
                self.stop(mark, message, "Put quotes around it if it is text.")
            name = self._text(event, mark)
            value = self.node(next(self.events), mark, depth + 1)
            first = entries.setdefault(name, value)
            if first is not value:
                message = f"{name[:80]} is written twice, first on line {first.key.line}"
                self.note(mark, message, "Keep one of the two.")
        return entries

    def _check(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent, mark: Mark) -> None:
        if event.anchor is not None:
            self.note(mark, f"the anchor &{event.anchor} is not used in these files", "Remove it.")
        if event.tag is not None:
            message = f"the tag {event.tag} is not used in these files"
            self.note(mark, message, "Remove it; quotes make a value text.")

    def _text(self, event: yaml.ScalarEvent, mark: Mark) -> str:
        self._check(event, mark)
        text: str = event.value
        if len(text) > MOST_STRING:
            message = f"this text is longer than {MOST_STRING // 1000} kB"
            self.note(mark, message, "Keep it in a file and name it here.")
        if event.style == '"' and _UNPRINTABLE.search(text):
            self.note(mark, "this text holds a character that cannot stand in a text file", "Remove it.")
        return text


def _mark(event: yaml.Event) -> Mark:
    start = event.start_mark
    assert start is not None
    return Mark(start.line + 1, start.column + 1)


def _explain(fault: yaml.MarkedYAMLError, end: int, last: Mark) -> tuple[Mark, str, str]:
    """Place, message and hint; what shows only at the end of the text is placed where it begins."""
    said = f"{fault.context or ''} {fault.problem or ''}"
    first, seen = fault.context_mark, fault.problem_mark or fault.context_mark
    if first and seen and (seen.index >= end or "simple key" in said):
        seen = first
    mark = Mark(seen.line + 1, seen.column + 1) if seen else last
    for sign, message, hint in _EXPLAINED:
        if sign in said:
            return mark, f"not valid YAML: {message}", hint
    return mark, f"not valid YAML: {said.strip()}", _INDENT
