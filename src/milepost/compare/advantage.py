"""Where a person started: the strengths they brought, and the gap that counted most."""

from collections.abc import Mapping, Sequence

from milepost.compare.planned import demand
from milepost.compare.recorded import Recorded, person_on
from milepost.model.comparison import LargestGap, Strength
from milepost.model.gaps import Gap, GapReport

REACHED = 0.85
"""Share of a target from which a skill counts as a strength; the case study names none (assumption)."""


def measure_leverage(report: GapReport) -> Mapping[str, float]:
    """What each skill adds to the covered demand: coverage with it less coverage without it.

    Leverage of skill i = D_i·min(1, level/target) / Σ D. Source: method-practice 7.3, with
    each skill related only to itself.
    """
    whole = sum(demand(gap) for gap in report.gaps)
    if not whole:
        return {}
    return {gap.skill: demand(gap) * min(1.0, gap.mean / gap.target) / whole for gap in report.gaps}


def strengths_of(year: Recorded) -> tuple[Gap, ...]:
    """Skills of the role that were as good as reached at the start, by the estimate and by the person's own word.

    Why the second: a skill that nobody has spoken of sits at the expected level, and one that
    is rated low can be pulled up by its neighbours; neither is a strength.
    """
    known = person_on(year.person, year.start)
    claimed = {rating.skill: rating.level for rating in known.ratings}
    shown = {piece.skill for piece in known.evidence}
    return tuple(
        gap
        for gap in year.before.gaps
        if min(gap.mean, claimed.get(gap.skill, gap.mean if gap.skill in shown else 0.0))
        >= REACHED * gap.target
        and demand(gap) > 0
    )


def rank_strengths(year: Recorded) -> tuple[Strength, ...]:
    """The areas of a person's strengths by their share of the role's demand, largest first."""
    areas: dict[str, list[Gap]] = {}
    for gap in strengths_of(year):
        areas.setdefault(gap.area, []).append(gap)
    found = [_strength(year, area, gaps) for area, gaps in areas.items()]
    return tuple(sorted(found, key=lambda s: (-round(s.leverage, 9), s.name)))


def _strength(year: Recorded, area: str, gaps: Sequence[Gap]) -> Strength:
    by_leverage = sorted(gaps, key=lambda g: (-round(year.leverage.get(g.skill, 0.0), 9), g.name))
    return Strength(
        area,
        year.tree.areas[area].name,
        sum(year.leverage.get(gap.skill, 0.0) for gap in gaps),
        tuple(gap.name for gap in by_leverage),
    )


def strong_areas(year: Recorded) -> frozenset[str]:
    """Areas in which strengths carry at least half of what the role's advertisements ask for."""
    asked: dict[str, float] = {}
    brought: dict[str, float] = {}
    strong = {gap.skill for gap in strengths_of(year)}
    for gap in year.before.gaps:
        asked[gap.area] = asked.get(gap.area, 0.0) + demand(gap)
        if gap.skill in strong:
            brought[gap.area] = brought.get(gap.area, 0.0) + demand(gap)
    return frozenset(area for area, share in brought.items() if share >= asked[area] / 2)


def find_largest_gap(year: Recorded) -> LargestGap | None:
    """The first of the ranked gaps, and the area with the largest sum of priorities; None where all is closed."""
    first = next((gap for gap in year.before.gaps if gap.rank == 1), None)
    if first is None:
        return None
    areas: dict[str, int] = {}
    for gap in year.before.gaps:
        areas[gap.area] = areas.get(gap.area, 0) + gap.priority
    area = min(areas, key=lambda name: (-areas[name], name))
    return LargestGap(
        first.skill,
        first.name,
        first.severity,
        first.impact.score,
        first.priority,
        area,
        year.tree.areas[area].name,
        areas[area],
    )
