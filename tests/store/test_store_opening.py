"""Opening a workspace: where it may be, and what is said when it cannot be opened."""

import os
import random
import shutil
import sqlite3
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

from milepost.errors import WorkspaceError
from milepost.store import Store, open_store

Clock = Callable[[], datetime]


def refusal(url: str | None, now: Clock, lock_wait_seconds: float = 5.0) -> WorkspaceError:
    """The error that opening `url` ends in; message and hint are both there."""
    with pytest.raises(WorkspaceError) as caught:
        open_store(url, now=now, lock_wait_seconds=lock_wait_seconds)
    assert caught.value.message
    assert caught.value.hint
    return caught.value


@pytest.mark.parametrize("nothing", [None, "", " "])
def test_without_an_address_the_workspace_is_in_the_users_data_folder(
    nothing: str | None, now: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setenv("HOME", str(tmp_path))
    with open_store(nothing, now=now) as store:
        store.save_person("Jordan", "text")
    assert len(list(tmp_path.rglob("milepost/workspace.sqlite"))) == 1


@pytest.mark.parametrize("form", ["{path}", "sqlite:///{path}", " sqlite:///{path} "])
def test_a_path_and_a_url_name_the_same_file(form: str, now: Clock, tmp_path: Path):
    path = tmp_path / "new folder" / "100% mine é.sqlite"
    with open_store(form.format(path=path), now=now) as store:
        store.save_person("Jordan", "text")
    assert [each.name for each in path.parent.iterdir()] == [path.name]
    with open_store(str(path), now=now) as store:
        assert store.list_people() == ("Jordan",)


def test_relative_paths_count_from_the_working_folder(
    now: Clock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    for url, name in (("a.sqlite", "a.sqlite"), ("sqlite:///b.sqlite", "b.sqlite"), (":memory:", ":memory:")):
        open_store(url, now=now).close()
        assert (tmp_path / name).is_file()


def test_only_the_owner_may_read_a_new_workspace(now: Clock, tmp_path: Path):
    path = tmp_path / "own" / "w.sqlite"
    with open_store(str(path), now=now) as store:
        store.save_person("Jordan", "text")
        modes = {stat.S_IMODE(each.stat().st_mode) for each in path.parent.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_sqlite_is_set_up_to_keep_what_it_acknowledges(now: Clock, tmp_path: Path):
    path = tmp_path / "w.sqlite"
    with open_store(str(path), now=now) as store, store._engine.connect() as connection:
        settings = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        }
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 5000, "secure_delete": 1,
    }  # fmt: skip


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_opens_with_psycopg(
    scheme: str, new_schema: Callable[[], str], now: Clock
):
    with open_store(new_schema().replace("postgresql", scheme, 1), now=now) as store:
        assert store.save_person("Jordan", "text") == 1


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("mysql://host/work", "mysql"),
        ("sqlite://", "names no file"),
        ("sqlite:///:memory:", "names no file"),
        ("sqlite:///w.sqlite?mode=ro", "names no file"),
        ("sqlite://host/w.sqlite", "names no file"),
        ("sqlite:w.sqlite", "cannot be read"),
        ("postgresql:work", "cannot be read"),
        ("postgresql://host:port/work", "cannot be read"),
        ("a\0b", "NUL"),
    ],
)
def test_an_address_that_means_no_workspace_is_refused(url: str, said: str, now: Clock):
    assert said in refusal(url, now).message


def test_a_folder_a_pipe_and_a_file_as_a_folder_are_refused(now: Clock, tmp_path: Path):
    assert "is a folder" in refusal(str(tmp_path), now).message
    os.mkfifo(tmp_path / "pipe")
    assert "no ordinary file" in refusal(str(tmp_path / "pipe"), now).message
    (tmp_path / "file").write_text("text")
    assert "cannot be opened" in refusal(str(tmp_path / "file" / "w.sqlite"), now).message
    assert "name too long" in refusal(str(tmp_path / ("x" * 300)), now).message
    assert "cannot be opened" in refusal("/proc/milepost/w.sqlite", now).message


@pytest.mark.parametrize("content", [b"name: Jordan\n", b"name: Jordan\n" * 1000, b"\x00" * 5000])
def test_a_file_that_is_no_database_is_refused_and_left_alone(content: bytes, now: Clock, tmp_path: Path):
    path = tmp_path / "jordan.yaml"
    path.write_bytes(content)
    assert "is not a Milepost workspace" in refusal(str(path), now).message
    assert path.read_bytes() == content


def test_a_database_of_another_program_is_refused_and_left_alone(url: str, now: Clock):
    if url.endswith(".sqlite"):
        with closing(sqlite3.connect(url)) as connection:
            connection.execute("CREATE TABLE bookmarks (id INTEGER)")
        before = Path(url).read_bytes()
        assert "another program (bookmarks)" in refusal(url, now).message
        assert Path(url).read_bytes() == before
        return
    with psycopg.connect(url) as server:
        server.execute("CREATE TABLE bookmarks (id INTEGER)")
    assert "another program (bookmarks)" in refusal(url, now).message


def test_an_empty_file_becomes_a_workspace(now: Clock, tmp_path: Path):
    path = tmp_path / "w.sqlite"
    path.touch()
    with open_store(str(path), now=now) as store:
        assert store.save_person("Jordan", "text") == 1


READS: tuple[Callable[[Store], object], ...] = (
    Store.list_people,
    lambda store: store.load_person("Jordan"),
    lambda store: store.load_versions("Jordan"),
)


def complaint(url: str, now: Clock, read: Callable[[Store], object]) -> WorkspaceError | None:
    """What is said when a workspace is opened and read; anything but a WorkspaceError is a bug."""
    try:
        with open_store(url, now=now) as store:
            read(store)
    except WorkspaceError as error:
        return error
    return None


