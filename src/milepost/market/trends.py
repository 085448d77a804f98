"""Demand over time, and the hype guard: adopt, trial, watch, hold or ignore, from monthly counts alone.

Source: method-market 3. A verdict as of a day uses no count of a later month.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from milepost.gaps.impact import wilson_interval
from milepost.model.settings import Settings
from milepost.model.trends import Attention, Month, MonthlyCounts, Trend, Verdict

ADOPT, TRIAL, WATCH, HOLD, IGNORE = "adopt", "trial", "watch", "hold", "ignore"
VERDICTS = (ADOPT, TRIAL, WATCH, HOLD, IGNORE)
YEAR = 12
TREND_MONTHS = 24
PEAK_MONTHS = 6
PEAK_ADS = 60
"""Ads of six months that can make a peak: the first months of a role hold a handful, and chance makes peaks of them."""
SOFT_K, SOFT_N = 0.1, 0.2
"""Added to every month's counts so that a month without a hit has a logit (method-market 3.2)."""
ROUNDS = 50
SETTLED = 1e-10


def measure_trend(series: Sequence[Month], *, as_of: str, settings: Settings | None = None) -> Trend:
    """The trend of a term from the months up to ``as_of`` ("YYYY-MM"), in any order."""
    settings = settings or Settings()
    known = sorted((m for m in series if m.month <= as_of and m.ads > 0), key=lambda m: m.month)
    year, prior = known[-YEAR:], known[-2 * YEAR : -YEAR]
    ads, naming = sum(m.ads for m in year), sum(m.naming for m in year)
    low, high = wilson_interval(naming, ads, z=settings.interval_z)
    enough = len(known) >= settings.trend_months and sum(m.ads for m in known) >= settings.trend_ads
    slope, z = fit_trend(known[-TREND_MONTHS:]) if enough else (None, None)
    return Trend(
        as_of=as_of,
        months=len(known),
        ads=ads,
        naming=naming,
        share=naming / ads if ads else 0.0,
        low=low if ads else 0.0,
        high=high,
        before=_share(prior) if prior else None,
        slope=slope,
        z=z,
        peak_ratio=_peak_ratio(known),
    )


def fit_trend(months: Sequence[Month]) -> tuple[float, float]:
    """Slope b a year of logit p = a + b·t and its z = b/(se·√φ), by iteratively reweighted least squares.

    φ = max(1, Pearson χ²/(n − 2)): months differ by more than chance (quasi-binomial).
    """
    t = [index / YEAR for index in range(len(months))]
    k = [m.naming + SOFT_K for m in months]
    n = [m.ads + SOFT_N for m in months]
    a, b = math.log(sum(k) / (sum(n) - sum(k))) if sum(k) < sum(n) else 5.0, 0.0
    for _ in range(ROUNDS):
        p = [1 / (1 + math.exp(-(a + b * x))) for x in t]
        w = [ni * pi * (1 - pi) for ni, pi in zip(n, p, strict=True)]
        r = [ki - ni * pi for ki, ni, pi in zip(k, n, p, strict=True)]
        s0, s1 = sum(w), sum(wi * x for wi, x in zip(w, t, strict=True))
        s2 = sum(wi * x * x for wi, x in zip(w, t, strict=True))
        g0, g1 = sum(r), sum(ri * x for ri, x in zip(r, t, strict=True))
        det = s0 * s2 - s1 * s1
        if det <= 0:
            return 0.0, 0.0
        step_a, step_b = (s2 * g0 - s1 * g1) / det, (s0 * g1 - s1 * g0) / det
        a, b = a + max(-2.0, min(2.0, step_a)), b + max(-2.0, min(2.0, step_b))
        if abs(step_a) + abs(step_b) < SETTLED:
            break
    p = [1 / (1 + math.exp(-(a + b * x))) for x in t]
    w = [ni * pi * (1 - pi) for ni, pi in zip(n, p, strict=True)]
    chi2 = sum((ki - ni * pi) ** 2 / wi for ki, ni, pi, wi in zip(k, n, p, w, strict=True))
    s0, s1 = sum(w), sum(wi * x for wi, x in zip(w, t, strict=True))
    s2 = sum(wi * x * x for wi, x in zip(w, t, strict=True))
    phi = max(1.0, chi2 / max(1, len(months) - 2))
    return b, b / math.sqrt(s0 / (s0 * s2 - s1 * s1) * phi)


def _share(months: Sequence[Month]) -> float:
    ads = sum(m.ads for m in months)
    return sum(m.naming for m in months) / ads if ads else 0.0


