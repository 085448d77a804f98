"""A CV as plain text or Markdown."""

from collections.abc import Iterable
from pathlib import Path

from milepost.files.cv.entries import CvLine, CvText
from milepost.files.cv.layout import group_lines
from milepost.files.cv.limits import MOST_LINES, decode, refuse, too_large
from milepost.files.cv.limits import MOST_TEXT_BYTES as MOST


def read_plain(data: bytes, path: Path) -> CvText:
    """The entries of a text; raises ``InvalidInput`` for text that no CV is as long as, or none at all."""
    if len(data) > MOST:
        raise too_large(path, MOST)
    lines = decode(data, path).split("\n")
    if not any(line.strip() for line in lines):
        raise refuse(path, "the file holds no text", "Export or save the CV again.")
    if len(lines) > MOST_LINES:
        raise refuse(path, f"has {len(lines)} lines, which no CV has", "Give the CV alone.")
    return CvText("text", group_lines(_placed(lines)))


def _placed(lines: Iterable[str]) -> Iterable[CvLine]:
    return (CvLine(line.replace("\t", "  "), f"line {number}") for number, line in enumerate(lines, start=1))