@pytest.mark.parametrize("seed", range(12))
def test_damage_is_told_without_a_traceback_or_does_not_matter(seed: int, now: Clock, tmp_path: Path):
    dice = random.Random(seed)
    path = tmp_path / "w.sqlite"
    with open_store(str(path), now=now) as store:
        for number in range(20):
            store.save_person("Jordan", f"{number} " * 2000)
    content = bytearray(path.read_bytes())
    if seed % 3 == 0:
        del content[dice.randrange(100, len(content)) :]
    else:
        start = dice.randrange(100 if seed % 3 == 1 else 0, 4096 * 4)
        content[start : start + 4096] = dice.randbytes(4096)
    path.write_bytes(content)
    complaints = [complaint(str(path), now, read) for read in READS]
    assert any(complaints)
    assert all(error.hint for error in complaints if error)


def test_a_document_that_was_changed_from_outside_is_told_and_can_be_restored(url: str, now: Clock):
    with open_store(url, now=now) as store:
        store.save_person("Jordan", "one")
        store.save_person("Jordan", "two")
        change = "UPDATE people SET document = 'three'"
        if url.endswith(".sqlite"):
            with closing(sqlite3.connect(url)) as connection, connection:
                connection.execute(change)
        else:
            with psycopg.connect(url) as server:
                server.execute(change)
        with pytest.raises(WorkspaceError, match="changed from outside"):
            store.load_person_document("Jordan")
        store.restore_version("Jordan", 2)
        assert store.load_person_document("Jordan") == "two"


@pytest.fixture
def others_folder() -> Iterator[Path]:
    """A folder in which the user may read, but not write, whoever runs the tests."""
    folder = Path(tempfile.mkdtemp(prefix="milepost-", dir="/tmp"))
    yield folder
    folder.chmod(0o755)
    shutil.rmtree(folder)


def test_a_workspace_that_may_only_be_read_is_refused(now: Clock, others_folder: Path):
    path = others_folder / "w.sqlite"
    open_store(str(path), now=now).close()
    path.chmod(0o444)
    others_folder.chmod(0o555)
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)  # root may write everything
    try:
        assert "may not be changed by this user" in refusal(str(path), now).message
        assert "Permission denied" in refusal(str(others_folder / "new.sqlite"), now).message
    finally:
        if root:
            os.seteuid(0)


def test_a_locked_workspace_can_be_read_and_a_save_says_that_it_is_locked(url: str, now: Clock):
    with open_store(url, now=now, lock_wait_seconds=0.1) as store:
        store.save_person("Jordan", "one")
        sqlite = url.endswith(".sqlite")
        with closing(sqlite3.connect(url) if sqlite else psycopg.connect(url)) as other:
            other.execute("BEGIN IMMEDIATE" if sqlite else "SELECT 1 FROM people FOR UPDATE")
            assert store.load_person_document("Jordan") == "one"
            with pytest.raises(WorkspaceError, match="locked by another program") as caught:
                store.save_person("Jordan", "two")
            assert "nothing was changed" in caught.value.hint
        assert store.save_person("Jordan", "two") == 2


def test_a_database_that_somebody_holds_for_themselves_is_told(now: Clock, tmp_path: Path):
    path = tmp_path / "w.sqlite"
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "locked by another program" in refusal(str(path), now, lock_wait_seconds=0.1).message


def test_a_full_disk_is_told_and_nothing_is_lost(now: Clock, tmp_path: Path):
    with open_store(str(tmp_path / "w.sqlite"), now=now) as store:
        store.save_person("Jordan", "one")
        with store._engine.connect() as connection:
            connection.exec_driver_sql("PRAGMA max_page_count=20")
        with pytest.raises(WorkspaceError, match="no space left"):
            store.save_person("Jordan", "x" * 1_000_000)
        assert store.load_person_document("Jordan") == "one"


def test_a_missing_table_is_told(url: str, now: Clock):
    with open_store(url, now=now) as store:
        store.save_person("Jordan", "one")
    drop = "DROP TABLE changes"
    if url.endswith(".sqlite"):
        with closing(sqlite3.connect(url)) as connection, connection:
            connection.execute(drop)
    else:
        with psycopg.connect(url) as server:
            server.execute(drop)
    with open_store(url, now=now) as store, pytest.raises(WorkspaceError, match="tables are missing"):
        store.load_changes("Jordan")


def test_a_server_that_does_not_answer_is_told_without_the_password(now: Clock):
    error = refusal("postgresql://jordan:very-secret@127.0.0.1:1/work", now)
    assert "cannot be reached" in error.message
    assert "very-secret" not in f"{error.message} {error.hint}"


def test_a_database_or_user_that_does_not_exist_is_told(server: str, now: Clock):
    host = quote(server)
    assert "does not exist" in refusal(f"postgresql://postgres@/nowhere?host={host}", now).message
    assert "does not exist" in refusal(f"postgresql://stranger@/postgres?host={host}", now).message


def test_a_user_without_rights_is_told(new_schema: Callable[[], str], now: Clock):
    url = new_schema()
    reader = url.replace("postgres@", "reader@")
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE reader LOGIN")
        assert "no schema to write to" in refusal(reader, now).message
        connection.execute("GRANT USAGE ON SCHEMA " + url.rpartition("%3D")[2] + " TO reader")
    assert "may not be changed by this user" in refusal(reader, now).message


def test_a_connection_that_the_server_ended_is_made_again(new_schema: Callable[[], str], now: Clock):
    url = new_schema()
    with open_store(url, now=now) as store:
        store.save_person("Jordan", "one")
        with psycopg.connect(url, autocommit=True) as other:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        assert store.save_person("Jordan", "two") == 2
