"""Planned, earned and actual, counted by hand, and the laws of evidence-gated value."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.model.settings import Settings
from milepost.model.year import (
    Artefact,
    CheckIn,
    Forecast,
    MilestoneRecord,
    Pause,
    Proof,
    ProofKind,
    Session,
    Step,
    StepKind,
    Year,
)
from milepost.year.forecast import forecast_finish, hours_left, score_forecasts
from milepost.year.progress import earned_schedule, measure_progress, planned_by_week, value_at
from small_year import START, day, make_plan  # type: ignore[import-not-found]

SHOWN = Proof(ProofKind.ARTEFACT, url="https://example.org")
WAIVED = Proof(ProofKind.WAIVER, text="the course was withdrawn")
PLAN = make_plan()
EASY = Settings(finish_runs=200)


def finished(id_, date, proof=SHOWN, hours=None):
    return Step(date, id_, StepKind.FINISHED, hours=hours, proof=proof)


def test_planned_value_is_linear_inside_a_week(plan):
    planned = planned_by_week(plan)
    assert planned[:4] == pytest.approx([5, 10, 15, 20])
    assert value_at(planned, 1.5) == pytest.approx(7.5)
    assert value_at(planned, 99) == pytest.approx(40)
    assert earned_schedule(planned, 12.5) == pytest.approx(2.5)


def test_a_year_on_its_plan_has_an_index_of_one(plan):
    year = Year(steps=(finished("one", day(2, 6)), finished("two", day(4, 6))))
    found = measure_progress(plan, year, today=day(4, 6))
    assert found.earned_value == pytest.approx(20)
    assert found.planned_value == pytest.approx(20)
    assert found.spi_t == pytest.approx(1.0)
    assert found.status == "on track"


def test_half_the_work_in_double_the_time_asks_for_a_replan(plan):
    found = measure_progress(plan, Year(steps=(finished("one", day(4)),)), today=day(4, 6))
    assert found.spi_t == pytest.approx(0.5)
    assert found.status == "replan"


def test_before_the_first_end_nothing_can_be_late(plan):
    assert measure_progress(plan, Year(), today=START - dt.timedelta(days=9)).status == "nothing due yet"
    assert measure_progress(plan, Year(), today=day(2)).status == "nothing due yet"
    assert measure_progress(plan, Year(), today=day(3, 6)).status == "replan"


def test_a_waiver_stays_visible_and_earns_nothing(plan):
    year = Year(
        steps=(finished("one", day(2), WAIVED),),
        milestones=(MilestoneRecord(1, day(2), proof=WAIVED),),
    )
    found = measure_progress(plan, year, today=day(2, 6))
    assert found.earned_value == 0
    assert found.waived == pytest.approx(10)
    assert found.milestones_waived == (1,)
    assert found.milestones_accepted == ()


def test_the_days_of_a_pause_do_not_count_as_late(plan):
    done = Year(steps=(finished("one", day(2, 6)),))
    paused = replace(done, pauses=(Pause(day(3), day(5, 6)),))
    assert measure_progress(plan, done, today=day(5, 6)).spi_t == pytest.approx(0.4)
    found = measure_progress(plan, paused, today=day(5, 6))
    assert found.spi_t == pytest.approx(1.0)
    assert found.planned_value == pytest.approx(10)


def test_hours_of_one_week_are_not_counted_twice(plan):
    year = Year(
        checkins=(CheckIn(day(1, 6), 4.0), CheckIn(day(2, 6), 1.0)),
        sessions=(Session(day(1), activity="one", minutes=120), Session(day(2), activity="one", minutes=180)),
    )
    assert measure_progress(plan, year, today=day(2, 6)).actual_hours == pytest.approx(4 + 3)


def test_work_off_the_plan_is_a_distraction_and_not_actual_hours(plan):
    year = Year(
        sessions=(Session(day(1), activity="one", minutes=60), Session(day(1), skill="rust", minutes=60))
    )
    found = measure_progress(plan, year, today=day(1, 6))
    assert found.distraction_ratio == pytest.approx(0.5)
    assert found.actual_hours == pytest.approx(1.0)


def test_milestones_that_are_due_and_open_are_named(plan):
    assert measure_progress(plan, Year(), today=day(9)).milestones_missing == (1,)
    accepted = Year(milestones=(MilestoneRecord(1, day(8), proof=SHOWN),))
    assert measure_progress(plan, accepted, today=day(9)).milestones_accepted == (1,)


def test_public_artefacts_are_counted_up_to_today(plan):
    year = Year(artefacts=(Artefact(day(1), public=True), Artefact(day(2)), Artefact(day(5), public=True)))
    assert measure_progress(plan, year, today=day(3)).public_artefacts == 1


def test_an_empty_year_after_the_end_has_all_planned_and_nothing_earned(plan):
    found = measure_progress(plan, Year(), today=day(60))
    assert found.planned_value == pytest.approx(40)
    assert found.earned_value == 0
    assert len(found.points) == 9


steps = st.lists(
    st.builds(
        finished,
        st.sampled_from(["one", "two", "three", "four", "elsewhere"]),
        st.integers(0, 80).map(lambda days: START + dt.timedelta(days=days)),
        st.sampled_from([SHOWN, WAIVED, None]),
        st.sampled_from([None, 5.0, 12.0]),
    ),
    max_size=6,
)


@given(steps, st.integers(0, 90))
def test_only_what_is_shown_earns_and_one_more_proof_never_lowers_it(given_steps, days):
    today = START + dt.timedelta(days=days)
    found = measure_progress(PLAN, Year(steps=tuple(given_steps)), today=today)
    shown = {s.activity for s in given_steps if s.proof is SHOWN and s.date <= today} - {"elsewhere"}
    assert found.earned_value == pytest.approx(10.0 * len(shown))
    more = Year(steps=(*given_steps, finished("three", START)))
    assert measure_progress(PLAN, more, today=today).earned_value >= found.earned_value - 1e-9
    turned = Year(steps=tuple(reversed(given_steps)))
    assert measure_progress(PLAN, turned, today=today).earned_value == pytest.approx(found.earned_value)


@given(st.integers(1, 200))
def test_a_plan_that_is_finished_late_has_an_index_below_one(late):
    last = PLAN.activities[-1].end + dt.timedelta(days=late)
    year = Year(steps=tuple(finished(id_, last) for id_ in ("one", "two", "three", "four")))
    found = measure_progress(PLAN, year, today=last + dt.timedelta(days=30))
    assert found.spi_t is not None
    assert found.spi_t < 1


def test_who_takes_longer_is_foretold_a_later_finish(plan):
    quick = Year(steps=(finished("one", day(2), hours=6),), checkins=(CheckIn(day(1, 6), 6),))
    slow = Year(steps=(finished("one", day(2), hours=30),), checkins=(CheckIn(day(1, 6), 6),))
    first = forecast_finish(plan, quick, today=day(3), settings=EASY)
    second = forecast_finish(plan, slow, today=day(3), settings=EASY)
    assert first.p50 <= first.p80 <= first.p95
    assert second.p80 > first.p80


def test_forecasts_repeat_to_the_byte_and_end_with_the_work(plan):
    year = Year(steps=(finished("one", day(2)),))
    assert forecast_finish(plan, year, today=day(3)) == forecast_finish(plan, year, today=day(3))
    done = Year(steps=tuple(finished(id_, day(8)) for id_ in ("one", "two", "three", "four")))
    assert forecast_finish(plan, done, today=day(12)).p95 == day(8)


def test_logged_hours_shorten_what_is_left_but_never_to_nothing(plan):
    year = Year(
        sessions=(Session(day(1), activity="one", minutes=300), Session(day(1), activity="two", minutes=9000))
    )
    left = [each.p50 for each in hours_left(plan, year, today=day(2))]
    assert left == pytest.approx([5, 2, 10, 10])


def test_forecasts_are_scored_against_the_truth():
    truth = day(10)
    good = [Forecast(day(1), day(10), day(11), day(12)), Forecast(day(2), day(9), day(10), day(12))]
    bad = [Forecast(day(1), day(4), day(5), day(6))]
    assert score_forecasts(good, truth).p80_share == 1.0
    assert score_forecasts(good, truth).p50_share == 0.5
    assert score_forecasts(good, truth).log_score > score_forecasts(bad, truth).log_score
    assert score_forecasts([], truth).n == 0
