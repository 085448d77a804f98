"""What one more skill would open: how many more of my advertisements I would pass.

Source: method-market 2.6. Threshold and width of the pass are settings: assumptions, until a
person's own applications say better.
"""

import math
from collections.abc import Mapping, Sequence

from milepost.model.settings import Settings

MOST_STEPS = 5


def coverage(weights: Mapping[str, float], held: Mapping[str, float]) -> float:
    """cov_a = Σ w·t / Σ w over the skills of one advertisement; t in 0..1 is what I hold of each."""
    total = sum(weights.values())
    return sum(weight * held.get(skill, 0.0) for skill, weight in weights.items()) / total if total else 0.0


def pass_chance(covered: float, *, settings: Settings) -> float:
    """q = 1/(1 + exp(−(cov − threshold)/width))."""
    return 1.0 / (1.0 + math.exp(-(covered - settings.pass_coverage) / settings.pass_width))


def measure_unlock(
    ads: Sequence[Mapping[str, float]], held: Mapping[str, float], *, settings: Settings | None = None
) -> dict[str, float]:
    """unlock_s = mean over ads of q with the skill fully held, less q as it is now: a share of my ads, by skill."""
    settings = settings or Settings()
    if not ads:
        return {}
    gained: dict[str, float] = {}
    for weights in ads:
        total = sum(weights.values())
        covered = coverage(weights, held)
        now = pass_chance(covered, settings=settings)
        for skill, weight in weights.items():
            more = covered + weight * (1.0 - held.get(skill, 0.0)) / total if total else covered
            gained[skill] = gained.get(skill, 0.0) + pass_chance(more, settings=settings) - now
    return {skill: value / len(ads) for skill, value in sorted(gained.items())}


def choose_unlocks(
    ads: Sequence[Mapping[str, float]], held: Mapping[str, float], *, settings: Settings | None = None
) -> tuple[tuple[str, float], ...]:
    """The set that opens most, one after the other, each worked out again after the one before."""
    settings = settings or Settings()
    now = dict(held)
    chosen: list[tuple[str, float]] = []
    for _ in range(MOST_STEPS):
        values = {
            s: v for s, v in measure_unlock(ads, now, settings=settings).items() if now.get(s, 0.0) < 1.0
        }
        if not values:
            break
        best = min(values, key=lambda skill: (-values[skill], skill))
        if values[best] <= 0:
            break
        chosen.append((best, values[best]))
        now[best] = 1.0
    return tuple(chosen)
