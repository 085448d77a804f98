"""Laws of the rule from amounts to levels."""

from hypothesis import given
from hypothesis import strategies as st

from milepost.files.repository.rule import LEAST, RUNGS, Amount, judge_amounts
from milepost.model.settings import Settings

counts = st.integers(0, 200)
amounts = st.builds(Amount, counts, counts, counts)
limits = st.sampled_from([1.0, 1.5, 2.0, 2.5, 3.0])


@given(amounts, amounts, limits, counts)
def test_more_of_anything_never_lowers_the_level_and_nothing_lifts_it_above_its_limit(
    first, second, limit, tests
):
    more = Amount(
        *(
            max(pair)
            for pair in zip(
                (first.months, first.commits, first.files),
                (second.months, second.commits, second.files),
                strict=True,
            )
        )
    )
    low, high = (judge_amounts([(limit, amount)], tests=tests).level or 0 for amount in (first, more))
    assert low <= high <= limit <= 3


@given(amounts, counts)
def test_a_weak_sign_in_any_amount_does_not_lift_a_strong_one_above_its_own_amount(many, tests):
    strong = Amount(0, 1, 1)
    assert (judge_amounts([(2.0, many), (3.0, strong)], tests=tests).level or 0) <= 2


@given(amounts, limits, counts)
def test_no_level_is_proposed_that_would_count_against_somebody_who_used_a_thing(amount, limit, tests):
    level = judge_amounts([(limit, amount)], tests=tests).level
    assert level is None or level >= LEAST == Settings().prior_mean


def test_each_rung_is_reached_exactly_at_its_numbers():
    for rung in RUNGS:
        exact = Amount(rung.months, rung.commits, rung.files)
        assert judge_amounts([(3.0, exact)], tests=rung.tests).level == rung.level
        fewer = Amount(rung.months, rung.commits - 1, rung.files)
        assert (judge_amounts([(3.0, fewer)], tests=rung.tests).level or 0) < rung.level


def test_nothing_is_judged_nothing():
    assert judge_amounts([(3.0, Amount(0, 0, 0))], tests=9).level is None
