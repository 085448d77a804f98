"""What a plan is made from, and the planning problem that follows from it."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from milepost.model.activities import LEARNING_KINDS, Activity, Catalogue, round_id, round_of
from milepost.model.curve import tau_of
from milepost.model.gaps import GapReport
from milepost.model.people import Person
from milepost.model.plans import Week
from milepost.model.roles import Role, Route, RouteNeed
from milepost.model.settings import Settings
from milepost.model.skills import Area, AreaKind, Durability, Skill
from milepost.planning.calendar import DAYS_IN_WEEK, lay_out_weeks
from milepost.planning.problem import TENTHS, Bucket, Candidate, Goal, Need, Practice, Problem

DURABLE = {
    Durability.CONCEPT: 1.0,
    Durability.LANGUAGE: 0.8,
    Durability.PLATFORM: 0.5,
    Durability.FRAMEWORK: 0.2,
}
BAR = (
    "mathematics",
    "programming",
    "ml-fundamentals",
    "deep-learning",
    "mlops-deployment",
    "domain-knowledge",
)
"""The foundation areas in the order of the book: a model is built before it is operated."""

STAGE = {AreaKind.FOUNDATION: 2.0, AreaKind.SPECIALISATION: 1.0, AreaKind.WORKING: 0.0}
"""Earliness points by part of the T: the bar before the stroke before the move."""

SHOWN_WORK = frozenset({"visible-work", "portfolio"})
"""Needs of a route that only work of the role's own kind can meet."""

HIGH_TARGET = 3.5
"""A role that asks for this level in a specialisation is judged by it too."""

LAST_QUARTER = 0.75
"""From this share of the plan on, a need of the route ends the year: it comes after all else."""

BAR_STEP = 0.3
"""Earliness points from one foundation area to the next."""


@dataclass(frozen=True)
class Brief:
    """Everything a plan is made from: the person, their gaps, the catalogue and the calendar.

    ``levels`` are the estimated levels of all skills, ``route`` the one planned for.
    ``old_quarters`` are the lengths in weeks of the quarters of an older plan from the same
    start: they stay as they are.
    """

    person: Person
    role: Role
    route: Route
    catalogue: Catalogue
    report: GapReport
    levels: Mapping[str, float]
    start: dt.date
    weeks: int
    hours_per_week: float
    settings: Settings
    seed: int = 1
    old_quarters: tuple[int, ...] = ()

    @cached_property
    def calendar(self) -> tuple[Week, ...]:
        """The weeks of the horizon with their hours."""
        capacity = self.person.capacity
        assert capacity is not None
        stated = type(capacity)(self.hours_per_week, self.start, capacity.away)
        return lay_out_weeks(self.start, self.weeks, stated, settings=self.settings, old=self.old_quarters)

    @property
    def wanted_starts(self) -> Mapping[str, dt.date]:
        """The day in whose week each activity that was moved should start, by the id of its round."""
        return {move.activity: move.day for move in self.person.activities.move}

    def week_of(self, day: dt.date) -> int:
        """The number of the week that a day lies in: 0 or less before the plan, more than its weeks behind it."""
        return (day - self.start).days // DAYS_IN_WEEK + 1

    @cached_property
    def dependants(self) -> Mapping[str, int]:
        """How many skills wait for each skill."""
        return self.catalogue.tree.dependants()

    @property
    def chosen_areas(self) -> frozenset[str]:
        """The specialisations that may be deepened: the person's, or else the role's."""
        return frozenset(self.person.specialisations or self.role.specialisations)

    @cached_property
    def areas_that_count(self) -> frozenset[str]:
        """The specialisations that the role is judged by: the chosen ones, and those with a high target."""
        skills = self.catalogue.tree.skills
        high = {skills[target.skill].area for target in self.role.targets if target.level >= HIGH_TARGET}
        return self.chosen_areas | high

    @property
    def route_needs(self) -> tuple[RouteNeed, ...]:
        """What the route asks for besides skills."""
        playbook = self.catalogue.routes.get(self.route)
        return playbook.needs_for(self.role) if playbook else ()


def make_problem(brief: Brief) -> Problem:
    """The planning problem of a brief: candidates by the stated rule, goals, quarters and needs."""
    goals = tuple(_goal(brief, gap.skill) for gap in brief.report.gaps if gap.severity)
    buckets = _buckets(brief)
    return Problem(
        candidates=_candidates(brief, goals),
        goals=tuple(sorted(goals, key=lambda goal: goal.skill)),
        buckets=buckets,
        levels=dict(brief.levels),
        taus={s.id: tau_of(s, settings=brief.settings) for s in brief.catalogue.tree.skills.values()},
        needs=tuple(_need(need, buckets) for need in brief.route_needs),
        done=frozenset(brief.person.activities.done),
        most_at_once=brief.settings.most_at_once,
        public_per_quarter=brief.settings.public_per_quarter,
        milestones_per_quarter=brief.settings.milestones_per_quarter,
        watched_share=brief.settings.watch_list_share,
        room=brief.settings.room_to_arrange,
    )


