"""From an address to an open store whose schema is up to date."""

import os
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from milepost.errors import WorkspaceError
from milepost.store.address import Address, read_address
from milepost.store.engines import LOCK_WAIT_SECONDS, make_engine, transaction, use_write_ahead_log
from milepost.store.failures import explaining
from milepost.store.schema import MIGRATIONS, is_up_to_date, upgrade
from milepost.store.store import Store


def open_store(
    url: str | None,
    *,
    now: Callable[[], datetime],
    lock_wait_seconds: float = LOCK_WAIT_SECONDS,
    migrations: Path = MIGRATIONS,
) -> Store:
    """The workspace at ``url``, made if there is none and brought up to date if it is older.

    ``url`` is a path, ``sqlite:///…`` or ``postgresql://…``; None is the user's own
    workspace. ``now`` answers the time with its zone. Raises WorkspaceError for anything
    that the user can act on.
    """
    address = read_address(url)
    if address.path is not None:
        _prepare_file(address.path)
    engine = make_engine(address, lock_wait_seconds=lock_wait_seconds)
    try:
        with explaining(str(address)):
            _bring_up_to_date(engine, address, migrations, lock_wait_seconds)
    except BaseException:
        engine.dispose()
        raise
    return Store(engine, place=str(address), now=now)


def _bring_up_to_date(engine: Engine, address: Address, migrations: Path, lock_wait_seconds: float) -> None:
    with transaction(engine, writes=False) as connection:
        done = is_up_to_date(connection, address, migrations)
    if not done:
        upgrade(address, migrations, lock_wait_seconds=lock_wait_seconds)
    if address.path is not None:
        use_write_ahead_log(engine)


def _prepare_file(path: Path) -> None:
    """Make the file, readable by its owner only, and its folder; or say why it cannot be one."""
    try:
        if path.exists():
            _check_file(path)
            return
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with suppress(FileExistsError):  # somebody else made it just now
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    except OSError as error:
        reason = error.strerror or str(error)
        raise WorkspaceError(
            f"the workspace {path} cannot be opened: {reason}",
            hint="Check the path, or choose another with --workspace.",
        ) from error


def _check_file(path: Path) -> None:
    if not path.is_file():
        kind = "a folder" if path.is_dir() else "no ordinary file"
        raise WorkspaceError(
            f"the workspace {path} is {kind}", hint=f"Name a file, such as {path / 'workspace.sqlite'}."
        )
    effective = os.access in os.supports_effective_ids
    if not all(os.access(place, os.W_OK, effective_ids=effective) for place in (path, path.parent)):
        raise WorkspaceError(
            f"the workspace {path} may not be changed by this user",
            hint="Ask for the right to write the file and its folder, or choose another with --workspace.",
        )
