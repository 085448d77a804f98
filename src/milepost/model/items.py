"""Test items: questions with one right answer, and why each wrong one is chosen."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from milepost.model.activities import Resource


class Bloom(StrEnum):
    """What an item asks of the mind, from knowing to judging (Bloom's revised taxonomy)."""

    REMEMBER = "remember"
    UNDERSTAND = "understand"
    APPLY = "apply"
    ANALYSE = "analyse"
    EVALUATE = "evaluate"


@dataclass(frozen=True, slots=True)
class Option:
    """One answer; a wrong one says which misconception leads to it."""

    text: str
    misconception: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One multiple-choice question of the bank.

    ``difficulty`` is the authors' tag on the scale of ability, −2 easy to 2 hard, with
    ``difficulty_sd`` as its uncertainty; it is never treated as calibrated. ``key`` is the
    place of the right option. ``code`` is shown in fixed width below the question.
    """

    id: str
    skill: str
    area: str
    block: str
    bloom: Bloom
    difficulty: float
    difficulty_sd: float
    question: str
    options: tuple[Option, ...]
    key: int
    explanation: str
    read: Resource
    reviewed: dt.date
    reviewer: str
    code: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answered item: the place of the chosen option from 0, None for "I do not know"."""

    item: str
    option: int | None
    seconds: float = 0.0
    note: str = ""


@dataclass(frozen=True, slots=True)
class Sitting:
    """One test as a person took it; ``finished`` is None while it can be resumed."""

    date: dt.date
    area: str
    seed: int = 1
    answers: tuple[Answer, ...] = ()
    finished: dt.date | None = None
