"""``python -m milepost.files.cv.pdf_pages FILE``: the text of a PDF's pages as JSON, in bounded memory.

Why a process of its own: a PDF can be made to take for ever, or all memory there is.
"""

import json
import logging
import sys
from contextlib import suppress

MOST_PAGES = 60
MOST_TEXT = 2_000_000
MOST_MEMORY = 2 << 30


def main(path: str) -> None:
    """Print ``[fault, pages]``; the fault is empty where the pages could be read."""
    from pypdf import PdfReader

    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    fault, pages = "", []
    try:
        reader = PdfReader(path)
        if reader.is_encrypted and not reader.decrypt(""):
            fault = "is encrypted"
        else:
            pages = [(page.extract_text() or "")[:MOST_TEXT] for page in reader.pages[:MOST_PAGES]]
    except BaseException as error:  # noqa: BLE001 - a broken PDF breaks pypdf in any way
        fault = f"is broken ({type(error).__name__})"
    sys.stdout.write(json.dumps([fault, pages]))


if __name__ == "__main__":
    main(sys.argv[1])
