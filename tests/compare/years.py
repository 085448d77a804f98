"""The three shipped years, and small years made by hand, ready to be altered."""

import datetime as dt
from dataclasses import replace
from functools import cache

from milepost.files.content import load_catalogue
from milepost.model.people import Capacity, Person, Rating, Target
from milepost.model.roles import Route
from milepost.model.year import Artefact, CheckIn, Outcome, Step, StepKind, Verification, Year
from milepost.workflows.compare import EXAMPLES, Found, compare_found, read_example

START = dt.date(2026, 11, 30)


@cache
def example(name):
    """One of the shipped years."""
    return read_example(name, catalogue=load_catalogue())


def three():
    """All of them."""
    return [example(name) for name in EXAMPLES]


def compare(people, **filters):
    """The comparison of some people."""
    found = [Found(person, "made up") for person in people]
    return compare_found(found, catalogue=load_catalogue(), **filters)


def cells(comparison, dimension):
    """The cells of one row, by person."""
    row = next(row for row in comparison.rows if row.dimension == dimension)
    return dict(zip(comparison.people, row.cells, strict=True))


def with_year(person, **changes):
    """The person with another year."""
    return replace(person, year=replace(person.year, **changes))


def with_outcome(person, **changes):
    """The person with another first outcome."""
    return replace(person, outcomes=(replace(person.outcomes[0], **changes),))


def day(number):
    """A day of the year, counted from 0."""
    return START + dt.timedelta(days=number)


def small(name="Ada", *, days=180, route=Route.OUTSIDE, role="ml-engineer", credit=None):
    """A short year: a course, a project with an accepted artefact, and a move after some days (None: no move)."""
    project = "fastapi-model-endpoint"
    made = Artefact(
        day(60), "Endpoint", "service", "", public=True, verified=Verification.ACCEPTED,
        skills=("model-deployment",), activity=project, by=("A stranger",),
    )  # fmt: skip
    steps = (
        Step(day(0), "pytorch-tutorials", StepKind.STARTED),
        Step(day(20), "pytorch-tutorials", StepKind.FINISHED, 20.0),
        Step(day(21), project, StepKind.STARTED),
        Step(day(60), project, StepKind.FINISHED, 20.0),
    )
    moved = Outcome(
        "role-change", route, role, functional_start=None if days is None else day(days),
        credit={project: 100.0} if credit is None else credit,
    )  # fmt: skip
    return Person(
        name,
        Target(role, route),
        Capacity(8.0, START),
        ratings=(Rating("python", 4.0, "Keeps a service", day(-20)),),
        year=Year(checkins=(CheckIn(day(6), 8.0),), artefacts=(made,), steps=steps),
        outcomes=() if days is None else (moved,),
    )
