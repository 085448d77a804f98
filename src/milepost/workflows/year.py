"""The weekly loop: what happens is written into the person's own file, one entry a change."""

import datetime as dt
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import MISSING, dataclass, fields, replace
from difflib import get_close_matches
from enum import Enum

from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.person_edits import plain_number, set_in_person_text
from milepost.model.activities import Catalogue
from milepost.model.people import Evidence, EvidenceKind, Watched
from milepost.model.plans import Finish, Plan, PlannedActivity, Quarter
from milepost.model.progress import Progress
from milepost.model.year import (
    Artefact,
    Card,
    CheckIn,
    Forecast,
    MilestoneRecord,
    Pause,
    Proof,
    ProofKind,
    Review,
    Session,
    Step,
    StepKind,
)
from milepost.workflows.keeping import Kept, files_kept_in, keep_change, load_kept
from milepost.workflows.memory import Made, Memory
from milepost.year.forecast import forecast_finish
from milepost.year.practice import advise, subject
from milepost.year.progress import measure_progress

NEAR = 0.6
END = "-"
"""The step of a path that stands for a new item of a list (``set_in_person_text``)."""

Record = (
    Artefact
    | Card
    | CheckIn
    | Evidence
    | Forecast
    | MilestoneRecord
    | Pause
    | Proof
    | Review
    | Session
    | Step
    | Watched
)
Entry = tuple[str, Record]
"""A list of the year, and the record that is appended to it."""


@dataclass(frozen=True)
class Occasion:
    """Where the person is kept, and when something is done; with the ``memory`` of a surface that stays open."""

    workspace: str | None
    now: Callable[[], dt.datetime]
    today: dt.date
    memory: Memory | None = None

    def load(self, name: str) -> Kept:
        """The person with their plans, as they are now."""
        return self.recall(name, load_kept, lambda: load_kept(name, workspace=self.workspace, now=self.now))

    def recall(self, name: str, what: Hashable, make: Callable[[], Made]) -> Made:
        """What is made of nothing but a person, the day and the shipped content, remembered where there is a memory."""
        if self.memory is None:
            return make()
        files = files_kept_in(name, workspace=self.workspace)
        return self.memory.recall((name, self.today, what), files, make)

    def keep(self, kept: Kept, verb: str, *, text: str | None = None, plan: Plan | None = None) -> None:
        """Write a change of the person, under the verb that asked for it."""
        keep_change(
            kept, verb=verb, workspace=self.workspace, now=self.now, today=self.today, text=text, plan=plan
        )


@dataclass(frozen=True, slots=True)
class Known:
    """What the words of a person meant: an activity of their plan, of the catalogue, or neither."""

    id: str
    title: str
    planned: PlannedActivity | None = None


def find_activity(words: str, plan: Plan | None, catalogue: Catalogue) -> Known:
    """The activity that is meant: one of the plan by its id or words of its title, or any by its id.

    Raises ``UnknownName`` with the nearest where nothing fits, ``UsageError`` where several do.
    """
    planned = {activity.id: activity for activity in plan.activities} if plan else {}
    if words in planned:
        return Known(words, planned[words].title, planned[words])
    if words in catalogue.activities:
        return Known(words, catalogue.activities[words].title)
    said = words.casefold()
    fits = [id_ for id_, each in planned.items() if said in each.title.casefold() or said in id_]
    if len(fits) == 1:
        return Known(fits[0], planned[fits[0]].title, planned[fits[0]])
    if fits:
        raise UsageError(
            f"{words!r} fits {len(fits)} activities of the plan",
            hint=f"Say which: {', '.join(sorted(fits)[:6])}.",
        )
    known = [*planned, *catalogue.activities]
    raise UnknownName("activity", words, nearest=get_close_matches(words, known, n=3, cutoff=NEAR))


def record_session(name: str, session: Session, *, at: Occasion) -> Kept:
    """Write one session; the first one of a planned activity also starts it."""
    kept = at.load(name)
    entries: list[Entry] = [("sessions", session)]
    if session.activity and not _begun(kept, session.activity):
        entries.append(("steps", Step(session.date, session.activity, StepKind.STARTED)))
    return _append(kept, "log", entries, at=at)


def record_checkin(
    name: str, checkin: CheckIn, *, at: Occasion, more: Callable[[Kept], Sequence[Entry]] = lambda _: ()
) -> Kept:
    """Write the five answers of a week; ``more`` gives what is kept with them, such as a forecast."""
    kept = at.load(name)
    return _append(kept, "checkin", [("checkins", checkin), *more(kept)], at=at)


@dataclass(frozen=True, slots=True)
class Finished:
    """What an activity was closed with: its proof, its hours, the artefact, and the levels that it shows."""

    proof: Proof
    hours: float | None = None
    artefact: Artefact | None = None
    levels: Mapping[str, float] | None = None
    word_of: EvidenceKind = EvidenceKind.PEER


