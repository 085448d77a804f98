"""Plans near an old one: what is kept, at what price, and in which weeks."""

import pytest

from factories import QUICK, make_bucket, make_candidate, make_problem_of  # type: ignore[import-not-found]
from milepost.model.curve import hours_to_climb
from milepost.planning import solver
from milepost.planning.greedy import solve_greedily
from milepost.planning.nearest import Old, find_nearest, fits_weeks, share_unchanged
from milepost.planning.placing import Placement


def two_quarters(**more):
    """Four hours a week for three weeks, twice; ``best`` is worth more than each of the others."""
    rows = (
        make_candidate("old-1", 6, {"x": 4.0}),
        make_candidate("old-2", 6, {"y": 4.0}),
        make_candidate("best", 6, {"z": 4.0, "w": 4.0}),
    )
    buckets = (make_bucket(1, (2.0,) * 3), make_bucket(2, (2.0,) * 3, first=4))
    return make_problem_of(rows, buckets, **more)


def keep(problem, quarter_of, *, floor):
    wanted = solver.Wanted(quarter_of, frozenset(), floor=floor, best=1.0)
    return solver.keep(problem, wanted, hint=quarter_of, effort=QUICK)


def value(problem, *ids):
    return problem.value([problem.by_id[id_] for id_ in ids])


def test_old_work_keeps_its_quarter_until_it_is_worth_too_little():
    problem = two_quarters()
    old = {"old-1": 2, "old-2": 1}
    assert keep(problem, old, floor=0.0) == old
    enough = value(problem, "old-1", "best") * 0.999
    changed = keep(problem, old, floor=enough)
    assert changed is not None
    assert "best" in changed
    assert sum(changed.get(id_) == quarter for id_, quarter in old.items()) == 1


def test_a_price_nobody_can_pay_is_no_reason_to_give_no_plan():
    """Why: the floor comes from a bound, which need not be reachable in quarters and weeks."""
    problem = two_quarters()
    found = keep(problem, {"old-1": 2, "old-2": 1}, floor=1000.0)
    assert found is not None
    assert "best" in found


def test_started_work_goes_on_before_other_work_is_kept():
    rows = (make_candidate("begun", 6, {"x": 4.0}), make_candidate("other", 6, {"y": 4.0}))
    problem = make_problem_of(rows, (make_bucket(1, (2.0,) * 3),))
    for started, stays in (("begun", "begun"), ("other", "other")):
        wanted = solver.Wanted({"begun": 1, "other": 1}, frozenset({started}), floor=0.0, best=1.0)
        assert solver.keep(problem, wanted, hint={}, effort=QUICK) == {stays: 1}


def test_free_hours_are_filled_with_what_is_worth_most():
    rows = (
        make_candidate("old", 2, {"x": 4.0}),
        make_candidate("good", 4, {"y": 4.0, "z": 4.0}),
        make_candidate("poor", 4, {"y": 1.1}),
        make_candidate("nothing", 1),
    )
    problem = make_problem_of(rows, (make_bucket(1, (3.5, 3.5)),))
    assert keep(problem, {"old": 1}, floor=0.0) == {"old": 1, "good": 1}


def test_a_quarter_is_placed_in_its_old_weeks_where_it_fits():
    rows = tuple(make_candidate(id_, 4, {"x": 4.0}, early=early) for id_, early in (("a", 0.0), ("b", 5.0)))
    problem = make_problem_of(rows, ())
    bucket = make_bucket(1, (4.0,) * 6)
    old = {"a": Placement(0, 1), "b": Placement(3, 4)}
    placed = solver.place(problem, bucket, ["a", "b"], before=(), old=old, effort=QUICK)
    assert placed == old
    fresh = solver.place(problem, bucket, ["a", "b"], before=(), effort=QUICK)
    assert fresh is not None
    assert fresh["b"].first == 0
    assert fits_weeks(problem, bucket, old, before=())
    short = make_bucket(1, (4.0, 4.0, 4.0, 4.0, 1.0, 4.0))
    moved = solver.place(problem, short, ["a", "b"], before=(), old=old, effort=QUICK)
    assert moved is not None
    assert moved["a"] == old["a"]
    assert moved["b"] != old["b"]
    assert moved["b"].first <= 3 <= moved["b"].last
    assert not fits_weeks(problem, short, old, before=())


