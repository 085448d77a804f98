"""The tables of a workspace. ``migrations`` builds them; a test keeps the two the same.

Days and times are ISO text (times in UTC), because SQLite has no type for them and a
text is the same on both databases.
"""

from sqlalchemy import Boolean, CheckConstraint, Column, ForeignKey, Integer, MetaData, String, Table, Text

LONGEST_NAME = 200
LONGEST_VERB = 40
VERSION_TABLE = "milepost_version"
"""Why: not alembic's own name for it; another program may keep that one in a shared database."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)

people = Table(
    "people",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(LONGEST_NAME), nullable=False, unique=True),
    Column("version", Integer, CheckConstraint("version >= 1", name="version_positive"), nullable=False),
    Column("document", Text, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("saved_at", String(40), nullable=False),
)

person_versions = Table(
    "person_versions",
    metadata,
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), primary_key=True),
    Column(
        "number",
        Integer,
        CheckConstraint("number >= 1", name="number_positive"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("document", Text, nullable=False),
    Column("saved_at", String(40), nullable=False),
)

plans = Table(
    "plans",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("made_on", String(10), nullable=False),
    Column("baseline", Boolean, nullable=False),
    Column("document", Text, nullable=False),
    Column("saved_at", String(40), nullable=False),
)

changes = Table(
    "changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person_id", ForeignKey("people.id", ondelete="CASCADE"), nullable=False, index=True),
    Column("verb", String(LONGEST_VERB), nullable=False),
    Column("before", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("plan_id", ForeignKey("plans.id", ondelete="CASCADE"), nullable=True),
    Column("undoes", ForeignKey("changes.id", ondelete="CASCADE"), nullable=True),
    Column("saved_at", String(40), nullable=False),
)
