"""Git folders and CVs, read in a process of its own for what they show."""

from dataclasses import dataclass, replace

from milepost.errors import InvalidInput
from milepost.files.content import load_catalogue
from milepost.model.own_catalogue import extend_tree
from milepost.model.proposals import Findings
from milepost.model.stages import READING, Tell
from milepost.web.errands import Errand
from milepost.workflows.cv_findings import propose_from_cv
from milepost.workflows.repository import scan_folders
from milepost.workflows.year import Occasion


@dataclass(frozen=True)
class Scanned:
    """What some folders show, and the numbers of the findings that the person rejected."""

    findings: tuple[Findings, ...]
    rejected: tuple[int, ...] = ()


def scan(errand: Errand, tell: Tell) -> Scanned:
    """The findings of the folders that were typed, a line each."""
    return Scanned(
        scan_folders(
            lines_of(errand.text("folders")),
            authors=lines_of(errand.text("authors")),
            today=errand.today,
            tell=tell,
        )
    )


def read_brought_cv(errand: Errand, tell: Tell) -> Scanned:
    """The findings of the CV on the desk, which is gone once it was read."""
    tell(READING, 0, 0)
    path = errand.brought / errand.text("file")
    try:
        loaded = Occasion(errand.workspace, lambda: errand.now, errand.today).load(errand.where).loaded
        tree = extend_tree(load_catalogue().tree, loaded.person.own_skills)
        found = propose_from_cv(path, tree=tree, today=errand.today)
    except InvalidInput as fault:
        raise InvalidInput([replace(each, path=path.name) for each in fault.problems]) from None
    finally:
        path.unlink(missing_ok=True)
    return Scanned((replace(found, source=path.name),))


def lines_of(text: str) -> tuple[str, ...]:
    """What stands in the lines of a field, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
