"""From a person to levels, gaps and a plan: the main line, in one call each."""

import datetime as dt
from dataclasses import dataclass, replace
from difflib import get_close_matches
from pathlib import Path

from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.gaps import measure_t_shape, rank
from milepost.levels import estimate_levels, level_means
from milepost.model.activities import Catalogue
from milepost.model.gaps import GapReport, TShape
from milepost.model.levels import Levels
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Capacity, Person, Target
from milepost.model.plans import Infeasible, Plan
from milepost.model.roles import DemandPack, Role, Route
from milepost.model.settings import Settings
from milepost.planning.brief import Brief
from milepost.publish.view import RoadmapView

DAYS_OF_GRACE = 28
"""A start that lies back no further is a plan just begun; an older one is a mistake or a replan."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What is asked for at the moment, in place of what the person file says (None: as the file says).

    ``role`` is the id of a shipped role, or the path of a role file. ``own`` are the counts of the person's own advertisements.
    """

    role: str | Path | None = None
    start: dt.date | None = None
    weeks: int | None = None
    hours_per_week: float | None = None
    seed: int = 1
    own: DemandPack | None = None


@dataclass(frozen=True)
class Roadmap:
    """Everything that one run of the main line gives, as every surface renders it."""

    person: Person
    role: Role
    route: Route
    levels: Levels
    report: GapReport
    plan: Plan | Infeasible
    after: TShape | None
    as_of: dt.date


def make_levels(
    person: Person, *, today: dt.date, catalogue: Catalogue | None = None, settings: Settings | None = None
) -> Levels:
    """The levels of a person on one day, from everything in their file."""
    catalogue = extend_catalogue(catalogue or load_catalogue(), person)
    return estimate_levels(person, catalogue.tree, as_of=today, settings=settings)


def make_gaps(
    person: Person,
    *,
    today: dt.date,
    role: str | Path | None = None,
    seed: int = 1,
    own: DemandPack | None = None,
    catalogue: Catalogue | None = None,
    settings: Settings | None = None,
) -> GapReport:
    """The gaps of a person to a role, by default the one they aim at; ``own`` are their own ads, counted."""
    catalogue = extend_catalogue(catalogue or load_catalogue(), person)
    aimed = replace(find_role(person, role, catalogue), own=own)
    levels = make_levels(person, today=today, catalogue=catalogue, settings=settings)
    return _rank(person, aimed, levels, catalogue, seed=seed, settings=settings or Settings())


def _rank(
    person: Person, role: Role, levels: Levels, catalogue: Catalogue, *, seed: int, settings: Settings
) -> GapReport:
    hours = person.capacity.hours_per_week if person.capacity else None
    working = settings.default_weeks * (settings.quarter_weeks - 1) / settings.quarter_weeks
    year = hours * settings.plan_load * working if hours else None
    return rank(
        levels, role, catalogue.tree, person=person, seed=seed, hours_available=year, settings=settings
    )


def make_roadmap(
    person: Person,
    *,
    today: dt.date,
    wishes: Wishes | None = None,
    catalogue: Catalogue | None = None,
    settings: Settings | None = None,
) -> Roadmap:
    """Levels, gaps and a solved, checked plan for a person.

    Raises ``UsageError`` where there is no role or no hours, or where the dates contradict.
    """
    # Why here: OR-Tools takes half a second to load, and levels and gaps do without.
    from milepost.planning.solve import solve_plan

    prepared = prepare(person, today=today, wishes=wishes, catalogue=catalogue, settings=settings)
    return show_plan(prepared, solve_plan(prepared.brief), today=today)


@dataclass(frozen=True)
class Prepared:
    """A brief for the planner, with the levels that it was made from."""

    brief: Brief
    levels: Levels


def prepare(
    person: Person,
    *,
    today: dt.date,
    wishes: Wishes | None = None,
    catalogue: Catalogue | None = None,
    settings: Settings | None = None,
) -> Prepared:
    """Everything that a plan is made from, worked out on one day."""
    catalogue = extend_catalogue(catalogue or load_catalogue(), person)
    settings = settings or Settings()
    wishes = wishes or Wishes()
    role = replace(find_role(person, wishes.role, catalogue), own=wishes.own)
    route = person.target.route if person.target else Route.OUTSIDE
    start = _start(person, wishes.start, today=today)
    hours = _hours(person, wishes.hours_per_week)
    away = person.capacity.away if person.capacity else ()
    person = replace(person, capacity=Capacity(hours, start, away))
    levels = make_levels(person, today=today, catalogue=catalogue, settings=settings)
    report = _rank(person, role, levels, catalogue, seed=wishes.seed, settings=settings)
    brief = Brief(
        person=person,
        role=role,
        route=route,
        catalogue=catalogue,
        report=report,
        levels=level_means(levels),
        start=start,
        weeks=_weeks(person, start, wishes.weeks, settings=settings),
        hours_per_week=hours,
        settings=settings,
        seed=wishes.seed,
    )
    return Prepared(brief, levels)


