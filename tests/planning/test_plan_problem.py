"""The planning problem: what a brief turns into, and what a selection is worth."""

import datetime as dt
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (  # type: ignore[import-not-found]
    ACTIVITIES,
    EASY,
    TODAY,
    make_brief,
    make_bucket,
    make_candidate,
    make_problem_of,
    make_role,
    small_problems,
    with_activities,
    with_person,
)
from milepost.model.curve import hours_to_climb
from milepost.model.people import Away, Choices, Watched
from milepost.model.roles import Route, Seniority
from milepost.planning.brief import area_shares, main_area, make_problem
from milepost.planning.greedy import solve_greedily
from milepost.planning.placing import Placement, place_in_order, rate
from milepost.planning.problem import Tally
from planning.by_hand import broken_in_weeks, worth  # type: ignore[import-not-found]


def candidates_of(brief):
    return {c.id: c for c in make_problem(brief).candidates}


# --- from a brief to candidates -----------------------------------------------------------


def test_candidates_serve_a_goal_or_the_route_or_something_that_does():
    ids = set(candidates_of(make_brief({"algebra": 4.0, "testing": 4.0})))
    assert not ids & {"algebra-course", "test-course"}
    assert {"python-tool", "applications", "mock-interviews"} <= ids


def test_what_a_candidate_requires_comes_along_even_where_it_serves_nothing_itself():
    means = {"statistics": 4.0, "writing": 1.0}
    assert "statistics-course" in candidates_of(make_brief(means))
    writes_nothing = {**means, "writing": 4.0}
    assert "statistics-course" not in candidates_of(make_brief(writes_nothing))


def test_practice_toward_a_required_level_comes_along():
    role = make_role(targets=tuple(t for t in make_role().targets if t.skill == "batching"))
    ids = set(candidates_of(make_brief({"inference": 1.0, "batching": 1.0}, role=role)))
    assert {"serve-fast", "serving-course"} <= ids
    without = with_activities(
        make_brief({"inference": 1.0, "batching": 1.0}, role=role),
        {i: a for i, a in ACTIVITIES.items() if i not in {"serve-fast", "serve-a-model"}},
    )
    assert "serving-course" not in candidates_of(without)


@settings(max_examples=20)
@given(st.randoms(use_true_random=False))
def test_the_order_of_the_catalogue_changes_nothing_in_a_problem(dice):
    brief = make_brief(settings=replace(EASY, most_rounds=2))
    rows = list(ACTIVITIES.items())
    dice.shuffle(rows)
    assert make_problem(with_activities(brief, dict(rows))) == make_problem(brief)


def test_what_is_done_excluded_or_only_for_insiders_is_no_candidate():
    ids = set(candidates_of(make_brief(choices=Choices(done=("blog-post",), exclude=("talk",)))))
    assert not ids & {"blog-post", "talk", "sponsor-talks", "lead-a-guild"}
    assert "sponsor-talks" in candidates_of(make_brief(route=Route.INSIDE))


def test_an_activity_that_teaches_no_further_than_the_level_is_no_candidate():
    assert "python-course" not in candidates_of(make_brief({"python": 2.97}))
    assert "python-course" in candidates_of(make_brief({"python": 2.9}))


def test_a_pin_is_a_candidate_whatever_it_serves():
    brief = make_brief({"algebra": 4.0}, choices=Choices(pin=("algebra-course",)))
    assert candidates_of(brief)["algebra-course"].pinned
    assert not candidates_of(brief)["python-tool"].pinned


def test_rounds_of_one_activity_follow_each_other():
    brief = make_brief(settings=replace(EASY, most_rounds=2))
    rows = candidates_of(brief)
    assert rows["blog-post~2"].requires == ("blog-post",)
    assert rows["blog-post~2"].activity == "blog-post"
    assert "talk~2" not in rows
    assert "blog-post~2" not in candidates_of(make_brief())


def test_practice_ends_at_three_in_a_specialisation_that_was_not_chosen():
    (gain,) = candidates_of(make_brief())["detect-things"].gains
    assert gain.up_to == 3.0
    chosen = with_person(make_brief(), specialisations=("vision",))
    (gain,) = candidates_of(chosen)["detect-things"].gains
    assert gain.up_to == 4.5


def test_effective_hours_are_the_share_of_the_median():
    row = candidates_of(make_brief())["python-tool"]
    assert row.tenths == 140
    assert {gain.skill: gain.tenths for gain in row.gains} == {"python": 112, "testing": 42}


def test_an_activity_is_watched_when_what_it_practises_most_is_on_the_list():
    def watched(*things, decision="watch"):
        brief = with_person(make_brief(), watch=tuple(Watched(t, decision) for t in things))
        return {id_ for id_, row in candidates_of(brief).items() if row.watched}

    assert watched("INFERENCE") == {"serving-course", "serve-a-model", "serve-fast"}
    assert watched("something else") == set()
    assert watched("inference", decision="adopt") == set()


