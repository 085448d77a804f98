"""When the year will be finished, from the person's own pace; and how such forecasts did.

The model is that of ``planning.finish`` with the pace and the missed weeks of this person
(``progress.estimate_pace``): durations are log-normal, one pace factor is shared by all work
that is left, and weeks are missed at random.
"""

import datetime as dt
import math
from collections.abc import Sequence

import numpy as np

from milepost.model.activities import Hours
from milepost.model.plans import Finish, Plan
from milepost.model.progress import ForecastScore, Pace
from milepost.model.settings import Settings
from milepost.model.year import Forecast, StepKind, Year
from milepost.year.progress import estimate_pace

DAYS = 7
Z90 = 1.2815515655446004
"""Standard normal quantile of 90 %."""
Z80 = 0.8416212335729143
SHORTEST_LEFT = 0.2
"""Share of an activity that is started and not finished which still takes at least so much."""


def forecast_finish(
    plan: Plan, year: Year, *, today: dt.date, seed: int = 1, settings: Settings | None = None
) -> Finish:
    """The days by which half, 80 % and 95 % of the simulated rests of the year are finished.

    Left is every planned activity that was neither finished nor skipped, less what its
    sessions logged. A rest ends no sooner than today; what is finished altogether ended on the
    day of its last step. The stated hours are the plan's capacity a week.
    """
    settings = settings or Settings()
    pace = estimate_pace(plan, year, today=today, settings=settings)
    left = hours_left(plan, year, today=today)
    if not left:
        last = max((s.date for s in year.steps if s.date <= today), default=today)
        return Finish(last, last, last, 1, seed, ("everything planned is finished or was skipped",))
    rng = np.random.default_rng(seed)
    work = _draw_work(left, pace, rng, settings=settings)
    first = max(today, plan.start)
    horizon = 4 * plan.weeks + 52
    open_weeks = _open_weeks(plan, year, first, horizon)
    weekly = _usual_hours(plan)
    missed = rng.random((settings.finish_runs, horizon)) < pace.missed_week
    gained = np.where(missed, 0.0, weekly * open_weeks[None, :])
    reached = np.cumsum(gained, axis=1) >= work[:, None]
    ends = np.where(reached.any(axis=1), reached.argmax(axis=1) + 1, horizon)
    days = [
        first + dt.timedelta(days=int(np.ceil(np.quantile(ends, q))) * DAYS - 1) for q in (0.5, 0.8, 0.95)
    ]
    assumptions = (
        f"your pace: {pace.factor:.2f} × the planned hours, from {pace.finished} finished activities and the stated model",
        f"{pace.missed_week:.0%} of the weeks are missed, from {pace.weeks} weeks and the stated model",
        f"{weekly:.1f} hours a week as stated; days away and pauses have none",
        "durations are log-normal with the median and 90th percentile of each activity",
    )
    return Finish(days[0], days[1], days[2], settings.finish_runs, seed, assumptions)


def hours_left(plan: Plan, year: Year, *, today: dt.date) -> list[Hours]:
    """What every unfinished activity of the plan still takes; its 90th percentile is 1.6 × its median."""
    ended = {s.activity for s in year.steps if s.kind is not StepKind.STARTED and s.date <= today}
    logged: dict[str, float] = {}
    for session in year.sessions:
        if session.activity and session.date <= today:
            logged[session.activity] = logged.get(session.activity, 0.0) + session.minutes / 60
    found = []
    for activity in plan.activities:
        if activity.id not in ended:
            left = max(SHORTEST_LEFT * activity.hours, activity.hours - logged.get(activity.id, 0.0))
            found.append(Hours(left, 1.6 * left))
    return found


def _usual_hours(plan: Plan) -> float:
    """Stated hours of an ordinary week: those of all working weeks together over their number."""
    working = {week for a in plan.activities for week in range(a.start_week, a.end_week + 1)}
    return plan.stated_hours / max(len(working), 1) if working else 0.0


def _open_weeks(
    plan: Plan, year: Year, first: dt.date, horizon: int
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """1 for a week with work, 0 for one inside a pause, from ``first`` on; after the plan every week counts.

    A pause without an end is taken to end today: nobody knows better.
    """
    found = np.ones(horizon)
    working = {week for a in plan.activities for week in range(a.start_week, a.end_week + 1)}
    for index in range(horizon):
        monday = first + dt.timedelta(days=DAYS * index)
        week = (monday - plan.start).days // DAYS + 1
        if 1 <= week <= plan.weeks and week not in working:
            found[index] = 0.0
        if any(p.last is not None and p.first <= monday <= p.last for p in year.pauses):
            found[index] = 0.0
    return found


def _draw_work(
    left: Sequence[Hours], pace: Pace, rng: np.random.Generator, *, settings: Settings
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    factor = pace.factor * np.exp(rng.normal(0.0, pace.sd, settings.finish_runs))
    total = np.zeros(settings.finish_runs)
    for each in left:
        sd = math.log(each.p90 / each.p50) / Z90
        total += each.p50 * np.exp(rng.normal(0.0, sd, settings.finish_runs))
    return factor * total


def score_forecasts(forecasts: Sequence[Forecast], finished_on: dt.date) -> ForecastScore:
    """How often the truth came by the p50 and by the p80, and the mean log score of the forecasts made before it.

    The score is the log density of the truth, in days, under a normal distribution with the
    forecast's p50 as mean and (p80 − p50)/z₈₀ as standard deviation, at least half a day: higher is better.
    """
    made = [each for each in forecasts if each.date <= finished_on]
    if not made:
        return ForecastScore(0, 0.0, 0.0, 0.0)
    logs = []
    for each in made:
        sd = max(0.5, (each.p80 - each.p50).days / Z80)
        z = (finished_on - each.p50).days / sd
        logs.append(-0.5 * z * z - math.log(sd * math.sqrt(2 * math.pi)))
    n = len(made)
    return ForecastScore(
        n,
        sum(finished_on <= each.p50 for each in made) / n,
        sum(finished_on <= each.p80 for each in made) / n,
        sum(logs) / n,
    )
