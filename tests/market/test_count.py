"""``milepost count``: the same counts by every engine, after a kill, and beside a poisoned row."""

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from importlib.util import find_spec

import jsonschema
import pytest

from cli.test_year_commands import schema  # type: ignore[import-not-found]
from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.counts_folder import read_counts_folder
from milepost.market.ads import Ad
from milepost.market.engines.parts import mention_rows
from milepost.market.extract import build_extractor
from milepost.workflows.boards import make_board
from milepost.workflows.counting import Engine, count_corpus
from web.long_work import children_of, command_of, is_there  # type: ignore[import-not-found]

SKILLS = ("Python and SQL", "PyTorch, Docker and Kubernetes", "RAG with LangChain", "Terraform on AWS")
TITLES = ("ML Engineer", "Data Scientist", "Cook", "Senior AI Engineer")
LONGEST_WAIT_SECONDS = 60.0


def write_corpus(path, rows=300, *, months=24, broken=(13,)):
    with path.open("w", encoding="utf-8") as file:
        for number in range(rows):
            row = {
                "title": f"{TITLES[number % 5 % 4]} {number % 97}",
                "company": f"Company {number % 31}",
                "date": f"{2024 + number % months // 12}-{number % months % 12 + 1:02d}-03"
                if number % 50
                else "",
                "text": f"Requirements\n- {SKILLS[number * 7 % 11 % 4]}\n- posting {number} of a team that ships every week",
            }
            file.write("{broken\n" if number in broken else json.dumps(row) + "\n")
    return path


def result(folder):
    return {name: (folder / name).read_bytes() for name in ("counts.json", "months.csv", "rejected.csv")}


def command(*arguments, cwd, **more):
    return [sys.executable, "-m", "milepost", *map(str, arguments)], {
        "cwd": cwd,
        "env": {**os.environ, **more},
    }


def run(*arguments, cwd):
    line, how = command(*arguments, cwd=cwd)
    return subprocess.run(
        line, **how, capture_output=True, text=True, encoding="utf-8", timeout=240, check=False
    )


def test_two_workers_write_the_same_bytes_as_one_and_a_broken_row_stands_aside(tmp_path):
    source = write_corpus(tmp_path / "ads.jsonl")
    one = count_corpus([source], tmp_path / "one")
    count_corpus([source], tmp_path / "two", workers=2)
    assert result(tmp_path / "one") == result(tmp_path / "two")
    assert (one.count.read, one.count.rejected, one.count.undated) == (299, 1, 6)
    aside = list(csv.DictReader((tmp_path / "one" / "rejected.csv").read_text(encoding="utf-8").splitlines()))
    assert [row["row"] for row in aside] == ["14"]
    assert aside[0]["reason"]


@pytest.mark.skipif(
    find_spec("pyspark") is None, reason="PySpark is not installed: pip install 'milepost[cluster]'"
)
def test_spark_writes_the_same_bytes_and_finishes_what_one_process_began(tmp_path):
    if shutil.which("java") is None:
        if os.environ.get("CI"):
            pytest.fail("no Java on this computer, and CI has to test the Spark engine")
        pytest.skip("no Java on this computer: the Spark engine is not tested")
    source = write_corpus(tmp_path / "ads.jsonl", rows=4500)
    count_corpus([source], tmp_path / "local")
    shutil.copytree(tmp_path / "local", tmp_path / "spark")
    for part in (1, 2):
        (tmp_path / "spark" / "parts" / f"part-{part:07d}.parquet").unlink()
    # Why another process: Java stays up, and its warnings are its own.
    done = run("count", source, "--out", "spark", "--engine", "spark", "--workers", "2", cwd=tmp_path)
    assert done.returncode == 0, done.stderr[-2000:]
    assert result(tmp_path / "local") == result(tmp_path / "spark")


