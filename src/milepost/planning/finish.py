"""When the plan will be finished: a seeded simulation of the stated model of the year.

Source: method note, Hours. Durations are log-normal per activity (median p50, 90th
percentile p90), one pace factor is shared by all activities of a run, and weeks are
missed at random. The slack of 30 % of the stated hours is what absorbs it.
"""

import datetime as dt
from collections.abc import Sequence

import numpy as np

from milepost.model.activities import Hours
from milepost.model.plans import Finish, Week
from milepost.model.settings import Settings

Z90 = 1.2815515655446004
"""Standard normal quantile of 90 %."""


def simulate_finish(
    hours: Sequence[Hours], weeks: Sequence[Week], *, last_end: dt.date, seed: int, settings: Settings
) -> Finish:
    """The days by which half, 80 % and 95 % of the simulated years are finished.

    ``hours`` are those of the planned activities. The stated hours of every working week
    are available unless the week is missed; work that is left when the plan ends goes on
    in further weeks of the same hours. No run ends before the plan itself. Without any
    week the plan is over: every day is its last.
    """
    if not weeks:
        return Finish(last_end, last_end, last_end, 0, seed, ("no week is left: the plan is over",))
    rng = np.random.default_rng(seed)
    work = _draw_work(hours, rng, settings=settings)
    stated = np.array([week.hours for week in weeks])
    horizon = 4 * len(weeks) + 26
    usual = float(stated.max()) if len(stated) else 0.0
    available = np.concatenate([stated, np.full(horizon - len(stated), usual)])
    missed = rng.random((settings.finish_runs, horizon)) < settings.missed_week
    reached = np.cumsum(np.where(missed, 0.0, available), axis=1) >= work[:, None]
    finished = np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, horizon)
    start = weeks[0].start
    days = [_day(start, float(np.quantile(finished, q)), last_end) for q in (0.5, 0.8, 0.95)]
    assumptions = (
        "durations are log-normal with the median and 90th percentile of each activity",
        f"one pace factor for the whole year, sd {settings.pace_sd:g} of its logarithm",
        f"{settings.missed_week:.0%} of the working weeks are missed",
        "the stated hours are available in all others; what is left runs on after the plan",
    )
    return Finish(days[0], days[1], days[2], settings.finish_runs, seed, assumptions)


def _draw_work(
    hours: Sequence[Hours], rng: np.random.Generator, *, settings: Settings
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    pace = np.exp(rng.normal(0.0, settings.pace_sd, settings.finish_runs))
    total = np.zeros(settings.finish_runs)
    for each in hours:
        sd = np.log(each.p90 / each.p50) / Z90
        total += each.p50 * np.exp(rng.normal(0.0, sd, settings.finish_runs))
    return pace * total


def _day(start: dt.date, week: float, last_end: dt.date) -> dt.date:
    end = start + dt.timedelta(weeks=int(np.ceil(week))) - dt.timedelta(days=1)
    return max(end, last_end)
