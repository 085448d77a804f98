"""The planning problem of the rest of a year: what is left to do, and the hours that are left for it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from milepost.model.activities import round_of
from milepost.model.plans import Week
from milepost.model.replans import Standing, StartedWork
from milepost.planning.brief import Brief, is_possible, make_candidate, make_problem
from milepost.planning.problem import TENTHS, Bucket, Candidate, Need, Practice, Problem

FIRST_OF_ALL = 9.0
"""Earliness of started work: above everything else, which has at most 5.5 points."""


def make_remaining(brief: Brief, standing: Standing) -> Problem:
    """The problem of an adapted brief for the weeks from today on.

    Finished work is no candidate: it meets requirements and needs, and its practice counts
    where no evidence has seen it. Started work needs the hours that are left, waits for
    nothing, and has to be finished unless told otherwise.
    """
    must = [work for work in standing.started if standing.keep_started and _can_go_on(work, brief)]
    choices = brief.person.activities
    pins = tuple(sorted({*choices.pin, *(work.activity for work in must)}))
    wider = replace(brief, person=replace(brief.person, activities=replace(choices, pin=pins)))
    problem = make_problem(wider)
    buckets = tuple(_bucket(brief, standing, bucket) for bucket in problem.buckets)
    out = standing.finished_ids | set(standing.skipped)
    kept = frozenset(work.id for work in must)
    return replace(
        problem,
        candidates=tuple(
            _left(candidate, standing, kept, pinned=_is_chosen(candidate, brief))
            for candidate in _with_rounds(problem.candidates, must, brief)
            if candidate.id not in out
        ),
        buckets=buckets,
        needs=tuple(_open_needs(problem.needs, buckets, brief, standing)),
        done=problem.done | standing.finished_ids,
        practised=tuple(_practised(brief, standing)),
    )


def _is_chosen(candidate: Candidate, brief: Brief) -> bool:
    """True for what the person pinned or moved; the problem also pins what was started."""
    return candidate.activity in brief.person.activities.pin or candidate.id in brief.wanted_starts


def _can_go_on(work: StartedWork, brief: Brief) -> bool:
    return is_possible(brief.catalogue.activities[work.activity], brief)


def _with_rounds(
    candidates: Sequence[Candidate], must: Sequence[StartedWork], brief: Brief
) -> list[Candidate]:
    """The candidates and every started round that is more than a plan of its own would hold."""
    known = {candidate.id for candidate in candidates}
    more = [
        make_candidate(brief.catalogue.activities[work.activity], round_of(work.id)[1], brief)
        for work in must
        if work.id not in known
    ]
    return sorted([*candidates, *more], key=lambda candidate: candidate.id)


def _left(candidate: Candidate, standing: Standing, kept: frozenset[str], *, pinned: bool) -> Candidate:
    """What is left of a candidate; what was not started is left as it is."""
    work = standing.started_by_id.get(candidate.id)
    if work is None:
        return replace(candidate, pinned=pinned and candidate.pinned)
    tenths = max(1, round(work.hours_left * TENTHS))
    share = min(1.0, tenths / candidate.tenths)
    gains = tuple(
        replace(gain, tenths=round(gain.tenths * share))
        if _is_seen(gain.skill, standing, since=work)
        else gain
        for gain in candidate.gains
    )
    return replace(
        candidate,
        tenths=tenths,
        gains=gains,
        requires=(),
        requires_levels=(),
        min_weeks=work.weeks_left,
        watched=candidate.watched and candidate.id not in kept,
        pinned=candidate.id in kept or (pinned and candidate.pinned),
        early=FIRST_OF_ALL,
    )


def _is_seen(skill: str, standing: Standing, *, since: StartedWork) -> bool:
    newest = standing.seen.get(skill)
    return newest is not None and newest > since.since


def _practised(brief: Brief, standing: Standing) -> Iterable[Practice]:
    """Practice of finished work that is not in the levels yet."""
    for work in standing.finished:
        activity = brief.catalogue.activities.get(work.activity)
        if activity is None or work.waived:
            continue
        for gain in make_candidate(activity, round_of(work.id)[1], brief).gains:
            newest = standing.seen.get(gain.skill)
            if newest is None or newest < work.last:
                yield gain


def open_weeks(brief: Brief, standing: Standing, quarter: int) -> list[Week]:
    """The weeks of a quarter that work can still be planned in, review among them."""
    return [w for w in brief.calendar if w.quarter == quarter and w.number >= standing.first_week]


def _bucket(brief: Brief, standing: Standing, bucket: Bucket) -> Bucket:
    """What is left of a quarter; one that has lost no week is as it was.

    Of a quarter that has begun, the rest may carry the usual load. To catch up it may carry
    more, up to what the quarter was laid out with less what is done: the slack is there
    for that. It never fills more than ``catch_up_load`` of the hours left. A rest shorter than
    ``shortest_quarter`` asks for no milestone and no public artefact of its own.
    """
    settings = brief.settings
    weeks = [week for week in brief.calendar if week.quarter == bucket.number]
    left = open_weeks(brief, standing, bucket.number)
    there = Bucket(
        bucket.number,
        bucket.tenths,
        bucket.week_tenths,
        bucket.week_numbers,
        standing.shown.get(bucket.number, 0),
        standing.accepted.get(bucket.number, 0),
    )
    if len(left) == len(weeks):
        return there
    working = [week for week in left if int(week.hours * TENTHS) > 0]
    hours = sum(week.hours for week in working)
    usual = settings.plan_load * hours
    behind = _laid_out(standing, bucket, weeks, usual) - _done(brief, standing, bucket.number)
    allowed = min(settings.catch_up_load * hours, max(usual, behind))
    short = len(left) < settings.shortest_quarter
    return replace(
        there,
        tenths=math.floor(allowed * TENTHS + 1e-9),
        week_tenths=tuple(int(week.hours * TENTHS + 1e-9) for week in working),
        week_numbers=tuple(week.number for week in working),
        shown=max(there.shown, settings.public_per_quarter if short else 0),
        closed=max(there.closed, settings.milestones_per_quarter if short else 0),
    )


def _laid_out(standing: Standing, bucket: Bucket, weeks: Sequence[Week], usual: float) -> float:
    """Plan hours of a begun quarter: the old ones, or more where the weeks to come have more."""
    old = standing.quarter_hours.get(bucket.number)
    whole = sum(week.hours for week in weeks)
    if old is None or whole <= 0:
        return bucket.tenths / TENTHS
    past = sum(week.hours for week in weeks if week.number < standing.first_week) / whole
    return max(old, past * old + usual)


def _done(brief: Brief, standing: Standing, quarter: int) -> float:
    """Planned hours of what is finished in a quarter, and of what is done of the started work."""
    numbers = {week.number for week in brief.calendar if week.quarter == quarter}
    done = 0.0
    for work in standing.finished:
        activity = brief.catalogue.activities.get(work.activity)
        if activity is not None and work.weeks[1] in numbers:
            done += activity.hours.p50
    for started in standing.started:
        done += brief.catalogue.activities[started.activity].hours.p50 - started.hours_left
    return done


def _open_needs(
    needs: Sequence[Need], buckets: Sequence[Bucket], brief: Brief, standing: Standing
) -> Iterable[Need]:
    """What the route still asks for. ``needs`` are those of the whole year.

    Where no quarter of a need's time is left, or only a short rest of one, the next
    quarter with time in it will do as well.
    """
    for need in needs:
        met = sum(need.id in _meets(work.id, brief) for work in standing.finished)
        if met < need.count:
            yield replace(
                need, count=need.count - met, quarters=_quarters_left(need, buckets, brief, standing)
            )


def _meets(id_: str, brief: Brief) -> tuple[str, ...]:
    activity, number = round_of(id_)
    if activity not in brief.catalogue.activities:
        return ()
    return make_candidate(brief.catalogue.activities[activity], number, brief).meets


def _quarters_left(
    need: Need, buckets: Sequence[Bucket], brief: Brief, standing: Standing
) -> tuple[int, ...]:
    working = [bucket.number for bucket in buckets if bucket.weeks]
    left = [number for number in need.quarters if number in working]
    if not left:
        later = [number for number in working if number > max(need.quarters)]
        left = (later or working[-1:])[:1]
    if left and all(_is_short(brief, standing, number) for number in left):
        left += [number for number in working if number > left[-1]][:1]
    return tuple(left) or need.quarters


def _is_short(brief: Brief, standing: Standing, quarter: int) -> bool:
    """True for the rest of a begun quarter that is too short to be a quarter of its own."""
    left = open_weeks(brief, standing, quarter)
    whole = sum(week.quarter == quarter for week in brief.calendar)
    return len(left) < min(whole, brief.settings.shortest_quarter)
