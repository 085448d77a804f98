"""How a number came about: formula, inputs and basis of everything said about one skill."""

from dataclasses import dataclass

from milepost.model.gaps import Gap, GapReport
from milepost.model.levels import Levels
from milepost.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Reason:
    """One number opened: what it is, how it is worked out, and what it rests on."""

    name: str
    value: str
    formula: str
    basis: str


def explain_gap(
    report: GapReport, levels: Levels, skill: str, *, settings: Settings | None = None
) -> tuple[Reason, ...]:
    """Every number of one ranked skill, opened to its formula, inputs and basis.

    Raises KeyError where the role does not ask for the skill.
    """
    settings = settings or Settings()
    gap = next((gap for gap in report.gaps if gap.skill == skill), None)
    if gap is None:
        raise KeyError(skill)
    return (
        *_level_reasons(gap, levels),
        Reason("Target", f"{gap.target:g}", gap.target_reason, "role template"),
        Reason("Gap", f"{gap.gap:.2f}", f"max(0, target {gap.target:g} − level {gap.mean:.2f})", "method"),
        _severity_reason(gap, settings),
        *_impact_reasons(gap, settings),
        Reason("Priority", str(gap.priority), f"severity {gap.severity} × impact {gap.impact.score}", "book"),
        _rank_reason(gap),
        Reason(
            "Stability",
            f"{gap.stability:.0%}",
            f"share of {settings.stability_draws} joint draws of levels and impacts (seed {report.seed}) "
            "with the skill in the focus",
            "method",
        ),
        Reason(
            "Hours to close",
            f"{gap.hours:.0f} ({gap.hours_low:.0f}–{gap.hours_high:.0f})",
            f"τ·ln((5 − {gap.mean:.2f})/(5 − {gap.target:g}))",
            "assumption: τ in the settings",
        ),
    )


def _level_reasons(gap: Gap, levels: Levels) -> tuple[Reason, ...]:
    level = levels.skills[gap.skill]
    claimed = "nothing" if level.claimed is None else f"{level.claimed:g}"
    shown = "no artefact" if level.evidenced is None else f"{level.evidenced:g}"
    rows = [
        Reason("Claimed", claimed, "what you wrote under ratings", "your file"),
        Reason("Shown", shown, "highest level that your artefacts support", "your file"),
        Reason(
            "Estimated level",
            f"{gap.mean:.2f} ({gap.low:.1f}–{gap.high:.1f})",
            "posterior mean and 90 % interval of the linear-Gaussian model over all your evidence",
            "assumption: bias, slope and noise of each kind of evidence",
        ),
    ]
    for piece in level.evidence:
        when = f", {piece.date}" if piece.date else ""
        rows.append(
            Reason(
                f"  evidence: {piece.kind.value}",
                f"{piece.observed:.2f}",
                f"moves this level by {piece.weight:.2f} per level{when}",
                piece.title or piece.rater or "your file",
            )
        )
    if not level.evidence:
        rows.append(
            Reason(
                "  evidence", "none", "prior mean 2.0, moved by what is known of related skills", "assumption"
            )
        )
    rows += [Reason("  note", "", text, "method") for text in (level.conflict, level.flag) if text]
    return tuple(rows)


def _severity_reason(gap: Gap, settings: Settings) -> Reason:
    if not gap.severity:
        return Reason("Severity", "0", f"the gap is below {settings.closed_gap:g}: closed", "method")
    return Reason("Severity", str(gap.severity), f"ceil({gap.gap:.2f}), between 1 and 5", "book")


def _impact_reasons(gap: Gap, settings: Settings) -> tuple[Reason, ...]:
    impact = gap.impact
    cuts = " / ".join(f"{cut:.0%}" for cut in settings.impact_cuts)
    if not impact.companies:
        return (
            Reason(
                "Impact", str(impact.score), "no advertisements of this role: the middle of 1–5", impact.basis
            ),
        )
    demand = impact.share * impact.strength
    rows = [
        Reason(
            "Impact",
            f"{impact.score} ({impact.low}–{impact.high})",
            f"demand {demand:.1%} = share {impact.share:.1%} × strength {impact.strength:.2f}, cut at {cuts}",
            "data: the advertisements below",
        ),
        Reason(
            "  advertisements",
            str(impact.ads),
            f"name it; with every company counted once {impact.share:.0%} of {impact.companies:g} companies "
            f"(90 % Wilson {impact.share_low:.0%}–{impact.share_high:.0%})",
            "data",
        ),
    ]
    rows.append(Reason("  counted from", "", impact.basis.removeprefix("data: "), "data"))
    if impact.note:
        rows.append(Reason("  note", "", impact.note, "your file" if "by you" in impact.note else "data"))
    return tuple(rows)


def _rank_reason(gap: Gap) -> Reason:
    if not gap.rank:
        return Reason("Rank", "none", "closed gaps are not ranked", "method")
    place = "in the focus" if gap.in_focus else "outside the focus"
    return Reason("Rank", str(gap.rank), f"{place}; {gap.tie_break}" if gap.tie_break else place, "book")
