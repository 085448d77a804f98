"""When a move was made: the day the work began and the day of the title, each in months from the start."""

import datetime as dt

from milepost.compare.hours import quarter_of
from milepost.compare.recorded import Recorded
from milepost.model.comparison import Move
from milepost.model.year import Outcome

DAYS_PER_MONTH = 30.4375


def find_move(year: Recorded) -> Move | None:
    """The first outcome with a date; without any date the first outcome; None where there is none.

    Two dates are kept and never merged: the work may begin months before the title.
    """
    outcomes = year.person.outcomes
    if not outcomes:
        return None
    dated = [outcome for outcome in outcomes if outcome.functional_start or outcome.formal_date]
    outcome = min(dated, key=_first_day, default=outcomes[0])
    target = year.person.target
    route = outcome.route or (target.route if target else None)
    formal = outcome.formal_date
    return Move(
        kind=outcome.kind,
        route=route.value if route else "",
        role=outcome.role,
        functional_start=outcome.functional_start,
        formal_date=formal,
        months_functional=_months(year.start, outcome.functional_start),
        months_formal=_months(year.start, formal),
        planned_quarter=outcome.planned_quarter,
        formal_quarter=quarter_of(year, formal) if formal else None,
    )


def _first_day(outcome: Outcome) -> dt.date:
    return min(day for day in (outcome.functional_start, outcome.formal_date) if day is not None)


def _months(start: dt.date, day: dt.date | None) -> float | None:
    """Months of 30.4375 days, negative for a day before the start."""
    return None if day is None else (day - start).days / DAYS_PER_MONTH
