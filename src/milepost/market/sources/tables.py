"""Tables of advertisements, a row at a time: CSV and JSON lines (packed by gzip or not), JSON lists and Parquet.

Memory does not grow with the number of rows, but for JSON lists, which are read whole. A broken row is set aside
with its line and reading goes on behind it.
"""

import csv
import json
import zlib
from collections.abc import Iterator, Mapping
from glob import escape
from itertools import chain, islice
from pathlib import Path
from typing import Any

from milepost.market.sources.decoding import MOST_BYTES, decode, open_bytes, text_lines
from milepost.market.sources.drafts import Draft, Refused
from milepost.market.sources.job_posting import is_posting
from milepost.market.sources.records import records_in

Row = Mapping[str, Any]
Found = tuple[int, Draft | Refused]
RowOrFault = tuple[int, Row | Refused]

_PREVIEW = 200
"""Rows that are looked at before the first is read, to choose columns and the order of days."""
_BATCH = 512
_MOST_JSON = 400_000_000
_DELIMITERS = ",;\t|"
_DEEPEST_LIST = 3


def json_line_rows(path: Path) -> Iterator[RowOrFault]:
    """The objects of JSON lines with their line numbers."""
    with open_bytes(path) as file:
        for number, line in _unless_cut(text_lines(file)):
            if isinstance(line, Refused):
                yield number, line
            elif line is None:
                yield number, Refused(f"a line of more than {MOST_BYTES // 1_000_000} MB")
            elif line.strip():
                yield number, _parsed(line)


def _parsed(line: str) -> Row | Refused:
    try:
        row = json.loads(line, strict=False)
    except RecursionError:
        return Refused("JSON that is nested too deep")
    except ValueError as error:
        return Refused(f"no valid JSON: {getattr(error, 'msg', error)}")
    return row if isinstance(row, dict) else Refused("the line holds no object {…}")


def _unless_cut(lines: Iterator[tuple[int, str | None]]) -> Iterator[tuple[int, str | Refused | None]]:
    """Lines up to where a packed file breaks off, and then why."""
    last = 0
    try:
        for number, line in lines:
            last = number
            yield number, line
    except (EOFError, OSError, zlib.error) as error:
        yield last + 1, Refused(f"the file breaks off here ({error}); get it again")


def csv_rows(path: Path) -> Iterator[RowOrFault]:
    """The rows of a CSV file by its header, with the lines on which they start."""
    csv.field_size_limit(MOST_BYTES)
    with open_bytes(path) as file:
        lines = _unless_cut(text_lines(file))
        first = list(islice(lines, 1))
        header_line = next((line for _, line in first if isinstance(line, str)), "")
        delimiter = max(_DELIMITERS, key=header_line.count)
        records = records_in(chain(first, lines), delimiter=delimiter)
        header: list[str] = []
        for number, record in records:
            if isinstance(record, Refused):
                yield number, record
            elif not header:
                header = [name.strip() or f"column {place}" for place, name in enumerate(record, start=1)]
            else:
                yield number, dict(zip(header, record, strict=False))


def parquet_rows(path: Path) -> Iterator[RowOrFault]:
    """The rows of a Parquet file in batches, by DuckDB."""
    import duckdb

    with duckdb.connect(config={"autoinstall_known_extensions": "false", "threads": 1}) as database:
        database.execute("SET enable_progress_bar = false")
        last = 0
        try:
            result = database.execute("SELECT * FROM read_parquet($path)", {"path": escape(str(path))})
            names = [column[0] for column in result.description or ()]
            while batch := result.fetchmany(_BATCH):
                for values in batch:
                    last += 1
                    yield last, dict(zip(names, values, strict=True))
        except (duckdb.Error, UnicodeDecodeError) as error:
            yield (
                last + 1,
                Refused(f"the Parquet file cannot be read on from here: {str(error).splitlines()[0][:200]}"),
            )


def json_content(path: Path) -> object:
    """What a JSON file holds; Refused where it is none or too large to be read whole."""
    with open_bytes(path) as file:
        data = file.read(_MOST_JSON + 1)
    if len(data) > _MOST_JSON:
        return Refused(
            f"a JSON file of more than {_MOST_JSON // 1_000_000} MB; write one object a line (.jsonl)"
        )
    try:
        return json.loads(decode(data), strict=False)
    except RecursionError:
        return Refused("JSON that is nested too deep")
    except ValueError as error:
        return Refused(f"no valid JSON: {error}")


def rows_in(content: object) -> Iterator[RowOrFault]:
    """The objects of the longest list in a JSON document, or the document itself where it is an object."""
    rows = _list_in(content, 0)
    if rows is None:
        yield 0, Refused("holds neither a list of objects nor a thread")
        return
    for number, row in enumerate(rows, start=1):
        yield number, row if isinstance(row, dict) else Refused("the entry is no object {…}")


def _list_in(content: object, depth: int) -> list[Any] | None:
    if isinstance(content, dict) and is_posting(content):
        return [content]
    if isinstance(content, list):
        return content
    if not isinstance(content, dict) or depth > _DEEPEST_LIST:
        return None
    lists = [
        found
        for value in content.values()
        if isinstance(value, list | dict)
        for found in [_list_in(value, depth + 1)]
    ]
    objects = [found for found in lists if found and isinstance(found[0], dict)]
    if objects:
        return max(objects, key=len)
    return [content] if depth == 0 and any(isinstance(value, str) for value in content.values()) else None


def preview(rows: Iterator[RowOrFault]) -> tuple[list[Row], Iterator[RowOrFault]]:
    """The first good rows, and all rows again from the start."""
    held = list(islice(rows, _PREVIEW))
    return [row for _, row in held if not isinstance(row, Refused)], chain(held, rows)
