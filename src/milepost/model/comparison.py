"""The comparative analysis of several people: their plans, or the years that they recorded."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from milepost.model.gaps import TShape

FEW = 10
"""Below this many people no average and no test is shown (method-practice 10.5)."""


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One dimension of the analysis: a cell a person, and what the row rests on."""

    dimension: str
    cells: tuple[str, ...]
    basis: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """The table of several people. ``n`` says how few they are; no row claims more than that.

    Every row has one cell a person, in the order of ``people``.
    """

    n: int
    rows: tuple[ComparisonRow, ...]
    people: tuple[str, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Strength:
    """An area that a person brought along: its part of the role's demand, and the skills that carry it."""

    area: str
    name: str
    leverage: float
    skills: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LargestGap:
    """The gap of highest priority at the start, and the area with the most priority in all."""

    skill: str
    name: str
    severity: int
    impact: int
    priority: int
    area: str
    area_name: str
    area_priority: int


@dataclass(frozen=True, slots=True)
class Credited:
    """Work that a person gives points to, and who else stands behind it.

    ``signal`` is the second witness: the weight of each verification times those who gave
    it, summed over the artefacts of this work. ``hours`` is None where no step says.
    """

    name: str
    title: str
    kind: str
    points: float
    hours: float | None
    public: bool
    verified: str
    by: tuple[str, ...]
    signal: float


@dataclass(frozen=True, slots=True)
class Move:
    """When the move was made, by both of its dates; months count from the start of the year."""

    kind: str
    route: str
    role: str
    functional_start: dt.date | None
    formal_date: dt.date | None
    months_functional: float | None
    months_formal: float | None
    planned_quarter: int | None
    formal_quarter: int | None


@dataclass(frozen=True, slots=True)
class AreaHours:
    """Hours that went into one area."""

    area: str
    name: str
    hours: float


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """Hours by area, and how they compare with what was planned.

    ``logged`` is what check-ins say, ``on_work`` what the finished and skipped activities took; the two are
    counted by different hands and are never merged. ``durable_share`` is the share of
    the practised hours on concepts and languages.
    """

    logged: float
    checkins: int
    on_work: float
    by_area: tuple[AreaHours, ...]
    durable_share: float | None


@dataclass(frozen=True, slots=True)
class AgainstPlan:
    """Plan against actual. ``basis`` says against what: an accepted plan, or the record alone.

    ``on_plan_ratio`` is None where nothing was recorded. ``earned_hours`` counts only work
    whose evidence was accepted. ``days_late`` has one entry for each accepted milestone, 0 or
    less for one in time.
    """

    on_plan_ratio: float | None
    planned_hours: float
    earned_hours: float
    milestones: int
    accepted: int
    waived: int
    days_late: tuple[int, ...]
    basis: str

    @property
    def in_time(self) -> int:
        """Milestones accepted inside their quarter."""
        return sum(days <= 0 for days in self.days_late)


@dataclass(frozen=True, slots=True)
class Lens:
    """One way to look at what paid: the share of the credit against the share of the hours."""

    id: str
    title: str
    credit_share: float
    hours_share: float

    @property
    def lift(self) -> float:
        """Share of the credit less share of the hours."""
        return self.credit_share - self.hours_share


@dataclass(frozen=True, slots=True)
class Agility:
    """Days from the first contact with a skill to the first artefact that shows it.

    ``early`` are skills first met in the first half of the year, ``late`` the others.
    ``hours_per_level`` is hours of work for each level that the estimates rose.
    """

    early: tuple[int, ...]
    late: tuple[int, ...]
    hours_per_level: float | None


@dataclass(frozen=True, slots=True)
class HypeRecord:
    """Temptations: how many there were, what was decided last, how many were looked at again."""

    things: int
    decisions: Mapping[str, int]
    looked_again: int
    due: int
    dropped: int
    off_plan_share: float | None


@dataclass(frozen=True, slots=True)
class LivedYear:
    """Everything computed from one recorded year."""

    person: str
    role: str
    role_name: str
    route: str
    source: str
    illustrative: bool
    start: dt.date
    end: dt.date
    transfer_share: float
    transfer_basis: str
    strengths: tuple[Strength, ...]
    gap: LargestGap | None
    most_valuable: tuple[Credited, ...]
    witness: Credited | None
    credit_given: float
    move: Move | None
    before: TShape
    after: TShape
    specialisations: int
    time: TimeSpent
    plan: AgainstPlan
    artefacts: Mapping[str, int]
    public_artefacts: int
    lenses: tuple[Lens, ...]
    agility: Agility
    hype: HypeRecord
    learned: str

    @property
    def key_lens(self) -> Lens | None:
        """The lens with the largest lift; None where none is above zero or no points were given."""
        best = max(self.lenses, key=lambda lens: lens.lift, default=None)
        return best if best is not None and best.lift > 0 else None


@dataclass(frozen=True, slots=True)
class Finding:
    """A lesson held against the records.

    ``holds`` of ``of`` people show it; the others of ``n`` say nothing about it. ``rule`` is how
    a person was judged, ``evidence`` one line a person.
    """

    lesson: int
    title: str
    sentence: str
    rule: str
    holds: int
    of: int
    n: int
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """Median and quartiles over the people who have a figure; only from ten people on."""

    figure: str
    n: int
    low: float
    median: float
    high: float


@dataclass(frozen=True, slots=True)
class YearComparison:
    """The comparative analysis of recorded years.

    ``doubts`` say where the comparison means little or nothing; ``left_out`` names people
    that a filter took away, with the reason.
    """

    n: int
    years: tuple[LivedYear, ...]
    rows: tuple[ComparisonRow, ...]
    findings: tuple[Finding, ...]
    spreads: tuple[Spread, ...]
    doubts: tuple[str, ...]
    notes: tuple[str, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def people(self) -> tuple[str, ...]:
        """The names, in the order given."""
        return tuple(year.person for year in self.years)
