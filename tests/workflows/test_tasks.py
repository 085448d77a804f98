"""Practical tasks: right solutions pass, named mistakes do not, and nothing that is submitted gets out or hangs."""

import datetime as dt
import os
import shutil
import socket
import time
from pathlib import Path

import pytest

from milepost.assessment.tasks import grade, is_right
from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.sandbox import SECONDS, run_function
from milepost.files.tasks_content import load_tasks
from milepost.model.people import EvidenceKind
from milepost.workflows.tasks import enter_grade, find_task, find_tasks, grade_code, starter_text
from milepost.workflows.year import Occasion

TASKS = tuple(load_tasks(load_catalogue()).values())
DAY = dt.date(2026, 12, 6)


@pytest.fixture(scope="module", autouse=True)
def room():
    if shutil.which("bwrap") is None:
        if os.environ.get("CI"):
            pytest.fail("bubblewrap is missing: `apt-get install bubblewrap`")
        pytest.skip("bubblewrap is missing: submissions cannot be run safely here")


def test_there_are_thirty_tasks_over_the_foundation_and_the_specialisations():
    assert len(TASKS) >= 30
    assert len({task.area for task in TASKS}) >= 14
    assert all(task.skill in {s.id for s in load_catalogue().tree.in_area(task.area)} for task in TASKS)
    assert all(len(task.groups) >= 3 and all(group.hint for group in task.groups) for task in TASKS)


@pytest.mark.parametrize("task", TASKS, ids=lambda task: task.id)
def test_the_reference_passes_the_starter_does_not_and_every_named_mistake_is_caught(task):
    assert grade_code(task, task.solution).grade.share == 1
    assert grade_code(task, task.starter).grade.share < 1
    assert task.mistakes
    for mistake in task.mistakes:
        found = grade_code(task, mistake.code)
        assert found.grade.share < 1, mistake.why
        assert any(group.hint for group in found.grade.groups)


@pytest.mark.parametrize(
    ("expected", "result", "right"),
    [
        ("1", "1.0000000001", True),
        ("1", "1.01", False),
        ("true", "1", False),
        ("null", "0", False),
        ("[1, 2]", "[1]", False),
        ('{"a": [0.3]}', '{"a": [0.30000000000000004]}', True),
        ("NaN", "NaN", False),
        ("1", "not json", False),
    ],
)
def test_results_are_compared_as_values(expected, result, right):
    assert is_right(expected, result) is right


def test_partial_marks_show_a_lower_level_and_nothing_shows_two_levels_less():
    task = find_task("auc-with-ties")
    whole, none = grade_code(task, task.solution).grade, grade(task, [])
    assert whole.level == task.level
    assert none.level == task.level - 2
    assert none.level <= grade_code(task, task.mistakes[0].code).grade.level < whole.level


def attack(body, *, seconds=SECONDS):
    """Run a hostile function on one argument."""
    began = time.monotonic()
    ran = run_function(
        f"def f(x):\n{''.join(f'    {line}' + chr(10) for line in body.splitlines())}",
        "f",
        [[1]],
        seconds=seconds,
    )
    assert time.monotonic() - began < seconds + 5, "it hung"
    return ran


def test_a_fork_bomb_forks_nothing():
    ran = attack("import os\npids = []\nfor _ in range(50):\n    pids.append(os.fork())\nreturn pids")
    assert ran.results == (None,)
    assert "BlockingIOError" in ran.errors[0]


def test_threads_and_programs_cannot_be_started():
    assert attack("import threading\nthreading.Thread(target=print).start()\nreturn 1").results == (None,)
    assert attack(
        "import subprocess\nreturn subprocess.run(['/usr/bin/id'], capture_output=True).stdout.decode()"
    ).results == (None,)


def test_memory_is_bounded():
    ran = attack("x = []\nwhile True:\n    x.append(bytearray(10**7))")
    assert ran.results == (None,)


def test_time_is_bounded():
    assert attack("while True:\n    pass").results == (None,)
    ran = attack("import time\ntime.sleep(1000)", seconds=1.5)
    assert ran.results == (None,)
    assert "longer" in ran.fault


def test_there_is_no_network():
    server = socket.create_server(("127.0.0.1", 0))
    server.setblocking(False)
    port = server.getsockname()[1]
    ran = attack(f"import socket\nsocket.create_connection(('127.0.0.1', {port}), 2)\nreturn 1")
    assert ran.results == (None,)
    with server, pytest.raises(BlockingIOError):
        server.accept()
    assert attack("import socket\nreturn socket.gethostbyname('example.org')").results == (None,)