def _peak_ratio(known: Sequence[Month]) -> float | None:
    """Share of the last six months over the highest rolling six with enough ads; None before six months or without
    any hit."""
    if len(known) < PEAK_MONTHS:
        return None
    rolling = [known[end - PEAK_MONTHS : end] for end in range(PEAK_MONTHS, len(known) + 1)]
    now = _share(rolling[-1])
    highest = max([now, *(_share(six) for six in rolling if sum(m.ads for m in six) >= PEAK_ADS)])
    return now / highest if highest > 0 else None


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Shares from which a term is adopted (A), tried (T) and noticed (M)."""

    adopt: float
    trial: float
    notice: float


def thresholds(settings: Settings, *, in_role: bool) -> Thresholds:
    """Those of the whole market, or the higher ones inside one role."""
    if in_role:
        return Thresholds(settings.role_adopt, settings.role_trial, settings.role_notice)
    return Thresholds(settings.market_adopt, settings.market_trial, settings.market_notice)


def declines(trend: Trend) -> bool:
    """(peak ratio < .6 and b < 0) or (z < −2 and b < −.10)."""
    if trend.slope is None or trend.z is None:
        return False
    fallen = trend.peak_ratio is not None and trend.peak_ratio < 0.6 and trend.slope < 0
    return fallen or (trend.z < -2 and trend.slope < -0.10)


def judge(
    term: str,
    trend: Trend,
    *,
    in_role: bool = False,
    lift: float | None = None,
    replaced: bool = False,
    settings: Settings | None = None,
) -> Verdict:
    """The verdict on a term (hype guard v2 of method-market 3.3).

    ``lift`` is the upper bound of its share in a role's ads over the background share: below 1 nothing
    rises above watch (the role gate). ``replaced`` says that a newer term took over its place: what
    would be adopted or tried is held then. Without a trend (too few months or ads) nothing rises above watch.
    """
    settings = settings or Settings()
    verdict, why = _rule(trend, thresholds(settings, in_role=in_role))
    if trend.slope is None and verdict in (ADOPT, TRIAL, HOLD):
        verdict = WATCH
        why = f"too little for a trend ({trend.months} months, {trend.ads} ads in the last twelve); {why}"
    if replaced and verdict in (ADOPT, TRIAL):
        verdict, why = HOLD, f"a successor has outgrown it; {why}"
    if lift is not None and lift < 1 and verdict in (ADOPT, TRIAL):
        verdict, why = WATCH, f"asked for less in this role than elsewhere; {why}"
    return Verdict(term, verdict, trend, why)


def _rule(trend: Trend, cut: Thresholds) -> tuple[str, str]:
    z = trend.z if trend.z is not None else 0.0
    shown = f"{trend.share:.1%} of the ads of the last twelve months (at least {trend.low:.1%})"
    if trend.low >= cut.trial and declines(trend):
        return HOLD, f"{shown}, but falling"
    if trend.low >= cut.adopt:
        if (trend.before or 0.0) >= cut.adopt / 2:
            return ADOPT, f"{shown}, and {trend.before:.1%} the year before"
        return TRIAL, f"{shown}, new on this level"
    if trend.low >= cut.trial:
        return (TRIAL, f"{shown}, and rising") if z > 1.5 else (WATCH, f"{shown}, not rising")
    if trend.share >= cut.notice and z > 1.5:
        return WATCH, f"{shown}: little yet, but rising"
    return IGNORE, f"{shown}: too little"


def role_lift(role: Trend, background: Trend) -> float | None:
    """Upper bound of a term's share in a role over its share elsewhere; None without a background."""
    return role.high / background.share if background.share > 0 else None


def is_replaced(
    term: Sequence[Month], successor: Sequence[Month], *, as_of: str, settings: Settings | None = None
) -> bool:
    """Whether a successor's share of the last twelve months has passed that of the term, which has stopped rising."""
    old = measure_trend(term, as_of=as_of, settings=settings)
    new = measure_trend(successor, as_of=as_of, settings=settings)
    return new.share > old.share > 0 and (old.slope is None or old.slope <= 0)


def measure_attention(counts: MonthlyCounts, skill: str, *, as_of: str) -> Attention | None:
    """The attention that a skill had up to a month; None where it is not counted, or for less than two years."""
    known = [month for month in counts.series(skill) if month.month <= as_of and month.ads]
    if skill not in counts.skills or len(known) < 2 * YEAR or not _is_near(known[-1].month, as_of):
        return None
    share, before = _share(known[-YEAR:]), _share(known[-2 * YEAR : -YEAR])
    return Attention(share, share / before - 1 if before else None, known[-1].month)


def _is_near(month: str, as_of: str) -> bool:
    """Whether a month lies at most a year before another."""
    year, number = int(as_of[:4]), int(as_of[5:7])
    return YEAR * (year - int(month[:4])) + number - int(month[5:7]) <= YEAR


def with_attention(verdict: Verdict, *, growth: float, share: float) -> Verdict:
    """Attention (repositories, talk) can open a watch, never more: growing ≥ 35 % a year and above three times the demand."""
    if verdict.verdict == IGNORE and growth >= 0.35 and share > 3 * verdict.trend.share:
        return replace(verdict, verdict=WATCH, why=f"talked about far more than hired for; {verdict.why}")
    return verdict
