"""Advertisements that came by mail: .eml files and .mbox boxes, without what mail programs wrote around them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import getaddresses
from pathlib import Path

from milepost.market.sources.dates import read_date
from milepost.market.sources.decoding import MOST_BYTES, decode
from milepost.market.sources.drafts import Draft, Refused
from milepost.market.sources.page import markup_text
from milepost.market.sources.particulars import find_particulars
from milepost.market.sources.people_names import is_person

_QUOTE = re.compile(r"^(?:>\s?)+", re.MULTILINE)
_HEADER_NAMES = r"From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Von|An|Gesendet|Datum|Betreff|Van|Aan|Verzonden|Onderwerp|De|\xc0|Envoy\xe9|Objet"
_QUOTED_HEADERS = re.compile(
    rf"(?:^[ \t]*(?:-{{2,}} ?(?:Forwarded message|Original Message|Oorspronkelijk bericht|Doorgestuurd bericht|Weitergeleitete Nachricht|"
    rf"Urspr\xfcngliche Nachricht|Begin forwarded message:?) ?-{{0,20}}|Begin forwarded message:)[ \t]*\n\s*)?"
    rf"(?:^[ \t]*[*_]{{0,2}}(?:{_HEADER_NAMES})[*_]{{0,2}}\s?:[^\n]*(?:\n|\Z)){{2,}}",
    re.MULTILINE,
)
_ON_WROTE = re.compile(
    r"^[ \t]*(?:On|Op|Am|Le) [^\n]{6,120}(?:\n[^\n]{0,80})?\b(?:wrote|schreef|schrieb|a \xe9crit)\b[^\n]{0,60}:[ \t]*$",
    re.MULTILINE,
)
_SUBJECT = re.compile(
    r"^[ \t*_]*(?:Subject|Betreff|Onderwerp|Objet)[*_]*\s?:[ \t]*(?P<value>[^\n]+)", re.MULTILINE
)
_DATE = re.compile(
    r"^[ \t*_]*(?:Date|Sent|Gesendet|Datum|Verzonden)[*_]*\s?:[ \t]*(?P<value>[^\n]+)", re.MULTILINE
)
_SIGNATURE = re.compile(r"\n-- ?\n.*\Z", re.DOTALL)
_FEWEST_CHARACTERS = 200
_FROM_LINE = re.compile(rb"^From \S+.*\d{4}\s*$|^From - |^From \S+@\S+")


def read_mail(data: bytes) -> Draft | Refused:
    """One message: the plain part, the HTML part where that is a mere pointer to it, its subject as heading.

    The day is that of the forwarded message where there is one, else that of the message. The names of its
    correspondents are marked as personal.
    """
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage):
        return Refused("the message cannot be read")
    raw = _body(message)
    if not raw.strip():
        return Refused("the message has no text; save its attachment as a file of its own")
    quoted = _QUOTE.sub("", raw)
    headers = "\n".join(found.group() for found in _QUOTED_HEADERS.finditer(quoted))
    text = _SIGNATURE.sub("", _ON_WROTE.sub("", _QUOTED_HEADERS.sub("", quoted)))
    subject = _header(message, "subject") or _first(_SUBJECT, headers)
    found = find_particulars(text.strip("\n"), headings=(subject,) if subject else ())
    day = read_date(_first(_DATE, headers)) or read_date(_header(message, "date"))
    return replace(found, date=found.date or day, names=_people(message, headers))


def messages_in(path: Path) -> Iterator[tuple[int, bytes | None]]:
    """The messages of a mail box with their numbers, one at a time; None for one beyond the limit."""
    number, size = 0, 0
    lines: list[bytes] = []
    empty = True
    with path.open("rb") as file:
        while line := file.readline(MOST_BYTES):
            if empty and _FROM_LINE.match(line):
                if number:
                    yield number, b"".join(lines) if size < MOST_BYTES else None
                number, size, lines = number + 1, 0, []
            elif size < MOST_BYTES:
                size += len(line)
                lines.append(line[1:] if line.startswith(b">From ") else line)
            empty = line in {b"\n", b"\r\n"}
    if lines:
        yield max(1, number), b"".join(lines) if size < MOST_BYTES else None


def _body(message: EmailMessage) -> str:
    plain = _part(message, "plain")
    if len(plain.strip()) >= _FEWEST_CHARACTERS:
        return plain
    marked_up = markup_text(_part(message, "html"))
    return marked_up if len(marked_up) > len(plain.strip()) else plain


def _part(message: EmailMessage, kind: str) -> str:
    """All text parts of one kind that are no attachments, those of forwarded messages too."""
    texts = []
    for part in message.walk():
        if part.get_content_type() == f"text/{kind}" and not part.get_filename():
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                texts.append(_decoded(content, part.get_content_charset() or ""))
    return "\n".join(texts).replace("\r\n", "\n")


def _decoded(content: bytes, charset: str) -> str:
    try:
        return content.decode(charset or "utf-8")
    except (LookupError, UnicodeDecodeError):
        return decode(content)


def _header(message: EmailMessage, name: str) -> str:
    try:
        return str(message.get(name) or "")
    except (ValueError, IndexError, AttributeError, TypeError):
        return ""


def _first(pattern: re.Pattern[str], text: str) -> str:
    found = pattern.search(text)
    return found["value"].strip(" *_") if found else ""


def _people(message: EmailMessage, headers: str) -> tuple[str, ...]:
    """Names of correspondents that are people: not the sender's company, which its address names too."""
    written = [_header(message, name) for name in ("from", "to", "cc", "reply-to", "sender")]
    written += re.findall(r"(?:From|To|Cc|Von|An|Van|Aan|De)[*_]*\s?:[ \t]*([^\n]+)", headers)
    people = set()
    # Why one by one: in a list, an odd header can swallow its neighbours.
    for name, address in (each for header in written for each in getaddresses([header])):
        plain = " ".join(name.replace('"', " ").split(",")[::-1]).strip() if "," in name else name.strip()
        domain = address.rpartition("@")[2].casefold()
        joined = "".join(plain.casefold().split())
        if (
            2 <= len(plain.split()) <= 4
            and is_person(plain)
            and not (joined and joined in domain.replace("-", ""))
        ):
            people.add(plain)
    return tuple(sorted(people))
