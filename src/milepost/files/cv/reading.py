"""Which reader a CV needs, by what the file is rather than by its name."""

from pathlib import Path

from milepost.errors import UsageError
from milepost.files.cv.noun import Cv
from milepost.files.cv.records import read_europass, read_json_resume, read_linkedin
from milepost.files.cv.texts import MOST_BYTES, read_docx, read_pdf, read_text

_HEAD = 4096
_OLD_WORD = b"\xd0\xcf\x11\xe0"


def read_cv(path: Path) -> Cv:
    """A CV as PDF, DOCX, text, Markdown, JSON Resume, Europass XML or LinkedIn export.

    Raises ``UsageError`` with the next step for everything that is none of these, too large,
    encrypted, scanned, broken, or made to harm.
    """
    try:
        size = path.stat().st_size
        if path.is_dir():
            raise UsageError(
                f"{path} is a folder", hint="Name the file of the CV, or a folder with a git repository."
            )
        if size > MOST_BYTES:
            raise UsageError(
                f"{path.name} has {size:,} bytes", hint=f"A CV of more than {MOST_BYTES:,} bytes is not read."
            )
        raw = path.read_bytes()
    except OSError as fault:
        raise UsageError(
            f"{path} cannot be read: {fault.strerror or fault}", hint="Check the name and the folder."
        ) from fault
    return _by_content(raw, path)


def _by_content(raw: bytes, path: Path) -> Cv:
    head, is_docx = raw[:_HEAD].lstrip(), path.suffix.lower() == ".docx"
    if head.startswith(b"%PDF"):
        return read_pdf(path)
    if raw.startswith(b"PK"):
        return read_docx(path) if is_docx or b"word/" in raw else read_linkedin(path)
    if is_docx or raw.startswith(_OLD_WORD):
        raise UsageError(
            f"{path.name} is not what its name says, or an old or encrypted Word file",
            hint="Save it again as .docx without a password, or as text.",
        )
    if head.startswith((b"{", b"[")):
        return read_json_resume(raw, path)
    return read_europass(raw, path) if head.startswith(b"<") else read_text(raw, path)
