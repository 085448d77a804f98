"""How much of a CV is read, and the word for one that cannot be.

The bounds are assumptions: a CV of ten pages has some 40,000 characters, and the largest LinkedIn export seen
in documentation is a few MB of CSV.
"""

import re
import zlib
from pathlib import Path
from zipfile import BadZipFile, LargeZipFile, ZipFile

from milepost.errors import InvalidInput, Problem

MOST_BYTES = 20_000_000
"""Bytes of a whole file; pictures in a PDF or DOCX make most of them."""
MOST_TEXT_BYTES = 2_000_000
"""Bytes of text, XML, JSON or one CSV file, after it was unpacked."""
MOST_LINES = 20_000
MOST_PACKED = 5_000
"""Files inside a zip file."""
SHARE_OF_CONTROLS = 0.02
"""Share of control characters from which a file is taken for something else than text."""

_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_CHUNK = 1 << 16


def refuse(path: Path, message: str, hint: str) -> InvalidInput:
    """The error of a CV that cannot be read: what is wrong with the file, and what to do."""
    return InvalidInput([Problem(str(path), 0, 0, "", message, hint)])


def read_bytes(path: Path, *, most: int = MOST_BYTES) -> bytes:
    """The bytes of a file within a bound; raises ``InvalidInput`` for none, too many or an unreadable file."""
    try:
        with path.open("rb") as file:
            data = file.read(most + 1)
    except OSError as fault:
        raise refuse(
            path, f"cannot be read: {fault.strerror or fault}", "Check the name and the folder."
        ) from fault
    if not data:
        raise refuse(path, "the file is empty", "Export or save the CV again.")
    if len(data) > most:
        raise too_large(path, most)
    return data


def too_large(path: Path, most: int, *, what: str = "the file") -> InvalidInput:
    """The error of a file, or a part of it, that no CV is as large as."""
    return refuse(
        path,
        f"{what} is larger than {most // 1_000_000} MB, which no CV is",
        "Save the CV alone, without pictures and attachments.",
    )


def decode(data: bytes, path: Path) -> str:
    """Text from bytes: by its byte-order mark, as UTF-8, or as Windows text; binary files are refused."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        text = data.decode("utf-16", "replace")
    else:
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError:
            text = data.decode("cp1252", "replace")
    controls = sum(1 for _ in _CONTROLS.finditer(text[:200_000]))
    if "\x00" in text[:200_000] or controls > SHARE_OF_CONTROLS * min(len(text), 200_000):
        raise refuse(
            path,
            "is neither text nor a format of CVs that Milepost knows",
            "Give a PDF, DOCX, text, Markdown, JSON Resume, Europass XML or LinkedIn export.",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n")


def open_zip(path: Path) -> ZipFile:
    """A zip file within bounds; raises ``InvalidInput`` for a broken, locked or enormous one."""
    read_bytes(path)
    try:
        packed = ZipFile(path)
        members = packed.infolist()
    except (BadZipFile, LargeZipFile, OSError, ValueError, NotImplementedError) as fault:
        raise refuse(path, "is broken: it is not a whole zip file", "Export or save it again.") from fault
    if len(members) > MOST_PACKED:
        raise refuse(
            path, f"holds {len(members)} files, which no CV does", "Export the CV or the LinkedIn data again."
        )
    if any(member.flag_bits & 1 for member in members):
        raise refuse(path, "is encrypted", "Save it again without a password.")
    return packed


def unpack(packed: ZipFile, name: str, path: Path) -> bytes | None:
    """One file out of a zip file, None where there is none; what its header says about its size is not trusted."""
    try:
        with packed.open(name) as file:
            parts = bytearray()
            while chunk := file.read(_CHUNK):
                parts += chunk
                if len(parts) > MOST_TEXT_BYTES:
                    raise too_large(path, MOST_TEXT_BYTES, what=f"{name} in it")
            return bytes(parts)
    except KeyError:
        return None
    except (BadZipFile, OSError, EOFError, RuntimeError, NotImplementedError, zlib.error) as fault:
        raise refuse(
            path, f"is broken: {name} in it cannot be unpacked", "Export or save it again."
        ) from fault
