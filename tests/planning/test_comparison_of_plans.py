"""Several planned years side by side: everything computed, a cell a person, and n said."""

from dataclasses import replace
from functools import cache

import pytest

from factories import (  # type: ignore[import-not-found]
    EASY,
    QUICK,
    SKILLS,
    TREE,
    make_brief,
    make_levels,
    make_pack,
    make_person,
    make_role,
)
from milepost.compare import (
    Planned,
    biggest_gap,
    closed_share,
    compare_plans,
    covered_share,
    most_valuable,
    starting_advantage,
)
from milepost.gaps import measure_t_shape, rank
from milepost.model.plans import Plan
from milepost.model.roles import RoleTarget, Route
from milepost.planning.solve import solve_plan


@cache
def planned(name="Robin", route=Route.OUTSIDE, level=1.5):
    brief = make_brief(dict.fromkeys(SKILLS, level), route=route, weeks=13, hours=4.0)
    plan = solve_plan(brief, effort=QUICK)
    assert isinstance(plan, Plan)
    after = measure_t_shape(
        make_levels(brief.levels), brief.role, TREE, person=brief.person, means=plan.levels_after
    )
    return Planned(replace(brief.report, person=name), plan, after)


def three():
    return (planned("Ada"), planned("Ben", Route.INSIDE), planned("Cyd", level=2.4))


def test_the_table_says_how_few_people_it_is_about():
    table = compare_plans(three())
    assert table.n == 3
    assert table.people == ("Ada", "Ben", "Cyd")
    assert table.notes[0].startswith("n = 3; planned, not lived.")
    assert table.notes[1] == "1 of 3 plan to move inside their company."


def test_every_row_has_one_cell_a_person_and_a_basis():
    for count in (0, 1, 3):
        table = compare_plans(three()[:count])
        assert len(table.rows) == 10
        assert all(len(row.cells) == count and row.basis and row.dimension for row in table.rows)


@pytest.mark.parametrize("order", [(1, 2, 0), (2, 1, 0), (0, 2, 1)])
def test_permuting_the_people_permutes_the_cells(order):
    people = three()
    first, second = compare_plans(people), compare_plans([people[n] for n in order])
    assert second.people == tuple(first.people[n] for n in order)
    for mine, other in zip(first.rows, second.rows, strict=True):
        assert other.cells == tuple(mine.cells[n] for n in order)
        assert (other.dimension, other.basis) == (mine.dimension, mine.basis)


def report_of(means, counts=None):
    targets = {"python": 4.0, "statistics": 2.0, "writing": 3.0}
    role = make_role(
        targets=tuple(RoleTarget(skill, level, "") for skill, level in targets.items()),
        pack=make_pack({"python": 60, "statistics": 30, "writing": 10} if counts is None else counts),
    )
    return rank(make_levels(means), role, TREE, person=make_person(), settings=EASY)


def test_covered_demand_is_the_weighted_share_of_reached_targets():
    report = report_of({"python": 2.0, "statistics": 3.0, "writing": 0.0})
    assert covered_share(report) == pytest.approx((0.6 * 0.5 + 0.3) / 1.0)
    assert covered_share(report_of({}, counts={})) == 0.0


def test_the_starting_advantage_is_what_is_reached_and_asked_for_most():
    person = planned()
    reached = replace(person, report=report_of({"python": 3.4, "statistics": 2.0, "writing": 2.0}))
    assert starting_advantage(reached) == "Python, Statistics"
    nothing = replace(person, report=report_of({"python": 0.0, "statistics": 0.0, "writing": 0.0}))
    assert starting_advantage(nothing) == "none that the advertisements name"


def test_a_skill_that_no_advertisement_names_is_no_starting_advantage():
    unnamed = replace(planned(), report=report_of({"python": 5.0}, counts={"writing": 10}))
    assert starting_advantage(unnamed) == "none that the advertisements name"


def test_the_biggest_gap_shows_its_two_factors():
    person = replace(planned(), report=report_of({"python": 1.5, "writing": 2.0}))
    assert biggest_gap(person) == "Python (3 × 5 = 15)"
    done = replace(person, report=report_of(dict.fromkeys(SKILLS, 5.0)))
    assert biggest_gap(done) == "none: every target is reached"
    assert closed_share(done) == "nothing is open"


def test_the_closed_share_is_the_plans_value_of_the_whole_gap():
    person = planned()
    whole = sum(gap.impact.score * (gap.target - gap.mean) for gap in person.report.gaps if gap.severity)
    assert closed_share(person) == f"{100 * person.plan.objective / whole:.0f}%"


def test_the_most_valuable_activity_has_the_steps_worth_most():
    person = planned()
    scores = {gap.skill: gap for gap in person.report.gaps if gap.severity}
    worth = {
        activity.title: sum(
            scores[s.skill].impact.score * (min(s.after, scores[s.skill].target) - s.before)
            for s in activity.gains
            if s.skill in scores
        )
        for activity in person.plan.activities
    }
    assert most_valuable(person) == max(worth, key=lambda title: worth[title])
    assert most_valuable(replace(person, plan=replace(person.plan, quarters=()))) == "none"


def test_hours_artefacts_and_finish_are_those_of_the_plan():
    person = planned()
    cells = {row.dimension: row.cells[0] for row in compare_plans([person]).rows}
    assert cells["Target role and route"] == "engineer, outside"
    assert cells["Hours"] == f"{person.plan.planned_hours:.0f} planned of 48 stated"
    assert cells["Public artefacts"] == str(len([a for a in person.plan.activities if a.public]))
    finish = person.plan.finish
    assert cells["Finish, half and 80 % of simulated years"] == f"{finish.p50}, {finish.p80}"
    before, after = person.report.t_shape, person.after
    assert cells["T index (breadth, depth)"].startswith(f"{before.index:.2f} (")
    assert f"→ {after.index:.2f} (" in cells["T index (breadth, depth)"]
