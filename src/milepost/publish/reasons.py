"""How each number of a gap came about: its formula, its inputs and its basis."""

from collections.abc import Sequence
from dataclasses import dataclass

from milepost.model.gaps import Gap
from milepost.model.language import content, decimal, gettext, ngettext
from milepost.model.levels import EvidenceWeight, SkillLevel
from milepost.model.settings import Settings
from milepost.publish.view import RoadmapView
from milepost.publish.words import about_hours, basis_name, basis_word, day_of, interval, level, percent


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
            gettext("Target"),
            level(gap.target),
            gettext("the level the role asks for"),
            (content(gap.target_reason),),
            "assumption",
        ),
        Reason(
            gettext("Gap"),
            level(gap.gap),
            gettext(
                "max(0, target − level) = max(0, %(target)s − %(level)s)",
                target=decimal(gap.target, 2),
                level=decimal(gap.mean, 2),
            ),
            (),
            "book",
        ),
        _severity(gap, settings=settings),
        _impact(gap, settings=settings),
        Reason(
            gettext("Priority"),
            str(gap.priority),
            gettext(
                "severity × impact = %(severity)s × %(impact)s",
                severity=gap.severity,
                impact=gap.impact.score,
            ),
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
            gettext(
                "nothing is said about this skill; expected %(level)s, moved by related skills",
                level=decimal(settings.prior_mean),
            )
        ]
    if known and known.conflict:
        inputs.append(content(known.conflict))
    if known and known.flag:
        inputs.append(content(known.flag))
    return Reason(
        gettext("Level"),
        f"{level(gap.mean)} ({interval(gap.low, gap.high)})",
        gettext(
            "mean of the joint Gaussian over all skills; 90 %% interval mean ± %(width)s sd, cut to 0–5",
            width=decimal(settings.interval_z),
        ),
        tuple(inputs),
        "assumption",
    )


def _evidence(piece: EvidenceWeight) -> str:
    """One piece of evidence with the weight that it had."""
    parts = [f"{content(piece.kind)} {decimal(piece.observed, 1)}"]
    if piece.rater and piece.rater != "self":
        parts.append(gettext("by %(name)s", name=piece.rater.rpartition(":")[2]))
    if piece.date:
        parts.append(gettext("of %(date)s", date=day_of(piece.date)))
    told = gettext(
        "%(evidence)s, weight %(weight)s", evidence=" ".join(parts), weight=decimal(piece.weight, 2)
    )
    return f"{told}: {piece.title}" if piece.title else told


def _severity(gap: Gap, *, settings: Settings) -> Reason:
    if not gap.severity:
        return Reason(
            gettext("Severity"),
            "0",
            gettext("closed: the gap is below %(limit)s of a level", limit=decimal(settings.closed_gap)),
            (),
            "assumption",
        )
    formula = gettext("gap rounded up, inside 1–5: ⌈%(gap)s⌉", gap=decimal(gap.gap, 2))
    return Reason(gettext("Severity"), str(gap.severity), formula, (), "book")


def _impact(gap: Gap, *, settings: Settings) -> Reason:
    impact = gap.impact
    cuts = ", ".join(percent(cut) for cut in settings.impact_cuts)
    inputs = []
    if impact.companies:
        inputs.append(
            gettext(
                "asked for in %(ads)s ads; share %(share)s of %(companies)s companies (%(low)s to %(high)s), "
                "strength of mention %(strength)s",
                ads=impact.ads,
                share=percent(impact.share),
                companies=decimal(impact.companies),
                low=percent(impact.share_low),
                high=percent(impact.share_high),
                strength=decimal(impact.strength, 2),
            )
        )
    inputs.append(content(impact.basis))
    if impact.note:
        inputs.append(content(impact.note))
    return Reason(
        gettext("Impact"),
        f"{impact.score} ({impact.low}–{impact.high})",
        gettext("band of share × strength, cut at %(cuts)s", cuts=cuts),
        tuple(inputs),
        basis_word(impact.basis),
    )


def _order(gap: Gap, view: RoadmapView) -> list[Reason]:
    """Tie break, stability and hours: only an open gap has them."""
    settings = view.settings
    tau = gettext(
        "τ ln((5 − %(level)s) / (5 − %(target)s)), shown from half to %(times)s times",
        level=decimal(gap.mean, 1),
        target=decimal(gap.target, 1),
        times=decimal(settings.hours_uncertainty),
    )
    waiting = ngettext("%(num)s skill waits for this one", "%(num)s skills wait for this one", gap.dependants)
    expected = gettext("expected gap %(gap)s", gap=decimal(gap.expected_gap, 2))
    return [
        Reason(
            gettext("Order among equals"),
            decimal(gap.expected_gap * gap.impact.score, 2),
            gettext("expected gap × impact, then dependants, hours, durability, name"),
            tuple(part for part in (content(gap.tie_break), expected, waiting) if part),
            "assumption",
        ),
        Reason(
            gettext("Stability"),
            percent(gap.stability),
            gettext(
                "share of %(draws)s joint draws of levels and impacts in which it is in the focus",
                draws=settings.stability_draws,
            ),
            (gettext("seed %(seed)s", seed=view.report.seed),),
            "assumption",
        ),
        Reason(
            gettext("Hours to close"),
            gettext(
                "%(hours)s (%(low)s to %(high)s)",
                hours=about_hours(gap.hours),
                low=about_hours(gap.hours_low),
                high=about_hours(gap.hours_high),
            ),
            tau,
            (),
            "assumption",
        ),
    ]


def as_rows(reasons: Sequence[Reason]) -> list[dict[str, object]]:
    """Reasons as plain values."""
    return [
        {
            "name": r.name,
            "value": r.value,
            "formula": r.formula,
            "inputs": list(r.inputs),
            "basis": basis_name(r.basis),
        }
        for r in reasons
    ]
