"""Changes to the text of a person file that leave every other byte alone, and its exchange with JSON.

Why: rewriting a whole file, even by a round trip, moves comments and spaces that people put
there on purpose. Here only the place of one value is replaced, and the result is read back
and compared with what was meant before anyone gets it.
"""

import copy
import datetime as dt
from collections.abc import Mapping, Sequence

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.everyday_yaml import find_colon
from milepost.files.nodes import MOST_DEPTH, Node, Sheet, plain
from milepost.files.yaml_text import read_yaml
from milepost.files.yaml_writing import LONGEST_LINE, write_below, write_block, write_flow, write_key

END = "-"
"""The step of a path that stands for a new item at the end of a list, as in JSON Pointer."""

_BY_HAND = "Change this place in the file by hand."


def set_in_person_text(text: str, *, path: Sequence[str], value: object) -> str:
    """Change or add the value at a path of keys; all other bytes stay as they are.

    A step into a list is a number from 0, or ``-`` for a new item at its end. Missing
    mappings and lists on the way are made. Dates may be given as dates. Raises
    ``InvalidInput`` where the text cannot be read and ``UsageError`` where the path leads
    through a value that holds nothing.

    >>> text = "name: Sam  # me\\n"
    >>> print(set_in_person_text(text, path=("year", "checkins", "-"), value={"hours": 2}), end="")
    name: Sam  # me
    year:
      checkins:
        - {hours: 2}
    """
    sheet = _read(text)
    if not path or sheet.root is None:
        raise UsageError("a change needs the path of a value", hint="Give at least one key.")
    wanted = _bare(value)
    expected = _changed(plain(sheet.root), path, wanted)
    changed = _splice(sheet, path, wanted)
    after = read_yaml(changed, path=sheet.path)
    if after.root is None or after.problems or plain(after.root) != expected:
        raise UsageError(f"{'.'.join(path)} cannot be changed safely where it stands", hint=_BY_HAND)
    return changed


def person_to_document(text: str) -> dict[str, object]:
    """The data of a person file as JSON can hold it, dates as ISO text; raises ``InvalidInput``."""
    sheet = _read(text)
    document = plain(sheet.root) if sheet.root else {}
    return document if isinstance(document, dict) else {}


def document_to_person_text(document: Mapping[str, object]) -> str:
    """YAML text of the data of a person file; ``person_to_document`` gives the same data back.

    Raises ``InvalidInput`` for data that a person file cannot hold, such as text with
    control characters.
    """
    if _depth(document) > MOST_DEPTH:
        message = f"more than {MOST_DEPTH} levels inside each other"
        raise InvalidInput([Problem("person file", 0, 0, "", message, "Check what wrote this document.")])
    text = "".join(f"{line}\n" for line in write_block(document))
    _read(text)
    return text


def _depth(value: object) -> int:
    """How many collections stand inside each other, counted up to one more than may be."""
    level: list[object] = [value]
    depth = 0
    while depth <= MOST_DEPTH and (
        level := [item for item in level if isinstance(item, Mapping | list | tuple)]
    ):
        depth += 1
        inside = (item.values() if isinstance(item, Mapping) else item for item in level)
        level = [child for children in inside for child in children]
    return depth


def _read(text: str) -> Sheet:
    sheet = read_yaml(text, path="person file")
    if sheet.root is None or sheet.problems:
        raise InvalidInput(sheet.problems)
    return sheet


def _bare(value: object) -> object:
    """The value with dates as text and tuples as lists."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _bare(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return value


def _changed(data: object, path: Sequence[str], value: object) -> object:
    """The data as it should be after the change."""
    if not path:
        return value
    step, rest = path[0], path[1:]
    data = copy.copy(data) if data is not None else ([] if step == END else {})
    if isinstance(data, dict):
        data[step] = _changed(data.get(step), rest, value)
    elif isinstance(data, list) and step == END:
        data.append(_changed(None, rest, value))
    elif isinstance(data, list) and step.isascii() and step.isdigit() and int(step) < len(data):
        data[int(step)] = _changed(data[int(step)], rest, value)
    else:
        what = "a list without such an item" if isinstance(data, list) else "a single value"
        raise UsageError(f"there is no {step!r} here: the file has {what}", hint=_BY_HAND)
    return data


def _splice(sheet: Sheet, path: Sequence[str], value: object) -> str:
    """The text with the change at the deepest place of the path that is there."""
    node, parents = sheet.root, list[Node]()
    assert node is not None
    for depth, step in enumerate(path):
        child = _child(node, step)
        if node.value is None:
            return _replace(sheet, node, parents, _nested(path[depth:], value))
        parents.append(node)
        if child is None:
            return _add(sheet, node, step, parents, _nested(path[depth + 1 :], value))
        node = child
    return _replace(sheet, node, parents, value)


def _child(node: Node, step: str) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(step)
    if not isinstance(node.value, list) or step == END:
        return None
    item: Node = node.value[int(step)]
    return item


def _nested(steps: Sequence[str], value: object) -> object:
    for step in reversed(steps):
        value = [value] if step == END else {step: value}
    return value


def _in_flow(sheet: Sheet, parents: Sequence[Node]) -> bool:
    return any(_is_flow(sheet, parent) for parent in parents)


def _is_flow(sheet: Sheet, node: Node) -> bool:
    return isinstance(node.value, dict | list) and sheet.text[node.start] in "[{"


def _replace(sheet: Sheet, node: Node, parents: Sequence[Node], value: object) -> str:
    """Put a value in the place of a node."""
    text = sheet.text
    below = isinstance(node.value, dict | list) and not _is_flow(sheet, node)
    under_key = isinstance(parents[-1].value, dict)
    if not under_key or not (below or node.value is None or isinstance(value, dict | list)):
        start = node.start
        return text[:start] + write_flow(value) + text[node.end :]
    colon = find_colon(text, node.key)
    inline = _in_flow(sheet, parents)
    column = sheet.place(node.key)[1] - 1
    return text[:colon] + _beside_or_below(value, column, node.key, colon, inline=inline) + text[node.end :]


def _beside_or_below(value: object, column: int, key: int, colon: int, *, inline: bool) -> str:
    """What follows a key's colon: one line where it is short or has to be, else lines below."""
    beside = f" {write_flow(value)}"
    nested = isinstance(value, dict | list) and bool(value)
    short = column + colon - key + len(beside) <= LONGEST_LINE and not _deep(value)
    if inline or not nested or short:
        return beside
    return "\n" + "\n".join(write_below(value, indent=column + 2))


def _deep(value: object) -> bool:
    children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return any(isinstance(child, dict | list) and child for child in children)


def _add(sheet: Sheet, node: Node, step: str, parents: Sequence[Node], value: object) -> str:
    """Put a new entry or item behind the last one of a collection."""
    children = list(node.value.values()) if isinstance(node.value, dict) else node.value
    assert isinstance(children, list)
    text = sheet.text
    entry = isinstance(node.value, dict)
    if _in_flow(sheet, parents):
        at = children[-1].end if children else node.start + 1
        new = f"{write_key(step)}: {write_flow(value)}" if entry else write_flow(value)
        return f"{text[:at]}{', ' if children else ''}{new}{text[at:]}"
    at = text.find("\n", children[-1].end)
    at = len(text) if at < 0 else at
    column = sheet.place(node.start)[1] - 1
    lines = write_block({step: value}, indent=column) if entry else (f"{' ' * column}- {write_flow(value)}",)
    return text[:at] + "".join(f"\n{line}" for line in lines) + text[at:]
