"""Which part of a CV a heading begins, and the dates that an entry states."""

import datetime as dt
import re

from milepost.files.cv.noun import Line, Part

_HEADINGS: dict[Part, tuple[str, ...]] = {
    Part.SKILLS: (
        "skills", "technical skills", "core skills", "key skills", "technologies", "tech stack", "tools", "competencies",
        "core competencies", "expertise", "programming languages", "skills and tools", "skills & tools", "kenntnisse",
        "fähigkeiten", "compétences", "competencias", "vaardigheden",
    ),
    Part.WORK: (
        "experience", "work experience", "professional experience", "employment", "employment history", "work history",
        "career", "career history", "berufserfahrung", "expérience professionnelle", "experiencia", "werkervaring",
    ),
    Part.PROJECTS: ("projects", "personal projects", "side projects", "selected projects", "open source", "projekte", "projets"),
    Part.CERTIFICATES: ("certifications", "certificates", "licenses & certifications", "licenses and certifications", "zertifikate"),
    Part.PUBLICATIONS: ("publications", "papers", "talks", "publications and talks", "writing", "patents"),
    Part.EDUCATION: ("education", "academic background", "ausbildung", "formation", "educación", "opleiding"),
    Part.OTHER: (
        "summary", "profile", "about", "about me", "objective", "interests", "hobbies", "languages", "references", "awards",
        "honors", "contact", "volunteering",
    ),
}  # fmt: skip
_PART_OF = {heading: part for part, headings in _HEADINGS.items() for heading in headings}
_DECORATION = re.compile(r"^[\W_]+|[\W_]+$")
_MONTHS = {
    name: number
    for number, names in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
    for name in (names,)
}
_DAY = (
    r"(?:(?P<m{0}>[A-Za-z]{{3,9}})\.?\s+|(?P<n{0}>\d{{1,2}})[./])?(?P<y{0}>(?:19|20)\d\d)(?:-(?P<i{0}>\d\d))?"
)
_SPAN = re.compile(
    _DAY.format("a")
    + r"\s*(?:–|—|-|to|until|bis)\s*(?:"
    + _DAY.format("b")
    + r"|(?P<now>present|now|today|current|heute))",
    re.IGNORECASE,
)
LONGEST_HEADING = 40


def part_of(text: str) -> Part | None:
    """The part that a line begins where it is a heading; None where it is none.

    >>> part_of("## Technical Skills:"), part_of("Built a scraper in Python")
    (<Part.SKILLS: 'skills'>, None)
    """
    bare = _DECORATION.sub("", text.strip()).casefold()
    if not bare or len(bare) > LONGEST_HEADING:
        return None
    return _PART_OF.get(re.sub(r"\s+", " ", bare))


def end_of_span(text: str) -> tuple[bool, dt.date | None]:
    """Whether a line states a span of time, and its last day; None for one that goes on.

    >>> end_of_span("Acme, Mar 2019 – Jun 2021"), end_of_span("2022 - present"), end_of_span("Python")
    ((True, datetime.date(2021, 6, 28)), (True, None), (False, None))
    """
    found = _SPAN.search(text)
    if found is None:
        return False, None
    if found["now"]:
        return True, None
    month = _MONTHS.get((found["mb"] or "")[:3].casefold()) or int(found["nb"] or found["ib"] or 12)
    return True, dt.date(int(found["yb"]), min(max(month, 1), 12), 28)


def sort_lines(lines: list[tuple[str, str]]) -> tuple[Line, ...]:
    """Lines with their places → lines with their parts and the end of the entry that they stand below."""
    found: list[Line] = []
    part, until = Part.OTHER, None
    for text, where in lines:
        bare = text.strip()
        if not bare:
            continue
        begins = part_of(bare)
        if begins is not None:
            part, until = begins, None
            continue
        inline = part_of(bare.partition(":")[0]) if ":" in bare[:LONGEST_HEADING] else None
        stated, last = end_of_span(bare)
        if stated:
            until = last
        found.append(
            Line(
                bare,
                where,
                inline or part,
                until if part in (Part.WORK, Part.PROJECTS, Part.EDUCATION) else None,
            )
        )
    return tuple(found)