def test_needs_lie_in_the_quarters_whose_middle_they_name():
    needs = {need.id: need.quarters for need in make_problem(make_brief(weeks=52)).needs}
    assert needs == {"search": (3, 4), "interviews": (2, 3, 4)}
    assert {n.id: n.quarters for n in make_problem(make_brief(weeks=13)).needs} == {
        "search": (1,), "interviews": (1,),
    }  # fmt: skip
    inside = make_problem(make_brief(route=Route.INSIDE, weeks=52)).needs
    assert {need.id: need.quarters for need in inside} == {"sponsor": (1, 2)}
    lead = replace(make_role(), seniority=Seniority.LEAD)
    assert {n.id for n in make_problem(make_brief(route=Route.INSIDE, role=lead)).needs} == {
        "sponsor", "leads",
    }  # fmt: skip


def test_a_need_whose_share_falls_between_two_middles_takes_the_nearest_quarter():
    brief = make_brief(weeks=26)
    playbook = brief.catalogue.routes[Route.OUTSIDE]
    need = replace(playbook.needs[0], after=0.9, before=1.0)
    routes = {Route.OUTSIDE: replace(playbook, needs=(need,))}
    changed = replace(brief, catalogue=replace(brief.catalogue, routes=routes))
    assert make_problem(changed).needs[0].quarters == (2,)


def test_buckets_hold_seventy_per_cent_of_the_stated_hours():
    away = (Away(TODAY, TODAY + dt.timedelta(days=9)),)
    first, second = make_problem(make_brief(hours=7.0, weeks=26, away=away)).buckets
    assert first.week_tenths == (40, *[70] * 10)
    assert first.week_numbers == tuple(range(2, 13))
    assert first.tenths == int(0.7 * (40 + 700))
    assert (second.weeks, second.week_numbers[0], second.tenths) == (12, 14, 588)


def test_goals_are_the_open_gaps_only():
    brief = make_brief({"python": 3.9, "testing": 1.0})
    goals = make_problem(brief).goal_by_skill
    assert "python" not in goals
    assert (goals["testing"].level, goals["testing"].target, goals["testing"].impact) == (1.0, 3.0, 3)
    assert [goal.skill for goal in make_problem(brief).goals] == sorted(goals)


def test_hours_of_an_activity_divide_over_areas_by_its_gains():
    brief = make_brief()
    assert area_shares(ACTIVITIES["talk"], brief) == pytest.approx({"people": 7 / 9, "serving": 2 / 9})
    assert main_area(ACTIVITIES["statistics-post"], brief) == "maths"


def test_the_bar_of_the_t_comes_before_the_stroke_and_the_stroke_before_the_move():
    rows = candidates_of(make_brief())
    assert rows["python-course"].early > rows["serving-course"].early > rows["blog-post"].early


# --- counting -----------------------------------------------------------------------------


def count(*rows, level=1.0):
    """Counted hours of (hours, taught to) pairs for one skill of τ 100."""
    candidates = tuple(make_candidate(f"c{n}", hours, {"x": up_to}) for n, (hours, up_to) in enumerate(rows))
    problem = make_problem_of(candidates, (make_bucket(1, (5.0,)),), levels={"x": level}, taus={"x": 100.0})
    return problem.counted_hours("x", candidates)


def test_practice_counts_up_to_the_level_it_teaches_and_no_further():
    to_two = hours_to_climb(1.0, 2.0, tau=100)
    assert count((10, 2.0)) == 10
    assert count((50, 2.0)) == pytest.approx(to_two)
    assert count((50, 2.0), (50, 2.0)) == pytest.approx(to_two)
    assert count((50, 2.0), (7, 3.0)) == pytest.approx(to_two + 7)
    assert count((10, 2.0), (500, 3.0)) == pytest.approx(hours_to_climb(1.0, 3.0, tau=100))
    assert count((40, 1.0)) == 0.0
    assert count((40, 1.0), (3, 2.0)) == 3.0


@given(
    st.lists(st.tuples(st.sampled_from((2.0, 9.0, 40.0)), st.sampled_from((0.5, 1.5, 2.0, 4.9))), max_size=6),
    st.sampled_from((0.0, 1.0, 1.7)),
    st.randoms(use_true_random=False),
)
def test_the_order_of_practice_does_not_matter_and_more_never_counts_less(rows, level, dice):
    shuffled = list(rows)
    dice.shuffle(shuffled)
    whole = count(*rows, level=level)
    assert count(*shuffled, level=level) == whole
    assert count(*rows[1:], level=level) <= whole + 1e-9
    assert whole <= sum(hours for hours, _ in rows) + 1e-9
    top = max((up_to for _, up_to in rows), default=0.0)
    assert whole <= hours_to_climb(level, top, tau=100) + 1e-9


