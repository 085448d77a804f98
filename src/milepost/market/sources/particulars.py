"""Company, title, day, place and pay of an advertisement that is only a text."""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import PurePath

from milepost.market.ads import is_bullet
from milepost.market.sources.dates import find_date, read_date
from milepost.market.sources.drafts import Draft
from milepost.market.sources.pay import read_pay
from milepost.market.sources.places import is_place, is_terms
from milepost.market.sources.titles import Headline, is_hiring, names_job, read_headline

_LABELS: Mapping[str, str] = {
    label: field
    for field, labels in (
        ("company", "company|company name|employer|organisation|organization|hiring company|firma|unternehmen|bedrijf|werkgever"),
        ("title", "title|job title|position|role|job|position title|functie|functietitel|vacature|stelle|position name"),
        ("date", "date|posted|date posted|posted on|posted at|published|publication date|datum|geplaatst|geplaatst op"),
        (
            "place",
            "location|locations|place|city|office|office location|job location|work location|standort|arbeitsort|"
            "locatie|standplaats|werklocatie|based in|where|location / remote",
        ),
        ("pay", "salary|salary range|pay|pay range|compensation|base salary|rate|gehalt|salaris|compensation range"),
        ("level", "level|seniority|seniority level|experience level"),
    )
    for label in labels.split("|")
}  # fmt: skip
_LABELLED = re.compile(
    r"^[\s*_#>•-]{0,6}(?P<label>[A-Za-z][A-Za-z /]{1,24}?)[*_]{0,2}\s?[:=][*_]{0,2}\s{0,8}(?P<value>\S.{0,200})$"
)
_HEADLINE = ("title", "company", "place")
_FENCE = re.compile(r"\A---[ \t]*\n(?P<inside>(?:[^\n]*\n){0,40}?)---[ \t]*(?:\n|\Z)")
_FIRST_LINES = 8
_TITLE_LINES = 3
_LABELLED_LINES = 40
_ABOUT = re.compile(
    r"(?:^|\n)[\s*_#>]{0,6}(?:About|Why(?: [Jj]oin)?|Join|Life at|Working at|Over|\xdcber) (?P<name>[A-Z0-9][\w.&'\u2019-]*(?: (?:&|of|[A-Z0-9][\w.&'\u2019-]*)){0,3})"
    r"[\s*_:?]{0,6}(?=\n|$)"
)
_AT_NAME = re.compile(
    r"\b(?:[Aa]t|[Jj]oin|[Bb]ij) (?P<name>[A-Z][\w.&'\u2019-]*[\w](?: [A-Z][\w&'\u2019-]+){0,2})(?=, (?:we|you|our|the|i)\b|['\u2019]s\b| as (?:an?|our)\b|,? and help)"
)
_IS = re.compile(
    r"(?:^|\n|[.!?] )(?P<name>[A-Z0-9][\w.&'\u2019-]*[\w](?: [A-Z][\w&'\u2019-]+){0,2}) (?:is (?:an?|the|on a|one of|building|hiring|looking|seeking|revolutioni|transforming|changing|redefining|proud|growing)|was founded|builds|helps|provides|has raised)\b"
)
_NO_COMPANY_WORDS = """
a ai all an and as at benefits by candidate company compensation culture data description diversity
each engineering equal every everyone everything experience for from he her here his how if in
inclusion it its job location many mission ml most nothing now of on one opportunity or our overview
position python qualifications remote requirements responsibilities role salary she software some
summary team technology that the their there these they this those to today us values we what who
why with work working you your
"""
_NO_COMPANY = frozenset(_NO_COMPANY_WORDS.split())
_LEGAL = re.compile(r",? (?:Inc|LLC|Ltd|GmbH|B\.?V|N\.?V|AG|SE|Corp|plc)\.?$")
_LEAST_VOTES = 2
_HEADING_END = re.compile(r"[.!?;:]$")
_META = re.compile(
    r"\bago\b|applicants?|apply|posted|logo|save|share|report|followers|employees|promoted|reposted|easy apply|\bview\b|sign in|search",
    re.IGNORECASE,
)
_BUTTON = re.compile(
    r"share|show more(?: options)?|save|saved|apply(?: now)?|easy apply|promoted.*|.{0,60} logo|back to jobs|see who .*|follow|report|"
    r"reposted.*|actively .*|skip to .*|home|jobs|sign in|menu",
    re.IGNORECASE,
)
"""What job sites put around an advertisement that is copied from the screen."""
_SENTENCE = re.compile(r"\b(?:we|our|you|your|is|are|has|have|will|was|were|I)\b|['\u2019](?:re|ll|ve|m)\b")
_SECTION = re.compile(
    r"^(?:about|join|job|client|req|fte|purpose|primary|division|strategy|services|technology|area|job description|description|overview|summary|responsibilities|requirements|qualifications|what|who|why|your|the|our|key|"
    r"role|benefits|we|introduction|position|opportunity|company|hybrid|skills|over|wat|wie|jouw|dein|deine)\b",
    re.IGNORECASE,
)
_DIVIDER = re.compile(r"\s*[·|•]\s*|\s+[-\u2013\u2014]\s+")
_NAME_DIVIDER = re.compile(r"\s+[-\u2013\u2014|]\s+|\s*__\s*")
_NAME_DATE = re.compile(r"(?:19|20)\d\d[-_.]?\d{2}(?:[-_.]?\d{2})?")


