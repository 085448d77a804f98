"""What became of every activity of an old plan, in words: kept, moved, dropped or added."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from milepost.model.activities import round_of
from milepost.model.plans import Plan, PlannedActivity
from milepost.model.replans import Change, Standing, Weeks
from milepost.model.roles import Route
from milepost.planning.brief import Brief
from milepost.planning.problem import Candidate, Problem

Row = tuple[int, PlannedActivity]
"""A planned activity with the number of its quarter."""

LEAST_VALUE = 0.01
"""Impact-weighted levels below which an activity is called worth nothing."""


@dataclass(frozen=True)
class Comparison:
    """An old plan and the one that takes over from it, with everything that says why they differ."""

    old: Plan
    new: Plan
    standing: Standing
    problem: Problem
    brief: Brief

    @cached_property
    def before(self) -> Mapping[str, Row]:
        """The rows of the old plan by id."""
        return _rows(self.old)

    @cached_property
    def after(self) -> Mapping[str, Row]:
        """The rows of the new plan by id."""
        return _rows(self.new)

    @cached_property
    def left_out(self) -> Mapping[str, tuple[str, str]]:
        """Why each candidate is not planned, and what lies in its place."""
        return {row.id: (row.reason, row.displaced_by) for row in self.new.left_out}

    @cached_property
    def shifted(self) -> frozenset[str]:
        """Activities that lie in other weeks than before, or were not planned before."""
        return frozenset(
            id_
            for id_, (_, row) in self.after.items()
            if id_ not in self.standing.finished_ids
            and (id_ not in self.before or _weeks(self.before[id_]) != _weeks((0, row)))
        )

    def coming(self, row: PlannedActivity) -> Weeks | None:
        """The weeks of an old row that are still to come."""
        first = max(row.start_week, self.standing.first_week)
        return (first, row.end_week) if first <= row.end_week else None


def explain_changes(
    old: Plan, new: Plan, standing: Standing, problem: Problem, brief: Brief
) -> tuple[tuple[Change, ...], tuple[Change, ...], tuple[Change, ...], tuple[Change, ...]]:
    """What was kept, moved, dropped and added, each in the order of weeks."""
    both = Comparison(old, new, standing, problem, brief)
    return (
        _sorted(_kept(both)),
        _sorted(_moved(both)),
        _sorted(_dropped(both)),
        _sorted(_added(both)),
    )


def activity_weeks(plan: Plan, standing: Standing) -> set[tuple[str, int]]:
    """Every week still to come of every activity that was neither finished nor skipped."""
    gone = {*standing.finished_ids, *standing.skipped}
    return {
        (row.id, week)
        for row in plan.activities
        if row.id not in gone
        for week in range(max(row.start_week, standing.first_week), row.end_week + 1)
    }


def _rows(plan: Plan) -> dict[str, Row]:
    return {row.id: (quarter.number, row) for quarter in plan.quarters for row in quarter.activities}


def _weeks(row: Row | None) -> Weeks | None:
    return None if row is None else (row[1].start_week, row[1].end_week)


def _sorted(changes: Iterator[Change]) -> tuple[Change, ...]:
    return tuple(
        sorted(changes, key=lambda c: (c.old_weeks or c.new_weeks or (0, 0), c.new_weeks or (0, 0), c.id))
    )


def _change(both: Comparison, id_: str, reason: str, because_of: str = "") -> Change:
    old, new = both.before.get(id_), both.after.get(id_)
    row = new or old
    assert row is not None
    return Change(id_, row[1].title, _weeks(old), _weeks(new), reason, because_of)


def _stays(both: Comparison, id_: str) -> bool:
    """True for a row whose weeks to come are those of the old plan."""
    if id_ not in both.before or id_ not in both.after:
        return False
    coming = both.coming(both.before[id_][1])
    return coming is not None and coming == _weeks(both.after[id_])


def _kept(both: Comparison) -> Iterator[Change]:
    for work in both.standing.finished:
        hours = "" if work.hours is None else f" in {work.hours:g} h"
        waived = ", waived: it earns nothing" if work.waived else ""
        yield _change(both, work.id, f"finished on {work.last}{hours}{waived}")
    for id_ in both.after:
        if id_ not in both.standing.finished_ids and _stays(both, id_):
            yield _change(both, id_, _how_it_stands(both, id_) or "as planned")


def _how_it_stands(both: Comparison, id_: str) -> str:
    work = both.standing.started_by_id.get(id_)
    if work is None:
        return ""
    return f"started on {work.since}, {work.logged_hours:g} h logged, {work.hours_left:g} h left"


def _moved(both: Comparison) -> Iterator[Change]:
    gone = both.standing.finished_ids
    for id_ in both.before:
        if id_ in both.after and id_ not in gone and not _stays(both, id_):
            reason, because_of = _why_moved(both, id_)
            yield _change(both, id_, reason, because_of)


def _why_moved(both: Comparison, id_: str) -> tuple[str, str]:
    """The first cause that holds: what happened to it, to its weeks, or to the work around it."""
    said = _wished(both, id_) or _what_happened(both, id_) or _lost_week(both, both.before[id_][1])
    if said:
        return said, ""
    waits = _waits_for(both, id_)
    if waits:
        return (
            f"it waits for {_title(both, waits)}, which ends in week {both.after[waits][1].end_week}",
            waits,
        )
    rival = _in_its_place(both, id_)
    if rival:
        return f"{_title(both, rival)} takes its weeks", rival
    number = both.before[id_][0]
    if both.after[id_][0] != number:
        return f"quarter {number} no longer has the hours for it", _largest_newcomer(both, number)
    return "it moved closer to the work around it", ""


def _wished(both: Comparison, id_: str) -> str:
    """The wish of the person for another start, where it starts elsewhere now."""
    starts = {a.activity: a for a in both.new.moves if a.start not in (None, both.before[id_][1].start)}
    return f"you moved it to the week of {starts[id_].wished}" if id_ in starts else ""


def _what_happened(both: Comparison, id_: str) -> str:
    row, now = both.before[id_][1], both.standing.first_week
    begun = _how_it_stands(both, id_)
    if begun:
        return f"{begun}, from week {both.after[id_][1].start_week} on"
    if row.end_week < now:
        return f"its weeks up to {row.end_week} passed without a start"
    if row.start_week < now:
        return f"it was to begin in week {row.start_week} and was not started"
    return ""


def _lost_week(both: Comparison, row: PlannedActivity) -> str:
    """What its old weeks no longer have: hours at all, or as many as it takes."""
    weeks = both.brief.calendar[row.start_week - 1 : row.end_week]
    working = [week for week in weeks if week.hours > 0]
    if not working or weeks[0].hours <= 0 or weeks[-1].hours <= 0:
        number = row.start_week if weeks and weeks[0].hours <= 0 else row.end_week
        return f"week {number} has no hours now"
    least = min(working, key=lambda week: (week.hours, week.number))
    if least.hours + 1e-6 < row.hours_per_week:
        where = f"week {least.number}" if least.away_days else "a week"
        return f"{where} has {least.hours:.3g} h now, it took {row.hours_per_week:g} h"
    if row.hours_per_week * len(working) + 1e-6 < row.hours:
        return f"its weeks have hours for only {row.hours_per_week * len(working):.3g} of its {row.hours:g} h now"
    return ""


def _waits_for(both: Comparison, id_: str) -> str:
    """What it requires, by activity or as practice toward a level, and still ran in its old weeks."""
    start = both.before[id_][1].start_week
    candidate = both.problem.by_id.get(id_)
    if candidate is None:
        return ""
    late = [
        other
        for other in sorted(both.shifted)
        if other != id_ and both.after[other][1].end_week >= start and _leads_to(both, other, candidate)
    ]
    return max(late, key=lambda other: (both.after[other][1].end_week, other), default="")


def _leads_to(both: Comparison, other: str, candidate: Candidate) -> bool:
    if other in candidate.requires:
        return True
    teacher = both.problem.by_id.get(other)
    return teacher is not None and any(
        both.problem.level_hours(skill, level) > 0 and both.problem.teaches(teacher, skill, level) > 0
        for skill, level in candidate.requires_levels
    )


def _in_its_place(both: Comparison, id_: str) -> str:
    """The work that lies in its old weeks and did not before."""
    first, last = both.coming(both.before[id_][1]) or (0, -1)
    found = {}
    for other in sorted(both.shifted - {id_}):
        row = both.after[other][1]
        shared = min(last, row.end_week) - max(first, row.start_week) + 1
        if shared > 0:
            found[other] = shared
    return max(found, key=lambda other: (found[other], other), default="")


def _largest_newcomer(both: Comparison, quarter: int) -> str:
    """The most hours that came to a quarter."""
    came = {
        id_: row.hours
        for id_, (number, row) in both.after.items()
        if number == quarter and id_ in both.shifted and both.before.get(id_, (0, row))[0] != quarter
    }
    return max(came, key=lambda id_: (came[id_], id_), default="")


def _dropped(both: Comparison) -> Iterator[Change]:
    for id_ in both.before:
        if id_ not in both.after:
            reason, because_of = _why_dropped(both, id_)
            yield _change(both, id_, reason, because_of)


def _why_dropped(both: Comparison, id_: str) -> tuple[str, str]:
    said = _said_so(both, id_)
    if said:
        return said, ""
    late = "" if both.coming(both.before[id_][1]) else "its weeks passed without a start; "
    candidate = both.problem.by_id.get(id_)
    if candidate is None:
        return f"{late}it closes no gap of {both.brief.role.name} and serves no need of the route", ""
    if both.problem.value([candidate]) - both.problem.value(()) < LEAST_VALUE and not candidate.meets:
        return f"{late}it closes no gap of {both.brief.role.name} any more", ""
    reason, rival = both.left_out.get(id_, ("no hours left for another round of it", ""))
    return f"{late}{reason}", rival


def _said_so(both: Comparison, id_: str) -> str:
    """Drops that the person decided, or that follow from the catalogue and the route."""
    activity = both.brief.catalogue.activities.get(round_of(id_)[0])
    if activity is None:
        return "it is no longer in the catalogue"
    if id_ in both.standing.skipped:
        return "you skipped it"
    chosen = both.brief.person.activities
    if activity.id in chosen.exclude:
        return "you excluded it"
    if activity.id in chosen.done:
        return "you did it before"
    if activity.needs_employer and both.brief.route is not Route.INSIDE:
        return "it needs a present employer, and the route goes outside now"
    return ""


def _added(both: Comparison) -> Iterator[Change]:
    dropped = [row for id_, (_, row) in both.before.items() if id_ not in both.after]
    for id_, (_, row) in both.after.items():
        if id_ not in both.before and id_ not in both.standing.finished_ids:
            begun = _how_it_stands(both, id_)
            freed = next((other for other in dropped if _overlap(other, row)), None)
            reason = "; ".join(part for part in (begun, row.why) if part)
            yield _change(both, id_, reason, freed.id if freed else "")


def _overlap(one: PlannedActivity, other: PlannedActivity) -> bool:
    return one.start_week <= other.end_week and other.start_week <= one.end_week


def _title(both: Comparison, id_: str) -> str:
    return f"“{both.after[id_][1].title}”"
