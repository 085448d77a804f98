"""Whether a skill is distinctive of these advertisements, or common in all jobs of the field: a tag, never a score.

Source: Monroe, Colaresi and Quinn 2008; method-market 2.4.
"""

import math
from collections.abc import Iterable

from milepost.model.roles import DemandPack

WEIGHT = 50.0
"""a₀: pseudo-mentions of the background."""
CLEAR = 2.0
DISTINCTIVE, COMMON = "distinctive", "common everywhere"


def tag_skills(own: DemandPack, background: Iterable[DemandPack]) -> dict[str, str]:
    """A tag for skills with |z| above 2, by log odds with a Dirichlet prior.

    y counts advertisements that name the skill, n all mentions, so that long advertisements do
    not win. The background are other packs, pooled.
    """
    pooled: dict[str, float] = {}
    for pack in background:
        for skill, found in pack.skills.items():
            pooled[skill] = pooled.get(skill, 0.0) + found.ads
    mine = {skill: float(found.ads) for skill, found in own.skills.items()}
    n1, n2 = sum(mine.values()), sum(pooled.values())
    if not n1 or not n2:
        return {}
    return {
        skill: DISTINCTIVE if z > 0 else COMMON
        for skill in sorted({*mine, *pooled})
        if abs(z := _z(mine.get(skill, 0.0), n1, pooled.get(skill, 0.0), n2)) > CLEAR
    }


def _z(y1: float, n1: float, y2: float, n2: float) -> float:
    prior = WEIGHT * (y1 + y2) / (n1 + n2)
    own = math.log((y1 + prior) / (n1 + WEIGHT - y1 - prior))
    other = math.log((y2 + prior) / (n2 + WEIGHT - y2 - prior))
    return (own - other) / math.sqrt(1 / (y1 + prior) + 1 / (y2 + prior))
