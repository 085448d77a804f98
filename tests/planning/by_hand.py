"""The rules of a selection counted a second time, in the plainest Python: what the solver is measured against."""

from collections.abc import Collection, Iterator, Mapping
from itertools import product

from milepost.model.curve import hours_to_climb
from milepost.planning.placing import Placement
from milepost.planning.problem import Bucket, Problem


def broken_in_weeks(
    problem: Problem,
    bucket: Bucket,
    spots: Mapping[str, Placement],
    ids: Collection[str],
    *,
    before: Collection[str],
) -> list[str]:
    """What is wrong with the weeks of one quarter; an empty list where nothing is."""
    faults = [f"{id_} is missing" for id_ in ids if id_ not in spots]
    for week, tenths in enumerate(bucket.week_tenths):
        busy = [id_ for id_, spot in spots.items() if spot.first <= week <= spot.last]
        asked = sum(-(-problem.by_id[id_].tenths // spots[id_].weeks) for id_ in busy)
        if len(busy) > problem.most_at_once:
            faults.append(f"week {week} has {len(busy)} at once")
        if asked > tenths:
            faults.append(f"week {week} asks for {asked} of {tenths}")
    for id_, spot in spots.items():
        if not 0 <= spot.first <= spot.last < bucket.weeks:
            faults.append(f"{id_} leaves the quarter")
        if spot.weeks < problem.by_id[id_].min_weeks:
            faults.append(f"{id_} is hurried")
        finished = {*before, *(other for other, its in spots.items() if its.last < spot.first)}
        if not is_ready(problem, id_, finished):
            faults.append(f"{id_} starts too early")
    return faults + _not_as_wished(problem, bucket, spots)


def _not_as_wished(problem: Problem, bucket: Bucket, spots: Mapping[str, Placement]) -> list[str]:
    """What does not start in the week that it has to start in."""
    found = []
    for id_, spot in spots.items():
        start = problem.by_id[id_].start
        if start and bucket.week_numbers[spot.first : spot.first + 1] != (start,):
            found.append(f"{id_} starts in another week")
    return found


def is_ready(problem: Problem, id_: str, finished: Collection[str]) -> bool:
    """Everything required is finished, and practice that teaches far enough adds up to the level."""
    candidate = problem.by_id[id_]
    if any(required not in finished and required not in problem.done for required in candidate.requires):
        return False
    for skill, level in candidate.requires_levels:
        needed = round(10 * hours_to_climb(problem.levels[skill], level, tau=problem.taus[skill]))
        given = sum(
            gain.tenths
            for other in finished
            if other != id_
            for gain in problem.by_id[other].gains
            if gain.skill == skill and gain.up_to >= level
        )
        if given < needed:
            return False
    return True


def broken_in_selection(problem: Problem, quarter_of: Mapping[str, int]) -> list[str]:
    """What is wrong with a selection before anybody looks at weeks."""
    by_id, faults = problem.by_id, []
    for bucket in problem.buckets:
        here = [by_id[id_] for id_, quarter in quarter_of.items() if quarter == bucket.number]
        if sum(c.tenths for c in here) > bucket.tenths:
            faults.append(f"quarter {bucket.number} is over its hours")
        if sum(c.public for c in here) < problem.public_per_quarter:
            faults.append(f"quarter {bucket.number} shows nothing")
        if sum(c.milestone for c in here) < problem.milestones_per_quarter:
            faults.append(f"quarter {bucket.number} closes with nothing")
        by_now = {id_ for id_, quarter in quarter_of.items() if quarter <= bucket.number}
        faults += [f"{c.id} waits" for c in here if not is_ready(problem, c.id, by_now)]
    for need in problem.needs:
        if sum(need.id in by_id[i].meets and q in need.quarters for i, q in quarter_of.items()) < need.count:
            faults.append(f"{need.id} is not met")
    watched = sum(by_id[id_].tenths for id_ in quarter_of if by_id[id_].watched)
    if watched > problem.watched_share * sum(by_id[id_].tenths for id_ in quarter_of) + 1e-9:
        faults.append("too much of the watch list")
    return faults + [f"{c.id} is pinned" for c in problem.candidates if c.pinned and c.id not in quarter_of]


def every_selection(problem: Problem) -> Iterator[dict[str, int]]:
    """All ways to leave candidates out or give them a quarter, sound or not."""
    numbers = (0, *(bucket.number for bucket in problem.buckets))
    ids = [candidate.id for candidate in problem.candidates]
    for quarters in product(numbers, repeat=len(ids)):
        yield {id_: quarter for id_, quarter in zip(ids, quarters, strict=True) if quarter}


def place_by_trying(
    problem: Problem, bucket: Bucket, ids: Collection[str], *, before: Collection[str]
) -> dict[str, Placement] | None:
    """Weeks for a quarter by trying every start and length of every candidate; None where none works."""
    order = sorted(ids)

    def extend(done: dict[str, Placement]) -> dict[str, Placement] | None:
        if len(done) == len(order):
            return done if not broken_in_weeks(problem, bucket, done, order, before=before) else None
        id_ = order[len(done)]
        for first in range(bucket.weeks):
            for last in range(first, bucket.weeks):
                longer = {**done, id_: Placement(first, last)}
                if not _overfull(problem, bucket, longer) and (found := extend(longer)) is not None:
                    return found
        return None

    return extend({})


def _overfull(problem: Problem, bucket: Bucket, spots: Mapping[str, Placement]) -> bool:
    """True when a week already carries too much: then no further candidate can mend it."""
    for week, tenths in enumerate(bucket.week_tenths):
        busy = [id_ for id_, spot in spots.items() if spot.first <= week <= spot.last]
        if len(busy) > problem.most_at_once:
            return True
        if sum(-(-problem.by_id[id_].tenths // spots[id_].weeks) for id_ in busy) > tenths:
            return True
    return False


def can_be_placed(problem: Problem, quarter_of: Mapping[str, int]) -> bool:
    """True when every quarter of a selection fits into its weeks."""
    return all(
        place_by_trying(
            problem,
            bucket,
            [id_ for id_, quarter in quarter_of.items() if quarter == bucket.number],
            before=[id_ for id_, quarter in quarter_of.items() if quarter < bucket.number],
        )
        is not None
        for bucket in problem.buckets
    )


def worth(problem: Problem, quarter_of: Mapping[str, int]) -> float:
    """The value of a selection, with the curve written out: no part of it comes from the problem."""
    total = 0.0
    for goal in problem.goals:
        gains = [g for id_ in quarter_of for g in problem.by_id[id_].gains if g.skill == goal.skill]
        hours = 0.0
        for up_to in sorted({gain.up_to for gain in gains}):
            given = sum(gain.tenths for gain in gains if gain.up_to == up_to) / 10
            limit = hours_to_climb(goal.level, up_to, tau=goal.tau)
            hours += max(0.0, min(given, limit - hours))
        reached = 5.0 - (5.0 - goal.level) * 2.718281828459045 ** (-hours / goal.tau)
        total += goal.impact * max(0.0, min(reached, goal.target) - goal.level)
    return total


def best_worth(problem: Problem) -> float | None:
    """The most that any sound selection that fits into weeks is worth; None where there is none."""
    sound = [s for s in every_selection(problem) if not broken_in_selection(problem, s)]
    sound.sort(key=lambda selection: -worth(problem, selection))
    return next((worth(problem, s) for s in sound if can_be_placed(problem, s)), None)
