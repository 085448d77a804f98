"""The rules of a plan in plain Python. The solver is not trusted: every plan passes here first.

Nothing in this file knows how the plan was made. It reads the finished plan, the brief it
was made for and the catalogue, and counts again.
"""

import datetime as dt
from collections.abc import Iterator, Mapping

from milepost.model.activities import round_of
from milepost.model.plans import Plan, PlannedActivity, Violation
from milepost.model.replans import Standing
from milepost.model.skills import AreaKind
from milepost.planning.brief import Brief, make_problem
from milepost.planning.past_rules import past_violations, without_history
from milepost.planning.problem import TENTHS, Problem
from milepost.planning.remaining import make_remaining
from milepost.planning.standing import adapt

EPSILON = 1e-6


def violations(plan: Plan, brief: Brief, *, standing: Standing | None = None) -> tuple[Violation, ...]:
    """Every rule that a plan breaks, with who breaks it; an empty tuple for a sound plan.

    With a ``standing`` the plan is one of a year that has begun: finished work is history,
    and the rules hold for what is still to come.
    """
    if standing is None:
        rest, problem, allowed = plan, make_problem(brief), _allowed_hours(brief)
        history: tuple[Violation, ...] = ()
    else:
        brief = adapt(brief, standing)
        problem = make_remaining(brief, standing)
        rest = without_history(plan, standing)
        allowed = {bucket.number: bucket.tenths / TENTHS for bucket in problem.buckets}
        history = tuple(past_violations(plan, standing, problem))
    checks = (
        history,
        _known(rest, problem),
        _once(plan),
        _weeks(rest, brief),
        _at_once(rest, brief),
        _weekly_hours(rest, brief),
        _quarter_hours(rest, allowed),
        _sums(plan),
        _inside_quarter(rest, brief),
        _prerequisites(rest, problem),
        _required_levels(rest, problem),
        _closing(plan, rest, problem),
        _route(rest, problem),
        _watch_list(rest, problem),
        _depth(plan, brief),
        _choices(plan, rest, brief),
        _moves(plan, brief),
        _totals(rest, problem),
        _capacity(plan) if standing is None else (),
    )
    return tuple(found for check in checks for found in check)


def _known(plan: Plan, problem: Problem) -> Iterator[Violation]:
    for activity in plan.activities:
        candidate = problem.by_id.get(activity.id)
        if candidate is None:
            yield Violation("known", activity.id, "is not an activity that this person can do on this route")
        elif abs(candidate.tenths / TENTHS - activity.hours) > EPSILON:
            yield Violation(
                "known", activity.id, f"is planned with {activity.hours:g} h, the catalogue says otherwise"
            )
        elif activity.public > candidate.public or not set(activity.meets) <= set(candidate.meets):
            yield Violation(
                "known", activity.id, "promises the public or the route what the catalogue does not"
            )


def _once(plan: Plan) -> Iterator[Violation]:
    seen: set[str] = set()
    for activity in plan.activities:
        if activity.id in seen:
            yield Violation("once", activity.id, "is planned twice")
        seen.add(activity.id)


def _weeks(plan: Plan, brief: Brief) -> Iterator[Violation]:
    calendar = brief.calendar
    for activity in plan.activities:
        if not 1 <= activity.start_week <= activity.end_week <= len(calendar):
            yield Violation("weeks", activity.id, "starts or ends outside the plan")
            continue
        first, last = calendar[activity.start_week - 1].start, calendar[activity.end_week - 1].start
        if (activity.start, activity.end) != (first, last + dt.timedelta(days=6)):
            yield Violation("weeks", activity.id, "its days are not those of its first and last week")
        if not _working(activity, brief):
            yield Violation("weeks", activity.id, "has no working week")


def _working(activity: PlannedActivity, brief: Brief) -> list[int]:
    """The weeks of an activity that have hours in them: not away, not in review."""
    weeks = brief.calendar[activity.start_week - 1 : activity.end_week]
    return [week.number for week in weeks if int(week.hours * TENTHS) > 0]


def _at_once(plan: Plan, brief: Brief) -> Iterator[Violation]:
    for week in brief.calendar:
        busy = [a.id for a in plan.activities if a.start_week <= week.number <= a.end_week]
        if len(busy) > brief.settings.most_at_once:
            yield Violation(
                "at once", f"week {week.number}", f"has {len(busy)} activities: {', '.join(busy)}"
            )


