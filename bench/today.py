"""What ``milepost today`` costs over its own start-up, for a person with a whole year of history."""

import datetime as dt
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.tables import print_table, ratio
from milepost.files.person_edits import set_in_person_text

RUNS = 9
MOST_SECONDS = 0.3
START = dt.date(2026, 11, 30)
LOADED = "import milepost.cli.entry, milepost.cli.commands.today, milepost.store"
TEXT = """\
milepost: 1
name: Mika
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}
ratings: {python: {level: 4, example: Services, last_used: 2020-01-01}, pytorch: 1}
"""


def report() -> None:
    """Whole-process medians: loading what ``today`` uses, and ``today`` with 52 weeks of records."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "me.yaml"
        path.write_text(TEXT, encoding="utf-8")
        _run(["-m", "milepost", "plan", str(path), "--accept"], START)
        path.write_text(_lived(path.read_text(encoding="utf-8")), encoding="utf-8")
        programs = {
            "python -c pass": ["-c", "pass"],
            "start-up (everything today imports)": ["-c", LOADED],
            "milepost today, week 40": ["-m", "milepost", "today", str(path)],
        }
        seconds: dict[str, list[float]] = {name: [] for name in programs}
        for _ in range(RUNS):
            for name, program in programs.items():
                seconds[name].append(_run(program, START + dt.timedelta(days=7 * 39 + 4)))
    bare, loaded, whole = (median(times) for times in seconds.values())
    rows = [[name, f"{median(times):.3f}", ratio(median(times), bare)] for name, times in seconds.items()]
    rows.append([f"today over start-up (at most {MOST_SECONDS} s)", f"{whole - loaded:.3f}", ""])
    print_table("today: 52 check-ins, 156 sessions, 40 cards", ("program", "seconds", "× bare"), rows)


def _lived(text: str) -> str:
    """A year of records, written as the verbs write them."""
    days = [START + dt.timedelta(days=7 * week) for week in range(52)]
    year = {
        "checkins": [{"date": day + dt.timedelta(days=6), "hours": 7.5} for day in days],
        "sessions": [
            {"date": day + dt.timedelta(days=n), "skill": "pytorch", "goal": "20 of 25", "minutes": 60}
            for day in days
            for n in (1, 3, 5)
        ],
        "cards": [
            {
                "id": f"c{n}",
                "skill": "pytorch",
                "front": f"q{n}",
                "back": "a",
                "made": START,
                "source": "by hand",
                "reviews": [{"date": START + dt.timedelta(days=each), "rating": 3} for each in (1, 8, 40)],
            }
            for n in range(40)
        ],
    }
    for key, rows in year.items():
        text = set_in_person_text(text, path=("year", key), value=rows)
    return text


def _run(arguments: list[str], day: dt.date) -> float:
    began = perf_counter()
    environment = {**os.environ, "MILEPOST_TODAY": day.isoformat()}
    subprocess.run([sys.executable, *arguments], check=True, capture_output=True, env=environment)
    return perf_counter() - began
