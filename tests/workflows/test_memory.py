"""What a server remembers is what it would work out: whoever changes a file, in whatever process, it is made anew."""

import datetime as dt
import os
import subprocess
import sys

import pytest

from milepost.model.year import CheckIn
from milepost.workflows import memory as module
from milepost.workflows.home import OWNER, Home
from milepost.workflows.memory import MOST, Memory
from milepost.workflows.wanted import keep_ads
from milepost.workflows.workspace import save_new_person
from milepost.workflows.year import record_checkin

DAY = dt.date(2026, 12, 4)
ME = "milepost: 1\nname: Mika\ntarget: {role: ml-engineer, route: outside}\ncapacity: {hours_per_week: 6}\n"


def now():
    return dt.datetime(2026, 12, 4, tzinfo=dt.UTC)


@pytest.fixture
def at_once(monkeypatch):
    """Files count as settled at the first look."""
    monkeypatch.setattr(module, "SETTLED_SECONDS", 0.0)


def counted():
    """A maker that says how often it was asked."""
    asked = []

    def make():
        asked.append(1)
        return len(asked)

    return make


def test_what_was_made_is_given_again_until_a_file_changes_comes_or_goes(tmp_path, at_once):
    file, other = tmp_path / "a", tmp_path / "b"
    file.write_text("one", encoding="utf-8")
    memory, make = Memory(), counted()

    def recall():
        return memory.recall("name", (file, other), make)

    recall()
    first = recall()
    assert recall() == first
    for change in (
        lambda: file.write_text("two", encoding="utf-8"),
        lambda: other.write_text("new", encoding="utf-8"),
        other.unlink,
        lambda: _copy(file).replace(file),
    ):
        before = recall()
        change()
        assert recall() > before


def _copy(file):
    fresh = file.with_suffix(".new")
    fresh.write_bytes(file.read_bytes())
    return fresh


def test_files_that_have_just_changed_are_not_remembered(tmp_path):
    file = tmp_path / "a"
    file.write_text("one", encoding="utf-8")
    memory, make = Memory(), counted()
    assert [memory.recall("name", (file,), make) for _ in range(3)] == [1, 2, 3]


def test_without_a_file_nothing_is_remembered_and_no_more_than_so_much_ever(tmp_path, at_once):
    memory, make = Memory(), counted()
    assert [memory.recall("name", (), make) for _ in range(2)] == [1, 2]
    file = tmp_path / "a"
    file.write_text("one", encoding="utf-8")
    for number in range(3 * MOST):
        memory.recall(number, (file,), make)
    assert len(memory._made) <= MOST
    assert len(memory._seen) <= MOST


@pytest.mark.parametrize("kept_in", ["workspace", "file"])
def test_a_home_sees_every_change_at_once_also_of_another_process(tmp_path, at_once, kept_in):
    workspace, file = str(tmp_path / "w.sqlite"), tmp_path / "me.yaml"
    if kept_in == "file":
        file.write_text(ME, encoding="utf-8")
        home = Home(workspace, now, lambda: DAY, {"Mika": file})
    else:
        save_new_person("Mika", ME, workspace=workspace, now=now)
        home = Home(workspace, now, lambda: DAY, {})
    where = home.where("Mika", OWNER)

    def seen():
        person = home.occasion().load(where).loaded.person
        return len(person.year.checkins), len(person.counted_ads)

    for _ in range(3):
        assert seen() == (0, 0)
    record_checkin(where, CheckIn(DAY, 3.0), at=home.occasion())
    assert seen() == (1, 0)
    (tmp_path / "ad.txt").write_text("ML engineer\nRequirements: Python, Rust.", encoding="utf-8")
    keep_ads(where, [tmp_path / "ad.txt"], at=home.occasion())
    assert seen() == (1, 1)
    for _ in range(3):
        seen()
    done = subprocess.run(
        [sys.executable, "-m", "milepost", "--workspace", workspace, "undo", where],
        env={**os.environ, "MILEPOST_TODAY": DAY.isoformat()}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert seen() == (1, 0)
    if kept_in == "workspace":
        assert home.people(OWNER) == ("Mika",)
        save_new_person("Noa", ME.replace("Mika", "Noa"), workspace=workspace, now=now)
        assert home.people(OWNER) == ("Mika", "Noa")
