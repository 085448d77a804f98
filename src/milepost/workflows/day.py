"""The day and the learner: what to do now, what fades, and what learning has cost so far."""

import datetime as dt
from dataclasses import replace

from milepost.files.content import load_catalogue
from milepost.levels import estimate_levels
from milepost.model.activities import Catalogue
from milepost.model.agenda import Agenda, Fading
from milepost.model.gaps import TShape
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.workflows.keeping import Kept, load_beginning
from milepost.workflows.roadmap import make_gaps
from milepost.workflows.year import Occasion
from milepost.year.agenda import make_agenda
from milepost.year.agility import Agility, LevelChange, hours_on, measure_agility
from milepost.year.retention import find_fading


def read_agenda(name: str, *, at: Occasion) -> Agenda:
    """What to do on the day."""
    kept = at.load(name)
    person = kept.loaded.person
    return make_agenda(person, kept.plan, today=at.today, fading=_fading(person, today=at.today))


def _fading(person: Person, *, today: dt.date) -> tuple[Fading, ...]:
    """What lies idle and fades, among the skills of the target role (of all, without a target)."""
    idle = {rating.skill for rating in person.ratings if rating.last_used is not None}
    if not idle:
        return ()
    catalogue = extend_catalogue(load_catalogue(), person)
    role = catalogue.roles.get(person.target.role) if person.target else None
    wanted = idle & {each.skill for each in role.targets} if role else idle
    fresh = replace(person, ratings=tuple(replace(rating, last_used=None) for rating in person.ratings))
    before, now = (
        estimate_levels(each, catalogue.tree, as_of=today, explained=False) for each in (fresh, person)
    )
    return find_fading(before, now, sorted(wanted))


def measure_own_agility(kept: Kept, *, at: Occasion) -> Agility | None:
    """Learning agility since the first plan: levels gained by new evidence, and the hours that went into them."""
    person, plan = kept.loaded.person, kept.baseline
    if plan is None:
        return None
    catalogue = extend_catalogue(load_catalogue(), person)
    quarters = {
        quarter.number: _gained(person, catalogue, first=quarter.start, last=min(quarter.end, at.today))
        for quarter in plan.quarters
        if quarter.start <= at.today
    }
    return measure_agility(
        person.year,
        _gained(person, catalogue, first=plan.start, last=at.today),
        catalogue,
        quarters=quarters,
    )


def compare_t_shapes(kept: Kept, *, at: Occasion) -> tuple[TShape, TShape, dt.date] | None:
    """The T on the day the first plan was accepted, the T of today, and that day; None without a plan.

    Both are measured against the role that is aimed at today.
    """
    person = kept.loaded.person
    beginning = load_beginning(kept, workspace=at.workspace, now=at.now)
    if beginning is None or person.target is None:
        return None
    before, day = beginning
    then, now = (
        make_gaps(each, today=as_of, role=person.target.role).t_shape
        for each, as_of in ((before, day), (person, at.today))
    )
    return then, now, day


def _gained(person: Person, catalogue: Catalogue, *, first: dt.date, last: dt.date) -> list[LevelChange]:
    """Levels that evidence of these days raised, where hours went into them."""
    new = {piece.skill for piece in person.evidence if piece.date is not None and first <= piece.date <= last}
    skills = sorted(new & set(catalogue.tree.skills))
    before, after = (
        estimate_levels(
            _known_by(person, day), catalogue.tree, as_of=day, only=skills, explained=False
        ).skills
        for day in (first - dt.timedelta(days=1), last)
    )
    changes = [
        LevelChange(
            skill,
            catalogue.tree.skills[skill].area,
            before[skill].mean,
            after[skill].mean,
            hours_on(person.year, skill, first=first, last=last),
        )
        for skill in skills
    ]
    return [each for each in changes if each.after > each.before and each.hours > 0]


def _known_by(person: Person, day: dt.date) -> Person:
    """The person with the evidence of up to a day."""
    return replace(person, evidence=tuple(e for e in person.evidence if e.date is None or e.date <= day))
