"""What comes back from the store: values as they were saved, with number and time."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class SavedPerson:
    """The newest version of one person file.

    ``digest`` is the SHA-256 of the document as UTF-8, in hexadecimal digits; ``version``
    is what ``save_person(..., expected_version=…)`` wants to see again.
    """

    name: str
    version: int
    document: str
    digest: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class PersonVersion:
    """One version of a person file, counted from 1; a version never changes."""

    number: int
    document: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class SavedPlan:
    """One plan as JSON text; ``baseline`` marks a plan that the year is measured against."""

    id: int
    made_on: date
    baseline: bool
    document: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class NewPlan:
    """A plan to be kept: its JSON text, the day it was made, and whether the year is measured against it."""

    document: str
    made_on: date
    baseline: bool = True


@dataclass(frozen=True, slots=True)
class Change:
    """One line of the log: the verb, the versions of the file before and after it (0: there was none),
    the plan it brought, and the line that it took back."""

    id: int
    verb: str
    before: int
    version: int
    plan: int | None
    undoes: int | None
    saved_at: datetime
