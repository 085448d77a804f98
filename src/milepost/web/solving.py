"""A plan or a replan, solved in a process of its own."""

from dataclasses import dataclass, replace

from milepost.files.plan_text import read_plan_text, write_plan_text
from milepost.model.plans import Infeasible, Plan
from milepost.model.replans import Replan
from milepost.model.stages import LEVELS, PLANNING, REPLANNING, Tell
from milepost.web.errands import Errand, Refusal
from milepost.workflows.keeping import Kept
from milepost.workflows.market import own_demand
from milepost.workflows.roadmap import Wishes, prepare
from milepost.workflows.year import Occasion


@dataclass(frozen=True)
class Shift:
    """One activity that a replan moves, drops or adds: its weeks before and after."""

    what: str
    title: str
    reason: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True)
class Solved:
    """A plan that was solved for one person.

    ``version`` is the version of the person that it was made from. ``changes`` is the difference
    to the plan in force, ``unchanged_share`` the part of its weeks still to come that stays.
    """

    version: int
    plan: str
    verb: str = "plan"
    changes: tuple[Shift, ...] = ()
    unchanged_share: float | None = None

    def read_plan(self) -> Plan:
        """The plan itself."""
        return read_plan_text(self.plan)


def solve(errand: Errand, tell: Tell) -> Solved | Refusal:
    """The plan that the hours allow, or what is left of the one in force."""
    tell(LEVELS, 0, 0)
    at = Occasion(errand.workspace, lambda: errand.now, errand.today)
    kept = at.load(errand.where)
    hours = errand.asked.get("hours_per_week")
    wishes = Wishes(hours_per_week=hours if isinstance(hours, float) else None)
    return _replan(errand.where, wishes, tell, at=at) if kept.plan else _plan(kept, wishes, tell, at=at)


def _plan(kept: Kept, wishes: Wishes, tell: Tell, *, at: Occasion) -> Solved | Refusal:
    from milepost.planning.solve import solve_plan  # loads the solver, which takes half a second

    asked = replace(wishes, own=own_demand(kept.loaded))
    prepared = prepare(kept.loaded.person, today=at.today, wishes=asked)
    tell(PLANNING, 0, 0)
    found = solve_plan(prepared.brief)
    return _refused(found) if isinstance(found, Infeasible) else Solved(kept.version, write_plan_text(found))


def _replan(where: str, wishes: Wishes, tell: Tell, *, at: Occasion) -> Solved | Refusal:
    from milepost.workflows.replan import propose_replan  # loads the solver

    tell(REPLANNING, 0, 0)
    proposal = propose_replan(where, at=at, wishes=wishes)
    found = proposal.found
    if isinstance(found, Infeasible):
        return _refused(found)
    return Solved(
        proposal.kept.version, write_plan_text(found.plan), "replan", _shifts(found), found.unchanged_share
    )


def _refused(found: Infeasible) -> Refusal:
    return Refusal(tuple(found.because), tuple(each.message for each in found.relax))


def _shifts(found: Replan) -> tuple[Shift, ...]:
    named = (("moved", found.moved), ("dropped", found.dropped), ("added", found.added))
    return tuple(
        Shift(what, each.title, each.reason, each.old_weeks, each.new_weeks)
        for what, changes in named
        for each in changes
    )
