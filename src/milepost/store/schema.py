"""Which schema a workspace has, whether this program knows it, and bringing it up to date."""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, Engine, inspect, text

from milepost.errors import WorkspaceError
from milepost.store.address import Address
from milepost.store.engines import LOCK_WAIT_SECONDS, make_engine, transaction
from milepost.store.tables import VERSION_TABLE

MIGRATIONS = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = 64_537_678
"""The number of PostgreSQL's advisory lock: the word MILEPOST on a telephone."""


def known_revisions(migrations: Path = MIGRATIONS) -> tuple[str, ...]:
    """The revisions of this program in order: the four digits in the names of the version files.

    Why: alembic knows them too, but importing it takes longer than opening a workspace.

    >>> known_revisions()[0]
    '0001'
    """
    return tuple(sorted(path.stem[1:5] for path in (migrations / "versions").glob("v[0-9]*.py")))


def is_up_to_date(connection: Connection, address: Address, migrations: Path = MIGRATIONS) -> bool:
    """Whether the schema is this program's newest; an empty database is not.

    Raises WorkspaceError for a newer one, and for a database with other tables in it.
    """
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE not in tables:
        _refuse_other_tables(tables, address)
        return False
    revisions = known_revisions(migrations)
    stored = connection.scalars(text(f"SELECT version_num FROM {VERSION_TABLE}")).all()  # noqa: S608 - a constant
    if not set(stored) <= set(revisions):
        raise WorkspaceError(
            f"the workspace {address} was written by a newer Milepost (schema {', '.join(sorted(stored))}; "
            f"this one knows up to {revisions[-1]})",
            hint="Install the newer Milepost, or choose another workspace with --workspace.",
        )
    return revisions[-1] in stored


def upgrade(
    address: Address, migrations: Path = MIGRATIONS, *, lock_wait_seconds: float = LOCK_WAIT_SECONDS
) -> None:
    """Run the missing migrations in one transaction; whoever comes second finds them done."""
    engine = make_engine(address, lock_wait_seconds=lock_wait_seconds, foreign_keys=False)
    try:
        _upgrade_once(engine, address, migrations)
    finally:
        engine.dispose()


def _upgrade_once(engine: Engine, address: Address, migrations: Path) -> None:
    with transaction(engine, writes=True) as connection:
        if address.path is None:
            connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
        if is_up_to_date(connection, address, migrations):
            return
        # Why: alembic takes longer to import than everything else here together
        import_module("milepost.store.upgrading").upgrade_to_newest(connection, migrations)
        if address.path is not None and connection.exec_driver_sql("PRAGMA foreign_key_check").first():
            raise AssertionError("a migration left rows that refer to nobody; it was rolled back")


def _refuse_other_tables(tables: list[str], address: Address) -> None:
    if tables:
        shown = ", ".join(sorted(tables)[:3])
        raise WorkspaceError(
            f"{address} is not a Milepost workspace: it holds tables of another program ({shown})",
            hint="Choose an empty database or another file with --workspace.",
        )
