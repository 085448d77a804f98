"""Every gap of a role in the order of its priority, severity × impact, with printed ties."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from milepost.gaps.focus import choose_focus, focus_stability
from milepost.gaps.impact import impact_from_ads, impact_from_pack
from milepost.gaps.severity import expected_gap, severity
from milepost.gaps.t_shape import measure_t_shape
from milepost.gaps.targets import chosen_specialisations, target_level
from milepost.model.curve import hours_to_climb, tau_of
from milepost.model.gaps import Gap, GapReport
from milepost.model.levels import Levels
from milepost.model.people import Person
from milepost.model.roles import Role, RoleTarget
from milepost.model.settings import Settings
from milepost.model.skills import Durability, Skill, SkillTree

DURABILITY_ORDER = {
    Durability.CONCEPT: 0,
    Durability.LANGUAGE: 1,
    Durability.PLATFORM: 2,
    Durability.FRAMEWORK: 3,
}
TIE_STEPS = (
    "larger expected gap × impact",
    "more skills wait for it",
    "fewer hours to close",
    "more durable",
    "name",
)


def rank(
    levels: Levels,
    role: Role,
    tree: SkillTree,
    *,
    person: Person,
    seed: int = 1,
    hours_available: float | None = None,
    settings: Settings | None = None,
) -> GapReport:
    """Rank every gap between a person and a role, and choose the focus.

    Where the role carries the counts of the person's ``own`` advertisements, its pack is only
    the prior of every impact.
    ``hours_available`` (plan hours of the whole year) cuts the focus to what fits. The
    result depends only on the values given: permuting them changes nothing.
    """
    settings = settings or Settings()
    gaps = [
        _measure_gap(levels, role, target, tree, person=person, settings=settings) for target in role.targets
    ]
    ranked = _rank(gaps, tree)
    notes = _tie_notes(ranked, tree)
    focus, note = choose_focus(ranked, hours_available=hours_available, settings=settings)
    stability = focus_stability(ranked, focus, levels, seed=seed, settings=settings)
    final = tuple(
        replace(
            gap,
            rank=rank if gap.severity else 0,
            tie_break=notes.get(gap.skill, ""),
            in_focus=gap.skill in focus,
            stability=stability[gap.skill],
        )
        for rank, gap in enumerate(ranked, start=1)
    )
    shape = measure_t_shape(levels, role, tree, person=person, settings=settings)
    return GapReport(person.name, role.id, levels.as_of, shape, final, focus, seed, note)


def _measure_gap(
    levels: Levels,
    role: Role,
    target: RoleTarget,
    tree: SkillTree,
    *,
    person: Person,
    settings: Settings,
) -> Gap:
    skill = tree.skills[target.skill]
    estimate = levels.skills[skill.id]
    goal = target_level(target, skill, tree, chosen=chosen_specialisations(person, role), settings=settings)
    gap = max(0.0, goal - estimate.mean)
    moved = person.impact.get(skill.id)
    if role.own is not None and role.own.ads:
        impact = impact_from_ads(skill.id, role.own, role.pack, adjustment=moved, settings=settings)
    else:
        impact = impact_from_pack(skill.id, role.pack, adjustment=moved, settings=settings)
    rate = severity(gap, settings=settings)
    hours = hours_to_climb(
        estimate.mean, goal, tau=tau_of(skill, settings=settings), ceiling=settings.highest_learnable
    )
    return Gap(
        skill=skill.id,
        name=skill.name,
        area=skill.area,
        target=goal,
        target_reason=_reason(target, goal),
        mean=estimate.mean,
        low=estimate.low,
        high=estimate.high,
        gap=gap,
        severity=rate,
        expected_gap=expected_gap(goal - estimate.mean, estimate.sd),
        impact=impact,
        priority=rate * impact.score,
        rank=0,
        tie_break="",
        in_focus=False,
        stability=0.0,
        dependants=tree.dependants()[skill.id],
        hours_low=hours / settings.hours_uncertainty,
        hours=hours,
        hours_high=hours * settings.hours_uncertainty,
    )


def _reason(target: RoleTarget, goal: float) -> str:
    if goal == target.level:
        return target.reason
    return f"{target.reason} (held at {goal:g}: not one of the chosen specialisations)"


def _tie_key(gap: Gap, skill: Skill) -> tuple[float, float, float, int, str]:
    """The five printed steps that order equal priorities, best first."""
    return (
        -round(gap.expected_gap * gap.impact.score, 9),
        -float(gap.dependants),
        round(gap.hours, 9),
        DURABILITY_ORDER[skill.durability],
        skill.name,
    )


def _rank(gaps: Sequence[Gap], tree: SkillTree) -> tuple[Gap, ...]:
    """Open gaps by priority with the tie order, then closed gaps by name."""
    still_open = sorted(
        (g for g in gaps if g.severity), key=lambda g: (-g.priority, _tie_key(g, tree.skills[g.skill]))
    )
    closed = sorted((g for g in gaps if not g.severity), key=lambda g: g.name)
    return (*still_open, *closed)


def _tie_notes(ranked: Sequence[Gap], tree: SkillTree) -> dict[str, str]:
    """Why a gap comes before the next one where their priorities are equal, by skill."""
    notes = {}
    for gap, following in pairwise(ranked):
        if gap.severity and following.severity and following.priority == gap.priority:
            keys = {each.skill: _tie_key(each, tree.skills[each.skill]) for each in (gap, following)}
            notes[gap.skill] = _tie_note(gap, following, keys)
    return notes


def _tie_note(gap: Gap, following: Gap, keys: Mapping[str, tuple[float, float, float, int, str]]) -> str:
    pairs = zip(TIE_STEPS, keys[gap.skill], keys[following.skill], strict=True)
    step = next((name for name, mine, other in pairs if mine != other), TIE_STEPS[-1])
    return f"before {following.name}, equal priority {gap.priority}: {step}"
