"""XML of a CV as a tree, without entities, within bounds of size and depth."""

import html
import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from milepost.files.cv.limits import MOST_TEXT_BYTES, refuse, too_large

MOST_ELEMENTS = 200_000
_BLOCK = re.compile(r"</?(?:p|br|li|ul|ol|div|tr|h[1-6])\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")


def parse_xml(data: bytes, path: Path, *, what: str = "the file") -> Element:
    """The root; raises ``InvalidInput`` for broken XML and for XML that defines entities, which no CV needs."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    if len(data) > MOST_TEXT_BYTES:
        raise too_large(path, MOST_TEXT_BYTES, what=what)
    try:
        root: Element = fromstring(data, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as fault:
        raise refuse(
            path,
            f"{what} defines entities of its own, as files do that attack their reader",
            "Export the CV again.",
        ) from fault
    except (ParseError, ValueError, LookupError, RecursionError) as fault:
        raise refuse(path, f"{what} is broken XML: {fault}", "Export or save the CV again.") from fault
    if sum(1 for _ in root.iter()) > MOST_ELEMENTS:
        raise refuse(
            path, f"{what} has more than {MOST_ELEMENTS} elements, which no CV has", "Give the CV alone."
        )
    return root


def name_of(element: Element) -> str:
    """The name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def named(element: Element, *names: str) -> Iterator[Element]:
    """All elements of these names anywhere below."""
    return (each for each in element.iter() if each is not element and name_of(each) in names)


def text_of(element: Element, *names: str) -> str:
    """The text of the first element of one of these names below that has any; "" without."""
    return next((text for each in named(element, *names) if (text := "".join(each.itertext()).strip())), "")


def unmarked_lines(text: str) -> list[str]:
    """The lines of a text that may hold HTML, as a reader sees them."""
    plain = _TAG.sub("", _BLOCK.sub("\n", html.unescape(text)))
    return [line for each in html.unescape(plain).split("\n") if (line := " ".join(each.split()))]
