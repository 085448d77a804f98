"""Advertisements from wherever a person has them: one reader a kind of file, one row at a time."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from milepost.errors import UsageError
from milepost.market.ads import Ad, distinct_ads
from milepost.market.sources.columns import Columns, choose_columns
from milepost.market.sources.decoding import MOST_BYTES, decode
from milepost.market.sources.drafts import Draft, Refused, Rejected, make_ad
from milepost.market.sources.forum import posts_in, read_post
from milepost.market.sources.particulars import find_particulars
from milepost.market.sources.tables import (
    Found,
    RowOrFault,
    csv_rows,
    json_content,
    json_line_rows,
    parquet_rows,
    preview,
    rows_in,
)
from milepost.market.sources.walking import files_in, names_of

_TABLES: Mapping[str, Callable[[Path], Iterator[RowOrFault]]] = {
    **dict.fromkeys((".csv", ".tsv", ".csv.gz", ".tsv.gz"), csv_rows),
    **dict.fromkeys((".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"), json_line_rows),
    ".parquet": parquet_rows,
}
_TEXTS = frozenset({".txt", ".text", ".md", ".markdown"})
_PAGES = frozenset({".html", ".htm", ".xhtml"})
_UNTITLED = "\0untitled"
_KNOWN = "text, Markdown, HTML, PDF, .eml, .mbox, .csv, .jsonl, .json and .parquet"


@dataclass(frozen=True, slots=True)
class AdsRead:
    """What came of some files: the distinct advertisements, and what happened to the rest.

    ``read`` counts advertisements before folding; ``folded`` of them repeat another, ``older`` are from before
    the day that was asked for.
    """

    ads: tuple[Ad, ...]
    read: int
    folded: int
    rejected: tuple[Rejected, ...]
    older: int = 0


def read_ads(
    paths: Sequence[Path], *, columns: Mapping[str, str] | None = None, since: date | str | None = None
) -> AdsRead:
    """The distinct advertisements of files and folders, repeats folded, personal data replaced.

    ``columns`` says which column of a table holds a field, as in ``{"text": "description"}``. With ``since``,
    advertisements with an earlier day are left out; those without a day stay. Raises UsageError where the mapping
    names something that does not exist.
    """
    start = since.isoformat() if isinstance(since, date) else since or ""
    found: list[Ad] = []
    rejected: list[Rejected] = []
    older = 0
    for ad in stream_ads(paths, columns=columns):
        if isinstance(ad, Rejected):
            rejected.append(ad)
        elif ad.date and ad.date < start:
            older += 1
        else:
            found.append(ad)
    kept = _fold(found)
    return AdsRead(kept, len(found), len(found) - len(kept), tuple(rejected), older)


def _fold(ads: Iterable[Ad]) -> tuple[Ad, ...]:
    """The distinct advertisements; one without a title repeats another of its company only by its text."""
    marked = (ad if ad.title else replace(ad, title=f"{_UNTITLED} {ad.source} {ad.id}") for ad in ads)
    return tuple(
        replace(ad, title="") if ad.title.startswith(_UNTITLED) else ad for ad in distinct_ads(marked)
    )


def iterate_ads(path: Path, *, columns: Mapping[str, str] | None = None) -> Iterator[Ad | Rejected]:
    """The advertisements of one file or folder as they come, in flat memory; repeats are not folded.

    A row that cannot be read is a ``Rejected`` with its place and reason, and never stops a run. Raises
    UsageError where the mapping names something that does not exist.
    """
    return stream_ads([path], columns=columns)


def stream_ads(paths: Sequence[Path], *, columns: Mapping[str, str] | None = None) -> Iterator[Ad | Rejected]:
    """As ``iterate_ads``, of several files and folders: equal names in two folders stay apart."""
    files = all_files(paths)
    for file, name in zip(files, names_of(files) if files else (), strict=True):
        yield from _iterate(file, name, columns)


def all_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """Every file that the paths name, each once and in order."""
    return tuple(dict.fromkeys(file for path in paths for file in files_in(path)))


def count_rows(path: Path) -> Iterator[int]:
    """How many rows a file or folder holds, counted up as they are found: an upper bound for its advertisements.

    A file that is no table, and a mail box, count as one.
    """
    found = 0
    for file in files_in(path):
        rows = _TABLES.get(_kind(file))
        try:
            for _ in rows(file) if rows and file.exists() else (file,):
                found += 1
                yield found
        except OSError:
            continue


def _iterate(path: Path, name: str, columns: Mapping[str, str] | None) -> Iterator[Ad | Rejected]:
    """The advertisements of one file; ``name`` is what it is called in their ids."""
    single = _kind(path) in _TEXTS | _PAGES | {".pdf", ".eml"}
    try:
        for row, draft in _drafts(path, columns):
            ad = draft if isinstance(draft, Refused) else _finished(draft, name, row, single=single)
            yield Rejected(str(path), row, ad.reason) if isinstance(ad, Refused) else ad
    except OSError as error:
        yield Rejected(str(path), 0, f"cannot be opened: {error.strerror or error}")


def _finished(draft: Draft, name: str, row: int, *, single: bool) -> Ad | Refused:
    return make_ad(draft, source=name, default_id=name if single and row <= 1 else f"{name}:{row}")


def _drafts(path: Path, columns: Mapping[str, str] | None) -> Iterator[Found]:
    kind = _kind(path)
    if not path.exists():
        yield 0, Refused("there is no such file")
    elif kind in _TABLES:
        yield from _table(path, _TABLES[kind](path), columns)
    elif kind in {".json", ".json.gz"}:
        yield from _json(path, columns)
    elif kind == ".mbox":
        yield from _box(path)
    elif (size := path.stat().st_size) > MOST_BYTES:
        yield (
            0,
            Refused(
                f"{size / 1e6:.0f} MB is too large for one advertisement; the limit is {MOST_BYTES / 1e6:.0f} MB"
            ),
        )
    else:
        yield from _single(path, kind)


def _kind(path: Path) -> str:
    """The suffix that says how to read a file; with .gz, the one before it too."""
    suffix = path.suffix.casefold()
    return "".join(path.suffixes[-2:]).casefold() if suffix == ".gz" else suffix


def _single(path: Path, kind: str) -> Iterator[Found]:
    if kind in _TEXTS:
        yield 0, find_particulars(decode(path.read_bytes()), file_name=path.name)
    elif kind in _PAGES:
        yield from _page(path)
    elif kind == ".pdf":
        from milepost.market.sources.pdf import read_pdf

        text = read_pdf(path)
        yield 0, text if isinstance(text, Refused) else find_particulars(text, file_name=path.name)
    elif kind == ".eml":
        yield 0, _guarded_mail(path.read_bytes())
    else:
        yield (
            0,
            Refused(
                f"{path.suffix or 'a name without an ending'} is no kind of file that is read; {_KNOWN} are"
            ),
        )


def _page(path: Path) -> Iterator[Found]:
    """Every JobPosting of a page; a page without one is an advertisement by its text."""
    from milepost.market.sources.job_pages import postings_in
    from milepost.market.sources.page import parse_page, read_page

    try:
        soup = parse_page(decode(path.read_bytes()))
        drafts = postings_in(soup)
        page = read_page(soup)
    except (ValueError, AssertionError, RecursionError, AttributeError) as error:
        yield 0, Refused(f"the page cannot be read ({type(error).__name__}); copy its text into a .txt file")
        return
    yield from enumerate(drafts, start=1)
    if not drafts:
        headings = tuple(dict.fromkeys(filter(None, (*page.titles, page.heading))))
        yield 0, find_particulars(page.text, headings=headings, site=page.site, file_name=path.name)


def _guarded_mail(data: bytes) -> Draft | Refused:
    from milepost.market.sources.mail import read_mail

    try:
        return read_mail(data)
    except (ValueError, LookupError, AttributeError, TypeError, RecursionError) as error:
        return Refused(f"the message cannot be read ({type(error).__name__}); copy its text into a .txt file")


def _box(path: Path) -> Iterator[Found]:
    from milepost.market.sources.mail import messages_in

    for number, message in messages_in(path):
        if message is None:
            yield number, Refused(f"a message of more than {MOST_BYTES / 1e6:.0f} MB")
        else:
            yield number, _guarded_mail(message)


def _json(path: Path, columns: Mapping[str, str] | None) -> Iterator[Found]:
    """A thread of a forum post by post; any other list as a table."""
    content = json_content(path)
    posts = posts_in(content)
    if isinstance(content, Refused):
        yield 0, content
    elif posts is not None:
        for number, post in enumerate(posts, start=1):
            yield number, read_post(post)
    else:
        yield from _table(path, rows_in(content), columns)


def _table(path: Path, rows: Iterator[RowOrFault], columns: Mapping[str, str] | None) -> Iterator[Found]:
    first, again = preview(rows)
    chosen = choose_columns(first, mapping=columns, path=path.name) if first else Columns({})
    if isinstance(chosen, Refused):
        yield 0, chosen
        return
    for number, row in again:
        yield number, row if isinstance(row, Refused) else _row(chosen, row)


def _row(columns: Columns, row: Mapping[str, object]) -> Draft | Refused:
    try:
        return columns.read(row)
    except (ValueError, TypeError, OverflowError, RecursionError, LookupError, AttributeError) as error:
        return Refused(f"the row cannot be read ({type(error).__name__}: {error})")


def parse_ad(text: str) -> Ad:
    """The advertisement in a text of its own; raises UsageError where the text is none."""
    ad = make_ad(find_particulars(text), source="pasted", default_id="pasted")
    if isinstance(ad, Refused):
        raise UsageError(
            f"the pasted text is no advertisement: {ad.reason}", hint="Paste the whole advertisement."
        )
    return ad
