"""The learning curve that gaps and plans share: hours of practice ↔ level.

Source: method-practice 4.4 (individual learning is exponential, Heathcote, Brown and
Mewhort 2000): L(h) = 5 − (5 − L0)·e^(−h/τ). τ is an assumption in the settings table.
"""

import math

from milepost.model.settings import Settings
from milepost.model.skills import HIGHEST_LEVEL, HoursClass, Skill


def hours_to_climb(start: float, goal: float, *, tau: float, ceiling: float = 4.8) -> float:
    """Hours of practice from one level to another: τ ln((5 − a)/(5 − b)), b capped at 4.8.

    0 where the goal is not above the start.

    >>> [round(hours_to_climb(a, a + 1, tau=250)) for a in range(4)]
    [56, 72, 101, 173]
    """
    goal = min(goal, ceiling)
    if goal <= start:
        return 0.0
    return tau * math.log((HIGHEST_LEVEL - start) / (HIGHEST_LEVEL - goal))


def level_after(start: float, hours: float, *, tau: float) -> float:
    """The level that effective hours lead to; the inverse of ``hours_to_climb``.

    >>> round(level_after(1.0, hours_to_climb(1.0, 3.0, tau=100), tau=100), 9)
    3.0
    """
    return HIGHEST_LEVEL - (HIGHEST_LEVEL - start) * math.exp(-hours / tau)


def tau_of(skill: Skill, *, settings: Settings) -> float:
    """The hours constant τ of a skill's hours class."""
    return settings.tau(broad=skill.hours_class is HoursClass.BROAD)
