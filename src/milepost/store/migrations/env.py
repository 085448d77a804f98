"""What alembic runs around the steps; the program gives it a connection (``upgrading.py``).

To add a step, copy the newest file of ``versions``, count its number up and write both
directions by hand; a test compares the result with ``tables.py`` on both databases.
"""

from alembic import context

from milepost.store.tables import VERSION_TABLE, metadata


def run() -> None:
    """Run the steps in the transaction that is open on the given connection."""
    context.configure(
        connection=context.config.attributes["connection"],
        target_metadata=metadata,
        version_table=VERSION_TABLE,
        render_as_batch=True,
        transactional_ddl=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if __name__ == "env_py":  # the name under which alembic runs this file; importing it does nothing
    run()
