"""Saved web pages: schema.org JobPosting where a page has one, else its heading and its main text as lines."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bs4 import BeautifulSoup
from bs4.element import (
    Comment,
    Declaration,
    Doctype,
    NavigableString,
    PageElement,
    ProcessingInstruction,
    Tag,
)

_DROPPED_WORDS = """
aside audio button canvas dialog embed footer form head iframe input map nav noscript object option
picture script select style svg template textarea video
"""
_DROPPED = frozenset(_DROPPED_WORDS.split())
_BLOCKS_WORDS = """
address article blockquote body center dd details div dl dt fieldset figcaption figure h1 h2 h3 h4
h5 h6 header hr html li main ol p pre section summary table tbody td tfoot th thead tr ul
"""
_BLOCKS = frozenset(_BLOCKS_WORDS.split())
_APART_WORDS = """
article blockquote h1 h2 h3 h4 h5 h6 header hr ol p pre section table ul
"""
_APART = frozenset(_APART_WORDS.split())
"""Blocks with an empty line before and after; the other blocks only end a line."""
_UNWRITTEN = (Comment, Declaration, Doctype, ProcessingInstruction)
_SPACE = re.compile(r"[ \t\r\n\f\v\xa0]+")
_EMPTY_LINES = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
_LONE_BULLET = re.compile(r"(\n- )\s+")
_SCRIPT_NOTICE = re.compile(
    r"(?:enable|activate|turn on|requires?|without|need) (?:your )?java ?script|java ?script (?:is|must be|to be|needs to be|"
    r"has been|appears to be) (?:disabled|enabled|required|turned)|accept (?:all )?cookies|we use cookies",
    re.IGNORECASE,
)
_LONGEST_NOTICE = 200
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_LEAST_SHARE = 0.3
_LEAST_CHARACTERS = 250


@dataclass(frozen=True, slots=True)
class Page:
    """What a page says about itself, and its main text, one paragraph or item a line."""

    heading: str
    titles: tuple[str, ...]
    site: str
    text: str


def parse_page(markup: str) -> BeautifulSoup:
    """The tree of a page or of a piece of one."""
    return BeautifulSoup(markup, "html.parser")


def read_page(soup: BeautifulSoup) -> Page:
    """The first heading, the titles of a page (its own and the one for sharing), its site, and its main text."""
    heading = soup.find("h1")
    return Page(
        heading=_SPACE.sub(" ", heading.get_text(" ")).strip() if heading else "",
        titles=tuple(filter(None, (_title(soup), _meta(soup, "og:title")))),
        site=_meta(soup, "og:site_name"),
        text=_main_text(soup),
    )


def markup_text(markup: str) -> str:
    """The text of a piece of HTML: headings and paragraphs on their own lines, list items as bullets.

    >>> markup_text("<h2>What you bring</h2><ul><li>Python<li>SQL</ul>")
    'What you bring\\n\\n- Python\\n- SQL'
    """
    return element_text(parse_page(markup))


def element_text(root: Tag) -> str:
    """The text below one element as lines."""
    pieces: list[str] = []
    for piece in _pieces(root):
        if piece == "\n" and pieces and pieces[-1].endswith("\n\n"):
            continue
        pieces.append(piece)
    text = _EMPTY_LINES.sub("\n\n", _LONE_BULLET.sub(r"\1", "".join(pieces)))
    lines = (line.strip() for line in text.split("\n"))
    kept = (line for line in lines if line not in {"-", "|"} and not _is_notice(line))
    return _EMPTY_LINES.sub("\n\n", "\n".join(kept)).strip()


def _is_notice(line: str) -> bool:
    return len(line) <= _LONGEST_NOTICE and _SCRIPT_NOTICE.search(line) is not None


def _pieces(root: Tag) -> Iterator[str]:
    """Text and line breaks in order; a stack instead of recursion, since pages nest as deep as they like."""
    stack: list[PageElement | str] = [root]
    while stack:
        element = stack.pop()
        if isinstance(element, str) and not isinstance(element, NavigableString):
            yield element
        elif isinstance(element, NavigableString):
            if not isinstance(element, _UNWRITTEN):
                yield _SPACE.sub(" ", element)
        elif isinstance(element, Tag) and _is_shown(element):
            stack.extend(_opened(element))


def _opened(element: Tag) -> list[PageElement | str]:
    """What stands for an element, last piece first."""
    around = "\n\n" if element.name in _APART else "\n" if element.name in _BLOCKS else ""
    if element.name == "br":
        return ["\n"]
    inside: list[PageElement | str] = list(reversed(element.contents))
    if element.name == "li":
        return [*inside, "\n- "]
    if element.name in {"td", "th"}:
        return [" ", *inside]
    return [around, *inside, around] if around else inside


def _is_shown(element: Tag) -> bool:
    if element.name in _DROPPED:
        return False
    return "hidden" not in element.attrs and not _HIDDEN.search(str(element.attrs.get("style") or ""))


def _main_text(soup: BeautifulSoup) -> str:
    """The text of the main part where a page marks one and it holds a fair share of the whole."""
    whole = element_text(soup)
    for part in ("article", "main"):
        for found in soup.find_all(part):
            text = element_text(found)
            if len(text) >= max(_LEAST_CHARACTERS, _LEAST_SHARE * len(whole)):
                return text
    return whole


def _title(soup: BeautifulSoup) -> str:
    title = soup.find("title")
    return _SPACE.sub(" ", title.get_text()).strip() if title else ""


def _meta(soup: BeautifulSoup, name: str) -> str:
    found = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    return str(found.get("content") or "").strip() if isinstance(found, Tag) else ""
