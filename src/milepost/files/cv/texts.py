"""CVs as running text: plain text, Markdown, PDF and DOCX."""

import json
import subprocess
import sys
import zipfile
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.cv.headings import sort_lines
from milepost.files.cv.noun import Cv

MOST_BYTES = 20_000_000
MOST_TEXT = 2_000_000
MOST_UNPACKED = 100_000_000
FEWEST_CHARACTERS = 40
PDF_SECONDS = 30.0
"""A PDF of a CV is read in under a second; one that takes this long was made to."""
ANOTHER_WAY = "Save it again as text or DOCX, or copy its text into a .txt file."


def read_text(raw: bytes, path: Path) -> Cv:
    """Plain text or Markdown in UTF-8, UTF-16 or Windows-1252."""
    text = decode(raw)
    if not text.strip():
        raise UsageError(f"{path.name} is empty", hint="Name the file that holds the CV.")
    odd = sum(ord(sign) < 32 and sign not in "\t\n\r\f" for sign in text[:20_000])
    if odd > 0.02 * min(len(text), 20_000):
        raise UsageError(
            f"{path.name} is no text",
            hint="A CV is text, PDF, DOCX, JSON Resume, Europass XML or a LinkedIn export.",
        )
    notes: tuple[str, ...] = ()
    if len(text) > MOST_TEXT:
        text, notes = text[:MOST_TEXT], (f"only the first {MOST_TEXT:,} characters of {path.name} were read",)
    lines = [(line, f"line {number}") for number, line in enumerate(text.splitlines(), start=1)]
    return Cv(sort_lines(lines), notes=notes)


def decode(raw: bytes) -> str:
    """Bytes to text, whatever wrote them."""
    for mark, name in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return raw.decode(name, "replace")
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp1252", "replace")


def read_pdf(path: Path, *, seconds: float = PDF_SECONDS) -> Cv:
    """The text of a PDF, page by page, read in a process of its own that is ended after ``seconds``."""
    fault, pages = _pages_of(path, seconds)
    if fault:
        raise UsageError(f"{path.name} {fault}", hint=ANOTHER_WAY)
    if sum(len(page.strip()) for page in pages) < FEWEST_CHARACTERS:
        raise UsageError(
            f"the pages of {path.name} are pictures without text (a scan)",
            hint="Run text recognition over it, or copy its text into a .txt file.",
        )
    lines = [
        (line, f"page {number}") for number, page in enumerate(pages, start=1) for line in page.splitlines()
    ]
    return Cv(sort_lines(lines))


def _pages_of(path: Path, seconds: float) -> tuple[str, list[str]]:
    """Why the pages cannot be read, or the pages."""
    call = [sys.executable, "-m", "milepost.files.cv.pdf_pages", str(path.resolve())]
    try:
        ran = subprocess.run(  # noqa: S603 - our own module, and a path as one argument
            call, capture_output=True, timeout=seconds, check=False, stdin=subprocess.DEVNULL
        )
        fault, pages = json.loads(ran.stdout)
    except subprocess.TimeoutExpired:
        return f"takes longer than {seconds:g} seconds to read", []
    except ValueError:
        return "broke the reader of PDFs", []
    return fault, pages


def read_docx(path: Path) -> Cv:
    """Paragraphs and tables of a DOCX in their order."""
    import docx
    from docx.table import Table

    check_archive(path)
    try:
        document = docx.Document(str(path))
        lines: list[tuple[str, str]] = []
        for number, block in enumerate(document.iter_inner_content(), start=1):
            if isinstance(block, Table):
                for row in block.rows:
                    cells = list(dict.fromkeys(cell.text.strip() for cell in row.cells))
                    lines += [
                        (line, f"table at block {number}") for cell in cells for line in cell.splitlines()
                    ]
            else:
                lines += [(line, f"paragraph {number}") for line in block.text.splitlines()]
    except Exception as error:
        raise UsageError(
            f"{path.name} is no readable DOCX ({type(error).__name__})", hint=ANOTHER_WAY
        ) from error
    if not any(text.strip() for text, _ in lines):
        raise UsageError(
            f"{path.name} holds no text", hint="A scan has to go through text recognition first."
        )
    return Cv(sort_lines(lines))


def check_archive(path: Path) -> None:
    """Refuse what is no archive, or one that unpacks to far more than any CV holds."""
    try:
        with zipfile.ZipFile(path) as archive:
            infos = archive.infolist()
            if any(info.flag_bits & 1 for info in infos):
                raise UsageError(f"{path.name} is encrypted", hint="Save it again without a password.")
    except (zipfile.BadZipFile, OSError) as error:
        raise UsageError(f"{path.name} is not what its name says", hint=ANOTHER_WAY) from error
    if len(infos) > 5000 or sum(info.file_size for info in infos) > MOST_UNPACKED:
        raise UsageError(
            f"{path.name} unpacks to more than {MOST_UNPACKED:,} bytes", hint="A CV is never that large."
        )
