"""What somebody brings: a CV whose findings are decided on, advertisements that are counted and not kept, and bad files."""

import io
import re
import zipfile

import pytest

from milepost.web.cvs import plain_name
from milepost.web.errands import CVS
from web.long_work import wait_for_end  # type: ignore[import-not-found]

CV = """\
Jordan Example
Skills
Python (expert), Airflow
Work
2021 - 2024 Data engineer, Tide Ltd
- Built pipelines in Airflow and dbt
"""
WAVE = "ML Engineer\nCompany: Wave\nRequirements\n- PyTorch and Kubernetes\nNice to have\n- Rust\n"
TIDE = "ML Engineer, Search\nCompany: Tide\nRequirements\n- PyTorch, SQL and Elasticsearch\n"
HOSTILE = (
    "<script>alert(1)</script> Engineer\nCompany: <img src=x onerror=alert(1)>\nRequirements\n- Python\n"
)
PEOPLE = "/people/Jordan"


def read_cv(visitor, content, name="cv.txt"):
    answer = visitor.client.post(
        f"{PEOPLE}/cv/start", data={"token": visitor.token()}, files={"cv": (name, content)}
    )
    if answer.status_code != 200:
        return answer
    wait_for_end(visitor.client.app.state.works, CVS, "Jordan")
    return visitor.get(f"{PEOPLE}/cv")


def add_ads(visitor, *, pasted="", files=()):
    return visitor.client.post(
        f"{PEOPLE}/ads",
        data={"token": visitor.token(), "pasted": pasted},
        files=[("files", (name, content)) for name, content in files] or None,
    )


def findings(page):
    """The numbers of the findings by skill."""
    return {
        name: number
        for number, name in re.findall(r'id="finding-(\d+)">\s*<legend>(.*?) <span class="tag', page)
    }


def test_findings_of_a_cv_come_with_their_lines_and_only_what_is_accepted_is_kept(jordan, folder):
    before = jordan.person()
    page = read_cv(jordan, CV).text
    found = findings(page)
    assert len(found) >= 2
    assert "Built pipelines in Airflow and dbt" in page
    assert jordan.person() == before
    first, second, *_ = found.values()
    number = re.findall(r'name="number" value="(\d+)"', page)[0]
    kept = jordan.send(
        f"{PEOPLE}/cv/decide",
        number=number,
        **{f"what-{first}": "accept", f"level-{first}": "3", f"what-{second}": "reject"},
    )
    assert "1 finding kept in your file." in kept.text
    after = jordan.person()
    assert len(after.ratings) + len(after.evidence) == len(before.ratings) + len(before.evidence) + 1
    assert list((folder / "cvs").glob("*.desk")) == [], "the CV itself is gone"
    assert "Tide Ltd" not in "".join(path.name for path in folder.rglob("*"))
    jordan.send(f"{PEOPLE}/undo", back=f"{PEOPLE}/cv")
    assert jordan.person() == before


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cv.pdf", b"%PDF-1.7 nothing of a PDF"),
        ("cv.docx", b"PK\x03\x04 no archive"),
        ("cv.xml", b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "x"><!ENTITY b "&a;&a;">]><a>&b;</a>'),
        ("cv.bin", bytes(range(256)) * 40),
        ("../../etc/passwd", b"\x00\x01\x02"),
    ],
)
def test_a_file_that_is_no_cv_gets_a_clear_word_and_changes_nothing(jordan, folder, name, content):
    before = jordan.person()
    page = read_cv(jordan, content, name).text
    assert "This could not be read." in page
    assert "Traceback" not in page
    assert "a bug in Milepost" not in page
    assert str(folder) not in page
    assert jordan.person() == before


def test_a_zip_bomb_is_refused_within_its_bounds(jordan):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("Positions.csv", b"0" * 300_000_000)
    assert len(packed.getvalue()) < 400_000
    assert "This could not be read." in read_cv(jordan, packed.getvalue(), "export.zip").text


def test_no_file_and_a_file_above_the_bound_are_said_in_words(jordan):
    assert read_cv(jordan, b"").status_code == 422
    assert "up to 4 MB" in jordan.get(f"{PEOPLE}/bring").text
    assert read_cv(jordan, b"x" * 4_100_000).status_code == 413


def test_pasted_and_chosen_advertisements_are_counted_and_the_gaps_rest_on_them(jordan):
    gaps = jordan.get(f"{PEOPLE}/gaps").text
    page = add_ads(jordan, pasted=f"{WAVE}\n---\n{TIDE}", files=[("more.txt", WAVE.replace("Wave", "Bay"))])
    assert page.status_code == 200
    assert "3 advertisements are new." in page.text
    assert "3 advertisements · 3 companies" in re.sub(r"\s+", " ", page.text)
    assert "That is few" in page.text
    row = page.text.split('<th scope="row">PyTorch</th>')[1][:200]
    assert ">3<" in row
    assert "100\xa0% (" in row
    assert jordan.get(f"{PEOPLE}/gaps").text != gaps
    assert len(jordan.person().counted_ads) == 3
    again = add_ads(jordan, pasted=WAVE)
    assert "0 advertisements are new. 1 was there already." in again.text
    text = jordan.get(f"{PEOPLE}/file.yaml").text
    assert "Nice to have" not in text


def test_one_is_removed_and_undo_brings_it_back(jordan):
    add_ads(jordan, pasted=f"{WAVE}\n---\n{TIDE}")
    words = jordan.person().counted_ads[0].words
    assert "Removed: ML Engineer." in jordan.send(f"{PEOPLE}/ads/drop", words=words).text
    assert [ad.company for ad in jordan.person().counted_ads] == ["Tide"]
    jordan.send(f"{PEOPLE}/undo", back=f"{PEOPLE}/ads")
    assert len(jordan.person().counted_ads) == 2
    assert jordan.send(f"{PEOPLE}/ads/drop", words="gone").status_code == 422


def test_nothing_of_an_advertisement_is_ever_mark_up(jordan):
    page = add_ads(
        jordan, pasted=HOSTILE, files=[("<b>x</b>.html", b"<script>alert(2)</script><p>no advertisement</p>")]
    )
    for text in (page.text, jordan.get(f"{PEOPLE}/ads").text):
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert "<b>x" not in text


def test_what_is_no_advertisement_is_said_and_what_was_pasted_stays(jordan):
    empty = add_ads(jordan)
    assert empty.status_code == 422
    assert "there is no advertisement yet" in empty.text
    page = add_ads(jordan, pasted="ok", files=[("table.csv", b"a,b\n1,2\n")])
    assert page.status_code == 422
    assert ">ok</textarea>" in page.text
    assert "milepost-ads-" not in page.text
    assert jordan.person().counted_ads == ()


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ("C:\\me\\cv.pdf", "cv.pdf"),
        ("../..", "cv"),
        ("", "cv"),
        ("a\x00b\n.pdf", "a_b_.pdf"),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_the_name_of_a_brought_file_is_plain(given, plain):
    assert plain_name(given) == plain
