"""Several programs at one workspace, and programs that are killed in the middle."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from pathlib import Path

import pytest

from milepost.store import open_store

SCRIPT = Path(__file__).with_name("other_process.py")
SOURCE = Path(__file__).parents[2] / "src"
Clock = Callable[[], datetime]


class Program:
    """One running `other_process.py`."""

    def __init__(self, running: "subprocess.Popen[str]") -> None:
        assert running.stdin is not None
        assert running.stdout is not None
        self.running, self.input, self.output = running, running.stdin, running.stdout

    def tell(self, line: str) -> None:
        self.input.write(f"{line}\n")
        self.input.flush()

    def answer(self) -> str:
        line = self.output.readline()
        assert line, "the other program ended; its complaint is above"
        return line.strip()

    def ask(self, line: str) -> str:
        self.tell(line)
        return self.answer()

    def kill_after(self, line: str, seconds: float, *, first: int = 0) -> list[str]:
        """Start the work of `line`, kill it a while after its first words, and give back what it said."""
        pid = int(self.ask(line).removeprefix("pid "))
        said = [self.answer() for _ in range(first)]
        time.sleep(seconds)
        os.kill(pid, signal.SIGKILL)  # waited for only after its parent says "gone", so the number is its own
        while (word := self.answer()) != "gone":
            said.append(word)
        return said


@contextmanager
def program() -> Iterator[Program]:
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    command = [sys.executable, str(SCRIPT)]
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as running:
        yield Program(running)


@pytest.fixture(scope="module")
def programs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Program]]:
    """Three programs that have imported everything, alembic too, so that they are quick."""
    folder = tmp_path_factory.mktemp("warm")
    with ExitStack() as stack:
        started = [stack.enter_context(program()) for _ in range(3)]
        for number, each in enumerate(started):
            each.tell(f"open {folder / str(number)}.sqlite")
        assert [each.answer() for each in started] == ["people 0"] * 3
        yield started


def test_a_save_that_was_acknowledged_survives_a_kill(url: str, now: Clock, programs: list[Program]):
    dice = random.Random(20261130)
    kills = 25 if url.endswith(".sqlite") else 6
    last = 0
    with open_store(url, now=now):
        pass
    for _ in range(kills):
        said = programs[0].kill_after(f"hammer {url}", dice.uniform(0.0, 0.08), first=1)
        acknowledged = int(said[-1].removeprefix("saved "))
        with open_store(url, now=now) as store:
            saved = store.load_person("Jordan")
        assert last < acknowledged <= saved.version <= acknowledged + 1
        assert saved.document.partition("\n")[0] == str(saved.version)
        last = saved.version
    with open_store(url, now=now) as store:
        assert [each.number for each in store.load_versions("Jordan")] == list(range(1, last + 1))
    if url.endswith(".sqlite"):
        _assert_whole(Path(url))


def test_a_kill_while_a_workspace_is_made_leaves_one_that_opens(
    tmp_path: Path, now: Clock, programs: list[Program]
):
    dice = random.Random(7)
    finished = 0
    for number in range(15):
        path = tmp_path / f"{number}.sqlite"
        finished += "made" in programs[0].kill_after(f"make {path}", dice.uniform(0.0, 0.06))
        with open_store(str(path), now=now) as store:
            assert store.save_person("Jordan", "text") == 1
        _assert_whole(path)
    assert finished < 15, "every workspace was finished before the kill; the kills prove nothing"


def _assert_whole(path: Path) -> None:
    connection = sqlite3.connect(path)
    assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    connection.close()


def test_of_two_programs_that_save_from_the_same_version_exactly_one_wins(
    url: str, now: Clock, programs: list[Program]
):
    with open_store(url, now=now) as store:
        for version in range(15):
            for number, each in enumerate(programs[:2]):
                each.tell(f"save {url} {version} by-{number}-from-{version}")
            answers = [each.answer() for each in programs[:2]]
            assert sorted(answers) == ["lost", f"won {version + 1}"]
            winner = answers.index(f"won {version + 1}")
            assert store.load_person_document("Jordan") == f"by-{winner}-from-{version}"


def test_programs_that_open_a_new_workspace_at_once_all_succeed(
    tmp_path: Path, new_schema: Callable[[], str], programs: list[Program]
):
    for url in (*(str(tmp_path / f"{number}.sqlite") for number in range(8)), new_schema(), new_schema()):
        for each in programs:
            each.tell(f"open {url}")
        assert [each.answer() for each in programs] == ["people 0"] * 3


def test_opening_an_existing_workspace_does_not_import_alembic(url: str, now: Clock):
    with open_store(url, now=now):
        pass
    with program() as reader:
        assert reader.ask(f"modules {url}") == "no alembic"
