"""Cards: made, reviewed, and prepared for a day that counts."""

import datetime as dt

from milepost.errors import UnknownName, UsageError
from milepost.files.person_edits import set_in_person_text
from milepost.model.year import Card, Review
from milepost.workflows.year import END, Occasion, append_entries, as_row
from milepost.year.retention import CardState, Preparation, due_cards, make_card, prepare


def add_card(name: str, question: str, answer: str, *, skill: str, at: Occasion) -> Card:
    """Keep a card made by hand; the same question of a skill is not kept twice."""
    card = make_card(question, answer, skill=skill, source="by hand", made=at.today)
    if any(each.id == card.id for each in at.load(name).loaded.person.year.cards):
        raise UsageError(
            "this card is there already", hint="Ask something else, or review it when it is due."
        )
    append_entries(name, "card", [("cards", card)], at=at)
    return card


def read_due(name: str, *, at: Occasion) -> tuple[CardState, ...]:
    """The cards of today."""
    return due_cards(at.load(name).loaded.person.year.cards, today=at.today)


def review_card(name: str, card: str, rating: int, *, at: Occasion) -> None:
    """Keep one answer to a card, at once."""
    kept = at.load(name)
    ids = [each.id for each in kept.loaded.person.year.cards]
    if card not in ids:
        raise UnknownName("card", card)
    path = ("year", "cards", str(ids.index(card)), "reviews", END)
    text = set_in_person_text(kept.loaded.text, path=path, value=as_row(Review(at.today, rating)))
    at.keep(kept, "review", text=text)


def prepare_cards(name: str, *, deadline: dt.date, minutes_per_day: float, at: Occasion) -> Preparation:
    """What to review until a day, such as that of an interview."""
    if deadline <= at.today:
        raise UsageError(f"{deadline} is not after today", hint="Name the coming day that counts.")
    cards = at.load(name).loaded.person.year.cards
    return prepare(cards, today=at.today, deadline=deadline, minutes_per_day=minutes_per_day)
