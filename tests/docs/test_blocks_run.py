"""Every block of the README and of the pages holds: commands run and print what is shown, YAML and Python are read."""

import contextlib
import json
import os
import re
import shlex
import shutil
import socket
import tempfile
import time
import urllib.request
from pathlib import Path

import pytest

from milepost.market.ads import Pay
from milepost.market.sources import read_ads
from pages import DOCS, PAGES, ROOT, Shown, blocks_of, commands_of, name_of  # type: ignore[import-not-found]
from reader_folder import Reader  # type: ignore[import-not-found]

ROBIN = next(
    shown.command for shown in commands_of(ROOT / "README.md") if shown.command.startswith("milepost init")
)
BEGIN_EMPTY = {"README.md", "docs/how-to/alex.md", "docs/how-to/sam.md"}
"""Pages that make the person file themselves; on the others it is Robin of the README, with a plan in force."""

TYPED = {
    "milepost init": ("ml-engineer\nRobin\noutside\n8\n" + "\n" * 60, "asks for role, name, route, hours, levels"),
    "milepost assess me.yaml": ("1\n0\nq\n", "one answer, one 'I do not know', and the stop that keeps both"),
    "milepost assess me.yaml --skill": ("q\n", "the stop at once"),
    "milepost checkin me.yaml": ("6\nit resumes\n\n7\nserve it\n", "its five questions"),
    "milepost cards me.yaml": ("\n3\n" * 20, "turn each card that is due, and say how well it was known"),
    "milepost publish me.yaml": ("y\n", "agree to what becomes public"),
}  # fmt: skip
"""What is typed where a command asks, and why; the longest beginning that fits counts."""

PYTHON = ("  python: 3.5", "  pyhton: 3.7")
SLIPS = {
    "README.md": [PYTHON],
    "docs/person-file.md": [PYTHON, (", route: outside", ", rout: outside")],
}
"""Pages that show what `milepost check` says of a file with slips, and these slips. It then exits with 2."""

BEFORE = {
    "milepost calibrate --area llm-applications --out calibration.json": "milepost import class/*.yaml",
    "milepost delete jordan --yes": "milepost import jordan.yaml --as jordan",
    "curl http://127.0.0.1:8765/api/v1/people/Jordan/gaps": "milepost import jordan.yaml --as Jordan",
}
"""What a page takes for granted: a class that shares its answers, and Jordan in the workspace."""

ABOUT_A_CLONE = {
    "source .venv/bin/activate": "the environment that it would enter is the one that runs this test",
}
"""Commands that are not run, each with its reason."""

NOT_OF_A_PERSON = {
    "docs/content.md": "templates of content with … where words go; `make check` reads the content itself",
    "docs/taxonomies.md": "shortened output of two commands, whose files are read back in tests/taxonomies",
    "docs/routes.md": "the company.yaml of every page here",
}
"""YAML blocks that are no part of a person file, each with its reason."""

OTHER_LANGUAGES = {
    "python": {"docs/library.md": "test_library_page.py", "docs/advertisements.md": "below"},
    "text": {"docs/library.md": "test_library_page.py", "docs/advertisements.md": "below"},
    "": {"README.md": "the layout of the source, below"},
}
"""Where blocks stand that are neither commands nor YAML, and what holds them; {…} is for the site's builder."""

SERVER = "http://127.0.0.1:8765"
WITH_COMMANDS = [page for page in PAGES if blocks_of(page, "console")]
WITH_YAML = [page for page in PAGES if blocks_of(page, "yaml") and name_of(page) not in NOT_OF_A_PERSON]


@pytest.fixture
def reader(tmp_path):
    return Reader(tmp_path)


@pytest.fixture(scope="session")
def planned(tmp_path_factory):
    """Robin with a plan in force, made once."""
    made = Reader(tmp_path_factory.mktemp("planned"))
    for command in (ROBIN, "milepost plan me.yaml --accept"):
        ran = made.run(command)
        assert ran.returncode == 0, ran.stderr
    return made.folder


@pytest.mark.parametrize("page", WITH_COMMANDS, ids=name_of)
def test_every_command_of_the_page_runs_and_prints_what_is_shown(page, reader, request):
    if name_of(page) not in BEGIN_EMPTY:
        for kept in request.getfixturevalue("planned").glob("me.*"):
            shutil.copy(kept, reader.folder)
    for shown in commands_of(page):
        take(shown, reader)
    assert reader.asked_elsewhere() == ""


