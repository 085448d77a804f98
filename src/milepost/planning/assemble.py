"""From a solved selection with its weeks to the plan that every surface renders."""

import datetime as dt
from collections.abc import Mapping, Sequence

from milepost.model.activities import Activity, Hours, round_of
from milepost.model.plans import LevelStep, Plan, PlannedActivity, Quarter, QuarterMilestone, Week
from milepost.model.roles import Route
from milepost.planning.brief import Brief
from milepost.planning.explain import explain_absence, explain_presence, theme_area
from milepost.planning.finish import simulate_finish
from milepost.planning.placing import Placement, rate
from milepost.planning.problem import TENTHS, Bucket, Candidate, Problem

ROUND_NAMES = {2: "second round", 3: "third round", 4: "fourth round"}
OPTIMAL_SHARE = 0.0005
"""A plan this near to its proven bound is called optimal; the tangents alone cost as much."""

LAST_PHASE = {
    (Route.OUTSIDE, False): "the job search",
    (Route.OUTSIDE, True): "the job search",
    (Route.INSIDE, False): "the transfer",
    (Route.INSIDE, True): "the promotion",
}


def assemble(
    brief: Brief,
    problem: Problem,
    quarter_of: Mapping[str, int],
    placements: Mapping[str, Placement],
    *,
    bound: float,
    greedy: float,
    first_week: int = 1,
) -> Plan:
    """The finished plan: dated quarters, explained activities, what was left out, finish dates.

    ``first_week`` is the first week that is still to come.
    """
    calendar = brief.calendar
    chosen = [problem.by_id[id_] for id_ in sorted(quarter_of)]
    steps = _level_steps(problem, quarter_of, placements)
    quarters = tuple(
        _quarter(brief, problem, bucket, quarter_of, placements, steps, chosen) for bucket in problem.buckets
    )
    last = max((a.end for quarter in quarters for a in quarter.activities), default=brief.start)
    value = problem.value(chosen)
    practised = [*problem.practised, *(gain for candidate in chosen for gain in candidate.gains)]
    touched = sorted({gain.skill for gain in practised})
    return Plan(
        person=brief.person.name,
        role=brief.role.id,
        route=brief.route.value,
        start=brief.start,
        weeks=brief.weeks,
        stated_hours=sum(week.hours for week in calendar),
        capacity_hours=sum(bucket.tenths for bucket in problem.buckets) / TENTHS,
        planned_hours=sum(candidate.tenths for candidate in chosen) / TENTHS,
        status="optimal" if bound - value <= OPTIMAL_SHARE * max(value, 1.0) else "feasible",
        objective=round(value, 6),
        bound=max(round(bound, 6), round(value, 6)),
        greedy=round(greedy, 6),
        quarters=quarters,
        left_out=explain_absence(quarter_of, problem, brief),
        finish=simulate_finish(
            [_hours_left(candidate, brief) for candidate in chosen],
            calendar[first_week - 1 :],
            last_end=last,
            seed=brief.seed,
            settings=brief.settings,
        ),
        levels_before={skill: problem.levels[skill] for skill in touched},
        levels_after={skill: round(problem.level(skill, chosen), 6) for skill in touched},
        seed=brief.seed,
        notes=_notes(brief, problem, chosen),
    )


def _hours_left(candidate: Candidate, brief: Brief) -> Hours:
    """The hours of an activity, or those that are left of it, with the same spread."""
    hours = brief.catalogue.activities[candidate.activity].hours
    share = candidate.tenths / round(hours.p50 * TENTHS)
    return hours if share == 1.0 else Hours(hours.p50 * share, hours.p90 * share)


def _notes(brief: Brief, problem: Problem, chosen: Sequence[Candidate]) -> tuple[str, ...]:
    """What a reader should know before trusting the plan: what the hours cannot buy."""
    total = sum(goal.impact * (goal.target - goal.level) for goal in problem.goals)
    value = problem.value(chosen)
    notes = []
    if total > 0:
        notes.append(
            f"The plan closes {value / total:.0%} of the impact-weighted gap; the hours do not buy more."
        )
    names = brief.catalogue.tree.skills
    still = [(g.impact * (g.target - problem.level(g.skill, chosen)), g) for g in problem.goals]
    widest = [g for missing, g in sorted(still, key=lambda row: (-row[0], row[1].skill)) if missing > 0.5][:3]
    if widest:
        text = ", ".join(
            f"{names[g.skill].name} ({problem.level(g.skill, chosen):.1f} of {g.target:g})" for g in widest
        )
        notes.append(f"Widest gaps that stay open: {text}.")
    return tuple(notes)


