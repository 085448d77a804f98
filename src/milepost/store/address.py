"""Where a workspace is: a path, ``sqlite:///…`` or ``postgresql://…``."""

from dataclasses import dataclass
from pathlib import Path

from platformdirs import user_data_path
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from milepost.errors import WorkspaceError

FORMS = "Give a path, sqlite:///path or postgresql://user@host/database."
POSTGRESQL = ("postgresql", "postgres", "postgresql+psycopg")


@dataclass(frozen=True, slots=True)
class Address:
    """A workspace to open; ``path`` is None for PostgreSQL. ``str()`` of it hides the password."""

    url: URL
    path: Path | None

    def __str__(self) -> str:
        return str(self.path) if self.path else self.url.render_as_string(hide_password=True)


def read_address(text: str | None) -> Address:
    """What an address means; none or an empty one is the workspace in the user's data folder.

    >>> read_address("postgresql://jordan:secret@db.example/work").url.drivername
    'postgresql+psycopg'
    >>> str(read_address("postgresql://jordan:secret@db.example/work"))
    'postgresql+psycopg://jordan:***@db.example/work'
    """
    if not text or not text.strip():
        return _at_path(user_data_path("milepost", appauthor=False) / "workspace.sqlite")
    if "\0" in text:
        raise WorkspaceError("the address of the workspace has a NUL character in it", hint=FORMS)
    if "://" not in text and not text.startswith(("sqlite:", "postgresql:", "postgres:")):
        return _at_path(Path(text))
    return _at_url(text.strip())


def files_of(text: str | None) -> tuple[Path, ...]:
    """The files that a workspace consists of; none where it is in PostgreSQL."""
    path = read_address(text).path
    return (path, Path(f"{path}-wal")) if path else ()


def _at_path(path: Path) -> Address:
    try:
        whole = path.expanduser().absolute()
    except RuntimeError as error:
        raise WorkspaceError(f"no home folder is known for {path}", hint="Give the whole path.") from error
    return Address(URL.create("sqlite", database=str(whole)), whole)


def _at_url(text: str) -> Address:
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        scheme = text.partition(":")[0]
        raise WorkspaceError(f"this {scheme} address of a workspace cannot be read", hint=FORMS) from error
    if url.drivername in POSTGRESQL:
        return Address(url.set(drivername="postgresql+psycopg"), None)
    if url.drivername != "sqlite":
        raise WorkspaceError(f"a workspace cannot be kept in {url.drivername}", hint=FORMS)
    if url.host or url.query or not url.database or url.database == ":memory:":
        raise WorkspaceError(
            f"the address {text} names no file",
            hint="Write sqlite:///relative/path or sqlite:////absolute/path, without options.",
        )
    return _at_path(Path(url.database))
