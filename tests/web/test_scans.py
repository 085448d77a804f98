"""Git folders in the browser: what they show is accepted, changed or rejected, and refusals are words."""

import os
import re
import subprocess
import sys

import pytest
from fastapi.testclient import TestClient

from milepost.model.people import EvidenceKind
from milepost.web.app import make_app
from milepost.web.errands import SCANS
from web.conftest import BASE, PORT  # type: ignore[import-not-found]
from web.long_work import ME, make_repository, wait_for_end  # type: ignore[import-not-found]

PAGE = "/people/Jordan/scan"


def scan(visitor, *folders, authors=ME):
    answer = visitor.send(f"{PAGE}/start", folders="\n".join(map(str, folders)), authors=authors)
    assert answer.status_code == 200
    wait_for_end(visitor.client.app.state.works, SCANS, "Jordan")
    return visitor.get(PAGE).text


@pytest.fixture
def scanned(jordan, tmp_path):
    """Jordan with the findings of one repository."""
    page = scan(jordan, make_repository(tmp_path / "work"))
    assert "What was found" in page
    return jordan


def finding(page, skill):
    """The number of the finding of a skill."""
    part = next(each for each in page.split('<fieldset class="finding') if f">{skill} <" in each[:400])
    return part.split('id="finding-')[1].split('"')[0]


def signals(visitor):
    """What repositories gave to the person's file: skills and levels."""
    pieces = visitor.person().evidence
    return [(each.skill, each.level) for each in pieces if each.kind is EvidenceKind.SIGNAL]


def number_of(page):
    return page.split('name="number" value="')[1].split('"')[0]


def test_findings_name_their_commit_and_line_and_nothing_is_entered_unasked(scanned, tmp_path):
    page = scanned.get(PAGE).text
    said = re.search(r"(serve\d\.py):1 at ([0-9a-f]{12})", page)
    assert said is not None
    git = ["git", "-C", str(tmp_path / "work"), "show", f"{said[2]}:{said[1]}"]
    shown = subprocess.run(git, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("import torch\n")
    assert "<code data-content>import torch</code>" in page
    assert "Yours: 3 of 3 commits" in page
    assert signals(scanned) == []
    assert "Nothing leaves it" in page


def test_a_finding_is_kept_with_the_level_that_was_chosen_another_rejected_and_undo_takes_it_back(scanned):
    page = scanned.get(PAGE).text
    torch, fastapi = finding(page, "PyTorch"), finding(page, "FastAPI")
    done = scanned.send(
        f"{PAGE}/decide",
        number=number_of(page),
        **{f"what-{torch}": "accept", f"level-{torch}": "2.5", f"what-{fastapi}": "reject"},
    )
    assert "1 finding kept in your file." in done.text
    assert signals(scanned) == [("pytorch", 2.5)]
    assert "In your file already" in done.text
    rejected = done.text.split("<summary>Rejected")[1]
    assert f'id="finding-{fastapi}"' in rejected
    assert f'value="reject" checked><label for="reject-{fastapi}"' in rejected
    undone = scanned.send("/people/Jordan/undo", back=PAGE)
    assert "findings as evidence" in undone.text
    assert signals(scanned) == []


def test_an_accepted_finding_without_a_level_is_asked_about_and_what_was_chosen_stays(scanned):
    page = scanned.get(PAGE).text
    torch, fastapi = finding(page, "PyTorch"), finding(page, "FastAPI")
    for odd in ("", "9", "2.3", "nan"):
        asked = scanned.send(
            f"{PAGE}/decide",
            number=number_of(page),
            **{f"what-{torch}": "accept", f"level-{torch}": odd, f"what-{fastapi}": "reject"},
        )
        assert asked.status_code == 422
        assert "needs a level; nothing was written yet" in asked.text
        assert f'value="accept" checked><label for="accept-{torch}"' in asked.text
        assert f'value="reject" checked><label for="reject-{fastapi}"' in asked.text
        assert f'aria-describedby="missing-{torch}"' in asked.text
    assert signals(scanned) == []


def test_findings_survive_the_server_and_old_ones_are_not_decided_about(scanned, home, folder):
    page = scanned.get(PAGE).text
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE) as again:
        assert finding(again.get(PAGE).text, "PyTorch") == finding(page, "PyTorch")
    late = scanned.send(f"{PAGE}/decide", number="77")
    assert late.status_code == 422
    assert "not there any more" in late.text
    assert "Forgotten" in scanned.send(f"{PAGE}/drop").text
    assert "What was found" not in scanned.get(PAGE).text
    assert list((folder / "scans").iterdir()) == []


