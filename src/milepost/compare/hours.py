"""Hours by area, hours against the plan, and how soon contact became a working thing."""

import datetime as dt
from collections.abc import Mapping, Sequence

from milepost.compare.recorded import YEAR_DAYS, Recorded
from milepost.compare.work import Work
from milepost.model.comparison import AgainstPlan, Agility, AreaHours, HypeRecord, TimeSpent
from milepost.model.skills import Durability
from milepost.model.year import ProofKind

OFF_CATALOGUE = "off the catalogue"
DURABLE = frozenset({Durability.CONCEPT, Durability.LANGUAGE})
DROPPED = frozenset({"ignore", "hold"})
ACCEPTED_PLAN = "against the plan that was accepted first"
RECORD = "by the record alone: named activities against free words, hours as the catalogue expects"


def measure_time(year: Recorded, works: Sequence[Work]) -> TimeSpent:
    """Hours of work by area, split as each activity's practice is; sessions off the plan go to their skill."""
    areas: dict[str, float] = {}
    durable = practised = 0.0
    for work in works:
        for skill, hours in split_hours(work).items():
            area = year.tree.skills[skill].area if skill else OFF_CATALOGUE
            areas[area] = areas.get(area, 0.0) + hours
            if skill:
                practised += hours
                durable += hours * (year.tree.skills[skill].durability in DURABLE)
    for session in year.person.year.sessions:
        if session.skill and not session.activity:
            area = year.tree.skills[session.skill].area
            areas[area] = areas.get(area, 0.0) + session.minutes / 60
    checkins = year.person.year.checkins
    rows = sorted(areas.items(), key=lambda row: (-round(row[1], 6), row[0]))
    return TimeSpent(
        logged=sum(checkin.hours for checkin in checkins),
        checkins=len(checkins),
        on_work=sum(work.hours or 0.0 for work in works),
        by_area=tuple(AreaHours(area, _area_name(area, year), hours) for area, hours in rows if hours > 0),
        durable_share=durable / practised if practised else None,
    )


def _area_name(area: str, year: Recorded) -> str:
    return year.tree.areas[area].name if area in year.tree.areas else area


def split_hours(work: Work) -> Mapping[str, float]:
    """The hours of a work by skill, in proportion to its activity's practice; free words under ''."""
    if not work.hours:
        return {}
    if work.activity is None or not work.activity.gains:
        return {"": work.hours}
    whole = sum(gain.share for gain in work.activity.gains)
    return {gain.skill: work.hours * gain.share / whole for gain in work.activity.gains}


def measure_against_plan(year: Recorded, works: Sequence[Work]) -> AgainstPlan:
    """Plan against actual: an accepted plan where one was measured, else what the record says by itself."""
    milestones = year.person.year.milestones
    accepted = [m for m in milestones if m.accepted is not None]
    waived = sum(m.proof is not None and m.proof.kind is ProofKind.WAIVER for m in milestones)
    late = tuple((m.accepted - quarter_end(year, m.quarter)).days for m in accepted if m.accepted is not None)
    on_work = sum(work.hours or 0.0 for work in works)
    named = [work for work in works if work.activity is not None]
    ratio = sum(work.hours or 0.0 for work in named) / on_work if on_work else None
    planned = sum(work.activity.hours.p50 for work in named if work.activity)
    earned = sum(work.activity.hours.p50 for work in named if work.activity and work.earned)
    basis = RECORD
    if year.plan is not None:
        ratio, planned, earned = year.plan.on_plan_ratio, year.plan.planned_hours, year.plan.earned_hours
        basis = ACCEPTED_PLAN
    return AgainstPlan(ratio, planned, earned, len(milestones), len(accepted), waived, late, basis)


def quarter_end(year: Recorded, quarter: int) -> dt.date:
    """The last day of a quarter, counted from the start of the year."""
    return year.start + dt.timedelta(weeks=year.settings.quarter_weeks * quarter, days=-1)


def quarter_of(year: Recorded, day: dt.date) -> int:
    """The quarter that a day falls into, from 1."""
    return max(0, (day - year.start).days) // (7 * year.settings.quarter_weeks) + 1


def measure_agility(year: Recorded, works: Sequence[Work], *, hours: float) -> Agility:
    """Days from first contact to first artefact for each skill, by the half of the year in which it was met.

    First contact is the earliest work or session that practises the skill.
    """
    met = _first_contacts(year, works)
    shown: dict[str, dt.date] = {}
    for artefact in year.person.year.artefacts:
        for skill in artefact.skills:
            shown[skill] = min(shown.get(skill, artefact.date), artefact.date)
    half = year.start + dt.timedelta(days=YEAR_DAYS // 2)
    days = {s: (shown[s] - met[s]).days for s in sorted(shown) if s in met and shown[s] >= met[s]}
    rise = sum(
        max(0.0, year.means_after[gap.skill] - year.means_before[gap.skill]) for gap in year.before.gaps
    )
    return Agility(
        early=tuple(sorted(days[s] for s in days if met[s] < half)),
        late=tuple(sorted(days[s] for s in days if met[s] >= half)),
        hours_per_level=hours / rise if rise and hours else None,
    )


def _first_contacts(year: Recorded, works: Sequence[Work]) -> dict[str, dt.date]:
    met: dict[str, dt.date] = {}
    for work in works:
        if work.started is not None and work.activity is not None:
            for gain in work.activity.gains:
                met[gain.skill] = min(met.get(gain.skill, work.started), work.started)
    for session in year.person.year.sessions:
        if session.skill:
            met[session.skill] = min(met.get(session.skill, session.date), session.date)
    return met


def measure_hype(year: Recorded, *, on_plan_ratio: float | None) -> HypeRecord:
    """Temptations by their last decision; the same thing entered again is a second look."""
    entries: dict[str, list[str]] = {}
    due: set[str] = set()
    for watched in year.person.watch:
        thing = watched.thing.casefold().strip()
        entries.setdefault(thing, []).append(watched.decision)
        if watched.recheck is not None and watched.recheck <= year.end:
            due.add(thing)
    last = [decisions[-1] for decisions in entries.values()]
    return HypeRecord(
        things=len(entries),
        decisions={decision: last.count(decision) for decision in sorted(set(last))},
        looked_again=sum(len(decisions) > 1 for decisions in entries.values()),
        due=len(due),
        dropped=sum(decision in DROPPED for decision in last),
        off_plan_share=None if on_plan_ratio is None else 1.0 - on_plan_ratio,
    )
