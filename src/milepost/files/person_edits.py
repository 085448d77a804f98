"""Changes to the text of a person file that keep its comments and order, and its exchange with JSON."""

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.representer import RoundTripRepresenter
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.nodes import Node, plain, resolve
from milepost.files.yaml_text import MOST_DEPTH, read_yaml

END = "-"
"""The step of a path that stands for a new item at the end of a list, as in JSON Pointer."""

LONGEST_FLOW = 140
"""Characters of Python data up to which a collection without further ones inside is written on one line."""

_BY_HAND = "Change this place in the file by hand."
_DAY = re.compile(r"\d{4}-\d\d-\d\d\Z", re.ASCII)
_TRUTHS = frozenset(("y", "n", "yes", "no", "on", "off"))
"""Words that readers of YAML 1.1 take for true or false."""

_SLIPS = (YAMLError, ValueError, LookupError, AttributeError, TypeError, AssertionError, NotImplementedError)
"""What ruamel raises on text or values that it cannot handle."""


def set_in_person_text(text: str, *, path: Sequence[str], value: object) -> str:
    """Change or add the value at a path of keys; comments, quotes and order stay.

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
    root = _read(text)
    if not path:
        raise UsageError("a change needs the path of a value", hint="Give at least one key.")
    value = _bare(value)
    expected = plain(root)
    box, step, rest = _find(expected, path)
    _store(box, step, _nested(rest, value))
    try:
        changed = _rewrite(text.removeprefix("\ufeff"), root, path, value)
    except _SLIPS:
        changed = ""
    after = read_yaml(changed, path="person file")
    if after.root is None or after.problems or plain(after.root) != expected:
        raise UsageError(f"{'.'.join(path)} cannot be changed safely where it stands", hint=_BY_HAND)
    return changed


def plain_number(value: float) -> float | int:
    """A number as a person writes it: without ``.0`` where it is whole.

    >>> plain_number(3.0), plain_number(2.5)
    (3, 2.5)
    """
    return int(value) if float(value).is_integer() else value


def person_to_document(text: str) -> dict[str, object]:
    """The data of a person file as JSON can hold it, dates as ISO text; raises ``InvalidInput``."""
    document = plain(_read(text))
    assert isinstance(document, dict)
    return document


def document_to_person_text(document: Mapping[str, object]) -> str:
    """YAML text of the data of a person file; ``person_to_document`` gives the same data back.

    Raises ``InvalidInput`` for data that a person file cannot hold, such as text with
    control characters.
    """
    if _depth(document) > MOST_DEPTH:
        raise _unfit(f"more than {MOST_DEPTH} levels inside each other")
    bare = _bare(document)
    try:
        text = _dump(_styled(bare, top=True))
    except _SLIPS as fault:
        raise _unfit("it holds a value that YAML cannot") from fault
    if plain(_read(text)) != bare:
        raise _unfit("it does not come back from YAML as it was")
    return text


def _unfit(message: str) -> InvalidInput:
    return InvalidInput([Problem("person file", 0, 0, "", message, "Check what wrote this document.")])


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


def _read(text: str) -> Node:
    sheet = read_yaml(text, path="person file")
    if sheet.root is None or sheet.problems:
        raise InvalidInput(sheet.problems)
    return sheet.root


def _bare(value: object) -> object:
    """The value with dates as text and tuples as lists."""
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {str(key): _bare(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_bare(item) for item in value]
    return value


def _find(data: object, path: Sequence[str]) -> tuple[object, str, Sequence[str]]:
    """The deepest collection on a path that is there, the step to take in it, and the steps behind."""
    for at, step in enumerate(path, start=1):
        child = _child(data, step)
        if child is None or at == len(path):
            return data, step, path[at:]
        data = child
    raise AssertionError("a path has at least one step")


def _child(data: object, step: str) -> object:
    if isinstance(data, dict):
        return data.get(step)
    if isinstance(data, list) and step == END:
        return None
    if isinstance(data, list) and step.isascii() and step.isdigit() and int(step) < len(data):
        return data[int(step)]
    what = "a list without such an item" if isinstance(data, list) else "a single value"
    raise UsageError(f"there is no {step!r} here: the file has {what}", hint=_BY_HAND)


def _store(box: object, step: str, value: object) -> None:
    if isinstance(box, dict):
        box[step] = value
    elif isinstance(box, list) and step == END:
        box.append(value)
    elif isinstance(box, list):
        box[int(step)] = value


def _nested(steps: Sequence[str], value: object) -> object:
    for step in reversed(steps):
        value = [value] if step == END else {step: value}
    return value


def _rewrite(text: str, root: Node, path: Sequence[str], value: object) -> str:
    """The text after ruamel has rewritten the smallest entry that holds the change.

    Why: a round trip of more than that would move comments that stand below the entry.
    """
    lines = text.splitlines(keepends=True)
    first, last, column, steps = _entry(root, path, lines)
    if lines and not lines[-1].endswith("\n"):
        lines[-1] += "\n"
    part = re.sub(f"(?m)^ {{0,{column}}}", "", "".join(lines[first:last]).replace("\r\n", "\n"))
    data = _yaml().load(part) if part else CommentedMap()
    box, step, rest = _find(data, path[steps:])
    _store(box, step, _styled(_nested(rest, value)))
    part = re.sub("(?m)^(?=.)", " " * column, _dump(data))
    if "\r\n" in text:
        part = part.replace("\n", "\r\n")
    return "".join((*lines[:first], part, *lines[last:]))


def _entry(root: Node, path: Sequence[str], lines: Sequence[str]) -> tuple[int, int, int, int]:
    """First line, line behind, column and steps above the deepest block entry on the path.

    A new key of the top level is an entry without lines at the end of the text.
    """
    if _is_flow(root, lines):
        return 0, len(lines), 0, 0
    first, last, column, steps = len(lines), len(lines), root.mark.column - 1, 0
    node = root
    for above, step in enumerate(path):
        if not isinstance(node.value, dict) or step not in node.value or _is_flow(node, lines):
            break
        keys = [child.key.line - 1 for child in node.value.values()]
        node = node.value[step]
        first, column, steps = node.key.line - 1, node.key.column - 1, above
        last = min((key for key in keys if key > first), default=last)
    below = re.compile(rf" {{0,{column}}}#|\s*\Z")
    while last > first + 1 and below.match(lines[last - 1]):
        last -= 1
    return first, last, column, steps


def _is_flow(node: Node, lines: Sequence[str]) -> bool:
    return lines[node.mark.line - 1][node.mark.column - 1 :].startswith("{")


class _Null:
    """An empty value that is written out; one that the file leaves empty stays empty."""


class _Representer(RoundTripRepresenter):
    """ruamel's own, with a word for an empty value."""


