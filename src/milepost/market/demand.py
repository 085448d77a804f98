"""How often the advertisements of a role ask for each skill, every company counted once."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from milepost.market.ads import Ad, company_key
from milepost.model.roles import Demand, DemandPack
from milepost.model.settings import Settings


def measure_demand(
    role: str,
    ads: Sequence[Ad],
    weights: Mapping[tuple[str, str], Mapping[str, float]],
    *,
    source: str,
    settings: Settings | None = None,
) -> DemandPack:
    """The counts of a role from its distinct advertisements and their skill weights w_as by source and id.

    Source: method-market 2.1. Company weight c_a = 1/(ads of that company), so N = Σ c_a is the number of
    companies; y_as = 1 where w_as > 0; k_s = Σ c_a y_as; r_s = (Σ c_a w_as + 2·0.75)/(k_s + 2).
    ``weighted_ads`` is k_s, ``strength`` is r_s. The order of the advertisements does not matter.
    """
    settings = settings or Settings()
    sizes = Counter(company_key(ad) for ad in ads)
    naming: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for ad in ads:
        for skill, weight in weights[ad.source, ad.id].items():
            naming[skill].append((company_key(ad), weight))
    dates = sorted(ad.date for ad in ads if ad.date)
    return DemandPack(
        role=role,
        ads=len(ads),
        companies=len(sizes),
        first_date=dates[0] if dates else "",
        last_date=dates[-1] if dates else "",
        source=source,
        skills={skill: _demand(naming[skill], sizes, settings=settings) for skill in sorted(naming)},
    )


def _demand(naming: Sequence[tuple[str, float]], sizes: Mapping[str, int], *, settings: Settings) -> Demand:
    rows = sorted(naming)
    prior = settings.strength_pseudo_ads
    k = sum(1 / sizes[company] for company, _ in rows)
    strong = sum(weight / sizes[company] for company, weight in rows)
    return Demand(
        ads=len(rows),
        companies=len({company for company, _ in rows}),
        weighted_ads=round(k, 2),
        strength=round((strong + prior * settings.strength_prior) / (k + prior), 3),
    )
