"""The child process of ``pdf``: prints the lines of the pages of one PDF as JSON, within bounds of memory and time."""

import json
import logging
import sys
from collections.abc import Iterator, Sequence

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError

MOST_PAGES = 30
MOST_CHARACTERS = 400_000
MOST_MEMORY_BYTES = 1_500_000_000
MOST_PROCESSOR_SECONDS = 30
MOST_LINKS = 400
_NEAR = 3.0
"""Points by which text may stand beside the area of its link."""

Lines = list[tuple[str, str]]


def read_pages(path: str) -> dict[str, object]:
    """The lines of every page with the addresses that they link to, and attached Europass XML; or a ``fault``."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        return _read(PdfReader(path))
    except DependencyError:
        return {"fault": "locked"}
    except MemoryError:
        return {"fault": "large"}
    except Exception:  # noqa: BLE001 - a broken PDF breaks pypdf in any way
        return {"fault": "broken"}


def _read(reader: PdfReader) -> dict[str, object]:
    if reader.is_encrypted and not reader.decrypt(""):
        return {"fault": "locked"}
    attached = _europass(reader)
    if attached is not None:
        return {"europass": attached}
    pages: list[Lines] = []
    room = MOST_CHARACTERS
    for page in reader.pages[:MOST_PAGES]:
        lines = _lines(page)
        room -= sum(len(text) for text, _ in lines)
        if room < 0:
            return {"pages": pages, "cut": True} if pages else {"fault": "large"}
        pages.append(lines)
    return {"pages": pages, "cut": len(reader.pages) > MOST_PAGES}


def _europass(reader: PdfReader) -> str | None:
    """The XML that a Europass PDF carries; None where it carries none."""
    try:
        for files in reader.attachments.values():
            for data in files:
                if b"europass" in data[:2000].lower() and data.lstrip()[:1] == b"<":
                    return str(data.decode("utf-8", "replace"))
    except Exception:  # noqa: BLE001 - what hangs on a PDF may be broken while its pages are not
        return None
    return None


def _lines(page: PageObject) -> Lines:
    """The lines of a page in the order of its columns, each with the address that text in it links to."""
    links = list(_links(page))
    shown = [""] * len(links)

    def visit(text: str, cm: Sequence[float], tm: Sequence[float], _font: object, _size: object) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        for number, (_, (left, low, right, high)) in enumerate(links):
            if left - _NEAR <= x <= right + _NEAR and low - _NEAR <= y <= high + _NEAR:
                shown[number] += text

    text = page.extract_text(visitor_text=visit) if links else page.extract_text()
    lines = text.split("\n")
    urls = [""] * len(lines)
    for (url, _), words in zip(links, shown, strict=True):
        said = words.strip().split("\n")[0].strip()
        at = next((at for at, line in enumerate(lines) if said and said in line and not urls[at]), None)
        if at is not None:
            urls[at] = url
    return list(zip(lines, urls, strict=True))


def _links(page: PageObject) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    for number, each in enumerate(page.get("/Annots") or ()):
        if number >= MOST_LINKS:
            return
        note = each.get_object()
        url = str((note.get("/A") or {}).get("/URI") or "")
        if url.startswith(("http://", "https://")) and "/Rect" in note:
            left, low, right, high = (float(value) for value in note["/Rect"])
            yield url, (left, low, right, high)


def _bound() -> None:
    """Bounds that the system enforces; where it has none (Windows), the parent's clock remains."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in (
        (resource.RLIMIT_AS, MOST_MEMORY_BYTES),
        (resource.RLIMIT_CPU, MOST_PROCESSOR_SECONDS),
    ):
        try:
            resource.setrlimit(kind, (most, most))
        except (ValueError, OSError):
            continue


if __name__ == "__main__":
    _bound()
    sys.stdout.write(json.dumps(read_pages(sys.argv[1])))
