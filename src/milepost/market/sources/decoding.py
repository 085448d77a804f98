"""Bytes to text, whatever wrote them."""

import codecs
import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

MOST_BYTES = 50_000_000
"""The largest file of a single advertisement, and the longest line of a table: far beyond any real one."""
_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4000
_PART = 1 << 16


def decode(data: bytes) -> str:
    """UTF-8, UTF-16 by its mark or by its zeros, or Windows-1252; zeros that are left are dropped."""
    encoding = wide_encoding(data[:_SAMPLE])
    if encoding:
        return data.decode(encoding, "replace").removeprefix("\ufeff").replace("\0", "")
    return decode_line(data)


def decode_line(data: bytes) -> str:
    """One line in UTF-8, or in Windows-1252 where it is not."""
    try:
        return data.decode("utf-8").replace("\0", "")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace").replace("\0", "")


def wide_encoding(sample: bytes) -> str:
    """The encoding that a mark at the start or zeros at every other place give away; "" for one byte a letter."""
    for mark, name in _BOMS:
        if sample.startswith(mark):
            return name
    if len(sample) >= 8 and sample[1::2].count(0) > 0.4 * len(sample[1::2]):
        return "utf-16-le"
    if len(sample) >= 8 and sample[::2].count(0) > 0.4 * len(sample[::2]):
        return "utf-16-be"
    return ""


def open_bytes(path: Path) -> IO[bytes]:
    """A file to read, unpacked on the way where its name ends in .gz."""
    return cast("IO[bytes]", gzip.open(path, "rb")) if path.suffix.casefold() == ".gz" else path.open("rb")


def text_lines(file: IO[bytes]) -> Iterator[tuple[int, str | None]]:
    """The lines of a file with their numbers from 1, in flat memory; None for a line beyond the limit."""
    sample = file.read(_SAMPLE)
    encoding = wide_encoding(sample)
    file.seek(0)
    if encoding and encoding != "utf-8-sig":
        yield from _wide_lines(file, encoding)
        return
    number = 0
    while line := file.readline(MOST_BYTES):
        number += 1
        if len(line) >= MOST_BYTES:
            _skip_line(file)
            yield number, None
            continue
        yield number, decode_line(line.removeprefix(codecs.BOM_UTF8) if number == 1 else line)


def _skip_line(file: IO[bytes]) -> None:
    while part := file.readline(MOST_BYTES):
        if part.endswith(b"\n"):
            return


def _wide_lines(file: IO[bytes], encoding: str) -> Iterator[tuple[int, str | None]]:
    decoder = codecs.getincrementaldecoder(encoding)("replace")
    number, held = 0, ""
    while part := file.read(_PART):
        held += decoder.decode(part)
        *lines, held = held.split("\n")
        for line in lines:
            number += 1
            yield number, line.removeprefix("\ufeff").replace("\0", "") + "\n"
    if held:
        yield number + 1, held.removeprefix("\ufeff").replace("\0", "")
