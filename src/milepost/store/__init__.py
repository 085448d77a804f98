"""The workspace: people, every version of their files, and their plans, in SQLite or PostgreSQL.

``open_store`` turns an address into a ``Store`` whose tables are up to date. Nobody else
imports SQLAlchemy or alembic, and whoever can act on a failure gets a ``WorkspaceError``.
"""

from milepost.store.address import files_of
from milepost.store.opening import open_store
from milepost.store.saved import Change, NewPlan, PersonVersion, SavedPerson, SavedPlan
from milepost.store.store import Store

__all__ = [
    "Change",
    "NewPlan",
    "PersonVersion",
    "SavedPerson",
    "SavedPlan",
    "Store",
    "files_of",
    "open_store",
]
