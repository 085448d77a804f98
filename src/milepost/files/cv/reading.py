"""Which format a CV has, told by its first bytes and not by its name."""

import re
from pathlib import Path

from milepost.files.cv.entries import CvText
from milepost.files.cv.limits import open_zip, read_bytes, refuse
from milepost.files.cv.plain import read_plain

_OLD_WORD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*", b"RIFF")
_WORDS_OF_XML = re.compile(rb"<(?:\w+:)?(?:SkillsPassport|Candidate|LearnerInfo|Europass)[\s>]")
_AS_TEXT = "Save it as DOCX or PDF, or copy its text into a .txt file"


def read_cv(path: Path) -> CvText:
    """The entries of a CV: PDF, DOCX, text, Markdown, JSON Resume, Europass XML or a LinkedIn export (zip or folder).

    Raises ``InvalidInput`` with a word on what is wrong and what to do.
    """
    if path.is_dir():
        from milepost.files.cv.linkedin import read_linkedin_folder

        return read_linkedin_folder(path)
    data = read_bytes(path)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[:1024].find(b"%PDF-") >= 0:
        from milepost.files.cv.pdf import read_pdf

        return read_pdf(path)
    if data.startswith(b"PK"):
        return _read_zip(path)
    if path.suffix.lower() in {".docx", ".zip"}:
        raise refuse(path, f"is not a whole {path.suffix[1:]} file", "Export or save it again.")
    _refuse_others(data, path)
    if head.startswith(b"{") or path.suffix.lower() == ".json":
        from milepost.files.cv.json_resume import read_json_resume

        return read_json_resume(data, path)
    if head.startswith(b"<?xml") or _WORDS_OF_XML.match(head) or path.suffix.lower() == ".xml":
        from milepost.files.cv.europass import read_europass

        return read_europass(data, path)
    return read_plain(data, path)


def _refuse_others(data: bytes, path: Path) -> None:
    if data.startswith(_OLD_WORD):
        raise refuse(path, "is a document of the old Word format (.doc)", f"{_AS_TEXT}.")
    if data.startswith(_PICTURES):
        raise refuse(path, "is a picture", "Run text recognition over it, or copy its text into a .txt file.")
    if data.startswith(b"{\\rtf"):
        raise refuse(path, "is an RTF document", f"{_AS_TEXT}.")


def _read_zip(path: Path) -> CvText:
    with open_zip(path) as packed:
        names = packed.namelist()
        if "word/document.xml" in names:
            from milepost.files.cv.docx import read_docx

            return read_docx(packed, path)
        if any(name.endswith(".csv") for name in names):
            from milepost.files.cv.linkedin import read_linkedin_zip

            return read_linkedin_zip(packed, path)
        if "content.xml" in names:
            raise refuse(path, "is an OpenDocument file", f"{_AS_TEXT}.")
    raise refuse(
        path,
        "is a zip file without a CV that Milepost knows in it",
        "Give the LinkedIn export as it was downloaded, or the CV itself.",
    )
