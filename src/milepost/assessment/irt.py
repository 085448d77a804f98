"""Item response theory on a grid: probability, information, ability, and what a test says about a level.

Source of every formula: method-assessment, sections 1 and 2.2. Ability θ has the prior
N(0, 1); all integrals are sums over 121 points from −6 to 6.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]

GRID: FloatArray = np.linspace(-6.0, 6.0, 121)
PRIOR: FloatArray = np.exp(-0.5 * GRID**2) / np.exp(-0.5 * GRID**2).sum()
_LOG_PRIOR: FloatArray = np.log(PRIOR)
NO_NEWS = 0.999
"""Variance of a posterior from which a test has said nothing; the prior's own is 1."""
LEVEL_MEAN = 2.0
LEVEL_SD = 1.2
"""Level expected at θ = 0, and levels per unit of θ (method-assessment 2.2)."""


@dataclass(frozen=True, slots=True)
class Items:
    """Parameters of n items, each an array of shape (n,).

    ``a`` discrimination > 0, ``b`` difficulty on the scale of θ, ``c`` the chance in [0, 1)
    of a right answer by guessing.
    """

    a: FloatArray
    b: FloatArray
    c: FloatArray

    @classmethod
    def of(cls, a: Sequence[float], b: Sequence[float], c: Sequence[float] | None = None) -> "Items":
        """Items from lists; without ``c`` nobody guesses (1PL and 2PL).

        Raises ``ValueError`` where lengths differ or a value is outside its range.
        """
        arrays = [np.asarray(each, dtype=float) for each in (a, b, c if c is not None else [0.0] * len(a))]
        if len({array.shape for array in arrays}) != 1 or arrays[0].ndim != 1:
            raise ValueError("a, b and c are lists of the same length")
        if (arrays[0] <= 0).any() or (arrays[2] < 0).any() or (arrays[2] >= 1).any():
            raise ValueError("a is above 0 and c from 0 to below 1")
        return cls(*arrays)

    def __len__(self) -> int:
        return len(self.a)

    def take(self, chosen: Sequence[int] | NDArray[np.int64]) -> "Items":
        """Some of the items, in the order given."""
        index = np.asarray(chosen, dtype=int)
        return Items(self.a[index], self.b[index], self.c[index])


def probability(items: Items, theta: FloatArray) -> FloatArray:
    """Chance of a right answer, shape (items, abilities): c + (1 − c)/(1 + exp(−a(θ − b)))."""
    odds = np.exp(items.a[:, None] * (items.b[:, None] - theta))
    chance: FloatArray = (1.0 + items.c[:, None] * odds) / (1.0 + odds)
    return chance


def information(items: Items, theta: FloatArray) -> FloatArray:
    """Fisher information of each item, shape (items, abilities): a²·(q/p)·((p − c)/(1 − c))².

    >>> round(float(information(Items.of([1.2], [0.0], [0.25]), np.array([0.0]))[0, 0]), 6)
    0.216
    """
    p = probability(items, theta)
    c = items.c[:, None]
    found: FloatArray = items.a[:, None] ** 2 * ((1.0 - p) / p) * ((p - c) / (1.0 - c)) ** 2
    return found


@dataclass(frozen=True, slots=True)
class Ability:
    """The posterior of θ on the grid: ``mean`` (EAP), ``sd``, and the weight of every grid point."""

    mean: float
    sd: float
    weights: FloatArray

    @property
    def variance(self) -> float:
        """Variance of the posterior."""
        return self.sd**2


def estimate_ability(items: Items, answers: Sequence[bool]) -> Ability:
    """Expected a posteriori ability from right and wrong answers, one per item.

    The order of the answers does not matter. Without answers it is the prior.
    Raises ``ValueError`` where the numbers of items and answers differ.
    """
    if len(items) != len(answers):
        raise ValueError(f"{len(items)} items, but {len(answers)} answers")
    chance = probability(items, GRID)
    given = np.where(np.asarray(answers, dtype=bool)[:, None], chance, 1.0 - chance)
    score = np.log(np.maximum(given, 1e-12)).sum(axis=0) + _LOG_PRIOR
    weights = np.exp(score - score.max())
    weights /= weights.sum()
    mean = float(weights @ GRID)
    return Ability(mean, float(np.sqrt(weights @ (GRID - mean) ** 2)), weights)


def observe_level(ability: Ability) -> tuple[float, float]:
    """What a test alone says about a level on 0–5: value and variance, the prior divided out.

    λ = 1/v − 1; θ* = (m/v)/λ with variance 1/λ; level = 2 + 1.2·θ*, variance = 1.44/λ (method-assessment
    2.2). Raises ``ValueError`` for a posterior that is no narrower than its prior: it says nothing yet.

    >>> tuple(round(x, 6) for x in observe_level(Ability(0.6, 0.4, GRID)))
    (2.857143, 0.274286)
    """
    if ability.variance >= NO_NEWS:
        raise ValueError("this test says nothing about the level yet")
    precision = 1.0 / ability.variance - 1.0
    theta = (ability.mean / ability.variance) / precision
    return LEVEL_MEAN + LEVEL_SD * theta, LEVEL_SD**2 / precision


def author_items(
    tags: Sequence[float], options: Sequence[int], *, tag_sd: float = 1.0, slope: float = 1.0
) -> Items:
    """Cautious parameters of items that nobody has answered yet, from their authors' difficulty tags.

    b̂ = tag/(1 + s²); a = a₀/√(1 + π·a₀²·s_b²/8) with s_b² = s²/(1 + s²); c = 0.9/options. Why: an
    adaptive test seeks items whose tag is wrong, so tags are shrunk and discriminations attenuated
    (method-assessment 1.4).
    """
    variance = tag_sd**2 / (1.0 + tag_sd**2)
    a = slope / np.sqrt(1.0 + np.pi * slope**2 * variance / 8.0)
    b = np.asarray(tags, dtype=float) / (1.0 + tag_sd**2)
    return Items.of([float(a)] * len(tags), b.tolist(), [0.9 / count for count in options])
