"""What a CV says: its lines with their places, and the entries that a format marks as such."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """The part of a CV that a line stands in."""

    SKILLS = "skills"
    WORK = "work"
    PROJECTS = "projects"
    CERTIFICATES = "certificates"
    PUBLICATIONS = "publications"
    EDUCATION = "education"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its text, where it stands ("page 2", "line 14", "Skills.csv, row 3"), its part, and what dates it.

    ``until`` is the last day of the entry that it belongs to; None where that is open or not said.
    """

    text: str
    where: str
    part: Part = Part.OTHER
    until: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that the format itself marks: a skill with a level word, a certificate, a project with an address."""

    part: Part
    name: str
    where: str
    quote: str
    level_word: str = ""
    url: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Cv:
    """The lines and entries of one CV, and what could not be read in it.

    Names, addresses, telephone numbers and birthdays are not kept: no line of a heading is read for
    anything but skills.
    """

    lines: tuple[Line, ...]
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
