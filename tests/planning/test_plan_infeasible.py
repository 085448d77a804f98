"""When no plan fits: the answer says why, and what it proposes really fits."""

import datetime as dt
import time
from dataclasses import replace

import pytest

from factories import (  # type: ignore[import-not-found]
    ACTIVITIES,
    EASY,
    QUICK,
    SKILLS,
    TODAY,
    make_activity,
    make_brief,
    with_activities,
    with_person,
)
from milepost.model.people import Away, Choices
from milepost.model.plans import Infeasible, Plan
from milepost.planning.solve import solve_plan

LOW = dict.fromkeys(SKILLS, 1.2)


def answer_to(brief) -> Infeasible:
    found = solve_plan(brief, effort=QUICK)
    assert isinstance(found, Infeasible)
    assert found.because
    return found


def relaxed(brief, relaxation):
    """The brief with what the relaxation proposes, done the way a user would do it."""
    if relaxation.field == "capacity.hours_per_week":
        return replace(brief, hours_per_week=float(relaxation.value))
    if relaxation.field == "weeks":
        return replace(brief, weeks=int(relaxation.value))
    if relaxation.field == "public artefacts":
        return replace(brief, settings=replace(brief.settings, public_per_quarter=0))
    if relaxation.field == "milestones":
        return replace(brief, settings=replace(brief.settings, milestones_per_quarter=0))
    if relaxation.field == "activities.pin":
        return with_person(brief, activities=replace(brief.person.activities, pin=()))
    need = relaxation.field.removeprefix("route need ")
    playbook = brief.catalogue.routes[brief.route]
    kept = tuple(n for n in playbook.needs if n.id != need)
    assert len(kept) < len(playbook.needs), relaxation.field
    routes = {**brief.catalogue.routes, brief.route: replace(playbook, needs=kept)}
    return replace(brief, catalogue=replace(brief.catalogue, routes=routes))


HALF_AN_HOUR = make_brief(LOW, hours=0.5, weeks=26)
ALL_AWAY = make_brief(LOW, weeks=13, away=(Away(TODAY, TODAY + dt.timedelta(days=200)),))
HUGE = with_activities(
    make_brief(LOW, weeks=13, choices=Choices(pin=("opus",))),
    {**ACTIVITIES, "opus": make_activity("opus", 500, {"python": 1.0}, public=True)},
)
HUGE = with_person(HUGE, activities=Choices(pin=("opus",)))
NO_SEARCH = with_activities(
    make_brief(LOW, weeks=13), {i: a for i, a in ACTIVITIES.items() if "search" not in a.meets}
)
NOTHING_PUBLIC = with_activities(
    make_brief(LOW, weeks=13), {i: replace(a, public=False) for i, a in ACTIVITIES.items()}
)
NO_MILESTONE = with_activities(
    make_brief(LOW, weeks=13), {i: replace(a, milestone=None) for i, a in ACTIVITIES.items()}
)
PINNED_SHOWPIECE = with_person(
    with_activities(
        make_brief(LOW, weeks=13),
        {
            **{i: replace(a, public=False) for i, a in ACTIVITIES.items()},
            "opus": make_activity("opus", 500, {"python": 1.0}),
            "show": make_activity("show", 3, {"leading": 1.0}, public=True),
        },
    ),
    activities=Choices(pin=("opus", "show")),
)

CASES = {
    "half an hour a week": HALF_AN_HOUR,
    "away all the time": ALL_AWAY,
    "a pin too large": HUGE,
    "nobody to search with": NO_SEARCH,
    "nothing public": NOTHING_PUBLIC,
    "no milestone": NO_MILESTONE,
    "the only showpiece is pinned": PINNED_SHOWPIECE,
}


@pytest.mark.parametrize("brief", CASES.values(), ids=CASES.keys())
def test_every_proposed_change_makes_a_plan_fit(brief):
    for relaxation in answer_to(brief).relax:
        changed = relaxed(brief, relaxation)
        assert isinstance(solve_plan(changed, effort=QUICK), Plan), relaxation


def test_half_an_hour_a_week_names_the_least_hours_that_do():
    found = answer_to(HALF_AN_HOUR)
    first = found.relax[0]
    assert first.field == "capacity.hours_per_week"
    assert first.message == f"{first.value} h a week instead of 0.5 would fit."
    less = replace(HALF_AN_HOUR, hours_per_week=float(first.value) - 0.5)
    assert isinstance(solve_plan(less, effort=QUICK), Infeasible)
    assert found.capacity_hours == pytest.approx(8.4)
    assert found.left_out
    assert all("needed for" in row.reason for row in found.left_out)


def test_a_year_away_says_that_there_are_no_hours():
    found = answer_to(ALL_AWAY)
    assert found.because == ("There are no hours in the plan: every week is away or in review.",)
    assert found.capacity_hours == 0.0


def test_a_quarter_away_leaves_a_way_out():
    """Why: a quarter without a working week can show and close nothing; two rules fail there at once."""
    away = (Away(TODAY + dt.timedelta(days=91), TODAY + dt.timedelta(days=181)),)
    brief = make_brief(LOW, weeks=26, away=away)
    found = solve_plan(brief, effort=QUICK)
    if isinstance(found, Infeasible):
        assert found.relax
        assert all(isinstance(solve_plan(relaxed(brief, r), effort=QUICK), Plan) for r in found.relax)


def test_a_pin_too_large_is_named():
    found = answer_to(HUGE)
    assert "What you pinned does not fit: opus." in found.because
    assert [r.field for r in found.relax if r.field == "activities.pin"] == ["activities.pin"]


def test_a_need_that_nothing_meets_is_named():
    found = answer_to(NO_SEARCH)
    assert found.because == ("The route's need does not fit: Search for work.",)
    assert [r.field for r in found.relax] == ["route need search"]


def test_quarters_without_anything_to_show_name_the_artefact():
    assert [r.field for r in answer_to(NOTHING_PUBLIC).relax] == ["public artefacts"]


def test_quarters_without_anything_to_close_them_name_the_milestone():
    assert [r.field for r in answer_to(NO_MILESTONE).relax] == ["milestones"]


def test_an_answer_that_nothing_fits_comes_in_bounded_time():
    started = time.perf_counter()
    for brief in CASES.values():
        answer_to(replace(brief, settings=EASY))
    assert time.perf_counter() - started < 60.0
