"""Long work in processes of their own: cancelled means gone, a result stays, and too much at once is refused."""

import datetime as dt
import json
import os
import signal
import stat
import subprocess
import sys

import pytest

from milepost.files.plan_text import write_plan_text
from milepost.market.engines.parts import BATCH_ADS, write_part
from milepost.model.plans import Plan
from milepost.model.stages import OPENING, PLANNING, ROWS, WAITING
from milepost.web.errands import (
    CANCELLED,
    COUNTS,
    PROPOSALS,
    READY,
    REFUSED,
    RUNNING,
    SCANS,
    STOPPED,
    Errand,
)
from milepost.web.pages import Unfit
from milepost.web.works import MOST_AT_ONCE, MOST_WAITING, Works
from milepost.workflows.demo import example_path
from milepost.workflows.people import load_person
from milepost.workflows.roadmap import make_roadmap
from milepost.workflows.workspace import save_new_person
from web.conftest import DAY  # type: ignore[import-not-found]
from web.long_work import (  # type: ignore[import-not-found]
    ME,
    children_of,
    command_of,
    hang_git,
    is_there,
    make_repository,
    wait_for_end,
    wait_until,
    workers_of,
    write_ads,
)


def now():
    return dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC)


@pytest.fixture
def works(tmp_path):
    kept = Works(tmp_path / "web")
    yield kept
    kept.close()


@pytest.fixture
def errand(tmp_path):
    workspace = str(tmp_path / "w.sqlite")

    def make(kind, name="", **asked):
        return Errand(kind, name, name, workspace, now(), DAY, asked)

    return make


@pytest.fixture
def slow_git(tmp_path, monkeypatch):
    """A git that answers every question but never ends to tell the commits."""
    hang_git(tmp_path / "slow", monkeypatch)


def save_jordan(tmp_path):
    text = example_path("jordan").read_text(encoding="utf-8")
    save_new_person("Jordan", text, workspace=str(tmp_path / "w.sqlite"), now=now)


def state_of(works, kind, name):
    work = works.load(kind, name)
    return work and work.state


def reach(works, kind, name, step):
    return wait_until(lambda: (work := works.load(kind, name)).step == step and work, step)


def cancel_and_look(works, kind, name):
    """Cancel, and give every process that worked on it before."""
    before = [each for worker in workers_of(os.getpid()) for each in (worker, *children_of(worker))]
    assert before
    assert works.cancel(kind, name)
    assert [each for each in before if is_there(each)] == []
    assert works.load(kind, name).state == CANCELLED
    return before


def test_a_solve_that_is_cancelled_while_the_solver_searches_is_gone_with_its_process(
    works, errand, tmp_path
):
    save_jordan(tmp_path)
    works.start(errand(PROPOSALS, "Jordan", hours_per_week=40.0))
    reach(works, PROPOSALS, "Jordan", PLANNING)
    cancel_and_look(works, PROPOSALS, "Jordan")


def test_a_scan_that_is_cancelled_ends_its_git_too_and_tidies_up(works, errand, tmp_path, slow_git):
    folder = make_repository(tmp_path / "work")
    works.start(errand(SCANS, "Jordan", folders=str(folder), authors=ME))
    reach(works, SCANS, "Jordan", OPENING)
    wait_until(lambda: any("sleep 3600" in command_of(each) for each in children_of(os.getpid())), "git log")
    before = [each for each in children_of(os.getpid()) if "sleep 3600" in command_of(each)]
    assert set(before) < set(cancel_and_look(works, SCANS, "Jordan"))
    assert [path.name for path in (tmp_path / "web" / "scans").iterdir() if path.is_dir()] == []


def test_a_count_tells_how_far_it_is_and_is_gone_when_it_is_cancelled(works, errand, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=20_000)
    works.start(errand(COUNTS, source=str(source)))
    first = wait_until(lambda: (work := works.load(COUNTS, "")).step == ROWS and work.done and work, ROWS)
    later = wait_until(lambda: (work := works.load(COUNTS, "")).done > first.done and work, "more rows")
    assert first.whole == later.whole == 20_000
    assert 0 < first.share < later.share < 1
    cancel_and_look(works, COUNTS, "")


def test_a_result_is_kept_over_a_restart_and_readable_by_its_owner_only(works, errand, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=40, bad=2)
    works.start(errand(COUNTS, source=str(source), role="ml-engineer"))
    done = wait_for_end(works, COUNTS, "")
    assert (done.state, done.result["read"], done.result["rejected"]) == (READY, 40, 2)
    assert Works(tmp_path / "web").load(COUNTS, "") == done
    kept = list((tmp_path / "web").rglob("*"))
    assert {stat.S_IMODE(path.stat().st_mode) for path in kept if path.is_file()} == {0o600}
    folders = [tmp_path / "web", *(path for path in kept if path.is_dir())]
    assert {stat.S_IMODE(path.stat().st_mode) for path in folders} == {0o700}
    assert not any(b"SECRET" in path.read_bytes() for path in kept if path.is_file()), "no text is kept"


