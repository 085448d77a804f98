"""YAML bytes → nodes with their places; whatever is wrong becomes a problem, never a traceback."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from milepost.errors import Problem
from milepost.files.everyday_yaml import Unusual, find_colon, read_everyday
from milepost.files.nodes import MOST_BYTES, MOST_DEPTH, MOST_STRING, Node, Sheet, resolve

MOST_UNUSUAL = 500_000
"""Characters up to which the full reader is tried: it reads about 0.2 MB a second."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_SAVE_AS_UTF8 = "Save the file as UTF-8 text and try again."
_INDENT = "Entries that belong together start in the same column; indent with two spaces."
_QUOTE = 'Put quotes around text that holds ": " or " #", as in title: "Part 2: serving".'
_HINTS = (
    ("'\\t'", "YAML does not allow tabs here: indent with spaces."),
    ("mapping values are not allowed", _QUOTE),
    ("expected ':'", "Write `key: value`, with a space after the colon."),
    ("found unexpected end of stream", "Close the quote that starts here or above."),
    ("block", _INDENT),
    ("flow", "Close every [ with ] and every { with }, and put a comma between entries."),
    ("cannot start any token", "Put quotes around text that starts with this character."),
)
_OWN_FAULTS = (ValueError, LookupError, AttributeError, TypeError, AssertionError, NotImplementedError)


def read_yaml(data: bytes | str, *, path: str) -> Sheet:
    """The nodes of one YAML text whose top level is a mapping, with all problems found on the way.

    At most 4 MB, 100 kB in one string and 20 levels deep. Aliases, anchors, tags and
    further documents are problems: a file that people check by eye says everything in place.
    """
    text = _decode(data)
    if isinstance(text, tuple):
        return _unreadable(path, "", 0, *text)
    fault = _UNPRINTABLE.search(text)
    if fault:
        message = f"the character U+{ord(fault.group()):04X} cannot stand in a text file"
        return _unreadable(path, text, fault.start(), message, f"Remove it. {_SAVE_AS_UTF8}")
    try:
        return _checked(Sheet(path, text, read_everyday(text)))
    except Unusual as unusual:
        return read_in_full(path, text, unusual.offset)


def _decode(data: bytes | str) -> str | tuple[str, str]:
    """The text without its byte-order mark, or message and hint."""
    if len(data) > MOST_BYTES:
        return (
            f"the file is larger than {MOST_BYTES // 1_000_000} MB",
            "Split it, or remove what does not belong.",
        )
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "the file is written in UTF-16", _SAVE_AS_UTF8
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as fault:
        line = data.count(b"\n", 0, fault.start) + 1
        return (
            f"the file is not UTF-8: the byte {data[fault.start]:#04x} on line {line} has no meaning",
            _SAVE_AS_UTF8,
        )


def _unreadable(path: str, text: str, offset: int, message: str, hint: str) -> Sheet:
    line, column = Sheet(path, text, None).place(offset) if text else (0, 0)
    return Sheet(path, text, None, (Problem(path, line, column, "", message, hint),))


def read_in_full(path: str, text: str, offset: int) -> Sheet:
    """Read with the full reader a text that is not everyday YAML; ``offset`` is where that showed."""
    if len(text) > MOST_UNUSUAL:
        message = (
            f"a file over {MOST_UNUSUAL // 1000} kB must be written in the simplest YAML; this line is not"
        )
        hint = "Correct the line if it is a mistake, write it as `key: value`, or split the file."
        return _unreadable(path, text, offset, message, hint)
    builder = _Builder(Sheet(path, text, None))
    try:
        builder.build()
    except _Stopped as stopped:
        builder.note(stopped.offset, stopped.message, stopped.hint)
        return Sheet(path, text, None, tuple(builder.problems))
    if builder.root is None:
        hint = "Start it with `milepost: 1` and `name: …`."
        return _unreadable(path, text or "\n", 0, "the file is empty", hint)
    return _checked(Sheet(path, text, builder.root, tuple(builder.problems)))


def _checked(sheet: Sheet) -> Sheet:
    if sheet.root is None or isinstance(sheet.root.value, dict):
        return sheet
    line, column = sheet.place(sheet.root.start)
    message = "the file has to hold keys and values at its top level"
    problem = Problem(sheet.path, line, column, "", message, "Write `key: value` lines.")
    return Sheet(sheet.path, sheet.text, None, (*sheet.problems, problem))