@settings(max_examples=60)
@given(small_problems(), st.data())
def test_the_value_of_a_selection_is_the_one_written_out_by_hand(problem, data):
    chosen = data.draw(st.lists(st.sampled_from(problem.candidates), unique=True))
    assert problem.value(chosen) == pytest.approx(worth(problem, {c.id: 1 for c in chosen}))
    rest = [c for c in problem.candidates if c not in chosen]
    added = Tally.of(problem, chosen).added(rest)
    assert added == pytest.approx(problem.value(problem.candidates) - problem.value(chosen))
    assert added >= -1e-12


def test_nothing_above_the_target_is_worth_anything():
    one = make_candidate("c", 400, {"x": 4.9})
    problem = make_problem_of((one,), (make_bucket(1, (5.0,)),))
    assert problem.value([one]) == pytest.approx(3 * 3.0)


def test_a_required_level_counts_practice_that_teaches_that_far():
    rows = (make_candidate("low", 90, {"x": 1.5}), make_candidate("high", 12, {"x": 3.0}))
    asks = make_candidate("asks", 3, {"y": 2.0}, requires_levels=(("x", 2.0),))
    problem = make_problem_of((*rows, asks), (make_bucket(1, (5.0,)),))
    needed = problem.level_hours("x", 2.0)
    assert needed == round(1000 * math.log(4 / 3))
    assert not problem.ready(asks, ["low", "high"])
    enough = replace(
        problem,
        candidates=(rows[0], replace(rows[1], gains=(replace(rows[1].gains[0], tenths=needed),)), asks),
    )
    assert enough.ready(asks, ["low", "high"])
    assert enough.ready(asks, ["high"])
    assert not enough.reached("x", 2.0, ["high"], without="high")
    assert problem.reached("x", 0.9, [])


def test_a_candidate_fits_where_the_largest_weeks_hold_it():
    problem = make_problem_of((), ())
    bucket = make_bucket(1, (2.0, 5.0, 5.0))
    assert problem.shortest_weeks(make_candidate("c", 9), bucket) == 2
    assert problem.shortest_weeks(make_candidate("c", 11), bucket) == 3
    assert problem.shortest_weeks(make_candidate("c", 1, min_weeks=2), bucket) == 2
    assert problem.fits(make_candidate("c", 12), bucket)
    assert not problem.fits(make_candidate("c", 12.1), bucket)
    assert not problem.fits(make_candidate("c", 1, min_weeks=4), bucket)


# --- placing and greedy -------------------------------------------------------------------


def test_a_week_is_never_promised_less_than_it_takes():
    assert (rate(10, 3), rate(9, 3), rate(1, 4)) == (4, 3, 1)
    assert Placement(2, 4).weeks == 3


@settings(max_examples=100)
@given(small_problems())
def test_placing_in_order_keeps_the_limits_of_every_week(problem):
    ids = [c.id for c in problem.candidates][:4]
    bucket = problem.buckets[0]
    placed = place_in_order(problem, bucket, ids, before=())
    if placed is not None:
        assert broken_in_weeks(problem, bucket, placed, ids, before=()) == []


def test_placing_in_order_puts_what_is_required_first():
    rows = (make_candidate("b", 4, requires=("a",), early=3.0), make_candidate("a", 4))
    placed = place_in_order(make_problem_of(rows, ()), make_bucket(1, (4.0,) * 4), ["a", "b"], before=())
    assert placed is not None
    assert placed["a"].last < placed["b"].first
    narrow = make_bucket(1, (4.0,) * 3)
    assert place_in_order(make_problem_of(rows, ()), narrow, ["a", "b"], before=()) is None
    assert place_in_order(make_problem_of(rows, ()), narrow, ["b"], before=["a"]) is not None


@settings(max_examples=100)
@given(small_problems())
def test_a_greedy_draft_keeps_hours_weeks_and_order(problem):
    draft = solve_greedily(problem)
    for bucket in problem.buckets:
        ids = draft.in_quarter(bucket.number)
        before = draft.before(bucket.number)
        assert sum(problem.by_id[id_].tenths for id_ in ids) <= bucket.tenths
        placed = draft.placements.get(bucket.number, {})
        assert set(placed) == set(ids)
        assert broken_in_weeks(problem, bucket, placed, ids, before=before) == []


def test_greedy_takes_the_most_value_an_hour_first():
    rows = (make_candidate("dear", 10, {"x": 4.0}), make_candidate("cheap", 3, {"y": 4.0}))
    goals = make_problem_of(rows, ()).goals
    impact = tuple(replace(goal, impact=5 if goal.skill == "y" else 1) for goal in goals)
    draft = solve_greedily(make_problem_of(rows, (make_bucket(1, (3.0,) * 4),), goals=impact))
    assert set(draft.quarter_of) == {"cheap"}


def test_greedy_takes_what_is_pinned_before_what_is_valuable():
    rows = (make_candidate("pin", 10, {"x": 1.01}, pinned=True), make_candidate("good", 3, {"y": 4.0}))
    draft = solve_greedily(make_problem_of(rows, (make_bucket(1, (5.0,) * 4, load=0.6),)))
    assert set(draft.quarter_of) == {"pin"}
