"""How well calibrated items fit: their standard error, misfit, drift, and the answers that are still missing."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from milepost.assessment.calibration import Calibration, Expected, Model, expect_counts, fit_items
from milepost.assessment.irt import GRID, PRIOR, FloatArray, Items, probability

FEWEST_ANSWERS = 30
"""Answers below which no parameter of an item is given out (assumption)."""
ENOUGH_ANSWERS = 200
"""Answers an item from which parameters serve low stakes: ability RMSE .078 against 4,000 (method-assessment 1.5)."""
MISFIT = 0.12
"""RMSD from which an item misfits: the cut-off that OECD's PISA 2015 used for its cognitive items."""
DRIFT_LOGITS = 0.5
"""Change of difficulty that matters in practice: half a logit (assumption)."""
DRIFT_Z = 2.58
"""And that chance gives in one of a hundred items."""


@dataclass(frozen=True, slots=True)
class ItemFit:
    """What the answers say about one item.

    ``a`` and ``b`` are None below ``FEWEST_ANSWERS`` or where all answers are alike. ``se_b`` is
    from the expected information, a lower bound. ``rmsd`` compares the observed with the
    fitted curve (0 fits, see ``MISFIT``); ``drift`` is the change of b, in logits, from the older to the
    newer half of the answers, None where a half has too few. ``missing`` counts the answers
    that are still needed to reach ``ENOUGH_ANSWERS``.
    """

    item: str
    answers: int
    right: int
    a: float | None
    b: float | None
    se_b: float | None
    rmsd: float | None
    drift: float | None
    missing: int
    flags: tuple[str, ...]


def judge_items(
    names: Sequence[str], answers: NDArray[np.float64], *, model: Model | None = None
) -> tuple[ItemFit, ...]:
    """Fit what can be fitted and judge every item; rows are people, oldest answers first.

    The model is 2PL where the items have ``ENOUGH_ANSWERS`` on average, else one common slope:
    few answers do not bear a slope an item.
    """
    asked = ~np.isnan(answers)
    counts, right = asked.sum(axis=0), np.nan_to_num(answers).sum(axis=0)
    usable = np.flatnonzero((counts >= FEWEST_ANSWERS) & (right > 0) & (right < counts))
    found = {index: _unfitted(names[index], counts[index], right[index]) for index in range(len(names))}
    if len(usable) >= 2:
        kept = answers[:, usable]
        chosen = model or (Model.TWO if counts[usable].mean() >= ENOUGH_ANSWERS else Model.ONE)
        fitted = fit_items(kept, model=chosen, cautious=True)
        for place, fit in zip(usable, _judge(fitted, kept, [names[int(i)] for i in usable]), strict=True):
            found[int(place)] = fit
    return tuple(found[index] for index in range(len(names)))


def _unfitted(name: str, count: int, right: int) -> ItemFit:
    alike = count >= FEWEST_ANSWERS and right in (0, count)
    flags = ("all answers alike",) if alike else ("too few answers",)
    missing = max(0, ENOUGH_ANSWERS - int(count))
    return ItemFit(name, int(count), int(right), None, None, None, None, None, missing, flags)


def _judge(fitted: Calibration, answers: NDArray[np.float64], names: Sequence[str]) -> list[ItemFit]:
    items = fitted.items
    expected = expect_counts(items, answers)
    rmsd, information = measure_misfit(items, expected), _information_of_b(items, expected)
    drift, drift_se = _drift(items, answers)
    rows = []
    for index, name in enumerate(names):
        column = answers[:, index]
        count, right = int((~np.isnan(column)).sum()), int(np.nansum(column))
        moved = None if np.isnan(drift[index]) else float(drift[index])
        flags = []
        if rmsd[index] > MISFIT:
            flags.append("misfit")
        if moved is not None and abs(moved) > max(DRIFT_LOGITS, DRIFT_Z * drift_se[index]):
            flags.append("drift")
        rows.append(
            ItemFit(
                name, count, right, float(items.a[index]), float(items.b[index]),
                float(1 / np.sqrt(information[index])), float(rmsd[index]), moved,
                max(0, ENOUGH_ANSWERS - count), tuple(flags),
            )
        )  # fmt: skip
    return rows


def measure_misfit(items: Items, expected: Expected) -> FloatArray:
    """RMSD of each item: √ Σ (observed − fitted)² · f(θ), f the prior on the grid.

    Source: PISA 2015 Technical Report, chapter 9. Places that nobody reached count as fitting.
    """
    fitted = probability(items, GRID).T
    tried = np.maximum(expected.tried, 1e-9)
    observed = np.where(expected.tried > 0.1, expected.passed / tried, fitted)
    reached: FloatArray = np.sqrt((PRIOR[:, None] * (observed - fitted) ** 2).sum(axis=0))
    return reached


def _information_of_b(items: Items, expected: Expected) -> FloatArray:
    chance = probability(items, GRID).T
    found: FloatArray = (expected.tried * chance * (1 - chance)).sum(axis=0) * items.a**2
    return np.maximum(found, 1e-9)


def _drift(items: Items, answers: NDArray[np.float64]) -> tuple[FloatArray, FloatArray]:
    """Change of b between the older and the newer half of the people, and its standard error.

    One Newton step for b in each half, with the slopes and everybody's ability as fitted
    on all: b_half = b − Σ(passed − tried·p)/(a·Σ tried·p(1 − p)).
    """
    half = len(answers) // 2
    steps, variances, few = [], [], np.zeros(len(items), dtype=bool)
    for part in (answers[:half], answers[half:]):
        few |= (~np.isnan(part)).sum(axis=0) < FEWEST_ANSWERS
        expected = expect_counts(items, part)
        chance = probability(items, GRID).T
        residual = (expected.passed - expected.tried * chance).sum(axis=0)
        weight = np.maximum((expected.tried * chance * (1 - chance)).sum(axis=0), 1e-9)
        steps.append(-residual / (items.a * weight))
        variances.append(1 / (weight * items.a**2))
    change = steps[1] - steps[0]
    # Why the mean is taken out: people of the newer half who are all better are no drift of an item.
    change = change - change[~few].mean() if (~few).any() else change
    return np.where(few, np.nan, change), np.sqrt(variances[0] + variances[1])
