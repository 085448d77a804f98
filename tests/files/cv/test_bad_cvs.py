"""Files that are no CV, or want to be trouble: each gets a clear word, within bounds of time and memory."""

import csv
import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from milepost.errors import InvalidInput
from milepost.files.cv import read_cv
from milepost.files.cv.limits import MOST_BYTES, MOST_TEXT_BYTES
from milepost.files.cv.pdf import read_pdf

BOMB = "<!DOCTYPE a [<!ENTITY b 'ha'>" + "".join(
    f"<!ENTITY {chr(99 + n)} '{('&' + chr(98 + n) + ';') * 10}'>" for n in range(9)
)
OUTSIDE = "<!DOCTYPE a [<!ENTITY b SYSTEM 'file:///etc/passwd'>"


def refused(path: Path) -> str:
    """The message of the one problem with the hint; anything but an ``InvalidInput`` fails the test."""
    with pytest.raises(InvalidInput) as caught:
        read_cv(path)
    (problem,) = caught.value.problems
    assert problem.path == str(path)
    assert problem.hint.endswith((".", "."))
    return problem.message


def written(path: Path, data: bytes | str) -> Path:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def packed(path: Path, files: Mapping[str, bytes | str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return path


def pdf_of(path: Path, content: bytes, *, password: str = "") -> Path:
    """A page with this content stream, in Helvetica."""
    writer = PdfWriter()
    page = writer.add_blank_page(600, 800)
    stream = DecodedStreamObject()
    stream.set_data(content)
    font = DictionaryObject(
        {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
         NameObject("/BaseFont"): NameObject("/Helvetica")}
    )  # fmt: skip
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    page[NameObject("/Contents")] = writer._add_object(stream.flate_encode())
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    with path.open("wb") as file:
        writer.write(file)
    return path


def test_an_empty_file(tmp_path):
    assert "empty" in refused(written(tmp_path / "cv.pdf", b""))


def test_a_file_that_is_not_there(tmp_path):
    assert "cannot be read" in refused(tmp_path / "cv.pdf")


def test_only_blanks(tmp_path):
    assert "no text" in refused(written(tmp_path / "cv.txt", " \n\n\t\n"))


def test_binary_junk(tmp_path):
    junk = bytes((number * 131 + 7) % 256 for number in range(5000))
    assert "neither text nor" in refused(written(tmp_path / "cv.txt", junk))


def test_a_hundred_megabytes_of_text_are_not_read(tmp_path):
    path = tmp_path / "cv.txt"
    with path.open("wb") as file:
        file.write(b"Python\n")
        file.truncate(100_000_000)
    assert f"larger than {MOST_BYTES // 1_000_000} MB" in refused(path)


def test_more_text_than_any_cv_has(tmp_path):
    assert "larger than 2 MB" in refused(written(tmp_path / "cv.md", b"x" * (MOST_TEXT_BYTES + 1)))


def test_a_million_empty_lines(tmp_path):
    assert "lines" in refused(written(tmp_path / "cv.txt", b"a\n" * 900_000))


@pytest.mark.parametrize(
    ("name", "start", "word"),
    [
        ("cv.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Word"),
        ("cv.png", b"\x89PNG\r\n\x1a\n", "picture"),
        ("cv.jpg", b"\xff\xd8\xff\xe0", "picture"),
        ("cv.rtf", b"{\\rtf1 Python}", "RTF"),
        ("cv.docx", b"hello, not a zip", "not a whole docx"),
        ("cv.docx", b"PK\x03\x04 and then nothing", "broken"),
        ("cv.zip", b"PK\x05\x06" + b"\0" * 18, "without a CV"),
    ],
)
def test_other_formats_are_called_by_their_name(tmp_path, name, start, word):
    assert word in refused(written(tmp_path / name, start + b"\x00" * (0 if b"\\rtf" in start else 40)))


def test_an_encrypted_pdf(tmp_path):
    path = pdf_of(tmp_path / "cv.pdf", b"BT /F1 12 Tf (Python) Tj ET", password="secret")
    assert "encrypted" in refused(path)


def test_a_scan_says_what_to_do(tmp_path):
    path = pdf_of(tmp_path / "cv.pdf", b"0 0 600 800 re f")
    with pytest.raises(InvalidInput, match="scan"):
        read_cv(path)
    with pytest.raises(InvalidInput, match="text recognition"):
        read_cv(path)


@pytest.mark.parametrize(
    "data",
    [b"%PDF-1.7\n", b"%PDF-1.7\n" + os.urandom(2000), b"%PDF-1.4\n1 0 obj<<>>endobj trailer<</Root 1 0 R>>"],
)
def test_a_broken_pdf(tmp_path, data):
    assert "broken" in refused(written(tmp_path / "cv.pdf", data))


def test_a_pdf_whose_page_is_its_own_parent(tmp_path):
    loop = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9999999>>endobj\ntrailer<</Root 1 0 R/Size 3>>\n%%EOF"
    )
    assert refused(written(tmp_path / "cv.pdf", loop))


def test_a_pdf_that_takes_too_long_is_ended(tmp_path):
    path = pdf_of(tmp_path / "cv.pdf", b"BT /F1 12 Tf " + b"1 0 0 1 5 5 Tm (Python) Tj " * 2_000_000 + b"ET")
    with pytest.raises(InvalidInput, match="memory or time"):
        read_pdf(path, seconds=2)


def test_a_bomb_of_entities(tmp_path):
    path = written(tmp_path / "cv.xml", f"{BOMB}]><SkillsPassport>&k;</SkillsPassport>")
    assert "entities" in refused(path)


def test_an_entity_that_reads_another_file(tmp_path):
    path = written(tmp_path / "cv.xml", f"<?xml version='1.0'?>{OUTSIDE}]><Candidate>&b;</Candidate>")
    assert "entities" in refused(path)


def test_a_bomb_of_entities_in_a_docx(tmp_path):
    path = packed(tmp_path / "cv.docx", {"word/document.xml": f"{BOMB}]><document>&k;</document>"})
    assert "entities" in refused(path)


def test_a_zip_bomb(tmp_path):
    path = packed(tmp_path / "cv.docx", {"word/document.xml": b"<a>" + b" " * 300_000_000})
    assert path.stat().st_size < 1_000_000
    assert "larger than 2 MB" in refused(path)


def test_a_zip_bomb_in_an_export_leaves_the_rest(tmp_path):
    files: dict[str, bytes | str] = {
        "Skills.csv": "Name\nPython\n",
        "Positions.csv": b"Title\n" + b"x" * 50_000_000,
    }
    cv = read_cv(packed(tmp_path / "export.zip", files))
    assert [entry.lines[0].text for entry in cv.entries] == ["Python"]
    assert "Positions.csv" in cv.notes[0]


def test_a_zip_with_too_many_files(tmp_path):
    path = packed(tmp_path / "export.zip", {f"{number}.csv": "" for number in range(5001)})
    assert "5001 files" in refused(path)


def test_a_zip_whose_contents_are_damaged(tmp_path):
    path = packed(tmp_path / "cv.docx", {"word/document.xml": "<a>" + "Python " * 400 + "</a>"})
    data = bytearray(path.read_bytes())
    data[60:90] = b"\xff" * 30
    path.write_bytes(data)
    assert "broken" in refused(path)


def test_a_docx_of_elements_inside_each_other(tmp_path):
    path = packed(tmp_path / "cv.docx", {"word/document.xml": "<a>" * 20_000 + "</a>" * 20_000})
    assert refused(path)


def test_a_docx_with_pictures_alone(tmp_path):
    path = packed(tmp_path / "cv.docx", {"word/document.xml": "<document><body><p/></body></document>"})
    assert "no text" in refused(path)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("{", "not JSON"),
        ('{"a": 1}', "no JSON Resume"),
        ("[" * 200_000, "levels"),
        ('"Python"', "no JSON Resume"),
    ],
)
def test_json_that_is_no_cv(tmp_path, text, word):
    assert word in refused(written(tmp_path / "cv.json", text))


