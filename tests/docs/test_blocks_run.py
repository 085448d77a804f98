"""Every command block of the README and of the pages runs, and prints what the page shows below it."""

import contextlib
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from pathlib import Path

import pytest

from milepost.publish.request_form import FORMAT
from reader_folder import ROOT, furnish  # type: ignore[import-not-found]

PAGES = [
    page
    for page in (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted((ROOT / "docs" / "how-to").glob("*.md")))
    if "```console" in page.read_text(encoding="utf-8")
]  # fmt: skip
BLOCK = re.compile(r"^```console\n(.*?)^```", re.MULTILINE | re.DOTALL)
COMMAND = re.compile(r"^\$ (.*)\n((?:(?!\$ ).*\n)*)", re.MULTILINE)
ROBIN = (
    "milepost init me.yaml --name Robin --role ml-engineer --route outside --hours-per-week 8 "
    "--rate python=3.5 --rate machine-learning=2 --rate docker=2"
)
BEGINS_EMPTY = {"README.md", "alex.md", "sam.md"}
"""Pages that make the person file themselves; elsewhere Robin of the README has a plan in force."""

TYPED = {
    "milepost init": "ml-engineer\nRobin\noutside\n8\n" + "\n" * 60,
    "milepost assess": "q\n",
    "milepost checkin": "6\nit resumes\n\n7\nserve it\n",
    "milepost publish": "y\n",
    "milepost cards": "\n3\n" * 20,
    "milepost evidence": "n\n" * 200,
}
"""What is typed where a command asks."""

PYTHON = {"  python: 3.5": "  pyhton: 3.7"}
SLIPS = {"README.md": PYTHON, "person-file.md": {**PYTHON, ", route: outside": ", rout: outside"}}
"""What is wrong in the person file where a page shows what `check` says of it."""

SAID_OTHERWISE = {
    ("person-file.md", "milepost check me.yaml"): 2,
    ("README.md", "milepost check me.yaml"): 2,
    ("commands.md", "milepost calibrate --area llm-applications --out calibration.json"): 2,
}
"""Exit codes other than 0: the check finds what is wrong; nobody's answers may be pooled yet."""


@dataclass(frozen=True)
class Shown:
    """One command of a page, its line, and what the page shows below it."""

    page: str
    line: int
    command: str
    output: str


def commands_of(page):
    text = page.read_text(encoding="utf-8")
    for block in BLOCK.finditer(text):
        for found in COMMAND.finditer(block[1].replace("\\\n", " ")):
            place = text.index(f"$ {found[1].partition('  ')[0]}", block.start())
            yield Shown(page.name, text.count("\n", 0, place) + 1, found[1], found[2])


@pytest.fixture(scope="session")
def planned(tmp_path_factory):
    """Robin with a plan in force, made once."""
    folder = tmp_path_factory.mktemp("planned") / "here"
    folder.mkdir()
    for command in (ROBIN, "milepost plan me.yaml --accept"):
        done = run(command, folder)
        assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def folder(tmp_path):
    here = tmp_path / "here"
    here.mkdir()
    furnish(here)
    return here


def run(command, folder, typed=""):
    environment = {
        **os.environ, "HOME": str(folder), "MILEPOST_TODAY": "2026-11-23", "COLUMNS": "80",
        "MILEPOST_WORKSPACE": str(folder / "w.sqlite"), "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT / "src"), os.environ.get("PYTHONPATH", "")))),
    }  # fmt: skip
    return subprocess.run(
        command, shell=True, cwd=folder, env=environment, input=typed, capture_output=True, text=True,
        encoding="utf-8", timeout=200, check=False,
    )  # fmt: skip


def typed_for(command):
    return next((words for start, words in TYPED.items() if command.startswith(start)), "")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_command_of_the_page_runs(page, folder, request):
    if page.name not in BEGINS_EMPTY:
        shutil.copytree(request.getfixturevalue("planned"), folder, dirs_exist_ok=True)
    for shown in commands_of(page):
        if is_of_the_repository(shown.command) or serves(shown.command, folder):
            continue
        prepare(shown, folder)
        done = run(shown.command, folder, typed_for(shown.command))
        place = f"{shown.page}:{shown.line}: {shown.command}"
        assert done.returncode == SAID_OTHERWISE.get((shown.page, shown.command), 0), (
            f"{place}\n{done.stderr}"
        )
        assert "Traceback" not in done.stderr, place
        check_output(shown, done.stdout)
        if shown.command == "milepost check me.yaml" and shown.page == "README.md":
            (folder / "me.yaml").write_text(
                (folder / "whole.yaml").read_text(encoding="utf-8"), encoding="utf-8"
            )


