"""Adaptive tests: begun, gone on with after any interruption, and entered into the person's evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from milepost.assessment.irt import Ability, Items, author_items, observe_level
from milepost.assessment.session import AdaptiveTest, Answered, choose_item, is_finished
from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.items_content import load_items
from milepost.files.person_edits import set_in_person_text
from milepost.model.activities import Catalogue
from milepost.model.items import Answer, Item, Sitting
from milepost.model.people import Evidence, EvidenceKind, Person
from milepost.model.settings import Settings
from milepost.model.year import Card
from milepost.workflows.keeping import Kept
from milepost.workflows.year import END, Occasion, as_row
from milepost.year.retention import make_card

FEWEST = 5
"""Items that a test needs; fewer say too little to be worth the minutes."""
SURE = 2
"""Decimals of ability and variance in a person file."""

Calibrated = Mapping[str, tuple[float, float]]
"""Discrimination and difficulty of items that were calibrated, by id."""


@dataclass(frozen=True)
class Test:
    """A test in progress: who takes it, which sitting it is, its items, and what was answered so far."""

    __test__ = False

    kept: Kept
    index: int
    sitting: Sitting
    items: tuple[Item, ...]
    state: AdaptiveTest

    @property
    def next_item(self) -> Item | None:
        """The item to ask now; None at the end."""
        chosen = choose_item(self.state)
        return None if chosen is None else self.items[chosen]

    @property
    def ability(self) -> Ability:
        """What the answers say so far."""
        return self.state.ability

    @property
    def answered(self) -> int:
        """Items answered so far."""
        return len(self.state.answered)

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to ask."""
        return is_finished(self.state) or self.next_item is None

    @property
    def missed(self) -> tuple[Item, ...]:
        """The items that were not answered right, in the order asked."""
        return tuple(self.items[each.item] for each in self.state.answered if not each.right)


def find_area(words: str, catalogue: Catalogue) -> str:
    """The area that a test is about, by its own id or by that of one of its skills."""
    if words in catalogue.tree.areas:
        return words
    if words in catalogue.tree.skills:
        return catalogue.tree.skills[words].area
    known = [*catalogue.tree.areas, *catalogue.tree.skills]
    raise UnknownName("skill or area", words, nearest=get_close_matches(words, known, n=3, cutoff=0.6))


def open_test(
    name: str, area: str, *, at: Occasion, seed: int = 1, calibrated: Calibrated | None = None
) -> Test:
    """The test of an area that was begun lately, or a new one; nothing is written before the first answer.

    ``UsageError`` where the bank has too few items that were not seen lately.
    """
    kept = at.load(name)
    sittings = kept.loaded.person.tests
    lately = Settings().resume_days
    running = [
        index
        for index, each in enumerate(sittings)
        if each.area == area and each.finished is None and (at.today - each.date).days <= lately
    ]
    index = running[-1] if running else len(sittings)
    sitting = sittings[index] if running else Sitting(at.today, area, seed + len(sittings))
    test = _test(kept, index, sitting, at=at, calibrated=calibrated)
    if not test.items:
        raise UsageError(
            f"there are no questions about {area} yet",
            hint="Take a practical task (`milepost task --list`), or ask a colleague (`milepost ask`).",
        )
    if not sitting.answers and len(test.items) - len(test.state.barred) < FEWEST:
        seen = len(test.state.barred)
        raise UsageError(
            f"of {len(test.items)} items of {area} you saw {seen} in the last {Settings().repeat_days} days or have them as cards",
            hint="Wait, do a practical task (`milepost task --list`), or ask a colleague instead.",
        )
    return test


def _test(
    kept: Kept, index: int, sitting: Sitting, *, at: Occasion, calibrated: Calibrated | None = None
) -> Test:
    items = tuple(load_items(load_catalogue(), sitting.area).values())
    place = {item.id: number for number, item in enumerate(items)}
    seen = {place[id_] for id_ in _seen(kept.loaded.person, index, at=at) if id_ in place}
    answered = tuple(
        Answered(place[a.item], items[place[a.item]].key == a.option, a.seconds)
        for a in sitting.answers
        if a.item in place
    )
    seen -= {each.item for each in answered}
    state = AdaptiveTest(
        item_parameters(items, calibrated or {}),
        tuple(item.block for item in items),
        frozenset(seen),
        answered,
        sitting.seed,
    )
    return Test(kept, index, sitting, items, state)


def _seen(person: Person, index: int, *, at: Occasion) -> set[str]:
    """Items that may not be asked: of other sittings of the last 90 days, and those that became cards."""
    days = Settings().repeat_days
    asked = {
        answer.item
        for number, other in enumerate(person.tests)
        if number != index and (at.today - (other.finished or other.date)).days < days
        for answer in other.answers
    }
    return asked | {card.source for card in person.year.cards}


