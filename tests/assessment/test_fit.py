"""Calibrated items: what is given out, what is flagged, and real answers of the Swedish SAT."""

import csv
import gzip
from pathlib import Path

import numpy as np
import pytest

from milepost.assessment.calibration import Model
from milepost.assessment.fit import DRIFT_LOGITS, ENOUGH_ANSWERS, FEWEST_ANSWERS, MISFIT, judge_items
from milepost.assessment.irt import Items, estimate_ability, probability

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "irt_reference"


def answers_of(bank, people, *, seed=3):
    rng = np.random.default_rng(seed)
    theta = rng.normal(0, 1, people)
    return (rng.random((people, len(bank))) < probability(bank, theta).T).astype(float)


def bank(count, *, seed=1):
    rng = np.random.default_rng(seed)
    return Items(rng.lognormal(0.1, 0.2, count), rng.normal(0, 1, count), np.zeros(count))


def figure(value: float | None) -> float:
    assert value is not None
    return value


def names(count):
    return [f"i{n}" for n in range(count)]


def test_items_come_back_near_what_made_the_answers_and_none_is_flagged():
    truth = bank(20)
    fits = judge_items(names(20), answers_of(truth, 1500))
    assert max(abs(figure(fit.b) - b) for fit, b in zip(fits, truth.b, strict=True)) < 0.35
    assert [fit.item for fit in fits if fit.flags] == []
    assert all(fit.missing == 0 for fit in fits)


def test_an_item_that_follows_another_curve_is_a_misfit():
    truth = bank(20)
    answers = answers_of(truth, 1500)
    strong = answers.sum(axis=1) > np.median(answers.sum(axis=1))
    answers[:, 7] = np.where(strong, 0.0, 1.0)  # a wrong key: the better people "fail" it
    fits = judge_items(names(20), answers)
    assert [fit.item for fit in fits if "misfit" in fit.flags] == ["i7"]
    assert figure(fits[7].rmsd) > MISFIT


def test_an_item_that_got_known_drifts_and_the_others_do_not():
    truth = bank(20)
    answers = answers_of(truth, 1600)
    rng = np.random.default_rng(9)
    late = answers[800:, 2]  # a hard one
    answers[800:, 2] = np.where(rng.random(800) < 0.5, 1.0, late)
    fits = judge_items(names(20), answers)
    assert [fit.item for fit in fits if "drift" in fit.flags] == ["i2"]
    assert figure(fits[2].drift) < -DRIFT_LOGITS


def test_few_answers_give_no_parameter_and_say_how_many_are_missing():
    truth = bank(12)
    answers = answers_of(truth, 400)
    answers[FEWEST_ANSWERS - 1 :, 2] = np.nan
    answers[:, 5] = 1.0
    fits = judge_items(names(12), answers)
    assert (fits[2].a, fits[2].flags) == (None, ("too few answers",))
    assert fits[2].missing == ENOUGH_ANSWERS - (FEWEST_ANSWERS - 1)
    assert (fits[5].b, fits[5].flags) == (None, ("all answers alike",))
    assert all(fit.a is not None for fit in fits if fit.item not in ("i2", "i5"))


def test_people_who_are_all_better_later_are_no_drift():
    truth = bank(15)
    weak, strong = answers_of(truth, 700), answers_of(Items(truth.a, truth.b - 1.0, truth.c), 700, seed=8)
    fits = judge_items(names(15), np.vstack([weak, strong]))
    assert not any("drift" in fit.flags for fit in fits)


def test_with_few_people_one_slope_is_shared():
    fits = judge_items(names(10), answers_of(bank(10), 120))
    assert len({round(figure(fit.a), 6) for fit in fits}) == 1
    free = judge_items(names(10), answers_of(bank(10), 120), model=Model.TWO)
    assert len({round(figure(fit.a), 6) for fit in free}) == 10


@pytest.mark.skipif(not SHARED.exists(), reason=f"the real answers are not here: {SHARED}")
@pytest.mark.parametrize(("people", "most"), [(200, 0.12), (500, 0.06)])
def test_ability_from_a_small_calibration_is_near_that_of_the_full_fit(people, most):
    """Swedish SAT, 5,000 real people × 80 items: method-assessment 1.5 measured .078 and .030."""
    with gzip.open(SHARED / "swesat22b_quant_raw.csv.gz", "rt") as file:
        rows = list(csv.reader(file))
    key = rows[0][1:]
    right = np.array(
        [[np.nan if c == "" else float(c == k) for c, k in zip(r[1:], key, strict=True)] for r in rows[1:]]
    )
    fits = judge_items(names(80), right[:people], model=Model.TWO)
    with (SHARED / "swesat22b_quant_params.csv").open() as file:
        full = [(float(r["a_2pl"]), float(r["b_2pl"])) for r in csv.DictReader(file)]
    small = Items.of([figure(fit.a) for fit in fits], [figure(fit.b) for fit in fits])
    large = Items.of([a for a, _ in full], [b for _, b in full])
    gaps = []
    for person in np.nan_to_num(right[4000:4300]):
        said = [bool(x) for x in person]
        gaps.append(estimate_ability(small, said).mean - estimate_ability(large, said).mean)
    assert float(np.sqrt(np.mean(np.square(gaps)))) < most