def test_a_folder_that_cannot_be_read_is_named_with_what_to_do(jordan, tmp_path):
    (tmp_path / "plain").mkdir()
    (tmp_path / "file").write_text("x", encoding="utf-8")
    long = "/" + "x" * 3000
    page = scan(
        jordan, tmp_path / "nowhere", tmp_path / "plain", tmp_path / "file", "here", long, "~nobody-here/x"
    )
    for said in (
        f"{tmp_path / 'nowhere'}: there is no such folder",
        f"{tmp_path / 'plain'}: this folder is not a git repository",
        f"{tmp_path / 'file'}: there is no such folder",
        "here: this is not a whole path",
        "File name too long",
        "~nobody-here/x: this is not a whole path",
    ):
        assert said in page
    assert "Traceback" not in page
    assert f"{tmp_path / 'nowhere'}\n" in page, "what was typed stays in the form"


def test_nobody_named_as_author_is_a_question_and_no_finding(jordan, tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_CONFIG_HOME", raising=False)
    page = scan(jordan, make_repository(tmp_path / "work"), authors="")
    assert "nobody says which commits of work are yours" in page
    page = scan(jordan, tmp_path / "work", authors="someone@example.org")
    assert "None of 3 commits is yours" in page
    assert "Nothing here is new to your file" in page


def test_a_folder_that_is_closed_is_a_sentence(tmp_path):
    """As an ordinary user, since the super-user may read everything."""
    closed = tmp_path / "closed"
    (closed / "work").mkdir(parents=True)
    closed.chmod(0)
    code = f"""
import datetime, os
from milepost.errors import InvalidInput
from milepost.workflows.repository import scan_folders
from milepost.workflows.corpus import measure_corpus
from milepost.files.repository.signs import load_signs
from pathlib import Path
load_signs()  # before the program itself becomes unreadable
if os.geteuid() == 0:
    os.setresuid(65534, 65534, 65534)
for work in (
    lambda: scan_folders(["{closed}/work"], today=datetime.date(2026, 12, 4)),
    lambda: measure_corpus("{closed}/work", Path("count")),
):
    try:
        work()
    except InvalidInput as fault:
        print(fault.problems[0].message)
"""
    try:
        done = subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=False,
            env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        )
    finally:
        closed.chmod(0o700)
    assert done.stdout.splitlines() == [
        "this folder cannot be read: Permission denied",
        "this cannot be read: Permission denied",
    ], done.stderr


@pytest.mark.parametrize("folders", ["", "  \n ", "\n".join(f"/x{n}" for n in range(21))])
def test_no_folder_or_too_many_are_asked_about_and_nothing_starts(jordan, folders):
    answer = jordan.send(f"{PAGE}/start", folders=folders, authors="me@example.org")
    assert answer.status_code == 422
    assert "Name at least one folder" in answer.text
    assert "me@example.org" in answer.text
    assert jordan.client.app.state.works.load(SCANS, "Jordan") is None


def test_cancel_says_so_and_the_address_for_the_script_tells_the_state(jordan, tmp_path):
    assert jordan.get("/people/Jordan/running/scans").json()["state"] == "gone"
    jordan.send(f"{PAGE}/start", folders=str(make_repository(tmp_path / "work", commits=2000)), authors=ME)
    told = jordan.get("/people/Jordan/running/scans").json()
    assert told["state"] == "running"
    assert 'data-work="/people/Jordan/running/scans"' in jordan.get(PAGE).text
    page = jordan.send(f"{PAGE}/cancel").text
    assert "You cancelled the reading. Nothing was changed." in page
    told = jordan.get("/people/Jordan/running/scans").json()
    assert (told["state"], told["far"]) == ("cancelled", "It was cancelled.")
    assert jordan.get("/people/Jordan/running/odd").status_code == 404
    assert jordan.get("/people/Nobody/running/scans").status_code == 404


def test_what_a_repository_says_is_never_read_as_markup(jordan, tmp_path):
    folder = make_repository(tmp_path / "work")
    odd = folder / "<img src=x onerror=alert(1)>.py"
    odd.write_text("import torch  # <script>alert(1)</script>\n", encoding="utf-8")
    git = ["git", "-C", str(folder), "-c", f"user.email={ME}", "-c", "user.name=<b>Kim</b>"]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "-q", "-m", "<script>alert(2)</script>"], check=True)
    page = scan(jordan, folder)
    assert "What was found" in page
    assert "<script>alert" not in page
    assert "<img src=x" not in page
