"""Connections to a workspace that keep what they acknowledge, and transactions on them."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection

from milepost.store.address import Address

LOCK_WAIT_SECONDS = 5.0
"""How long a command waits for another one that is writing."""
CONNECT_SECONDS = 10


def make_engine(
    address: Address, *, lock_wait_seconds: float = LOCK_WAIT_SECONDS, foreign_keys: bool = True
) -> Engine:
    """An engine for ``address``; nothing is opened yet.

    ``foreign_keys=False`` is for migrations: where SQLite rebuilds a table it drops the
    old one, which would delete every row that refers to it.
    """
    milliseconds = round(lock_wait_seconds * 1000)
    if address.path is None:
        return _postgresql(address, milliseconds)
    return _sqlite(address, milliseconds, foreign_keys=foreign_keys)


def _sqlite(address: Address, milliseconds: int, *, foreign_keys: bool) -> Engine:
    engine = create_engine(address.url)
    pragmas = (
        f"PRAGMA busy_timeout={milliseconds}",
        "PRAGMA synchronous=FULL",
        f"PRAGMA foreign_keys={'ON' if foreign_keys else 'OFF'}",
        "PRAGMA secure_delete=ON",  # who is deleted leaves nothing in the file
    )

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # sqlite3 begins no transactions of its own; `begin` does
        try:
            for pragma in pragmas:
                connection.execute(pragma)
        except sqlite3.Error:
            connection.close()
            raise

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(address: Address, milliseconds: int) -> Engine:
    waits = {} if "connect_timeout" in address.url.query else {"connect_timeout": CONNECT_SECONDS}
    engine = create_engine(address.url, connect_args=waits, pool_pre_ping=True)

    @event.listens_for(engine, "connect")
    def prepare(connection: DBAPIConnection, _record: object) -> None:
        connection.execute(f"SET lock_timeout = {milliseconds}")
        connection.commit()

    return engine


@contextmanager
def transaction(engine: Engine, *, writes: bool) -> Iterator[Connection]:
    """One transaction: all of it is kept, or nothing when the block raises.

    A writing one takes SQLite's write lock at its start, so that what it reads stays
    true until it writes.
    """
    with engine.connect().execution_options(writes=writes) as connection, connection.begin():
        yield connection


def use_write_ahead_log(engine: Engine) -> None:
    """Let readers and one writer work at once; the file remembers it.

    Why: when somebody else has the file open just now, nothing is lost, and the next
    opening tries again.
    """
    raw = engine.raw_connection()
    try:
        connection = raw.driver_connection
        if isinstance(connection, sqlite3.Connection):
            connection.execute("PRAGMA journal_mode=WAL")
    except sqlite3.OperationalError as error:
        if not error.sqlite_errorname.startswith("SQLITE_BUSY"):
            raise
    finally:
        raw.close()
