"""The web app under load on this computer: pages against their bare templates and against an empty page, and memory.

Traffic goes to 127.0.0.1 alone, and every loop is bounded in count and in time.
"""

import datetime as dt
import os
import re
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from statistics import median, quantiles
from time import monotonic, perf_counter, sleep
from typing import Self

from bench.tables import figure, print_table, ratio
from milepost.workflows.home import Home

PAGES = {
    "start": "/",
    "overview": "/people/Jordan",
    "gaps": "/people/Jordan/gaps",
    "plan": "/people/Jordan/plan",
    "today": "/people/Jordan/today",
    "progress": "/people/Jordan/progress",
    "tests": "/people/Jordan/tests",
    "hype": "/people/Jordan/hype",
    "routes": "/people/Jordan/routes",
    "file": "/people/Jordan/file",
}
DAY = dt.date(2026, 12, 4)
GOAL = 0.4
WARM_UP = 5
ROUNDS = 5
ROUND_SECONDS = 0.4
LATENCY_SECONDS = 4.0
CLIENTS = (1, 8)
REQUESTS = int(os.environ.get("MILEPOST_BENCH_REQUESTS", "100000"))
"""How many requests the memory is followed over; a short run sets fewer."""
MEMORY_SECONDS = 1500.0
MARKS = (0.01, 0.1, 0.25, 0.5, 0.75, 1.0)
WAIT_SECONDS = 60.0
_LENGTH = re.compile(rb"\r\ncontent-length: (\d+)\r\n", re.IGNORECASE)
_COOKIE = re.compile(rb"\r\nset-cookie: (milepost=[0-9a-f]+);", re.IGNORECASE)
EMPTY = """\
import sys
import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
app = FastAPI(openapi_url=None)
@app.get("/", response_class=HTMLResponse)
async def page():
    return ""
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning", access_log=False, server_header=False)
"""


def report() -> None:
    """Print three tables: throughput against the template, latency against an empty page, memory."""
    with tempfile.TemporaryDirectory() as folder:
        workspace = Path(folder) / "w.sqlite"
        _settle_in(workspace)
        served = ["-m", "milepost", "--workspace", str(workspace), "serve", "--port"]
        with _server(served) as ours, _server(["-c", EMPTY]) as empty:
            _report_throughput(ours, _templates(workspace))
            _report_latency(ours, empty)
            _report_memory(ours)


def _settle_in(workspace: Path) -> None:
    """Jordan with a plan in force, a check-in and a card."""
    from milepost.model.year import CheckIn
    from milepost.workflows.cards import add_card
    from milepost.workflows.demo import example_path
    from milepost.workflows.home import OWNER
    from milepost.workflows.replan import accept_plan
    from milepost.workflows.roadmap import make_roadmap
    from milepost.workflows.workspace import save_new_person
    from milepost.workflows.year import record_checkin

    home = _home(workspace)
    text = example_path("jordan").read_text(encoding="utf-8")
    save_new_person("Jordan", text, workspace=home.workspace, now=home.now)
    at, where = home.occasion(), home.where("Jordan", OWNER)
    accept_plan(where, make_roadmap(at.load(where).loaded.person, today=DAY), at=at)
    record_checkin(where, CheckIn(DAY, 7.0), at=at)
    add_card(where, "What does a KV cache hold?", "Keys and values.", skill="kv-caching", at=at)


def _home(workspace: Path) -> Home:
    return Home(str(workspace), lambda: dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC), lambda: DAY, {})


@dataclass(frozen=True)
class Server:
    """A server in a process of its own."""

    port: int
    pid: int

    def memory_mb(self) -> float:
        """Its resident memory, from the kernel (Linux)."""
        said = Path(f"/proc/{self.pid}/status").read_text(encoding="utf-8")
        return int(said.partition("VmRSS:")[2].split()[0]) / 1024