_Representer.add_representer(_Null, lambda out, _: out.represent_scalar("tag:yaml.org,2002:null", "null"))


def _yaml() -> YAML:
    yaml = YAML()
    yaml.Representer = _Representer
    yaml.preserve_quotes = True
    yaml.width = 1_000_000_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _dump(data: object) -> str:
    out = io.StringIO()
    _yaml().dump(data, out)
    return out.getvalue()


def _styled(value: object, *, top: bool = False) -> object:
    """Bare data as ruamel writes it well: short collections on one line, quotes where readers differ."""
    if isinstance(value, dict | list):
        children = list(value.values()) if isinstance(value, dict) else value
        nested = any(isinstance(child, dict | list) and child for child in children)
        styled: CommentedMap | CommentedSeq = CommentedSeq([_styled(child) for child in children])
        if isinstance(value, dict):
            styled = CommentedMap({_quoted(key): _styled(child) for key, child in value.items()})
        if not nested and not top and len(str(value)) <= LONGEST_FLOW:
            styled.fa.set_flow_style()
        return styled
    if value is None:
        return _Null()
    if isinstance(value, str):
        return _day(value) or _quoted(value)
    return value


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if _DAY.match(text) else None
    except ValueError:
        return None


def _quoted(text: str) -> str:
    """Text that is more than words in quotes, as far as ruamel might leave them out."""
    words = text[:1].isalnum() and "\n" not in text and text.lower() not in _TRUTHS
    return text if words and resolve(text) == text else DoubleQuotedScalarString(text)
