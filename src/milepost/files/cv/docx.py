"""A CV as DOCX: paragraphs, tables, text boxes and links in the order of the document.

Why not python-docx: it passes over text boxes and content controls, in which many templates of CVs keep half
of their text, and its parser has no bounds.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from xml.etree.ElementTree import Element
from zipfile import ZipFile

from milepost.files.cv.entries import CvLine, CvText
from milepost.files.cv.headings import part_of
from milepost.files.cv.layout import group_lines, is_bullet
from milepost.files.cv.limits import MOST_LINES, refuse, unpack
from milepost.files.cv.xml_text import name_of, parse_xml

LONGEST_LABEL = 40
"""Characters of the first cell of a row up to which it labels or dates the second."""
MOST_DEPTH = 60
"""Elements inside each other; tables in text boxes in tables need some twenty."""
_DOCUMENT, _LINKS = "word/document.xml", "word/_rels/document.xml.rels"
_SCAN = "holds pictures but no text"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def read_docx(packed: ZipFile, path: Path) -> CvText:
    """The entries of a Word document; raises ``InvalidInput`` where it is broken or has no text."""
    root = parse_xml(unpack(packed, _DOCUMENT, path) or b"", path, what=_DOCUMENT)
    links = _read_links(unpack(packed, _LINKS, path), path)
    lines = list(_numbered(_blocks(root, links, 0), path))
    if not any(line.text.strip() for line in lines):
        raise refuse(path, _SCAN, "Run text recognition over it, or copy its text into a .txt file.")
    return CvText("docx", group_lines(lines, wrapped=False))


def _read_links(data: bytes | None, path: Path) -> Mapping[str, str]:
    if data is None:
        return {}
    found = (each.attrib for each in parse_xml(data, path, what=_LINKS).iter())
    return {each["Id"]: each["Target"] for each in found if {"Id", "Target"} <= each.keys()}


def _numbered(blocks: Iterator[tuple[str, str]], path: Path) -> Iterator[CvLine]:
    for number, (text, url) in enumerate(blocks, start=1):
        if number > MOST_LINES:
            raise refuse(
                path, f"has more than {MOST_LINES} paragraphs, which no CV has", "Give the CV alone."
            )
        yield CvLine(text, f"paragraph {number}", url)


def _blocks(element: Element, links: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
    """The paragraphs below an element, each with the first address that it links to."""
    if depth > MOST_DEPTH:
        return
    for child in element:
        name = name_of(child)
        if name == "p":
            yield from _paragraph(child, links, depth)
        elif name == "tr":
            yield from _row(child, links, depth)
        elif name != "Fallback":  # the same text box again, for readers of 2007
            yield from _blocks(child, links, depth + 1)


def _paragraph(paragraph: Element, links: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
    boxes: list[Element] = []
    text, urls = _inline(paragraph, links, boxes, 0)
    bullet = "• " if any(name_of(each) == "numPr" for each in paragraph.iter()) or _is_list(paragraph) else ""
    for at, line in enumerate(text.split("\n")):
        yield (
            (bullet + line if line.strip() and not is_bullet(line) else line),
            (urls[0] if urls and not at else ""),
        )
    for box in boxes:
        yield from _blocks(box, links, depth + 1)


def _is_list(paragraph: Element) -> bool:
    styles = (each.get(f"{_W}val", "") for each in paragraph.iter() if name_of(each) == "pStyle")
    return any("list" in style.lower() for style in styles)


def _inline(
    element: Element, links: Mapping[str, str], boxes: list[Element], depth: int
) -> tuple[str, list[str]]:
    """The text of a paragraph; text boxes that hang on it are put aside, they are paragraphs of their own."""
    pieces: list[str] = []
    urls: list[str] = []
    for child in element if depth <= MOST_DEPTH else ():
        name = name_of(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name == "tab":
            pieces.append("  ")
        elif name in {"br", "cr"}:
            pieces.append("\n")
        elif name == "noBreakHyphen":
            pieces.append("-")
        elif name == "txbxContent":
            boxes.append(child)
        elif name not in {"Fallback", "delText", "instrText", "pPr", "rPr"}:
            target = links.get(child.get(f"{_R}id", ""), "") if name == "hyperlink" else ""
            urls += [target] if target.startswith(("http://", "https://")) else []
            text, more = _inline(child, links, boxes, depth + 1)
            pieces.append(text)
            urls += more
    return "".join(pieces), urls


def _row(row: Element, links: Mapping[str, str], depth: int) -> Iterator[tuple[str, str]]:
    """A row of short cells is one line, as a reader takes it; cells with more in them are read one by one."""
    cells = [list(_blocks(cell, links, depth + 1)) for cell in row if name_of(cell) in {"tc", "sdt"}]
    filled = [inside for cell in cells if (inside := [line for line in cell if line[0].strip()])]
    if not filled or part_of(filled[0][0][0]) is not None or len(filled) == 1:
        for cell in cells:
            yield from cell
            yield "", ""
        return
    labelled = len(filled[0]) == 1 and len(filled[0][0][0]) <= LONGEST_LABEL
    if all(len(cell) == 1 for cell in filled) or (labelled and len(filled) == 2):
        label = filled[0][0][0].strip()
        sign = ": " if labelled and not any(map(str.isdigit, label)) else "  |  "
        url = next((line[1] for cell in filled for line in cell[:1] if line[1]), "")
        yield label + sign + "  |  ".join(cell[0][0].strip() for cell in filled[1:]), url
        yield from filled[1][1:] if len(filled) == 2 else ()
        return
    for cell in filled:
        yield from cell
        yield "", ""
