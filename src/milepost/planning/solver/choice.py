"""Which candidate lies in which quarter: the variables and rules that three of the models share."""

from collections.abc import Mapping, Sequence

from ortools.sat.python import cp_model

from milepost.planning.problem import Bucket, Candidate, Problem

Clash = tuple[frozenset[str], int, int]
"""Activities that did not fit together, with the working weeks and the longest week of that quarter."""


class Choice:
    """The variables x[i, q] with the rules of hours, weeks, order, quarters, needs and choices.

    ``pace`` is the share of each week that one activity is counted on.
    """

    def __init__(self, problem: Problem, ids: Sequence[str], *, pace: float = 1.0) -> None:
        self.problem = problem
        self.pace = pace
        self.ids = ids
        self.model = cp_model.CpModel()
        self.x = {
            (id_, bucket.number): self.model.new_bool_var(f"{id_}@{bucket.number}")
            for id_ in ids
            for bucket in problem.buckets
            if problem.fits(problem.by_id[id_], bucket)
        }
        self._add_capacity()
        self._add_order()
        self._add_quarter_rules()

    def by_quarter(self, id_: str, quarter: int) -> list[cp_model.IntVar]:
        """The variables whose sum says that a candidate is done by the end of a quarter."""
        numbers = [bucket.number for bucket in self.problem.buckets if bucket.number <= quarter]
        return [self.x[id_, number] for number in numbers if (id_, number) in self.x]

    def taken(self, id_: str) -> list[cp_model.IntVar]:
        """The variables whose sum says that a candidate is in the plan."""
        return self.by_quarter(id_, self.problem.buckets[-1].number)

    def _add_capacity(self) -> None:
        for bucket in self.problem.buckets:
            present = [
                (id_, self.x[id_, bucket.number]) for id_ in self.ids if (id_, bucket.number) in self.x
            ]
            hours = [self.problem.by_id[id_].tenths * x for id_, x in present]
            weeks = [
                self.problem.shortest_weeks(self.problem.by_id[id_], bucket, pace=self.pace) * x
                for id_, x in present
            ]
            self.model.add(sum(hours) <= bucket.tenths)
            self.model.add(sum(weeks) <= self.problem.most_at_once * bucket.weeks)
        for id_ in self.ids:
            if self.taken(id_):
                self.model.add_at_most_one(self.taken(id_))

    def _add_order(self) -> None:
        for id_ in self.ids:
            candidate = self.problem.by_id[id_]
            for bucket in self.problem.buckets:
                here = self.by_quarter(id_, bucket.number)
                if here:
                    self._require(candidate, bucket, here)

    def _require(self, candidate: Candidate, bucket: Bucket, here: Sequence[cp_model.IntVar]) -> None:
        for required in candidate.requires:
            if required not in self.problem.done:
                there = self._before(required, candidate, bucket) if required in self.problem.by_id else []
                self.model.add(sum(here) <= sum(there))
        for skill, level in candidate.requires_levels:
            needed = self.problem.level_hours(skill, level)
            if needed > 0:
                self.model.add(needed * sum(here) <= self._practice(candidate, skill, level, needed, bucket))

    def _practice(
        self, candidate: Candidate, skill: str, level: float, needed: int, bucket: Bucket
    ) -> cp_model.LinearExprT:
        """Practice toward a level by the end of a quarter; one activity counts at most what is needed.

        What waits for the candidate itself comes later and is no practice for it.
        """
        terms = []
        later = self.problem.waiting_for(candidate.id)
        for id_ in self.ids:
            tenths = self.problem.teaches(self.problem.by_id[id_], skill, level)
            if tenths and id_ != candidate.id and id_ not in later:
                terms += [min(tenths, needed) * x for x in self._before(id_, candidate, bucket)]
        return sum(terms)

    def _before(self, id_: str, candidate: Candidate, bucket: Bucket) -> list[cp_model.IntVar]:
        """The variables whose sum says that something is done by the end of a quarter, or before a fixed start in it."""
        place = bucket.place_of(candidate.start) if candidate.start else None
        late = place is not None and self.problem.shortest_weeks(self.problem.by_id[id_], bucket) > place
        return self.by_quarter(id_, bucket.number - 1 if late else bucket.number)

    def _add_quarter_rules(self) -> None:
        problem = self.problem
        for bucket in problem.buckets:
            public = [
                self.x[key] for key in self.x if key[1] == bucket.number and problem.by_id[key[0]].public
            ]
            closing = [
                self.x[key] for key in self.x if key[1] == bucket.number and problem.by_id[key[0]].milestone
            ]
            shown, closed = problem.asks(bucket)
            self.model.add(sum(public) >= shown)
            self.model.add(sum(closing) >= closed)
        for need in problem.needs:
            meeting = [
                x
                for (id_, q), x in self.x.items()
                if q in need.quarters and need.id in problem.by_id[id_].meets
            ]
            self.model.add(sum(meeting) >= need.count)
        for id_ in self.ids:
            if problem.by_id[id_].pinned:
                self.model.add(sum(self.taken(id_)) == 1)
        watched = [(id_, x) for (id_, _), x in self.x.items() if problem.by_id[id_].watched]
        if watched:
            share = round(problem.watched_share * 1000)
            everything = sum(problem.by_id[id_].tenths * x for (id_, _), x in self.x.items())
            self.model.add(
                1000 * sum(problem.by_id[id_].tenths * x for id_, x in watched) <= share * everything
            )

    def forbid(self, clashes: Sequence[Clash]) -> None:
        """Keep out every set of activities that did not fit into the weeks of one quarter."""
        for ids, weeks, tenths in clashes:
            for bucket in self.problem.buckets:
                if bucket.weeks <= weeks and max(bucket.week_tenths, default=0) <= tenths:
                    present = [self.x[i, bucket.number] for i in sorted(ids) if (i, bucket.number) in self.x]
                    if len(present) == len(ids):
                        self.model.add(sum(present) <= len(ids) - 1)

    def hint(self, quarter_of: Mapping[str, int]) -> None:
        """Begin the search at a whole plan."""
        for (id_, quarter), x in self.x.items():
            self.model.add_hint(x, quarter_of.get(id_) == quarter)

    def read(self, solver: cp_model.CpSolver) -> dict[str, int]:
        """The quarter of every activity that a solution takes."""
        return {id_: quarter for (id_, quarter), x in self.x.items() if solver.value(x)}
