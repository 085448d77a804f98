"""The tools that write down what happened; none writes a rating, a level, evidence or a verdict."""

from dataclasses import replace
from typing import Annotated

from pydantic import Field

from milepost.mcp.reading import Document, Who, run
from milepost.model.plans import Infeasible, Plan
from milepost.model.year import CheckIn, Feedback, Result, Session
from milepost.publish.schema import plan_document
from milepost.publish.year_schema import replan_document
from milepost.workflows.home import OWNER, Home
from milepost.workflows.hype import consider as weigh
from milepost.workflows.market import own_demand
from milepost.workflows.roadmap import Wishes, make_roadmap
from milepost.workflows.year import check_in, log_session


class Writer:
    """The verbs of one home that add to a person's file, each asked for first."""

    def __init__(self, home: Home) -> None:
        self._home = home

    async def log(
        self,
        person: Who,
        minutes: Annotated[float, Field(ge=1, le=1440)],
        activity: Annotated[
            str, Field(description="A planned activity, by id or words.", max_length=300)
        ] = "",
        goal: Annotated[str, Field(max_length=2000)] = "",
        result: Result | None = None,
        feedback: Feedback = Feedback.NONE,
        error: Annotated[str, Field(max_length=2000)] = "",
        fix: Annotated[str, Field(max_length=2000)] = "",
    ) -> Document:
        """Write down one session of work or practice (asked for first)."""
        session = Session(
            self._home.today(),
            activity=activity,
            goal=goal,
            minutes=minutes,
            result=result,
            feedback=feedback,
            error=error,
            fix=fix,
        )

        def work() -> Document:
            logged = log_session(self._home.where(person, OWNER), session, at=self._home.occasion())
            return {"activity": logged.session.activity, "minutes": minutes, "advice": list(logged.advice)}

        return await run(work)

    async def checkin(
        self,
        person: Who,
        hours: Annotated[float, Field(ge=0, le=168)],
        moved: Annotated[str, Field(max_length=2000)] = "",
        blocked: Annotated[str, Field(max_length=2000)] = "",
        confidence: Annotated[float | None, Field(ge=0, le=10)] = None,
        next: Annotated[str, Field(max_length=2000)] = "",  # noqa: A002 - the name of the question
    ) -> Document:
        """Keep the five answers of a week (asked for first)."""
        answers = CheckIn(
            self._home.today(), hours, moved=moved, blocked=blocked, confidence=confidence, next=next
        )

        def work() -> Document:
            standing = check_in(self._home.where(person, OWNER), answers, at=self._home.occasion())
            return {"hours": hours, "status": standing.progress.status if standing.progress else None}

        return await run(work)

    async def consider(
        self,
        person: Who,
        thing: Annotated[str, Field(min_length=1, max_length=200)],
        source: Annotated[str, Field(max_length=500)] = "",
        keep: bool = False,
    ) -> Document:
        """Weigh one new thing by the hype guard; with ``keep`` the decision is written down (asked for first)."""

        def work() -> Document:
            found = weigh(
                self._home.where(person, OWNER), thing, at=self._home.occasion(), source=source, keep=keep
            )
            return {
                "thing": found.thing,
                "verdict": found.decision,
                "may_enter": found.may_enter,
                "why": found.why,
                "displaces": found.displaces,
                "recheck": found.recheck.isoformat() if found.recheck else None,
                "kept": keep,
            }

        return await run(work)

    async def accept_plan(
        self,
        person: Who,
        hours_per_week: Annotated[float | None, Field(gt=0, le=80)] = None,
    ) -> Document:
        """Solve the year and put the plan in force, or replan what is left of it (asked for first)."""
        from milepost.workflows.replan import accept_plan as put_in_force
        from milepost.workflows.replan import accept_replan, propose_replan

        def work() -> Document:
            at, where = self._home.occasion(), self._home.where(person, OWNER)
            wishes = Wishes(None, None, None, hours_per_week)
            if at.load(where).plan is not None:
                proposal = propose_replan(where, at=at, wishes=wishes)
                if isinstance(proposal.found, Infeasible):
                    return dict(plan_document(proposal.found))
                accept_replan(proposal, at=at)
                return dict(replan_document(proposal.found, accepted=True))
            loaded = at.load(where).loaded
            wishes = replace(wishes, own=own_demand(loaded))
            roadmap = make_roadmap(loaded.person, today=at.today, wishes=wishes)
            if isinstance(roadmap.plan, Plan):
                put_in_force(where, roadmap, at=at)
            return dict(plan_document(roadmap.plan))

        return await run(work)


def of_session(person: str, minutes: float, activity: str) -> str:
    """What ``log`` writes."""
    return f"{minutes:g} minutes of {person} on {activity or 'something off the plan'}."


def of_checkin(person: str, hours: float) -> str:
    """What ``checkin`` writes."""
    return f"A check-in of {person} with {hours:g} hours."


def of_temptation(person: str, thing: str, keep: bool) -> str:
    """What ``consider`` writes; nothing where it only weighs."""
    return f"The temptation {thing!r} on the watch list of {person}." if keep else ""


def of_plan(person: str) -> str:
    """What ``accept_plan`` writes."""
    return f"A new plan in force for {person}."
