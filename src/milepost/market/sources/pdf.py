"""Advertisements saved as PDF: the text of their pages, or why there is none and what to do."""

import logging
from pathlib import Path

from pypdf import PdfReader
from pypdf.errors import DependencyError

from milepost.market.sources.drafts import Refused

_MOST_PAGES = 50
_FEWEST_CHARACTERS = 40
_SCANNED = "the pages are pictures without text (a scan); run text recognition over it, or save the page as text or HTML"
_LOCKED = "the file is encrypted; save it again without a password, or copy its text into a .txt file"
_BROKEN = "the file is broken ({}); save the advertisement again, or copy its text into a .txt file"


def read_pdf(path: Path) -> str | Refused:
    """The text of the first fifty pages, a line a line of the page."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            return Refused(_LOCKED)
        pages = [page.extract_text() for page in reader.pages[:_MOST_PAGES]]
    except DependencyError:
        return Refused(_LOCKED)
    except RecursionError:
        return Refused(_BROKEN.format("its pages go round in circles"))
    except Exception as error:  # noqa: BLE001 - a broken PDF breaks pypdf in any way
        return Refused(_BROKEN.format(type(error).__name__))
    text = "\n\n".join(pages)
    return text if len(text.strip()) >= _FEWEST_CHARACTERS else Refused(_SCANNED)
