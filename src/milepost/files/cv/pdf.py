"""A CV as PDF, read in a process of its own: a broken or hostile file costs its bounds and nothing else."""

import json
import subprocess
import sys
from pathlib import Path

from milepost.files.cv.entries import CvLine, CvText
from milepost.files.cv.layout import group_lines
from milepost.files.cv.limits import refuse

SECONDS = 20.0
"""How long reading may take; the largest sample CV takes half a second."""
FEWEST_CHARACTERS = 40
_COPY = "copy its text into a .txt file"
_WORDS = {
    "locked": ("is encrypted", f"Save it again without a password, or {_COPY}."),
    "broken": ("is broken: no reader of PDF can make sense of it", f"Save it again, or {_COPY}."),
    "large": (
        "needs more memory or time than a CV may take",
        f"Print it into a new PDF, or {_COPY}.",
    ),
    "scan": (
        "its pages are pictures without text (a scan)",
        f"Run text recognition (OCR) over it, or {_COPY}.",
    ),
}


def read_pdf(path: Path, *, seconds: float = SECONDS) -> CvText:
    """The entries of a PDF, or of the Europass XML attached to it; raises ``InvalidInput`` where neither is there."""
    found = _read_apart(path, seconds)
    said = found.get("fault")
    xml = found.get("europass")
    if isinstance(xml, str):
        from milepost.files.cv.europass import read_europass

        return read_europass(xml.encode(), path)
    pages = found.get("pages")
    if said in _WORDS or not isinstance(pages, list):
        raise refuse(path, *_WORDS[said if isinstance(said, str) and said in _WORDS else "broken"])
    lines = [
        CvLine(text, f"page {page}, line {number}", url)
        for page, each in enumerate(pages, start=1)
        for number, (text, url) in enumerate(each, start=1)
    ]
    if sum(len(line.text.strip()) for line in lines) < FEWEST_CHARACTERS:
        raise refuse(path, *_WORDS["scan"])
    notes = ("Only its first pages were read.",) if found.get("cut") else ()
    return CvText("pdf", group_lines(lines), notes)


def _read_apart(path: Path, seconds: float) -> dict[str, object]:
    """What the child process found; ``fault`` where it ended badly or was ended."""
    command = [sys.executable, "-m", "milepost.files.cv.pdf_pages", str(path.resolve())]
    try:
        ran = subprocess.run(  # noqa: S603 - a module of our own; the path is one argument
            command, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        return {"fault": "large"}
    try:
        found = json.loads(ran.stdout)
    except ValueError:  # it was ended by its own bounds of memory or processor time
        return {"fault": "large"}
    return found if isinstance(found, dict) else {"fault": "broken"}
