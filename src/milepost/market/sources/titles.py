"""Names of jobs and of companies in headings: "ML Engineer at Acme", "Acme is hiring an ML Engineer in Berlin"."""

import re
from dataclasses import dataclass

from milepost.market.sources.places import is_place, is_terms, names_place

_JOB = re.compile(
    r"engineer|develop|scientist|research|architect|\bSWE\b|\bSRE\b|\bMLE\b|\bFDE\b|technical staff|analyst|\bmanager\b|consultant|specialist|"
    r"programmer|designer|\bdirector\b|head of|\blead\b|\bintern\b|\binternship\b|trainee|administrator|\bCTO\b|\bVP\b|president|"
    r"strategist|evangelist|advocate|technician|professor|lecturer|fellow\b|postdoc|\bPhD\b|instructor|trainer|\bowner\b|"
    r"ontwikkelaar|entwickler|ingenieur|adviseur|berater|werkstudent|data (?:science|steward)|\bquant\b|generalist|officer",
    re.IGNORECASE,
)
_SITES = re.compile(
    r"\s*[|\u2013\u2014-]\s*(?:LinkedIn|Indeed(?:\.\w+)*|Glassdoor(?:\.\w+)*|Built In(?: \w+)?|Monster|StepStone\S*|Greenhouse|Lever|Wellfound|"
    r"Hacker News|Y Combinator(?:'s Work at a Startup)?|Otta|Welcome to the Jungle|ZipRecruiter|Dice(?:\.com)?|Xing\S*|Ashby|Workday|"
    r"Careers?|Jobs?|Jobs at \w+|SmartRecruiters|Teamtailor|Personio|Google Careers)\s*$",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"^(?:(?:re|fw|fwd|aw|wg|antw|doorst)\s*:\s*|\[[^\]]{1,40}\]\s*)+|^job application for |^(?:new )?job(?: alert| opportunity| opening|"
    r" offer)?\s*:\s*|^vacature\s*:?\s*|^stellenangebot\s*:?\s*|^(?:we(?:['\u2019]re| are) hiring|now hiring|hiring)\s*[:!-]?\s*(?:an? )?|^apply (?:now )?for ",
    re.IGNORECASE,
)
_HIRING = re.compile(
    r"^(?P<company>[^|:]{2,60}?) (?:(?:is|are) )?(?:now |currently )?(?:hiring|looking for|seeking|recruiting)(?: for)?:? (?:an? |our )?"
    r"(?P<title>[^|]{3,110}?)(?: (?:in|based in) (?P<place>[^|]{2,60}))?$",
    re.IGNORECASE,
)
_WE = re.compile(r"(?:we|i|our|this|they|who|you|currently|are|what)\b", re.IGNORECASE)
_HANGING = re.compile(r"\s+(?:in|at|bij|bei)$", re.IGNORECASE)
_AT = re.compile(r"^(?P<title>.{3,110}?)\s+(?:at|@|bij|bei)\s+(?P<company>[^|]{2,80})$", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|based in|\()\s*(?P<place>[A-Z][^|()]{1,50})\)?$")
_BAR = re.compile(r"\s*[|\u00b7\u2022]\s*")
_DASH = re.compile(r"\s+[\u2013\u2014-]\s+")
_SUBJECT = re.compile(
    r"\b(?:AI|ML|LLMs?|NLP|data|machine learning|computer vision|platform|infrastructure|backend|frontend|full[- ]?stack|cloud|software|"
    r"product|growth|applied|generative|deep learning|security|search|robotics|inference|training|team|m/[fwv]|[fmwv]/[mdwvfx])\b",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"(?:an?|the|our|your|any|one|some)\b ?", re.IGNORECASE)
_LONGEST_TITLE = 110
_LONGEST_COMPANY = 80


@dataclass(frozen=True, slots=True)
class Headline:
    """What one heading names; "" for what it does not."""

    title: str = ""
    company: str = ""
    place: str = ""


