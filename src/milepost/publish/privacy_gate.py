"""The last look at what is about to be published: private words, addresses of mail, paths, hidden places.

It refuses rather than blanks out: a title with a hole in it still tells that something was there.
"""

import html
import ipaddress
import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from milepost.errors import Problem
from milepost.model.portfolio import Portfolio, ShownField
from milepost.publish.words import safe_address

Fault = tuple[str, str]
"""What a text does that it must not, and what to do about it."""
SHORT = 3
"""Letters up to which a private word is looked for as a whole word only: "AI" is not in "maintain"."""

_MAIL = re.compile(r"[\w.+%'-]+\s?(?:@|\(at\)|\[at\])\s?[\w-]+(?:\.[\w-]+)+", re.IGNORECASE)
_PATH = re.compile(
    r"(?:(?<![\w/:.])(?:~|/(?:home|users|root|tmp|var|opt|mnt|srv|etc|work|private|volumes|data|usr))/[^\s/]+"
    r"|(?<!\w)[a-z]:[\\/][^\s\\/]+|\\\\[\w.-]+\\|(?<!\w)file:/)",
    re.IGNORECASE,
)
_PASS = re.compile(
    r"(?:^|[_-])(?:token|key|apikey|secret|password|passwd|pwd|sig|signature|auth|session|sid|credential)s?\Z",
    re.IGNORECASE,
)
_INSIDE = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)
_HIDDEN_ENDS = ("local", "localhost", "internal", "intranet", "corp", "lan", "home", "private")
_ADDRESSES = frozenset({"address", "link.url", "artefact.url", "milestone.url"})


def refuse_private(portfolio: Portfolio, private: Sequence[str], *, place: str) -> tuple[Problem, ...]:
    """Every reason why this portfolio may not be published, each with its field and what to do."""
    return tuple(
        Problem(place, 0, 0, field.source, f"{_shown(field.value)} {reason}", hint)
        for field in portfolio.fields()
        for reason, hint in _field_faults(field, private)
    )


def text_faults(text: str, private: Sequence[str]) -> tuple[str, ...]:
    """Why a text may not be shown to everybody: a private word, an address of mail, a path, a hidden place."""
    return tuple(f"it {reason}" for reason, _ in (*_private_words(text, private), *_hidden_places(text)))


def _shown(value: str) -> str:
    return repr(value if len(value) <= 80 else f"{value[:77]}…")


def _field_faults(field: ShownField, private: Sequence[str]) -> Iterator[Fault]:
    yield from _private_words(field.value, private)
    if field.field not in _ADDRESSES:
        yield from _hidden_places(field.value)
    elif fault := address_fault(field.value):
        yield fault, "Give an address that everybody may open, or none."


def _private_words(text: str, private: Sequence[str]) -> Iterator[Fault]:
    plain = _plain(text)
    for word in private:
        if _pattern(word).search(plain):
            yield (
                f"holds {word!r}, which publish.private keeps out",
                "Say it in other words, set `public: false`, or leave the section out.",
            )


def _hidden_places(text: str) -> Iterator[Fault]:
    """What free text must not hold: addresses of mail, paths of files, addresses that are not for all."""
    text = unicodedata.normalize("NFKC", html.unescape(text))
    if _MAIL.search(text):
        yield "holds an e-mail address", "Remove it; publish.links can lead to a page of yours."
    if _PATH.search(text):
        yield "holds the path of a file", "Say what it is instead of where it lies."
    for url in _INSIDE.findall(text):
        fault = address_fault(url.rstrip(".,;:!?)"))
        if fault:
            yield f"holds an address that {fault}", "Remove the address from the text."


def address_fault(url: str) -> str:
    """Why an address is not one for the public web; empty where it is."""
    if not safe_address(url):
        return "is not a web address (http or https)"
    try:
        parts = urlsplit(url)
        host, _ = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        return "is not a web address that can be read"
    if parts.username is not None or parts.password is not None:
        return "carries a user name or a password"
    if any(_PASS.search(key) and value for key, value in _pairs(parts.query, parts.fragment)):
        return "carries what looks like a key or a password"
    return "" if _public(host) else "leads to a place that only some can reach"


def _pairs(*queries: str) -> Iterator[tuple[str, str]]:
    for query in queries:
        yield from parse_qsl(query)


def _public(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_global
    except ValueError:
        return "." in host and host.rpartition(".")[2].casefold() not in _HIDDEN_ENDS


def _plain(text: str) -> str:
    """Text without disguise: case, accents, look-alike forms, character references, escapes, invisible signs."""
    for _ in range(2):
        text = unquote(html.unescape(text))
    kept = (
        sign for sign in unicodedata.normalize("NFKD", text) if unicodedata.category(sign) not in {"Mn", "Cf"}
    )
    return unicodedata.normalize("NFKC", "".join(kept)).casefold()


@lru_cache(maxsize=256)
def _pattern(word: str) -> re.Pattern[str]:
    """The word wherever it stands, with any separators (or none) between its parts."""
    parts = re.findall(r"[^\W_]+", _plain(word))
    inside = r"[\W_]*".join(re.escape(part) for part in parts)
    whole = sum(map(len, parts)) <= SHORT
    return re.compile(rf"(?<![^\W_]){inside}(?![^\W_])" if whole else inside)