def test_the_same_solve_gives_the_same_plan_as_in_this_process(works, errand, tmp_path):
    save_jordan(tmp_path)
    works.start(errand(PROPOSALS, "Jordan", hours_per_week=None))
    first = wait_for_end(works, PROPOSALS, "Jordan")
    works.start(errand(PROPOSALS, "Jordan", hours_per_week=None))
    second = wait_for_end(works, PROPOSALS, "Jordan")
    assert first.result == second.result
    assert second.number == first.number + 1
    plan = make_roadmap(
        load_person("Jordan", workspace=str(tmp_path / "w.sqlite"), now=now).person, today=DAY
    ).plan
    assert isinstance(plan, Plan)
    assert first.result["plan"] == write_plan_text(plan)


def test_work_whose_process_is_killed_says_so_and_can_be_started_again(works, errand, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=20_000)
    works.start(errand(COUNTS, source=str(source)))
    reach(works, COUNTS, "", ROWS)
    for worker in workers_of(os.getpid()):
        os.kill(worker, signal.SIGKILL)
    done = wait_for_end(works, COUNTS, "")
    assert done.state == REFUSED
    assert "ended before its time (code -9)" in done.because[0]
    write_ads(source, rows=20)
    works.start(errand(COUNTS, source=str(source)))
    assert wait_for_end(works, COUNTS, "").state == READY


def test_a_bug_reaches_the_page_in_words_and_the_terminal_with_its_traceback(works, errand, capfd):
    works.start(errand("odd"))
    done = wait_for_end(works, "odd", "")
    assert done.state == REFUSED
    assert done.because[0].startswith("a bug in Milepost: AssertionError")
    assert "Traceback" in capfd.readouterr().err


def test_what_was_read_before_the_server_died_is_not_read_again(works, errand, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=6_000)
    works.start(errand(COUNTS, source=str(source)))
    desk = works._desk(COUNTS, "")
    part = desk / "count" / "parts" / "part-0000000.parquet"
    wait_until(part.exists, "the first part")
    works.close()
    write_part(part.parent, 0, [], [])  # an empty one: were it made again, all rows would be counted
    again = Works(tmp_path / "web")
    stopped = again.load(COUNTS, "")
    assert stopped is not None
    assert stopped.state == STOPPED
    assert stopped.asked == {"source": str(source)}
    again.start(errand(COUNTS, source=str(source)))
    done = wait_for_end(again, COUNTS, "")
    assert (done.state, done.result["read"]) == (READY, 6_000 - BATCH_ADS)
    assert not desk.exists()


def test_no_more_runs_at_once_than_the_computer_bears_and_too_much_is_refused(
    works, errand, tmp_path, slow_git
):
    folder = make_repository(tmp_path / "work")
    for number in range(MOST_WAITING):
        works.start(errand(SCANS, f"p{number}", folders=str(folder), authors=ME))
    with pytest.raises(Unfit, match="too much"):
        works.start(errand(SCANS, "one more", folders=str(folder), authors=ME))
    wait_until(lambda: len(workers_of(os.getpid())) == MOST_AT_ONCE, "the first run")
    waiting = [n for n in range(MOST_WAITING) if works.load(SCANS, f"p{n}").step == WAITING]
    assert len(waiting) == MOST_WAITING - MOST_AT_ONCE
    assert works.cancel(SCANS, f"p{waiting[0]}"), "one that waits can be cancelled too"
    running = next(n for n in range(MOST_WAITING) if n not in waiting)
    works.cancel(SCANS, f"p{running}")
    wait_until(
        lambda: sum(works.load(SCANS, f"p{n}").step != WAITING for n in waiting[1:]) == 1, "the next one"
    )
    assert works.load(SCANS, f"p{waiting[0]}").state == CANCELLED


def test_the_end_of_the_server_ends_the_work_and_the_next_one_says_so(works, errand, tmp_path, slow_git):
    folder = make_repository(tmp_path / "work")
    works.start(errand(SCANS, "Jordan", folders=str(folder), authors=ME))
    before = wait_until(lambda: workers_of(os.getpid()), "the process")
    works.close()
    assert [each for each in before if is_there(each)] == []
    assert state_of(Works(tmp_path / "web"), SCANS, "Jordan") == STOPPED


def test_who_is_erased_leaves_nothing_in_the_folder_of_the_app(errand, tmp_path):
    save_jordan(tmp_path)
    works = Works(tmp_path / "w.web")
    folder = make_repository(tmp_path / "work")
    for name in ("Jordan", "Alex"):
        works.start(errand(SCANS, name, folders=str(folder), authors=ME))
        assert wait_for_end(works, SCANS, name).state == READY
    command = [sys.executable, "-m", "milepost", "--workspace", str(tmp_path / "w.sqlite")]
    subprocess.run([*command, "delete", "Jordan", "--yes"], check=True, capture_output=True)
    assert works.load(SCANS, "Jordan") is None
    assert state_of(works, SCANS, "Alex") == READY
    assert len(list((tmp_path / "w.web" / "scans").iterdir())) == 1


def test_an_odd_file_in_the_folder_of_the_app_is_as_if_there_were_none(works, errand, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=5)
    works.start(errand(COUNTS, source=str(source)))
    wait_for_end(works, COUNTS, "")
    (path,) = (tmp_path / "web" / "counts").glob("*.json")
    for odd in ("", "{", "[]", json.dumps({"state": 3})):
        path.write_text(odd, encoding="utf-8")
        assert works.load(COUNTS, "") is None
    works.start(errand(COUNTS, source=str(source)))
    assert works.load(COUNTS, "").state == RUNNING
