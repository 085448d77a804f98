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
