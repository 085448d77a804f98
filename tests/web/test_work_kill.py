"""A server that dies in the middle of a solve: nothing is lost, nobody is told anything wrong, nothing goes on."""

import re
import signal
import socket
import subprocess
import sys
import urllib.parse
import urllib.request

import pytest

from milepost.workflows.demo import example_path
from web.long_work import (  # type: ignore[import-not-found]
    is_there,
    wait_until,
    workers_of,
    write_ads,
)


class Served:
    """A real ``milepost serve`` with a browser's cookies."""

    def __init__(self, tmp_path, port):
        self.port = port
        person = tmp_path / "Jordan.yaml"
        if not person.exists():
            person.write_text(example_path("jordan").read_text(encoding="utf-8"), encoding="utf-8")
        options = ["--workspace", str(tmp_path / "w.sqlite"), "serve", str(person), "--port", str(port)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "milepost", *options],
        )
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        wait_until(lambda: self.process.poll() is not None or self.answers(), "the server answers")
        assert self.process.poll() is None, "the server ended at once"

    def answers(self):
        try:
            return bool(self.get("/health"))
        except OSError:
            return False

    def get(self, path):
        with self.opener.open(f"http://127.0.0.1:{self.port}{path}", timeout=60) as answer:
            return answer.read().decode()

    def send(self, path, **fields):
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.get("/begin"))
        assert found is not None
        data = urllib.parse.urlencode({"token": found[1], **fields}).encode()
        with self.opener.open(f"http://127.0.0.1:{self.port}{path}", data=data, timeout=60) as answer:
            return answer.read().decode()

    def kill(self):
        """End the server as a power cut would; give the processes that worked for it."""
        workers = workers_of(self.process.pid)
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        return workers


@pytest.fixture
def serve(tmp_path):
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    started = []

    def start():
        started.append(Served(tmp_path, port))
        return started[-1]

    yield start
    for each in started:
        if each.process.poll() is None:
            each.kill()


def test_a_server_killed_during_a_solve_says_so_after_its_restart_and_its_solver_is_gone(serve):
    first = serve()
    first.send("/people/Jordan/plan/solve", hours="40")
    wait_until(lambda: workers_of(first.process.pid), "the solver runs")
    assert "Solving:" in first.get("/people/Jordan/plan")
    workers = first.kill()
    assert workers
    wait_until(lambda: not any(map(is_there, workers)), "what the dead server had started is gone")
    second = serve()
    page = second.get("/people/Jordan/plan")
    assert "The server stopped while it was solving. Nothing is lost; solve again." in page
    assert "Solving:" not in page
    second.send("/people/Jordan/plan/solve", hours="8")
    wait_until(lambda: "Solving:" not in second.get("/people/Jordan/plan"), "the solve ends")
    assert "Accept this plan" in second.get("/people/Jordan/plan")
    assert second.kill() == []
    assert "Accept this plan" in serve().get("/people/Jordan/plan"), "a result outlives a kill"


def test_a_count_goes_on_after_a_kill_where_it_was(serve, tmp_path):
    source = write_ads(tmp_path / "ads.jsonl", rows=6_000)
    first = serve()
    first.send("/market/start", source=str(source), role="", column="")
    desk = tmp_path / "w.web" / "counts"
    wait_until(lambda: list(desk.glob("*.desk/count/parts/part-0000000.parquet")), "the first part")
    workers = first.kill()
    wait_until(lambda: not any(map(is_there, workers)), "the count is gone")
    second = serve()
    assert "it goes on where it was" in second.get("/market")
    second.send("/market/start", source=str(source), role="", column="")
    wait_until(lambda: "Counting:" not in second.get("/market"), "the count ends")
    assert "<dt>Advertisements</dt><dd>6,000</dd>" in second.get("/market")
    assert not list(desk.glob("*.desk"))
