"""Evidence from a git repository: proposals that the person accepts, changes or rejects."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from milepost.files.repository.reading import read_repository
from milepost.files.repository.signs import load_signs
from milepost.model.proposals import Findings


def propose_from_repository(path: Path, *, authors: Sequence[str] = (), today: dt.date) -> Findings:
    """What the person's own commits in a repository show, as proposals of kind ``signal``; nothing is entered.

    ``authors`` are their addresses or names; without any, ``user.email`` of the repository
    or of their git configuration is taken. Nothing of the repository runs, nothing is fetched
    or written. ``InvalidInput`` where there is no repository that can be read, ``UsageError``
    where nobody says whose commits count.
    """
    return read_repository(path, authors=authors, today=today, signs=load_signs())