class _Stopped(Exception):
    """The text cannot be read beyond this offset."""

    def __init__(self, offset: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.offset = offset
        self.message = message
        self.hint = hint


def _events(text: str) -> Iterator[Any]:
    """The events of ruamel's parser; its faults end the reading with a place and a hint.

    Why: the parser also lets some of its own slips out (an index or attribute error on odd
    input); for the person who wrote the file they mean the same as a syntax error.
    """
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, YAMLError

    last = 0
    try:
        for event in YAML(typ="safe", pure=True).parse(text):
            last = event.end_mark.index
            yield event
    except MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        message = str(fault.problem or fault.context or "this is not YAML")
        hint = next((hint for sign, hint in _HINTS if sign in f"{message} {fault.context}"), _INDENT)
        raise _Stopped(mark.index if mark else last, f"not valid YAML: {message}", hint) from fault
    except (YAMLError, *_OWN_FAULTS) as fault:
        raise _Stopped(last, "not valid YAML from here on", _INDENT) from fault


@dataclass(slots=True)
class _Open:
    """A collection that is being filled: its items, or its entries and the key that waits for a value."""

    start: int
    key: int
    entries: dict[str, Node] | None
    items: list[Node] = field(default_factory=list)
    waiting: tuple[str, int] | None = None
    spare: bool = False
    end: int = 0


class _Builder:
    """Parser events → nodes, without recursion, noting what a file may not hold."""

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.problems: list[Problem] = []
        self.root: Node | None = None
        self.open: list[_Open] = []

    def note(self, offset: int, message: str, hint: str) -> None:
        """Add a problem at an offset."""
        line, column = self.sheet.place(min(offset, len(self.sheet.text)))
        self.problems.append(Problem(self.sheet.path, line, column, "", message, hint))

    def build(self) -> None:
        """Read all events; ``root`` is the first document."""
        handlers = {
            "ScalarEvent": self._scalar,
            "AliasEvent": self._alias,
            "MappingStartEvent": self._start,
            "SequenceStartEvent": self._start,
            "MappingEndEvent": self._end,
            "SequenceEndEvent": self._end,
            "DocumentStartEvent": self._document,
        }
        for event in _events(self.sheet.text):
            handler = handlers.get(type(event).__name__)
            if handler is not None:
                handler(event)

    def _document(self, event: Any) -> None:
        if self.root is not None:
            hint = "Remove the line `---` and what follows it, or move it to a file of its own."
            raise _Stopped(event.start_mark.index, "a second document starts here", hint)

    def _alias(self, event: Any) -> None:
        start, end = event.start_mark.index, event.end_mark.index
        message = f"the alias *{event.anchor} is not used in these files"
        if self._takes_key():
            raise _Stopped(start, message, "Write the key out.")
        self.note(start, message, "Write the value out.")
        self._add(None, start, end)

    def _scalar(self, event: Any) -> None:
        start, end = self._decorated(event), event.end_mark.index
        if len(event.value) > MOST_STRING:
            self.note(
                start,
                f"this text is longer than {MOST_STRING // 1000} kB",
                "Keep it in a file and name it here.",
            )
        if _UNPRINTABLE.search(event.value):
            self.note(start, "this text holds a character that cannot stand in a text file", "Remove it.")
        if self._takes_key():
            self._key(event.value, start)
            return
        value = event.value if event.style else resolve(event.value)
        waiting = self.open[-1].waiting if self.open else None
        if value is None and waiting and not event.value:
            start = end = find_colon(self.sheet.text, waiting[1])
        if event.style in ("|", ">"):
            end = start + len(self.sheet.text[start:end].rstrip())
        self._add(value, start, end)

    def _decorated(self, event: Any) -> int:
        """Where the value starts; an anchor or tag in front of it is a problem."""
        start: int = event.start_mark.index
        if event.anchor is not None:
            self.note(start, f"the anchor &{event.anchor} is not used in these files", "Remove it.")
        if event.tag is not None:
            self.note(
                start,
                f"the tag {event.tag} is not used in these files",
                "Remove it; quotes make a value text.",
            )
        return start

    def _takes_key(self) -> bool:
        return bool(self.open) and self.open[-1].entries is not None and self.open[-1].waiting is None

    def _key(self, name: str, start: int) -> None:
        top = self.open[-1]
        top.waiting = (name, start)
        known = (top.entries or {}).get(name)
        top.spare = known is not None
        if known is not None:
            line, _ = self.sheet.place(known.key)
            self.note(start, f"{name} is written twice, first on line {line}", "Keep one of the two.")

    def _start(self, event: Any) -> None:
        start = self._decorated(event)
        if len(self.open) >= MOST_DEPTH:
            hint = "Write the file as `milepost export` does; it needs four levels."
            raise _Stopped(start, f"more than {MOST_DEPTH} levels inside each other", hint)
        if self._takes_key():
            raise _Stopped(
                start, "a key has to be a word, not a list or mapping", "Put quotes around it if it is text."
            )
        mapping = type(event).__name__ == "MappingStartEvent"
        self.open.append(_Open(start, start, {} if mapping else None))

    def _end(self, event: Any) -> None:
        done = self.open.pop()
        flow = self.sheet.text[done.start] in "[{"
        end = event.end_mark.index if flow else done.end
        self._add(done.items if done.entries is None else done.entries, done.start, end)

    def _add(self, value: Any, start: int, end: int) -> None:
        if not self.open:
            self.root = self.root or Node(value, start, end, start)
            return
        top = self.open[-1]
        top.end = end
        if top.entries is None:
            top.items.append(Node(value, start, end, start))
            return
        name, key = top.waiting or ("", start)
        top.waiting = None
        if not top.spare:
            top.entries[name] = Node(value, start, end, key)
        top.spare = False
