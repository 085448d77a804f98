"""schema.org JobPosting in saved pages, as JSON-LD or as microdata."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag

from milepost.market.sources.drafts import Draft
from milepost.market.sources.job_posting import is_posting, posting
from milepost.market.sources.page import element_text

_DEEPEST = 12


def postings_in(soup: BeautifulSoup) -> tuple[Draft, ...]:
    """Every JobPosting of a page that has a description; JSON-LD first, microdata where there is none."""
    found = tuple(draft for node in _json_nodes(soup) for draft in [posting(node)] if draft.text)
    return found or tuple(draft for node in _microdata(soup) for draft in [posting(node)] if draft.text)


def _json_nodes(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    for script in soup.find_all("script", attrs={"type": re.compile("ld\\+json", re.IGNORECASE)}):
        raw = script.string or script.get_text()
        try:
            content = json.loads(raw.strip().rstrip(";"), strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _nodes(content, 0)


def _nodes(content: object, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth > _DEEPEST:
        return
    if isinstance(content, list):
        for item in content:
            yield from _nodes(item, depth + 1)
    elif isinstance(content, dict):
        if is_posting(content):
            yield content
            return
        for value in content.values():
            if isinstance(value, dict | list):
                yield from _nodes(value, depth + 1)


def _microdata(soup: BeautifulSoup) -> Iterator[Mapping[str, Any]]:
    for item in soup.select('[itemtype$="/JobPosting"], [itemtype$="/JobPosting/"]'):
        yield _properties(item, 0)


def _properties(item: Tag, depth: int) -> dict[str, Any]:
    """The properties of an item; those of items inside of it stay with these."""
    found: dict[str, Any] = {}
    stack = [child for child in reversed(item.contents) if isinstance(child, Tag)]
    while stack:
        element = stack.pop()
        nested = "itemscope" in element.attrs
        for name in str(element.get("itemprop") or "").split():
            value = _properties(element, depth + 1) if nested and depth < _DEEPEST else _content(element)
            found.setdefault(name, value)
        if not nested:
            stack.extend(child for child in reversed(element.contents) if isinstance(child, Tag))
    return found


def _content(element: Tag) -> str:
    for name in ("content", "datetime"):
        if element.get(name):
            return str(element[name])
    return element_text(element)
