"""What tests of long work share: waiting for it, and looking whether a process is there and what it started."""

import json
import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from milepost.web.errands import RUNNING

ME = "kim@example.org"
PATIENCE_SECONDS = 120.0
"""For a busy machine; nothing is measured by it."""


def wait_until(true, what):
    """Look again and again until something is true."""
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.02)
    pytest.fail(f"it never came to this: {what}")


def wait_for_end(works, kind, name):
    return wait_until(lambda: (work := works.load(kind, name)).state != RUNNING and work, f"{kind} ends")


def is_there(pid):
    """Whether a process runs; one that has ended and waits to be looked at does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def children_of(pid):
    """The processes that a process has started, and those that these have."""
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*"):
        try:
            direct = [int(child) for child in (task / "children").read_text().split()]
        except OSError:
            continue
        for child in direct:
            found += [child, *children_of(child)]
    return found


def command_of(pid):
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def workers_of(pid):
    """The processes of long work below a process."""
    return [each for each in children_of(pid) if "milepost.web.at_work" in command_of(each)]


def write_ads(path, rows=60, bad=0):
    """A table of invented advertisements, some of which are none."""
    skills = ("Python and SQL", "PyTorch, Docker and Kubernetes", "RAG with LangChain", "Terraform on AWS")
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            text = f"Requirements\n- {skills[number % 4]}\n- posting {number}, SECRET{number}, for a team that ships every week"
            row = {
                "title": f"Engineer {number}",
                "company": f"Company {number % 7}",
                "date": "2026-01-03",
                "text": text,
            }
            file.write(json.dumps(row) + "\n")
        for _ in range(bad):
            file.write("{broken\n")
    return path


def make_repository(folder, commits=3):
    """A repository with commits of Kim, made by one run of git."""
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    feed = []
    for number in range(commits):
        content = f"import torch\nimport fastapi\nprint({number})\n".encode()
        feed += [
            b"commit refs/heads/main\n",
            f"author Kim <{ME}> {1_700_000_000 + 86_400 * number} +0000\n".encode(),
            f"committer Kim <{ME}> {1_700_000_000 + 86_400 * number} +0000\n".encode(),
            b"data 4\nwork\n",
            f"M 100644 inline serve{number % 50}.py\ndata {len(content)}\n".encode() + content + b"\n",
        ]
    subprocess.run(
        ["git", "-C", str(folder), "fast-import", "--quiet"],
        check=True,
        input=b"".join(feed),
        env={**os.environ, "GIT_CONFIG_GLOBAL": "/dev/null"},
    )
    return folder


def hang_git(folder, monkeypatch):
    """Puts a git on the path that answers every question but never ends to tell the commits."""
    real = shutil.which("git")
    folder.mkdir()
    script = folder / "git"
    script.write_text(
        f'#!/bin/sh\nfor word; do [ "$word" = log ] && exec sleep 3600; done\nexec {real} "$@"\n',
        encoding="utf-8",
    )
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
