"""The learning curve: published hours, and hours and levels that lead back to each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_skill  # type: ignore[import-not-found]
from milepost.model.curve import hours_to_climb, level_after, tau_of
from milepost.model.settings import Settings
from milepost.model.skills import HoursClass

levels = st.floats(0.0, 4.8)
taus = st.sampled_from((100.0, 250.0, 37.5))


@pytest.mark.parametrize(
    ("start", "goal", "hours"), [(0, 1, 56), (1, 2, 72), (2, 3, 101), (3, 4, 173), (4, 4.8, 402), (0, 4, 402)]
)
def test_hours_of_a_broad_skill_follow_the_published_table(start, goal, hours):
    assert hours_to_climb(start, goal, tau=250) == pytest.approx(hours, abs=0.5)


def test_the_curve_ends_at_four_point_eight():
    assert hours_to_climb(1.0, 5.0, tau=250) == hours_to_climb(1.0, 4.8, tau=250)
    assert hours_to_climb(4.9, 5.0, tau=250) == 0.0


@given(levels, levels, taus)
def test_the_hours_to_a_level_lead_to_that_level(start, goal, tau):
    reached = level_after(start, hours_to_climb(start, goal, tau=tau), tau=tau)
    assert reached == pytest.approx(max(start, goal), abs=1e-9)


@given(levels, levels, levels, taus)
def test_a_climb_in_two_steps_takes_the_hours_of_one(first, second, third, tau):
    low, middle, high = sorted((first, second, third))
    steps = hours_to_climb(low, middle, tau=tau) + hours_to_climb(middle, high, tau=tau)
    assert steps == pytest.approx(hours_to_climb(low, high, tau=tau), abs=1e-6)


@given(levels, st.floats(0, 500), st.floats(0, 500), taus)
def test_more_hours_never_lead_lower_and_each_is_worth_less_than_the_one_before(start, hours, more, tau):
    low, middle, high = (level_after(start, h, tau=tau) for h in (hours, hours + more, hours + 2 * more))
    assert start - 1e-12 <= low <= middle <= high <= 5.0
    assert high - middle <= middle - low + 1e-9


def test_a_broad_skill_takes_two_and_a_half_times_the_hours_of_a_narrow_one():
    broad, narrow = (
        tau_of(make_skill("x", "a", hours_class=each), settings=Settings())
        for each in (HoursClass.BROAD, HoursClass.NARROW)
    )
    assert (broad, narrow) == (250.0, 100.0)
