"""Years that were lived after a plan: what a person finished, started, skipped and logged by a day."""

import datetime as dt
from dataclasses import dataclass, replace

from hypothesis import strategies as st

from factories import Wishes, make_levels, wishes  # type: ignore[import-not-found]
from milepost.gaps import rank
from milepost.model.plans import Plan
from milepost.model.year import (
    Artefact,
    MilestoneRecord,
    Pause,
    Proof,
    ProofKind,
    Session,
    Step,
    StepKind,
    Year,
)
from milepost.planning.brief import Brief

FATES = ("nothing", "nothing", "finished", "started", "skipped", "both", "waived")


def on_schedule(plan: Plan, today: dt.date) -> Year:
    """Everything done as planned: what ended is finished, what runs is started and logged by the week."""
    steps, sessions = [], []
    for row in plan.activities:
        if row.end < today:
            steps.append(Step(row.end, row.id, StepKind.FINISHED))
        elif row.start < today:
            steps.append(Step(row.start, row.id, StepKind.STARTED))
            hours = min(row.hours, row.hours_per_week * ((today - row.start).days // 7))
            sessions.append(Session(row.start, activity=row.id, minutes=60 * hours))
    return Year(steps=tuple(steps), sessions=tuple(sessions))


def finish(plan: Plan, *ids: str, late: int = 0, proof: Proof | None = None) -> Year:
    """Some activities finished, so many days after their planned ends."""
    rows = {row.id: row for row in plan.activities}
    day = dt.timedelta(days=late)
    return Year(steps=tuple(Step(rows[id_].end + day, id_, StepKind.FINISHED, proof=proof) for id_ in ids))


@dataclass(frozen=True)
class Course:
    """A brief, a day in its year, and what happened to each planned activity, in a form that prints on a line.

    ``fates`` and ``back`` (days before the day) belong to the activities in order of weeks.
    """

    wish: Wishes
    day: int
    fates: tuple[str, ...]
    back: tuple[int, ...]
    minutes: tuple[int, ...]
    more_hours: float = 0.0
    more_weeks: int = 0
    up: tuple[float, ...] = ()
    artefact: bool = False
    accepted: bool = False
    pause: int | None = None
    keep_started: bool = True

    @property
    def today(self) -> dt.date:
        """The day of the replan."""
        start: dt.date = self.wish.brief().start
        return start + dt.timedelta(days=self.day)

    def year(self, plan: Plan) -> Year:
        """What was recorded up to the day."""
        steps: list[Step] = []
        sessions: list[Session] = []
        rows = zip(plan.activities, self.fates, self.back, self.minutes, strict=False)
        for row, fate, back, minutes in rows:
            day = max(plan.start, self.today - dt.timedelta(days=back))
            if fate in {"started", "both"}:
                steps.append(Step(day, row.id, StepKind.STARTED, hours=2.0 if minutes > 500 else None))
                sessions.append(Session(day, activity=row.id, minutes=minutes))
            if fate in {"finished", "both", "waived"}:
                proof = Proof(ProofKind.WAIVER, "no time") if fate == "waived" else None
                steps.append(Step(self.today, row.id, StepKind.FINISHED, proof=proof))
            if fate == "skipped":
                steps.append(Step(day, row.id, StepKind.SKIPPED, reason="not for me"))
        return Year(
            steps=tuple(steps),
            sessions=tuple(sessions),
            artefacts=(Artefact(self.today, "a post", public=True),) if self.artefact else (),
            milestones=(MilestoneRecord(1, self.today),) if self.accepted else (),
            pauses=()
            if self.pause is None
            else (Pause(self.today, self.today + dt.timedelta(days=self.pause)),),
        )

    def brief(self) -> Brief:
        """What holds on the day."""
        brief: Brief = self.wish.brief()
        means = {
            skill: level + more for (skill, level), more in zip(brief.levels.items(), self.up, strict=True)
        }
        report = rank(
            make_levels(means), brief.role, brief.catalogue.tree, person=brief.person, settings=brief.settings
        )
        return replace(
            brief,
            hours_per_week=brief.hours_per_week + self.more_hours,
            weeks=brief.weeks + self.more_weeks,
            levels=means,
            report=report,
        )


@st.composite
def courses(draw, *, weeks=(13, 26)):
    """Any course of any small year."""
    wish = draw(wishes(weeks=weeks))
    many = 16
    return Course(
        wish=wish,
        day=draw(st.integers(0, 7 * wish.weeks - 1)),
        fates=tuple(draw(st.lists(st.sampled_from(FATES), min_size=many, max_size=many))),
        back=tuple(draw(st.lists(st.integers(0, 40), min_size=many, max_size=many))),
        minutes=tuple(draw(st.lists(st.sampled_from((0, 90, 600)), min_size=many, max_size=many))),
        more_hours=draw(st.sampled_from((-1.0, 0.0, 0.0, 2.0))),
        more_weeks=draw(st.sampled_from((0, 0, 4, 13))),
        up=tuple(draw(st.sampled_from((0.0, 0.0, 0.3))) for _ in wish.levels),
        artefact=draw(st.booleans()),
        accepted=draw(st.booleans()),
        pause=draw(st.sampled_from((None, None, 9))),
        keep_started=draw(st.booleans()),
    )
