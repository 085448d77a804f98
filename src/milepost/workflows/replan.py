"""A new plan for the rest of the year: proposed first, kept only when it is accepted."""

import datetime as dt
from dataclasses import dataclass, replace

from milepost.errors import UsageError
from milepost.model.people import Capacity, Person, Target
from milepost.model.plans import Infeasible, Plan
from milepost.model.replans import Replan
from milepost.model.roles import Role, Route
from milepost.planning.replan import replan
from milepost.workflows.keeping import Kept
from milepost.workflows.market import own_demand
from milepost.workflows.own_roles import aim_at
from milepost.workflows.roadmap import Roadmap, Wishes, prepare
from milepost.workflows.year import Occasion


@dataclass(frozen=True)
class Proposal:
    """What a replan would change, for a person who has not agreed to it yet."""

    kept: Kept
    found: Replan | Infeasible
    role: Role
    route: Route


def propose_replan(
    name: str, *, at: Occasion, wishes: Wishes | None = None, keep_started: bool = True
) -> Proposal:
    """Replan what is left of the plan in force from what happened, and from what the file says today.

    ``wishes`` may ask for another role, other hours, or more ``weeks`` counted from the start
    of the plan. Nothing is written. ``UsageError`` where no plan was accepted.
    """
    kept = at.load(name)
    baseline = kept.plan
    if baseline is None:
        raise UsageError(
            f"{kept.loaded.person.name} has accepted no plan yet",
            hint=f"`milepost plan {name} --accept` solves one and keeps it; then the year can move.",
        )
    wishes = wishes or Wishes()
    person = _on_the_old_calendar(kept.loaded.person, baseline, wishes)
    asked = replace(
        wishes,
        role=wishes.role or _role(person, baseline),
        start=baseline.start,
        weeks=wishes.weeks or baseline.weeks,
        own=wishes.own or own_demand(kept.loaded),
    )
    prepared = prepare(person, today=at.today, wishes=asked)
    found = replan(
        prepared.brief, baseline, year=kept.loaded.person.year, today=at.today, keep_started=keep_started
    )
    return Proposal(kept, found, prepared.brief.role, prepared.brief.route)


def accept_replan(proposal: Proposal, *, at: Occasion) -> None:
    """Put the new plan in force; the old one is kept, and ``undo`` brings it back."""
    assert isinstance(proposal.found, Replan)
    text = aim_at(proposal.kept, proposal.role, proposal.route)
    at.keep(proposal.kept, "replan", text=text, plan=proposal.found.plan)


def accept_plan(name: str, roadmap: Roadmap, *, at: Occasion) -> None:
    """Put a solved plan in force; its role becomes the target, and one of the person's own where it came from a file."""
    assert isinstance(roadmap.plan, Plan)
    kept = at.load(name)
    at.keep(kept, "plan", text=aim_at(kept, roadmap.role, roadmap.route), plan=roadmap.plan)


def _role(person: Person, baseline: Plan) -> str:
    return person.target.role if person.target else baseline.role


def _on_the_old_calendar(person: Person, baseline: Plan, wishes: Wishes) -> Person:
    """The person with the start of the plan in force: its weeks and quarters stay."""
    capacity = person.capacity
    hours = wishes.hours_per_week or (capacity.hours_per_week if capacity else 0.0)
    if not hours:
        raise UsageError(
            f"the file of {person.name} does not say how many hours a week there are",
            hint="Add `capacity: {hours_per_week: 8}`, or pass --hours-per-week.",
        )
    away = capacity.away if capacity else ()
    target = person.target and Target(
        person.target.role, person.target.route, _after(person.target.by, baseline.start)
    )
    return replace(person, capacity=Capacity(hours, baseline.start, away), target=target)


def _after(day: dt.date | None, start: dt.date) -> dt.date | None:
    return day if day is not None and day > start else None
