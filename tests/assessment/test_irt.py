"""Item response theory against published numbers, and the laws it has to keep."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.assessment.calibration import Model, fit_items
from milepost.assessment.irt import (
    GRID,
    Ability,
    Items,
    author_items,
    estimate_ability,
    information,
    observe_level,
    probability,
)
from milepost.assessment.session import AdaptiveTest, choose_item, is_finished

LSAT6 = [
    3,
    6,
    2,
    11,
    1,
    1,
    3,
    4,
    1,
    8,
    0,
    16,
    0,
    3,
    2,
    15,
    10,
    29,
    14,
    81,
    3,
    28,
    15,
    80,
    16,
    56,
    21,
    173,
    11,
    61,
    28,
    298,
]
LSAT7 = [
    12,
    19,
    1,
    7,
    3,
    19,
    3,
    17,
    10,
    5,
    3,
    7,
    7,
    23,
    8,
    28,
    7,
    39,
    11,
    34,
    14,
    51,
    15,
    90,
    6,
    25,
    7,
    35,
    18,
    136,
    32,
    308,
]
"""How many of 1,000 people gave each pattern, 00000 to 11111 (Bock and Lieberman 1970)."""

PATTERNS = np.array([[int(bit) for bit in f"{number:05b}"] for number in range(32)], dtype=float)

PUBLISHED = {
    ("lsat6", Model.RASCH): ([1.0] * 5, [-2.8720, -1.0630, -0.2576, -1.3881, -2.2188], -2473.0538),
    ("lsat6", Model.ONE): ([0.7552] * 5, [-3.6152, -1.3224, -0.3176, -1.7301, -2.7801], -2466.9376),
    ("lsat6", Model.TWO): (
        [0.8256, 0.7228, 0.8907, 0.6884, 0.6569], [-3.3589, -1.3700, -0.2797, -1.8663, -3.1256], -2466.6534,
    ),
    ("lsat7", Model.RASCH): ([1.0] * 5, [-1.8631, -0.7886, -1.4568, -0.5199, -1.9875], -2664.916),
    ("lsat7", Model.ONE): ([1.0113] * 5, [-1.8474, -0.7822, -1.4447, -0.5157, -1.9707], -2664.9009),
    ("lsat7", Model.TWO): (
        [0.9876, 1.0808, 1.7073, 0.7650, 0.7357], [-1.8792, -0.7475, -1.0573, -0.6353, -2.5207], -2658.8051,
    ),
}  # fmt: skip


def lsat(name):
    return np.array(LSAT6 if name == "lsat6" else LSAT7, dtype=float)


@pytest.mark.parametrize(("name", "model"), list(PUBLISHED), ids=str)
def test_the_law_school_tests_are_fitted_as_published(name, model):
    a, b, log_likelihood = PUBLISHED[name, model]
    fitted = fit_items(PATTERNS, model=model, counts=lsat(name))
    assert fitted.settled
    assert fitted.items.a == pytest.approx(a, abs=5e-4)
    assert fitted.items.b == pytest.approx(b, abs=5e-4)
    assert fitted.log_likelihood == pytest.approx(log_likelihood, abs=1e-3)


def test_abilities_and_information_are_as_published():
    items = fit_items(PATTERNS, counts=lsat("lsat7")).items
    published = {
        "00000": -1.8698, "00001": -1.5273, "00010": -1.5140, "00011": -1.1855, "00100": -1.0941,
        "00101": -0.7662, "11111": 0.7272,
    }  # fmt: skip
    for pattern, mean in published.items():
        assert estimate_ability(items, [bit == "1" for bit in pattern]).mean == pytest.approx(mean, abs=2e-4)
    assert estimate_ability(items, [False] * 5).sd == pytest.approx(0.6927, abs=1e-4)
    assert estimate_ability(items, [True] * 5).sd == pytest.approx(0.8009, abs=1e-4)
    total = information(items, np.array([-1.0, 0.0, 1.0])).sum(axis=0)
    assert total == pytest.approx([1.4607, 0.9180, 0.4024], abs=2e-4)


def test_information_with_guessing_is_as_published():
    item = Items.of([1.2], [0.0], [0.25])
    assert information(item, np.array([0.0, 0.5]))[0] == pytest.approx([0.216000, 0.217276], abs=1e-6)


def test_a_test_says_about_the_level_what_its_prior_did_not():
    value, variance = observe_level(Ability(0.6, 0.4, GRID))
    assert (value, variance) == pytest.approx((2.857143, 0.274286), abs=1e-6)
    with pytest.raises(ValueError, match="says nothing"):
        observe_level(estimate_ability(Items.of([], []), []))


def test_items_that_nobody_answered_are_shrunk_and_flattened():
    items = author_items([2.0, -1.0], [4, 5])
    assert items.b == pytest.approx([1.0, -0.5])
    assert (items.a < 1).all()
    assert items.c == pytest.approx([0.225, 0.18])


def test_an_item_that_everybody_solves_is_named_and_not_fitted():
    with pytest.raises(ValueError, match="item 1"):
        fit_items(np.array([[1.0, 1.0], [0.0, 1.0]]))


def test_items_that_were_not_asked_do_not_count():
    rng = np.random.default_rng(3)
    theta = rng.normal(size=800)
    true = Items.of([1.0, 1.5, 0.8, 1.2], [-1.0, 0.0, 0.5, 1.0])
    answers = (rng.random((800, 4)) < probability(true, theta).T).astype(float)
    answers[::3, 1] = np.nan
    answers[1::3, 3] = np.nan
    fitted = fit_items(answers, cautious=True)
    assert fitted.settled
    assert fitted.items.b == pytest.approx(true.b, abs=0.35)


sizes = st.integers(1, 12)


@st.composite
def pools(draw):
    n = draw(sizes)
    number = st.floats(-3, 3)
    return Items.of(
        draw(st.lists(st.floats(0.2, 3), min_size=n, max_size=n)),
        draw(st.lists(number, min_size=n, max_size=n)),
        draw(st.lists(st.floats(0, 0.4), min_size=n, max_size=n)),
    )


@given(pools())
def test_a_right_answer_never_gets_less_likely_with_ability(items):
    chance = probability(items, GRID)
    assert (np.diff(chance, axis=1) >= -1e-12).all()
    assert (chance >= items.c[:, None] - 1e-12).all()
    assert (information(items, GRID) >= 0).all()


@given(pools(), st.data())
def test_the_order_of_answers_does_not_matter_and_a_right_one_never_lowers(items, data):
    answers = data.draw(st.lists(st.booleans(), min_size=len(items), max_size=len(items)))
    order = data.draw(st.permutations(range(len(items))))
    ability = estimate_ability(items, answers)
    again = estimate_ability(items.take(order), [answers[item] for item in order])
    assert again.mean == pytest.approx(ability.mean, abs=1e-9)
    better = estimate_ability(items, [True, *answers[1:]])
    worse = estimate_ability(items, [False, *answers[1:]])
    assert better.mean >= worse.mean


def answer_all(test, right=True):
    while (item := choose_item(test)) is not None:
        test = test.answer(item, right=right)
    return test


def pool_of(n, *, blocks=2, slope=1.0):
    tags = [(number % 5) - 2.0 for number in range(n)]
    return AdaptiveTest(
        Items.of([slope] * n, tags, [0.2] * n), tuple(f"block {number % blocks}" for number in range(n))
    )


def test_no_item_comes_twice_and_none_that_is_barred():
    test = pool_of(20)
    barred = AdaptiveTest(test.items, test.blocks, frozenset(range(0, 20, 3)))
    done = answer_all(barred)
    asked = [each.item for each in done.answered]
    assert len(asked) == len(set(asked))
    assert not set(asked) & barred.barred
    with pytest.raises(ValueError, match="asked before"):
        done.answer(asked[0], right=True)


def test_a_test_ends_after_fifteen_items_or_when_it_is_sure():
    assert len(answer_all(pool_of(60)).answered) == 15
    sure = pool_of(60, slope=4.0)
    while (item := choose_item(sure)) is not None:
        sure = sure.answer(item, right=bool(sure.items.b[item] < 0.5))
    assert len(sure.answered) < 15
    assert is_finished(sure)
    assert sure.ability.sd <= 0.35


def test_content_blocks_get_their_share():
    done = answer_all(pool_of(60, blocks=3))
    counts = [
        sum(done.blocks[each.item] == f"block {number}" for each in done.answered) for number in range(3)
    ]
    assert counts == [5, 5, 5]


def test_a_resumed_test_goes_on_as_it_would_have():
    half = pool_of(40)
    for _ in range(6):
        item = choose_item(half)
        assert item is not None
        half = half.answer(item, right=True)
    resumed = AdaptiveTest(half.items, half.blocks, half.barred, half.answered, half.seed)
    assert choose_item(half) == choose_item(resumed)


def test_another_seed_may_ask_another_item_of_nearly_the_same_worth():
    first = {
        choose_item(AdaptiveTest(pool_of(60).items, pool_of(60).blocks, seed=seed)) for seed in range(30)
    }
    assert len(first) > 1


def test_an_empty_pool_is_the_end():
    assert choose_item(AdaptiveTest(Items.of([], []), ())) is None
