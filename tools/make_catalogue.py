"""Collect every message of the web app into its template, and bring the languages up to date with it.

python tools/make_catalogue.py          write the template and every language
python tools/make_catalogue.py --check  say what would change, and fail
"""

import ast
import sys
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parent.parent
SOURCE = ROOT / "src" / "milepost"
LOCALE = SOURCE / "web" / "locale"
PYTHON = ("web", "workflows", "model", "pictures", "publish", "year")
SHARED = ("gaps.html.j2", "basis.html.j2", "plan.html.j2")
"""The templates of published pages that pages of the app include."""
KEYWORDS: Mapping[str, tuple[int, ...] | None] = {
    "gettext": None,
    "_": None,
    "marked": None,
    "ngettext": (1, 2),
}


def extract_python(
    file: IO[bytes],
    keywords: Collection[str],
    comment_tags: object,  # noqa: ARG001 - Babel's signature
    options: object,  # noqa: ARG001
) -> Iterator[tuple[int, str, str | tuple[str, ...], list[str]]]:
    """Messages of a Python file. Why not Babel's own: it overlooks calls inside calls and inside f-strings."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            said = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if said:
                yield node.lineno, node.func.id, said[0] if len(said) == 1 else tuple(said), []


def sources() -> Iterator[tuple[Path, Any]]:
    """Every file with messages, and the way to read it."""
    for package in PYTHON:
        for path in sorted((SOURCE / package).rglob("*.py")):
            yield path, extract_python
    for path in sorted((SOURCE / "web" / "templates").glob("*.j2")):
        yield path, "jinja2.ext:babel_extract"
    for name in SHARED:
        yield SOURCE / "publish" / "templates" / name, "jinja2.ext:babel_extract"


def extract() -> Catalog:
    """The template: every message with the files that say it, in the order of its text."""
    found = Catalog(project="Milepost", charset="utf-8")
    for path, method in sources():
        where = path.relative_to(SOURCE).as_posix()
        rows = extract_from_file(method, path, keywords=KEYWORDS, options={"newstyle_gettext": "true"})
        for _, message, _, _ in rows:
            if message and (message[0] if isinstance(message, tuple) else message):
                found.add(message, locations=[(where, 0)])
    return found


def written(catalog: Catalog) -> str:
    """A catalogue as text, without dates: the same messages give the same bytes."""
    out = BytesIO()
    write_po(out, catalog, sort_output=True, include_lineno=False, omit_header=False, width=110)
    lines = out.getvalue().decode().split("\n")
    skipped = (
        '"POT-Creation-Date',
        '"PO-Revision-Date',
        '"Last-Translator',
        '"Generated-By',
        '"Report-Msgid',
    )
    return "\n".join(
        line
        for line in lines
        if not line.startswith(skipped) and (not line.startswith("#") or line[:2] in ("#:", "#,", "#~", "#|"))
    ).lstrip("\n")


def main() -> int:
    """Write the catalogues, or compare them."""
    template = extract()
    wanted = {LOCALE / "messages.pot": written(template)}
    for path in sorted(LOCALE.glob("*/messages.po")):
        with path.open("rb") as handle:
            language = read_po(handle, locale=path.parent.name)
        language.update(template, no_fuzzy_matching=True, update_header_comment=False)
        language.obsolete.clear()
        wanted[path] = written(language)
    stale = [
        path for path, text in wanted.items() if not path.exists() or path.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv:
        print("\n".join(f"{path.relative_to(ROOT)} is not up to date" for path in stale))
        return bool(stale)
    for path in stale:
        path.write_text(wanted[path], encoding="utf-8")
        print(f"wrote {path.relative_to(ROOT)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
