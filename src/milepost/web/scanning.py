"""Git folders of this computer, read in a process of its own for what they show."""

from dataclasses import dataclass

from milepost.model.proposals import Findings
from milepost.model.stages import Tell
from milepost.web.errands import Errand
from milepost.workflows.repository import scan_folders


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


def lines_of(text: str) -> tuple[str, ...]:
    """What stands in the lines of a field, each once."""
    return tuple(dict.fromkeys(line.strip() for line in text.splitlines() if line.strip()))