def test_home_environment_and_other_processes_are_not_there(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret", encoding="utf-8")
    os.environ["MILEPOST_SECRET"] = "secret"
    try:
        for body in (
            f"return open({str(secret)!r}).read()",
            f"import os\nreturn os.listdir({str(tmp_path)!r})",
            "return open('/etc/passwd').read()",
            "import os\nreturn os.environ['MILEPOST_SECRET']",
            "import os\nreturn os.listdir('/home')",
            f"import os\nos.symlink({str(secret)!r}, '/tmp/link')\nreturn open('/tmp/link').read()",
            "return open('/proc/1/environ').read() if 'secret' in open('/proc/1/environ').read() else 1 / 0",
        ):
            ran = attack(body)
            assert ran.results == (None,), body
        processes = attack("import os\nreturn len([p for p in os.listdir('/proc') if p.isdigit()])")
        assert int(processes.results[0]) <= 3
    finally:
        del os.environ["MILEPOST_SECRET"]


def test_nothing_can_be_written_but_a_little_into_memory():
    for body in (
        "open('/usr/x', 'w').write('x')",
        "open('/x', 'wb').write(b'x')",
        "open('/tmp/big', 'wb').write(b'x' * (1 << 25))\nreturn 1",
    ):
        assert attack(body).results == (None,), body


def test_endless_output_is_cut_off_and_prints_are_no_results():
    assert attack("import sys\nwhile True:\n    sys.stdout.write('x' * 100000)").results == (None,)
    assert attack('print(\'["ok", "42"]\')\nreturn 7').results == ("7",)
    assert attack("return 'x' * 10**8").results == (None,)


def test_the_room_ends_with_whatever_its_parent_is_told():
    ran = attack(
        "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(1, signal.SIGKILL)\nos.kill(-1, signal.SIGKILL)"
    )
    assert ran.results == (None,)


def test_leaving_early_or_for_ever_deep_is_no_pass():
    assert attack("raise SystemExit(0)").results == (None,)
    assert attack("import os\nos._exit(0)").results == (None,)
    assert attack("return f(x)").results == (None,)
    assert attack("import sys\nsys.setrecursionlimit(10**9)\nreturn f(x)").results == (None,)


def test_answers_that_equal_everything_or_change_the_rules_do_not_pass():
    task = find_task("wilson-interval")
    for code in (
        "class Yes(float):\n    def __eq__(self, other):\n        return True\n    def __hash__(self):\n        return 1\n\ndef wilson(a, b, c):\n    return [Yes(0), Yes(0)]\n",
        "import json\njson.dumps = lambda *a, **k: '[0, 1]'\n\ndef wilson(a, b, c):\n    return [0, 0]\n",
        "import builtins\nbuiltins.len = lambda x: 0\n\ndef wilson(a, b, c):\n    return None\n",
        "import sys\ndef wilson(a, b, c):\n    f = sys._getframe(1)\n    return [str(v)[:50] for v in f.f_globals.values()]\n",
    ):
        assert grade_code(task, code).grade.share < 1


def test_what_is_expected_never_gets_into_the_room():
    task = find_task("kv-cache-size")
    code = "import sys\n\ndef sequences(*arguments):\n    return repr(sys._getframe(1).f_globals['job'])\n"
    task_cases = [case for group in task.groups for case in group.cases]
    ran = run_function(code, "sequences", [[1]])
    assert ran.results[0] is not None
    assert "expected" not in ran.results[0]
    assert len(task_cases) >= 4


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("def f(:\n", "SyntaxError"),
        ("x = 1\n", "KeyError"),
        ("import numpy_that_is_not_there\n", "ModuleNotFoundError"),
        ("\x00", "null bytes"),
        ("1/0\n", "ZeroDivisionError"),
    ],
)
def test_what_cannot_be_loaded_is_said(code, word):
    found = grade_code(find_task("stable-softmax"), code)
    assert word in found.grade.fault
    assert found.grade.share == 0


def test_nothing_is_left_behind():
    before = len(list(Path("/proc").iterdir()))
    for _ in range(3):
        attack("import time\ntime.sleep(60)", seconds=0.5)
    time.sleep(0.5)
    assert len(list(Path("/proc").iterdir())) <= before + 8


def test_a_grade_is_entered_once_in_ninety_days(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text("milepost: 1\nname: Mika\n", encoding="utf-8")
    at = Occasion(None, lambda: dt.datetime(2026, 12, 6, tzinfo=dt.UTC), DAY)
    task = find_task("cohens-kappa")
    graded = grade_code(task, task.solution)
    piece = enter_grade(str(path), task, graded.grade, at=at)
    assert (piece.kind, piece.skill, piece.level) == (EvidenceKind.TASK, "human-evaluation", 2)
    with pytest.raises(UsageError, match="was entered on"):
        enter_grade(str(path), task, graded.grade, at=at)
    later = Occasion(None, at.now, DAY + dt.timedelta(days=91))
    enter_grade(str(path), task, graded.grade, at=later)


def test_tasks_are_found_by_skill_or_area_and_taken_home_as_a_file():
    assert {task.area for task in find_tasks(skill="mathematics").values()} == {"mathematics"}
    assert list(find_tasks(skill="kv-caching")) == ["kv-cache-size"]
    with pytest.raises(UnknownName) as caught:
        find_task("kv-cache")
    assert "kv-cache-size" in caught.value.hint
    text = starter_text(find_task("auc-with-ties"))
    assert text.startswith("# ROC AUC")
    compile(text, "starter", "exec")
    assert max(len(line) for line in text.splitlines()) <= 100
