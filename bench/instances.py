"""Planning problems for the bench: seeded ones of four sizes, and the three shipped examples."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from milepost.files.content import load_catalogue
from milepost.levels import level_means
from milepost.model.activities import Catalogue
from milepost.model.plans import Plan
from milepost.model.settings import Settings
from milepost.planning.brief import Brief, make_problem
from milepost.planning.problem import TENTHS, Bucket, Candidate, Goal, Practice, Problem
from milepost.workflows.demo import EXAMPLES, make_example

SIZES = ((30, 2), (60, 3), (120, 2), (300, 2))
"""Candidates, and how many seeds of that size."""

QUARTERS = 4
WORKING_WEEKS = 12
CALENDAR_WEEKS = 13
HOURS_A_WEEK = 10
PLAN_LOAD = 0.7
AREAS = 7
LOOK_BACK = 15
"""Prerequisites are drawn among so many candidates before."""


@dataclass(frozen=True, slots=True)
class Instance:
    """A named problem."""

    name: str
    problem: Problem


def make_instances() -> Iterator[Instance]:
    """All instances of the bench, small ones first, the shipped examples last."""
    for size, seeds in SIZES:
        for seed in range(seeds):
            yield Instance(f"{size}, seed {seed}", draw_problem(size, seed=seed))
    catalogue = load_catalogue()
    for name in EXAMPLES:
        yield Instance(name, make_problem(example_brief(name, catalogue)))


def draw_problem(size: int, *, seed: int) -> Problem:
    """One seeded problem: skills max(12, size / 4) at levels 0–2, activities of 4–40 hours."""
    dice = Random(seed)
    skills = [f"s{number:02d}" for number in range(max(12, size // 4))]
    levels = {skill: dice.choice((0.0, 0.5, 1.0, 1.5, 2.0)) for skill in skills}
    goals = tuple(_draw_goal(dice, skill, levels[skill]) for skill in skills)
    return Problem(
        candidates=tuple(_draw_candidate(dice, number, skills) for number in range(size)),
        goals=goals,
        buckets=tuple(_draw_bucket(dice, number) for number in range(1, QUARTERS + 1)),
        levels=levels,
        taus={goal.skill: goal.tau for goal in goals},
    )


def _draw_goal(dice: Random, skill: str, level: float) -> Goal:
    target, impact = dice.choice((3.0, 3.5, 4.0, 4.5)), dice.randint(1, 5)
    return Goal(skill, level, target, impact, tau=dice.choice((100.0, 100.0, 250.0)))


def _draw_candidate(dice: Random, number: int, skills: list[str]) -> Candidate:
    tenths = dice.randint(4, 40) * TENTHS
    earlier = range(max(0, number - LOOK_BACK), number)
    required = dice.sample(earlier, min(len(earlier), dice.choice((0, 0, 0, 1, 1, 2))))
    levels = ((dice.choice(skills), dice.choice((1.0, 1.5, 2.0, 2.5))),) if dice.random() < 0.25 else ()
    return Candidate(
        id=f"a{number:03d}",
        activity=f"a{number:03d}",
        tenths=tenths,
        gains=tuple(
            Practice(
                skill, round(tenths * dice.choice((0.3, 0.4, 0.5, 0.6))), dice.choice((3.0, 3.5, 4.0, 4.5))
            )
            for skill in dice.sample(skills, dice.randint(1, 3))
        ),
        requires=tuple(f"a{other:03d}" for other in sorted(required)),
        requires_levels=levels,
        min_weeks=dice.choice((1, 1, 1, 2, 4)),
        public=dice.random() < 0.4,
        milestone=dice.random() < 0.4,
        area=f"area {dice.randrange(AREAS)}",
        early=4 * dice.random(),
    )


def _draw_bucket(dice: Random, number: int) -> Bucket:
    """Twelve working weeks and a review week; in half of the quarters one week away."""
    first = (number - 1) * CALENDAR_WEEKS + 1
    away = dice.randrange(WORKING_WEEKS) if dice.random() < 0.5 else None
    weeks = tuple(first + week for week in range(WORKING_WEEKS) if week != away)
    tenths = (HOURS_A_WEEK * TENTHS,) * len(weeks)
    return Bucket(number, int(sum(tenths) * PLAN_LOAD), tenths, weeks)


def example_brief(name: str, catalogue: Catalogue) -> Brief:
    """The brief behind an example's roadmap."""
    roadmap = make_example(name, catalogue)
    plan, person = roadmap.plan, roadmap.person
    assert isinstance(plan, Plan), plan
    assert person.capacity is not None
    return Brief(
        person=person,
        role=roadmap.role,
        route=roadmap.route,
        catalogue=catalogue,
        report=roadmap.report,
        levels=level_means(roadmap.levels),
        start=plan.start,
        weeks=plan.weeks,
        hours_per_week=person.capacity.hours_per_week,
        settings=Settings(),
        seed=plan.seed,
    )
