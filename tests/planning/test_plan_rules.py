"""Every rule of a plan is broken once on purpose, and is the one that says so."""

import datetime as dt
import inspect
import re
from dataclasses import replace
from functools import cache

import pytest

from factories import (  # type: ignore[import-not-found]
    ACTIVITIES,
    CATALOGUE,
    EASY,
    QUICK,
    make_brief,
    with_activities,
    with_person,
)
from milepost.model.people import Choices, Watched
from milepost.model.plans import LevelStep, Plan
from milepost.planning import rules
from milepost.planning.rules import violations
from milepost.planning.solve import solve_plan

LEVELS = {"python": 1.0, "statistics": 1.2, "inference": 1.5, "detection": 1.0, "batching": 1.0}


def make_sound_brief():
    return make_brief(LEVELS, hours=7.0, weeks=26)


@cache
def sound_plan() -> Plan:
    plan = solve_plan(make_sound_brief(), effort=QUICK)
    assert isinstance(plan, Plan)
    return plan


def with_quarter(plan, index, **changes):
    rows = list(plan.quarters)
    rows[index] = replace(rows[index], **changes)
    return replace(plan, quarters=tuple(rows))


def with_activity(plan, id_, **changes):
    for index, quarter in enumerate(plan.quarters):
        rows = tuple(replace(a, **changes) if a.id == id_ else a for a in quarter.activities)
        plan = with_quarter(plan, index, activities=rows)
    return plan


def last_of(plan, index=0):
    return max(plan.quarters[index].activities, key=lambda a: (a.end_week, a.id))


def edit_catalogue(brief, id_, **changes):
    return with_activities(brief, {**ACTIVITIES, id_: replace(ACTIVITIES[id_], **changes)})


def unknown_hours(plan, brief):
    one = plan.quarters[0].activities[0]
    plan = with_activity(plan, one.id, hours=one.hours - 1)
    plan = with_quarter(plan, 0, hours=plan.quarters[0].hours - 1)
    return replace(plan, planned_hours=plan.planned_hours - 1), brief


def unknown_activity(plan, brief):
    return with_activity(plan, plan.activities[0].id, id="a-thing-of-my-own"), brief


def planned_twice(plan, brief):
    rows = plan.quarters[1].activities
    return with_quarter(plan, 1, activities=(*rows, rows[0])), brief


def shifted_start(plan, brief):
    one = plan.activities[0]
    return with_activity(plan, one.id, start=one.start + dt.timedelta(days=1)), brief


def outside_the_plan(plan, brief):
    return with_activity(plan, last_of(plan, 1).id, end_week=27), brief


def only_in_review(plan, brief):
    one = last_of(plan, 1)
    return with_activity(plan, one.id, start_week=26, end_week=26, start=brief.calendar[25].start), brief


def one_thing_at_a_time(plan, brief):
    assert any(
        a.start_week <= b.end_week and b.start_week <= a.end_week
        for a in plan.activities
        for b in plan.activities
        if a.id < b.id
    )
    return plan, replace(brief, settings=replace(EASY, most_at_once=1))


def too_few_hours_a_week(plan, brief):
    return with_activity(plan, plan.activities[0].id, hours_per_week=0.1), brief


def too_many_hours_a_week(plan, brief):
    return with_activity(plan, plan.activities[0].id, hours_per_week=7.1), brief


def wrong_sum_of_a_quarter(plan, brief):
    return with_quarter(plan, 1, hours=plan.quarters[1].hours + 0.5), brief


def a_lighter_plan_load(plan, brief):
    return plan, replace(brief, settings=replace(EASY, plan_load=0.4))


def into_the_review(plan, brief):
    return with_activity(plan, last_of(plan, 1).id, end_week=26), brief


def into_the_other_quarter(plan, brief):
    first, second = plan.quarters
    moved = first.activities[0]
    plan = with_quarter(plan, 0, activities=first.activities[1:], hours=first.hours - moved.hours)
    return with_quarter(
        plan, 1, activities=(*second.activities, moved), hours=second.hours + moved.hours
    ), brief


def a_requirement_that_comes_later(plan, brief):
    return plan, edit_catalogue(brief, plan.activities[0].activity, requires=(plan.activities[-1].activity,))