def _goal(brief: Brief, skill: str) -> Goal:
    gap = next(gap for gap in brief.report.gaps if gap.skill == skill)
    tau = tau_of(brief.catalogue.tree.skills[skill], settings=brief.settings)
    return Goal(skill, gap.mean, gap.target, gap.impact.score, tau)


def _buckets(brief: Brief) -> tuple[Bucket, ...]:
    weeks = brief.calendar
    buckets = []
    for number in sorted({week.quarter for week in weeks}):
        working = [week for week in weeks if week.quarter == number and int(week.hours * TENTHS) > 0]
        stated = sum(week.hours for week in working)
        buckets.append(
            Bucket(
                number,
                int(stated * brief.settings.plan_load * TENTHS + 1e-9),
                tuple(int(week.hours * TENTHS + 1e-9) for week in working),
                tuple(week.number for week in working),
            )
        )
    return tuple(buckets)


def _need(need: RouteNeed, buckets: tuple[Bucket, ...]) -> Need:
    """The quarters in which a need may be met: those whose middle lies in its share of the plan.

    A quarter without any working week meets nothing; where no quarter is left, the need
    moves to the nearest one.
    """
    working = [bucket.number for bucket in buckets if bucket.weeks] or [1]
    middles = {number: (number - 0.5) / len(buckets) for number in working}
    allowed = tuple(n for n, middle in middles.items() if need.after <= middle <= need.before)
    if not allowed:
        wanted = (need.after + need.before) / 2
        allowed = (min(middles, key=lambda n: (abs(middles[n] - wanted), n)),)
    return Need(need.id, need.title, need.count, allowed, need.reason)


def _candidates(brief: Brief, goals: Iterable[Goal]) -> tuple[Candidate, ...]:
    """The stated rule: activities that can be done on this route and serve a goal or a route need,

    or that something among those requires, directly or as practice toward a required level.
    """
    possible = {a.id: a for a in brief.catalogue.activities.values() if is_possible(a, brief)}
    wanted = {goal.skill: goal for goal in goals}
    needs = {need.id for need in brief.route_needs}
    moved = {round_of(id_)[0] for id_ in brief.wanted_starts}
    kept = {
        a.id
        for a in possible.values()
        if needs.intersection(a.meets)
        or a.id in brief.person.activities.pin
        or a.id in moved
        or any(g.skill in wanted and g.up_to > wanted[g.skill].level + 0.05 for g in a.gains)
    }
    waiting = sorted(kept)
    while waiting:
        for helper in _helpers(possible[waiting.pop()], possible, brief):
            if helper not in kept:
                kept.add(helper)
                waiting.append(helper)
    return tuple(c for id_ in sorted(kept) for c in _rounds(possible[id_], brief))


def is_possible(activity: Activity, brief: Brief) -> bool:
    """True unless the activity is done or excluded, or needs an employer that the route leaves."""
    chosen = brief.person.activities
    if activity.id in chosen.done or activity.id in chosen.exclude:
        return False
    return not activity.needs_employer or brief.route is Route.INSIDE


def _helpers(activity: Activity, possible: Mapping[str, Activity], brief: Brief) -> set[str]:
    found = {required for required in activity.requires if required in possible}
    for skill, level in activity.requires_levels.items():
        if brief.levels[skill] < level:
            found |= {
                a.id for a in possible.values() if any(g.skill == skill and g.up_to >= level for g in a.gains)
            }
    return found


def _rounds(activity: Activity, brief: Brief) -> list[Candidate]:
    moved = (number for name, number in map(round_of, brief.wanted_starts) if name == activity.id)
    rounds = min(activity.times, max(brief.settings.most_rounds, *moved, 1))
    return [make_candidate(activity, number, brief) for number in range(1, rounds + 1)]


