"""Put the activities of one quarter into weeks, in plain Python, without a solver.

Every activity takes the same hours in each of its weeks. At most two are in progress at
once, no week asks for more than the stated hours, and what an activity requires is
finished in an earlier week.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from milepost.planning.problem import Bucket, Candidate, Problem


@dataclass(frozen=True, slots=True)
class Placement:
    """First and last working week of an activity inside its quarter (from 0, both included)."""

    first: int
    last: int

    @property
    def weeks(self) -> int:
        """How many working weeks it takes."""
        return self.last - self.first + 1


def rate(tenths: int, weeks: int) -> int:
    """Tenths of an hour a week, rounded up so that no week is promised less than it takes."""
    return math.ceil(tenths / weeks)


def place_in_order(
    problem: Problem, bucket: Bucket, ids: Collection[str], *, before: Collection[str]
) -> dict[str, Placement] | None:
    """Place activities one after the other at the earliest week; None where that fails.

    ``before`` are the activities finished in earlier quarters. Each activity tries a pace
    of half the week first, which leaves room for a second one beside it.
    """
    waiting = [problem.by_id[id_] for id_ in sorted(ids, key=lambda id_: _urgency(problem.by_id[id_]))]
    placed: dict[str, Placement] = {}
    load = [0] * bucket.weeks
    count = [0] * bucket.weeks
    while waiting:
        best: tuple[int, int, Candidate, Placement] | None = None
        for position, candidate in enumerate(waiting):
            spot = _earliest(problem, bucket, candidate, placed, before, load, count)
            if spot is not None and (best is None or (spot.last, position) < best[:2]):
                best = (spot.last, position, candidate, spot)
        if best is None:
            return None
        _, position, candidate, spot = best
        waiting.pop(position)
        placed[candidate.id] = spot
        for week in range(spot.first, spot.last + 1):
            load[week] += rate(candidate.tenths, spot.weeks)
            count[week] += 1
    return placed


def _urgency(candidate: Candidate) -> tuple[float, str]:
    return (-candidate.early, candidate.id)


def _earliest(
    problem: Problem,
    bucket: Bucket,
    candidate: Candidate,
    placed: Mapping[str, Placement],
    before: Collection[str],
    load: Sequence[int],
    count: Sequence[int],
) -> Placement | None:
    """The placement that ends first among those that keep the weekly limits and the order."""
    best: Placement | None = None
    for first in _firsts(candidate, bucket):
        finished = {id_ for id_, spot in placed.items() if spot.last < first} | set(before)
        if count[first] >= problem.most_at_once or not problem.ready(candidate, finished):
            continue
        for weeks in _lengths(candidate, bucket, first):
            spot = Placement(first, first + weeks - 1)
            if best is not None and spot.last >= best.last:
                break
            if _room(problem, bucket, candidate, spot, load, count):
                best = spot
                break
    return best


def _firsts(candidate: Candidate, bucket: Bucket) -> Sequence[int]:
    """First weeks to try: all, or the one in which it has to start."""
    if not candidate.start:
        return range(bucket.weeks)
    place = bucket.place_of(candidate.start)
    return () if place is None else (place,)


def _lengths(candidate: Candidate, bucket: Bucket, first: int) -> Sequence[int]:
    """Lengths to try, from a pace of half the largest week upwards; with a fixed start faster ones after those."""
    half = max(bucket.week_tenths) / 2
    shortest = max(candidate.min_weeks, math.ceil(candidate.tenths / half))
    lengths = range(shortest, bucket.weeks - first + 1)
    if not candidate.start:
        return lengths
    return [*lengths, *(n for n in reversed(bucket.lengths_from(first, candidate)) if n < shortest)]


def _room(
    problem: Problem,
    bucket: Bucket,
    candidate: Candidate,
    spot: Placement,
    load: Sequence[int],
    count: Sequence[int],
) -> bool:
    pace = rate(candidate.tenths, spot.weeks)
    return all(
        count[week] < problem.most_at_once and load[week] + pace <= bucket.week_tenths[week]
        for week in range(spot.first, spot.last + 1)
    )