def item_parameters(items: tuple[Item, ...], calibrated: Calibrated) -> Items:
    """Parameters of the items: calibrated ones where there are any, else the shrunken tags of the authors."""
    tags = [author_items([item.difficulty], [len(item.options)], tag_sd=item.difficulty_sd) for item in items]
    known = [calibrated.get(item.id) for item in items]
    return Items.of(
        [k[0] if k else float(t.a[0]) for k, t in zip(known, tags, strict=True)],
        [k[1] if k else float(t.b[0]) for k, t in zip(known, tags, strict=True)],
        [0.0 if k else float(t.c[0]) for k, t in zip(known, tags, strict=True)],
    )


def keep_answer(test: Test, answer: Answer, *, at: Occasion, calibrated: Calibrated | None = None) -> Test:
    """Write one answer at once, so that no interruption loses it."""
    sitting = replace(test.sitting, answers=(*test.sitting.answers, answer))
    path: tuple[str, ...] = ("tests", END)
    value: object = as_sitting(sitting)
    if test.sitting.answers:
        path, value = ("tests", str(test.index), "answers", END), _as_answer(answer)
    text = set_in_person_text(test.kept.loaded.text, path=path, value=value)
    at.keep(test.kept, "answer", text=text)
    name = test.kept.name if test.kept.path is None else str(test.kept.path)
    return _test(at.load(name), test.index, sitting, at=at, calibrated=calibrated)


def as_sitting(sitting: Sitting) -> dict[str, object]:
    """A test as a person file holds it."""
    row: dict[str, object] = {"date": sitting.date, "area": sitting.area, "seed": sitting.seed}
    row["answers"] = [_as_answer(answer) for answer in sitting.answers]
    if sitting.finished is not None:
        row["finished"] = sitting.finished
    return row


def _as_answer(answer: Answer) -> dict[str, object]:
    row: dict[str, object] = {"item": answer.item}
    if answer.option is not None:
        row["option"] = answer.option
    if answer.seconds:
        row["seconds"] = round(answer.seconds)
    if answer.note:
        row["note"] = answer.note
    return row


@dataclass(frozen=True, slots=True)
class Measured:
    """What a finished test says: ability θ with its standard error, and the level that follows with ± 1.645 sd."""

    area: str
    items: int
    right: int
    theta: float
    standard_error: float
    level: float
    low: float
    high: float
    minutes: float


def finish_test(test: Test, *, at: Occasion) -> Measured:
    """Close the test and enter its result as one piece of evidence about the area.

    ``UsageError`` where the answers say nothing yet.
    """
    ability = test.ability
    try:
        level, variance = observe_level(ability)
    except ValueError as fault:
        raise UsageError(
            "these answers say nothing about a level yet", hint="Answer some more, then it can be entered."
        ) from fault
    evidence = Evidence(
        skill="",
        area=test.sitting.area,
        kind=EvidenceKind.TEST,
        mean=round(ability.mean, SURE),
        variance=round(ability.variance, SURE),
        date=at.today,
        title=f"adaptive test, {test.answered} items",
    )
    path = ("tests", str(test.index), "finished")
    text = set_in_person_text(test.kept.loaded.text, path=path, value=at.today)
    text = set_in_person_text(text, path=("evidence", END), value=as_row(evidence))
    at.keep(test.kept, "assess", text=text)
    half = Settings().interval_z * variance**0.5
    return Measured(
        test.sitting.area,
        test.answered,
        sum(each.right for each in test.state.answered),
        ability.mean,
        ability.sd,
        min(5.0, max(0.0, level)),
        max(0.0, min(5.0, level - half)),
        max(0.0, min(5.0, level + half)),
        sum(each.seconds for each in test.state.answered) / 60,
    )


def keep_missed(name: str, missed: tuple[Item, ...], *, at: Occasion) -> tuple[Card, ...]:
    """Make a card of every missed item that has none yet, all in one change."""
    kept = at.load(name)
    there = {card.source for card in kept.loaded.person.year.cards}
    cards = tuple(
        make_card(
            "\n".join(part for part in (item.question, item.code) if part),
            f"{item.options[item.key].text}. {item.explanation}",
            skill=item.skill,
            source=item.id,
            made=at.today,
        )
        for item in missed
        if item.id not in there
    )
    if cards:
        text = kept.loaded.text
        for card in cards:
            text = set_in_person_text(text, path=("year", "cards", END), value=as_row(card))
        at.keep(kept, "cards", text=text)
    return cards


def count_items(catalogue: Catalogue) -> Mapping[str, int]:
    """How many items the bank has for each area."""
    counts = dict.fromkeys(catalogue.tree.areas, 0)
    for item in load_items(catalogue).values():
        counts[item.area] += 1
    return counts