def record_finish(name: str, activity: str, finished: Finished, *, at: Occasion) -> tuple[Kept, str]:
    """Close an activity by its evidence; where it is a quarter's milestone, the quarter is accepted too.

    Gives the person after it, and the title of the milestone (empty where it was none).
    """
    kept = at.load(name)
    known = find_activity(activity, kept.plan, load_catalogue())
    if any(
        step.activity == known.id and step.kind is StepKind.FINISHED for step in kept.loaded.person.year.steps
    ):
        raise UsageError(
            f"{known.title!r} is closed already", hint=f"`milepost undo {name}` takes the last change back."
        )
    step = Step(at.today, known.id, StepKind.FINISHED, hours=finished.hours, proof=finished.proof)
    entries: list[Entry] = [("steps", step)]
    if finished.artefact is not None:
        entries.append(("artefacts", finished.artefact))
    quarter = _milestone_of(known.id, kept.plan)
    if quarter is not None and quarter.milestone is not None:
        accepted = MilestoneRecord(
            quarter=quarter.number,
            accepted=at.today,
            evidence=finished.proof.text or finished.proof.url or finished.proof.checked,
            title=quarter.milestone.title,
            proof=finished.proof,
        )
        entries.append(("milestones", accepted))
    text = _with_entries(kept.loaded.text, entries)
    for piece in _shown(known, finished, today=at.today):
        text = set_in_person_text(text, path=("evidence", END), value=as_row(piece))
    at.keep(kept, "done", text=text)
    return at.load(name), quarter.milestone.title if quarter and quarter.milestone else ""


def _shown(known: Known, finished: Finished, *, today: dt.date) -> list[Evidence]:
    """Evidence of levels from a closed activity; a waiver shows nothing."""
    kinds = {"artefact": EvidenceKind.ARTEFACT, "check": EvidenceKind.ARTEFACT, "test": EvidenceKind.TASK}
    kind = kinds.get(finished.proof.kind.value, finished.word_of)
    verified = finished.artefact.verified if finished.artefact else None
    return [
        Evidence(
            skill=skill,
            kind=kind,
            level=level,
            date=today,
            title=known.title,
            url=finished.proof.url,
            verified=verified if kind is EvidenceKind.ARTEFACT else None,
            rater=finished.proof.by,
        )
        for skill, level in sorted((finished.levels or {}).items())
        if finished.proof.counts
    ]


def _milestone_of(activity: str, plan: Plan | None) -> Quarter | None:
    for quarter in plan.quarters if plan else ():
        if quarter.milestone is not None and quarter.milestone.activity == activity:
            return quarter
    return None


def record_skip(name: str, activity: str, reason: str, *, at: Occasion) -> Known:
    """Take an activity off the year, with the reason; the next replan does without it."""
    kept = at.load(name)
    known = find_activity(activity, kept.plan, load_catalogue())
    _append(kept, "skip", [("steps", Step(at.today, known.id, StepKind.SKIPPED, reason=reason))], at=at)
    return known


def start_pause(name: str, pause: Pause, *, at: Occasion) -> Kept:
    """Expect nothing from a day on, until a day or until ``end_pause``."""
    kept = at.load(name)
    for other in kept.loaded.person.year.pauses:
        if other.last is None:
            raise UsageError(
                f"a pause is open since {other.first}", hint=f"`milepost resume {name}` ends it."
            )
        if pause.first <= other.last and (pause.last is None or pause.last >= other.first):
            raise UsageError(
                f"this pause overlaps with the one from {other.first} to {other.last}",
                hint="Choose days that lie outside of it.",
            )
    return _append(kept, "pause", [("pauses", pause)], at=at)


def end_pause(name: str, *, at: Occasion) -> Pause:
    """End the open pause; its last day is yesterday, or its first day where that is today."""
    kept = at.load(name)
    pauses = kept.loaded.person.year.pauses
    running = [
        index
        for index, pause in enumerate(pauses)
        if pause.last is None or pause.first <= at.today <= pause.last
    ]
    if not running:
        raise UsageError("no pause is running", hint=f"`milepost pause {name} --until DATE` starts one.")
    index = running[-1]
    pause = pauses[index]
    last = max(pause.first, at.today - dt.timedelta(days=1))
    text = set_in_person_text(kept.loaded.text, path=("year", "pauses", str(index), "to"), value=last)
    at.keep(kept, "resume", text=text)
    return Pause(pause.first, last, pause.reason)


def append_entries(name: str, verb: str, entries: Sequence[Entry], *, at: Occasion) -> Kept:
    """Append records to lists of the year, all in one change."""
    return _append(at.load(name), verb, entries, at=at)