@pytest.mark.parametrize("broken", ["weeks", "order", "hours", "at once", "length"])
def test_old_weeks_are_counted_again_before_they_are_kept(broken):
    """Why: the old rest is taken as it is without a solver, so this check is all that stands behind it."""
    longest = 3 if broken == "length" else 1
    rows = (
        make_candidate("a", 4, {"x": 4.0}, min_weeks=longest),
        make_candidate("b", 4, {"x": 4.0}, requires=("a",) if broken == "order" else ()),
        make_candidate("c", 2, {"x": 4.0}),
    )
    problem = make_problem_of(rows, (), most_at_once=1 if broken == "at once" else 2)
    bucket = make_bucket(1, (4.0,) * 6, load=0.3 if broken == "hours" else 1.0)
    spots = {"a": Placement(0, 1), "b": Placement(2, 3), "c": Placement(4, 5)}
    if broken in {"weeks", "at once"}:
        spots |= {"c": Placement(1, 1) if broken == "at once" else Placement(2, 2), "a": Placement(2, 3)}
    if broken == "order":
        spots |= {"a": Placement(1, 2)}
    assert not fits_weeks(problem, bucket, spots, before=())
    assert fits_weeks(problem, bucket, spots, before=("a",)) == (broken == "order")


def test_the_free_plan_is_solved_only_where_the_bound_does_not_settle_the_price():
    problem = two_quarters()
    draft = solve_greedily(problem)
    best = {"best": 1, "old-1": 2}
    weeks = {"best": (1, 3), "old-1": (4, 6)}
    found = find_nearest(
        problem, draft, Old(best, weeks, frozenset(), complete=True), tolerance=0.05, effort=QUICK
    )
    assert found is not None
    assert found.solved.quarter_of == best
    assert not found.free_is_solved
    poor = {"old-1": 1, "old-2": 2}
    old = Old(poor, {"old-1": (1, 3), "old-2": (4, 6)}, frozenset(), complete=True)
    found = find_nearest(problem, draft, old, tolerance=0.02, effort=QUICK)
    assert found is not None
    assert found.free_is_solved
    assert "best" in found.solved.quarter_of
    lenient = find_nearest(problem, draft, old, tolerance=0.9, effort=QUICK)
    assert lenient is not None
    assert lenient.solved.quarter_of == poor


def test_shares_count_activity_weeks():
    old = [("a", 1), ("a", 2), ("b", 2)]
    assert share_unchanged(old, [("a", 2), ("b", 2), ("c", 1)]) == pytest.approx(2 / 3)
    assert share_unchanged([], [("a", 1)]) == 1.0


def test_what_waits_for_an_activity_is_no_practice_for_it():
    """Why: it was counted in the same quarter, and no such quarter ever fitted into weeks."""
    needed = hours_to_climb(1.0, 1.05, tau=100.0)
    rows = (
        make_candidate("asks", 2, {"y": 4.0}, requires_levels=(("x", 1.05),)),
        make_candidate("next", needed + 1, {"x": 4.0}, requires=("asks",)),
        make_candidate("after", needed + 1, {"x": 4.0}, requires=("next",)),
    )
    problem = make_problem_of(rows, (make_bucket(1, (8.0,) * 6),))
    assert problem.waiting_for("asks") == {"next", "after"}
    assert problem.waiting_for("after") == frozenset()
    found = solver.select(problem, hint={}, effort=QUICK)
    assert found is not None
    assert found.quarter_of == {}
