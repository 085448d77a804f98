"""A person's CV, whatever they wrote it with, as entries with the place of every line.

One file for each format; all give one noun, ``CvText``. Names, addresses, birthdays, photographs, references,
connections and messages are not read out of a file, or dropped at once: least data.
"""

from milepost.files.cv.entries import CvEntry, CvLine, CvText, Part, Span
from milepost.files.cv.reading import read_cv

__all__ = ["CvEntry", "CvLine", "CvText", "Part", "Span", "read_cv"]
