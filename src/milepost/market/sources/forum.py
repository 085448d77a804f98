"""Hacker News "Who is hiring?": the item tree of Algolia, its search results, a list of Firebase items, plain rows."""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from milepost.market.ads import Ad, Pay
from milepost.market.sources.dates import read_date
from milepost.market.sources.drafts import Draft, Refused
from milepost.market.sources.pay import find_pay, read_pay
from milepost.market.sources.places import is_place, is_terms
from milepost.market.sources.titles import names_job, read_headline

Row = Mapping[str, Any]
_BAR = re.compile(r"\s*\|\s*|\s+[–—-]\s+")
_JOB = re.compile(
    r"engineer|develop|scientist|research|architect|\bSWE\b|\bSRE\b|technical staff", re.IGNORECASE
)
_LONGEST_OPENING = 110
_MOST_OPENINGS = 6
_OTHER_BAR = re.compile(r"\s+(?:[•·⋅]|--|—)\s+")
_AMOUNT = re.compile(
    r"(?:[A-Z]{0,3}[$€£] ?|[A-Z]{3} )?\d{2,3}(?: ?[kK]\b|,\d{3}| ?[-–] ?(?:[A-Z]{0,3}[$€£])?\d{2,3} ?[kK]\b)"
)
_LABEL = re.compile(r"^company: *", re.IGNORECASE)
_SEEKER = re.compile(r"^\W*(?:seeking work\b|location:[^\n]*\n+\s*remote:)", re.IGNORECASE)
_LINK = re.compile(r'<a\s[^>]*?href="([^"]*)"[^>]*>.*?</a>', re.IGNORECASE | re.DOTALL)
_ADDRESS = re.compile(r"\s*[(\[]?\s*(?:https?://|www\.)\S*\s*[)\]]?")
_ASIDE = re.compile(r"\s*\((?:YC[^)]*|[^)]*\b(?:https?|www|\.com|\.io|\.ai)[^)]*)\)")
_HIRES = re.compile(
    r"\bhir(?:e|ing)\b|\bjobs?\b|\bopenings?\b|\bpositions?\b|\bapply\b|\bjoin (?:us|our)\b|\broles?\b|full[- ]?time|\bremote\b|\bonsite\b",
    re.IGNORECASE,
)
_FEWEST_CHARACTERS = 80


def split_post(text: str) -> tuple[str, list[str], list[str]]:
    """Company, other parts and titles of a post whose first line is divided by bars or dashes.

    Where that line names no job, the short lines that do are the titles.
    """
    header, _, body = text.partition("\n")
    parts = [part.strip() for part in _BAR.split(header) if part.strip()]
    company, rest = (parts[0], parts[1:]) if len(parts) > 1 else ("", parts)
    return (
        company,
        rest,
        _openings(rest) or _openings(line.strip(" *-•>") for line in body.split("\n"))[:_MOST_OPENINGS],
    )


def _openings(lines: Iterable[str]) -> list[str]:
    return [line for line in lines if len(line) <= _LONGEST_OPENING and _JOB.search(line)]


def forum_ad(row: Row, source: str) -> Ad:
    """A post as it stands, for counting: the first line says company, title, place and terms, divided by bars."""
    text = row["text"].strip()
    company, _, jobs = split_post(text)
    return Ad(str(row["id"]), " | ".join(jobs), company[:80], row["time"][:10], text, source)


def is_post(row: Row) -> bool:
    """Whether a row has the shape of a comment in a forum: a text, no title or company, and its thread."""
    if "comment_text" in row:
        return True
    if not isinstance(row.get("text"), str) or any(
        name in row for name in ("company", "companyName", "description")
    ):
        return row.get("type") in {"comment", "job"} and bool(
            row.get("deleted") or row.get("dead") or row.get("title")
        )
    return row.get("type") in {"comment", "job"} or any(
        name in row for name in ("thread", "story_id", "parent", "parent_id")
    )


