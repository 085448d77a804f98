"""Why an activity is in a plan, what displaced the others, and what would make a plan fit."""

from collections.abc import Collection, Mapping, Sequence

from milepost.model.plans import LeftOut
from milepost.model.skills import AreaKind
from milepost.planning.brief import Brief, area_shares
from milepost.planning.problem import TENTHS, Candidate, Goal, Problem, Tally

LEAST_CLOSURE = 0.05
"""Levels below which a contribution to a goal is not worth a word."""


def explain_presence(
    candidate: Candidate, chosen: Collection[Candidate], problem: Problem, brief: Brief
) -> str:
    """One sentence: the gaps it closes, what waits for it, and the needs that it meets."""
    parts = _closing(candidate, chosen, problem, brief)
    waiting = [c for c in chosen if candidate.id in c.requires or _practises_for(candidate, c, problem)]
    if waiting and not parts:
        parts.append(f"needed before {_title(waiting[0], brief)}")
    needs = {need.id for need in problem.needs}
    met = [need.replace("-", " ") for need in candidate.meets if need in needs]
    if met:
        parts.append(f"serves the route: {', '.join(met)}")
    moved = brief.wanted_starts.get(candidate.id)
    if candidate.pinned and (moved is None or candidate.activity in brief.person.activities.pin):
        parts.append("you pinned it")
    if moved is not None:
        parts.append(f"you moved it to the week of {moved}")
    if not parts:
        parts.append("the quarter's public artefact" if candidate.public else "keeps the quarter's rules")
    text = "; ".join(parts)
    return text[0].upper() + text[1:]


def _closing(
    candidate: Candidate, chosen: Collection[Candidate], problem: Problem, brief: Brief
) -> list[str]:
    """The gaps that stay wider without the candidate, largest value first, at most three."""
    others = [c for c in chosen if c.id != candidate.id]
    skills = {gain.skill for gain in candidate.gains}
    found: list[tuple[float, float, Goal]] = []
    for goal in problem.goals:
        if goal.skill in skills:
            closed = problem.closure(goal, chosen) - problem.closure(goal, others)
            if closed >= LEAST_CLOSURE:
                found.append((-closed * goal.impact, closed, goal))
    names = brief.catalogue.tree.skills
    return [
        f"closes {closed:.1f} of the {goal.target - goal.level:.1f} levels missing in "
        f"{names[goal.skill].name} (impact {goal.impact})"
        for _, closed, goal in sorted(found, key=lambda row: (row[0], row[2].skill))[:3]
    ]


def _practises_for(candidate: Candidate, other: Candidate, problem: Problem) -> bool:
    return any(
        problem.level_hours(skill, level) > 0 and problem.teaches(candidate, skill, level) > 0
        for skill, level in other.requires_levels
    )


def _title(candidate: Candidate, brief: Brief) -> str:
    return brief.catalogue.activities[candidate.activity].title


def explain_absence(quarter_of: Mapping[str, int], problem: Problem, brief: Brief) -> tuple[LeftOut, ...]:
    """Every candidate that is not planned (its first round), with the reason and what displaced it.

    Most valuable first: the top of the list is what more hours would buy.
    """
    chosen = [problem.by_id[id_] for id_ in sorted(quarter_of)]
    tally = Tally.of(problem, chosen)
    worth = {c.id: _worth(c, chosen, problem) for c in chosen}
    rows = []
    for candidate in problem.candidates:
        if candidate.id in quarter_of or candidate.id != candidate.activity:
            continue
        added = tally.added([candidate])
        reason, displaced = _absence(candidate, added, chosen, worth, problem, brief)
        rows.append((-added, LeftOut(candidate.id, _title(candidate, brief), reason, displaced)))
    return tuple(row for _, row in sorted(rows, key=lambda pair: (pair[0], pair[1].id)))


def _worth(candidate: Candidate, chosen: Sequence[Candidate], problem: Problem) -> float:
    """Value per hour that the plan would lose without the candidate."""
    others = [c for c in chosen if c.id != candidate.id]
    return (problem.value(chosen) - problem.value(others)) / (candidate.tenths / TENTHS)


def _absence(
    candidate: Candidate,
    added: float,
    chosen: Sequence[Candidate],
    worth: Mapping[str, float],
    problem: Problem,
    brief: Brief,
) -> tuple[str, str]:
    rival = _rival(candidate, chosen, worth)
    hours = candidate.tenths / TENTHS
    names = brief.catalogue.tree.skills
    if added < LEAST_CLOSURE:
        wanted = [names[g.skill].name for g in candidate.gains if g.skill in problem.goal_by_skill]
        what = f"{wanted[0]} is covered already" if wanted else "it only serves the route, which is served"
        return f"adds nothing more: {what}", rival
    missing = [r for r in candidate.requires if r not in problem.done and r not in {c.id for c in chosen}]
    if missing:
        return f"waits for {missing[0]}, which is not planned either", rival
    low = [
        f"{names[skill].name} {level:g}"
        for skill, level in candidate.requires_levels
        if not problem.reached(skill, level, [c.id for c in chosen], without=candidate.id)
    ]
    if low:
        return f"asks for {low[0]} first, which the plan does not reach", rival
    return f"no hours left: {hours:g} h would add {added:.2f}, {added / hours:.3f} an hour", rival


def _rival(candidate: Candidate, chosen: Sequence[Candidate], worth: Mapping[str, float]) -> str:
    """The planned activity that practises the same skills most; else the one worth least an hour."""
    mine = {gain.skill: gain.tenths for gain in candidate.gains}
    shared = {c.id: sum(min(mine.get(g.skill, 0), g.tenths) for g in c.gains) for c in chosen}
    best = max(sorted(shared), key=lambda id_: shared[id_], default="")
    if best and shared[best] > 0:
        return best
    return min(sorted(worth), key=lambda id_: worth[id_], default="")


def theme_area(ids: Collection[str], problem: Problem, brief: Brief) -> str:
    """The foundation area or specialisation with most planned hours; working skills only where alone."""
    sums: dict[str, float] = {}
    for id_ in sorted(ids):
        candidate = problem.by_id[id_]
        for area, share in area_shares(brief.catalogue.activities[candidate.activity], brief).items():
            sums[area] = sums.get(area, 0.0) + share * candidate.tenths
    return main_theme(sums, brief)


def main_theme(hours: Mapping[str, float], brief: Brief) -> str:
    """The area of a quarter's name from its hours by area; empty where there are none."""
    areas = brief.catalogue.tree.areas
    return max(
        sorted(hours), key=lambda area: (areas[area].kind is not AreaKind.WORKING, hours[area]), default=""
    )
