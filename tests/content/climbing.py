"""How far somebody who starts with nothing can get on the activities of a catalogue alone."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from milepost.model.activities import Activity, Catalogue
from milepost.model.curve import level_after, tau_of
from milepost.model.settings import Settings
from milepost.model.skills import AreaKind
from milepost.planning.problem import TENTHS, Problem

SETTINGS = Settings()


@dataclass(frozen=True)
class Climb:
    """Where the climb ended: the level of every skill, and the activities that never became possible."""

    levels: Mapping[str, float]
    stuck: tuple[str, ...]


def climb(
    catalogue: Catalogue, *, employer: bool, specialisations: Collection[str] | None = None, rounds: int = 20
) -> Climb:
    """Start at 0 in every skill and do all rounds of every activity as soon as its requirements are met.

    Counted as the planner counts: hours for a skill only up to the level an activity can teach,
    a required level only from activities that teach that far, and at most level 3 in a
    specialisation that was not chosen (``specialisations``; None: every one counts as chosen).
    """
    world = _World(catalogue, specialisations, rounds)
    waiting = {a.id: a for a in catalogue.activities.values() if employer or not a.needs_employer}
    done: set[str] = set()
    while ready := [a for a in waiting.values() if done.issuperset(a.requires) and world.allows(a)]:
        for activity in ready:
            world.practise(activity)
            done.add(activity.id)
            del waiting[activity.id]
    return Climb({skill: world.level(skill) for skill in catalogue.tree.skills}, tuple(sorted(waiting)))


class _World:
    """The practice so far: tenths of an hour by skill and by the level taught to."""

    def __init__(self, catalogue: Catalogue, specialisations: Collection[str] | None, rounds: int) -> None:
        self.catalogue = catalogue
        self.specialisations = specialisations
        self.rounds = rounds
        skills = catalogue.tree.skills
        self.sums: dict[str, dict[float, int]] = {skill: {} for skill in skills}
        self.problem = Problem(
            candidates=(),
            goals=(),
            buckets=(),
            levels=dict.fromkeys(skills, 0.0),
            taus={skill.id: tau_of(skill, settings=SETTINGS) for skill in skills.values()},
        )

    def allows(self, activity: Activity) -> bool:
        return all(self.reached(skill, level) for skill, level in activity.requires_levels.items())

    def reached(self, skill: str, level: float) -> bool:
        given = sum(tenths for up_to, tenths in self.sums[skill].items() if up_to >= level)
        return given >= self.problem.level_hours(skill, level)

    def practise(self, activity: Activity) -> None:
        rounds = min(activity.times, self.rounds)
        for gain in activity.gains:
            up_to = self.ceiling(gain.skill, gain.up_to)
            row = self.sums[gain.skill]
            row[up_to] = row.get(up_to, 0) + rounds * round(gain.share * activity.hours.p50 * TENTHS)

    def ceiling(self, skill: str, up_to: float) -> float:
        area = self.catalogue.tree.areas[self.catalogue.tree.skills[skill].area]
        if self.specialisations is None or area.kind is not AreaKind.SPECIALISATION:
            return up_to
        return up_to if area.id in self.specialisations else min(up_to, SETTINGS.other_specialisation_cap)

    def level(self, skill: str) -> float:
        hours = self.problem.count(skill, self.sums[skill])
        return level_after(0.0, hours, tau=self.problem.taus[skill])


def short_of(climbed: Climb, targets: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """The targets whose gap stays open (settings: ``closed_gap``), with the level reached and the target."""
    return {
        skill: (round(climbed.levels[skill], 2), target)
        for skill, target in targets.items()
        if target - climbed.levels[skill] >= SETTINGS.closed_gap
    }
