"""How each number of a gap came about: its formula, its inputs and its basis."""

from collections.abc import Sequence
from dataclasses import dataclass

from milepost.model.gaps import Gap
from milepost.model.levels import EvidenceWeight, SkillLevel
from milepost.model.settings import Settings
from milepost.publish.view import RoadmapView
from milepost.publish.words import about_hours, basis_word, interval, level, percent


@dataclass(frozen=True, slots=True)
class Reason:
    """One number: what it is called, its value, and where it comes from."""

    name: str
    value: str
    formula: str
    inputs: tuple[str, ...]
    basis: str


def explain_gap(gap: Gap, view: RoadmapView) -> tuple[Reason, ...]:
    """Level, target, gap, severity, impact, priority, order, stability and hours of one gap."""
    settings = view.settings
    reasons = [
        _level(gap, view.levels.skills.get(gap.skill), settings=settings),
        Reason(
            "Target", level(gap.target), "the level the role asks for", (gap.target_reason,), "assumption"
        ),
        Reason(
            "Gap",
            level(gap.gap),
            f"max(0, target − level) = max(0, {gap.target:.2f} − {gap.mean:.2f})",
            (),
            "book",
        ),
        _severity(gap, settings=settings),
        _impact(gap, settings=settings),
        Reason(
            "Priority",
            str(gap.priority),
            f"severity × impact = {gap.severity} × {gap.impact.score}",
            (),
            "book",
        ),
    ]
    if gap.severity:
        reasons += _order(gap, view)
    return tuple(reasons)


def _level(gap: Gap, known: SkillLevel | None, *, settings: Settings) -> Reason:
    inputs = [_evidence(piece) for piece in known.evidence] if known else []
    if not inputs:
        inputs = [
            f"nothing is said about this skill; expected {settings.prior_mean:g}, moved by related skills"
        ]
    if known and known.conflict:
        inputs.append(known.conflict)
    if known and known.flag:
        inputs.append(known.flag)
    return Reason(
        "Level",
        f"{level(gap.mean)} ({interval(gap.low, gap.high)})",
        f"mean of the joint Gaussian over all skills; 90 % interval mean ± {settings.interval_z:g} sd, cut to 0–5",
        tuple(inputs),
        "assumption",
    )


def _evidence(piece: EvidenceWeight) -> str:
    """One piece of evidence with the weight that it had."""
    parts = [f"{piece.kind} {piece.observed:.1f}"]
    if piece.rater and piece.rater != "self":
        parts.append(f"by {piece.rater.rpartition(':')[2]}")
    if piece.date:
        parts.append(f"of {piece.date}")
    told = f"{' '.join(parts)}, weight {piece.weight:.2f}"
    return f"{told}: {piece.title}" if piece.title else told


def _severity(gap: Gap, *, settings: Settings) -> Reason:
    if not gap.severity:
        return Reason(
            "Severity", "0", f"closed: the gap is below {settings.closed_gap:g} of a level", (), "assumption"
        )
    return Reason("Severity", str(gap.severity), f"gap rounded up, inside 1–5: ⌈{gap.gap:.2f}⌉", (), "book")


def _impact(gap: Gap, *, settings: Settings) -> Reason:
    impact = gap.impact
    cuts = ", ".join(f"{cut:.0%}" for cut in settings.impact_cuts)
    inputs = []
    if impact.companies:
        inputs.append(
            f"asked for in {impact.ads} ads; share {percent(impact.share)} of {impact.companies:g} companies "
            f"({percent(impact.share_low)} to {percent(impact.share_high)}), strength of mention {impact.strength:.2f}"
        )
    inputs.append(impact.basis)
    if impact.note:
        inputs.append(impact.note)
    return Reason(
        "Impact",
        f"{impact.score} ({impact.low}–{impact.high})",
        f"band of share × strength, cut at {cuts}",
        tuple(inputs),
        basis_word(impact.basis),
    )


def _order(gap: Gap, view: RoadmapView) -> list[Reason]:
    """Tie break, stability and hours: only an open gap has them."""
    settings = view.settings
    tau = f"τ ln((5 − {gap.mean:.1f}) / (5 − {gap.target:.1f})), shown from half to {settings.hours_uncertainty:g} times"
    waiting = f"{gap.dependants} skill{'s' if gap.dependants != 1 else ''} wait for this one"
    return [
        Reason(
            "Order among equals",
            f"{gap.expected_gap * gap.impact.score:.2f}",
            "expected gap × impact, then dependants, hours, durability, name",
            tuple(part for part in (gap.tie_break, f"expected gap {gap.expected_gap:.2f}", waiting) if part),
            "assumption",
        ),
        Reason(
            "Stability",
            percent(gap.stability),
            f"share of {settings.stability_draws} joint draws of levels and impacts in which it is in the focus",
            (f"seed {view.report.seed}",),
            "assumption",
        ),
        Reason(
            "Hours to close",
            f"{about_hours(gap.hours)} ({about_hours(gap.hours_low)} to {about_hours(gap.hours_high)})",
            tau,
            (),
            "assumption",
        ),
    ]


def as_rows(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """Reasons as plain values."""
    return [
        {"name": r.name, "value": r.value, "formula": r.formula, "inputs": list(r.inputs), "basis": r.basis}
        for r in reasons
    ]
