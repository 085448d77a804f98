"""The outline of a text from what a person recorded: their words, in order, and what is missing.

No sentence is invented: every line is a field of the person file, the title of a planned
activity, or a count of entries. What a form asks for and nobody recorded stays a question.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from milepost.model.language import day
from milepost.model.year import Feedback, Result, StepKind
from milepost.publish.exports import plain
from milepost.publish.portfolio_words import STANDING
from milepost.publish.privacy_gate import text_faults
from milepost.publish.words import hours, safe_address
from milepost.year.record import Record


class Form(StrEnum):
    """What the outline is for."""

    POST = "post"
    TALK = "talk"
    README = "readme"
    WRITE_UP = "write-up"
    BRAG = "brag"
    WEEK = "week"


PUBLIC = frozenset({Form.POST, Form.TALK, Form.README, Form.WEEK})
"""Forms that others will read: private words and work that is not public stay out of them."""


@dataclass(frozen=True, slots=True)
class Line:
    """One recorded thing: its words, its day, and its place in the person file (or ``plan``, or ``count``)."""

    text: str
    source: str
    date: dt.date | None = None
    private: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the outline; ``missing`` says what to record where it has no line."""

    heading: str
    lines: tuple[Line, ...]
    missing: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An outline, and the places of the lines that were kept out of it with the reason."""

    form: Form
    title: str
    parts: tuple[Part, ...]
    left_out: tuple[tuple[str, str], ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing was recorded that it could be made of."""
        return not any(line.source not in ("plan", "count") for part in self.parts for line in part.lines)


RESULTS = {Result.PASS: "passed", Result.PART: "in part", Result.FAIL: "failed"}

Pick = Callable[[Record], Iterator[Line]]


def make_draft(record: Record, form: Form, *, private: Sequence[str]) -> Draft:
    """The outline of one form. In a form for others, lines with private words are left out and named."""
    parts: list[Part] = []
    left_out: dict[tuple[str, str], None] = {}

    def may_stand(line: Line) -> bool:
        reason = _private(line, private) if form in PUBLIC else ""
        if reason:
            left_out[line.source, reason] = None
        return not reason

    for heading, pick, missing in FORMS[form]:
        kept = dict.fromkeys(line for line in pick(record) if may_stand(line))
        parts.append(Part(heading, tuple(kept), missing))
    title = record.title if may_stand(Line(record.title, "title")) else "Untitled"
    return Draft(form, title, tuple(parts), tuple(left_out))


def _private(line: Line, private: Sequence[str]) -> str:
    if line.private:
        return "it is not public"
    return next(iter(text_faults(line.text, private)), "")


def render_draft(draft: Draft) -> str:
    """Markdown; every recorded line ends with its day, every empty section with what would fill it."""
    if draft.form is Form.WEEK:
        return _week(draft)
    blocks = [f"# {plain(draft.title)}"]
    for part in draft.parts:
        blocks.append(f"## {part.heading}")
        rows = [f"- {plain(line.text)}{_when(line)}" for line in part.lines]
        blocks.append("\n".join(rows) if rows else f"*Nothing recorded. {part.missing}*")
    return "\n\n".join(blocks) + "\n"


def _when(line: Line) -> str:
    return f" ({day(line.date)})" if line.date else ""


def _week(draft: Draft) -> str:
    """One line to share."""
    said = [f"{part.heading}: {line.text.rstrip('.')}." for part in draft.parts for line in part.lines[:1]]
    return " ".join(said) + "\n" if said else ""


def _goals(record: Record) -> Iterator[Line]:
    """The milestone, what the plan wanted, and the goals of the sessions, each once."""
    said: set[str] = set()
    for line in _every_goal(record):
        if line.text not in said:
            said.add(line.text)
            yield line


def _every_goal(record: Record) -> Iterator[Line]:
    for place, milestone in record.milestones:
        if milestone.title:
            yield Line(milestone.title, f"year.milestones.{place}.title")
    for planned in record.planned:
        goal = f": {planned.practice_goal}" if planned.practice_goal else ""
        yield Line(f"{planned.title}{goal}", "plan")
    for place, session in record.sessions:
        if session.goal:
            yield Line(session.goal, f"year.sessions.{place}.goal", session.date)


def _course(record: Record) -> Iterator[Line]:
    """What was tried on which day and how it went."""
    for place, session in record.sessions:
        if session.goal and session.result:
            by = f", by {session.feedback}" if session.feedback is not Feedback.NONE else ""
            yield Line(f"{session.goal}: {session.result}{by}", f"year.sessions.{place}", session.date)


def _errors(record: Record) -> Iterator[Line]:
    for place, session in record.sessions:
        if session.error:
            text = f"{session.error} → {session.fix}" if session.fix else session.error
            yield Line(text, f"year.sessions.{place}.error", session.date)


def _open_errors(record: Record) -> Iterator[Line]:
    for place, session in record.sessions:
        if session.error and not session.fix and session.result is not Result.PASS:
            yield Line(session.error, f"year.sessions.{place}.error", session.date)


def _fixes(record: Record) -> Iterator[Line]:
    for place, session in reversed(record.sessions):
        if session.fix:
            yield Line(session.fix, f"year.sessions.{place}.fix", session.date)