def take(shown: Shown, reader: Reader) -> None:
    """Run one command in the way of its kind."""
    first = BEFORE.get(shown.command)
    if first:
        ran = reader.run(first)
        assert ran.returncode == 0, f"{shown.place}: before it, {first}\n{ran.stderr}"
    words = shlex.split(shown.command)
    verbs = {"serve", "mcp"} & set(words[1:4])
    if shown.command in ABOUT_A_CLONE:
        return
    if words[0] == "curl":
        _, address = words
        assert address.startswith(SERVER + "/"), f"{shown.place}: not the server of this computer"
        ask_the_server("milepost serve", reader, path=address.removeprefix(SERVER))
    elif words[0] == "milepost" and verbs == {"serve"}:
        ask_the_server(shown.command, reader, path="/health")
    elif words[0] == "milepost" and verbs == {"mcp"}:
        greet_the_model_server(shown, reader)
    else:
        run(shown, reader)


def run(shown: Shown, reader: Reader) -> None:
    command = shown.command if shown.command != "make demo" else demo_of_the_makefile()
    if " --grade " in command and not can_run_submissions():
        return
    folder = reader.folder
    if command.startswith("milepost init") and (folder / "me.yaml").exists():
        folder = Path(tempfile.mkdtemp(dir=folder))  # somebody else begins
    slips = SLIPS.get(shown.page, []) if command == "milepost check me.yaml" else []
    with slipped(reader.folder / "me.yaml", slips):
        ran = reader.run(command, typed=typed_for(command), folder=folder)
    what = f"{shown.place}\nexit code {ran.returncode}\n{ran.stderr}"
    assert ran.returncode == (2 if slips else 0), what
    assert "Traceback" not in ran.stderr, what
    prints_what_is_shown(shown, ran.stdout)
    if "gh api" in command and " --input - " in command:
        given = (reader.folder / "gh-given.jsonl").read_text(encoding="utf-8")
        assert given == (reader.folder / "plan.jsonl").read_text(encoding="utf-8"), what


def demo_of_the_makefile() -> str:
    """What `make demo` runs, once the packages are there."""
    found = re.search(
        r"^demo: .*\n\t\$\(BIN\)/(milepost demo .*)$", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE
    )
    assert found, "make demo does not run `milepost demo`"
    return found[1]


def can_run_submissions() -> bool:
    """Whether there is a closed room for the code of a task; in CI there has to be one."""
    if shutil.which("bwrap"):
        return True
    assert not os.environ.get("CI"), "bubblewrap is missing: `apt-get install bubblewrap`"
    return False


def typed_for(command: str) -> str:
    fitting = [start for start in TYPED if command.startswith(start)]
    return TYPED[max(fitting, key=len)][0] if fitting else ""


@contextlib.contextmanager
def slipped(path: Path, slips: list[tuple[str, str]]):
    """The file with slips, and whole again after it."""
    text = whole = path.read_text(encoding="utf-8") if slips else ""
    for right, wrong in slips:
        assert right in text, f"{path.name} has no {right!r}"
        text = text.replace(right, wrong)
    if slips:
        path.write_text(text, encoding="utf-8")
    yield
    if slips:
        path.write_text(whole, encoding="utf-8")


def prints_what_is_shown(shown: Shown, said: str) -> None:
    """Each line that is shown is a line of the output, in this order; … stands for anything."""
    at = 0
    for line in shown.output:
        if line.strip() in {"", "…"}:
            continue
        words = r"[\s\S]*?".join(re.escape(part.strip()) for part in line.split("…"))
        found = re.compile(rf"^[ \t]*{words}[ \t]*$", re.MULTILINE).search(said, at)
        assert found, f"{shown.place}\ndoes not print, or not there:\n{line}\nbut:\n{said}"
        at = found.end()


