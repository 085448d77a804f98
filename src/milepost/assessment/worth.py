"""Which assessment is worth its minutes: the one that is most likely to change the focus.

Source: method-assessment 2.7. The value of sample information is an approximation: linear in
the gap, and blind to what the result says about other skills.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from milepost.model.gaps import Gap, GapReport
from milepost.model.levels import Levels
from milepost.model.people import EvidenceKind
from milepost.model.settings import EVIDENCE_MODELS, Settings


@dataclass(frozen=True, slots=True)
class Instrument:
    """A way to find out a level: what kind of evidence it gives, and the minutes it takes.

    ``noise`` is the variance of its result in levels², slope and leniency taken into account.
    """

    id: str
    name: str
    minutes: float
    noise: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One assessment of one skill: its value in priority points, a minute of it, and the decision it could change."""

    skill: str
    instrument: str
    minutes: float
    evsi: float
    decision: str

    @property
    def evsi_per_minute(self) -> float:
        """Priority points a minute."""
        return self.evsi / self.minutes


def noise_of(kind: EvidenceKind) -> float:
    """Variance of one piece of evidence on the level: (σ² + ν²)/γ²."""
    model = EVIDENCE_MODELS[kind]
    return (model.noise_sd**2 + model.leniency_sd**2) / model.slope**2


def instruments(settings: Settings) -> tuple[Instrument, ...]:
    """The instruments that anybody has, with the minutes of the settings."""
    return (
        Instrument(
            "rating", "an anchored rating with an example", settings.minutes_rating,
            noise_of(EvidenceKind.SELF_ANCHORED),
        ),
        Instrument("test", "an adaptive test", settings.minutes_test, settings.test_noise),
        Instrument("task", "a graded practical task", settings.minutes_task, noise_of(EvidenceKind.TASK)),
        Instrument(
            "artefact", "an artefact of yours, looked at with a rubric", settings.minutes_artefact,
            noise_of(EvidenceKind.ARTEFACT),
        ),
        Instrument("peer", "the word of a colleague", settings.minutes_peer, noise_of(EvidenceKind.PEER)),
    )  # fmt: skip


def evsi(*, priority: float, boundary: float, impact: float, variance: float, noise: float) -> float:
    """Expected gain, in priority points, of knowing one skill better before the focus is chosen.

    With s̃ = v/√(v + σ²), w = I·s̃ and z = |p − c|/w: w(φ(z) − z(1 − Φ(z))).

    >>> round(evsi(priority=12, boundary=11, impact=4, variance=0.64, noise=0.25), 4)
    0.6553
    """
    if variance <= 0 or impact <= 0:
        return 0.0
    width = impact * variance / math.sqrt(variance + noise)
    z = abs(priority - boundary) / width
    density = math.exp(-0.5 * z * z) / math.sqrt(2 * math.pi)
    return width * (density - z * 0.5 * math.erfc(z / math.sqrt(2)))


def rank_assessments(
    report: GapReport, levels: Levels, *, settings: Settings | None = None, only: str | None = None
) -> tuple[Suggestion, ...]:
    """Every instrument on every open skill, the most valuable minute first.

    ``only`` keeps one skill. The focus is the top k by impact × expected gap, k as in the report.
    """
    settings = settings or Settings()
    gaps = [gap for gap in report.gaps if gap.expected_gap > 0]
    ranked = sorted(gaps, key=lambda gap: (-_priority(gap), gap.skill))
    size = min(len(report.focus), len(ranked) - 1)
    if size < 1:
        return ()
    found = [
        suggestion
        for place, gap in enumerate(ranked)
        if only is None or gap.skill == only
        for suggestion in _suggestions(gap, place, ranked, size, levels, settings)
    ]
    return tuple(sorted(found, key=lambda each: (-each.evsi_per_minute, each.skill, each.instrument)))


def _priority(gap: Gap) -> float:
    return gap.impact.score * gap.expected_gap


def _suggestions(
    gap: Gap, place: int, ranked: Sequence[Gap], size: int, levels: Levels, settings: Settings
) -> list[Suggestion]:
    rival = ranked[size] if place < size else ranked[size - 1]
    decision = (
        f"whether {gap.name} stays in the focus, or {rival.name} takes its place"
        if place < size
        else f"whether {gap.name} takes the place of {rival.name} in the focus"
    )
    variance = levels.skills[gap.skill].sd ** 2
    return [
        Suggestion(
            gap.skill,
            each.id,
            each.minutes,
            evsi(
                priority=_priority(gap),
                boundary=_priority(rival),
                impact=gap.impact.score,
                variance=variance,
                noise=each.noise,
            ),
            decision,
        )
        for each in instruments(settings)
    ]
