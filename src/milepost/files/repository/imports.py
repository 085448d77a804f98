"""The packages that a file of code names, each with the line that does: Python by its grammar, others by their import lines."""

import ast
import json
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import NamedTuple

MOST_LINE = 1000
"""Signs of a line that are looked at."""

ENDINGS: Mapping[str, str] = {
    **dict.fromkeys(("py", "pyi", "pyw", "ipynb"), "python"),
    **dict.fromkeys(("js", "jsx", "mjs", "cjs", "ts", "tsx", "mts", "vue", "svelte"), "javascript"),
    "go": "go",
    **dict.fromkeys(("java", "scala", "sc", "kt", "kts", "groovy"), "jvm"),
    "rs": "rust",
    **dict.fromkeys(("c", "h", "cc", "cpp", "cxx", "hpp", "hh", "hxx", "cu", "cuh"), "c"),
    **dict.fromkeys(("r", "rmd"), "r"),
}
"""Endings of files, and how packages are named in them."""


class Named(NamedTuple):
    """A module that a file names, and the line, counted from 1."""

    module: str
    line: int


_STRINGS = re.compile(r'("""|\'\'\').*?\1', re.DOTALL)
_PYTHON = re.compile(
    r"^[ \t]*(?:from[ \t]+([A-Za-z_][\w.]*)[ \t]+import[ \t]*\(?([^\n#;]*)|import[ \t]+([^\n#;]+))",
    re.MULTILINE,
)
_OTHERS: Mapping[str, re.Pattern[str]] = {
    "javascript": re.compile(
        r"""^[^\n"'`]{0,200}?(?:\bfrom[ \t]+|\bimport[ \t]+|\brequire\([ \t]*|\bimport\([ \t]*)["']([^"'\n.][^"'\n]{0,200})["']""",
        re.MULTILINE,
    ),
    "go": re.compile(
        r'^[ \t]*(?:import[ \t]+)?(?:[\w.]+[ \t]+)?"([\w./~-]{1,200})"[ \t]*(?://.*)?$', re.MULTILINE
    ),
    "jvm": re.compile(r"^[ \t]*import[ \t]+(?:static[ \t]+)?([\w.]{1,200})", re.MULTILINE),
    "rust": re.compile(
        r"^[ \t]*(?:pub[ \t]+)?(?:use|extern[ \t]+crate)[ \t]+(?:::)?([\w:]{1,200})", re.MULTILINE
    ),
    "c": re.compile(r'^[ \t]*#[ \t]*include[ \t]*[<"]([^>"\n]{1,200})[>"]', re.MULTILINE),
    "r": re.compile(
        r"^[^#\n]{0,100}?\b(?:library|require|requireNamespace)\([ \t]*[\"']?([\w.]{1,100})|^[^#\n]{0,200}?\b([\w.]{2,60})::\w",
        re.MULTILINE,
    ),
}


def ecosystem_of(path: str) -> str:
    """How packages are named in a file, by its ending; empty where it is no code that can be read."""
    return ENDINGS.get(ending_of(path), "")


def ending_of(path: str) -> str:
    """The ending of a file in small letters, without the dot."""
    return PurePosixPath(path).suffix[1:].casefold()


def read_imports(ecosystem: str, text: str, *, grammar: bool = True) -> tuple[Named, ...]:
    """Every module that the text names, each once with its first line, in order of line.

    Python is parsed; text that does not parse (Python 2, unfinished work), and all text
    where ``grammar`` is false, is read line by line, strings of several lines left out.
    """
    first: dict[str, int] = {}
    for named in _python(text, grammar=grammar) if ecosystem == "python" else _lines(ecosystem, text):
        first.setdefault(named.module, named.line)
    return tuple(
        sorted((Named(module, line) for module, line in first.items()), key=lambda n: (n.line, n.module))
    )


def _lines(ecosystem: str, text: str) -> Iterator[Named]:
    pattern = _OTHERS.get(ecosystem)
    if pattern is None:
        return
    for line, match in _matches(pattern, text):
        module = next((group for group in match.groups() if group), "")
        yield Named(module.strip(":"), line)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Every match with the line where it ends; lines are counted along, not each time from the top."""
    line, at = 1, 0
    for match in pattern.finditer(text):
        line, at = line + text.count("\n", at, match.end()), match.end()
        yield line, match


def _python(text: str, *, grammar: bool) -> list[Named]:
    rough = list(_python_lines(text))
    if not grammar or not rough:
        return rough
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return rough
    return [named for node in _statements(tree) for named in _of_node(node)]


def _statements(tree: ast.Module) -> Iterator[ast.stmt]:
    """Every statement, in no deep recursion: expressions hold no imports."""
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        yield node
        for name in ("body", "orelse", "finalbody", "handlers", "cases"):
            waiting.extend(getattr(node, name, ()) or ())


def _of_node(node: ast.stmt) -> Iterator[Named]:
    if isinstance(node, ast.Import):
        for name in node.names:
            yield Named(name.name, node.lineno)
    elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
        yield Named(node.module, node.lineno)
        for name in node.names:
            yield Named(f"{node.module}.{name.name}", node.lineno)


def _python_lines(text: str) -> Iterator[Named]:
    bare = _STRINGS.sub(lambda match: "\n" * match.group().count("\n"), text) if "import" in text else ""
    for line, match in _matches(_PYTHON, bare):
        if match.group(1):
            yield Named(match.group(1), line)
            for name in match.group(2).strip("() \t\\").split(","):
                if name.strip():
                    yield Named(f"{match.group(1)}.{name.split()[0]}", line)
        else:
            for name in match.group(3).split(","):
                if name.strip():
                    yield Named(name.split()[0], line)


class Cells(NamedTuple):
    """The code of a notebook as one text; line n stands in ``places[n − 1]``, such as "cell 3, line 2"."""

    text: str
    places: tuple[str, ...]


def read_notebook(data: bytes) -> Cells | None:
    """The Python code cells of a notebook; None where it is not a notebook that can be read. Outputs are not looked at."""
    try:
        document = json.loads(data)
    except (ValueError, RecursionError):
        return None
    if not isinstance(document, dict) or not isinstance(document.get("cells"), list):
        return None
    lines: list[str] = []
    places: list[str] = []
    for number, cell in enumerate(document["cells"], start=1):
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            for inner, line in enumerate(_source(cell.get("source")), start=1):
                lines.append("" if line.lstrip().startswith(("%", "!", "?")) else line)
                places.append(f"cell {number}, line {inner}")
    return Cells("\n".join(lines), tuple(places))


def _source(value: object) -> list[str]:
    if isinstance(value, list):
        value = "".join(part for part in value if isinstance(part, str))
    return value.split("\n") if isinstance(value, str) else []
