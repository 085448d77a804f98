"""Asking a colleague: the form tells nothing about the person, and only a fitting answer comes in."""

import datetime as dt
import json

import pytest
from axe_playwright_python.sync_playwright import Axe

from milepost.errors import InvalidInput, UsageError
from milepost.model.people import EvidenceKind
from milepost.workflows.asking import keep_answer_of, make_request
from milepost.workflows.keeping import undo_change
from milepost.workflows.year import Occasion

DAY = dt.date(2026, 12, 6)
TEXT = """\
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}
ratings:
  python: {level: 4.5, example: Secret project Falcon}
  docker: 1.5
evidence:
  - {skill: python, kind: manager, level: 2, rater: Boss Name}
"""
AT = Occasion(None, lambda: dt.datetime(2026, 12, 6, 18, tzinfo=dt.UTC), DAY)
GOOD = {
    "format": "milepost answer 1",
    "person": "Mika",
    "rater": "Kim",
    "kind": "peer",
    "levels": {"python": 3.5, "docker": None},
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return path


def form(file, **more):
    return make_request(
        AT.load(str(file)), rater="Kim", kind=EvidenceKind.PEER, skills=("python", "docker"), at=AT, **more
    )


@pytest.mark.parametrize("text", [False, True])
def test_the_form_has_the_anchors_and_is_blind_to_what_the_person_says_and_others_said(file, text):
    made = form(file, text=text)
    assert "Has shipped a typed, tested Python package" in made
    for secret in ("4.5", "Falcon", "Boss Name", "1.5", "ml-engineer"):
        assert secret not in made.split("<main")[-1]


def test_the_page_asks_no_other_host_and_runs_only_its_own_script(file):
    made = form(file)
    policy = made.split('Content-Security-Policy" content="')[1].split('"')[0]
    assert "default-src 'none'" in policy
    assert "sha256-" in policy
    assert made.count("<script") == 1
    assert "http" not in made.replace("http-equiv", "")


def test_the_text_form_comes_back_as_evidence(file, tmp_path):
    answer = tmp_path / "answer.txt"
    answer.write_text(form(file, text=True).replace("  python:\n", "  python: 3.5\n"), encoding="utf-8")
    (piece,) = keep_answer_of(str(file), answer, at=AT)
    assert (piece.skill, piece.level, piece.rater, piece.kind) == ("python", 3.5, "Kim", EvidenceKind.PEER)
    assert AT.load(str(file)).loaded.person.evidence[-1].date == DAY
    with pytest.raises(UsageError, match="entered already"):
        keep_answer_of(str(file), answer, at=AT)
    undo_change(AT.load(str(file)), workspace=None, now=AT.now)
    assert file.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize(
    ("change", "word"),
    [
        ({"person": "Somebody else"}, "not about 'Mika'"),
        ({"format": "other"}, "no answer to a form"),
        ({"kind": "self"}, "whose word"),
        ({"kind": "test"}, "whose word"),
        ({"rater": " "}, "whose word"),
        ({"levels": {"python": 9}}, "not 0 to 5"),
        ({"levels": {"python": True}}, "not 0 to 5"),
        ({"levels": {"python": "4"}}, "not 0 to 5"),
        ({"levels": {"sorcery": 3}}, "no skill called"),
        ({"levels": {"python": None}}, "no level is given"),
        ({"levels": [1]}, "no levels"),
    ],
)
def test_an_answer_that_does_not_fit_is_refused_and_nothing_is_entered(file, tmp_path, change, word):
    answer = tmp_path / "answer.json"
    answer.write_text(json.dumps({**GOOD, **change}), encoding="utf-8")
    with pytest.raises(InvalidInput, match=word):
        keep_answer_of(str(file), answer, at=AT)
    assert file.read_text(encoding="utf-8") == TEXT


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b"x" * 300_000, b"a: &a [*a]\n"])
def test_junk_is_refused_in_words(file, tmp_path, raw):
    answer = tmp_path / "answer.bin"
    answer.write_bytes(raw)
    with pytest.raises((InvalidInput, UsageError)):
        keep_answer_of(str(file), answer, at=AT)


def test_in_a_browser_the_form_makes_the_answer_that_is_entered(browser, file, tmp_path):
    page_file = tmp_path / "form.html"
    page_file.write_text(form(file), encoding="utf-8")
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(page_file.as_uri())
    assert Axe().run(page).response["violations"] == []
    page.click("button")
    assert "at least one" in page.inner_text("#told")
    page.check("#python-3")
    with page.expect_download() as download:
        page.click("button")
    answer = tmp_path / "answer.json"
    download.value.save_as(answer)
    page.close()
    assert [url for url in asked if not url.startswith(("file:", "data:", "blob:"))] == []
    (piece,) = keep_answer_of(str(file), answer, at=AT)
    assert (piece.skill, piece.level) == ("python", 3.0)
