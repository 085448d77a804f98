"""The planning problem as plain values: candidates, targets, quarters and needs.

Hours are whole tenths of an hour here, so that the greedy plan, the solver and the rules
count the same. What a selection is worth is defined once, in ``Problem.value``.
"""

import math
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Self

from milepost.model.curve import hours_to_climb, level_after

TENTHS = 10


@dataclass(frozen=True, slots=True)
class Practice:
    """Effective tenths of an hour that a candidate gives to one skill, up to a level."""

    skill: str
    tenths: int
    up_to: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """One activity, or one round of it, that may enter the plan.

    ``early`` orders the year without changing what is planned; what is ``ending`` closes
    the route and comes as late in its quarter as it can. ``start`` is the week of the plan
    in which it has to start; 0 leaves that open.
    """

    id: str
    activity: str
    tenths: int
    gains: tuple[Practice, ...]
    requires: tuple[str, ...] = ()
    requires_levels: tuple[tuple[str, float], ...] = ()
    min_weeks: int = 1
    public: bool = False
    milestone: bool = False
    meets: tuple[str, ...] = ()
    watched: bool = False
    pinned: bool = False
    area: str = ""
    early: float = 0.0
    ending: bool = False
    start: int = 0


@dataclass(frozen=True, slots=True)
class Goal:
    """A skill of the role: where it is, where it should be, and how much that matters."""

    skill: str
    level: float
    target: float
    impact: int
    tau: float

    @property
    def hours(self) -> float:
        """Effective hours from the level to the target."""
        return hours_to_climb(self.level, self.target, tau=self.tau)


@dataclass(frozen=True, slots=True)
class Bucket:
    """One quarter as the selection sees it: its plan hours and its working weeks.

    ``week_tenths`` holds the stated tenths of every working week with time in it, and
    ``week_numbers`` which weeks of the plan these are. ``shown`` public artefacts and
    ``closed`` milestones are there already, or need not be.
    """

    number: int
    tenths: int
    week_tenths: tuple[int, ...]
    week_numbers: tuple[int, ...]
    shown: int = 0
    closed: int = 0

    @property
    def weeks(self) -> int:
        """How many working weeks have time in them."""
        return len(self.week_tenths)

    def place_of(self, week: int) -> int | None:
        """The place of a week of the plan among the working weeks, from 0; None where it is none of them."""
        return self.week_numbers.index(week) if week in self.week_numbers else None

    def lengths_from(self, place: int | None, candidate: Candidate) -> tuple[int, ...]:
        """In how many working weeks from a place on a candidate's hours can be spent evenly."""
        if place is None:
            return ()
        return tuple(
            weeks
            for weeks in range(candidate.min_weeks, self.weeks - place + 1)
            if math.ceil(candidate.tenths / weeks) <= min(self.week_tenths[place : place + weeks])
        )


@dataclass(frozen=True, slots=True)
class Need:
    """``count`` activities that meet this have to lie in one of these quarters."""

    id: str
    title: str
    count: int
    quarters: tuple[int, ...]
    reason: str