def test_a_kill_in_the_middle_costs_nothing(tmp_path):
    source = write_corpus(tmp_path / "ads.jsonl", rows=14_000)
    line, how = command("count", source, "--out", "killed", "--workers", "2", cwd=tmp_path)
    running = subprocess.Popen(line, **how, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    parts = tmp_path / "killed" / "parts"
    end = time.monotonic() + LONGEST_WAIT_SECONDS
    while not list(parts.glob("part-*.parquet")) and running.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    workers = children_of(running.pid)
    assert workers
    running.send_signal(signal.SIGKILL)
    running.wait()
    while any(map(is_there, workers)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not [command_of(each) for each in workers if is_there(each)], "no worker outlives the command"
    before = {part.name: part.stat().st_mtime_ns for part in parts.glob("part-*.parquet")}
    assert before
    assert len(before) < 7, "the kill came too late to test anything"
    assert not (tmp_path / "killed" / "counts.json").exists()
    done = run("count", source, "--out", "killed", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    after = {part.name: part.stat().st_mtime_ns for part in parts.glob("part-*.parquet")}
    assert len(after) == 7
    assert not list(parts.glob(".part-*"))
    count_corpus([source], tmp_path / "whole")
    assert result(tmp_path / "killed") == result(tmp_path / "whole")


def test_a_row_that_breaks_the_extraction_is_put_aside_and_the_next_is_read():
    extractor = build_extractor(load_catalogue().tree)
    good = Ad("1", "ML Engineer", "Acme", "2026-01-01", "Python", "test")
    poisoned = Ad("2", None, "Acme", "2026-01-01", "Python", "test")  # type: ignore[arg-type]
    rows, broken = mention_rows([poisoned, good], extractor)
    assert {row[0] for row in rows} == {"test 1"}
    assert [each.reason for each in broken] == ["2: could not be read: AttributeError"]


def test_files_of_one_name_in_two_folders_are_not_mixed_up(tmp_path):
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    first = write_corpus(tmp_path / "a" / "ads.jsonl", rows=100, broken=())
    second = tmp_path / "b" / "ads.jsonl"
    second.write_text(
        first.read_text(encoding="utf-8").replace("Company", "Firm").replace("posting", "opening")
    )
    both = count_corpus([first, second], tmp_path / "out").count
    alone = count_corpus([first], tmp_path / "alone").count
    assert both.read == 2 * alone.read
    assert both.demand.skills["python"].ads == 2 * alone.demand.skills["python"].ads


def test_an_opening_that_is_posted_again_counts_in_both_months_and_once_in_all(tmp_path):
    rows = [
        {"title": "ML Engineer", "company": "Acme", "date": date, "text": f"Requirements\n- Python {date}"}
        for date in ("2026-01-03", "2026-01-20", "2026-02-03")
    ]
    source = tmp_path / "ads.jsonl"
    source.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    count = count_corpus([source], tmp_path / "out").count
    assert count.demand.ads == 1
    assert dict(zip(count.whole.months, count.whole.skills["python"], strict=True)) == {
        "2026-01": 1,
        "2026-02": 1,
    }
    assert set(count.roles) == {"ml-engineer", "any-role"}


def test_the_counts_follow_their_schema_and_hold_no_text(tmp_path):
    source = write_corpus(tmp_path / "ads.jsonl")
    done = run("count", source, "--out", "out", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    jsonschema.validate(found, schema("count"))
    assert found == json.loads((tmp_path / "out" / "counts.json").read_text(encoding="utf-8"))
    assert "posting" not in done.stdout
    for part in (tmp_path / "out" / "parts").iterdir():
        assert b"ships every week" not in part.read_bytes()
    assert "299 advertisements" in run("count", source, "--out", "out", cwd=tmp_path).stdout


def test_trend_takes_a_folder_of_counts_and_says_on_what_it_rests(tmp_path):
    source = write_corpus(tmp_path / "ads.jsonl", rows=2400)
    count_corpus([source], tmp_path / "out")
    whole = make_board([tmp_path / "out"])
    assert whole.basis == "whole market"
    assert {v.term: v.trend.months for v in whole.verdicts}["python"] == 24
    inside = make_board([tmp_path / "out"], role="ml-engineer")
    assert inside.basis == "in role"
    counts = read_counts_folder(tmp_path / "out")
    assert sum(counts.roles["ml-engineer"].ads) < sum(counts.whole.ads)
    share = {v.term: v.trend.ads for v in inside.verdicts}["python"]
    assert share == sum(counts.roles["ml-engineer"].ads[-12:])
    done = run("trend", "out", "--role", "ml-engineer", "--json", cwd=tmp_path)
    document = json.loads(done.stdout)
    jsonschema.validate(document, schema("trend"))
    assert document["basis"] == "in role"


def test_a_role_with_too_few_dated_ads_falls_back_and_says_so(tmp_path):
    source = write_corpus(tmp_path / "ads.jsonl", rows=600)
    count_corpus([source], tmp_path / "out")
    nearby = make_board([tmp_path / "out"], role="ml-engineer")
    assert nearby.basis == "all AI roles"
    assert any(
        "have a title of ml-engineer, and a trend inside a role needs 300" in note for note in nearby.notes
    )
    few = make_board([tmp_path / "out"], role="mlops-engineer", as_of="2024-06")
    assert few.basis == "whole market"
    assert any(note.startswith("no dated advertisements") for note in few.notes)


def test_what_cannot_be_counted_is_refused_with_a_next_step(tmp_path):
    source = write_corpus(tmp_path / "ads.jsonl", rows=20)
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    taken = tmp_path / "taken"
    taken.mkdir()
    (taken / "mine.txt").write_text("mine", encoding="utf-8")
    count_corpus([source], tmp_path / "out")
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "counts.json").write_text('{"milepost_counts": 1}', encoding="utf-8")
    for paths, out, words in (
        ([tmp_path / "nowhere"], "a", "does not exist"),
        ([empty], "b", "no advertisement"),
        ([source], "taken", "something else"),
        ([source], "ads.jsonl", "is a file|lies in"),
        ([tmp_path], "inside", "lies in"),
        ([tmp_path / "out"], "c", "holds counts already"),
        ([empty], "out", "other files"),
    ):
        with pytest.raises(UsageError, match=words):
            count_corpus(paths, tmp_path / out)
    with pytest.raises(UsageError, match="not what `milepost count` writes"):
        make_board([tmp_path / "bad"])
    with pytest.raises(UsageError, match="stands alone"):
        make_board([tmp_path / "out", source])


def test_spark_without_java_is_refused_with_what_to_install(tmp_path, monkeypatch):
    source = write_corpus(tmp_path / "ads.jsonl", rows=20)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=r"Java|PySpark"):
        count_corpus([source], tmp_path / "out", engine=Engine.SPARK)