@dataclass(frozen=True, slots=True)
class _Opening:
    """The labelled lines at the start of a text, and the text without them."""

    fields: Mapping[str, str]
    body: str


def find_particulars(
    text: str, *, headings: tuple[str, ...] = (), site: str = "", file_name: str = ""
) -> Draft:
    """A text as a draft with what it says about itself.

    Labelled lines come first ("Company: Acme"), then ``headings`` (of a page, or the subject of a mail), the
    first lines, the name of the file, and last the name that the text most often calls the company. What none
    of them says stays empty.
    """
    opening = _opening(text)
    labelled = _labelled(opening.body)
    found = Headline(*(opening.fields.get(field, "") for field in _HEADLINE))
    found = _merged(found, _first_headline(headings, site))
    found = _merged(found, Headline(*(labelled.get(field, "") for field in _HEADLINE)))
    found = _merged(_merged(found, _first_lines(opening.body)), _from_file_name(file_name))
    day = (
        read_date(opening.fields.get("date"))
        or find_date(opening.body)
        or read_date(_date_in_name(file_name))
    )
    return Draft(
        text=opening.body,
        title=found.title,
        company=found.company or voted_company(opening.body),
        date=day,
        place=found.place,
        pay=read_pay(opening.fields.get("pay", "")),
        level=opening.fields.get("level") or labelled.get("level", ""),
    )


def _opening(text: str) -> _Opening:
    """The front matter between dashes, or the lines with known labels that a text starts with."""
    fenced = _FENCE.match(text.lstrip("\n"))
    if fenced and (fields := _fields(fenced["inside"].split("\n"))):
        return _Opening(fields, text.lstrip("\n")[fenced.end() :].strip("\n"))
    lines = text.strip("\n").split("\n")
    count = 0
    for line in lines[:_FIRST_LINES]:
        if not _fields([line]):
            break
        count += 1
    body = "\n".join(lines[count:]).strip("\n")
    return _Opening(_fields(lines[:count]), body if body.strip() else text)


def _fields(lines: list[str]) -> dict[str, str]:
    fields: dict[str, str] = {}
    for line in lines:
        found = _LABELLED.match(line)
        name = _LABELS.get(found["label"].strip().casefold()) if found else None
        if found and name and (value := found["value"].strip().strip("*_\"'")):
            fields.setdefault(name, value)
    return fields


def _labelled(body: str) -> dict[str, str]:
    """Labelled lines further down, where "Role: …" may start a paragraph: short values only, pay by its own rules."""
    fields = _fields(body.split("\n", _LABELLED_LINES)[:_LABELLED_LINES])
    fields.pop("pay", None)
    fields.pop("date", None)
    if not names_job(fields.get("title", "")):
        fields.pop("title", None)
    return {name: value for name, value in fields.items() if len(value) <= 100}


def _first_headline(headings: tuple[str, ...], site: str) -> Headline:
    found = Headline()
    for heading in headings:
        found = _merged(found, read_headline(heading))
    if not found.title and headings and 0 < len(headings[0]) <= 110:
        found = replace(found, title=headings[0])
    if site and not found.company and not names_job(site) and not _is_job_site(site):
        found = replace(found, company=site)
    return found


