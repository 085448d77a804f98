"""A plan small enough to count by hand: four activities of ten hours in eight weeks."""

import datetime as dt

from milepost.model.plans import Finish, Plan, PlannedActivity, Quarter, QuarterMilestone

START = dt.date(2027, 1, 4)


def day(week, weekday=0):
    """A day of the plan: weekday 0 is Monday."""
    return START + dt.timedelta(days=7 * (week - 1) + weekday)


def activity(id_, first, last, hours=10.0):
    return PlannedActivity(
        id=id_, activity=id_, title=f"Do {id_}", kind="project", hours=hours, start_week=first, end_week=last,
        start=day(first), end=day(last, 6), hours_per_week=hours / (last - first + 1), requires=(), gains=(),
        public=False, evidence=("a link",), practice_goal="a goal", feedback="a test", inside="", resource_name="",
        resource_url="", cost_usd=0.0, meets=(), why="",
    )  # fmt: skip


def make_plan() -> Plan:
    done = (activity("one", 1, 2), activity("two", 3, 4), activity("three", 5, 6), activity("four", 7, 8))
    milestone = QuarterMilestone("four", "Everything works", ("a link",), "If stuck, then ask", day(8, 6))
    quarter = Quarter(1, START, day(9, 6), "All", "a", 40.0, 56.0, milestone, done)
    finish = Finish(day(8), day(9), day(10), 10, 1, ())
    return Plan(
        "Mika", "ml-engineer", "outside", START, 9, 72.0, 50.0, 40.0, "optimal", 1.0, 1.0, 1.0, (quarter,), (),
        finish, {}, {}, 1,
    )  # fmt: skip
