"""``milepost evidence`` as a user runs it: listed, accepted by number, asked in a terminal, and as JSON."""

import json
import os
import select
import subprocess
import sys
import time

import jsonschema
import pytest

from cli.test_year_commands import CLOCK, TEXT, done, schema, start  # type: ignore[import-not-found]

CV = """\
Experience

ML Engineer, Blue Lagoon, 2019 - 2021
- Served PyTorch models with FastAPI

Skills
Kubernetes, Terraform (advanced), Watercolour
"""


@pytest.fixture
def desk(tmp_path):
    (tmp_path / "me.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "cv.txt").write_text(CV, encoding="utf-8")
    return tmp_path


def document(folder, *arguments):
    found = json.loads(done(folder, "evidence", "me.yaml", *arguments, "--json"))
    jsonschema.validate(found, schema("evidence"))
    return found


def numbers(folder):
    return {each["skill"]: each["number"] for each in document(folder, "cv.txt")["proposals"]}


def test_findings_are_listed_with_their_lines_and_nothing_is_written(desk):
    before = (desk / "me.yaml").read_bytes()
    shown = done(desk, "evidence", "me.yaml", "cv.txt")
    assert '"Served PyTorch models with FastAPI"' in shown
    assert "cv.txt, line 4" in shown
    assert "already rated 1" in shown
    assert "Watercolour" in shown
    assert "Nothing was written" in shown
    assert max(map(len, shown.splitlines())) <= 80
    assert (desk / "me.yaml").read_bytes() == before


def test_json_says_what_became_of_every_finding(desk):
    known = numbers(desk)
    words = f"{known['fastapi']}=2.5,{known['kubernetes']},{known['terraform']},{known['pytorch']}=5"
    found = document(desk, "cv.txt", "--accept", words)
    states = {each["skill"]: each["state"] for each in found["proposals"]}
    assert states["fastapi"] == states["terraform"] == "written"
    assert states["kubernetes"] == "needs-level"
    assert states["pytorch"] == "there"
    assert found["written"] == 2
    assert document(desk, "cv.txt")["proposals"][known["fastapi"] - 1]["reason"] == "already rated 2.5"


def test_all_writes_those_with_a_level_and_undo_takes_all_back(desk):
    before = (desk / "me.yaml").read_bytes()
    shown = done(desk, "evidence", "me.yaml", "cv.txt", "--accept", "all")
    assert "Written: Terraform, 4 (self-rating)" in shown
    assert "Need a level from you" in shown
    assert "Taken back: evidence" in done(desk, "undo", "me.yaml")
    assert (desk / "me.yaml").read_bytes() == before


def test_asked_about_each_with_answers_that_do_not_come_from_a_terminal(desk):
    shown = done(desk, "evidence", "me.yaml", "cv.txt", "--ask", given="seven\n?\n2\nq\n")
    assert shown.count("Written:") == 1
    assert "3 independent" in shown


def test_in_a_terminal_each_finding_is_asked_about(desk):
    pty = pytest.importorskip("pty")
    own, other = pty.openpty()
    environment = {**os.environ, "MILEPOST_TODAY": CLOCK, "COLUMNS": "80"}
    running = subprocess.Popen(
        [sys.executable, "-m", "milepost", "evidence", "me.yaml", "cv.txt"],
        cwd=desk, env=environment, stdin=other, stdout=other, stderr=other,
    )  # fmt: skip
    os.close(other)
    said, answers, end = b"", [b"3\n", b"n\n", b"q\n"], time.monotonic() + 60
    while running.poll() is None and time.monotonic() < end:
        if select.select([own], [], [], 0.2)[0]:
            try:
                said += os.read(own, 4096)
            except OSError:
                break
        if answers and said.count(b"Accept?") > 3 - len(answers):
            os.write(own, answers.pop(0))
    assert running.wait(timeout=30) == 0
    os.close(own)
    assert sum(each["state"] == "there" for each in document(desk, "cv.txt")["proposals"]) == 2


def test_an_unpacked_export_is_a_cv_and_another_folder_a_repository(desk):
    (desk / "export").mkdir()
    (desk / "export" / "Skills.csv").write_text("Name\nDocker\n", encoding="utf-8")
    assert [each["skill"] for each in document(desk, "export")["proposals"]] == ["docker"]
    (desk / "empty").mkdir()
    ran = start(desk, "evidence", "me.yaml", "empty", "--author", "me@example.org")
    assert ran.returncode == 2
    assert "repository" in ran.stderr


@pytest.mark.parametrize("words", ["0", "1=9", "x", "1=1.3"])
def test_a_wrong_list_is_refused_with_an_example(desk, words):
    ran = start(desk, "evidence", "me.yaml", "cv.txt", "--accept", words)
    assert ran.returncode == 2
    assert "→" in ran.stderr
    assert "Traceback" not in ran.stderr


def test_every_bad_file_is_named_and_none_is_a_bug(desk):
    (desk / "a.pdf").write_bytes(b"%PDF-1.7 nothing")
    (desk / "b.docx").write_bytes(b"PK nothing")
    ran = start(desk, "evidence", "me.yaml", "a.pdf", "b.docx", "cv.txt")
    assert ran.returncode == 2
    assert "a.pdf: is broken" in ran.stderr
    assert "b.docx: is broken" in ran.stderr
    assert "Traceback" not in ran.stderr