def test_json_with_wrong_types_everywhere_is_read_as_far_as_it_goes(tmp_path):
    document = {
        "basics": [1], "work": {"a": 1}, "skills": [None, 3, {"name": None, "keywords": {"a": 1}}, {"name": "Python"}],
        "projects": [{"name": ["x"], "url": 7, "startDate": 2020}], "education": None,
    }  # fmt: skip
    cv = read_cv(written(tmp_path / "cv.json", json.dumps(document)))
    assert [entry.lines[0].text for entry in cv.entries if entry.part == "skills"] == ["Python"]
    assert any("work is not a list" in note for note in cv.notes)


def test_xml_that_is_no_cv(tmp_path):
    assert "no Europass" in refused(written(tmp_path / "cv.xml", "<?xml version='1.0'?><rss/>"))
    assert "broken XML" in refused(written(tmp_path / "cv.xml", "<?xml version='1.0'?><Candidate>"))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252", "latin-1"])
def test_text_in_every_common_encoding(tmp_path, encoding):
    path = written(tmp_path / "cv.txt", "Kenntnisse\nPython für Anfänger\n".encode(encoding))
    assert [entry.lines[0].text for entry in read_cv(path).entries] == ["Python für Anfänger"]


def test_a_folder_without_an_export(tmp_path):
    assert "LinkedIn" in refused(tmp_path)


@pytest.mark.parametrize("left_behind", [131_072, 10**9])
def test_a_csv_that_cannot_be_read_is_named_whatever_limit_another_reader_left_behind(tmp_path, left_behind):
    files = {"Skills.csv": "Name\nPython\n", "Projects.csv": 'Title,Description\n"x' + "y" * 200_000 + "\n"}
    before = csv.field_size_limit(left_behind)
    try:
        cv = read_cv(packed(tmp_path / "export.zip", files))
    finally:
        csv.field_size_limit(before)
    assert [entry.lines[0].text for entry in cv.entries] == ["Python"]
    assert "Projects.csv" in cv.notes[0]
