"""The pages for readers name only what is there: files, functions, values and links."""

import ast
import re
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "milepost"
PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").rglob("*.md")])
TOUR = (ROOT / "docs" / "tour.md").read_text(encoding="utf-8")
SECTIONS = TOUR.split("\n## ")[1:]

CODE_BLOCK = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
TICKED = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\(([^)\s]+)\)")
FILE = re.compile(r"[\w./-]+\.py")
FUNCTION = re.compile(r"(\w+)\(\)")
VALUE = re.compile(r"(?:[A-Z][a-z]+)+")


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def prose_of(page: Path) -> str:
    return CODE_BLOCK.sub("", page.read_text(encoding="utf-8"))


def ticked(text: str, pattern: re.Pattern[str]) -> list[str]:
    found = (pattern.fullmatch(word) for word in TICKED.findall(text))
    return [match[match.lastindex or 0] for match in found if match]


@cache
def defined_in(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Functions (methods included) and classes of one file."""
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    functions = {node.name for node in nodes if isinstance(node, ast.FunctionDef)}
    return frozenset(functions), frozenset(node.name for node in nodes if isinstance(node, ast.ClassDef))


def files_of(text: str) -> list[Path]:
    return [SOURCE / name for name in ticked(text, FILE)]


def anchor(heading: str) -> str:
    """The address that a forge gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def anchors_of(page: Path) -> set[str]:
    return {anchor(found) for found in re.findall(r"^#+ (.+)$", prose_of(page), re.MULTILINE)}


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.partition("\n")[0])
def test_every_section_of_the_tour_names_files_that_exist(section):
    assert files_of(section.partition("\n")[0]), "the heading names no file"
    assert [name_of(path) for path in files_of(section) if not path.is_file()] == []


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.partition("\n")[0])
def test_every_function_of_the_tour_is_defined_in_a_file_of_its_section(section):
    known = {name for path in files_of(section) for name in defined_in(path)[0]}
    assert sorted(set(ticked(section, FUNCTION)) - known) == []


def test_every_value_of_the_tour_is_a_class_of_the_code():
    known = {name for path in SOURCE.rglob("*.py") for name in defined_in(path)[1]}
    assert sorted(set(ticked(TOUR.partition("\n## ")[2], VALUE)) - known) == []


def test_the_tour_says_what_every_step_before_printing_passes_on():
    silent = [section.partition("\n")[0] for section in SECTIONS[:-2] if "**Passes on:**" not in section]
    assert silent == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_relative_link_and_picture_leads_somewhere(page):
    broken = []
    for link in LINK.findall(prose_of(page)):
        target, _, part = link.partition("#")
        if "://" in target:
            continue
        place = (page.parent / target).resolve() if target else page
        if not place.exists() or (part and part not in anchors_of(place)):
            broken.append(link)
    assert broken == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_every_source_file_that_a_page_names_exists(page):
    names = ticked(prose_of(page), FILE)
    places = [(ROOT / name, SOURCE / name) for name in names]
    assert [name_of(first) for first, second in places if not (first.is_file() or second.is_file())] == []


@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_no_page_sends_the_reader_outside_the_project(page):
    text = page.read_text(encoding="utf-8")
    assert "../shared" not in text
    assert "research/" not in text


def test_the_decisions_are_numbered_without_a_gap_and_listed_in_the_readme():
    decisions = sorted((ROOT / "docs" / "decisions").glob("*.md"))
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    assert [path.name[:4] for path in decisions] == [
        f"{number:04}" for number in range(1, len(decisions) + 1)
    ]
    for path in decisions:
        text = path.read_text(encoding="utf-8")
        assert text.startswith(f"# {path.name[:4]} "), path.name
        assert f"docs/decisions/{path.name}" in readme
        for part in ("**Context.**", "**Decision.**", "**Because**", "**Consequence.**"):
            assert part in text, f"{path.name} lacks {part}"
