"""Whatever the moment of a kill -9, nothing that was acknowledged is lost and the person opens again."""

import datetime as dt
import os
import random
import select
import signal
import time
from pathlib import Path

import pytest

from milepost.files.person_edits import set_in_person_text
from milepost.files.plan_text import read_plan_text, write_plan_text
from milepost.model.plans import Finish, Plan
from milepost.workflows.keeping import keep_change, load_kept, undo_change

KILLS = 150
"""For each of the two homes of a person: a file, and the workspace."""

LONGEST_SECONDS = 0.3
LONGEST_WAIT_SECONDS = 20.0
"""A busy machine takes its time; what counts is that the kill comes at any moment of a change."""
TODAY = dt.date(2026, 12, 6)
TEXT = """\
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}   # evenings
"""


def now() -> dt.datetime:
    return dt.datetime(2026, 12, 6, 18, tzinfo=dt.UTC)


def small_plan(number: int) -> Plan:
    """A plan that carries a number, as a replan would bring one."""
    finish = Finish(TODAY, TODAY, TODAY, 1, number, ())
    return Plan(
        "Mika", "ml-engineer", "outside", TODAY, number, 8.0, 5.6, 0.0, "optimal", 0.0, 0.0, 0.0, (), (), finish,
        {}, {}, 1,
    )  # fmt: skip


def keep_on(name: str, workspace: str, answers: int, start: int) -> None:
    """Check in and replan without end; each change is acknowledged with its number once it is kept."""
    number = start
    while True:
        kept = load_kept(name, workspace=workspace, now=now)
        entry = {"date": TODAY, "hours": number % 100, "note": f"entry {number}"}
        text = set_in_person_text(kept.loaded.text, path=("year", "checkins", "-"), value=entry)
        plan = small_plan(number) if number % 3 == 0 else None
        keep_change(
            kept,
            verb="replan" if plan else "checkin",
            workspace=workspace,
            now=now,
            today=TODAY,
            text=text,
            plan=plan,
        )
        os.write(answers, b"%d\n" % number)
        number += 1


def killed_after(seconds: float, name: str, workspace: str, start: int, *, awake: bool = False) -> list[int]:
    """What was acknowledged by a process that was killed so long after it began, or after its first answer."""
    reads, writes = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reads)
            keep_on(name, workspace, writes, start)
        finally:
            os._exit(1)
    os.close(writes)
    if awake:
        select.select([reads], [], [], LONGEST_WAIT_SECONDS)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with os.fdopen(reads, "rb") as answers:
        return [int(line) for line in answers.read().split()]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs a system that can fork")
@pytest.mark.parametrize("home", ["file", "workspace"])
def test_no_moment_of_a_kill_loses_what_was_acknowledged(home, tmp_path):
    dice = random.Random(7)
    workspace = str(tmp_path / "w.sqlite")
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    name = str(path)
    if home == "workspace":
        from milepost.workflows.workspace import import_files

        import_files([path], name=None, workspace=workspace, now=now)
        name = "Mika"
    acknowledged: list[int] = []
    started = total = 0
    for number in range(KILLS):
        seconds = dice.uniform(0.0, LONGEST_SECONDS / 2)
        answers = killed_after(seconds, name, workspace, started, awake=number % 3 > 0)
        acknowledged += answers
        total += len(answers)
        kept = load_kept(name, workspace=workspace, now=now)
        notes = [entry.note for entry in kept.loaded.person.year.checkins]
        assert not {f"entry {each}" for each in acknowledged} - set(notes)
        assert len(notes) == len(set(notes))
        planned = [each for each in acknowledged if each % 3 == 0]
        assert not planned or (kept.plan is not None and kept.plan.weeks >= planned[-1])
        started = 1 + max((int(note.split()[1]) for note in notes), default=-1)
        if len(notes) > 40:  # a long file is slow to change, and nothing more is learned from it
            clear(kept, name, workspace)
            acknowledged = []
    assert total > KILLS / 2, "the kills came before anything was written"


def clear(kept, name: str, workspace: str) -> None:
    keep_change(kept, verb="clear", workspace=workspace, now=now, today=TODAY, text=TEXT)
    assert "# evenings" in load_kept(name, workspace=workspace, now=now).loaded.text


def test_a_half_written_file_never_has_the_name(tmp_path):
    path = tmp_path / "mika.yaml"
    path.write_text(TEXT, encoding="utf-8")
    for _ in range(30):
        killed_after(random.Random(3).uniform(0, LONGEST_SECONDS), str(path), "", 0)
        assert path.read_text(encoding="utf-8").startswith("milepost: 1\n")
        load_kept(str(path), workspace=None, now=now)


def test_plans_survive_their_text(tmp_path):
    assert read_plan_text(write_plan_text(small_plan(3))) == small_plan(3)
    path = Path(tmp_path / "mika.yaml")
    path.write_text(TEXT, encoding="utf-8")
    kept = load_kept(str(path), workspace=None, now=now)
    keep_change(kept, verb="plan", workspace=None, now=now, today=TODAY, plan=small_plan(3))
    undo_change(load_kept(str(path), workspace=None, now=now), workspace=None, now=now)
    assert load_kept(str(path), workspace=None, now=now).plan is None