def _is_job_site(site: str) -> bool:
    return (
        re.search(
            r"linkedin|indeed|glassdoor|built ?in|monster|stepstone|xing|jobs?\b|careers?",
            site,
            re.IGNORECASE,
        )
        is not None
    )


def _merged(first: Headline, second: Headline) -> Headline:
    return Headline(first.title or second.title, first.company or second.company, first.place or second.place)


def _first_lines(body: str) -> Headline:
    """A short line among the first three that reads like a title, and the line beside it that names the company."""
    raw = [line for line in body[:3000].split("\n") if line.strip() and not _BUTTON.fullmatch(line.strip())]
    raw = raw[:_FIRST_LINES]
    lines = [line.strip().strip("#*_> ") for line in raw]
    for number, line in enumerate(lines[:_TITLE_LINES]):
        below = lines[number + 1] if number + 1 < len(lines) else ""
        if is_bullet(raw[number]) or below[:1].islower() or not (_may_be_title(line) or is_hiring(line)):
            continue
        found = read_headline(line)
        if found.title:
            above = lines[number - 1] if number else ""
            return _beside(found, [below, above])
    return Headline()


def _may_be_title(line: str) -> bool:
    """Whether a line names a job, is no sentence, and is mostly written with capitals."""
    words = [word for word in line.split() if len(word) > 3 or word.isupper()]
    capitals = sum(not word[0].islower() for word in words)
    if not names_job(line) or len(words) > 14 or _HEADING_END.search(line) or _SECTION.match(line):
        return False
    return capitals >= 0.6 * len(words) and not _SENTENCE.search(line)


def _beside(found: Headline, beside: list[str]) -> Headline:
    for line in beside:
        parts = _DIVIDER.split(line)
        if len(parts) > 1 and _may_be_place(parts[1]) and not names_job(parts[0]) and len(parts[0]) <= 80:
            found = _merged(found, Headline("", parts[0], parts[1]))
        for part in parts:
            if _may_be_place(part):
                found = _merged(found, Headline(place=part))
            elif _may_be_company(part):
                found = _merged(found, Headline(company=part))
    return found


def _may_be_place(part: str) -> bool:
    return is_place(part) and len(part.split()) <= 8 and not _HEADING_END.search(part)


def _may_be_company(part: str) -> bool:
    words = part.split()
    if (
        not 0 < len(words) <= 5
        or not (part[0].isupper() or part[0].isdigit())
        or names_job(part)
        or is_terms(part)
    ):
        return False
    return not (
        _META.search(part) or _SECTION.match(part) or _HEADING_END.search(part) or "," in part or "$" in part
    )


def _from_file_name(name: str) -> Headline:
    """ "Acme - ML Engineer.txt" and "2026-01-15 Acme __ ML Engineer.md": only names that are divided."""
    stem = _NAME_DATE.sub("", PurePath(name).stem).strip(" _-.")
    parts = [part.replace("_", " ").strip() for part in _NAME_DIVIDER.split(stem) if part.strip()]
    if len(parts) > 1:
        return read_headline(" | ".join(parts))
    plain = stem.replace("_", " ")
    return read_headline(plain) if " at " in plain else Headline()


def _date_in_name(name: str) -> str:
    found = _NAME_DATE.search(PurePath(name).stem)
    return found.group() if found else ""


def voted_company(body: str) -> str:
    """The name that a text gives its company: in "About Acme", "At Acme, we", "Acme is a".

    Headings count twice. A single mention in running text is not enough.
    """
    votes: Counter[str] = Counter()
    start = body[:12_000]
    for pattern, weight in ((_ABOUT, 2), (_AT_NAME, 1), (_IS, 1)):
        for found in pattern.finditer(start):
            name = re.sub(r"['\u2019]s$", "", _LEGAL.sub("", found["name"])).rstrip(".")
            if (
                name.split()[0].casefold() not in _NO_COMPANY
                and name.casefold() not in _NO_COMPANY
                and not names_job(name)
            ):
                votes[name] += weight
    if not votes:
        return ""
    name, count = max(votes.items(), key=lambda vote: (vote[1], -start.find(vote[0])))
    return name if count >= _LEAST_VOTES else ""
