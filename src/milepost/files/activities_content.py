"""The activities of the content folder."""

from collections.abc import Mapping

from milepost.files.shelf import Shelf
from milepost.files.tables import Table, number
from milepost.model.activities import (
    LEARNING_KINDS,
    Activity,
    ActivityKind,
    Gain,
    Hours,
    Milestone,
    Practice,
    Resource,
)

ACTIVITY_KEYS = (
    "id",
    "title",
    "kind",
    "hours",
    "requires",
    "gains",
    "practice",
    "evidence",
    "milestone",
    "public",
    "meets",
    "times",
    "min_weeks",
    "needs_employer",
    "cost_usd",
    "resource",
    "reviewed",
    "inside",
)
NEEDED = ("title", "kind", "hours", "gains", "practice", "evidence", "reviewed")
MOST_SHARES = 1.5
FEWEST_HOURS, MOST_HOURS = 2.0, 40.0
LEAST_SPREAD, MOST_SPREAD = 1.3, 3.0
IN_EARNEST = frozenset(
    {ActivityKind.ON_THE_JOB, ActivityKind.LEADERSHIP, ActivityKind.MENTORING, ActivityKind.CONTRIBUTION}
)
_ROUNDING = 1e-9


def read_activities(shelf: Shelf) -> Mapping[str, Activity]:
    """The activities of all files of ``activities/``."""
    found: dict[str, Activity] = {}
    for file in shelf.folder("activities", ("activities",)):
        for row in file.table.tables("activities", ACTIVITY_KEYS):
            activity = _activity(shelf, row)
            found[activity.id] = activity
    return found


def highest_level(kind: ActivityKind) -> float:
    """The level above which an activity of a kind does not lift a skill (docs/content.md)."""
    if kind in LEARNING_KINDS:
        return 3.0
    return 4.5 if kind in IN_EARNEST else 4.0


def _activity(shelf: Shelf, row: Table) -> Activity:
    row.need(*NEEDED)
    kind = row.choice("kind", ActivityKind) or ActivityKind.LEADERSHIP
    levels = _levels(row)
    row.day("reviewed")
    return Activity(
        id=shelf.define("activity", row),
        title=row.text("title"),
        kind=kind,
        hours=_hours(row),
        gains=_gains(row, kind, levels),
        practice=_practice(row),
        evidence=_evidence(row),
        reviewed=row.text("reviewed"),
        requires=_requires(row),
        requires_levels=levels,
        public=row.flag("public"),
        milestone=_milestone(row),
        needs_employer=row.flag("needs_employer"),
        meets=row.names("meets", "route need"),
        times=row.whole("times", 1, 20) or 1,
        min_weeks=row.whole("min_weeks", 1, 52) or 1,
        cost_usd=row.number("cost_usd", 0, 20_000) or 0.0,
        resource=_resource(row),
        inside=row.text("inside"),
    )


def _hours(row: Table) -> Hours:
    hours = row.table("hours", ("p50", "p90"))
    if hours is None:
        return Hours(FEWEST_HOURS, FEWEST_HOURS)
    hours.need("p50", "p90")
    p50 = hours.number("p50", FEWEST_HOURS, MOST_HOURS, unit=" hours; split what is longer")
    p90 = hours.number("p90", 0, MOST_HOURS * MOST_SPREAD, unit=" hours")
    if p50 and p90 and not LEAST_SPREAD - _ROUNDING <= p90 / p50 <= MOST_SPREAD + _ROUNDING:
        hint = f"Write a p90 from {p50 * LEAST_SPREAD:g} to {p50 * MOST_SPREAD:g}."
        hours.fault("p90", f"p90 is {p90 / p50:.2f} times p50", hint)
    return Hours(p50 or FEWEST_HOURS, p90 or FEWEST_HOURS)


def _requires(row: Table) -> tuple[str, ...]:
    requires = row.table("requires", ("activities", "levels"))
    return () if requires is None else requires.names("activities", "activity")


def _levels(row: Table) -> dict[str, float]:
    requires = row.table("requires", ("activities", "levels"))
    if requires is None:
        return {}
    found: dict[str, float] = {}
    for skill, field, node in requires.pairs("levels"):
        row.faults.mention("skill", skill, node.key, field)
        found[skill] = number(row.faults, node, field, 0.5, 3.5) or 0.0
    return found


def _gains(row: Table, kind: ActivityKind, levels: Mapping[str, float]) -> tuple[Gain, ...]:
    gains = tuple(_gain(gain, kind, levels) for gain in row.tables("gains", ("skill", "share", "up_to")))
    shares = sum(gain.share for gain in gains)
    if shares > MOST_SHARES + _ROUNDING:
        row.fault("gains", f"the shares sum to {shares:g}", f"Bring the sum down to {MOST_SHARES:g} or less.")
    if "gains" in row.entries and not gains and "meets" not in row.entries:
        row.fault("gains", "the activity practises nothing and meets no route need", "Add a gain.")
    if len({gain.skill for gain in gains}) < len(gains):
        row.fault("gains", "a skill is named twice", "Keep one gain for each skill.")
    return gains


def _gain(row: Table, kind: ActivityKind, levels: Mapping[str, float]) -> Gain:
    row.need("skill", "share", "up_to")
    skill = row.name("skill", "skill")
    share = row.number("share", 0, 1)
    if share == 0:
        row.fault("share", "a share of 0 practises nothing", "Remove the gain, or write its share.")
    up_to = row.number("up_to", 0.5, highest_level(kind), unit=f" (the most for {kind})")
    if up_to is not None and levels.get(skill, 0.0) >= up_to:
        hint = "Require less, or lift further."
        row.fault(
            "up_to", f"{skill} has to be at {levels[skill]:g} already and is lifted to {up_to:g} only", hint
        )
    return Gain(skill, share or 0.0, up_to or 0.0)


def _practice(row: Table) -> Practice:
    practice = row.table("practice", ("goal", "feedback"))
    if practice is None:
        return Practice("", "")
    practice.need("goal", "feedback")
    return Practice(practice.text("goal"), practice.text("feedback"))


def _evidence(row: Table) -> tuple[str, ...]:
    evidence = row.texts("evidence")
    if "evidence" in row.entries and row.entries["evidence"].value == []:
        row.fault(
            "evidence", "nothing shows that the activity is done", "Name at least one piece of evidence."
        )
    return evidence


def _milestone(row: Table) -> Milestone | None:
    milestone = row.table("milestone", ("title", "if_then"))
    if milestone is None:
        return None
    milestone.need("title", "if_then")
    return Milestone(milestone.text("title"), milestone.text("if_then"))


def _resource(row: Table) -> Resource | None:
    resource = row.table("resource", ("name", "url"))
    if resource is None:
        return None
    resource.need("name", "url")
    return Resource(resource.text("name"), resource.address("url"))
