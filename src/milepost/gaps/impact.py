"""Career impact from 1 to 5: how often, and how strongly, advertisements ask for a skill.

Source: method-market 2.1. The interval is Wilson's on the raw company-weighted counts.
"""

import math
from bisect import bisect_right
from dataclasses import replace

from milepost.model.gaps import Impact
from milepost.model.people import ImpactAdjustment
from milepost.model.roles import DemandPack
from milepost.model.settings import Settings


def wilson_interval(hits: float, total: float, *, z: float = 1.645) -> tuple[float, float]:
    """Wilson interval of a share from (weighted) counts; (0, 1) where nothing was counted.

    Source: method-market 2.1.

    >>> tuple(round(x, 3) for x in wilson_interval(5, 15))
    (0.173, 0.545)
    """
    if total <= 0:
        return 0.0, 1.0
    share = hits / total
    centre = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(0.0, centre - half), min(1.0, centre + half)


def impact_band(demand: float, *, settings: Settings | None = None) -> int:
    """Impact 1–5 of a demand D = share × strength, cut at 3, 10, 25 and 50 %."""
    return 1 + bisect_right((settings or Settings()).impact_cuts, demand)


def impact_from_pack(
    skill: str,
    pack: DemandPack | None,
    *,
    adjustment: ImpactAdjustment | None = None,
    settings: Settings | None = None,
) -> Impact:
    """Impact of one skill from the role's shipped demand pack, with its 90 % Wilson interval.

    Without own advertisements the pack is the data, so nothing is shrunk toward anything
    (m = 0 in method-market 2.1). Own advertisements will enter here, with the pack as prior.
    """
    settings = settings or Settings()
    if pack is None or not pack.ads:
        return _adjusted(_unknown_impact(), adjustment)
    total = float(pack.companies)
    found = pack.skills.get(skill)
    weighted = found.weighted_ads if found else 0.0
    strength = found.strength if found else settings.strength_prior
    share = weighted / total
    low, high = wilson_interval(weighted, total, z=settings.interval_z)
    bands = [impact_band(value * strength, settings=settings) for value in (share, low, high)]
    note = ""
    if bands[2] - bands[1] + 1 >= settings.wide_bands:
        note = f"more ads would help: {pack.ads} ads leave {bands[2] - bands[1] + 1} bands open"
    measured = Impact(
        bands[0], bands[1], bands[2], share, low, high, strength, found.ads if found else 0, total,
        bands[0], f"data: {pack.source}, {pack.first_date} to {pack.last_date}", note,
    )  # fmt: skip
    return _adjusted(measured, adjustment)


def _unknown_impact() -> Impact:
    return Impact(3, 1, 5, 0.0, 0.0, 1.0, 0.0, 0, 0.0, 3, "assumption: no advertisements of this role", "")


def _adjusted(impact: Impact, adjustment: ImpactAdjustment | None) -> Impact:
    if adjustment is None or adjustment.adjust == 0:
        return impact
    moved = min(5, max(1, impact.measured + adjustment.adjust))
    note = f"moved from {impact.measured} to {moved} by you: {adjustment.reason}"
    return replace(impact, score=moved, note=f"{impact.note}; {note}" if impact.note else note)
