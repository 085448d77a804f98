"""One recorded year as the comparison takes it: the person, and what others worked out about them."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from milepost.model.activities import Activity
from milepost.model.gaps import GapReport, TShape
from milepost.model.people import Person
from milepost.model.roles import Role
from milepost.model.settings import Settings
from milepost.model.skills import SkillTree
from milepost.model.year import Year

YEAR_DAYS = 364


@dataclass(frozen=True, slots=True)
class PlanMeasure:
    """What the progress against an accepted plan came to, measured elsewhere.

    ``on_plan_ratio`` is hours on planned work over all hours, or None.
    """

    on_plan_ratio: float | None
    planned_hours: float
    earned_hours: float


@dataclass(frozen=True, slots=True)
class Recorded:
    """A person with a year, the gaps before it, the T after it, and where both come from.

    ``before`` is measured with what was known on ``start``. ``means_before`` and
    ``means_after`` are estimated levels. ``transfer_share`` and ``leverage`` (by skill) are
    shares of the role's demand on ``start``.
    """

    person: Person
    role: Role
    start: dt.date
    end: dt.date
    before: GapReport
    after: TShape
    means_before: Mapping[str, float]
    means_after: Mapping[str, float]
    tree: SkillTree
    activities: Mapping[str, Activity]
    transfer_share: float
    leverage: Mapping[str, float]
    transfer_basis: str
    source: str = ""
    plan: PlanMeasure | None = None
    settings: Settings = field(default_factory=Settings)


def year_bounds(person: Person) -> tuple[dt.date, dt.date] | None:
    """First and last day of a recorded year; None where nothing was recorded.

    The first is ``capacity.start``, or the earliest record. The last is that of the newest
    record, outcome or evidence.
    """
    recorded = sorted(day for day in _days(person.year) if day is not None)
    moves = [day for o in person.outcomes for day in (o.functional_start, o.formal_date) if day is not None]
    if not recorded and not moves:
        return None
    stated = person.capacity.start if person.capacity else None
    start = stated or min([*recorded, *moves])
    shown = [piece.date for piece in person.evidence if piece.date is not None]
    end = max([*recorded, *moves, *shown, start])
    return start, end


def _days(year: Year) -> Iterator[dt.date | None]:
    dated: Iterable[Iterable[dt.date | None]] = (
        (each.date for each in year.checkins),
        (each.date for each in year.sessions),
        (each.date for each in year.artefacts),
        (each.date for each in year.steps),
        (each.accepted for each in year.milestones),
        (each.last for each in year.pauses),
    )
    for days in dated:
        yield from days


def person_on(person: Person, day: dt.date) -> Person:
    """The person as known on a day: ratings and evidence dated later are taken away.

    What carries no date counts as known from the start.
    """
    return replace(
        person,
        ratings=tuple(r for r in person.ratings if r.date is None or r.date <= day),
        evidence=tuple(e for e in person.evidence if e.date is None or e.date <= day),
    )