def make_candidate(activity: Activity, number: int, brief: Brief) -> Candidate:
    """One round of an activity as it may enter the plan of a brief."""
    skills = brief.catalogue.tree.skills
    gains = tuple(
        Practice(
            gain.skill,
            round(gain.share * activity.hours.p50 * TENTHS),
            _ceiling(skills[gain.skill], gain.up_to, brief),
        )
        for gain in sorted(activity.gains, key=lambda gain: gain.skill)
    )
    previous = (round_id(activity.id, number - 1),) if number > 1 else ()
    return Candidate(
        id=round_id(activity.id, number),
        activity=activity.id,
        tenths=round(activity.hours.p50 * TENTHS),
        gains=gains,
        requires=(*previous, *activity.requires),
        requires_levels=tuple(sorted(activity.requires_levels.items())),
        min_weeks=activity.min_weeks,
        public=activity.public,
        milestone=activity.milestone is not None,
        meets=tuple(need for need in activity.meets if need not in SHOWN_WORK or _in_view(activity, brief)),
        watched=_watched(activity, brief),
        pinned=_is_wanted(activity, number, brief),
        area=main_area(activity, brief),
        early=_earliness(activity, brief),
        ending=_ends_the_route(activity, brief),
    )


def _is_wanted(activity: Activity, number: int, brief: Brief) -> bool:
    """True for a round that has to be in the plan: pinned, or moved to a week."""
    pinned = number == 1 and activity.id in brief.person.activities.pin
    return pinned or round_id(activity.id, number) in brief.wanted_starts


def _in_view(activity: Activity, brief: Brief) -> bool:
    """True when work shows what the role is about: it practises no specialisation, or one that counts."""
    areas = brief.catalogue.tree.areas
    practised = {brief.catalogue.tree.skills[gain.skill].area for gain in activity.gains}
    deep = {area for area in practised if areas[area].kind is AreaKind.SPECIALISATION}
    return not deep or bool(deep & brief.areas_that_count)


def _ceiling(skill: Skill, up_to: float, brief: Brief) -> float:
    """Breadth only (level 3) in a specialisation that was not chosen."""
    kind = brief.catalogue.tree.areas[skill.area].kind
    if kind is AreaKind.SPECIALISATION and skill.area not in brief.chosen_areas:
        return min(up_to, brief.settings.other_specialisation_cap)
    return up_to


def _watched(activity: Activity, brief: Brief) -> bool:
    """True when an activity mainly practises something on the person's watch list."""
    names = {w.thing.casefold() for w in brief.person.watch if w.decision == "watch"}
    if not names:
        return False
    top = max(activity.gains, key=lambda gain: gain.share)
    skill = brief.catalogue.tree.skills[top.skill]
    forms = {skill.id, skill.name.casefold(), *(alias.text.casefold() for alias in skill.aliases)}
    return bool(names & forms)


def area_shares(activity: Activity, brief: Brief) -> dict[str, float]:
    """How an activity's hours divide over areas, by what it practises; the shares sum to 1."""
    sums: dict[str, float] = {}
    for gain in activity.gains:
        area = brief.catalogue.tree.skills[gain.skill].area
        sums[area] = sums.get(area, 0.0) + gain.share
    whole = sum(sums.values()) or 1.0
    return {area: share / whole for area, share in sums.items()}


def main_area(activity: Activity, brief: Brief) -> str:
    """The area that an activity practises most."""
    shares = area_shares(activity, brief)
    return max(sorted(shares), key=lambda area: shares[area])


def _earliness(activity: Activity, brief: Brief) -> float:
    """How much it helps to come early: the bar of the T first, what other skills wait for, what lasts.

    −1 to 5.5 points: the stage of the area, log-scaled dependants (at most 1), half the
    durability, half a point for learning before building, one less for what ends the
    route. An assumption: it orders the year and never changes what is planned.
    """
    tree = brief.catalogue.tree
    dependants = brief.dependants
    most = math.log1p(max(dependants.values(), default=0)) or 1.0
    whole = sum(gain.share for gain in activity.gains) or 1.0
    score = 0.0
    for gain in activity.gains:
        skill = tree.skills[gain.skill]
        waiting = math.log1p(dependants[gain.skill]) / most
        score += gain.share * (_stage(tree.areas[skill.area]) + waiting + DURABLE[skill.durability] / 2)
    learning = 0.5 if activity.kind in LEARNING_KINDS else 0.0
    return score / whole + learning - (1.0 if _ends_the_route(activity, brief) else 0.0)


def _ends_the_route(activity: Activity, brief: Brief) -> bool:
    ending = {need.id for need in brief.route_needs if need.after >= LAST_QUARTER}
    return bool(ending.intersection(activity.meets))


def _stage(area: Area) -> float:
    """When an area's turn is: along the bar, then the specialisations, then the move."""
    later = BAR[::-1].index(area.id) if area.id in BAR else 0
    return STAGE[area.kind] + BAR_STEP * later
