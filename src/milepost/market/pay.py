"""What advertisements that name a skill say they pay: shown where there are enough, never scored."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from milepost.market.ads import Ad
from milepost.model.settings import Settings


@dataclass(frozen=True, slots=True)
class PaidSkill:
    """The median of the middles of the pay ranges, in one currency and period."""

    skill: str
    ads: int
    median: float
    currency: str
    period: str


def measure_pay(
    ads: Sequence[Ad],
    weights: Mapping[tuple[str, str], Mapping[str, float]],
    *,
    settings: Settings | None = None,
) -> tuple[PaidSkill, ...]:
    """Pay by skill where at least ``paid_ads`` advertisements of one currency and period name it.

    Why so many: true premia are within about ±5 %, and titles decide far more (method-market 2.5).
    """
    settings = settings or Settings()
    middles: dict[tuple[str, str, str], list[float]] = defaultdict(list)
    for ad in ads:
        if ad.pay is not None and ad.pay.currency:
            for skill in weights[ad.source, ad.id]:
                middles[skill, ad.pay.currency, ad.pay.period].append((ad.pay.low + ad.pay.high) / 2)
    return tuple(
        PaidSkill(skill, len(values), median(values), currency, period)
        for (skill, currency, period), values in sorted(middles.items())
        if len(values) >= settings.paid_ads
    )
