"""Running alembic from the program, without an alembic.ini."""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection


def configuration(connection: Connection, migrations: Path) -> Config:
    """What alembic needs to work on ``connection``, inside the transaction that is open there."""
    config = Config()
    config.set_main_option("script_location", str(migrations).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def upgrade_to_newest(connection: Connection, migrations: Path) -> None:
    """Run every migration in the folder that the database has not seen."""
    command.upgrade(configuration(connection, migrations), "head")
