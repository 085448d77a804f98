"""How wide a gap is: the case study's 1–5, with a zero for a closed gap."""

import math

from milepost.model.settings import Settings


def severity(gap: float, *, settings: Settings | None = None) -> int:
    """0 for a closed gap (< .25 of a level), else ceil(gap) inside 1..5 (method note).

    >>> [severity(g) for g in (0.2, 0.25, 1.0, 1.2, 4.9)]
    [0, 1, 1, 2, 5]
    """
    settings = settings or Settings()
    if gap < settings.closed_gap:
        return 0
    # Why: a gap of 2.0000000001 is two levels and a rounding error, not three levels.
    return min(5, max(1, math.ceil(round(gap, 9))))


def expected_gap(mean: float, sd: float) -> float:
    """E[clip(g, 0, 5)] for a gap g ~ N(mean, sd²): what breaks ties between priorities.

    The closed form of method-assessment 2.6 without its added 1, with the upper end at 5.
    """
    if sd <= 0.0:
        return min(5.0, max(0.0, mean))
    low, high = -mean / sd, (5.0 - mean) / sd
    inside = mean * (_cdf(high) - _cdf(low)) - sd * (_pdf(high) - _pdf(low))
    return inside + 5.0 * (1.0 - _cdf(high))


def _cdf(x: float) -> float:
    return 0.5 * (1.0 + math.erf(x / math.sqrt(2.0)))


def _pdf(x: float) -> float:
    return math.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)
