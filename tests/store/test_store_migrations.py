"""The steps from an empty database to today's tables, and what they do to a workspace with people in it."""

import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, text

from milepost.errors import WorkspaceError
from milepost.store import open_store
from milepost.store.address import read_address
from milepost.store.engines import make_engine, transaction
from milepost.store.schema import MIGRATIONS, known_revisions
from milepost.store.tables import VERSION_TABLE, metadata
from milepost.store.upgrading import configuration

Clock = Callable[[], datetime]
NEXT_STEP = '''
"""A step of the future: every person has a language, and names may be long."""

import sqlalchemy as sa
from alembic import op

revision = "{number}"
down_revision = "{before}"


def upgrade():
    with op.batch_alter_table("people") as people:
        people.add_column(sa.Column("language", sa.String(8), nullable=False, server_default="en"))
        people.drop_constraint(op.f("ck_people_version_positive"), type_="check")
        people.alter_column("name", type_=sa.String(400), existing_type=sa.String(200), existing_nullable=False)
    {fault}


def downgrade():
    with op.batch_alter_table("people") as people:
        people.drop_column("language")
'''
FIRST_PEOPLE = (
    "INSERT INTO people (name, version, document, digest, saved_at) VALUES ('Jordan', 2, 'name: Jordan',"
    " 'bfa1d3bf21afa80a0700fbefe7f0becd46a1e8d8d6b2c3a03ea2d8729bfb7579', '2026-11-30T09:00:00.000000+00:00')",
    "INSERT INTO person_versions SELECT id, 1, 'name: J', '2026-11-29T09:00:00.000000+00:00' FROM people",
    "INSERT INTO person_versions SELECT id, 2, 'name: Jordan', '2026-11-30T09:00:00.000000+00:00' FROM people",
    "INSERT INTO plans (person_id, made_on, baseline, document, saved_at)"
    " SELECT id, '2026-11-30', TRUE, '{}', '2026-11-30T09:00:01.000000+00:00' FROM people",
)
"""Rows as the program of the first step wrote them; they never change."""


@pytest.fixture
def engine(url: str) -> Any:
    """A bare engine on a database without tables."""
    made = make_engine(read_address(url), foreign_keys=False)
    yield made
    made.dispose()


@pytest.fixture
def next_release(tmp_path: Path) -> Callable[[str], Path]:
    """Call it for the migrations of a future Milepost, with a fault in its last step or without."""

    def make(fault: str = "") -> Path:
        folder = Path(shutil.copytree(MIGRATIONS, tmp_path / f"next-{fault[:5]}"))
        before = known_revisions()[-1]
        number = f"{int(before) + 1:04}"
        step = NEXT_STEP.format(number=number, before=before, fault=fault)
        (folder / "versions" / f"v{number}_languages.py").write_text(step)
        return folder

    return make


def migrate(engine: Engine, revision: str) -> None:
    """Go up or down to a revision."""
    go = command.downgrade if revision == "base" else command.upgrade
    with transaction(engine, writes=True) as connection:
        go(configuration(connection, MIGRATIONS), revision)


def shape(connection: Connection) -> dict[str, Any]:
    """Everything that the database knows about its tables, in a form that can be compared."""
    found = inspect(connection)
    return {
        table: {
            "columns": {
                each["name"]: (str(each["type"]), each["nullable"], each.get("default"))
                for each in found.get_columns(table)
            },
            "key": found.get_pk_constraint(table),
            "refers": sorted(map(str, found.get_foreign_keys(table))),
            "unique": sorted(map(str, found.get_unique_constraints(table))),
            "checks": sorted(map(str, found.get_check_constraints(table))),
            "indexes": sorted(map(str, found.get_indexes(table))),
        }
        for table in found.get_table_names()
        if table != VERSION_TABLE
    }


def test_the_program_and_alembic_know_the_same_steps_in_one_line():
    script = ScriptDirectory(str(MIGRATIONS))
    assert tuple(reversed([each.revision for each in script.walk_revisions()])) == known_revisions()
    assert script.get_heads() == [known_revisions()[-1]]


