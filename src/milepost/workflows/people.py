"""Person files and the workspace: find, check, import and export people."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.content import load_catalogue
from milepost.files.person import read_person, read_person_text
from milepost.model.activities import Catalogue
from milepost.model.people import Person

FILE_ENDINGS = frozenset({".yaml", ".yml", ".json"})
Now = Callable[[], dt.datetime]


@dataclass(frozen=True)
class Loaded:
    """A person with the text they came from and where that text lives."""

    person: Person
    text: str
    place: str


def load_person(name: str, *, workspace: str | None, now: Now, catalogue: Catalogue | None = None) -> Loaded:
    """A person by file or by name in the workspace.

    A name that ends like a file, or that is a file, is read as one; anything else is
    looked up in the workspace. Raises ``InvalidInput`` with every problem of the text.
    """
    catalogue = catalogue or load_catalogue()
    path = Path(name)
    if path.suffix.lower() in FILE_ENDINGS or path.is_file():
        return read_text(path, catalogue=catalogue)
    from milepost.store import open_store

    with open_store(workspace, now=now) as store:
        text = store.load_person_document(name)
    return Loaded(accept(read_person_text(text, path=name, catalogue=catalogue)), text, f"workspace: {name}")


def read_text(path: Path, *, catalogue: Catalogue) -> Loaded:
    """A person from a YAML or JSON file, with the YAML text that describes them."""
    if path.suffix.lower() == ".json":
        text = text_from_json(path)
        return Loaded(accept(read_person_text(text, path=str(path), catalogue=catalogue)), text, str(path))
    person = accept(read_person(path, catalogue=catalogue))
    return Loaded(person, path.read_bytes().decode("utf-8-sig"), str(path))


def accept(read: Person | tuple[Problem, ...]) -> Person:
    """The person, or all problems as one error."""
    if isinstance(read, Person):
        return read
    raise InvalidInput(read)


def text_from_json(path: Path) -> str:
    """The YAML text of a person kept as JSON."""
    from milepost.files.person_edits import document_to_person_text

    try:
        document = json.loads(path.read_text(encoding="utf-8"))
    except OSError as fault:
        raise InvalidInput(
            [Problem(str(path), 0, 0, "", f"cannot be read: {fault.strerror}", "Check the name.")]
        ) from fault
    except (ValueError, RecursionError) as fault:
        line, column = getattr(fault, "lineno", 0), getattr(fault, "colno", 0)
        problem = Problem(
            str(path), line, column, "", f"is not JSON: {fault}", "Export it again, or write YAML."
        )
        raise InvalidInput([problem]) from fault
    if not isinstance(document, dict):
        raise InvalidInput(
            [Problem(str(path), 1, 1, "", "is not one person", "The file holds one JSON object.")]
        )
    return document_to_person_text(document)


def check_files(paths: Sequence[Path], *, catalogue: Catalogue | None = None) -> tuple[Problem, ...]:
    """Every problem in every file, in the order given."""
    catalogue = catalogue or load_catalogue()
    return tuple(problem for path in paths for problem in _check(path, catalogue))


def _check(path: Path, catalogue: Catalogue) -> Iterable[Problem]:
    try:
        read_text(path, catalogue=catalogue)
    except InvalidInput as fault:
        return fault.problems
    return ()