def _weekly_hours(plan: Plan, brief: Brief) -> Iterator[Violation]:
    for week in brief.calendar:
        hours = sum(a.hours_per_week for a in plan.activities if week.number in _working(a, brief))
        if hours > week.hours + EPSILON:
            yield Violation(
                "weekly hours", f"week {week.number}", f"asks for {hours:.1f} h of {week.hours:.1f} h"
            )
    for activity in plan.activities:
        spent = activity.hours_per_week * len(_working(activity, brief))
        if spent + EPSILON < activity.hours:
            yield Violation("weekly hours", activity.id, f"gets {spent:.1f} h of its {activity.hours:.1f} h")


def _quarter_hours(plan: Plan, allowed: Mapping[int, float]) -> Iterator[Violation]:
    for quarter in plan.quarters:
        hours = sum(activity.hours for activity in quarter.activities)
        if hours > allowed.get(quarter.number, 0.0) + EPSILON:
            yield Violation(
                "quarter hours", f"quarter {quarter.number}", f"{hours:.1f} h exceed the plan load"
            )


def _allowed_hours(brief: Brief) -> dict[int, float]:
    """Hours that a plan made from scratch may fill in each quarter."""
    sums: dict[int, float] = {}
    for week in brief.calendar:
        sums[week.quarter] = sums.get(week.quarter, 0.0) + week.hours
    return {quarter: hours * brief.settings.plan_load for quarter, hours in sums.items()}


def _sums(plan: Plan) -> Iterator[Violation]:
    for quarter in plan.quarters:
        if abs(sum(activity.hours for activity in quarter.activities) - quarter.hours) > EPSILON:
            yield Violation("quarter hours", f"quarter {quarter.number}", "its hours do not add up")
    hours = sum(activity.hours for activity in plan.activities)
    if abs(hours - plan.planned_hours) > EPSILON:
        yield Violation("totals", "plan", "planned hours do not add up")


def _capacity(plan: Plan) -> Iterator[Violation]:
    if plan.planned_hours > plan.capacity_hours + EPSILON:
        yield Violation("totals", "plan", "planned hours exceed the capacity")


def _inside_quarter(plan: Plan, brief: Brief) -> Iterator[Violation]:
    for quarter in plan.quarters:
        weeks = [week for week in brief.calendar if week.quarter == quarter.number]
        review = {week.number for week in weeks if week.review}
        for activity in quarter.activities:
            if activity.start_week < weeks[0].number or activity.end_week > weeks[-1].number:
                yield Violation("quarter", activity.id, f"does not lie inside quarter {quarter.number}")
            elif review.intersection(range(activity.start_week, activity.end_week + 1)):
                yield Violation("quarter", activity.id, "takes the review week")


def _finished_before(plan: Plan, activity: PlannedActivity) -> set[str]:
    return {other.id for other in plan.activities if other.end_week < activity.start_week}


def _prerequisites(plan: Plan, problem: Problem) -> Iterator[Violation]:
    for activity in plan.activities:
        finished = _finished_before(plan, activity) | problem.done
        candidate = problem.by_id.get(activity.id)
        for required in candidate.requires if candidate else ():
            if required not in finished:
                yield Violation("prerequisite", activity.id, f"starts before {required} is finished")


def _required_levels(plan: Plan, problem: Problem) -> Iterator[Violation]:
    for activity in plan.activities:
        candidate = problem.by_id.get(activity.id)
        finished = {id_ for id_ in _finished_before(plan, activity) if id_ in problem.by_id}
        for skill, level in candidate.requires_levels if candidate else ():
            if not problem.reached(skill, level, finished, without=activity.id):
                yield Violation("required level", activity.id, f"starts before {skill} reaches {level:g}")


def _closing(plan: Plan, rest: Plan, problem: Problem) -> Iterator[Violation]:
    """What closes each quarter: asked of what is to come, less what is there already."""
    asked = {bucket.number: problem.asks(bucket) for bucket in problem.buckets}
    for quarter, coming in zip(plan.quarters, rest.quarters, strict=True):
        where = f"quarter {quarter.number}"
        shown, closed = asked.get(quarter.number, (0, 0))
        if sum(a.public for a in coming.activities) < shown:
            yield Violation("public artefact", where, "has no public artefact")
        if quarter.milestone is None:
            if closed:
                yield Violation("milestone", where, "has no evidence-gated milestone")
        elif not quarter.milestone.evidence:
            yield Violation("milestone", where, "its milestone asks for no evidence")
        elif quarter.milestone.activity not in {a.id for a in quarter.activities}:
            yield Violation("milestone", where, "its milestone belongs to no activity of the quarter")