def ask_the_server(command: str, reader: Reader, *, path: str) -> None:
    """Start a server on a free port, ask it, and stop it."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = command.replace("--port 8765", "")
    started = reader.start(*shlex.split(command), "--port", str(port))
    try:
        assert answers(f"http://127.0.0.1:{port}/health"), f"{command}: nobody answers"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=60) as reply:
            assert reply.status == 200
    finally:
        started.terminate()
        started.wait(20)


def answers(url: str) -> bool:
    """Whether somebody answers there within half a minute."""
    for _ in range(300):
        with contextlib.suppress(OSError), urllib.request.urlopen(url, timeout=5) as reply:
            return bool(reply.status == 200)
        time.sleep(0.1)
    return False


def greet_the_model_server(shown: Shown, reader: Reader) -> None:
    hello = {
        "jsonrpc": "2.0", "id": 1, "method": "initialize",
        "params": {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}},
    }  # fmt: skip
    ran = reader.run(shown.command, typed=json.dumps(hello) + "\n")
    what = f"{shown.place}\nexit code {ran.returncode}\n{ran.stderr}"
    assert ran.returncode == 0, what
    assert json.loads(ran.stdout.splitlines()[0])["result"]["serverInfo"], what


def test_a_command_that_asks_another_computer_is_noticed(reader):
    ran = reader.run("python -c 'import urllib.request as u; u.urlopen(\"http://example.org\")'")
    assert ran.returncode == 1
    assert reader.asked_elsewhere() == "example.org\n"


def test_every_block_is_of_a_kind_that_is_held():
    loose = [
        f"{block.place}: a block of {block.language or 'no language'} that no test holds"
        for page in PAGES
        for block in blocks_of(page)
        if block.language not in {"console", "yaml"}
        and not block.language.startswith("{")
        and block.page not in OTHER_LANGUAGES.get(block.language, {})
    ]
    assert loose == []


def test_the_tables_above_name_only_what_the_pages_hold():
    commands = {shown.command for page in PAGES for shown in commands_of(page)}
    assert sorted({*BEFORE, *ABOUT_A_CLONE} - commands) == []
    assert [start for start in TYPED if not any(command.startswith(start) for command in commands)] == []
    pages = {
        language: {name_of(page) for page in PAGES if blocks_of(page, language)}
        for language in ("console", "yaml", *OTHER_LANGUAGES)
    }
    assert sorted({*BEGIN_EMPTY, *SLIPS} - pages["console"]) == []
    assert sorted(set(NOT_OF_A_PERSON) - pages["yaml"]) == []
    assert [language for language, held in OTHER_LANGUAGES.items() if set(held) != pages[language]] == []


@pytest.mark.parametrize("page", WITH_YAML, ids=name_of)
def test_every_person_file_of_the_page_has_no_problem(page, reader):
    for block in blocks_of(page, "yaml"):
        begin = "" if block.text.startswith("milepost:") else "milepost: 1\nname: Robin\n"
        (reader.folder / "page.yaml").write_text(begin + block.text, encoding="utf-8")
        ran = reader.run("milepost check page.yaml")
        assert ran.returncode == 0, f"{block.place}\n{ran.stdout}{ran.stderr}"


def test_the_page_on_advertisements_reads_a_table_and_labelled_lines_as_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    page = DOCS / "advertisements.md"
    (code,), (labelled,) = blocks_of(page, "python"), blocks_of(page, "text")
    Path("jobs.csv").write_text(
        "body,employer.name\nWe need Python and Kubernetes.,Brook\n", encoding="utf-8"
    )
    names: dict[str, object] = {}
    exec(compile(code.text, code.place, "exec"), names)
    assert [(ad.company, ad.text) for ad in names["found"].ads] == [  # type: ignore[attr-defined]
        ("Brook", "We need Python and Kubernetes.")
    ]
    Path("ad.txt").write_text(f"{labelled.text}\nWe need Python and Kubernetes.\n", encoding="utf-8")
    (ad,) = read_ads([Path("ad.txt")]).ads
    assert (ad.title, ad.company, ad.date, ad.place) == ("ML Engineer", "Acme", "2026-01-15", "Utrecht")
    assert ad.pay == Pay(70_000, 90_000, "EUR", "year")


def test_every_place_in_the_layout_of_the_readme_exists():
    (layout,) = blocks_of(ROOT / "README.md", "")
    for line in layout.text.splitlines():
        names = re.match(r"[\w./]+(?:, [\w./]+)*", line)
        assert names, line
        first, *more = names[0].split(", ")
        places = [ROOT / first, *(ROOT / "src" / "milepost" / place for place in more)]
        assert [place for place in places if not place.exists()] == [], line
