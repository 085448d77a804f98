"""People, every version of their files, and their plans.

``op.f`` marks the name of a CHECK as whole; without it the naming convention adds to it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the three tables."""
    op.create_table(
        "people",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_people"),
        sa.UniqueConstraint("name", name="uq_people_name"),
        sa.CheckConstraint("version >= 1", name=op.f("ck_people_version_positive")),
    )
    op.create_table(
        "person_versions",
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("person_id", "number", name="pk_person_versions"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_person_versions_person_id_people", ondelete="CASCADE"
        ),
        sa.CheckConstraint("number >= 1", name=op.f("ck_person_versions_number_positive")),
    )
    op.create_table(
        "plans",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("made_on", sa.String(10), nullable=False),
        sa.Column("baseline", sa.Boolean(), nullable=False),
        sa.Column("document", sa.Text(), nullable=False),
        sa.Column("saved_at", sa.String(40), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_plans"),
        sa.ForeignKeyConstraint(
            ["person_id"], ["people.id"], name="fk_plans_person_id_people", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_plans_person_id", "plans", ["person_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("plans")
    op.drop_table("person_versions")
    op.drop_table("people")
