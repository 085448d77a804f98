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
    # Why the two ends by name: there the bounds are exactly 0 and 1, and rounding would miss a band's edge.
    return 0.0 if hits <= 0 else max(0.0, centre - half), 1.0 if hits >= total else min(1.0, centre + half)


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


def impact_from_ads(
    skill: str,
    own: DemandPack,
    pack: DemandPack | None,
    *,
    adjustment: ImpactAdjustment | None = None,
    settings: Settings | None = None,
) -> Impact:
    """Impact of one skill from the person's own advertisements, shrunk toward the role's shipped pack.

    p = (k + m·π)/(N + m) with m pseudo-ads of the pack (0 without one) and π its share, held in
    [.005, .95]; the interval is Wilson's on the raw k of N, because shrinking toward another
    source makes an interval too narrow. Source: method-market 2.1 and 2.3.
    """
    settings = settings or Settings()
    total = float(own.companies)
    found = own.skills.get(skill)
    k = found.weighted_ads if found else 0.0
    strength = found.strength if found else settings.strength_prior
    prior, pseudo = _prior_share(skill, pack), settings.pack_pseudo_ads if pack and pack.companies else 0.0
    share = (k + pseudo * prior) / (total + pseudo) if total + pseudo else 0.0
    low, high = wilson_interval(k, total, z=settings.interval_z)
    # Why the two comparisons: the shrunk share may lie outside of the interval of the raw one.
    low, high = min(low, share), max(high, share)
    bands = [impact_band(value * strength, settings=settings) for value in (share, low, high)]
    measured = Impact(
        bands[0], bands[1], bands[2], share, low, high, strength, found.ads if found else 0, total, bands[0],
        _own_basis(own, k, pack, pseudo), _more_ads(own, bands, k, strength, settings=settings),
    )  # fmt: skip
    return _adjusted(measured, adjustment)


LEAST_PRIOR, MOST_PRIOR = 0.005, 0.95
"""Bounds of the pack's share as a prior (method-market 2.1)."""


def _prior_share(skill: str, pack: DemandPack | None) -> float:
    if pack is None or not pack.companies:
        return 0.0
    found = pack.skills.get(skill)
    return min(MOST_PRIOR, max(LEAST_PRIOR, (found.weighted_ads if found else 0.0) / pack.companies))


def _own_basis(own: DemandPack, k: float, pack: DemandPack | None, pseudo: float) -> str:
    raw = k / own.companies if own.companies else 0.0
    basis = f"data: {raw:.0%} of your {own.ads} ads, every company counted once"
    if pack is not None and pseudo:
        basis += f", with the role's pack ({pack.ads} ads to {pack.last_date}) as {pseudo:g} more"
    return basis


def _more_ads(own: DemandPack, bands: list[int], k: float, strength: float, *, settings: Settings) -> str:
    """Whether more advertisements would help, and about how many."""
    spread = bands[2] - bands[1] + 1
    if spread < settings.wide_bands:
        return ""
    share = k / own.companies if own.companies else 0.0
    for total in (15, 30, 60, 100, 200, 400):
        low, high = wilson_interval(share * total, total, z=settings.interval_z)
        ends = [impact_band(value * strength, settings=settings) for value in (low, high)]
        if total > own.companies and ends[1] - ends[0] + 1 < settings.wide_bands:
            needed = f"; about {total} would narrow it"
            break
    else:
        needed = ""
    few = f"only {own.ads} ads" if own.ads < settings.few_ads else f"{own.ads} ads"
    return f"more ads would help: {few} leave {spread} bands open{needed}"


def _unknown_impact() -> Impact:
    return Impact(3, 1, 5, 0.0, 0.0, 1.0, 0.0, 0, 0.0, 3, "assumption: no advertisements of this role", "")


def _adjusted(impact: Impact, adjustment: ImpactAdjustment | None) -> Impact:
    if adjustment is None or adjustment.adjust == 0:
        return impact
    moved = min(5, max(1, impact.measured + adjustment.adjust))
    note = f"moved from {impact.measured} to {moved} by you: {adjustment.reason}"
    return replace(impact, score=moved, note=f"{impact.note}; {note}" if impact.note else note)
