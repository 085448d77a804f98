"""What a CV says: entries of a few kinds, each line with its place."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What a section of a CV is about; of an ``ASIDE`` (hobbies, references, contact) nothing is kept.

    Below ``LANGUAGES`` some write the languages that they speak and others those that they program in.
    """

    SKILLS = "skills"
    LANGUAGES = "languages"
    WORK = "work"
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    CERTIFICATES = "certificates"
    EDUCATION = "education"
    SUMMARY = "summary"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class CvLine:
    """A line with its place in the file; the ``head`` of an entry names employer, title and dates.

    ``url`` is the address of a link that the line carries without showing it.
    """

    text: str
    where: str
    url: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when; a month or a year ends on its last day. None and False where the CV does not say."""

    first: dt.date | None = None
    last: dt.date | None = None
    ongoing: bool = False


NO_SPAN = Span()


@dataclass(frozen=True, slots=True)
class CvEntry:
    """One job, project, publication, certificate or degree; one line of a list of skills; one paragraph.

    ``level`` is the word that the CV itself uses for how well the person can do it.
    """

    part: Part
    lines: tuple[CvLine, ...]
    title: str = ""
    span: Span = NO_SPAN
    url: str = ""
    level: str = ""


@dataclass(frozen=True, slots=True)
class CvText:
    """All that is read of a CV, in the order of the file, with what could not be read in ``notes``."""

    kind: str
    entries: tuple[CvEntry, ...]
    notes: tuple[str, ...] = ()
