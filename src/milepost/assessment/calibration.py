"""Item parameters from answers: marginal maximum likelihood by EM.

Source: Bock & Aitkin 1981; method-assessment 1.6 holds the reference numbers. Ability is
N(0, 1) on the grid of ``irt``; only items that a person answered count for that person.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from milepost.assessment.irt import GRID, PRIOR, FloatArray, Items

MOST_ROUNDS = 2000
SETTLED = 1e-6
"""Largest change of a parameter in one round from which the fit counts as settled."""
STEEPEST, FLATTEST = 6.0, 0.05
HARDEST = 8.0
PRIOR_LOG_A_SD = 0.5
"""Width of the log-normal prior of a that keeps small samples in bounds (method-assessment 1.5)."""


class Model(StrEnum):
    """Which slopes are free: none (all 1), one for all items, or one for each."""

    RASCH = "rasch"
    ONE = "1pl"
    TWO = "2pl"


@dataclass(frozen=True, slots=True)
class Calibration:
    """Fitted items, the logarithm of the marginal likelihood, and how the fit ended."""

    items: Items
    log_likelihood: float
    rounds: int
    settled: bool


def fit_items(
    answers: NDArray[np.float64],
    *,
    model: Model = Model.TWO,
    counts: FloatArray | None = None,
    cautious: bool = False,
) -> Calibration:
    """Fit items to answers of shape (people, items): 1 right, 0 wrong, nan not asked.

    ``counts`` says how many people a row stands for. ``cautious`` puts a log-normal prior on
    the slopes, for few people. Raises ``ValueError`` where an item has only right or only
    wrong answers: nothing can be fitted to it.
    """
    weight = np.ones(len(answers)) if counts is None else np.asarray(counts, dtype=float)
    asked = ~np.isnan(answers)
    right = np.nan_to_num(answers)
    _check(right, asked, weight)
    share = (weight @ right) / (weight @ asked)
    a = np.ones(answers.shape[1])
    d = np.log(share / (1.0 - share))
    settled, rounds = False, 0
    while not settled and rounds < MOST_ROUNDS:
        rounds += 1
        posterior, _ = _posterior(a, d, right, asked)
        tried = (weight[:, None] * posterior).T @ asked
        passed = (weight[:, None] * posterior).T @ right
        new_a, new_d = _maximise(a, d, tried, passed, model=model, cautious=cautious)
        settled = max(np.abs(new_a - a).max(), np.abs(new_d - d).max()) < SETTLED
        a, d = new_a, new_d
    _, marginal = _posterior(a, d, right, asked)
    items = Items(a, np.clip(-d / a, -HARDEST, HARDEST), np.zeros_like(a))
    return Calibration(items, float(weight @ np.log(marginal)), rounds, settled)


@dataclass(frozen=True, slots=True)
class Expected:
    """Expected counts by place on the grid and item: how many tried and passed, shape (grid, items)."""

    tried: FloatArray
    passed: FloatArray


def expect_counts(items: Items, answers: NDArray[np.float64]) -> Expected:
    """Who tried and passed what, by their posterior ability under the items given (the E-step)."""
    asked = ~np.isnan(answers)
    right = np.nan_to_num(answers)
    posterior, _ = _posterior(items.a, -items.a * items.b, right, asked)
    return Expected(posterior.T @ asked, posterior.T @ right)


def _check(right: FloatArray, asked: NDArray[np.bool_], weight: FloatArray) -> None:
    passed, tried = weight @ right, weight @ asked
    for item in np.flatnonzero((passed <= 0) | (passed >= tried)):
        raise ValueError(f"item {int(item)} has only right or only wrong answers")


def _chance(a: FloatArray, d: FloatArray) -> FloatArray:
    """Chance of a right answer, shape (grid, items), from slopes and intercepts d = −a·b."""
    chance: FloatArray = 1.0 / (1.0 + np.exp(-(GRID[:, None] * a[None, :] + d[None, :])))
    return np.clip(chance, 1e-12, 1.0 - 1e-12)


def _posterior(
    a: FloatArray, d: FloatArray, right: FloatArray, asked: NDArray[np.bool_]
) -> tuple[FloatArray, FloatArray]:
    """Where each person stands on the grid, and how likely their answers are."""
    chance = _chance(a, d)
    score = right @ np.log(chance).T + (asked - right) @ np.log1p(-chance).T
    top = score.max(axis=1, keepdims=True)
    joint = np.exp(score - top) * PRIOR[None, :]
    marginal = joint.sum(axis=1, keepdims=True)
    return joint / marginal, (marginal * np.exp(top))[:, 0]


def _maximise(
    a: FloatArray, d: FloatArray, tried: FloatArray, passed: FloatArray, *, model: Model, cautious: bool
) -> tuple[FloatArray, FloatArray]:
    """One Newton step of every item (or of the common slope), from expected counts (grid × items)."""
    chance = _chance(a, d)
    residual = passed - tried * chance
    weight = tried * chance * (1.0 - chance)
    grad_d, grad_a = residual.sum(axis=0), GRID @ residual
    h_dd, h_da, h_aa = weight.sum(axis=0), GRID @ weight, (GRID**2) @ weight
    if model is Model.RASCH:
        return a, d + grad_d / h_dd
    if cautious:
        grad_a = grad_a - np.log(a) / (PRIOR_LOG_A_SD**2 * a)
        h_aa = h_aa + np.maximum(0.0, (1.0 - np.log(a)) / (PRIOR_LOG_A_SD**2 * a**2))
    if model is Model.ONE:
        free = grad_a.sum() - (h_da * grad_d / h_dd).sum()
        step = free / (h_aa - h_da**2 / h_dd).sum()
        return np.clip(a + step, FLATTEST, STEEPEST), d + (grad_d - h_da * step) / h_dd
    determinant = h_dd * h_aa - h_da**2
    step_a = (h_dd * grad_a - h_da * grad_d) / determinant
    step_d = (h_aa * grad_d - h_da * grad_a) / determinant
    return np.clip(a + np.clip(step_a, -0.5, 0.5), FLATTEST, STEEPEST), d + np.clip(step_d, -1.0, 1.0)
