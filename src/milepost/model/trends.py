"""Demand over time: monthly counts, what they say on a day, and the verdict of the hype guard."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Month:
    """One month of one term: "YYYY-MM", the advertisements that name it, and all of them."""

    month: str
    naming: int
    ads: int


@dataclass(frozen=True, slots=True)
class MonthlyCounts:
    """One dated series: its months ("YYYY-MM"), the advertisements of each, and of those the ones that name a skill."""

    id: str
    source: str
    months: tuple[str, ...]
    ads: tuple[int, ...]
    skills: Mapping[str, tuple[int, ...]]

    def series(self, skill: str) -> tuple[Month, ...]:
        """One skill month by month; without any naming where it was never named."""
        naming = self.skills.get(skill, (0,) * len(self.months))
        return tuple(Month(*row) for row in zip(self.months, naming, self.ads, strict=True))


@dataclass(frozen=True, slots=True)
class Trend:
    """What monthly counts say about a term on a day; slope and z are None where there is too little.

    ``share`` is that of the last twelve months with its 90 % lower and upper bound, ``before`` that of
    the twelve before. ``slope`` is in logits a year over 24 months, ``z`` its size in standard errors,
    over-dispersion taken in. ``peak_ratio`` is the share of the last six months over the highest six ever.
    """

    as_of: str
    months: int
    ads: int
    naming: int
    share: float
    low: float
    high: float
    before: float | None
    slope: float | None
    z: float | None
    peak_ratio: float | None


@dataclass(frozen=True, slots=True)
class Attention:
    """How much a topic is talked about: its share of the last twelve months, and the growth on the twelve before.

    ``growth`` is None where there was nothing before; ``last_month`` is the last one that is known.
    """

    share: float
    growth: float | None
    last_month: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """One of adopt, trial, watch, hold, ignore, with the trend that it follows from and the reason in words."""

    term: str
    verdict: str
    trend: Trend
    why: str
