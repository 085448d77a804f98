"""Whose data the app serves, who may see it, and where it keeps what is its own."""

import datetime as dt
import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import PersonNotFound
from milepost.workflows.workspace import list_people
from milepost.workflows.year import Occasion

KEY_BYTES = 32


@dataclass(frozen=True)
class Viewer:
    """Who asks. Until there are accounts it is always the owner of this computer."""

    name: str = "the owner of this computer"


OWNER = Viewer()


@dataclass(frozen=True)
class Home:
    """The people that one server shows: those of a workspace, and person files named at its start.

    ``folder`` holds the key of the forms and proposals of plans; ``files`` are person files by the name
    that their address has.
    """

    workspace: str | None
    folder: Path
    now: Callable[[], dt.datetime]
    today: Callable[[], dt.date]
    files: Mapping[str, Path]

    def people(self, viewer: Viewer) -> tuple[str, ...]:
        """The names that a viewer may see, files first; the one place that decides it."""
        assert viewer is OWNER
        stored = list_people(self.workspace, now=self.now)
        return (*sorted(self.files), *(name for name in stored if name not in self.files))

    def where(self, name: str, viewer: Viewer) -> str:
        """What a person is loaded by; ``PersonNotFound`` for one that the viewer may not see."""
        if name not in self.people(viewer):
            raise PersonNotFound(name, known=self.people(viewer))
        return str(self.files[name]) if name in self.files else name

    def occasion(self) -> Occasion:
        """When and where something is done."""
        return Occasion(self.workspace, self.now, self.today())

    def key(self) -> bytes:
        """The secret behind the tokens of forms; kept, so that a form outlives the server."""
        path = self.folder / "web.key"
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not path.exists():
            fresh = path.with_suffix(f".{secrets.token_hex(4)}")
            fresh.touch(mode=0o600)
            fresh.write_bytes(secrets.token_bytes(KEY_BYTES))
            fresh.replace(path)
        return path.read_bytes()
