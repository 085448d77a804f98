"""Plans that were solved but not accepted yet: worked out beside the requests, kept over a restart."""

from dataclasses import dataclass

from pydantic import TypeAdapter

from milepost.model.plans import Plan
from milepost.web.errands import PROPOSALS, READY, Errand, Work
from milepost.web.solving import Shift, Solved
from milepost.web.works import Works
from milepost.workflows.roadmap import Wishes
from milepost.workflows.year import Occasion

_SOLVED = TypeAdapter(Solved)


@dataclass(frozen=True)
class Proposal:
    """One solve for one person: how far it is, or the plan that came of it, or why there is none."""

    work: Work
    solved: Solved | None

    @property
    def state(self) -> str:
        """Running, ready, refused, stopped or cancelled."""
        return self.work.state

    @property
    def number(self) -> int:
        """Each solve of a person has the next one."""
        return self.work.number

    @property
    def version(self) -> int | None:
        """The version of the person that the plan was made from."""
        return self.solved.version if self.solved else None

    @property
    def verb(self) -> str:
        """What an accepted plan is kept as."""
        return self.solved.verb if self.solved else "plan"

    @property
    def changes(self) -> tuple[Shift, ...]:
        """The difference to the plan in force."""
        return self.solved.changes if self.solved else ()

    @property
    def unchanged_share(self) -> float | None:
        """The part of the weeks still to come that stays; None for a first plan."""
        return self.solved.unchanged_share if self.solved else None

    @property
    def because(self) -> tuple[str, ...]:
        """Why there is no plan."""
        return self.work.because

    @property
    def relax(self) -> tuple[str, ...]:
        """What would help."""
        return self.work.relax

    @property
    def hours_per_week(self) -> float | None:
        """The hours that were asked for, where they differ from the file's."""
        asked = self.work.asked.get("hours_per_week")
        return asked if isinstance(asked, float) else None

    def read_plan(self) -> Plan | None:
        """The plan, where there is one."""
        return self.solved.read_plan() if self.solved else None


@dataclass(frozen=True)
class Proposals:
    """The proposals of one server, one a person."""

    works: Works

    def load(self, name: str) -> Proposal | None:
        """The newest proposal for a person."""
        work = self.works.load(PROPOSALS, name)
        if work is None:
            return None
        try:
            return Proposal(work, _SOLVED.validate_python(work.result) if work.state == READY else None)
        except ValueError:  # kept by an earlier version
            return None

    def start(self, name: str, where: str, wishes: Wishes, *, at: Occasion) -> None:
        """Solve beside the requests; an earlier proposal of the person is replaced."""
        asked: dict[str, object] = {"hours_per_week": wishes.hours_per_week}
        self.works.start(Errand(PROPOSALS, name, where, at.workspace, at.now(), at.today, asked))

    def cancel(self, name: str) -> bool:
        """End the solve that runs, its process too."""
        return self.works.cancel(PROPOSALS, name)

    def drop(self, name: str) -> None:
        """Forget the proposal; a solve that runs is ended."""
        self.works.drop(PROPOSALS, name)