def show_plan(prepared: Prepared, plan: Plan | Infeasible, *, today: dt.date) -> Roadmap:
    """The roadmap that a plan makes, with the T that it leads to."""
    brief, levels = prepared.brief, prepared.levels
    after = None
    if isinstance(plan, Plan):
        means = {**level_means(levels), **plan.levels_after}
        after = measure_t_shape(
            levels,
            brief.role,
            brief.catalogue.tree,
            person=brief.person,
            means=means,
            settings=brief.settings,
        )
    return Roadmap(brief.person, brief.role, brief.route, levels, brief.report, plan, after, today)


def view_of(roadmap: Roadmap, catalogue: Catalogue) -> RoadmapView:
    """A roadmap as documents and pages show it."""
    return RoadmapView(
        person=roadmap.person,
        role=roadmap.role,
        levels=roadmap.levels,
        report=roadmap.report,
        plan=roadmap.plan,
        after=roadmap.after,
        catalogue=catalogue,
        as_of=roadmap.as_of,
    )


def find_role(person: Person, role: str | Path | None, catalogue: Catalogue) -> Role:
    """The role by id, the one of a role file, or the one the person aims at.

    Why a path is its own type: what comes over the web or from a language model is text, and
    never opens a file.
    """
    if isinstance(role, Path):
        from milepost.files.role import read_role

        # Why: the file may be the one that an own role came from, and then has its id.
        own = {each.id for each in person.own_roles}
        shipped = {id_: each for id_, each in catalogue.roles.items() if id_ not in own}
        return read_role(role, catalogue=replace(catalogue, roles=shipped))
    wanted = role or (person.target.role if person.target else None)
    if wanted is None:
        raise UsageError(
            f"{person.name} aims at no role yet",
            hint="Add `target: {role: …, route: inside}` to the file, or pass --role; `milepost list roles` shows them.",
        )
    return catalogue.roles[find_role_id(wanted, catalogue)]


def find_role_id(wanted: str, catalogue: Catalogue) -> str:
    """The id of a role, or ``UnknownName`` with the nearest ones."""
    if wanted not in catalogue.roles:
        raise UnknownName("role", wanted, nearest=get_close_matches(wanted, catalogue.roles))
    return wanted


def _start(person: Person, start: dt.date | None, *, today: dt.date) -> dt.date:
    """The first day of the plan: asked for, stated in the file, or the coming Monday."""
    if start is not None:
        return start
    stated = person.capacity.start if person.capacity else None
    if stated is None:
        return today + dt.timedelta(days=(7 - today.weekday()) % 7)
    if (today - stated).days > DAYS_OF_GRACE:
        raise UsageError(
            f"capacity.start: the plan of {person.name} would start on {stated}, {(today - stated).days} days ago",
            hint=f"Set capacity.start to a coming day, or pass --start {today.isoformat()}.",
        )
    return stated


def _hours(person: Person, hours_per_week: float | None) -> float:
    if hours_per_week is not None:
        if not 0 < hours_per_week <= 80:
            raise UsageError(
                f"{hours_per_week:g} hours a week cannot be planned",
                hint="Pass --hours-per-week with a number above 0 and up to 80.",
            )
        return hours_per_week
    if person.capacity is None:
        raise UsageError(
            f"the file of {person.name} does not say how many hours a week there are",
            hint="Add `capacity: {hours_per_week: 8, start: 2027-01-04}`, or pass --hours-per-week.",
        )
    return person.capacity.hours_per_week


def _weeks(person: Person, start: dt.date, weeks: int | None, *, settings: Settings) -> int:
    """Weeks of the plan: asked for, up to the day of the move, or a year."""
    if weeks is None:
        weeks = _weeks_until(person.target, start, settings=settings)
    if not 1 <= weeks <= settings.longest_weeks:
        raise UsageError(
            f"a plan of {weeks} weeks is not possible",
            hint=f"Choose between 1 and {settings.longest_weeks} weeks (three years); later years are better planned later.",
        )
    return weeks


def _weeks_until(target: Target | None, start: dt.date, *, settings: Settings) -> int:
    if target is None or target.by is None:
        return settings.default_weeks
    if target.by <= start:
        raise UsageError(
            f"target.by {target.by} is not after the start of the plan {start}",
            hint="Move target.by to a later day or start earlier with --start.",
        )
    return max(1, ((target.by - start).days + 1) // 7)
