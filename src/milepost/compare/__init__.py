"""Several people side by side: their plans, or the years that they recorded."""

from milepost.compare.advantage import measure_leverage
from milepost.compare.planned import (
    Planned,
    biggest_gap,
    closed_share,
    compare_plans,
    covered_share,
    most_valuable,
    starting_advantage,
)
from milepost.compare.recorded import Recorded, person_on, year_bounds
from milepost.compare.years import compare_years

__all__ = [
    "Planned",
    "Recorded",
    "biggest_gap",
    "closed_share",
    "compare_plans",
    "compare_years",
    "covered_share",
    "measure_leverage",
    "most_valuable",
    "person_on",
    "starting_advantage",
    "year_bounds",
]