def names_job(words: str) -> bool:
    """Whether words hold the name of a job and are short enough to be a title."""
    return len(words) <= _LONGEST_TITLE and _JOB.search(words) is not None


def is_hiring(line: str) -> bool:
    """Whether a line says that a company looks for somebody: "Acme is hiring an ML Engineer"."""
    found = _HIRING.match(line)
    return found is not None and names_job(found["title"]) and line[:1].isupper() and not _WE.match(line)


def read_headline(heading: str) -> Headline:
    """Title, company and place of one heading; all empty where it names no job.

    >>> read_headline("Acme hiring Senior ML Engineer in Berlin, Germany | LinkedIn")
    Headline(title='Senior ML Engineer', company='Acme', place='Berlin, Germany')
    """
    text = _LEADS.sub("", " ".join(heading.split()))
    while (shorter := _SITES.sub("", text)) != text:
        text = shorter
    text = _HANGING.sub("", text.strip(" -|·#*"))
    if not text or not _JOB.search(text):
        return Headline()
    if (found := _HIRING.match(text)) and names_job(found["title"]) and not names_job(found["company"]):
        return Headline(found["title"], found["company"], found["place"] or "")
    parts = [part for part in _BAR.split(text) if part]
    if len(parts) > 1:
        return _of_parts(parts)
    return _of_line(text)


def _of_line(text: str) -> Headline:
    if (found := _AT.match(text)) and names_job(found["title"]) and not _names_nobody(found["company"]):
        company, place = _cut_place(found["company"])
        return Headline(found["title"], company[:_LONGEST_COMPANY], place)
    parts = _DASH.split(text)
    if len(parts) == 2:
        return _of_dashed(parts)
    title, place = _cut_place(text)
    return Headline(title, "", place) if names_job(title) else Headline()


def _names_nobody(words: str) -> bool:
    """Whether what stands behind "at" is no name: "at a start-up", "at scale"."""
    return _ARTICLE.match(words) is not None or words.casefold() in {"scale", "work", "all", "least"}


def _of_dashed(parts: list[str]) -> Headline:
    """Two parts: a job and a company or a place; a job and its own subject stay together."""
    jobs = [part for part in parts if names_job(part)]
    if len(jobs) != 1:
        return Headline(" - ".join(parts)) if names_job(" - ".join(parts)) else Headline()
    other = parts[1] if parts[0] == jobs[0] else parts[0]
    if is_place(other):
        return Headline(jobs[0], "", other)
    if _SUBJECT.search(other) or len(other) > _LONGEST_COMPANY or is_terms(other):
        return Headline(" - ".join(parts))
    title, place = _cut_place(jobs[0])
    return Headline(title, other, place)


def _of_parts(parts: list[str]) -> Headline:
    """Parts divided by bars: the job, places, terms, and the company as the first of the rest."""
    jobs = [part for part in parts if names_job(part)]
    if not jobs:
        return Headline()
    inner = (
        read_headline(jobs[0]) if len(_DASH.split(jobs[0])) == 2 or _AT.match(jobs[0]) else Headline(jobs[0])
    )
    rest = [part for part in parts if part not in jobs and not is_terms(part)]
    places = [part for part in rest if is_place(part)]
    companies = [part for part in rest if part not in places]
    company = inner.company or next((part for part in companies if len(part) <= _LONGEST_COMPANY), "")
    return Headline(inner.title, company, ", ".join(places) or inner.place)


def _cut_place(words: str) -> tuple[str, str]:
    """Words without the place at their end: "Acme in Berlin", "Acme - Remote", "Acme (London)"."""
    dashed = _DASH.split(words)
    if len(dashed) > 1 and is_place(dashed[-1]):
        return " - ".join(dashed[:-1]), dashed[-1]
    found = _IN.search(words)
    if found and names_place(found["place"]):
        return words[: found.start()], found["place"].strip()
    return words, ""
