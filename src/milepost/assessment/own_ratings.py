"""How a person's own ratings compare with what others and tests say, once there are enough pairs to say it."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from milepost.model.levels import Levels

FEWEST_PAIRS = 8
"""Pairs from which the person is told anything (issue of the assessment)."""
Z = 1.645


@dataclass(frozen=True, slots=True)
class OwnRatings:
    """The mean of claimed minus found, in levels, with its 90 % interval; ``area`` is empty for all together.

    Positive: the person rates themselves higher than tests, work and other people do.
    """

    area: str
    pairs: int
    bias: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the interval excludes no difference."""
        return self.low > 0 or self.high < 0


def compare_own_ratings(
    claimed: Mapping[str, float], found: Levels, areas: Mapping[str, str]
) -> tuple[OwnRatings, ...]:
    """Own ratings against estimates that do not know them; all together, then area by area.

    ``found`` are levels without any self-rating; only skills with a piece of evidence of their
    own count. Nothing is said below ``FEWEST_PAIRS``. The interval is that of a mean: ± 1.645 s/√n.
    """
    pairs = {
        skill: level - found.skills[skill].mean
        for skill, level in claimed.items()
        if skill in found.skills and found.skills[skill].evidence
    }
    groups = {"": list(pairs.values())}
    for skill, gap in sorted(pairs.items()):
        groups.setdefault(areas[skill], []).append(gap)
    return tuple(_summarise(area, gaps) for area, gaps in sorted(groups.items()) if len(gaps) >= FEWEST_PAIRS)


def _summarise(area: str, gaps: list[float]) -> OwnRatings:
    n = len(gaps)
    mean = sum(gaps) / n
    spread = math.sqrt(sum((gap - mean) ** 2 for gap in gaps) / (n - 1))
    half = Z * spread / math.sqrt(n)
    return OwnRatings(area, n, mean, mean - half, mean + half)