def test_the_steps_make_the_tables_that_the_program_uses(engine: Engine):
    migrate(engine, "head")
    with transaction(engine, writes=True) as connection:
        options = {"version_table": VERSION_TABLE, "compare_type": True, "compare_server_default": True}
        context = MigrationContext.configure(connection, opts=options)
        assert compare_metadata(context, metadata) == []
        migrated = shape(connection)
        metadata.drop_all(connection)
        metadata.create_all(connection)
        assert shape(connection) == migrated
        assert set(migrated) == set(metadata.tables)


def test_every_constraint_has_a_name_so_that_a_later_step_can_change_it():
    assert all(each.name for table in metadata.tables.values() for each in table.constraints)


def test_all_steps_go_down_to_nothing_and_up_again(engine: Engine):
    migrate(engine, "head")
    with engine.connect() as connection:
        first = shape(connection)
    migrate(engine, "base")
    with engine.connect() as connection:
        assert shape(connection) == {}
    migrate(engine, "head")
    with engine.connect() as connection:
        assert shape(connection) == first


def test_a_workspace_that_was_taken_down_to_nothing_opens_again(url: str, engine: Engine, now: Clock):
    migrate(engine, "head")
    migrate(engine, "base")
    with open_store(url, now=now) as store:
        assert store.save_person("Jordan", "text") == 1


def test_a_workspace_of_the_first_step_with_people_in_it_opens(url: str, engine: Engine, now: Clock):
    migrate(engine, "0001")
    with transaction(engine, writes=True) as connection:
        for statement in FIRST_PEOPLE:
            connection.execute(text(statement))
    with open_store(url, now=now) as store:
        assert [each.document for each in store.load_versions("Jordan")] == ["name: J", "name: Jordan"]
        assert store.load_person_document("Jordan") == "name: Jordan"
        assert [each.baseline for each in store.load_plans("Jordan")] == [True]
        assert store.save_person("Jordan", "name: Jordan\n", expected_version=2) == 3


def fill(url: str, now: Clock) -> None:
    """A workspace of today with a person, two versions and a plan."""
    with open_store(url, now=now) as store:
        store.save_person("Jordan", "one")
        store.save_person("Jordan", "two")
        store.save_plan("Jordan", "{}", made_on=date(2026, 11, 30), baseline=True)


def test_the_next_release_keeps_everything_that_todays_wrote(
    url: str, next_release: Callable[..., Path], now: Clock, engine: Engine
):
    fill(url, now)
    with open_store(url, now=now, migrations=next_release()) as store:
        assert [each.document for each in store.load_versions("Jordan")] == ["one", "two"]
        assert len(store.load_plans("Jordan")) == 1
        assert store.save_person("Jordan", "three", expected_version=2) == 3
    with engine.connect() as connection:
        assert connection.scalar(text("SELECT language FROM people")) == "en"


def test_todays_program_refuses_the_workspace_of_the_next_release(
    url: str, next_release: Callable[..., Path], now: Clock
):
    fill(url, now)
    open_store(url, now=now, migrations=next_release()).close()
    with pytest.raises(WorkspaceError, match="written by a newer Milepost") as caught:
        open_store(url, now=now)
    assert "Install the newer Milepost" in caught.value.hint


def test_a_step_that_fails_changes_nothing(
    url: str, next_release: Callable[..., Path], now: Clock, engine: Engine
):
    fill(url, now)
    with engine.connect() as connection:
        before = shape(connection)
    with pytest.raises(ZeroDivisionError):
        open_store(url, now=now, migrations=next_release("1 / 0"))
    with engine.connect() as connection:
        assert shape(connection) == before
    with open_store(url, now=now) as store:
        assert len(store.load_versions("Jordan")) == 2
        assert len(store.load_plans("Jordan")) == 1


def test_a_step_that_leaves_rows_without_their_person_is_rolled_back(
    tmp_path: Path, next_release: Callable[..., Path], now: Clock
):
    url = str(tmp_path / "w.sqlite")
    fill(url, now)
    with pytest.raises(AssertionError, match="refer to nobody"):
        open_store(url, now=now, migrations=next_release('op.execute("DELETE FROM people")'))
    with open_store(url, now=now) as store:
        assert len(store.load_versions("Jordan")) == 2
