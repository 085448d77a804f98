"""Whose data a surface that stays open serves, and who may see it."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from milepost.errors import PersonNotFound
from milepost.store import files_of
from milepost.workflows.memory import Memory
from milepost.workflows.workspace import list_people
from milepost.workflows.year import Occasion


@dataclass(frozen=True)
class Viewer:
    """Who asks. Until there are accounts it is always the owner of this computer."""

    name: str = "the owner of this computer"


OWNER = Viewer()


@dataclass(frozen=True)
class Home:
    """The people that one server shows: those of a workspace, and person ``files`` by their name there."""

    workspace: str | None
    now: Callable[[], dt.datetime]
    today: Callable[[], dt.date]
    files: Mapping[str, Path]
    memory: Memory = field(default_factory=Memory, repr=False, compare=False)

    def people(self, viewer: Viewer) -> tuple[str, ...]:
        """The names that a viewer may see, files first; the one place that decides it."""
        assert viewer is OWNER
        stored = self.memory.recall(
            list_people, files_of(self.workspace), lambda: list_people(self.workspace, now=self.now)
        )
        return (*sorted(self.files), *(name for name in stored if name not in self.files))

    def where(self, name: str, viewer: Viewer) -> str:
        """What a person is loaded by; ``PersonNotFound`` for one that the viewer may not see."""
        if name not in self.people(viewer):
            raise PersonNotFound(name, known=self.people(viewer))
        return str(self.files[name]) if name in self.files else name

    def occasion(self) -> Occasion:
        """When and where something is done."""
        return Occasion(self.workspace, self.now, self.today(), self.memory)
