"""Wished starts: the week that each moved activity gets, and what the plan says about it.

A wish is met where a plan keeps every rule with it. Otherwise the nearest week is taken, of two
equally near ones the earlier. Wishes are met one after the other, by day and id, and no later
one takes back an earlier one.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from milepost.model.plans import MoveAnswer, Plan, PlannedActivity
from milepost.planning import solver
from milepost.planning.brief import Brief
from milepost.planning.greedy import solve_greedily
from milepost.planning.problem import TENTHS, Candidate, Problem
from milepost.planning.settle import keeps_rules, solve_problem

QUICK = solver.Effort(select=0.3, arrange=0.1, place=0.2)
MOST_SOLVED = 3
"""How many weeks of one wish are given to the solver where the greedy plan misses a rule."""

NEVER = 1_000_000
"""A week after every plan."""


def fix_starts(problem: Problem, brief: Brief) -> Problem:
    """The problem with a fixed start for every wish that a week was found for; the others stay free."""
    for id_, day in sorted(brief.wanted_starts.items(), key=lambda wish: (wish[1], wish[0])):
        if id_ in problem.by_id:
            problem = fix_start(problem, id_, brief.week_of(day))
    return problem


def fix_start(problem: Problem, id_: str, wished: int) -> Problem:
    """The problem with a fixed start for one candidate, as near to a week as was found to fit."""
    solved = 0
    for week in nearest_weeks(problem, problem.by_id[id_], wished):
        tried = _with_start(problem, id_, week)
        draft = solve_greedily(tried)
        if keeps_rules(tried, draft.quarter_of):
            return tried
        if solved < MOST_SOLVED:
            solved += 1
            if solve_problem(tried, draft, effort=QUICK) is not None:
                return tried
    return problem


def _with_start(problem: Problem, id_: str, week: int) -> Problem:
    rows = (replace(c, start=week) if c.id == id_ else c for c in problem.candidates)
    return replace(problem, candidates=tuple(rows))


def nearest_weeks(problem: Problem, candidate: Candidate, wished: int) -> list[int]:
    """The weeks in which a candidate alone could start, the nearest to the wished one first."""
    first = _Earliest(problem).start(candidate)
    weeks = (
        week
        for bucket in problem.buckets
        for place, week in enumerate(bucket.week_numbers)
        if week >= first and candidate.tenths <= bucket.tenths and bucket.lengths_from(place, candidate)
    )
    return sorted(weeks, key=lambda week: (abs(week - wished), week))


@dataclass(frozen=True)
class _Earliest:
    """A lower bound of the week in which each candidate can start, from what it requires."""

    problem: Problem
    ends: dict[str, int] = field(default_factory=dict)

    def start(self, candidate: Candidate) -> int:
        """The week after the last of what it waits for; 1 where it waits for nothing."""
        return 1 + max((self.end(id_) for id_ in self.waits(candidate)), default=0)

    def waits(self, candidate: Candidate) -> list[str]:
        """What has to end before it: each activity it requires, and the first to teach toward each level."""
        found = [id_ for id_ in candidate.requires if id_ not in self.problem.done]
        for skill, level in candidate.requires_levels:
            if self.problem.level_hours(skill, level) > 0:
                later = {candidate.id, *self.problem.waiting_for(candidate.id)}
                teachers = [c.id for c in self.problem.candidates if self.problem.teaches(c, skill, level)]
                teachers = [id_ for id_ in teachers if id_ not in later]
                found += [min(teachers, key=lambda id_: (self.end(id_), id_))] if teachers else []
        return found

    def end(self, id_: str) -> int:
        """The earliest week in which it can end; 0 while that is being asked, which bounds a circle."""
        if id_ not in self.ends:
            self.ends[id_] = 0
            candidate = self.problem.by_id.get(id_)
            self.ends[id_] = NEVER if candidate is None else self._end(candidate)
        return self.ends[id_]

    def _end(self, candidate: Candidate) -> int:
        first = self.start(candidate)
        ends = (
            bucket.week_numbers[place + lengths[0] - 1]
            for bucket in self.problem.buckets
            for place, week in enumerate(bucket.week_numbers)
            if week >= first and (lengths := bucket.lengths_from(place, candidate))
        )
        return min(ends, default=NEVER)


def answer_moves(
    plan: Plan, problem: Problem, brief: Brief, *, first_week: int = 1, spent: Iterable[MoveAnswer] = ()
) -> Plan:
    """The plan that says of every wish what became of it; ``spent`` are answers to those that count no more."""
    rows = {row.id: row for row in plan.activities}
    answers = {
        id_: _answer(rows[id_], day, problem, brief, first_week)
        for id_, day in sorted(brief.wanted_starts.items())
        if id_ in rows
    }
    told = (*answers.values(), *spent)
    if not told:
        return plan
    quarters = tuple(
        replace(quarter, activities=tuple(_told(row, answers) for row in quarter.activities))
        for quarter in plan.quarters
    )
    notes = tuple(_note(answer, brief) for answer in told if answer.reason)
    return replace(plan, quarters=quarters, moves=told, notes=(*plan.notes, *notes))


def _answer(
    row: PlannedActivity, day: dt.date, problem: Problem, brief: Brief, first_week: int
) -> MoveAnswer:
    if row.start_week == brief.week_of(day):
        return MoveAnswer(row.id, day, row.start)
    return MoveAnswer(row.id, day, row.start, _why_not(problem, brief, row.id, day, first_week))


def _told(row: PlannedActivity, answers: Mapping[str, MoveAnswer]) -> PlannedActivity:
    answer = answers.get(row.id)
    if answer is None or not answer.reason:
        return row
    return replace(row, why=f"{row.why}, but {answer.reason}: it starts in the nearest week that was found")


def _note(answer: MoveAnswer, brief: Brief) -> str:
    """One sentence about a wish that is not met."""
    titles = {a.id: a.title for a in brief.catalogue.activities.values()}
    title = f"“{titles.get(answer.activity.partition('~')[0], answer.activity)}”"
    if answer.start is None:
        return f"Your wish to start {title} in the week of {answer.wished} counts no more: {answer.reason}."
    return f"You moved {title} to the week of {answer.wished}; it starts in that of {answer.start}: {answer.reason}."


def _why_not(problem: Problem, brief: Brief, id_: str, day: dt.date, first_week: int) -> str:
    """The first cause that holds why an activity cannot start in the week of a day."""
    week, candidate = brief.week_of(day), problem.by_id[id_]
    return (
        _outside(brief, week, first_week)
        or _waits(problem, brief, candidate, week)
        or _too_long(problem, candidate, week)
        or "what else has to be in the plan leaves no room for it there"
    )


def _outside(brief: Brief, week: int, first_week: int) -> str:
    """What is wrong with a week for any activity."""
    if week < 1:
        return "that is before the plan starts"
    if week > len(brief.calendar):
        return "that is after the end of the plan"
    wished = brief.calendar[week - 1]
    if int(wished.hours * TENTHS) <= 0:
        return "that week is for the review of the quarter" if wished.review else "you are away in that week"
    return "that week is nearly over" if week < first_week else ""


def _waits(problem: Problem, brief: Brief, candidate: Candidate, week: int) -> str:
    """The activity before it that cannot be finished by then."""
    earliest = _Earliest(problem)
    late = [id_ for id_ in earliest.waits(candidate) if earliest.end(id_) >= week]
    if not late:
        return ""
    last = max(late, key=lambda id_: (earliest.end(id_), id_))
    title = brief.catalogue.activities[problem.by_id[last].activity].title if last in problem.by_id else last
    return f"it comes after “{title}”, which takes until later"


def _too_long(problem: Problem, candidate: Candidate, week: int) -> str:
    """Why the quarter, or the rest of it, does not hold it."""
    bucket = next(bucket for bucket in problem.buckets if week in bucket.week_numbers)
    hours = f"its {candidate.tenths / TENTHS:g} hours"
    if candidate.tenths > bucket.tenths:
        return f"{hours} are more than that quarter has"
    if not bucket.lengths_from(bucket.place_of(week), candidate):
        return f"{hours} do not fit into what is left of the quarter from there"
    return ""
