"""Routes of a person: the target and the nearest roles, by an inside and an outside move."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.employer import read_employer
from milepost.files.relatedness import load_relatedness
from milepost.gaps import rank
from milepost.model.activities import Catalogue
from milepost.model.levels import Levels
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.model.roles import DemandPack, Role, Route, Seniority
from milepost.model.routes import Employer, Fact, Move
from milepost.model.settings import Settings
from milepost.routes import PUBLISHED, hours_to_close, measure_transfer, nearest_roles, play_scenario
from milepost.workflows.roadmap import find_role_id, make_levels

NEAREST = 5
DAYS_A_MONTH = 30.4375
STEPS_UP = (Seniority.JUNIOR, Seniority.MID, Seniority.SENIOR, Seniority.LEAD)


@dataclass(frozen=True)
class Routes:
    """The moves that were compared, best similarity first after the target, and what is published about moves."""

    person: str
    moves: tuple[Move, ...]
    facts: tuple[Fact, ...]
    employer: Employer | None


def compare_routes(
    person: Person,
    *,
    today: dt.date,
    role: str | None = None,
    employer: Path | None = None,
    own: DemandPack | None = None,
    seed: int = 1,
) -> Routes:
    """Inside and outside moves side by side, for the target and the five nearest roles.

    ``own`` are the counts of the person's own advertisements for the target.
    """
    catalogue = extend_catalogue(load_catalogue(), person)
    company = read_employer(employer, catalogue=catalogue) if employer else None
    levels = make_levels(person, today=today, catalogue=catalogue)
    similar = dict(nearest_roles(levels, catalogue.roles))
    target = _target(person, role, catalogue)
    chosen = list(dict.fromkeys([*([target] if target else []), *list(similar)[: NEAREST + bool(target)]]))
    open_inside = [opening.role for opening in company.openings] if company else []
    chosen += [id_ for id_ in dict.fromkeys(open_inside) if id_ not in chosen]
    if target in list(similar)[: NEAREST + 1]:
        chosen = chosen[: NEAREST + 1] + [id_ for id_ in chosen[NEAREST + 1 :] if id_ in open_inside]
    moves = [
        move
        for id_ in chosen
        for move in _moves(
            replace(catalogue.roles[id_], own=own if id_ == target else None),
            similar.get(id_, 0.0), person, levels, catalogue, company, today=today, seed=seed,
        )
    ]  # fmt: skip
    return Routes(person.name, tuple(moves), PUBLISHED, company)


def _target(person: Person, role: str | None, catalogue: Catalogue) -> str | None:
    wanted = role or (person.target.role if person.target else None)
    return find_role_id(wanted, catalogue) if wanted else None


def _moves(  # noqa: PLR0913 - one role, seen from everything that bears on it
    role: Role,
    similarity: float,
    person: Person,
    levels: Levels,
    catalogue: Catalogue,
    company: Employer | None,
    *,
    today: dt.date,
    seed: int,
) -> list[Move]:
    settings = Settings()
    transfer = measure_transfer(
        levels, role, catalogue.tree, load_relatedness(), seed=seed, settings=settings
    )
    report = rank(
        levels, role, catalogue.tree, person=person, seed=seed, settings=replace(settings, stability_draws=0)
    )
    low, likely, high = hours_to_close(report)
    focus = sum(gap.hours for gap in report.gaps if gap.skill in report.focus)
    hours = person.capacity.hours_per_week if person.capacity else 0.0
    if not hours:
        raise UsageError(
            f"the file of {person.name} does not say how many hours a week there are",
            hint="Add `capacity: {hours_per_week: 8}`; times are worked out from it.",
        )
    openings = tuple(o for o in company.openings if o.role == role.id) if company else ()
    found = []
    for route in (Route.INSIDE, Route.OUTSIDE):
        inside = route is Route.INSIDE
        scenario = play_scenario(
            focus, hours, route, sponsor=bool(company and company.sponsor), seed=seed, settings=settings
        )
        found.append(
            Move(
                role=role.id,
                name=role.name,
                kind=route,
                similarity=similarity,
                transfer=transfer,
                hours_low=low,
                hours=likely,
                hours_high=high,
                focus_hours=focus,
                steps=_steps(role, route, catalogue, company),
                scenario=scenario,
                notes=_notes(role, route, person, catalogue, company, openings),
                openings=openings if inside else (),
                earliest=_earliest(company, today=today) if inside else None,
            )
        )
    return found


def _steps(role: Role, route: Route, catalogue: Catalogue, company: Employer | None) -> tuple[str, ...]:
    needs = [need.title for need in catalogue.routes[route].needs_for(role)]
    if route is Route.INSIDE and company is not None:
        if company.sponsor:
            needs = [need for need in needs if "say in the decision" not in need]
        if company.posting_required:
            needs.append("The role is posted, and you apply like anybody else")
    return tuple(needs)


def _notes(
    role: Role,
    route: Route,
    person: Person,
    catalogue: Catalogue,
    company: Employer | None,
    openings: Sequence[object],
) -> tuple[str, ...]:
    notes = []
    aimed = catalogue.roles.get(person.target.role) if person.target else None
    if route is Route.INSIDE and role.leads and (aimed is None or not aimed.leads):
        notes.append(
            "A new field and a new level at once went worse for others who moved inside: take one step at a time"
        )
    if route is Route.INSIDE and company is not None and not openings:
        notes.append(f"{company.name} has no such role open; the way is to make the need visible")
    if route is Route.OUTSIDE:
        notes.append("Nobody there knows your work: what you show has to speak for you")
    return tuple(notes)


def _earliest(company: Employer | None, *, today: dt.date) -> dt.date | None:
    """The first day that the employer's rules allow."""
    if company is None:
        return None
    ready = today
    if company.joined is not None and company.tenure_months:
        ready = max(today, company.joined + dt.timedelta(days=round(company.tenure_months * DAYS_A_MONTH)))
    return ready + dt.timedelta(weeks=company.notice_weeks)
