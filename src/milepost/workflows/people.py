"""Person files and the workspace: find, check, import and export people."""

import datetime as dt
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from milepost.errors import InvalidInput, Problem, UsageError
from milepost.files.content import load_catalogue
from milepost.files.person import read_person, read_person_text
from milepost.files.person_edits import document_to_person_text, person_to_document
from milepost.model.activities import Catalogue
from milepost.model.people import Person
from milepost.model.plans import Infeasible
from milepost.publish.calendar import render_ics
from milepost.publish.exports import render_csv, render_markdown
from milepost.publish.jsonresume import render_jsonresume
from milepost.store import open_store
from milepost.workflows.roadmap import make_levels, make_roadmap

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


def import_files(
    paths: Sequence[Path], *, name: str | None, workspace: str | None, now: Now
) -> tuple[tuple[str, int], ...]:
    """Put person files into the workspace; all of them, or none where one has a problem.

    The file's own text is kept byte for byte. Gives the names with the version saved.
    """
    catalogue = load_catalogue()
    if name is not None and len(paths) > 1:
        raise UsageError(
            "--as names one person, but several files were given", hint="Import them one at a time."
        )
    problems = check_files(paths, catalogue=catalogue)
    if problems:
        raise InvalidInput(problems)
    loaded = [read_text(path, catalogue=catalogue) for path in paths]
    names = [name or each.person.name for each in loaded]
    twice = sorted({n for n in names if names.count(n) > 1})
    if twice:
        raise UsageError(
            f"two of the files are called {twice[0]!r}", hint="Import one of them with --as NAME."
        )
    with open_store(workspace, now=now) as store:
        return tuple((n, store.save_person(n, each.text)) for n, each in zip(names, loaded, strict=True))


def export_person(name: str, *, workspace: str | None, now: Now, form: str) -> str:
    """The person as ``yaml`` (byte for byte as imported) or ``json`` (the same facts)."""
    loaded = load_person(name, workspace=workspace, now=now)
    if form == "yaml":
        return loaded.text
    return json.dumps(person_to_document(loaded.text), ensure_ascii=False, indent=2) + "\n"


def list_people(workspace: str | None, *, now: Now) -> tuple[str, ...]:
    """The names in the workspace."""
    with open_store(workspace, now=now) as store:
        return tuple(store.list_people())


def delete_person(name: str, *, workspace: str | None, now: Now) -> None:
    """Erase a person with every version and plan; ``PersonNotFound`` where there is none."""
    with open_store(workspace, now=now) as store:
        store.delete_person(name)


def export_plan(name: str, *, workspace: str | None, now: Now, today: dt.date, form: str) -> str:
    """The person's skills as ``jsonresume``, or the plan made today as ``ics``, ``md`` or ``csv``."""
    catalogue = load_catalogue()
    loaded = load_person(name, workspace=workspace, now=now, catalogue=catalogue)
    if form == "jsonresume":
        levels = make_levels(loaded.person, today=today, catalogue=catalogue)
        return render_jsonresume(loaded.person, levels, catalogue.tree)
    roadmap = make_roadmap(loaded.person, today=today, catalogue=catalogue)
    if isinstance(roadmap.plan, Infeasible):
        raise UsageError(
            f"no plan fits for {loaded.person.name}: {roadmap.plan.because[0]}",
            hint=f"`milepost plan {name}` says what would help.",
        )
    if form == "ics":
        return render_ics(roadmap.plan)
    return render_csv(roadmap.plan) if form == "csv" else render_markdown(roadmap.plan, roadmap.report)
