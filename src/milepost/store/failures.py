"""What a database complains about, in the user's words: what happened and what to do next."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, DBAPIError, IntegrityError, ProgrammingError

from milepost.errors import WorkspaceError

_Words = tuple[str, str]
_RIGHTS = "Ask for the right to change it, or choose another with --workspace."
_DAMAGED: _Words = (
    "the workspace {place} is damaged",
    "Put it aside together with its -wal file, take your last copy, or import the person files again.",
)
_BUSY: _Words = (
    "the workspace {place} is locked by another program",
    "Wait until the other one has finished and run the command again; nothing was changed.",
)
_FULL: _Words = ("there is no space left for the workspace {place}", "Make space and run the command again.")
_NO_RIGHTS: _Words = ("the workspace {place} may not be changed by this user", _RIGHTS)
_LOGIN: _Words = (
    "the server of {place} does not let this user in",
    "Check user, password and database in the address.",
)
_WRONG_TABLES: _Words = (
    "tables are missing in the workspace {place}",
    "Somebody changed it from outside: take your last copy, or start with an empty one.",
)
_STOPPED: _Words = ("the server of {place} ended the connection", "Run the command again.")

_SQLITE = {
    "SQLITE_BUSY": _BUSY,
    "SQLITE_LOCKED": _BUSY,
    "SQLITE_READONLY": _NO_RIGHTS,
    "SQLITE_PERM": _NO_RIGHTS,
    "SQLITE_AUTH": _NO_RIGHTS,
    "SQLITE_CANTOPEN": ("the workspace {place} cannot be opened", "Check that you may read and write there."),
    "SQLITE_NOTADB": ("{place} is not a Milepost workspace", "Choose another file with --workspace."),
    "SQLITE_CORRUPT": _DAMAGED,
    "SQLITE_FULL": _FULL,
    "SQLITE_IOERR": (
        "the disk of the workspace {place} does not answer properly",
        "Check the disk, then run the command again.",
    ),
    "SQLITE_TOOBIG": (
        "this is too large for the workspace {place}",
        "Keep large files outside; link to them.",
    ),
}
_SQLSTATES = {
    "08": _STOPPED,
    "22": ("the database {place} cannot keep this text", "Use a database whose encoding is UTF8."),
    "25006": _NO_RIGHTS,
    "28": _LOGIN,
    "3D000": ("there is no such database: {place}", "Create it with createdb, or correct the address."),
    "40": _BUSY,
    "42501": _NO_RIGHTS,
    "42P01": _WRONG_TABLES,
    "42703": _WRONG_TABLES,
    "3F000": ("the database {place} has no schema to write to", "Create one, or set the search path."),
    "53300": ("the server of {place} has too many connections", "Wait and run the command again."),
    "53": _FULL,
    "55P03": _BUSY,
    "57": _STOPPED,
    "XX": _DAMAGED,
}
_PHRASES = {
    "password authentication failed": _LOGIN,
    "no password supplied": _LOGIN,
    "no such table": _WRONG_TABLES,
    "no such column": _WRONG_TABLES,
    "could not decode to utf-8": _DAMAGED,
}
_UNREACHABLE: _Words = (
    "the database {place} cannot be reached",
    "Check that the server runs and that the address is right.",
)


@contextmanager
def explaining(place: str) -> Iterator[None]:
    """Raise a ``WorkspaceError`` about ``place`` for what the database complains about.

    A broken constraint or a faulty statement is a bug of ours and keeps its traceback.
    """
    try:
        yield
    except DBAPIError as error:
        words = _known_words(error)
        if words is None and isinstance(error, IntegrityError | ProgrammingError):
            raise
        message, hint = words or _unknown_words(error)
        raise WorkspaceError(message.format(place=place), hint=hint) from error


def _known_words(error: DBAPIError) -> _Words | None:
    """By the database's own code where it gives one, else by what it says."""
    code = getattr(error.orig, "sqlite_errorname", None)
    if code:
        found = next((words for start, words in _SQLITE.items() if code.startswith(start)), None)
    else:
        state = getattr(error.orig, "sqlstate", None) or ""
        found = next((_SQLSTATES[key] for key in (state, state[:2]) if key in _SQLSTATES), None)
    said = str(error.orig).lower()
    return found or next((words for phrase, words in _PHRASES.items() if phrase in said), None)


def _unknown_words(error: DBAPIError) -> _Words:
    said = (str(error.orig).strip() or type(error.orig).__name__).splitlines()[0]
    said = said.replace("{", "{{").replace("}", "}}")
    if not isinstance(error, DatabaseError) or "connection" in said:
        return (f"{_UNREACHABLE[0]}: {said}", _UNREACHABLE[1])
    return (
        f"the workspace {{place}} cannot be used: {said}",
        "Check the database, then run the command again.",
    )