def posts_in(content: object) -> Iterator[Row] | None:
    """The top-level posts of a thread in any of its shapes; None where the content is no thread."""
    if isinstance(content, dict):
        if isinstance(content.get("children"), list) and (
            "title" in content or content.get("type") == "story"
        ):
            return _children(content)
        hits = content.get("hits")
        if isinstance(hits, list) and any(isinstance(hit, dict) and "comment_text" in hit for hit in hits):
            return (
                hit for hit in hits if isinstance(hit, dict) and hit.get("parent_id") == hit.get("story_id")
            )
        return None
    if isinstance(content, list) and any(isinstance(item, dict) and is_post(item) for item in content):
        threads = {
            item.get("id") for item in content if isinstance(item, dict) and item.get("type") == "story"
        }
        return (
            item
            for item in content
            if isinstance(item, dict)
            and item.get("type") != "story"
            and (not threads or item.get("parent") in threads)
        )
    return None


def _children(story: Row) -> Iterator[Row]:
    return (child for child in story["children"] if isinstance(child, dict))


def read_post(row: Row) -> Draft | Refused:
    """One post as a draft, or why it is no advertisement: deleted, or a remark."""
    raw = row.get("text") or row.get("comment_text") or ""
    if (
        row.get("deleted")
        or row.get("dead")
        or not isinstance(raw, str)
        or not (raw.strip() or row.get("title"))
    ):
        return Refused("the post was deleted or is empty")
    text = post_text(raw)
    title = str(row.get("title") or row.get("story_title") or "") if row.get("type") == "job" else ""
    if _SEEKER.match(text):
        return Refused("somebody looks for work here; it is no advertisement")
    if not title and not _is_offer(text):
        return Refused("a remark, no advertisement: its first line is not divided by bars and names no job")
    draft = _draft(text) if not title else _job_story(title, text)
    return Draft(
        text=draft.text,
        id=str(row.get("id") or row.get("objectID") or ""),
        title=draft.title,
        company=draft.company,
        date=read_date(row.get("time") or row.get("created_at") or row.get("created_at_i")),
        place=draft.place,
        pay=find_pay(text) or _header_pay(text.partition("\n")[0]),
    )


def _header_pay(header: str) -> Pay | None:
    """Pay in a part of the first line that begins with an amount in thousands: "150-200k"."""
    parts = (part.strip(" []()") for part in _OTHER_BAR.sub(" | ", header).split("|"))
    found = (read_pay(part) for part in parts if _AMOUNT.match(part))
    return next((pay for pay in found if pay is not None), None)


def post_text(raw: str) -> str:
    """The text of a post, its links written out."""
    from milepost.market.sources.page import markup_text

    if "<p>" in raw or "&#x" in raw or "</a>" in raw or "&quot;" in raw:
        return markup_text(_LINK.sub(r"\1", raw))
    return raw.strip()


def _is_offer(text: str) -> bool:
    header = text.partition("\n")[0]
    if "|" in header:
        return True
    return (
        len(text) >= _FEWEST_CHARACTERS and _JOB.search(text) is not None and _HIRES.search(text) is not None
    )


def _job_story(title: str, text: str) -> Draft:
    headline = read_headline(_ASIDE.sub("", title))
    return Draft(
        text=f"{title}\n\n{text}", title=headline.title, company=headline.company, place=headline.place
    )


def _draft(text: str) -> Draft:
    header, _, body = text.partition("\n")
    company, rest, jobs = split_post(f"{_OTHER_BAR.sub(' | ', header)}\n{body}")
    jobs = [job for job in jobs if not job.startswith("http") and not job.endswith(".")]
    if not company:
        headline = read_headline(_ASIDE.sub("", header)[:_LONGEST_OPENING])
        title = headline.title or " | ".join(jobs)
        return Draft(text=text, title=title, company=headline.company, place=headline.place)
    plain = _ASIDE.sub("", _ADDRESS.sub("", company)).strip(" ,:-–(*")
    places = [part for part in (plain, *rest) if is_place(part) and not names_job(part)]
    if names_job(plain) and not _openings(rest):
        jobs = [plain]
    if not plain or names_job(plain) or is_terms(plain) or plain in places:
        plain = _ADDRESS.sub("", next((part for part in rest if not _is_known(part)), ""))
    return Draft(
        text=text, title=" | ".join(jobs), company=_LABEL.sub("", plain)[:80], place=", ".join(places)
    )


def _is_known(part: str) -> bool:
    return is_place(part) or is_terms(part) or _JOB.search(part) is not None or "$" in part
