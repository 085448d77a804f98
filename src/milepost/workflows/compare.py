"""Recorded years from files, from the workspace and from the shipped examples → the comparative analysis."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.compare import Recorded, compare_years, measure_leverage, person_on, year_bounds
from milepost.compare.recorded import PlanMeasure
from milepost.errors import InvalidInput, PersonNotFound, Problem, UsageError
from milepost.files.content import PACKAGED, load_catalogue
from milepost.files.person import read_person
from milepost.files.relatedness import load_relatedness
from milepost.gaps import measure_t_shape, rank
from milepost.levels import estimate_levels, level_means
from milepost.model.activities import Catalogue
from milepost.model.comparison import YearComparison
from milepost.model.levels import Levels
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.model.plans import Plan
from milepost.model.roles import Role, Route
from milepost.model.settings import Settings
from milepost.model.skills import AreaKind
from milepost.routes import transfer_share
from milepost.workflows.keeping import load_kept
from milepost.workflows.people import Now, accept
from milepost.workflows.roadmap import find_role_id
from milepost.year.progress import measure_progress

EXAMPLES = ("alex", "jordan", "sam")
ILLUSTRATIVE = "illustrative recorded year"
COVERED = "Σ D·t / Σ D over what the role's ads name; t = level/target, or what a related skill lends"


@dataclass(frozen=True, slots=True)
class Filters:
    """Whom to keep: by role, by route, by the day on which the year started, by whether a move was made."""

    role: str | None = None
    route: Route | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    with_outcome: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """A person to compare, and where they were found."""

    person: Person
    source: str
    plan: Plan | None = None


def compare_people(
    names: Sequence[str], *, workspace: str | None, now: Now, filters: Filters | None = None
) -> YearComparison:
    """The comparative analysis of the people named, after the filters.

    A name is a file, a person of the workspace, or one of the shipped years.
    """
    catalogue = load_catalogue()
    found = find_people(names, workspace=workspace, now=now, catalogue=catalogue)
    return compare_found(found, catalogue=catalogue, filters=filters)


def compare_found(
    found: Sequence[Found],
    *,
    catalogue: Catalogue,
    filters: Filters | None = None,
    settings: Settings | None = None,
) -> YearComparison:
    """Filter people, measure their years, and compare them."""
    filters = filters or Filters()
    if filters.role is not None:
        find_role_id(filters.role, catalogue)
    kept: list[Recorded] = []
    left_out: list[tuple[str, str]] = []
    for each in found:
        reason = _refusal(each.person, filters)
        if reason:
            left_out.append((each.person.name, reason))
        else:
            kept.append(record_year(each, catalogue=catalogue, settings=settings))
    return compare_years(kept, left_out=left_out)


def find_people(
    names: Sequence[str], *, workspace: str | None, now: Now, catalogue: Catalogue
) -> tuple[Found, ...]:
    """Everybody who is named; all problems of all of them at once."""
    found: list[Found] = []
    problems: list[Problem] = []
    for name in names:
        try:
            found.append(_find(name, workspace=workspace, now=now, catalogue=catalogue))
        except InvalidInput as fault:
            problems += fault.problems
    if problems:
        raise InvalidInput(problems)
    return tuple(found)


def _find(name: str, *, workspace: str | None, now: Now, catalogue: Catalogue) -> Found:
    try:
        kept = load_kept(name, workspace=workspace, now=now, catalogue=catalogue)
    except PersonNotFound as fault:
        if name.casefold() not in EXAMPLES:
            examples = ", ".join(EXAMPLES)
            raise UsageError(
                fault.message,
                hint=f"`milepost people` lists them; a file ends in .yaml. Shipped years: {examples}.",
            ) from fault
        return Found(read_example(name.casefold(), catalogue=catalogue), ILLUSTRATIVE)
    return Found(kept.loaded.person, kept.loaded.place, kept.baseline)


def read_example(name: str, *, catalogue: Catalogue) -> Person:
    """One of the shipped recorded years."""
    return accept(read_person(year_path(name), catalogue=catalogue))


def year_path(name: str) -> Path:
    """The shipped file of a recorded year."""
    return PACKAGED / "years" / f"{name}.yaml"


def _refusal(person: Person, filters: Filters) -> str:
    """Why a person is not compared; empty for one who is."""
    bounds = year_bounds(person)
    if person.target is None or bounds is None:
        return "has no target role" if person.target is None else "has recorded nothing yet"
    start = bounds[0]
    routes = {outcome.route for outcome in person.outcomes if outcome.route} or {person.target.route}
    checks = (
        (filters.role is not None and person.target.role != filters.role, f"aims at {person.target.role}"),
        (filters.route is not None and filters.route not in routes, "took another route"),
        (filters.since is not None and start < filters.since, f"started on {start}"),
        (filters.until is not None and start > filters.until, f"started on {start}"),
        (filters.with_outcome and not _has_moved(person), "has no outcome with a date"),
    )
    return next((reason for refused, reason in checks if refused), "")


def _has_moved(person: Person) -> bool:
    return any(outcome.functional_start or outcome.formal_date for outcome in person.outcomes)


def record_year(found: Found, *, catalogue: Catalogue, settings: Settings | None = None) -> Recorded:
    """Levels, gaps and T of a person at both ends of their year.

    The start knows only what is dated up to that day; the end knows everything up to the
    last record. The person needs a target and a record.
    """
    person = found.person
    bounds = year_bounds(person)
    if bounds is None or person.target is None:
        raise UsageError(f"{person.name} has no recorded year towards a role")
    start, end = bounds
    settings = settings or Settings()
    # Why no draws: priorities are compared here, and their stability is not.
    quick = replace(settings, stability_draws=0)
    catalogue = extend_catalogue(catalogue, person)
    role = catalogue.roles[person.target.role]
    asked = _asked(person, role, catalogue)
    known = person_on(person, start)
    before = estimate_levels(
        known, catalogue.tree, as_of=start, settings=settings, only=asked, explained=False
    )
    after = estimate_levels(
        person_on(person, end), catalogue.tree, as_of=end, settings=settings, only=asked, explained=False
    )
    report = rank(before, role, catalogue.tree, person=known, settings=quick)
    return Recorded(
        person=person,
        role=role,
        start=start,
        end=end,
        before=report,
        after=measure_t_shape(after, role, catalogue.tree, person=person, settings=settings),
        means_before=level_means(before),
        means_after=level_means(after),
        tree=catalogue.tree,
        activities=catalogue.activities,
        transfer_share=transfer_share(_held(known, before), role, load_relatedness(), settings=settings),
        leverage=measure_leverage(report),
        transfer_basis=COVERED,
        source=found.source,
        plan=_against_plan(found.plan, person, end) if found.plan else None,
        settings=settings,
    )


def _held(known: Person, levels: Levels) -> dict[str, float]:
    """The levels of skills that anything speaks of; an expected level is no strength."""
    spoken = {rating.skill for rating in known.ratings} | {piece.skill for piece in known.evidence}
    return {skill: level.mean for skill, level in levels.skills.items() if skill in spoken}


def _against_plan(plan: Plan, person: Person, end: dt.date) -> PlanMeasure:
    """What was earned of the first plan that was accepted."""
    progress = measure_progress(plan, person.year, today=end)
    return PlanMeasure(progress.on_plan_ratio, progress.budget, progress.earned_value)


def _asked(person: Person, role: Role, catalogue: Catalogue) -> frozenset[str]:
    """The skills that a comparison reads: the role's targets, and the areas of the T."""
    deep = person.specialisations or role.specialisations
    foundation = [area.id for area in catalogue.tree.areas.values() if area.kind is AreaKind.FOUNDATION]
    shape: set[str] = set()
    for area in {*foundation, *deep}:
        skills = catalogue.tree.in_area(area)
        shape.update(skill.id for skill in skills if skill.core or not any(s.core for s in skills))
    return frozenset({target.skill for target in role.targets} | shape)
