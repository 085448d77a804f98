"""Plans of several people side by side: the case study's comparative analysis, as planned.

Everything is computed from gaps and plans, nothing is quoted. What was really lived
(outcomes, months to the move) enters with the year's own records; until then each row
says that it is planned.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from milepost.model.comparison import Comparison, ComparisonRow
from milepost.model.gaps import Gap, GapReport, TShape
from milepost.model.plans import Plan, PlannedActivity

PLANNED = "computed from the plan"
MEASURED = "computed from levels and demand"


@dataclass(frozen=True, slots=True)
class Planned:
    """One person's gaps and plan, with the T that the plan leads to."""

    report: GapReport
    plan: Plan
    after: TShape


def compare_plans(people: Sequence[Planned]) -> Comparison:
    """The dimensions of the case study's table for any number of planned years.

    With fewer than ten people nothing follows for others; the note says so.
    """
    rows: list[tuple[str, Callable[[Planned], str], str]] = [
        ("Target role and route", lambda p: f"{p.report.role}, {p.plan.route}", "stated"),
        ("Starting advantage", starting_advantage, MEASURED),
        (
            "Role covered at the start",
            lambda p: f"{covered_share(p.report):.0%}",
            "Σ D·min(1, level/target) / Σ D",
        ),
        ("Biggest gap", biggest_gap, MEASURED),
        ("Most valuable planned activity", most_valuable, PLANNED),
        (
            "Hours",
            lambda p: f"{p.plan.planned_hours:.0f} planned of {p.plan.stated_hours:.0f} stated",
            PLANNED,
        ),
        ("Impact-weighted gap closed", closed_share, PLANNED),
        ("T index (breadth, depth)", _t_change, "method-practice section 6"),
        ("Public artefacts", lambda p: str(sum(a.public for a in p.plan.activities)), PLANNED),
        ("Finish, half and 80 % of simulated years", _finish, "stated model of the year"),
    ]
    return Comparison(
        n=len(people),
        people=tuple(p.report.person for p in people),
        rows=tuple(ComparisonRow(name, tuple(cell(p) for p in people), basis) for name, cell, basis in rows),
        notes=_notes(people),
    )


def _notes(people: Sequence[Planned]) -> tuple[str, ...]:
    inside = sum(p.plan.route == "inside" for p in people)
    return (
        f"n = {len(people)}; planned, not lived. With fewer than ten people nothing follows for others.",
        f"{inside} of {len(people)} plan to move inside their company.",
    )


def demand(gap: Gap) -> float:
    """D = share × strength of the skill in the role's advertisements."""
    return gap.impact.share * gap.impact.strength


def covered_share(report: GapReport) -> float:
    """How much of a role's demand the levels cover: Σ D·min(1, level/target) / Σ D (method note, Transitions)."""
    whole = sum(demand(gap) for gap in report.gaps)
    if not whole:
        return 0.0
    return sum(demand(gap) * min(1.0, gap.mean / gap.target) for gap in report.gaps) / whole


def starting_advantage(person: Planned) -> str:
    """The three skills that carry most of the covered demand, where the target is reached or nearly so."""
    strong = [gap for gap in person.report.gaps if gap.mean >= 0.85 * gap.target and demand(gap) > 0]
    strong.sort(key=lambda gap: (-demand(gap), gap.name))
    return ", ".join(gap.name for gap in strong[:3]) or "none that the advertisements name"


def biggest_gap(person: Planned) -> str:
    """The gap with the highest priority, with its two factors."""
    top = next((gap for gap in person.report.gaps if gap.rank == 1), None)
    if top is None:
        return "none: every target is reached"
    return f"{top.name} ({top.severity} × {top.impact.score} = {top.priority})"


def most_valuable(person: Planned) -> str:
    """The planned activity whose level steps are worth most, weighted by impact."""
    scores = {gap.skill: gap for gap in person.report.gaps if gap.severity}

    def worth(activity: PlannedActivity) -> float:
        total = 0.0
        for step in activity.gains:
            gap = scores.get(step.skill)
            if gap is not None:
                total += gap.impact.score * max(
                    0.0, min(step.after, gap.target) - min(step.before, gap.target)
                )
        return total

    best = max(person.plan.activities, key=lambda activity: (worth(activity), activity.id), default=None)
    return best.title if best else "none"


def closed_share(person: Planned) -> str:
    """The share of impact × missing levels that the plan closes."""
    whole = sum(gap.impact.score * gap.gap for gap in person.report.gaps if gap.severity)
    return f"{person.plan.objective / whole:.0%}" if whole else "nothing is open"


def _t_change(person: Planned) -> str:
    before, after = person.report.t_shape, person.after
    return (
        f"{before.index:.2f} ({before.breadth:.2f}, {before.depth:.2f}) → "
        f"{after.index:.2f} ({after.breadth:.2f}, {after.depth:.2f})"
    )


def _finish(person: Planned) -> str:
    return f"{person.plan.finish.p50.isoformat()}, {person.plan.finish.p80.isoformat()}"
