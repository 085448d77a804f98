"""How much a replan changes after a small disturbance, what that costs, and what a free re-solve would change."""

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from statistics import median, quantiles
from time import process_time

from bench.instances import draw_problem, example_brief
from bench.tables import figure, print_table
from milepost.files.content import load_catalogue
from milepost.gaps import rank
from milepost.levels import estimate_levels
from milepost.model.activities import Activity, Catalogue, Hours
from milepost.model.levels import Levels
from milepost.model.plans import Infeasible, Plan
from milepost.model.year import Session, Step, StepKind, Year
from milepost.planning.brief import Brief
from milepost.planning.changes import activity_weeks
from milepost.planning.greedy import solve_greedily
from milepost.planning.nearest import Old, find_nearest, share_unchanged
from milepost.planning.problem import TENTHS, Candidate, Goal, Problem
from milepost.planning.remaining import make_remaining
from milepost.planning.replan import replan
from milepost.planning.settle import Solved, solve_problem
from milepost.planning.solve import solve_plan
from milepost.planning.solver import Effort
from milepost.planning.standing import adapt, read_standing
from milepost.workflows.demo import DEMO_DAY, EXAMPLES

DRAWS = 8
"""Disturbances of a kind for each person."""

INSTANCE_DRAWS = 4
SIZES = ((60, 1), (60, 2), (120, 0))
LONGER = 1.5
MOVE = 0.3
LAST_WEEK = 44
TOLERANCE = 0.02

