"""A feasible plan without a solver: the best package per hour, again and again.

It is the hint for the solver, the floor that no plan may fall below, and the baseline of
the bench.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from milepost.planning.placing import Placement, place_in_order
from milepost.planning.problem import Bucket, Candidate, Problem, Tally


@dataclass(slots=True)
class Draft:
    """A plan in the making: which candidate lies in which quarter, and where in it."""

    problem: Problem
    quarter_of: dict[str, int] = field(default_factory=dict)
    placements: dict[int, dict[str, Placement]] = field(default_factory=dict)

    @property
    def chosen(self) -> tuple[Candidate, ...]:
        """The candidates taken so far, in order of id."""
        return tuple(self.problem.by_id[id_] for id_ in sorted(self.quarter_of))

    def in_quarter(self, number: int) -> list[str]:
        """Ids of one quarter."""
        return [id_ for id_, quarter in self.quarter_of.items() if quarter == number]

    def before(self, number: int) -> list[str]:
        """Ids of all earlier quarters."""
        return [id_ for id_, quarter in self.quarter_of.items() if quarter < number]

    def add(self, package: Sequence[str], bucket: Bucket) -> bool:
        """Put a package into one quarter if its hours, weeks and order allow it."""
        ids = [*self.in_quarter(bucket.number), *package]
        candidates = [self.problem.by_id[id_] for id_ in ids]
        if sum(candidate.tenths for candidate in candidates) > bucket.tenths:
            return False
        weeks = sum(self.problem.shortest_weeks(candidate, bucket) for candidate in candidates)
        if weeks > self.problem.most_at_once * bucket.weeks:
            return False
        placed = place_in_order(self.problem, bucket, ids, before=self.before(bucket.number))
        if placed is None:
            return False
        self.placements[bucket.number] = placed
        self.quarter_of.update(dict.fromkeys(package, bucket.number))
        return True


def solve_greedily(problem: Problem) -> Draft:
    """Take what has a fixed start first, pinned activities and needs next, then the best value per hour.

    The result may miss a need or a quarter's milestone where the hours are short; callers
    check it by the rules before they call it a plan.
    """
    draft = Draft(problem)
    for candidate in sorted(problem.candidates, key=lambda c: (c.start, c.id)):
        if candidate.start:
            _take_with_helpers(draft, candidate)
    for candidate in problem.candidates:
        if candidate.pinned and not candidate.start:
            _take_best(draft, [candidate.id], quarters=_all_quarters(problem))
    _meet_needs(draft)
    _fill_quarters(draft)
    _fill_hours(draft)
    return draft


def _take_with_helpers(draft: Draft, candidate: Candidate) -> None:
    """Add what has a fixed start, and before it what it still requires, in its own quarter or earlier ones."""
    for id_ in _package(draft, candidate.id) or ():
        numbers = [
            b.number for b in draft.problem.buckets if b.week_numbers and b.week_numbers[0] <= candidate.start
        ]
        _take_best(draft, [id_], quarters=numbers)


def _all_quarters(problem: Problem) -> tuple[int, ...]:
    return tuple(bucket.number for bucket in problem.buckets)


def _meet_needs(draft: Draft) -> None:
    for need in draft.problem.needs:
        for _ in range(need.count):
            if _count_met(draft, need.id, need.quarters) >= need.count:
                break
            ids = [c.id for c in draft.problem.candidates if need.id in c.meets]
            _take_best(draft, ids, quarters=need.quarters)


def _count_met(draft: Draft, need: str, quarters: Collection[int]) -> int:
    return sum(
        need in draft.problem.by_id[id_].meets and quarter in quarters
        for id_, quarter in draft.quarter_of.items()
    )


def _fill_quarters(draft: Draft) -> None:
    """Give every quarter its milestone and its public artefact."""
    problem = draft.problem
    for bucket in problem.buckets:
        both = {c.id for c in problem.candidates if c.public and c.milestone}
        public = {c.id for c in problem.candidates if c.public}
        closing = {c.id for c in problem.candidates if c.milestone}
        shown, closed = problem.asks(bucket)
        wanted = ((both, min(shown, closed, 1)), (public, shown), (closing, closed))
        for ids, limit in wanted:
            if len(ids.intersection(draft.in_quarter(bucket.number))) < limit:
                _take_best(draft, sorted(ids), quarters=(bucket.number,))


def _fill_hours(draft: Draft) -> None:
    while _take_best(draft, [c.id for c in draft.problem.candidates], quarters=_all_quarters(draft.problem)):
        pass


def _take_best(draft: Draft, ids: Sequence[str], *, quarters: Sequence[int]) -> bool:
    """Add the package with the most value per hour that fits into one of the quarters."""
    for package in _packages(draft, ids):
        for bucket in draft.problem.buckets:
            if (
                bucket.number in quarters
                and _order_holds(draft, package, bucket)
                and draft.add(package, bucket)
            ):
                return True
    return False


def _packages(draft: Draft, ids: Sequence[str]) -> list[tuple[str, ...]]:
    """What each candidate takes with it, best value per hour first; worthless ones only where wanted."""
    problem = draft.problem
    tally = Tally.of(problem, draft.chosen)
    wanted_for_itself = len(ids) < len(problem.candidates)
    scored = []
    for id_ in ids:
        if id_ in draft.quarter_of:
            continue
        package = _package(draft, id_)
        if package is None or not _watch_holds(draft, package):
            continue
        added = tally.added([problem.by_id[p] for p in package])
        hours = sum(problem.by_id[p].tenths for p in package)
        if added > 0 or wanted_for_itself:
            scored.append((-added / hours, package))
    return [package for _, package in sorted(scored)]


def _watch_holds(draft: Draft, package: Sequence[str]) -> bool:
    if not any(draft.problem.by_id[p].watched for p in package):
        return True
    ids = [*draft.quarter_of, *package]
    watched = sum(draft.problem.by_id[p].tenths for p in ids if draft.problem.by_id[p].watched)
    everything = sum(bucket.tenths for bucket in draft.problem.buckets)
    return watched <= draft.problem.watched_share * everything / 2


def _package(draft: Draft, id_: str) -> tuple[str, ...] | None:
    """The candidate with what it still requires, in an order that works; None where impossible."""
    problem = draft.problem
    taken: list[str] = []
    waiting = [id_]
    while waiting:
        if len(taken) + len(waiting) > 12:
            return None
        current = problem.by_id[waiting[-1]]
        have = {*draft.quarter_of, *taken}
        missing = _missing(problem, current, have, blocked={*waiting, *taken})
        if missing is None:
            return None
        if missing:
            waiting.append(missing)
            continue
        waiting.pop()
        taken.append(current.id)
    return tuple(taken)


def _missing(
    problem: Problem, candidate: Candidate, have: Collection[str], *, blocked: Collection[str]
) -> str | None:
    """The next candidate that this one waits for, "" where it is ready, None where nothing helps."""
    for required in candidate.requires:
        if required not in have and required not in problem.done:
            return required if required in problem.by_id and required not in blocked else None
    for skill, level in candidate.requires_levels:
        if not problem.reached(skill, level, have, without=candidate.id):
            teachers = [
                c
                for c in problem.candidates
                if c.id not in have and c.id not in blocked and problem.teaches(c, skill, level) > 0
            ]
            if not teachers:
                return None
            return max(teachers, key=lambda c: (problem.teaches(c, skill, level) / c.tenths, c.id)).id
    return ""


def _order_holds(draft: Draft, package: Sequence[str], bucket: Bucket) -> bool:
    """True when everything the package requires lies in this quarter or an earlier one."""
    available = {*draft.before(bucket.number), *draft.in_quarter(bucket.number), *package}
    return all(draft.problem.ready(draft.problem.by_id[id_], available) for id_ in package)