def a_requirement_that_ends_in_the_same_week(plan, brief):
    first, second = plan.quarters[0].activities[0], last_of(plan)
    week = first.end_week
    assert second.end_week > week
    plan = with_activity(plan, second.id, start_week=week, start=brief.calendar[week - 1].start)
    return plan, edit_catalogue(brief, second.activity, requires=(first.activity,))


def a_level_that_is_not_reached(plan, brief):
    return plan, edit_catalogue(brief, plan.activities[0].activity, requires_levels={"leading": 3.0})


def a_quarter_without_anything_public(plan, brief):
    rows = tuple(replace(a, public=False) for a in plan.quarters[0].activities)
    return with_quarter(plan, 0, activities=rows), brief


def a_quarter_without_a_milestone(plan, brief):
    return with_quarter(plan, 0, milestone=None), brief


def a_milestone_without_evidence(plan, brief):
    return with_quarter(plan, 0, milestone=replace(plan.quarters[0].milestone, evidence=())), brief


def a_milestone_of_another_quarter(plan, brief):
    return with_quarter(plan, 0, milestone=plan.quarters[1].milestone), brief


def a_need_that_nothing_meets(plan, brief):
    return with_activity(plan, "applications", meets=()), brief


def a_watch_list_that_takes_the_plan_over(plan, brief):
    return plan, with_person(brief, watch=(Watched("inference", "watch"), Watched("Python", "watch")))


def depth_outside_the_specialisation(plan, brief):
    return replace(
        plan,
        levels_before={**plan.levels_before, "detection": 1.0},
        levels_after={**plan.levels_after, "detection": 3.1},
    ), brief


def an_excluded_activity(plan, brief):
    return plan, with_person(brief, activities=Choices(exclude=(plan.activities[0].activity,)))


def a_done_activity(plan, brief):
    return plan, with_person(brief, activities=Choices(done=(plan.activities[0].activity,)))


def a_pin_that_is_left_out(plan, brief):
    left = sorted(set(ACTIVITIES) - {a.activity for a in plan.activities})
    assert left
    return plan, with_person(brief, activities=Choices(pin=(left[0],)))


def hours_that_do_not_add_up(plan, brief):
    return replace(plan, planned_hours=plan.planned_hours + 0.5), brief


def more_hours_than_there_are(plan, brief):
    return replace(plan, capacity_hours=plan.planned_hours - 0.5), brief


def a_value_of_its_own(plan, brief):
    return replace(plan, objective=plan.objective - 0.01), brief


def a_value_above_its_bound(plan, brief):
    return replace(plan, bound=plan.objective - 0.01), brief


def a_step_from_nowhere(plan, brief):
    one = plan.activities[-1]
    first = one.gains[0]
    return with_activity(
        plan, one.id, gains=(LevelStep(first.skill, first.before + 0.1, first.after), *one.gains[1:])
    ), brief


CASES = [
    ("known", unknown_hours, set()),
    (
        "known",
        unknown_activity,
        {"totals", "milestone", "prerequisite", "required level", "gains", "your choice"},
    ),
    ("once", planned_twice, {"at once", "weekly hours", "quarter hours", "totals", "gains"}),
    ("weeks", shifted_start, set()),
    ("weeks", outside_the_plan, {"quarter"}),
    ("weeks", only_in_review, {"quarter", "weekly hours", "gains"}),
    ("at once", one_thing_at_a_time, set()),
    ("weekly hours", too_few_hours_a_week, set()),
    ("weekly hours", too_many_hours_a_week, set()),
    ("quarter hours", wrong_sum_of_a_quarter, set()),
    ("quarter hours", a_lighter_plan_load, set()),
    ("quarter", into_the_review, {"weeks"}),
    ("quarter", into_the_other_quarter, {"quarter hours", "milestone", "public artefact"}),
    ("prerequisite", a_requirement_that_comes_later, set()),
    ("prerequisite", a_requirement_that_ends_in_the_same_week, {"at once", "weekly hours", "gains"}),
    ("required level", a_level_that_is_not_reached, set()),
    ("public artefact", a_quarter_without_anything_public, set()),
    ("milestone", a_quarter_without_a_milestone, set()),
    ("milestone", a_milestone_without_evidence, set()),
    ("milestone", a_milestone_of_another_quarter, set()),
    ("route", a_need_that_nothing_meets, set()),
    ("watch list", a_watch_list_that_takes_the_plan_over, set()),
    ("specialisation", depth_outside_the_specialisation, {"gains"}),
    ("your choice", an_excluded_activity, {"known", "totals", "prerequisite", "required level", "gains"}),
    ("your choice", a_done_activity, {"known", "totals", "prerequisite", "required level", "gains"}),
    ("your choice", a_pin_that_is_left_out, set()),
    ("totals", hours_that_do_not_add_up, set()),
    ("totals", more_hours_than_there_are, set()),
    ("totals", a_value_of_its_own, set()),
    ("totals", a_value_above_its_bound, set()),
    ("gains", a_step_from_nowhere, set()),
]


