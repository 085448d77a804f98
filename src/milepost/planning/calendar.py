"""Weeks and quarters: when there is time, and how much of it."""

import datetime as dt
from collections.abc import Sequence

from milepost.model.people import Capacity
from milepost.model.plans import Week
from milepost.model.settings import Settings

DAYS_IN_WEEK = 7


def quarter_lengths(weeks: int, *, settings: Settings) -> tuple[int, ...]:
    """Thirteen-week quarters; a rest shorter than six weeks lengthens the last one.

    >>> quarter_lengths(52, settings=Settings()), quarter_lengths(30, settings=Settings())
    ((13, 13, 13, 13), (13, 17))
    """
    whole, rest = divmod(weeks, settings.quarter_weeks)
    lengths = [settings.quarter_weeks] * whole
    if rest >= settings.shortest_quarter or not lengths:
        lengths.append(rest)
    elif rest:
        lengths[-1] += rest
    return tuple(lengths)


def lengths_after(old: Sequence[int], weeks: int, *, settings: Settings) -> tuple[int, ...]:
    """Quarters of a plan that takes over from one with ``old`` quarters, from the same start.

    Of a longer plan the old quarters stay and new ones follow; weeks too few for a quarter of
    their own lengthen the last one. Without an old plan, and for a shorter one, the usual rule.

    >>> lengths_after((13, 17), 52, settings=Settings()), lengths_after((13, 17), 32, settings=Settings())
    ((13, 17, 13, 9), (13, 19))
    """
    more = weeks - sum(old)
    if not old or more < 0:
        return quarter_lengths(weeks, settings=settings)
    if more < settings.shortest_quarter:
        return (*old[:-1], old[-1] + more)
    return (*old, *quarter_lengths(more, settings=settings))


def lay_out_weeks(
    start: dt.date, weeks: int, capacity: Capacity, *, settings: Settings, old: Sequence[int] = ()
) -> tuple[Week, ...]:
    """Every week of the horizon with the hours stated for it.

    The last week of each quarter is for review; days away take their share of the week.
    ``old`` are the lengths of the quarters of the plan that this one takes over from.
    """
    laid_out: list[Week] = []
    for quarter, length in enumerate(lengths_after(old, weeks, settings=settings), start=1):
        for position in range(1, length + 1):
            first = start + dt.timedelta(weeks=len(laid_out))
            away = days_away(first, capacity)
            review = position == length and length > 1
            share = (DAYS_IN_WEEK - away) / DAYS_IN_WEEK
            hours = 0.0 if review else capacity.hours_per_week * share
            laid_out.append(Week(len(laid_out) + 1, first, quarter, hours, review, away))
    return tuple(laid_out)


def days_away(first: dt.date, capacity: Capacity) -> int:
    """Days of the week starting on ``first`` that fall into a time away."""
    days = (first + dt.timedelta(days=offset) for offset in range(DAYS_IN_WEEK))
    return sum(any(away.first <= day <= away.last for away in capacity.away) for day in days)


def plan_hours(weeks: Sequence[Week], *, settings: Settings) -> float:
    """Hours that a plan may fill: 70 % of the stated hours of the working weeks."""
    return settings.plan_load * sum(week.hours for week in weeks)
