"""The work of a year: every activity with its hours, what came of it, and who stands behind that."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.compare.recorded import Recorded
from milepost.model.activities import Activity
from milepost.model.comparison import Credited
from milepost.model.year import Artefact, Step, StepKind, Verification

SIGNAL: Mapping[Verification, float] = {
    Verification.SELF_PUBLISHED: 0.2,
    Verification.USED_BY_OTHERS: 0.5,
    Verification.REVIEWED: 0.5,
    Verification.ACCEPTED: 1.0,
    Verification.CITED_BY_INTERVIEWER: 1.0,
}
"""What a verification is worth for each person who gave it (method-practice 7.2; assumption)."""
OWN_WORD = "in the person's own words"


@dataclass(frozen=True, slots=True)
class Work:
    """One activity of the year. ``activity`` is None for work that the catalogue does not know.

    ``on_plan`` work is named by the id of an activity; free words are off the plan.
    ``earned`` tells whether it was finished with evidence that counts.
    """

    name: str
    activity: Activity | None
    hours: float | None
    finished: bool
    earned: bool
    artefacts: tuple[Artefact, ...]
    started: dt.date | None = None

    @property
    def on_plan(self) -> bool:
        """Whether it is named by the id of an activity."""
        return self.activity is not None

    @property
    def title(self) -> str:
        """What to call it: its only artefact, the activity's title, or the person's own words."""
        if len(self.artefacts) == 1 and self.artefacts[0].title:
            return self.artefacts[0].title
        return self.activity.title if self.activity else self.name

    @property
    def public(self) -> bool:
        """Whether others can see something of it."""
        return any(artefact.public for artefact in self.artefacts)

    @property
    def verified_publicly(self) -> bool:
        """Whether something of it is public and somebody else stands behind that."""
        return any(a.public and a.verified not in {None, Verification.SELF_PUBLISHED} for a in self.artefacts)

    @property
    def signal(self) -> float:
        """Σ weight of the verification × people who gave it, over the artefacts."""
        return sum(SIGNAL[a.verified] * max(1, len(a.by)) for a in self.artefacts if a.verified)


def list_work(year: Recorded) -> tuple[Work, ...]:
    """Every activity that was started, finished or skipped, and every artefact without one, by name."""
    steps: dict[str, list[Step]] = {}
    for step in year.person.year.steps:
        steps.setdefault(step.activity, []).append(step)
    made: dict[str, list[Artefact]] = {}
    for artefact in year.person.year.artefacts:
        made.setdefault(artefact.activity or artefact.title or artefact.kind, []).append(artefact)
    names = sorted({*steps, *made})
    return tuple(_work(name, year, steps.get(name, ()), made.get(name, ())) for name in names)


def _work(name: str, year: Recorded, steps: Sequence[Step], artefacts: Sequence[Artefact]) -> Work:
    hours = [step.hours for step in steps if step.hours is not None]
    finished = [step for step in steps if step.kind is StepKind.FINISHED]
    started = [step.date for step in steps]
    return Work(
        name=name,
        activity=year.activities.get(name),
        hours=sum(hours) if hours else None,
        finished=bool(finished),
        earned=any(step.proof is not None and step.proof.counts for step in finished),
        artefacts=tuple(artefacts),
        started=min(started) if started else None,
    )


def merge_credit(year: Recorded) -> dict[str, float]:
    """The points of all outcomes, by name as the person wrote it."""
    points: dict[str, float] = {}
    for outcome in year.person.outcomes:
        for name, share in outcome.credit.items():
            points[name] = points.get(name, 0.0) + share
    return {name: share for name, share in points.items() if share > 0}


def match_credit(year: Recorded, works: Sequence[Work]) -> tuple[tuple[str, float, Work | None], ...]:
    """Every name of the credit with its points and the work that it means.

    A name means an activity, its title, or the title of one of its artefacts; None where it
    means nothing that was recorded.
    """
    named: dict[str, Work] = {}
    for work in works:
        for title in (work.name, work.title, *(artefact.title for artefact in work.artefacts)):
            named.setdefault(title.casefold().strip(), work)
    credit = sorted(merge_credit(year).items())
    return tuple((name, points, named.get(name.casefold().strip())) for name, points in credit)


def rank_credit(credit: Sequence[tuple[str, float, Work | None]]) -> tuple[Credited, ...]:
    """What the person gave points to, most first; of equals the one with the stronger witness."""
    rows = [_credited(name, points, work) for name, points, work in credit]
    return tuple(sorted(rows, key=lambda row: (-row.points, -row.signal, row.title)))


def find_witness(works: Sequence[Work]) -> Credited | None:
    """The work that others stand behind most, whatever the person thinks of it; None where nobody does."""
    best = max(works, key=lambda work: (round(work.signal, 9), work.name), default=None)
    return _credited(best.name, 0.0, best) if best is not None and best.signal > 0 else None


def _credited(name: str, points: float, work: Work | None) -> Credited:
    if work is None:
        return Credited(name, name, OWN_WORD, points, None, public=False, verified="", by=(), signal=0.0)
    strongest = max(
        (artefact for artefact in work.artefacts if artefact.verified),
        key=lambda a: SIGNAL[a.verified] * max(1, len(a.by)) if a.verified else 0.0,
        default=None,
    )
    verified = strongest.verified.value if strongest and strongest.verified else ""
    return Credited(
        name=work.name,
        title=work.title,
        kind=work.activity.kind.value if work.activity else OWN_WORD,
        points=points,
        hours=work.hours,
        public=work.public,
        verified=verified,
        by=strongest.by if strongest else (),
        signal=work.signal,
    )
