"""Weeks, quarters and the simulated end of a plan."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import EASY, TODAY  # type: ignore[import-not-found]
from milepost.model.activities import Hours
from milepost.model.people import Away, Capacity
from milepost.model.settings import Settings
from milepost.planning.calendar import days_away, lay_out_weeks, plan_hours, quarter_lengths
from milepost.planning.finish import simulate_finish

DEFAULT = Settings()


@pytest.mark.parametrize(
    ("weeks", "lengths"),
    [
        (52, (13, 13, 13, 13)), (26, (13, 13)), (30, (13, 17)), (31, (13, 18)), (32, (13, 13, 6)),
        (18, (18,)), (19, (13, 6)), (5, (5,)), (13, (13,)), (1, (1,)),
    ],
)  # fmt: skip
def test_quarters_have_thirteen_weeks_and_a_short_rest_lengthens_the_last(weeks, lengths):
    assert quarter_lengths(weeks, settings=DEFAULT) == lengths


@given(st.integers(1, 156))
def test_quarters_cover_the_plan_and_none_is_too_short(weeks):
    lengths = quarter_lengths(weeks, settings=DEFAULT)
    assert sum(lengths) == weeks
    assert all(length >= min(6, weeks) for length in lengths)
    assert all(length <= 18 for length in lengths)


def test_the_last_week_of_every_quarter_is_for_review():
    weeks = lay_out_weeks(TODAY, 30, Capacity(6.0), settings=DEFAULT)
    assert [week.number for week in weeks if week.review] == [13, 30]
    assert [week.number for week in weeks if week.hours == 0.0] == [13, 30]
    assert [week.quarter for week in weeks] == [1] * 13 + [2] * 17
    assert [week.start for week in weeks[:2]] == [TODAY, TODAY + dt.timedelta(days=7)]
    assert plan_hours(weeks, settings=DEFAULT) == pytest.approx(0.7 * 6 * 28)


def test_a_plan_of_one_week_is_work_and_no_review():
    (week,) = lay_out_weeks(TODAY, 1, Capacity(6.0), settings=DEFAULT)
    assert (week.hours, week.review) == (6.0, False)


def test_days_away_take_their_share_of_a_week_and_are_counted_once():
    capacity = Capacity(
        7.0,
        away=(
            Away(TODAY + dt.timedelta(days=5), TODAY + dt.timedelta(days=8)),
            Away(TODAY + dt.timedelta(days=6), TODAY + dt.timedelta(days=7)),
        ),
    )
    weeks = lay_out_weeks(TODAY, 3, capacity, settings=DEFAULT)
    assert [(week.away_days, week.hours) for week in weeks] == [(2, 5.0), (2, 5.0), (0, 0.0)]
    assert days_away(TODAY + dt.timedelta(days=14), capacity) == 0


def finish(hours, *, weeks=13, seed=1, settings=EASY, stated=5.0):
    laid_out = lay_out_weeks(TODAY, weeks, Capacity(stated), settings=settings)
    return simulate_finish(
        hours, laid_out, last_end=TODAY + dt.timedelta(days=6), seed=seed, settings=settings
    )


def test_certain_work_without_missed_weeks_ends_in_the_week_that_holds_it():
    certain = Settings(pace_sd=0.0, missed_week=0.0, finish_runs=10)
    found = finish([Hours(12.0, 12.0)], settings=certain)
    assert found.p50 == found.p95 == TODAY + dt.timedelta(weeks=3, days=-1)
    after = finish([Hours(62.0, 62.0)], settings=certain)
    assert after.p50 == TODAY + dt.timedelta(weeks=14, days=-1)


def test_no_simulated_year_ends_before_the_plan_itself():
    weeks = lay_out_weeks(TODAY, 13, Capacity(5.0), settings=EASY)
    last = TODAY + dt.timedelta(days=80)
    found = simulate_finish([Hours(1.0, 2.0)], weeks, last_end=last, seed=1, settings=EASY)
    assert (found.p50, found.p80, found.p95) == (last, last, last)


def test_uncertain_work_spreads_the_finish_and_missed_weeks_delay_it():
    work = [Hours(8.0, 14.0)] * 4
    sure, unsure = Settings(missed_week=0.0), Settings(missed_week=0.4)
    found = finish(work, settings=sure)
    assert found.p50 < found.p80 < found.p95
    assert finish(work, settings=unsure).p50 > found.p50
    assert found.runs == 2000


def test_one_seed_draws_one_finish():
    work = [Hours(8.0, 14.0)] * 4
    assert finish(work, seed=3) == finish(work, seed=3)
    assert finish(work, seed=3).seed == 3
    few = Settings(finish_runs=3)
    assert len({finish(work, seed=seed, settings=few).p50 for seed in range(8)}) > 1


def test_a_wider_ninetieth_percentile_spreads_the_finish():
    narrow, wide = (
        finish([Hours(30.0, p90)], settings=Settings(pace_sd=0.0, missed_week=0.0)) for p90 in (33.0, 60.0)
    )
    assert narrow.p50 == wide.p50
    # Why: ln(60/30)/1.2816 · 1.645 = .89, so the 95th percentile is about 73 hours, 15 weeks of 5 after the review.
    assert wide.p95 - TODAY == dt.timedelta(weeks=16, days=-1)
    assert narrow.p95 < wide.p80


def test_one_pace_for_the_whole_year_does_not_average_out():
    work = [Hours(1.0, 1.0)] * 30
    found = finish(work, settings=Settings(pace_sd=0.5, missed_week=0.0), stated=5.0)
    # Why: 30·e^(.5·1.645) = 68 hours; twelve weeks of 5 hold 60, the review none, two more weeks the rest.
    assert (found.p50 - TODAY).days in {41, 48}
    assert found.p95 == TODAY + dt.timedelta(weeks=15, days=-1)