def _route(plan: Plan, problem: Problem) -> Iterator[Violation]:
    for need in problem.needs:
        met = sum(
            need.id in activity.meets
            for quarter in plan.quarters
            if quarter.number in need.quarters
            for activity in quarter.activities
        )
        if met < need.count:
            yield Violation("route", need.id, f"{met} of {need.count} activities: {need.title}")


def _watch_list(plan: Plan, problem: Problem) -> Iterator[Violation]:
    hours = sum(a.hours for a in plan.activities)
    watched = sum(a.hours for a in plan.activities if a.id in problem.by_id and problem.by_id[a.id].watched)
    if watched > problem.watched_share * hours + EPSILON:
        yield Violation("watch list", "plan", f"{watched:.0f} of {hours:.0f} h go to watch-listed things")


def _depth(plan: Plan, brief: Brief) -> Iterator[Violation]:
    tree, cap = brief.catalogue.tree, brief.settings.other_specialisation_cap
    for skill, after in plan.levels_after.items():
        area = tree.areas[tree.skills[skill].area]
        grown = after > plan.levels_before[skill] + EPSILON
        if (
            area.kind is AreaKind.SPECIALISATION
            and area.id not in brief.chosen_areas
            and grown
            and after > cap + EPSILON
        ):
            yield Violation(
                "specialisation", skill, f"rises to {after:.1f} in a specialisation that was not chosen"
            )


def _choices(plan: Plan, rest: Plan, brief: Brief) -> Iterator[Violation]:
    planned = {activity.activity for activity in plan.activities}
    chosen = brief.person.activities
    for id_ in sorted(
        {activity.activity for activity in rest.activities}.intersection((*chosen.done, *chosen.exclude))
    ):
        yield Violation("your choice", id_, "is planned although you said that it is done or out")
    for id_ in chosen.pin:
        if id_ not in planned and id_ not in chosen.done:
            yield Violation("your choice", id_, "is pinned but not planned")


def _moves(plan: Plan, brief: Brief) -> Iterator[Violation]:
    """Every wished start is met, or the plan says which week it got instead, and why."""
    rows = {activity.id: activity for activity in plan.activities}
    answers = {answer.activity: answer for answer in plan.moves}
    for id_, day in brief.wanted_starts.items():
        row, answer = rows.get(id_), answers.get(id_)
        if row is None:
            if round_of(id_)[0] not in brief.person.activities.done:
                yield Violation("your choice", id_, "was moved to a week but is not planned")
        elif answer is None or (answer.wished, answer.start) != (day, row.start):
            yield Violation("your choice", id_, f"the plan does not say that it starts on {row.start}")
        elif (row.start_week == brief.week_of(day)) is bool(answer.reason):
            said = "gives a reason to miss" if answer.reason else "claims to meet"
            yield Violation(
                "your choice", id_, f"the plan {said} the week of {day}, it starts on {row.start}"
            )


def _totals(plan: Plan, problem: Problem) -> Iterator[Violation]:
    chosen = [problem.by_id[a.id] for a in plan.activities if a.id in problem.by_id]
    value = problem.value(chosen)
    if abs(value - plan.objective) > 1e-4:
        yield Violation("totals", "plan", f"its value is {value:.4f}, not {plan.objective:.4f}")
    if plan.objective > plan.bound + 1e-3:
        yield Violation("totals", "plan", "its value lies above its proven bound")
    yield from _gains(plan, problem)
    for skill, after in plan.levels_after.items():
        if abs(problem.level(skill, chosen) - after) > 1e-4:
            yield Violation("gains", skill, f"does not end at {after:.2f}")


def _gains(plan: Plan, problem: Problem) -> Iterator[Violation]:
    ordered = sorted(plan.activities, key=lambda a: (a.end_week, a.start_week, a.id))
    finished: list[str] = []
    for activity in ordered:
        if activity.id not in problem.by_id:
            continue
        before = [problem.by_id[id_] for id_ in finished]
        finished.append(activity.id)
        for step in activity.gains:
            steps = (step.before, step.after)
            counted = (
                problem.level(step.skill, before),
                problem.level(step.skill, [*before, problem.by_id[activity.id]]),
            )
            if any(abs(said - found) > 1e-4 for said, found in zip(steps, counted, strict=True)):
                yield Violation(
                    "gains", activity.id, f"{step.skill} does not go from {steps[0]:.2f} to {steps[1]:.2f}"
                )
