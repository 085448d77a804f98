"""The focus of three to five, and how stable it is under what is not known."""

from collections.abc import Sequence

import numpy as np

from milepost.model.gaps import Gap
from milepost.model.levels import FloatArray, Levels
from milepost.model.settings import Settings


def focus_size(priorities: Sequence[int], *, settings: Settings) -> int:
    """The k in 3..5 with the largest drop from place k to k + 1; equal drops → smaller k.

    ``priorities`` are those of open gaps in descending order.

    >>> focus_size([20, 16, 15, 15, 4, 3], settings=Settings())
    4
    """
    if len(priorities) <= settings.focus_fewest:
        return len(priorities)
    padded = [*priorities, 0]
    sizes = range(settings.focus_fewest, min(settings.focus_most, len(priorities)) + 1)
    return max(sizes, key=lambda k: (padded[k - 1] - padded[k], -k))


def choose_focus(
    ranked: Sequence[Gap], *, hours_available: float | None, settings: Settings
) -> tuple[tuple[str, ...], str]:
    """The focus, cut to what the hours allow but never below three, and a note where they are short."""
    still_open = [gap for gap in ranked if gap.severity]
    size = focus_size([gap.priority for gap in still_open], settings=settings)
    wanted = sum(gap.hours for gap in still_open[:size])
    if hours_available is None or wanted <= hours_available:
        return tuple(gap.skill for gap in still_open[:size]), ""
    fewest = min(size, settings.focus_fewest)
    while size > fewest and sum(gap.hours for gap in still_open[:size]) > hours_available:
        size -= 1
    note = (
        f"{hours_available:.0f} plan hours a year do not carry the whole focus to its targets ({wanted:.0f} h); "
        "the plan goes as far as they reach"
    )
    return tuple(gap.skill for gap in still_open[:size]), note


def focus_stability(
    ranked: Sequence[Gap], focus: Sequence[str], levels: Levels, *, seed: int, settings: Settings
) -> dict[str, float]:
    """Share of joint draws of levels and impacts in which each skill is in the focus.

    Levels are drawn from the joint posterior, the share of advertisements from its Jeffreys
    posterior Beta(k + .5, n − k + .5); ties are broken by drawn gap × impact, then by rank.
    Each draw keeps the focus as long as it is now; without any draw nothing is known, and it is 0. Source: method note, settled point 7.
    """
    if not focus or not settings.stability_draws:
        return {gap.skill: 0.0 for gap in ranked}
    # Why sorted: the same draws must meet the same skills whatever the order of the input.
    gaps = sorted(ranked, key=lambda gap: gap.skill)
    rng = np.random.default_rng(seed)
    drawn = _draw_gaps(gaps, levels, rng, settings=settings)
    impacts = _draw_impacts(gaps, rng, settings=settings)
    severities = np.where(drawn < settings.closed_gap, 0.0, np.clip(np.ceil(drawn), 1, 5))
    scores = severities * impacts + 1e-3 * drawn * impacts
    order = np.argsort(-scores, axis=1, kind="stable")[:, : len(focus)]
    chosen = np.zeros_like(scores, dtype=bool)
    np.put_along_axis(chosen, order, values=True, axis=1)
    chosen &= severities > 0
    return {gap.skill: float(chosen[:, index].mean()) for index, gap in enumerate(gaps)}


def _draw_gaps(
    gaps: Sequence[Gap], levels: Levels, rng: np.random.Generator, *, settings: Settings
) -> FloatArray:
    place = {skill: index for index, skill in enumerate(levels.order)}
    index = [place[gap.skill] for gap in gaps]
    covariance = levels.covariance[np.ix_(index, index)]
    # Why Cholesky and rounding: alike skills make eigenvectors arbitrary, and the last digits of a
    # covariance depend on the order of the evidence; the draws must depend on neither.
    root = np.linalg.cholesky(np.round(covariance, 9) + 1e-9 * np.eye(len(gaps)))
    noise = rng.standard_normal((settings.stability_draws, len(gaps)))
    drawn = np.clip(np.round(levels.mean[index], 9) + noise @ root.T, 0.0, 5.0)
    result: FloatArray = np.maximum(0.0, np.array([gap.target for gap in gaps]) - drawn)
    return result


def _draw_impacts(gaps: Sequence[Gap], rng: np.random.Generator, *, settings: Settings) -> FloatArray:
    """Impacts 1–5 per draw and skill, with the person's own adjustment kept."""
    columns = []
    for gap in gaps:
        impact = gap.impact
        uniform = rng.random(settings.stability_draws)
        if impact.companies:
            hits = impact.share * impact.companies
            shares = rng.beta(hits + 0.5, impact.companies - hits + 0.5, settings.stability_draws)
            bands = 1 + np.searchsorted(settings.impact_cuts, shares * impact.strength, side="right")
        else:
            bands = np.floor(impact.low + uniform * (impact.high - impact.low + 1))
        columns.append(np.clip(bands + (impact.score - impact.measured), 1, 5))
    return np.column_stack(columns).astype(np.float64)
