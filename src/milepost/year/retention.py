"""Keeping what was learned: cards for facts by FSRS, and refreshing skills that fade.

The state of a card follows from its reviews alone, by the ``fsrs`` package with fuzz and
learning steps off (method note, settled point 19). A break never turns into debt: a day has
at most so many minutes of cards, the most valuable first, and what does not fit waits.
"""

import datetime as dt
import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from fsrs import Card as Memory
from fsrs import Rating, Scheduler

from milepost.model.agenda import Fading
from milepost.model.levels import Levels
from milepost.model.settings import Settings
from milepost.model.year import Card, Review, Session

GOOD = 3
FADED = 0.5
"""Levels that an estimate loses before a refresh is suggested (method-practice 4.5)."""
HELD = 2.5
"""Level from which a skill was held independently (the middle between assisted and independent)."""
REFRESH_DAYS = 30
MOST_REFRESHED = 3


@dataclass(frozen=True, slots=True)
class CardState:
    """One card on a day: when it is due, and the chance that it is still known (1 before the first review)."""

    card: Card
    due: dt.date
    retrievability: float


@dataclass(frozen=True, slots=True)
class Preparation:
    """What to review on which day before a deadline, and whether every card gets there.

    ``reached`` is the share of cards that will be at the wanted retention; ``missing`` the
    cards that cannot be in the minutes given.
    """

    days: tuple[tuple[dt.date, tuple[str, ...]], ...]
    reached: float
    missing: tuple[str, ...]


def make_card(question: str, answer: str, *, skill: str, source: str, made: dt.date) -> Card:
    """A card for one fact; the same question always gets the same id."""
    id_ = hashlib.blake2b(f"{skill}\n{question}".encode(), digest_size=5).hexdigest()
    return Card(id_, skill, question, answer, made, source)


def _moment(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(12), dt.UTC)


def _scheduler(settings: Settings) -> Scheduler:
    return Scheduler(
        desired_retention=settings.card_retention,
        learning_steps=(),
        relearning_steps=(),
        enable_fuzzing=False,
    )


def _remember(card: Card, scheduler: Scheduler) -> Memory:
    memory = Memory(card_id=0, due=_moment(card.made))
    for review in card.reviews:
        memory, _ = scheduler.review_card(memory, Rating(review.rating), _moment(review.date))
    return memory


def state_of(card: Card, *, today: dt.date, settings: Settings | None = None) -> CardState:
    """When a card is due and how likely it is still known on a day."""
    settings = settings or Settings()
    scheduler = _scheduler(settings)
    memory = _remember(card, scheduler)
    known = scheduler.get_card_retrievability(memory, _moment(today)) if card.reviews else 1.0
    return CardState(card, memory.due.date(), float(known))


def due_cards(
    cards: Iterable[Card], *, today: dt.date, settings: Settings | None = None
) -> tuple[CardState, ...]:
    """The cards of today, no more than the minutes of a day hold.

    After a break the cards that are nearest to being lost but still known come first: one
    that is forgotten anyway costs no more tomorrow than today. New cards come last.
    """
    settings = settings or Settings()
    states = [state_of(card, today=today, settings=settings) for card in cards]
    due = [state for state in states if state.due <= today and not _seen(state.card, today)]
    due.sort(key=lambda s: (not s.card.reviews, s.retrievability < 0.5, s.retrievability, s.card.id))
    return tuple(due[: most_cards(settings)])


def most_cards(settings: Settings) -> int:
    """How many cards fit into the minutes of one day."""
    return int(settings.card_minutes_per_day * 60 / settings.card_seconds)


def _seen(card: Card, today: dt.date) -> bool:
    return any(review.date == today for review in card.reviews)


