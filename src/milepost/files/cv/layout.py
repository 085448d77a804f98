"""Lines of a text → the entries of a CV: which section a line stands in, and which lines belong to one job.

Two habits are told apart in every section. Most CVs name the dates in the head of an entry; some templates set
them into a right-hand column, which a PDF gives after the text of the entry.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from milepost.files.cv.dates import Dated, find_span
from milepost.files.cv.entries import NO_SPAN, CvEntry, CvLine, Part, Span
from milepost.files.cv.headings import is_underline, is_unknown, part_of

MOST_HEAD_LINES = 4
"""Lines of a head (employer, title, place, dates); an assumption from the sample CVs."""
LONGEST_HEAD = 110
LEAST_WRAPPED = 50
"""Characters from which a line may be one that goes on below."""
LEAST_COLUMN, FULL = 30, 0.85
"""Characters of the narrowest column of text, and the share of its longest line from which a line is full."""
LONGEST_LABEL = 28
"""Characters within which the label of a line ends ("Frameworks: …")."""
LONGEST_WORDS_WITH_DATE = 90
"""Characters beside a date up to which a line is a head and no sentence."""

_LISTS = (Part.SKILLS, Part.LANGUAGES, Part.SUMMARY)
_BULLET = re.compile(r"^\s*(?:[-*•·▪◦‣–—>+○●■□➢✓✔\uf0b7]|\d{1,2}[.)])\s+")
_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'|,]+[^\s<>()\[\]\"'|,.;:]", re.IGNORECASE)
_BARE_ADDRESS = re.compile(
    r"(?<![\w@./])(?:www\.[\w-]+\.|(?:github|gitlab|huggingface|kaggle|arxiv|codeberg|bitbucket|pypi|doi)\.(?:com|org|co)/)"
    r"[^\s<>()\[\]\"'|,]*[^\s<>()\[\]\"'|,.;:]",
    re.IGNORECASE,
)
_DOI = re.compile(r"(?<![\w/])10\.\d{4,9}/[^\s<>()\[\]\"'|,]*[^\s<>()\[\]\"'|,.;:]")
_PROFILE = re.compile(
    r"https?://(?:www\.)?(?:github|gitlab|bitbucket|codeberg|linkedin|huggingface|kaggle)\.(?:com|org|co)(?:/(?:in/)?[^/]*)?/?",
    re.IGNORECASE,
)
_MARK_UP = re.compile(r"^#{1,6}\s+|\*\*|__|`")
_LINK = re.compile(r"\[([^\[\]]*)\]\((https?://[^\s()]+)\)")
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\w/.-])(?:\+|00|\(0?)?\d[\d ()./-]{7,16}\d(?![\w%])")
_EDGES = " \t|,;:–—-·•()/"


def group_lines(lines: Iterable[CvLine], *, wrapped: bool = True) -> tuple[CvEntry, ...]:
    """The entries of a CV in the order of its lines; empty lines part paragraphs.

    ``wrapped`` says that lines may have been broken to fit a page, and are put together again.
    """
    return tuple(
        entry
        for part, inside in _sections(lines)
        for entry in (
            _entries(part, inside) if not wrapped else map(_unwrapped, _entries(part, inside, wrapped=True))
        )
    )


def clean_line(text: str) -> str:
    """A line without the marks of a list and of Markdown."""
    return _MARK_UP.sub("", _BULLET.sub("", _LINK.sub(r"\1", text))).strip()


def address_in(line: CvLine) -> str:
    """The address of a work that a line shows or links to, with https:// where it shows none; "" without.

    The front page of a code host, or somebody's profile there, is no work.
    """
    return next((address for address in _addresses(line) if not _PROFILE.fullmatch(address)), "")


def _addresses(line: CvLine) -> Iterator[str]:
    yield from (match[2] for match in _LINK.finditer(line.text))
    yield from (match[0] for match in _ADDRESS.finditer(line.text))
    yield from (f"https://doi.org/{match[0]}" for match in _DOI.finditer(line.text))
    yield from (f"https://{match[0]}" for match in _BARE_ADDRESS.finditer(line.text))
    if line.url:
        yield line.url


def without_contacts(text: str) -> str:
    """A text without mail addresses and telephone numbers: nothing that is kept needs them."""
    return _PHONE.sub(lambda match: match[0] if find_span(match[0]) else "…", _MAIL.sub("…", text))


def is_bullet(text: str) -> bool:
    """Whether a line is an item of a list."""
    return _BULLET.match(text) is not None


def _sections(lines: Iterable[CvLine]) -> Iterator[tuple[Part, list[CvLine]]]:
    part = Part.SUMMARY
    inside: list[CvLine] = []
    for line in lines:
        opened = part_of(line.text)
        if opened is None and is_unknown(line.text):
            opened = Part.SUMMARY
        if opened is not None:
            yield part, inside
            part, inside = opened, []
        elif part is not Part.ASIDE and not is_underline(line.text):
            inside.append(line)
    yield part, inside


def _entries(part: Part, lines: list[CvLine], *, wrapped: bool = False) -> Iterator[CvEntry]:
    if part in _LISTS:
        yield from (
            _listed(part, lines)
            if wrapped
            else (CvEntry(part, (line,)) for line in lines if line.text.strip())
        )
        return
    for paragraph in _paragraphs(lines):
        for block in _blocks(part, paragraph):
            yield _entry(part, block)


def _listed(part: Part, lines: Sequence[CvLine]) -> Iterator[CvEntry]:
    """One entry a line, with what runs over into the next lines."""
    open_line: CvLine | None = None
    longest = max((len(line.text) for line in lines), default=0)
    for line in lines:
        text = line.text.strip()
        if open_line is not None and text and _goes_on(open_line.text, text, longest):
            joined = open_line.text[:-1] if open_line.text.endswith("-") else open_line.text + " "
            open_line = replace(open_line, text=joined + text)
            continue
        if open_line is not None:
            yield CvEntry(part, (open_line,))
        open_line = replace(line, text=text) if text else None
    if open_line is not None:
        yield CvEntry(part, (open_line,))


def _goes_on(before: str, text: str, longest: int) -> bool:
    """Whether a line of a list is the rest of the one before."""
    if is_bullet(text) or ":" in text[:LONGEST_LABEL]:
        return False
    if before.rstrip().endswith((",", "&", "/", "-", ";")):
        return True
    full = len(before) > FULL * longest and longest >= LEAST_COLUMN
    return full and (text[0].islower() or ("," in before and "," in text))


def _unwrapped(entry: CvEntry) -> CvEntry:
    """An entry whose items and paragraphs are one line each."""
    longest = max((len(line.text) for line in entry.lines), default=0)
    lines: list[CvLine] = []
    last: CvLine | None = None
    for line in entry.lines:
        if (
            last is not None
            and not line.head
            and not last.head
            and _runs_over(last, line, lines[-1], longest)
        ):
            before = lines[-1]
            text = before.text.rstrip()
            joined = text[:-1] if text.endswith("-") and line.text[:1].islower() else f"{text} "
            lines[-1] = replace(before, text=joined + line.text.strip(), url=before.url or line.url)
        else:
            lines.append(line)
        last = line
    return replace(entry, lines=tuple(lines))


def _runs_over(last: CvLine, line: CvLine, item: CvLine, longest: int) -> bool:
    """Whether a line is the rest of an item or sentence: it would not have fitted, or is set in below it."""
    text = line.text.lstrip()
    if is_bullet(text) or not text:
        return False
    set_in = is_bullet(item.text) and _indent(line.text) > _indent(item.text)
    return set_in or text[0].islower() or len(last.text) + len(text.split()[0]) >= FULL * longest


def _paragraphs(lines: Sequence[CvLine]) -> Iterator[list[CvLine]]:
    """Lines between empty ones; a paragraph that only lists things, or only dates, belongs to the one before."""
    open_lines: list[CvLine] = []
    fresh = True
    for line in lines:
        if not line.text.strip():
            fresh = True
            continue
        if fresh and open_lines and not _belongs_above(line.text):
            yield open_lines
            open_lines = []
        open_lines.append(line)
        fresh = False
    if open_lines:
        yield open_lines


def _belongs_above(text: str) -> bool:
    """Whether a line behind an empty one still speaks of the entry above: an item, its dates, or a sentence."""
    return is_bullet(text) or _is_date_only(text) or (len(text) >= LEAST_WRAPPED and find_span(text) is None)


def _is_date_only(text: str) -> bool:
    found = find_span(text)
    return found is not None and not (text[: found.start] + text[found.end :]).strip(_EDGES)


def _blocks(part: Part, lines: Sequence[CvLine]) -> Iterator[list[CvLine]]:
    """The entries of a paragraph, by the lines that hold their dates."""
    if part not in {Part.WORK, Part.EDUCATION} and is_bullet(lines[0].text):
        yield from _items(lines)
        return
    dated = _date_lines(part, lines)
    if not dated:
        yield from _undated(part, lines)
        return
    first_bullet = next((at for at, line in enumerate(lines) if is_bullet(line.text)), len(lines))
    tail = dated[0] > first_bullet if first_bullet < len(lines) else dated[0] > 1
    starts = _after_dates(lines, dated) if tail else _before_dates(lines, dated)
    for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
        if end > start:
            yield list(lines[start:end])


def _items(lines: Sequence[CvLine]) -> Iterator[list[CvLine]]:
    """One entry for every item of a list, with the items that are set in below it."""
    depth = _indent(lines[0].text)
    block: list[CvLine] = []
    for line in lines:
        if block and is_bullet(line.text) and _indent(line.text) <= depth:
            yield block
            block = []
        block.append(line)
    yield block


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def _date_lines(part: Part, lines: Sequence[CvLine]) -> list[int]:
    """The lines that date an entry: those with a month or a range, or where there is none those with a year."""
    items = part in {Part.CERTIFICATES, Part.PUBLICATIONS}
    found = [(at, dated) for at, line in enumerate(lines) if (dated := _dates(line.text, items=items))]
    strong = [at for at, dated in found if dated.strong]
    return strong or [at for at, _ in found]


def _dates(text: str, *, items: bool) -> Dated | None:
    """The span of a head line: at its beginning or end, beside few words, and outside of list items."""
    if is_bullet(text) and not items:
        return None
    found = find_span(text)
    if found is None:
        return None
    before, after = text[: found.start].strip(_EDGES), text[found.end :].strip(_EDGES)
    if not found.strong and after and before:
        return None
    beside = len(before) + len(after)
    return found if beside <= LONGEST_WORDS_WITH_DATE or (items and not (before and after)) else None


def _before_dates(lines: Sequence[CvLine], dated: Sequence[int]) -> list[int]:
    """Where entries begin whose head holds the dates: as many lines above them as in the first entry, at most."""
    starts: list[int] = []
    most = min(dated[0], MOST_HEAD_LINES - 1)
    for number, at in enumerate(dated):
        above = dated[number - 1] + 1 if number else 0
        start = at
        while start > above and at - start < most and _is_head(lines, start - 1, above):
            start -= 1
        starts.append(start if number else 0)
    return starts


def _is_head(lines: Sequence[CvLine], at: int, above: int) -> bool:
    """Whether a line above the dates belongs to the same head: no item, no end of a sentence that ran over."""
    text = lines[at].text.strip()
    if is_bullet(text) or len(text) > LONGEST_HEAD or text.endswith("."):
        return False
    before = lines[at - 1].text.strip() if at > above else ""
    return not (text[:1].islower() or (len(before) > LEAST_WRAPPED and before.endswith(("-", ",", "and"))))


def _after_dates(lines: Sequence[CvLine], dated: Sequence[int]) -> list[int]:
    """Where entries begin whose dates come last: behind the dates of the one before, and behind "2 years"."""
    starts = [0]
    for at in dated[:-1]:
        start = at + 1
        if start < len(lines) and re.fullmatch(r"(?:\d+ \w+ ?){1,2}", lines[start].text.strip()):
            start += 1
        starts.append(start)
    return starts


def _undated(part: Part, lines: Sequence[CvLine]) -> Iterator[list[CvLine]]:
    """Entries without any date: of certificates and papers one a line, of others a line and the items below it."""
    each_line = part in {Part.CERTIFICATES, Part.PUBLICATIONS}
    block: list[CvLine] = []
    for line in lines:
        new = (each_line and not _is_rest(line, block)) or (
            not is_bullet(line.text) and block and is_bullet(block[-1].text)
        )
        if block and new:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_rest(line: CvLine, block: Sequence[CvLine]) -> bool:
    """Whether a line below a paper or certificate belongs to it: set in, or an address with a word or two."""
    if block and _indent(line.text) > _indent(block[0].text):
        return True
    words = clean_line(_ADDRESS.sub("", _DOI.sub("", line.text))).split()
    return bool(address_in(line)) and len(words) <= 2


def _entry(part: Part, lines: Sequence[CvLine]) -> CvEntry:
    """An entry with its head, title, span and address."""
    dated = _date_lines(part, lines)
    at = dated[0] if dated else 0
    span: Span = NO_SPAN
    found = find_span(lines[at].text) if dated or part not in {Part.WORK, Part.EDUCATION} else None
    if found is not None and (
        dated or found.strong or lines[at].text[found.start - 1 : found.start] in {"(", ","}
    ):
        span = found.span
    heads = _heads(part, lines, at, dated=bool(dated))
    marked = tuple(replace(line, head=number in heads) for number, line in enumerate(lines))
    title = next((words for number in sorted(heads) if (words := _title(lines[number].text))), "")
    url = next((address for line in lines if (address := address_in(line))), "")
    return CvEntry(part, marked, title, span, url)


def _heads(part: Part, lines: Sequence[CvLine], at: int, *, dated: bool) -> frozenset[int]:
    bullet = next((number for number, line in enumerate(lines) if is_bullet(line.text)), len(lines))
    if not dated:
        alone = len(lines) == 1 and part in {Part.WORK, Part.EDUCATION}
        return frozenset() if alone or len(lines[0].text) > LONGEST_HEAD else frozenset({0})
    if at < MOST_HEAD_LINES and at <= bullet:
        return frozenset(range(at + 1))
    place = {at - 1} if at - 1 > 0 and len(lines[at - 1].text) < LEAST_WRAPPED else set[int]()
    return frozenset({0, at} | place)


def _title(text: str) -> str:
    """A head line without its dates and addresses."""
    plain = _BARE_ADDRESS.sub("", _ADDRESS.sub("", clean_line(text)))
    found = find_span(plain)
    if (
        found is not None
        and plain[found.start - 1 : found.start] == "("
        and plain[found.end :].startswith("):")
    ):
        plain = plain[: found.start]
    elif found is not None and (found.strong or found.end >= len(plain) - 1):
        plain = f"{plain[: found.start].rstrip(_EDGES)} {plain[found.end :].lstrip(_EDGES)}"
    return without_contacts(plain).strip(_EDGES)