def is_of_the_repository(command):
    """``make`` and ``source`` are about a clone; what they start is held here."""
    if command == "make demo":
        assert "demo: .venv/.ready\n\t$(BIN)/milepost demo --out demo-output" in (
            ROOT / "Makefile"
        ).read_text(encoding="utf-8")
    return command in {"make demo", "source .venv/bin/activate"}


def prepare(shown, folder):
    """What the page says happens between two commands."""
    if shown.command == "milepost check me.yaml" and shown.page in SLIPS:
        misspell(folder / "me.yaml", SLIPS[shown.page])
    if shown.page == "commands.md":
        set_aside(folder, begins=shown.command.startswith("milepost init"))
    if shown.command == "milepost ask me.yaml --answer milepost-answer.json":
        answer = {
            "format": FORMAT,
            "person": "Robin",
            "rater": "Kim",
            "kind": "peer",
            "levels": {"python": 3},
        }
        (folder / "milepost-answer.json").write_text(json.dumps(answer), encoding="utf-8")
    if shown.command == "milepost delete jordan --yes":
        assert run("milepost import jordan.yaml --as jordan", folder).returncode == 0


def misspell(path, slips):
    """The slips that a page shows."""
    text = path.read_text(encoding="utf-8")
    (path.parent / "whole.yaml").write_text(text, encoding="utf-8")
    for right, wrong in slips.items():
        assert right in text
        text = text.replace(right, wrong)
    path.write_text(text, encoding="utf-8")


def set_aside(folder, *, begins):
    """A page of many commands begins a second file under the same name; the first one comes back after it."""
    for name in ("me.yaml", "me.history.sqlite"):
        here, kept = folder / name, folder / f"kept-{name}"
        if begins and here.exists():
            here.rename(kept) if not kept.exists() else here.unlink()
        elif not begins and kept.exists():
            kept.replace(here)


def check_output(shown, said):
    """Each line that is shown occurs, in this order; … stands for anything."""
    at = 0
    for line in shown.output.splitlines():
        if line.strip() in {"", "…"}:
            continue
        pattern = r"[\s\S]*?".join(re.escape(part.strip()) for part in line.split("…"))
        found = re.compile(pattern).search(said, at)
        assert found, f"{shown.page}:{shown.line}: {shown.command} does not print {line!r}:\n{said[:3000]}"
        at = found.end()


def serves(command, folder):
    """Start what stays open, ask it something, and stop it."""
    words = shlex.split(command)
    if words[0] == "curl":
        return True
    verb = next((word for word in words[1:] if word in {"serve", "mcp"}), "")
    if not verb or words[0] != "milepost":
        return False
    if verb == "mcp":
        hello = {
            "jsonrpc": "2.0", "id": 1, "method": "initialize",
            "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
        }  # fmt: skip
        done = run(command, folder, json.dumps(hello) + "\n")
        assert '"serverInfo"' in done.stdout, f"{command}\n{done.stderr}"
        return True
    line = command if "--port" in words else f"{command} --port 8766"
    port = shlex.split(line)[-1]
    environment = {
        **os.environ,
        "HOME": str(folder),
        "MILEPOST_WORKSPACE": str(folder / "w.sqlite"),
        "MILEPOST_TODAY": "2026-11-23",
    }
    started = subprocess.Popen(
        [sys.executable, "-m", "milepost", *shlex.split(line)[1:]], cwd=folder, env=environment,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        assert answers(f"http://127.0.0.1:{port}/health")
        if "me.yaml" not in words:
            assert answers(f"http://127.0.0.1:{port}/api/v1/people")
    finally:
        started.terminate()
        started.wait(20)
    return True


def answers(url):
    for _ in range(150):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as reply:
            return reply.status == 200
        time.sleep(0.2)
    return False
