"""What own advertisements say beyond impact: unlocks, pay and what is distinctive of them."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_pack  # type: ignore[import-not-found]
from milepost.market.ads import Ad, Pay
from milepost.market.pay import measure_pay
from milepost.market.specificity import COMMON, DISTINCTIVE, tag_skills
from milepost.market.unlock import MOST_STEPS, choose_unlocks, coverage, measure_unlock, pass_chance
from milepost.model.settings import Settings

SETTINGS = Settings()
SKILLS = "abcdef"
ads_of_any_kind = st.lists(
    st.dictionaries(st.sampled_from(SKILLS), st.sampled_from([0.15, 0.4, 0.75, 1.0]), max_size=5), max_size=6
)
held_shares = st.dictionaries(st.sampled_from(SKILLS), st.floats(0, 1))


# --- unlocks -------------------------------------------------------------------------------


def logistic(x):
    return 1 / (1 + math.exp(-x))


def test_unlocks_worked_out_by_hand():
    ads = [{"a": 1.0, "b": 1.0}, {"a": 0.5, "c": 1.5}]
    held = {"a": 0.4, "b": 0.6}
    assert coverage(ads[0], held) == pytest.approx(0.5)
    assert coverage(ads[1], held) == pytest.approx(0.1)
    assert pass_chance(0.6, settings=SETTINGS) == pytest.approx(0.5)
    now = [logistic((0.5 - 0.6) / 0.08), logistic((0.1 - 0.6) / 0.08)]
    found = measure_unlock(ads, held)
    # With all of a: (1 + .6)/2 = .8 and .5/2 = .25.
    assert found["a"] == pytest.approx(
        (logistic(0.2 / 0.08) - now[0] + logistic((0.25 - 0.6) / 0.08) - now[1]) / 2
    )
    # With all of b: (.4 + 1)/2 = .7, in the first ad only.
    assert found["b"] == pytest.approx((logistic(0.1 / 0.08) - now[0]) / 2)
    # With all of c: (.2 + 1.5)/2 = .85, in the second only.
    assert found["c"] == pytest.approx((logistic(0.25 / 0.08) - now[1]) / 2)


def test_who_holds_everything_opens_nothing_more():
    ads = [{"a": 1.0, "b": 0.4}, {"c": 0.75}]
    held = dict.fromkeys("abc", 1.0)
    assert measure_unlock(ads, held) == {"a": 0.0, "b": 0.0, "c": 0.0}
    assert choose_unlocks(ads, held) == ()
    assert measure_unlock([], {}) == {}
    assert choose_unlocks([], {}) == ()


@given(ads_of_any_kind, held_shares)
def test_an_unlock_is_a_share_and_never_negative(ads, held):
    found = measure_unlock(ads, held)
    assert list(found) == sorted({skill for ad in ads for skill in ad})
    assert all(-1e-12 <= value <= 1.0 for value in found.values())


@given(ads_of_any_kind, held_shares)
def test_the_set_opens_what_its_steps_add_up_to_and_no_step_repeats(ads, held):
    chosen = choose_unlocks(ads, held)
    names = [skill for skill, _ in chosen]
    assert len(names) == len(set(names)) <= MOST_STEPS
    if not chosen:
        return

    def passed(held):
        return sum(pass_chance(coverage(ad, held), settings=SETTINGS) for ad in ads) / len(ads)

    together = passed({**held, **dict.fromkeys(names, 1.0)}) - passed(held)
    assert sum(value for _, value in chosen) == pytest.approx(together, abs=1e-9)
    assert together <= 1.0
    assert chosen[0][1] == pytest.approx(max(measure_unlock(ads, held).values()))


def test_skills_that_open_the_same_ads_open_less_together_than_the_sum_of_each_alone():
    ads = [{"a": 1.0, "b": 1.0, "c": 1.0}] * 3
    held = {"a": 0.5, "b": 0.5, "c": 0.8}
    alone = measure_unlock(ads, held)
    together = sum(value for _, value in choose_unlocks(ads, held))
    assert together < sum(alone.values())


# --- pay -----------------------------------------------------------------------------------


def paid(number, low, high, *, currency="EUR", period="year"):
    pay = Pay(low, high, currency, period)
    return Ad(
        f"{currency}{period}{number}", "Engineer", f"Company {number}", "2026-01-01", "text", "own", pay=pay
    )


def pay_of(ads):
    return measure_pay(ads, {(ad.source, ad.id): {"python": 1.0} for ad in ads})


def test_pay_is_shown_from_fifty_ads_of_one_currency_and_period_on():
    ads = [paid(n, 60_000 + 100 * n, 80_000 + 100 * n) for n in range(50)]
    assert pay_of(ads[:49]) == ()
    (found,) = pay_of(ads)
    assert (found.skill, found.ads, found.currency, found.period) == ("python", 50, "EUR", "year")
    assert found.median == pytest.approx(70_000 + 100 * 24.5)


def test_currencies_and_periods_are_never_mixed():
    ads = [paid(n, 60_000, 80_000) for n in range(40)]
    ads += [paid(n, 90_000, 110_000, currency="USD") for n in range(40)]
    ads += [paid(n, 40, 60, period="hour") for n in range(40)]
    assert pay_of(ads) == ()
    more = [*ads, *(paid(100 + n, 40, 60, period="hour") for n in range(10))]
    assert [(each.period, each.ads, each.median) for each in pay_of(more)] == [("hour", 50, 50)]


def test_ads_without_pay_or_without_its_currency_do_not_count():
    ads = [paid(n, 1, 2) for n in range(49)]
    ads += [paid(900, 1, 2, currency=""), Ad("none", "Engineer", "C", "2026-01-01", "text", "own")]
    assert pay_of(ads) == ()


# --- what is distinctive -------------------------------------------------------------------


def test_what_only_my_ads_ask_for_is_distinctive_and_what_others_ask_for_more_is_common():
    mine = make_pack({"rag": 60, "python": 50, "sql": 5})
    others = make_pack({"rag": 10, "python": 500, "sql": 400}, companies=1000)
    tags = tag_skills(mine, [others])
    assert tags["rag"] == DISTINCTIVE
    assert tags["sql"] == COMMON


def test_the_same_mix_has_no_tag_and_neither_has_a_handful_of_ads():
    mine = make_pack({"rag": 60, "python": 40})
    assert tag_skills(mine, [make_pack({"rag": 600, "python": 400}, companies=1000)]) == {}
    assert tag_skills(make_pack({"rag": 1}, companies=1), [make_pack({"rag": 40, "python": 60})]) == {}
    assert tag_skills(make_pack({}), [mine]) == {}
    assert tag_skills(mine, []) == {}


def test_several_packs_of_a_background_count_as_one():
    mine = make_pack({"rag": 60, "python": 40})
    halves = [make_pack({"rag": 20, "python": 400}, companies=500)] * 2
    whole = make_pack({"rag": 40, "python": 800}, companies=1000)
    assert tag_skills(mine, halves) == tag_skills(mine, [whole]) != {}
