"""A CV as Europass XML: the SkillsPassport of 2012 to 2020, and the Candidate (europass.eu/1.0) since.

The two name their elements differently, and exports of each nest them differently, so elements are looked for by
name and at any depth of their entry. Of the person, only the headline is read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element

from milepost.files.cv.dates import find_span, read_span
from milepost.files.cv.entries import NO_SPAN, CvEntry, CvLine, CvText, Part, Span
from milepost.files.cv.limits import refuse
from milepost.files.cv.xml_text import name_of, named, parse_xml, text_of, unmarked_lines

_ROOTS = frozenset(("SkillsPassport", "LearnerInfo", "Candidate", "Europass"))
_HTTP = re.compile(r"https?://\S+")


@dataclass(frozen=True, slots=True)
class _Kind:
    """The elements that hold one kind of entry: how its head and its text are called in either format."""

    part: Part
    elements: tuple[str, ...]
    heads: tuple[tuple[str, ...], ...]
    texts: tuple[str, ...]


_KINDS = (
    _Kind(Part.WORK, ("WorkExperience",), (("Position",),), ("Activities",)),
    _Kind(Part.WORK, ("PositionHistory",), (("PositionTitle",),), ("Description",)),
    _Kind(Part.EDUCATION, ("Education",), (("Title",),), ("Activities", "Skills")),
    _Kind(
        Part.EDUCATION, ("EducationOrganizationAttendance",),
        (("DegreeName", "ProgramName"),), ("OccupationalSkillsCovered", "Description", "MainFieldOfStudy"),
    ),
    _Kind(Part.PROJECTS, ("Project", "CreativeWork"), (("Title",),), ("Description",)),
    _Kind(
        Part.PUBLICATIONS, ("Publication", "Patent", "ConferenceAndSeminar"), (("Title", "FormattedPublicationDescription"),),
        ("Description", "Reference"),
    ),
    _Kind(
        Part.CERTIFICATES, ("Certification", "CourseCertification", "License"),
        (("CertificationName", "CertificationTypeCode", "LicenseName", "Title", "Name"),), ("Description",),
    ),
)  # fmt: skip
_ACHIEVEMENTS = {
    "publications": Part.PUBLICATIONS,
    "projects": Part.PROJECTS,
    "certifications": Part.CERTIFICATES,
}
_SKILL_TEXTS = frozenset(("Communication", "Organisational", "JobRelated", "Computer", "Other", "Digital"))
_SKILL_LISTS = frozenset(
    (
        *("DigitalSkillsGroup", "CommunicationAndInterpersonalSkill", "OrganisationalSkill"),
        *("ManagementAndLeadershipSkill", "JobRelatedSkill", "OtherSkill", "Skill"),
    )
)


def read_europass(data: bytes, path: Path) -> CvText:
    """The entries of a Europass CV; raises ``InvalidInput`` where the XML is none."""
    root = parse_xml(data, path)
    if name_of(root) not in _ROOTS:
        raise refuse(
            path,
            f"is XML, but no Europass CV: it begins with <{name_of(root)}>",
            "Export it from the Europass site again, or give the CV as PDF, DOCX or text.",
        )
    return CvText("europass", (*_summary(root), *_skills(root), *_entries(root)))


def _summary(root: Element) -> Iterator[CvEntry]:
    for name in ("ExecutiveSummary", "Headline"):
        for element in named(root, name):
            label = text_of(element, "Label") or "".join(element.itertext())
            for line in unmarked_lines(label):
                yield CvEntry(Part.SUMMARY, (CvLine(line, name),))


def _skills(root: Element) -> Iterator[CvEntry]:
    """Skills as they are listed; of the old format the free text below its five headings."""
    number = 0
    for skills in named(root, "Skills"):
        for child in skills:
            if name_of(child) in _SKILL_TEXTS:
                for line in unmarked_lines(text_of(child, "Description")):
                    number += 1
                    yield CvEntry(Part.SKILLS, (CvLine(line, f"Skills/{name_of(child)}, line {number}"),))
    for group in named(root, *_SKILL_LISTS):
        yield from _group(group)
    for competency in named(root, "PersonCompetency"):
        taxonomy = text_of(competency, "TaxonomyID").lower()
        if "language" not in taxonomy and (name := text_of(competency, "CompetencyName", "CompetencyID")):
            level = text_of(competency, "ScoreText", "ProficiencyLevel")
            yield CvEntry(Part.SKILLS, (CvLine(name, f"PersonCompetency {name}"),), level=level)


def _group(group: Element) -> Iterator[CvEntry]:
    where = name_of(group)
    title = text_of(group, "Title")
    level = text_of(group, "ProficiencyLevel", "Level")
    for each in named(group, "DigitalSkill", "Name", "SkillName"):
        for line in unmarked_lines("".join(each.itertext())):
            yield CvEntry(Part.SKILLS, (CvLine(line, f"{where} {title}".strip()),), level=level)
    for text in (title, text_of(group, "Description")):
        for line in unmarked_lines(text):
            yield CvEntry(Part.SKILLS, (CvLine(line, where),), level=level)


def _entries(root: Element) -> Iterator[CvEntry]:
    parents = {child: parent for parent in root.iter() for child in parent}
    for kind in _KINDS:
        number = 0
        for element in named(root, *kind.elements):
            if next(named(element, *kind.elements), None) is not None:
                continue  # a list that is called like its entries
            number += 1
            yield _entry(kind, element, parents.get(element), f"{name_of(element)} {number}")
    for number, element in enumerate(named(root, "Achievement"), start=1):
        yield from _achievement(element, number)


def _entry(kind: _Kind, element: Element, parent: Element | None, where: str) -> CvEntry:
    heads = [" ".join(text.split()) for names in kind.heads if (text := text_of(element, *names))]
    lines = [CvLine(head, where, head=True) for head in heads]
    texts = [text_of(element, name) for name in kind.texts]
    lines += [CvLine(line, where) for text in texts for line in unmarked_lines(text)]
    span = _span(element)
    if span == NO_SPAN and parent is not None and name_of(parent) == "EmployerHistory":
        span = _span(parent)
    return CvEntry(
        kind.part, tuple(lines) or (CvLine("", where),), " ".join(heads), span, _url(element, texts)
    )


def _achievement(element: Element, number: int) -> Iterator[CvEntry]:
    """An entry of the old format below "additional information": its title says of which kind it is."""
    code = next((each.get("code") or text_of(each, "Code") for each in named(element, "Title")), "")
    part = _ACHIEVEMENTS.get((code or text_of(element, "Title")).strip().lower())
    if part is None:
        return
    text = text_of(element, "Description")
    where = f"Achievement {number}"
    for line in unmarked_lines(text):
        found = find_span(line)
        yield CvEntry(
            part,
            (CvLine(line, where, head=True),),
            line,
            found.span if found else NO_SPAN,
            _url(element, [line]),
        )


def _url(element: Element, texts: Sequence[str]) -> str:
    said = (text_of(element, "Link", "URL", "URI"), *texts)
    return next((match[0].rstrip(".,;)\"'<>") for text in said if (match := _HTTP.search(text))), "")


def _span(element: Element) -> Span:
    first, last = _day(element, "From", "StartDate"), _day(element, "To", "EndDate")
    ongoing = text_of(element, "Current", "CurrentIndicator", "Ongoing").lower() == "true"
    if not (first or last):
        return read_span("", _day(element, "Date", "IssueDate", "Year"))
    return read_span(first, last, ongoing=ongoing)


def _day(element: Element, *names: str) -> str:
    """A day as text: from the attributes year, month and day of the old format, or as it is written."""
    for each in named(element, *names):
        if year := each.get("year", ""):
            parts = (each.get(key, "").strip("-") for key in ("month", "day"))
            return "-".join([year, *(part.zfill(2) for part in parts if part)])
        if text := "".join(each.itertext()).strip():
            return text.split()[0]
    return ""