def _append(kept: Kept, verb: str, entries: Sequence[Entry], *, at: Occasion) -> Kept:
    at.keep(kept, verb, text=_with_entries(kept.loaded.text, entries))
    return at.load(kept.name if kept.path is None else str(kept.path))


def _with_entries(text: str, entries: Sequence[Entry]) -> str:
    for where, record in entries:
        text = set_in_person_text(text, path=("year", where, END), value=as_row(record))
    return text


_KEYS = {"first": "from", "last": "to"}
"""Fields that a person file calls otherwise."""


def as_row(record: Record) -> dict[str, object]:
    """A record as a person file holds it: what is as it is when left out, is left out."""
    row: dict[str, object] = {}
    for each in fields(record):
        value = getattr(record, each.name)
        default = each.default_factory() if each.default_factory is not MISSING else each.default
        if value not in (default, ""):
            row[_KEYS.get(each.name, each.name)] = _plain(value)
    return row


def _plain(value: object) -> object:
    if isinstance(value, Record):
        return as_row(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    return plain_number(value) if isinstance(value, float) else value


def _begun(kept: Kept, activity: str) -> bool:
    return any(step.activity == activity for step in kept.loaded.person.year.steps)


@dataclass(frozen=True)
class Standing:
    """Where a person's year stands on a day; without an accepted plan there is nothing to measure against."""

    person: str
    plan: Plan | None
    baseline: Plan | None
    progress: Progress | None
    finish: Finish | None


def show_standing(kept: Kept, *, at: Occasion, first: bool = False) -> Standing:
    """Progress against the plan in force (or the ``first`` one), and the finish at the person's own pace."""
    person, plan = kept.loaded.person, kept.baseline if first else kept.plan
    if plan is None:
        return Standing(person.name, None, None, None, None)
    return Standing(
        person.name,
        plan,
        kept.baseline,
        measure_progress(plan, person.year, today=at.today),
        forecast_finish(plan, person.year, today=at.today),
    )


@dataclass(frozen=True)
class Logged:
    """A session as it was written, the activity that it counts for, and what it says about the next one."""

    person: str
    session: Session
    title: str
    started: bool
    advice: tuple[str, ...]


def log_session(name: str, session: Session, *, at: Occasion) -> Logged:
    """Write one session of an activity named by id or words; its skill is the one that the activity trains most."""
    catalogue = load_catalogue()
    kept = at.load(name)
    title = ""
    if session.activity:
        known = find_activity(session.activity, kept.plan, catalogue)
        title = known.title
        session = replace(session, activity=known.id, skill=session.skill or _trained(known.id, catalogue))
    started = bool(session.activity) and not _begun(kept, session.activity)
    after = record_session(name, session, at=at)
    own = [s for s in after.loaded.person.year.sessions if subject(s) == subject(session)]
    return Logged(after.loaded.person.name, session, title, started, advise(own))


def _trained(activity: str, catalogue: Catalogue) -> str:
    known = catalogue.activities.get(activity.partition("#")[0])
    gains = known.gains if known else ()
    return max(gains, key=lambda gain: (gain.share, gain.skill)).skill if gains else ""


def check_in(name: str, checkin: CheckIn, *, at: Occasion) -> Standing:
    """Write the five answers, and with them the forecast of the day, which is scored when the truth is known."""

    def forecast(kept: Kept) -> Sequence[Entry]:
        finish = show_standing(kept, at=at).finish
        if finish is None:
            return ()
        return (("forecasts", Forecast(at.today, finish.p50, finish.p80, finish.p95)),)

    return show_standing(record_checkin(name, checkin, at=at, more=forecast), at=at)


@dataclass(frozen=True)
class Closed:
    """An activity that was closed: what a machine found, the milestone that it closes, and where the year stands."""

    standing: Standing
    activity: str
    title: str
    checked: str
    milestone: str


def finish_activity(name: str, activity: str, finished: Finished, *, at: Occasion) -> Closed:
    """Close an activity by its evidence; what a machine can check is checked before anything is written."""
    proof = finished.proof
    if proof.kind is ProofKind.CHECK:
        from milepost.files.proof_checks import check_proof

        proof = replace(proof, checked=check_proof(proof.checked))
    known = find_activity(activity, at.load(name).plan, load_catalogue())
    artefact = finished.artefact
    if artefact is not None:
        artefact = replace(
            artefact,
            title=artefact.title or known.title,
            kind=known.planned.kind if known.planned else "",
            activity=known.id,
            skills=tuple(sorted(finished.levels or {})),
        )
    kept, milestone = record_finish(name, known.id, replace(finished, proof=proof, artefact=artefact), at=at)
    return Closed(show_standing(kept, at=at), known.id, known.title, proof.checked, milestone)