def _artefacts(record: Record) -> Iterator[Line]:
    """Pieces with who stands behind them, the newest first."""
    for place, piece in sorted(record.artefacts, key=lambda each: each[1].date, reverse=True):
        if piece.title:
            parts = [
                piece.title,
                STANDING[piece.verified].lower() if piece.verified else "",
                piece.url if safe_address(piece.url) else "",
            ]
            text = ", ".join(part for part in parts if part)
            yield Line(text, f"year.artefacts.{place}", piece.date, private=not piece.public)


def _proofs(record: Record) -> Iterator[Line]:
    """What closed a milestone or an activity; a waiver is named as one."""
    pieces = {piece.url for _, piece in record.artefacts if piece.title}
    for place, milestone in record.milestones:
        if milestone.accepted and milestone.evidence and milestone.evidence not in pieces:
            yield Line(milestone.evidence, f"year.milestones.{place}.evidence", milestone.accepted)
    for place, step in record.steps:
        if step.kind is StepKind.FINISHED:
            proof = step.proof
            shown = f" ({proof.kind}: {proof.text or proof.url or proof.checked})" if proof else ""
            yield Line(
                f"{record.titles.get(step.activity, step.activity)}{shown}", f"year.steps.{place}", step.date
            )


def _evidence(record: Record) -> Iterator[Line]:
    yield from _proofs(record)
    yield from _artefacts(record)


def _counts(record: Record) -> Iterator[Line]:
    if record.sessions:
        number = len(record.sessions)
        yield Line(f"{number} session{'s' if number != 1 else ''}, {hours(record.hours)}", "count")
    found = Counter(session.result for _, session in record.sessions if session.result)
    if found:
        yield Line(
            ", ".join(f"{found[result]} {word}" for result, word in RESULTS.items() if found[result]), "count"
        )
    checkins = sum(each.hours for _, each in record.checkins)
    if checkins:
        yield Line(f"{hours(checkins)} by {len(record.checkins)} check-ins", "count")


def _moved(record: Record) -> Iterator[Line]:
    for place, each in reversed(record.checkins):
        if each.moved:
            yield Line(each.moved, f"year.checkins.{place}.moved", each.date)


def _blocked(record: Record) -> Iterator[Line]:
    for place, each in record.checkins:
        if each.blocked:
            yield Line(each.blocked, f"year.checkins.{place}.blocked", each.date)


def _next(record: Record) -> Iterator[Line]:
    for place, each in reversed(record.checkins):
        if each.next:
            yield Line(each.next, f"year.checkins.{place}.next", each.date)


_LOG = "`milepost log PERSON --error … --fix …` keeps what broke and what mended it."
_GOAL = "Say in one sentence what should work afterwards; `milepost log --goal …` keeps it."
_SHOW = "`milepost done PERSON ACTIVITY` closes work by its evidence; `--artefact` adds the piece."
_COUNT = "`milepost log PERSON --minutes …` counts the hours."
_NEXT = "`milepost checkin PERSON --next …` keeps it."
_MOVED = "`milepost checkin PERSON --moved …` keeps it."

FORMS: dict[Form, tuple[tuple[str, Pick, str], ...]] = {
    Form.POST: (
        ("What should work in the end", _goals, _GOAL),
        ("What I tried, in order", _course, "`milepost log PERSON --goal … --result …` keeps each try."),
        ("What broke, and what mended it", _errors, _LOG),
        ("What shows that it works", _evidence, _SHOW),
        ("In numbers", _counts, _COUNT),
        ("What comes next", _next, _NEXT),
    ),
    Form.TALK: (
        ("One sentence: what the room can do afterwards", _goals, _GOAL),
        ("The first thing that broke, and the others", _errors, _LOG),
        ("What changed", _moved, _MOVED),
        ("The proof on one slide", _evidence, _SHOW),
        ("In numbers", _counts, _COUNT),
        ("What to try on Monday", _fixes, _LOG),
    ),
    Form.README: (
        ("What it is", _artefacts, _SHOW),
        ("What it is for", _goals, _GOAL),
        ("How it was checked", _proofs, _SHOW),
        ("Known faults", _open_errors, "A session with an error and no fix would be listed here."),
        ("What is next", _next, _NEXT),
    ),
    Form.WRITE_UP: (
        ("Why we did it", _goals, _GOAL),
        ("What we learned the hard way", _errors, _LOG),
        ("What changed", _moved, _MOVED),
        ("Evidence", _evidence, _SHOW),
        ("What it cost", _counts, _COUNT),
        ("What stands in the way", _blocked, "`milepost checkin PERSON --blocked …` keeps it."),
        ("Next", _next, _NEXT),
    ),
    Form.BRAG: (
        ("Finished, by its evidence", _proofs, _SHOW),
        ("Shown to others", _artefacts, "`milepost done PERSON ACTIVITY --artefact …` adds the piece."),
        ("What moved", _moved, _MOVED),
        ("Broken and mended", _errors, _LOG),
        ("In numbers", _counts, _COUNT),
    ),
    Form.WEEK: (
        ("Moved", _moved, _MOVED),
        ("Shown", _artefacts, _SHOW),
        ("Learned", _fixes, _LOG),
    ),
}  # fmt: skip
"""Each form's sections: the heading, what fills it, and what to do where nothing does."""