@contextmanager
def _server(arguments: Sequence[str]) -> Iterator[Server]:
    """A Python process that serves on a free port of the loopback until the block ends."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "MILEPOST_TODAY": DAY.isoformat()}
    process = subprocess.Popen(
        [sys.executable, *arguments, str(port)], env=environment, stderr=subprocess.DEVNULL
    )
    try:
        _wait(port, process)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(WAIT_SECONDS)


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    until = monotonic() + WAIT_SECONDS
    while process.poll() is None and monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            sleep(0.05)
        else:
            return
    raise RuntimeError(f"the server on port {port} did not start")


@dataclass
class Client:
    """One keep-alive connection that asks for pages, with the cookie that it was given.

    Why not a library: the client shares the computer with the server, so it has to cost little.
    """

    port: int
    _socket: socket.socket = field(init=False)
    _cookie: bytes = b""

    def __enter__(self) -> Self:
        self._socket = socket.create_connection(("127.0.0.1", self.port), timeout=WAIT_SECONDS)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return self

    def __exit__(self, *_: object) -> None:
        self._socket.close()

    def get(self, path: str) -> bytes:
        """The body of a page, which has to answer with 200."""
        asked = f"GET {path} HTTP/1.1\r\nhost: 127.0.0.1:{self.port}\r\naccept-language: en\r\n".encode()
        if self._cookie:
            asked += b"cookie: " + self._cookie + b"\r\n"
        self._socket.sendall(asked + b"\r\n")
        found = self._read(b"")
        while b"\r\n\r\n" not in found:
            found = self._read(found)
        head, _, body = found.partition(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise RuntimeError(f"{path}: {head[:80]!r}")
        length = _LENGTH.search(head + b"\r\n")
        assert length is not None
        while len(body) < int(length[1]):
            body = self._read(body)
        given = _COOKIE.search(head)
        self._cookie = given[1] if given else self._cookie
        return body

    def _read(self, found: bytes) -> bytes:
        more = self._socket.recv(1 << 18)
        if not more:
            raise RuntimeError("the server closed the connection")
        return found + more


def _templates(workspace: Path) -> dict[str, Callable[[], bytes]]:
    """Each page as its bare template: the very values that the page gave it, rendered and encoded."""
    from fastapi.testclient import TestClient
    from jinja2 import Template

    from milepost.model.language import speaking
    from milepost.web.app import make_app
    from milepost.web.languages import choose_language
    from milepost.web.pages import environment

    asked: list[tuple[Template, dict[str, object]]] = []

    class Noted(Template):
        def render(self, *_: object, **values: object) -> str:
            asked.append((self, values))
            return super().render(**values)

    environment().template_class = Noted
    english = choose_language("en")

    def bare(template: Template, values: dict[str, object]) -> Callable[[], bytes]:
        def make() -> bytes:
            with speaking(english):
                return Template.render(template, **values).encode()

        return make

    found = {}
    app = make_app(_home(workspace), folder=workspace.with_suffix(".bare"), port=80)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for name, path in PAGES.items():
            asked.clear()
            body = client.get(path, headers={"accept-language": "en"}).content
            ((template, values),) = asked
            found[name] = bare(template, values)
            if found[name]() != body:
                raise RuntimeError(f"{path}: the bare template is not the page")
    return found


def _rate(make: Callable[[], object]) -> float:
    """Calls a second over one round."""
    began, count = perf_counter(), 0
    while perf_counter() - began < ROUND_SECONDS:
        make()
        count += 1
    return count / (perf_counter() - began)


def _report_throughput(ours: Server, templates: dict[str, Callable[[], bytes]]) -> None:
    """Rounds of page and template take turns, so that both meet the same load of the machine."""
    rows = []
    with Client(ours.port) as client:
        for name, path in PAGES.items():

            def ask(path: str = path) -> bytes:
                return client.get(path)

            for _ in range(WARM_UP):
                ask()
                templates[name]()
            size = len(ask())
            rounds = [(_rate(ask), _rate(templates[name])) for _ in range(ROUNDS)]
            pages, bare = (median(each) for each in zip(*rounds, strict=True))
            shares = median(page / template for page, template in rounds)
            rows.append([name, f"{size / 1000:.0f}", f"{pages:.0f}", f"{bare:.0f}", figure(shares, digits=3)])
    print_table(
        f"Pages over HTTP, one keep-alive client, against their bare templates (goal: ratio at least {GOAL})",
        ("page", "kB", "pages/s", "templates/s", "ratio"),
        rows,
    )


def _latencies(port: int, path: str, clients: int) -> list[float]:
    """Seconds of each request of so many clients at once, for a bounded time."""
    until = monotonic() + LATENCY_SECONDS

    def visit(_: int) -> list[float]:
        taken: list[float] = []
        with Client(port) as client:
            for _ in range(WARM_UP):
                client.get(path)
            while monotonic() < until or not taken:
                began = perf_counter()
                client.get(path)
                taken.append(perf_counter() - began)
        return taken

    with ThreadPoolExecutor(clients) as crowd:
        return [each for taken in crowd.map(visit, range(clients)) for each in taken]


def _p50_p95(seconds: Sequence[float]) -> tuple[float, float]:
    return median(seconds), quantiles(seconds, n=20, method="inclusive")[-1]


def _report_latency(ours: Server, empty: Server) -> None:
    """Each page right after the empty one, which is therefore measured once a page."""
    for clients in CLIENTS:
        rows = []
        for name, path in PAGES.items():
            nothing = _p50_p95(_latencies(empty.port, "/", clients))
            page = _p50_p95(_latencies(ours.port, path, clients))
            cells = [f"{1000 * each:.2f}" for each in (*page, *nothing)]
            rows.append([name, *cells, ratio(page[0], nothing[0]), ratio(page[1], nothing[1])])
        print_table(
            f"Milliseconds of a page, {clients} at once, against an empty FastAPI page",
            ("page", "p50", "p95", "empty p50", "empty p95", "p50/empty", "p95/empty"),
            rows,
        )


def _report_memory(ours: Server) -> None:
    """The resident memory of the server over a mix of all pages, after all that went before."""
    marks = [round(share * REQUESTS) for share in MARKS]
    until = monotonic() + MEMORY_SECONDS
    seen: list[tuple[int, float]] = []
    with Client(ours.port) as client:
        for number, path in enumerate(islice(cycle(PAGES.values()), REQUESTS), start=1):
            client.get(path)
            if number in marks:
                seen.append((number, ours.memory_mb()))
            if monotonic() > until:
                seen.append((number, ours.memory_mb()))
                break
    rows = [
        [f"{number:,}", f"{memory:.1f}", _growth(before, (number, memory))]
        for before, (number, memory) in zip([None, None, *seen[1:]], seen, strict=False)
    ]
    print_table(
        "Resident memory of the server, a mix of the pages above",
        ("requests", "MB", "MB more for 10,000 requests"),
        rows,
    )
    if len(seen) > 2:
        print(f"\nFrom {seen[1][0]:,} requests on: {_growth(seen[1], seen[-1])} MB for 10,000 requests.")


def _growth(before: tuple[int, float] | None, now: tuple[int, float]) -> str:
    if before is None or now[0] == before[0]:
        return "–"
    return f"{(now[1] - before[1]) / (now[0] - before[0]) * 10_000:+.2f}"