def test_the_plan_before_anybody_touches_it_is_sound():
    assert violations(sound_plan(), make_sound_brief()) == ()
    assert len(sound_plan().activities) >= 6


@pytest.mark.parametrize(
    ("rule", "tamper", "besides"), CASES, ids=[f"{rule}: {tamper.__name__}" for rule, tamper, _ in CASES]
)
def test_a_tampered_plan_is_caught_by_the_rule_it_breaks(rule, tamper, besides):
    found = {violation.rule for violation in violations(*tamper(sound_plan(), make_sound_brief()))}
    assert rule in found
    assert found <= {rule, *besides}


def test_every_rule_is_broken_by_one_of_these_tampered_plans():
    written = set(re.findall(r"Violation\(\s*\"([^\"]+)\"", inspect.getsource(rules)))
    assert written == {rule for rule, _, _ in CASES}


def public_in_name_only(plan, brief):
    shown = next(a for a in plan.quarters[0].activities if a.public)
    rest = {a.activity for a in plan.quarters[0].activities if a.public}
    activities = {i: replace(a, public=False) if i in rest else a for i, a in ACTIVITIES.items()}
    assert shown.public
    return plan, with_activities(brief, activities)


def met_in_name_only(plan, brief):
    return plan, edit_catalogue(brief, "applications", meets=("interviews",))


def a_step_too_high(plan, brief):
    one = plan.activities[-1]
    steps = tuple(replace(step, after=min(5.0, step.after + 1)) for step in one.gains)
    return with_activity(plan, one.id, gains=steps), brief


def levels_that_no_activity_explains(plan, brief):
    return replace(plan, levels_after={**plan.levels_after, "python": 4.9}), brief


def an_end_that_is_no_end(plan, brief):
    one = plan.activities[0]
    return with_activity(plan, one.id, end=one.end - dt.timedelta(days=7)), brief


@pytest.mark.parametrize(
    "tamper",
    [
        public_in_name_only,
        met_in_name_only,
        a_step_too_high,
        levels_that_no_activity_explains,
        an_end_that_is_no_end,
    ],
)
def test_a_plan_that_says_more_than_its_catalogue_and_its_weeks_is_caught(tamper):
    """Why: the rules read the finished plan and count again; what surfaces print has to hold."""
    assert violations(*tamper(sound_plan(), make_sound_brief())) != ()


def test_a_brief_without_milestones_or_public_artefacts_asks_for_none():
    free = replace(EASY, public_per_quarter=0, milestones_per_quarter=0)
    brief = replace(make_sound_brief(), settings=free)
    bare = sound_plan()
    for index in range(len(bare.quarters)):
        rows = tuple(replace(a, public=False) for a in bare.quarters[index].activities)
        bare = with_quarter(bare, index, milestone=None, activities=rows)
    assert violations(bare, brief) == ()


def test_the_watch_list_may_take_a_tenth_of_the_hours():
    plan = sound_plan()
    brief = with_person(make_sound_brief(), watch=(Watched("inference", "watch"),))
    share = sum(a.hours for a in plan.activities if a.id in {"serving-course", "serve-a-model", "serve-fast"})
    allowed = replace(brief, settings=replace(EASY, watch_list_share=share / plan.planned_hours))
    assert violations(plan, allowed) == ()
    less = replace(brief, settings=replace(EASY, watch_list_share=share / plan.planned_hours - 0.01))
    assert {violation.rule for violation in violations(plan, less)} == {"watch list"}


def test_a_catalogue_that_shrinks_makes_a_plan_unknown():
    plan = sound_plan()
    gone = plan.activities[0].activity
    smaller = with_activities(
        make_sound_brief(), {i: a for i, a in CATALOGUE.activities.items() if i != gone}
    )
    assert ("known", gone) in {(v.rule, v.subject) for v in violations(plan, smaller)}