def _level_steps(
    problem: Problem, quarter_of: Mapping[str, int], placements: Mapping[str, Placement]
) -> dict[str, tuple[LevelStep, ...]]:
    """Levels before and after each activity, in the order in which they end."""
    ordered = sorted(
        quarter_of, key=lambda id_: (quarter_of[id_], placements[id_].last, placements[id_].first, id_)
    )
    finished: list[Candidate] = []
    steps: dict[str, tuple[LevelStep, ...]] = {}
    for id_ in ordered:
        candidate = problem.by_id[id_]
        rows = []
        for gain in candidate.gains:
            before = problem.level(gain.skill, finished)
            after = problem.level(gain.skill, [*finished, candidate])
            rows.append(LevelStep(gain.skill, round(before, 6), round(after, 6)))
        steps[id_] = tuple(rows)
        finished.append(candidate)
    return steps


def _quarter(
    brief: Brief,
    problem: Problem,
    bucket: Bucket,
    quarter_of: Mapping[str, int],
    placements: Mapping[str, Placement],
    steps: Mapping[str, tuple[LevelStep, ...]],
    chosen: Sequence[Candidate],
) -> Quarter:
    weeks = [week for week in brief.calendar if week.quarter == bucket.number]
    ids = [id_ for id_, quarter in quarter_of.items() if quarter == bucket.number]
    ids.sort(key=lambda id_: (placements[id_].first, placements[id_].last, id_))
    activities = tuple(
        _planned(brief, problem, bucket, problem.by_id[id_], placements[id_], steps[id_], chosen)
        for id_ in ids
    )
    area = theme_area(ids, problem, brief)
    end = weeks[-1].start + dt.timedelta(days=6)
    return Quarter(
        number=bucket.number,
        start=weeks[0].start,
        end=end,
        theme=_theme(area, ids, problem, brief, last=bucket is problem.buckets[-1]),
        theme_area=area,
        hours=sum(problem.by_id[id_].tenths for id_ in ids) / TENTHS,
        capacity_hours=bucket.tenths / TENTHS,
        milestone=_milestone(ids, area, problem, brief, end=end, last=bucket is problem.buckets[-1]),
        activities=activities,
    )


def _theme(area: str, ids: Sequence[str], problem: Problem, brief: Brief, *, last: bool) -> str:
    """The area's name; in the last quarter with the move that it prepares."""
    name = brief.catalogue.tree.areas[area].name if area else "Review"
    needs = {need.id for need in problem.needs}
    moving = any(needs.intersection(problem.by_id[id_].meets) for id_ in ids)
    if last and moving:
        return f"{name}, and {LAST_PHASE[brief.route, brief.role.leads]}"
    return name


def _milestone(
    ids: Sequence[str], theme: str, problem: Problem, brief: Brief, *, end: dt.date, last: bool
) -> QuarterMilestone | None:
    """In the last quarter what ends the route; else what fits the theme, then the most valuable work."""
    closing = [problem.by_id[id_] for id_ in ids if problem.by_id[id_].milestone]
    if not closing:
        return None
    needs = {need.id for need in problem.needs if need.quarters == (problem.buckets[-1].number,)}
    best = max(
        closing,
        key=lambda c: (
            last and bool(needs.intersection(c.meets)),
            c.area == theme,
            problem.value([c]),
            c.tenths,
            c.id,
        ),
    )
    activity = brief.catalogue.activities[best.activity]
    assert activity.milestone is not None
    return QuarterMilestone(
        best.id, activity.milestone.title, activity.evidence, activity.milestone.if_then, end
    )


def _planned(
    brief: Brief,
    problem: Problem,
    bucket: Bucket,
    candidate: Candidate,
    spot: Placement,
    steps: tuple[LevelStep, ...],
    chosen: Sequence[Candidate],
) -> PlannedActivity:
    activity = brief.catalogue.activities[candidate.activity]
    first, last = bucket.week_numbers[spot.first], bucket.week_numbers[spot.last]
    calendar: tuple[Week, ...] = brief.calendar
    planned = {c.id for c in chosen}
    return PlannedActivity(
        id=candidate.id,
        activity=activity.id,
        title=title_of(activity, candidate.id),
        kind=activity.kind.value,
        hours=candidate.tenths / TENTHS,
        start_week=first,
        end_week=last,
        start=calendar[first - 1].start,
        end=calendar[last - 1].start + dt.timedelta(days=6),
        hours_per_week=rate(candidate.tenths, spot.weeks) / TENTHS,
        requires=tuple(r for r in candidate.requires if r in planned),
        gains=steps,
        public=activity.public,
        evidence=activity.evidence,
        practice_goal=activity.practice.goal,
        feedback=activity.practice.feedback,
        inside=activity.inside,
        resource_name=activity.resource.name if activity.resource else "",
        resource_url=activity.resource.url if activity.resource else "",
        cost_usd=activity.cost_usd,
        meets=candidate.meets,
        why=explain_presence(candidate, chosen, problem, brief),
    )


def title_of(activity: Activity, id_: str) -> str:
    """The title of an activity, with the number of the round where it is not the first."""
    _, number = round_of(id_)
    return (
        activity.title if number == 1 else f"{activity.title} ({ROUND_NAMES.get(number, f'round {number}')})"
    )
