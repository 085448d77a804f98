"""Reading a repository against plain ``git log`` over the same history: 50,000 commits, and two gigabytes of binaries."""

import datetime as dt
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.tables import figure, print_table, ratio

COMMITS = 50_000
FILES = 3_000
ME, OTHER = "Kim Example <kim@example.org>", "Sasha Other <sasha@example.org>"
TODAY = dt.date(2026, 11, 23)
FIRST = 1_500_000_000
STEP = 5_400
BINARIES, BINARY_MB = 8, 256
PACKAGES = (
    "torch",
    "numpy",
    "pandas",
    "sklearn",
    "fastapi",
    "transformers",
    "os",
    "json",
    "mlflow",
    "sqlalchemy",
)


def report() -> None:
    """Print seconds and memory of a scan, and the ratio to ``git log --raw`` of the same commits."""
    rows = []
    with tempfile.TemporaryDirectory(prefix="milepost-bench-") as folder:
        for name, share in (("half of the commits are mine", 0.5), ("all of the commits are mine", 1.0)):
            many = Path(folder) / f"many-{share}"
            make_history(many, commits=COMMITS, own_share=share)
            rows.append(_row(f"{COMMITS:,} commits, {name}", many))
        large = Path(folder) / "large"
        make_large(large)
        rows.append(_row(f"{BINARIES * BINARY_MB / 1024:g} GB in {BINARIES} binaries", large))
    print_table(
        "Reading a repository (goal: 50,000 commits under 60 s)",
        (
            "repository",
            "scan s",
            "git log --raw s",
            "scan/log",
            "git log --numstat s",
            "peak MB",
            "git's peak MB",
            "proposals",
        ),
        rows,
    )


def make_history(folder: Path, *, commits: int, own_share: float) -> None:
    """A repository of Python files of about 150 lines, two changed in every commit, over ten years."""
    _init(folder)
    with subprocess.Popen(
        ["git", "-C", str(folder), "fast-import", "--quiet", "--force"], stdin=subprocess.PIPE
    ) as importer:
        assert importer.stdin is not None
        for part in _stream(commits, own_share):
            importer.stdin.write(part)
        importer.stdin.close()
        assert importer.wait() == 0


def _stream(commits: int, own_share: float) -> Iterator[bytes]:
    rng = random.Random(1)
    versions = [0] * FILES
    for number in range(commits):
        who = ME if rng.random() < own_share else OTHER
        stamp = FIRST + number * STEP
        message = f"Change {number}"
        yield f"commit refs/heads/main\nauthor {who} {stamp} +0000\ncommitter {who} {stamp} +0000\ndata {len(message)}\n{message}\n".encode()
        for _ in range(2):
            file = int(FILES * rng.random() ** 2)
            versions[file] += 1
            content = _module(file, versions[file]).encode()
            yield (
                f"M 100644 inline src/part_{file % 50}/module_{file}.py\ndata {len(content)}\n".encode()
                + content
                + b"\n"
            )


def _module(file: int, version: int) -> str:
    rng = random.Random(file)
    imports = "".join(f"import {name}\n" for name in rng.sample(PACKAGES, 3))
    body = "".join(
        f"def step_{n}(value):\n    return value * {n + version} + {rng.random():.6f}\n\n" for n in range(48)
    )
    return f'"""Module {file}."""\n{imports}\nVERSION = {version}\n\n{body}'


def make_large(folder: Path) -> None:
    """Two gigabytes that do not compress, beside ten small files of code."""
    _init(folder)
    for number in range(BINARIES):
        with (folder / f"weights-{number}.bin").open("wb") as file:
            for _ in range(BINARY_MB):
                file.write(os.urandom(1024 * 1024))
    for number in range(10):
        (folder / f"part_{number}.py").write_text(_module(number, 1), encoding="utf-8")
    git = [
        "git",
        "-C",
        str(folder),
        "-c",
        "user.name=Kim Example",
        "-c",
        "user.email=kim@example.org",
        "-c",
        "core.bigFileThreshold=1m",
    ]
    subprocess.run([*git, "add", "."], check=True)
    subprocess.run([*git, "commit", "--quiet", "-m", "Weights"], check=True)


def _init(folder: Path) -> None:
    subprocess.run(["git", "init", "--quiet", "--initial-branch=main", str(folder)], check=True)


_SCAN = (
    "import datetime as dt, resource, sys; from pathlib import Path; "
    "from milepost.workflows.repository import propose_from_repository; "
    "found = propose_from_repository(Path(sys.argv[1]), authors=['kim@example.org'], today=dt.date.fromisoformat(sys.argv[2])); "
    "status = Path('/proc/self/status'); rows = status.read_text().splitlines() if status.exists() else []; "
    "peak = next((int(row.split()[1]) // 1024 for row in rows if row.startswith('VmHWM')), 0); "
    "print(len(found.proposals), peak, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
)


def _row(name: str, folder: Path) -> list[str]:
    log = _seconds(["git", "-C", str(folder), "log", "--raw", "--format=%H"])[0]
    numstat = _seconds(["git", "-C", str(folder), "log", "--numstat", "--format=%H"])[0]
    scan, told = _seconds([sys.executable, "-c", _SCAN, str(folder), TODAY.isoformat()])
    proposals, own, gits = told.split()
    return [
        name,
        figure(scan),
        figure(log),
        ratio(scan, log) if log > 0.1 else ratio(None, None),
        figure(numstat),
        own,
        gits,
        proposals,
    ]


def _seconds(command: list[str]) -> tuple[float, str]:
    """Wall seconds of a whole process, and what it printed (nothing kept of a log)."""
    start = time.perf_counter()
    with tempfile.TemporaryFile() as output:
        subprocess.run(command, check=True, stdout=output)
        taken = time.perf_counter() - start
        output.seek(0)
        return taken, output.read(1000).decode("utf-8", "replace")
