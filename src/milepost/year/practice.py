"""Sessions as deliberate practice: what they are worth, what comes next, and when something is mastered.

Source: method-practice 4.2 and 4.3, method note, settled points 14 and 18.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from milepost.model.language import marked
from milepost.model.settings import Settings
from milepost.model.year import Feedback, Result, Session

EDGE_TRIES = 5
EASY, HARD = 0.85, 0.60
"""Success over the last five tries above which work is too easy, below which too hard."""

NEXT_TIME = marked("Next time: %(fix)s")
LAST_ERROR = marked("Last error: %(error)s. Decide how to avoid it before you start.")
TOO_EASY = marked("It goes too easily: make the goal harder.")
TOO_HARD = marked("It is too hard just now: cut the goal in two.")
NO_FEEDBACK = marked("Without feedback it trains little: find a test, a metric or a reader.")
"""What ``advise`` says."""

SHARES: Mapping[Result, float] = {Result.PASS: 1.0, Result.PART: 0.5, Result.FAIL: 0.0}


@dataclass(frozen=True, slots=True)
class MicroSkill:
    """One part of a skill as it was practised.

    ``with_feedback`` is what counts towards seven; ``days`` on which it passed; ``chance`` of
    the next pass at mean − 1 sd.
    """

    name: str
    skill: str
    tries: int
    with_feedback: int
    days: int
    chance: float
    practised: bool
    mastered: bool


def success_share(sessions: Sequence[Session]) -> float | None:
    """Success over the last five sessions that had a result; a part counts half."""
    scores = [SHARES[each.result] for each in sessions if each.result is not None][-EDGE_TRIES:]
    return sum(scores) / len(scores) if scores else None


def quality(session: Session, before: Sequence[Session]) -> float:
    """q = .40 + .12 for each of goal, edge, feedback, error note and repetition: .40 to 1.00.

    ``before`` are the earlier sessions of the same skill or micro-skill. Edge: success over the
    last five tries between 60 and 85 %.
    """
    share = success_share([*before, session])
    met = (
        bool(session.goal.strip()),
        share is not None and HARD <= share <= EASY,
        session.feedback is not Feedback.NONE,
        bool(session.error.strip()),
        bool(before),
    )
    return 0.40 + 0.12 * sum(met)


def effective_hours(sessions: Sequence[Session]) -> float:
    """Hours × quality over all sessions, each against those of its own subject before it."""
    total = 0.0
    earlier: dict[str, list[Session]] = {}
    for session in in_order(sessions):
        before = earlier.setdefault(subject(session), [])
        total += session.minutes / 60 * quality(session, before)
        before.append(session)
    return total


def in_order(sessions: Sequence[Session]) -> list[Session]:
    """By day; sessions of one day keep the order in which they were written."""
    return sorted(sessions, key=lambda each: each.date)


def subject(session: Session) -> str:
    """What a session practises: its micro-skill, else its skill, else its activity."""
    return session.micro_skill or session.skill or session.activity


def advise(sessions: Sequence[Session]) -> tuple[str, ...]:
    """What to do in the next session of one subject: the error to mend first, then the difficulty."""
    ordered = in_order(sessions)
    if not ordered:
        return ()
    found = []
    last = ordered[-1]
    if last.fix:
        found.append(NEXT_TIME % {"fix": last.fix})
    elif last.error:
        found.append(LAST_ERROR % {"error": last.error})
    share = success_share(ordered)
    tries = sum(each.result is not None for each in ordered[-EDGE_TRIES:])
    if share is not None and tries >= 3:
        if share > EASY:
            found.append(TOO_EASY)
        elif share < HARD:
            found.append(TOO_HARD)
    if last.feedback is Feedback.NONE:
        found.append(NO_FEEDBACK)
    return tuple(found)


def micro_skills(
    sessions: Sequence[Session], *, closed: frozenset[str], settings: Settings
) -> tuple[MicroSkill, ...]:
    """Every micro-skill with its repetitions.

    ``closed`` are the skills for which a graded task was passed or an artefact accepted.
    Practised: seven sessions with feedback. Mastered: practised, the chance of a pass at mean − 1 sd
    at least .85 (Beta posterior, uniform prior), passed on two days, and its skill closed.
    """
    groups: dict[tuple[str, str], list[Session]] = {}
    for session in in_order(sessions):
        if session.micro_skill:
            groups.setdefault((session.skill, session.micro_skill), []).append(session)
    return tuple(
        _micro_skill(skill, name, tries, closed=skill in closed, settings=settings)
        for (skill, name), tries in sorted(groups.items())
    )


def _micro_skill(
    skill: str, name: str, tries: Sequence[Session], *, closed: bool, settings: Settings
) -> MicroSkill:
    fed = [each for each in tries if each.feedback is not Feedback.NONE and each.result is not None]
    passed = 1 + sum(SHARES[each.result] for each in fed if each.result is not None)
    failed = 1 + len(fed) + 1 - passed
    mean = passed / (passed + failed)
    sd = math.sqrt(mean * (1 - mean) / (passed + failed + 1))
    chance = mean - sd
    days = len({each.date for each in fed if each.result is Result.PASS})
    practised = len(fed) >= settings.repetitions
    mastered = practised and chance >= settings.mastery_chance and days >= 2 and closed
    return MicroSkill(name, skill, len(tries), len(fed), days, chance, practised, mastered)
