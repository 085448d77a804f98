"""ESCO and O*NET as users download them: every form is read, and what is wrong is named with file and column."""

import csv
import gzip

import pytest

from milepost.errors import InvalidInput
from milepost.files.taxonomies import download
from milepost.files.taxonomies.reading import read_taxonomy
from taxonomies.downloads import (  # type: ignore[import-not-found]
    ELEMENTS,
    ESCO,
    ESCO_DE,
    TECHNOLOGY,
    packed,
    workbook,
)

ZORBIX = "http://data.europa.eu/esco/skill/0001"
ROWS = [line.split("\t") for line in TECHNOLOGY.replace('"', "").splitlines()]


def problem(path):
    with pytest.raises(InvalidInput) as caught:
        read_taxonomy(path)
    (found,) = caught.value.problems
    assert found.hint
    return found


def test_esco_is_read_from_its_table_with_other_labels_and_without_what_is_no_released_skill(tmp_path):
    path = tmp_path / "skills_en.csv"
    path.write_text(ESCO, encoding="utf-8-sig")
    read = read_taxonomy(path)
    assert (read.name, read.language) == ("ESCO", "en")
    assert [concept.id[-4:] for concept in read.concepts] == ["0001", "0002"]
    assert read.concepts[0].alternatives == ("Zorbix 3", "zorbixing")
    assert read.concepts[0].kind == "knowledge"
    assert "1 rows" in read.notes[0]
    assert "European Commission" in read.credit


def test_esco_is_read_from_zip_folder_and_gz_alike(tmp_path):
    folder = tmp_path / "esco"
    (folder / "csv").mkdir(parents=True)
    (folder / "csv" / "skills_en.csv").write_text(ESCO, encoding="utf-8")
    (folder / "csv" / "skillGroups_en.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    zipped = packed(tmp_path / "esco.zip", {"skills_en.csv": ESCO, "occupations_en.csv": "a,b\n"})
    small = tmp_path / "mine.csv.gz"
    small.write_bytes(gzip.compress(ESCO.encode()))
    assert read_taxonomy(folder) == read_taxonomy(zipped) == read_taxonomy(small)


def test_english_is_taken_where_there_are_several_languages_and_another_one_says_so(tmp_path):
    both = packed(tmp_path / "both.zip", {"skills_de.csv": ESCO_DE, "skills_en.csv": ESCO})
    assert read_taxonomy(both).language == "en"
    german = read_taxonomy(packed(tmp_path / "de.zip", {"skills_de.csv": ESCO_DE}))
    assert german.language == "de"
    assert "'de'" in german.notes[0]


def test_onet_is_read_from_text_and_excel_alike(tmp_path):
    files = {"db/Technology Skills.txt": TECHNOLOGY, "db/Content Model Reference.txt": ELEMENTS}
    text = read_taxonomy(packed(tmp_path / "db_text.zip", files))
    assert [concept.label for concept in text.concepts] == [
        "Apache Zorbix",
        '"Quoted" editor software',
        "Torch Reading",
        "Juggling",
    ]
    assert [concept.kind for concept in text.concepts][2:] == ["skill", "knowledge"]
    excel = read_taxonomy(workbook(tmp_path / "Technology Skills.xlsx", ROWS))
    assert [concept.label for concept in excel.concepts] == ["Apache Zorbix", "Quoted editor software"]
    assert excel.name == text.name == "O*NET"


def test_a_missing_column_is_named_with_its_file(tmp_path):
    path = packed(tmp_path / "db.zip", {"Technology Skills.txt": TECHNOLOGY.replace("Example", "Sample")})
    found = problem(path)
    assert found.field == "Example"
    assert "Technology Skills.txt" in found.path
    assert "Sample" in found.hint
    table = tmp_path / "skills_en.csv"
    table.write_text(ESCO.replace("preferredLabel", "name"), encoding="utf-8")
    assert problem(table).field == "preferredLabel"


def test_something_else_is_said_to_be_neither(tmp_path):
    (tmp_path / "cars.csv").write_text("car,colour\nfast,red\n", encoding="utf-8")
    assert "neither ESCO nor O*NET" in problem(tmp_path).message
    assert "cars.csv" in problem(tmp_path).message
    (tmp_path / "empty").mkdir()
    assert "no table" in problem(tmp_path / "empty").message
    assert "cannot be read" in problem(tmp_path / "nothing.zip").message


def test_an_endless_field_is_refused_whatever_limit_another_reader_left_behind(tmp_path):
    (tmp_path / "skills_en.csv").write_bytes(b"conceptUri,preferredLabel\n" + b'"' + b"x" * 200_000)
    before = csv.field_size_limit(10**9)
    try:
        assert "field" in problem(tmp_path / "skills_en.csv").message
    finally:
        csv.field_size_limit(before)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("skills_en.csv", b"", "no column"),
        ("skills_en.csv", b"\x00\x01\x02" * 50, "binary"),
        ("skills_en.csv", "conceptUri,preferredLabel\nhttp://x,caf\xe9\n".encode("latin-1"), "not UTF-8"),
        ("skills_en.csv", b"conceptUri,preferredLabel\nhttp://elsewhere,thing\n", "no ESCO skill"),
        ("skills_en.csv", b"conceptUri,preferredLabel\n" + b'"' + b"x" * 200_000, "field"),
        ("skills_en.csv.gz", b"no gzip at all", "broken"),
        ("esco.zip", b"no zip at all", "whole zip file"),
        ("Technology Skills.xlsx", b"no workbook", "Excel"),
    ],
)
def test_a_broken_file_is_a_message_and_no_traceback(tmp_path, name, data, words):
    (tmp_path / name).write_bytes(data)
    assert words in problem(tmp_path / name).message


def test_a_bomb_ends_at_the_bound(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "MOST_TABLE_BYTES", 1_000_000)
    bomb = ESCO + "x,http://data.europa.eu/esco/skill/9,,,label\n" * 200_000
    assert "larger than 1 MB" in problem(packed(tmp_path / "bomb.zip", {"skills_en.csv": bomb})).message
    (tmp_path / "skills_en.csv.gz").write_bytes(gzip.compress(bomb.encode()))
    assert "larger than 1 MB" in problem(tmp_path / "skills_en.csv.gz").message
    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    sheet = f"<worksheet {space}><sheetData>{'<row></row>' * 200_000}</sheetData></worksheet>"
    assert "larger" in problem(workbook(tmp_path / "Technology Skills.xlsx", ROWS, sheet=sheet)).message


def test_rows_and_files_are_bounded_too(tmp_path, monkeypatch):
    monkeypatch.setattr(download, "MOST_ROWS", 2)
    path = tmp_path / "skills_en.csv"
    path.write_text(ESCO, encoding="utf-8")
    assert "more than 2 rows" in problem(path).message
    monkeypatch.setattr(download, "MOST_FILES", 1)
    assert "more than 1 files" in problem(packed(tmp_path / "a.zip", {"a.csv": "", "b.csv": ""})).message
    (tmp_path / "b.csv").write_text("", encoding="utf-8")
    assert "more than 1 files" in problem(tmp_path).message


def test_entities_in_a_workbook_are_refused(tmp_path):
    sheet = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">]><worksheet><sheetData><row><c t="str"><v>&a;</v></c></row></sheetData></worksheet>'
    path = workbook(tmp_path / "Technology Skills.xlsx", ROWS, sheet=sheet)
    assert "broken" in problem(path).message
