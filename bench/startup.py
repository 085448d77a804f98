"""How long the command takes to say anything, against bare Python."""

import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.tables import print_table, ratio

RUNS = 15
BARE = "python -c pass"


def report() -> None:
    """Print whole-process times: medians, fastest runs, and the ratio of the medians to bare Python."""
    programs = _programs()
    seconds: dict[str, list[float]] = {name: [] for name in programs}
    for program in programs.values():
        _run(program)
    for _ in range(RUNS):
        for name, program in programs.items():
            seconds[name].append(_run(program))
    bare = median(seconds[BARE])
    rows = [
        [name, f"{1000 * median(times):.1f}", f"{1000 * min(times):.1f}", ratio(median(times), bare)]
        for name, times in seconds.items()
    ]
    print_table(
        "Start-up, whole process (goal: at most 4 × bare)",
        ("program", "median ms", "fastest ms", "× bare"),
        rows,
    )


def _programs() -> dict[str, list[str]]:
    python = sys.executable
    script = Path(python).with_name("milepost")
    milepost = [str(script)] if script.exists() else [python, "-m", "milepost"]
    return {
        BARE: [python, "-c", "pass"],
        'python -c "import milepost"': [python, "-c", "import milepost"],
        "milepost --version": [*milepost, "--version"],
        "milepost --help": [*milepost, "--help"],
    }


def _run(program: list[str]) -> float:
    start = perf_counter()
    subprocess.run(program, check=True, capture_output=True)
    return perf_counter() - start