HEADER = (
    "kind",
    "n",
    "unchanged p50",
    "p10",
    "free re-solve p50",
    "lost p50",
    "lost max",
    "CPU s p50",
    "CPU s max",
    "no plan",
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One replan: unchanged shares of ours and of the free re-solve, the value lost, the CPU seconds (one worker)."""

    who: str
    kind: str
    unchanged: float
    free_unchanged: float
    lost: float
    seconds: float


@dataclass(frozen=True, slots=True)
class Case:
    """What holds on a day: the brief, the year up to it, and the day."""

    kind: str
    brief: Brief
    year: Year
    today: dt.date


def report() -> None:
    """Print the tables by kind of disturbance, for the people and for the seeded problems."""
    catalogue = load_catalogue()
    people: list[Outcome | None] = []
    for name in EXAMPLES:
        people += _live(name, catalogue)
        print(f"  … {name}", flush=True)
    _table("Replans of the three people (share of activity-weeks to come that stay)", people)
    for name in EXAMPLES:
        _table(f"… {name}", [row for row in people if row is not None and row.who == name])
    seeded = [row for size, seed in SIZES for row in _disturb(size, seed)]
    _table("Replans of seeded problems, first week", seeded)


# --- people -------------------------------------------------------------------------------


def _live(name: str, catalogue: Catalogue) -> Iterator[Outcome | None]:
    brief = example_brief(name, catalogue)
    plan = solve_plan(brief)
    assert isinstance(plan, Plan), plan
    for number, (kind, change) in enumerate(KINDS.items()):
        for draw in range(DRAWS):
            dice = Random(f"{name} {number} {draw}")
            today = brief.start + dt.timedelta(weeks=dice.randint(1, LAST_WEEK))
            yield _measure(name, change(Case(kind, brief, on_schedule(plan, today), today), plan, dice), plan)


def on_schedule(plan: Plan, today: dt.date) -> Year:
    """Everything done as planned: what ended is finished, what runs is started and logged by the week."""
    steps, sessions = [], []
    for row in plan.activities:
        if row.end < today:
            steps.append(Step(row.end, row.id, StepKind.FINISHED))
        elif row.start < today:
            steps.append(Step(row.start, row.id, StepKind.STARTED))
            hours = min(row.hours, row.hours_per_week * ((today - row.start).days // 7))
            sessions.append(Session(row.start, activity=row.id, minutes=60 * hours))
    return Year(steps=tuple(steps), sessions=tuple(sessions))


def _miss_a_week(case: Case, plan: Plan, dice: Random) -> Case:
    del dice
    return replace(case, year=on_schedule(plan, case.today - dt.timedelta(weeks=1)))


def _lose_an_hour(case: Case, plan: Plan, dice: Random) -> Case:
    del plan, dice
    return replace(case, brief=replace(case.brief, hours_per_week=case.brief.hours_per_week - 1))


def _take_longer(case: Case, plan: Plan, dice: Random) -> Case:
    """One activity that is not finished takes half as long again, for the same practice."""
    rows = [row.activity for row in plan.activities if row.end >= case.today]
    activities = dict(case.brief.catalogue.activities)
    if rows:
        chosen = dice.choice(rows)
        activities[chosen] = _longer(activities[chosen])
    catalogue = replace(case.brief.catalogue, activities=activities)
    return replace(case, brief=replace(case.brief, catalogue=catalogue))


def _longer(activity: Activity) -> Activity:
    hours = Hours(LONGER * activity.hours.p50, LONGER * activity.hours.p90)
    gains = tuple(replace(gain, share=gain.share / LONGER) for gain in activity.gains)
    return replace(activity, hours=hours, gains=gains)


def _move_a_level(case: Case, plan: Plan, dice: Random) -> Case:
    """The level of one skill with a gap moves by .3, up or down."""
    del plan
    brief = case.brief
    skill = dice.choice([gap.skill for gap in brief.report.gaps if gap.severity])
    by = dice.choice((-MOVE, MOVE))
    levels = _shift(estimate_levels(brief.person, brief.catalogue.tree, as_of=DEMO_DAY), skill, by)
    working = brief.settings.default_weeks * (brief.settings.quarter_weeks - 1) / brief.settings.quarter_weeks
    found = rank(
        levels,
        brief.role,
        brief.catalogue.tree,
        person=brief.person,
        seed=brief.seed,
        hours_available=brief.hours_per_week * brief.settings.plan_load * working,
        settings=brief.settings,
    )
    means = {id_: level.mean for id_, level in levels.skills.items()}
    return replace(case, brief=replace(brief, levels=means, report=found))


def _shift(levels: Levels, skill: str, by: float) -> Levels:
    mean = levels.mean.copy()
    index = levels.order.index(skill)
    mean[index] = min(4.9, max(0.0, mean[index] + by))
    moved = replace(levels.skills[skill], mean=float(mean[index]))
    return replace(levels, mean=mean, skills={**levels.skills, skill: moved})


KINDS: dict[str, Callable[[Case, Plan, Random], Case]] = {
    "a missed week": _miss_a_week,
    "one hour a week less": _lose_an_hour,
    "one activity 1.5 ×": _take_longer,
    "one level ± .3": _move_a_level,
}


def _measure(name: str, case: Case, plan: Plan) -> Outcome | None:
    start = process_time()
    found = replan(case.brief, plan, year=case.year, today=case.today)
    seconds = process_time() - start
    if isinstance(found, Infeasible):
        return None
    standing = read_standing(case.brief, plan, year=case.year, today=case.today)
    problem = make_remaining(adapt(case.brief, standing), standing)
    free = solve_problem(problem, solve_greedily(problem), effort=Effort())
    if free is None:
        return None
    before = activity_weeks(plan, standing)
    return Outcome(
        name,
        case.kind,
        found.unchanged_share,
        share_unchanged(before, _weeks(problem, free)),
        _lost(problem, found.plan.objective, free),
        seconds,
    )


def _weeks(problem: Problem, solved: Solved) -> set[tuple[str, int]]:
    """Every activity-week of a solved problem, by the numbers of the plan's weeks."""
    numbers = {bucket.number: bucket.week_numbers for bucket in problem.buckets}
    return {
        (id_, week)
        for id_, spot in solved.placements.items()
        for week in range(
            numbers[solved.quarter_of[id_]][spot.first], numbers[solved.quarter_of[id_]][spot.last] + 1
        )
    }


def _lost(problem: Problem, value: float, free: Solved) -> float:
    """Share of the value to come that ours is below the free re-solve; negative where it is above."""
    earned = problem.value(())
    best = problem.value([problem.by_id[id_] for id_ in sorted(free.quarter_of)]) - earned
    return 1.0 - (value - earned) / best if best > 1e-9 else 0.0


# --- seeded problems ----------------------------------------------------------------------


def _disturb(size: int, seed: int) -> Iterator[Outcome | None]:
    problem = draw_problem(size, seed=seed)
    solved = solve_problem(problem, solve_greedily(problem), effort=Effort())
    assert solved is not None
    old = _old(problem, solved)
    for number, (kind, change) in enumerate(PROBLEM_KINDS.items()):
        for draw in range(INSTANCE_DRAWS):
            dice = Random(f"{size} {seed} {number} {draw}")
            yield _compare(kind, change(problem, solved, dice), old)
    print(f"  … {size}, seed {seed}", flush=True)


def _old(problem: Problem, solved: Solved) -> Old:
    weeks: dict[str, list[int]] = {}
    for id_, week in sorted(_weeks(problem, solved)):
        weeks.setdefault(id_, []).append(week)
    spans = {id_: (min(numbers), max(numbers)) for id_, numbers in weeks.items()}
    return Old(dict(sorted(solved.quarter_of.items())), spans, frozenset(), complete=True)


def _compare(kind: str, problem: Problem, old: Old) -> Outcome | None:
    start = process_time()
    found = find_nearest(problem, solve_greedily(problem), old, tolerance=TOLERANCE, effort=Effort())
    seconds = process_time() - start
    free = solve_problem(problem, solve_greedily(problem), effort=Effort())
    if found is None or free is None:
        return None
    before = {(id_, week) for id_, (first, last) in old.weeks_of.items() for week in range(first, last + 1)}
    ours = problem.value([problem.by_id[id_] for id_ in sorted(found.solved.quarter_of)])
    return Outcome(
        "seeded",
        kind,
        share_unchanged(before, _weeks(problem, found.solved)),
        share_unchanged(before, _weeks(problem, free)),
        _lost(problem, ours, free),
        seconds,
    )


def _without_first_week(problem: Problem, solved: Solved, dice: Random) -> Problem:
    """A week of one quarter has no hours; the slack takes up the work as in a begun quarter."""
    del solved
    number = dice.randrange(len(problem.buckets))
    buckets = list(problem.buckets)
    bucket = buckets[number]
    lost = dice.randrange(bucket.weeks)
    tenths = bucket.week_tenths[:lost] + bucket.week_tenths[lost + 1 :]
    buckets[number] = replace(
        bucket,
        tenths=min(bucket.tenths, int(0.85 * sum(tenths))),
        week_tenths=tenths,
        week_numbers=bucket.week_numbers[:lost] + bucket.week_numbers[lost + 1 :],
    )
    return replace(problem, buckets=tuple(buckets))


def _with_less(problem: Problem, solved: Solved, dice: Random) -> Problem:
    del solved, dice
    buckets = tuple(
        replace(
            bucket,
            tenths=int(
                bucket.tenths * (sum(bucket.week_tenths) - TENTHS * bucket.weeks) / sum(bucket.week_tenths)
            ),
            week_tenths=tuple(tenths - TENTHS for tenths in bucket.week_tenths),
        )
        for bucket in problem.buckets
    )
    return replace(problem, buckets=buckets)


def _with_longer(problem: Problem, solved: Solved, dice: Random) -> Problem:
    chosen = dice.choice(sorted(solved.quarter_of))

    def stretch(candidate: Candidate) -> Candidate:
        return (
            replace(candidate, tenths=round(LONGER * candidate.tenths))
            if candidate.id == chosen
            else candidate
        )

    return replace(problem, candidates=tuple(map(stretch, problem.candidates)))


def _with_level(problem: Problem, solved: Solved, dice: Random) -> Problem:
    del solved
    chosen = dice.choice(problem.goals)
    level = max(0.0, chosen.level + dice.choice((-MOVE, MOVE)))

    def move(goal: Goal) -> Goal:
        return replace(goal, level=level) if goal.skill == chosen.skill else goal

    levels = {**problem.levels, chosen.skill: level}
    return replace(problem, goals=tuple(map(move, problem.goals)), levels=levels)


PROBLEM_KINDS: dict[str, Callable[[Problem, Solved, Random], Problem]] = {
    "a missed week": _without_first_week,
    "one hour a week less": _with_less,
    "one activity 1.5 ×": _with_longer,
    "one level ± .3": _with_level,
}


# --- tables -------------------------------------------------------------------------------


def _table(title: str, rows: Sequence[Outcome | None]) -> None:
    found = [row for row in rows if row is not None]
    kinds = list(dict.fromkeys(row.kind for row in found))
    lines = [_line(kind, [row for row in found if row.kind == kind]) for kind in kinds]
    lines.append([*_line("all", found)[:-1], str(len(rows) - len(found))])
    print_table(title, HEADER, lines)


def _line(kind: str, rows: Sequence[Outcome]) -> list[str]:
    shares = [row.unchanged for row in rows]
    return [
        kind,
        str(len(rows)),
        figure(median(shares)),
        figure(quantiles(shares, n=10, method="inclusive")[0]),
        figure(median(row.free_unchanged for row in rows)),
        f"{median(row.lost for row in rows):.2%}",
        f"{max(row.lost for row in rows):.2%}",
        figure(median(row.seconds for row in rows)),
        figure(max(row.seconds for row in rows)),
        "",
    ]
