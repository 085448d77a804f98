"""Plans that were solved but not accepted yet: worked out beside the requests, kept over a restart."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

from pydantic import TypeAdapter

from milepost.errors import MilepostError
from milepost.files.plan_text import read_plan_text, write_plan_text
from milepost.files.replacing import read_bytes, replace_text
from milepost.model.language import marked
from milepost.model.plans import Infeasible, Plan
from milepost.model.replans import Replan
from milepost.workflows.market import own_demand
from milepost.workflows.roadmap import Wishes, make_roadmap
from milepost.workflows.year import Occasion

RUNNING, READY, REFUSED, STOPPED = "running", "ready", "refused", "stopped"
WAITING = marked("waiting for its turn")
PLANNING = marked("levels, gaps, and the best plan that the hours allow")
REPLANNING = marked("what is left of the year, changed as little as its worth allows")
STEPS = (WAITING, PLANNING, REPLANNING)
"""How far a solve is; kept in English, said by ``telling``."""


@dataclass(frozen=True)
class Shift:
    """One activity that a replan moves, drops or adds: its weeks before and after."""

    what: str
    title: str
    reason: str
    before: tuple[int, int] | None
    after: tuple[int, int] | None


@dataclass(frozen=True)
class Proposal:
    """One solve for one person: its state, what was asked, and the plan or why there is none.

    ``version`` is the version of the person that it was made from. ``changes`` is the difference
    to the plan in force, ``unchanged_share`` the part of its weeks still to come that stays.
    """

    state: str
    version: int
    step: str = ""
    plan: str = ""
    verb: str = "plan"
    changes: tuple[Shift, ...] = ()
    unchanged_share: float | None = None
    because: tuple[str, ...] = ()
    relax: tuple[str, ...] = ()
    hours_per_week: float | None = None
    number: int = 0

    def read_plan(self) -> Plan | None:
        """The plan, where there is one."""
        return read_plan_text(self.plan) if self.plan else None


_READER = TypeAdapter(Proposal)


@dataclass
class Proposals:
    """The proposals of one server, one a person; solving goes on in the background, one at a time."""

    folder: Path
    _pool: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "milepost-solve"))
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _own: set[tuple[str, int]] = field(default_factory=set)

    def load(self, name: str) -> Proposal | None:
        """The newest proposal for a person; one that was running when the server stopped says so."""
        raw = read_bytes(self._path(name))
        if raw is None:
            return None
        try:
            found = _READER.validate_json(raw)
        except ValueError:
            return None
        if found.state == RUNNING and (name, found.number) not in self._own:
            return replace(found, state=STOPPED)
        return found

    def start(self, name: str, where: str, wishes: Wishes, *, at: Occasion) -> None:
        """Solve in the background; an earlier proposal of the person is replaced."""
        kept = at.load(where)
        before = self.load(name)
        number = (before.number if before else 0) + 1
        proposal = Proposal(
            RUNNING,
            kept.version,
            step=WAITING,
            hours_per_week=wishes.hours_per_week,
            number=number,
        )
        with self._lock:
            self._own.add((name, number))
            self._save(name, proposal)
        again = kept.plan is not None
        self._pool.submit(self._work, name, where, wishes, proposal, at, again=again)

    def drop(self, name: str) -> None:
        """Forget the proposal; a solve that runs is left alone, and its result is not kept."""
        with self._lock:
            self._own = {each for each in self._own if each[0] != name}
            self._path(name).unlink(missing_ok=True)

    def close(self) -> None:
        """Stop waiting solves; the running one is left to end with the process."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _work(
        self, name: str, where: str, wishes: Wishes, proposal: Proposal, at: Occasion, *, again: bool
    ) -> None:
        def say(step: str) -> None:
            self._keep(name, replace(proposal, step=step))

        try:
            done = (
                _replan(where, wishes, proposal, at, say)
                if again
                else _plan(where, wishes, proposal, at, say)
            )
        except MilepostError as fault:
            done = replace(proposal, state=REFUSED, because=(fault.message,), relax=(fault.hint,))
        except Exception as fault:  # noqa: BLE001 - a bug in the background must reach the page
            done = replace(
                proposal, state=REFUSED, because=(f"a bug in Milepost: {type(fault).__name__}: {fault}",)
            )
        self._keep(name, done)

    def _keep(self, name: str, proposal: Proposal) -> None:
        with self._lock:
            if (name, proposal.number) in self._own:
                self._save(name, proposal)

    def _save(self, name: str, proposal: Proposal) -> None:
        path = self._path(name)
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        replace_text(path, json.dumps(asdict(proposal), ensure_ascii=False), was=read_bytes(path))

    def _path(self, name: str) -> Path:
        return self.folder / "proposals" / f"{blake2b(name.encode(), digest_size=12).hexdigest()}.json"


Say = Callable[[str], None]


def _plan(where: str, wishes: Wishes, proposal: Proposal, at: Occasion, say: Say) -> Proposal:
    say(PLANNING)
    loaded = at.load(where).loaded
    asked = replace(wishes, own=own_demand(loaded))
    return _ended(proposal, make_roadmap(loaded.person, today=at.today, wishes=asked).plan)


def _replan(where: str, wishes: Wishes, proposal: Proposal, at: Occasion, say: Say) -> Proposal:
    from milepost.workflows.replan import propose_replan  # loads the solver, which takes half a second

    say(REPLANNING)
    found = propose_replan(where, at=at, wishes=wishes).found
    if isinstance(found, Infeasible):
        return _ended(proposal, found)
    return replace(
        _ended(proposal, found.plan),
        verb="replan",
        changes=_shifts(found),
        unchanged_share=found.unchanged_share,
    )


def _ended(proposal: Proposal, plan: Plan | Infeasible) -> Proposal:
    if isinstance(plan, Infeasible):
        relax = tuple(each.message for each in plan.relax)
        return replace(proposal, state=REFUSED, step="", because=tuple(plan.because), relax=relax)
    return replace(proposal, state=READY, step="", plan=write_plan_text(plan))


def _shifts(found: Replan) -> tuple[Shift, ...]:
    named = (("moved", found.moved), ("dropped", found.dropped), ("added", found.added))
    return tuple(
        Shift(what, each.title, each.reason, each.old_weeks, each.new_weeks)
        for what, changes in named
        for each in changes
    )