def prepare(
    cards: Sequence[Card],
    *,
    today: dt.date,
    deadline: dt.date,
    minutes_per_day: float,
    settings: Settings | None = None,
) -> Preparation:
    """What to review when, so that as many cards as can be are known with the wanted retention on a day.

    Until the last days each card is reviewed when FSRS finds it due (each answer taken as
    good); on the last days, as many as the minutes ask for, every card that would not be
    known by then is reviewed once more, the weakest first.
    """
    settings = settings or Settings()
    now = {card.id: card for card in cards}
    a_day = int(minutes_per_day * 60 / settings.card_seconds)
    last_days = math.ceil(len(now) / a_day) if a_day else 0
    days: list[tuple[dt.date, tuple[str, ...]]] = []
    day = today
    while day < deadline and a_day > 0:
        final = (deadline - day).days <= last_days
        chosen = _choose(now.values(), day, deadline, final=final, settings=settings)[:a_day]
        for id_ in chosen:
            now[id_] = replace(now[id_], reviews=(*now[id_].reviews, Review(day, GOOD)))
        if chosen:
            days.append((day, tuple(sorted(chosen))))
        day += dt.timedelta(days=1)
    missing = tuple(
        sorted(
            id_ for id_, card in now.items() if _known_at(card, deadline, settings) < settings.card_retention
        )
    )
    reached = 1.0 - len(missing) / len(now) if now else 1.0
    return Preparation(tuple(days), reached, missing)


def _choose(
    cards: Iterable[Card], day: dt.date, deadline: dt.date, *, final: bool, settings: Settings
) -> list[str]:
    """The cards to review on a day, the least known at the deadline first."""
    weak = [(_known_at(card, deadline, settings), card.id, card) for card in cards if not _seen(card, day)]
    weak.sort(key=lambda each: each[:2])
    return [
        id_
        for known, id_, card in weak
        if known < settings.card_retention
        and (final or not card.reviews or state_of(card, today=day, settings=settings).due <= day)
    ]


def _known_at(card: Card, day: dt.date, settings: Settings) -> float:
    """The chance that a card is known on a day; one that was never reviewed is not."""
    return state_of(card, today=day, settings=settings).retrievability if card.reviews else 0.0


def find_fading(before: Levels, now: Levels, skills: Iterable[str]) -> tuple[Fading, ...]:
    """Skills that lost half a level by lying idle, the greatest loss first.

    ``before`` are the levels as they would be had nothing lain idle. A skill that was never
    more than assisted is learned, not refreshed.
    """
    found = [
        Fading(skill, before.skills[skill].mean, now.skills[skill].mean)
        for skill in skills
        if skill in before.skills
        and skill in now.skills
        and before.skills[skill].mean >= HELD
        and before.skills[skill].mean - now.skills[skill].mean >= FADED
    ]
    return tuple(sorted(found, key=lambda each: (each.now - each.before, each.skill)))


def to_refresh(
    fading: Iterable[Fading], sessions: Iterable[Session], *, today: dt.date
) -> tuple[Fading, ...]:
    """The fading skills that ask for a session now: at most three, none practised in the last 30 days.

    Why a session does not lift the level itself: only evidence does.
    """
    lately = today - dt.timedelta(days=REFRESH_DAYS)
    practised = {session.skill for session in sessions if lately < session.date <= today}
    return tuple(each for each in fading if each.skill not in practised)[:MOST_REFRESHED]


def expected_recall(
    cards: Sequence[Card], *, today: dt.date, days: int, settings: Settings | None = None
) -> tuple[float, ...]:
    """Share of the reviewed cards that is still known on each coming day if none is reviewed, today first.

    The mean of FSRS's chance of recall. Empty where no card was reviewed.
    """
    settings = settings or Settings()
    scheduler = _scheduler(settings)
    memories = [_remember(card, scheduler) for card in cards if card.reviews]
    if not memories:
        return ()
    return tuple(
        sum(
            float(scheduler.get_card_retrievability(memory, _moment(today + dt.timedelta(days=ahead))))
            for memory in memories
        )
        / len(memories)
        for ahead in range(days + 1)
    )


def cards_by_day(
    cards: Iterable[Card], *, today: dt.date, days: int, settings: Settings | None = None
) -> tuple[int, ...]:
    """How many cards fall due on each coming day, today first with everything overdue."""
    due = [0] * (days + 1)
    for card in cards:
        ahead = max(0, (state_of(card, today=today, settings=settings).due - today).days)
        if ahead <= days:
            due[ahead] += 1
    return tuple(due)
