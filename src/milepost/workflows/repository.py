"""Evidence from git repositories: proposals that the person accepts, changes or rejects."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from milepost.errors import InvalidInput, Problem
from milepost.files.repository.reading import read_repository
from milepost.files.repository.signs import load_signs
from milepost.model.proposals import Findings
from milepost.model.stages import OPENING, Tell, tell_nobody


def propose_from_repository(
    path: Path, *, authors: Sequence[str] = (), today: dt.date, tell: Tell = tell_nobody
) -> Findings:
    """What the person's own commits in a repository show, as proposals of kind ``signal``; nothing is entered.

    ``authors`` are their addresses or names; without any, ``user.email`` of the repository
    or of their git configuration is taken. Nothing of the repository runs, nothing is fetched
    or written. ``InvalidInput`` where there is no repository that can be read, ``UsageError``
    where nobody says whose commits count.
    """
    return read_repository(path, authors=authors, today=today, signs=load_signs(), tell=tell)


def scan_folders(
    typed: Sequence[str], *, authors: Sequence[str] = (), today: dt.date, tell: Tell = tell_nobody
) -> tuple[Findings, ...]:
    """What the repositories in some folders of this computer show, as typed; ``~`` is the home folder.

    Raises ``InvalidInput`` with every folder that is missing, closed or no repository.
    """
    found: list[Findings] = []
    problems: list[Problem] = []
    for text in typed:
        tell(OPENING, 0, 0)
        try:
            found.append(propose_from_repository(_whole_path(text), authors=authors, today=today, tell=tell))
        except InvalidInput as fault:
            problems += fault.problems
        except OSError as fault:
            message = f"this folder cannot be read: {fault.strerror or fault}"
            problems.append(Problem(text, 0, 0, "", message, "Check its name and its rights."))
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _whole_path(text: str) -> Path:
    """The folder that is meant; a program that runs in the background has no folder that it stands in."""
    try:
        path = Path(text).expanduser()
    except RuntimeError:  # the home folder of nobody
        path = Path(text)
    if not path.is_absolute():
        problem = Problem(text, 0, 0, "", "this is not a whole path", "Write it from the root, or from ~.")
        raise InvalidInput([problem])
    return path
