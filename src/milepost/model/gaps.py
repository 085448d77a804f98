"""Gaps between a person's levels and a role's targets, and the T-shape they make."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Impact:
    """Career impact from 1 to 5, with its interval, its share of advertisements, and its basis.

    ``measured`` is the score before the person's own adjustment of at most one step.
    """

    score: int
    low: int
    high: int
    share: float
    share_low: float
    share_high: float
    strength: float
    ads: int
    companies: float
    measured: int
    basis: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """One skill of the role, measured against the person.

    ``gap`` is max(0, target − mean); ``severity`` 0 for a closed gap, else 1–5;
    ``priority`` is severity × impact. ``rank`` is 0 for a closed gap. ``stability`` is the
    share of joint draws in which the skill stays in the focus.
    """

    skill: str
    name: str
    area: str
    target: float
    target_reason: str
    mean: float
    low: float
    high: float
    gap: float
    severity: int
    expected_gap: float
    impact: Impact
    priority: int
    rank: int
    tie_break: str
    in_focus: bool
    stability: float
    dependants: int
    hours_low: float
    hours: float
    hours_high: float


@dataclass(frozen=True, slots=True)
class AreaLevel:
    """The level of one area against the target of the role."""

    area: str
    name: str
    level: float
    low: float
    high: float
    target: float
    specialisation: bool


@dataclass(frozen=True, slots=True)
class TShape:
    """Breadth, depth and index of the T (0..1), its weakest area and the name of its shape."""

    breadth: float
    depth: float
    index: float
    weakest: str
    shape: str
    areas: tuple[AreaLevel, ...]


@dataclass(frozen=True, slots=True)
class GapReport:
    """Everything that is known about one person and one role on one day."""

    person: str
    role: str
    as_of: str
    t_shape: TShape
    gaps: tuple[Gap, ...]
    focus: tuple[str, ...]
    seed: int
    focus_note: str = ""