@dataclass(frozen=True)
class Problem:
    """Everything that decides a plan. ``levels`` and ``taus`` cover every skill that is named.

    ``room`` is the share of the hours that may stay free so that the quarters read well.
    ``practised`` is practice of finished work that the levels do not show yet; it counts in
    every level, value and requirement.
    """

    candidates: tuple[Candidate, ...]
    goals: tuple[Goal, ...]
    buckets: tuple[Bucket, ...]
    levels: Mapping[str, float]
    taus: Mapping[str, float]
    needs: tuple[Need, ...] = ()
    done: frozenset[str] = frozenset()
    most_at_once: int = 2
    public_per_quarter: int = 1
    milestones_per_quarter: int = 1
    watched_share: float = 0.10
    room: float = 0.0
    practised: tuple[Practice, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Candidate]:
        """Candidates by id."""
        return {candidate.id: candidate for candidate in self.candidates}

    @cached_property
    def goal_by_skill(self) -> dict[str, Goal]:
        """Goals by skill."""
        return {goal.skill: goal for goal in self.goals}

    def counted_hours(self, skill: str, chosen: Iterable[Candidate]) -> float:
        """Effective hours of a selection for one skill, each only up to the level it can teach.

        The order of the activities does not matter: those that teach to the lowest level
        are counted first, which is the most that any order can give.
        """
        sums: dict[float, int] = {}
        for gain in chain(self.practised, *(candidate.gains for candidate in chosen)):
            if gain.skill == skill:
                sums[gain.up_to] = sums.get(gain.up_to, 0) + gain.tenths
        return self.count(skill, sums)

    def count(self, skill: str, sums: Mapping[float, int]) -> float:
        """Effective hours from tenths by the level that they teach to."""
        total = 0.0
        for up_to in sorted(sums):
            limit = hours_to_climb(self.levels[skill], up_to, tau=self.taus[skill])
            total = min(total + sums[up_to] / TENTHS, max(total, limit))
        return total

    def level(self, skill: str, chosen: Iterable[Candidate]) -> float:
        """The level of a skill after a selection of activities."""
        hours = self.counted_hours(skill, chosen)
        return level_after(self.levels[skill], hours, tau=self.taus[skill])

    def closure(self, goal: Goal, chosen: Iterable[Candidate]) -> float:
        """Levels by which a selection closes the gap of one goal; nothing above the target counts."""
        return max(0.0, min(self.level(goal.skill, chosen), goal.target) - goal.level)

    def worth(self, goal: Goal, sums: Mapping[float, int]) -> float:
        """Impact × closed levels of one goal, from tenths by the level that they teach to."""
        hours = self.count(goal.skill, sums)
        reached = min(level_after(goal.level, hours, tau=goal.tau), goal.target)
        return goal.impact * max(0.0, reached - goal.level)

    def value(self, chosen: Collection[Candidate]) -> float:
        """Impact-weighted gap closure of a selection: Σ impact × closed levels (method note, The plan)."""
        return sum(goal.impact * self.closure(goal, chosen) for goal in self.goals)

    def level_hours(self, skill: str, level: float) -> int:
        """Tenths of effective practice still needed before ``level`` of a skill counts as reached."""
        hours = hours_to_climb(self.levels[skill], level, tau=self.taus[skill])
        given = sum(gain.tenths for gain in self.practised if gain.skill == skill and gain.up_to >= level)
        return round(hours * TENTHS) - given

    def teaches(self, candidate: Candidate, skill: str, level: float) -> int:
        """Tenths that a candidate counts toward a required level: only if it teaches that far."""
        return sum(g.tenths for g in candidate.gains if g.skill == skill and g.up_to >= level)

    @cached_property
    def _waiting(self) -> dict[str, list[str]]:
        rows: dict[str, list[str]] = {}
        for candidate in self.candidates:
            for required in candidate.requires:
                rows.setdefault(required, []).append(candidate.id)
        return rows

    def waiting_for(self, id_: str) -> frozenset[str]:
        """Every candidate that can only come after this one, because it requires it directly or not."""
        found: set[str] = set()
        open_ids = [id_]
        while open_ids:
            more = [other for other in self._waiting.get(open_ids.pop(), ()) if other not in found]
            found.update(more)
            open_ids += more
        return frozenset(found)

    def ready(self, candidate: Candidate, finished: Collection[str]) -> bool:
        """True when everything that a candidate requires is among the finished candidates."""
        if any(q not in finished and q not in self.done for q in candidate.requires):
            return False
        return all(
            self.reached(skill, level, finished, without=candidate.id)
            for skill, level in candidate.requires_levels
        )

    def reached(self, skill: str, level: float, finished: Collection[str], *, without: str = "") -> bool:
        """True when finished practice has brought a skill to a required level."""
        needed = self.level_hours(skill, level)
        if needed <= 0:
            return True
        given = sum(self.teaches(self.by_id[c], skill, level) for c in finished if c != without)
        return given >= needed

    def shortest_weeks(self, candidate: Candidate, bucket: Bucket, *, pace: float = 1.0) -> int:
        """Fewest working weeks of a quarter in which a candidate's hours can be spent.

        ``pace`` is the share of each week that it may take.
        """
        room = 0.0
        for count, tenths in enumerate(sorted(bucket.week_tenths, reverse=True), start=1):
            room += pace * tenths
            if room >= candidate.tenths:
                return max(count, candidate.min_weeks)
        return len(bucket.week_tenths) + 1

    def asks(self, bucket: Bucket) -> tuple[int, int]:
        """How many public artefacts and milestones a quarter needs: none where it has no working week."""
        if not bucket.weeks:
            return (0, 0)
        return (
            max(0, self.public_per_quarter - bucket.shown),
            max(0, self.milestones_per_quarter - bucket.closed),
        )

    def watched_too_much(self, chosen: Collection[Candidate]) -> bool:
        """True when watch-listed activities take more than their share of the planned hours."""
        watched = sum(candidate.tenths for candidate in chosen if candidate.watched)
        return watched > self.watched_share * sum(candidate.tenths for candidate in chosen)

    def fits(self, candidate: Candidate, bucket: Bucket) -> bool:
        """True when a quarter alone has the hours and the weeks for a candidate, from its start on."""
        if candidate.start and not bucket.lengths_from(bucket.place_of(candidate.start), candidate):
            return False
        weeks = self.shortest_weeks(candidate, bucket)
        return candidate.tenths <= bucket.tenths and weeks <= bucket.weeks


@dataclass(frozen=True, slots=True)
class Tally:
    """Tenths of practice by goal and level taught to: what makes the next package quick to value."""

    problem: Problem
    sums: Mapping[str, Mapping[float, int]]
    worths: Mapping[str, float]

    @classmethod
    def of(cls, problem: Problem, chosen: Collection[Candidate]) -> Self:
        """Count what a selection practises, goal by goal."""
        sums: dict[str, dict[float, int]] = {goal.skill: {} for goal in problem.goals}
        for gain in chain(problem.practised, *(candidate.gains for candidate in chosen)):
            if gain.skill in sums:
                row = sums[gain.skill]
                row[gain.up_to] = row.get(gain.up_to, 0) + gain.tenths
        return cls(problem, sums, {g.skill: problem.worth(g, sums[g.skill]) for g in problem.goals})

    def added(self, package: Collection[Candidate]) -> float:
        """The value that a package adds to the selection."""
        rows: dict[str, dict[float, int]] = {}
        for candidate in package:
            for gain in candidate.gains:
                if gain.skill in self.sums:
                    row = rows.setdefault(gain.skill, dict(self.sums[gain.skill]))
                    row[gain.up_to] = row.get(gain.up_to, 0) + gain.tenths
        goals = self.problem.goal_by_skill
        return sum(
            self.problem.worth(goals[skill], row) - self.worths[skill] for skill, row in sorted(rows.items())
        )
