"""Adaptive tests: begun, gone on with after any interruption, and entered into the person's evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from milepost.assessment.irt import Ability, author_items, observe_level
from milepost.assessment.session import AdaptiveTest, Answered, choose_item, is_finished
from milepost.assessment.worth import Suggestion, rank_assessments
from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.files.items_content import load_items
from milepost.files.person_edits import set_in_person_text
from milepost.model.activities import Catalogue
from milepost.model.items import Answer, Item, Sitting
from milepost.model.people import Evidence, EvidenceKind, Person
from milepost.model.settings import Settings
from milepost.workflows.keeping import Kept
from milepost.workflows.roadmap import make_gaps, make_levels
from milepost.workflows.year import END, Occasion, as_row


@dataclass(frozen=True)
class Sat:
    """A test in progress: who takes it, which sitting it is, its items, and what was answered so far."""

    kept: Kept
    index: int
    sitting: Sitting
    items: tuple[Item, ...]
    test: AdaptiveTest

    @property
    def next_item(self) -> Item | None:
        """The item to ask now; None at the end."""
        chosen = choose_item(self.test)
        return None if chosen is None else self.items[chosen]

    @property
    def ability(self) -> Ability:
        """What the answers say so far."""
        return self.test.ability

    @property
    def finished(self) -> bool:
        """Whether there is nothing more to ask."""
        return is_finished(self.test) or self.next_item is None


def find_area(words: str, catalogue: Catalogue) -> str:
    """The area that a test is about, by its own id or by that of one of its skills."""
    if words in catalogue.tree.areas:
        return words
    if words in catalogue.tree.skills:
        return catalogue.tree.skills[words].area
    raise UnknownName("area", words, nearest=tuple(a for a in catalogue.tree.areas if words[:4] in a)[:3])


def open_test(name: str, area: str, *, at: Occasion, seed: int = 1) -> Sat:
    """The open test of an area, or a new one; nothing is written before the first answer.

    ``UsageError`` where the bank has no items, or too few that were not seen lately.
    """
    kept = at.load(name)
    sittings = kept.loaded.person.tests
    running = [i for i, each in enumerate(sittings) if each.area == area and each.finished is None]
    index = running[-1] if running else len(sittings)
    sitting = sittings[index] if running else Sitting(at.today, area, seed + len(sittings))
    items = tuple(load_items(load_catalogue(), area).values())
    if not items:
        raise UsageError(
            f"there are no test items for {area} yet", hint="`milepost assess --list` shows the areas."
        )
    sat = _sat(kept, index, sitting, items, at=at)
    if not sitting.answers and len(items) - len(sat.test.barred) < FEWEST:
        raise UsageError(
            f"you saw nearly all items of {area} in the last {Settings().repeat_days} days",
            hint="Wait, or take a practical task or ask a colleague instead.",
        )
    return sat


FEWEST = 5
"""Items that a test needs; fewer say too little to be worth the minutes."""


def _sat(kept: Kept, index: int, sitting: Sitting, items: tuple[Item, ...], *, at: Occasion) -> Sat:
    place = {item.id: number for number, item in enumerate(items)}
    days = Settings().repeat_days
    seen = {
        place[answer.item]
        for number, other in enumerate(kept.loaded.person.tests)
        if number != index and (at.today - (other.finished or other.date)).days < days
        for answer in other.answers
        if answer.item in place
    }
    answered = tuple(
        Answered(place[a.item], items[place[a.item]].key == a.option, a.seconds)
        for a in sitting.answers
        if a.item in place
    )
    bank = author_items([item.difficulty for item in items], [len(item.options) for item in items])
    test = AdaptiveTest(bank, tuple(item.block for item in items), frozenset(seen), answered, sitting.seed)
    return Sat(kept, index, sitting, items, test)


def keep_answer(name: str, sat: Sat, answer: Answer, *, at: Occasion) -> Sat:
    """Write one answer at once, so that no interruption loses it."""
    path: tuple[str, ...] = ("tests", END)
    sitting = replace(sat.sitting, answers=(*sat.sitting.answers, answer))
    value: object = as_row(sitting)
    if sat.sitting.answers:
        path, value = ("tests", str(sat.index), "answers", END), as_row(answer)
    text = set_in_person_text(sat.kept.loaded.text, path=path, value=value)
    at.keep(sat.kept, "answer", text=text)
    return _sat(at.load(name), sat.index, sitting, sat.items, at=at)


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


def finish_test(sat: Sat, *, at: Occasion) -> Measured:
    """Close the test and enter its result as one piece of evidence about the area."""
    ability = sat.ability
    level, variance = observe_level(ability)
    text = set_in_person_text(
        sat.kept.loaded.text, path=("tests", str(sat.index), "finished"), value=at.today
    )
    evidence = Evidence(
        skill="",
        area=sat.sitting.area,
        kind=EvidenceKind.TEST,
        mean=round(ability.mean, 3),
        variance=round(ability.variance, 3),
        date=at.today,
        title=f"adaptive test, {len(sat.sitting.answers)} items",
    )
    text = set_in_person_text(text, path=("evidence", END), value=as_row(evidence))
    at.keep(sat.kept, "assess", text=text)
    half = Settings().interval_z * variance**0.5
    return Measured(
        sat.sitting.area,
        len(sat.test.answered),
        sum(each.right for each in sat.test.answered),
        ability.mean,
        ability.sd,
        min(5.0, max(0.0, level)),
        max(0.0, level - half),
        min(5.0, level + half),
    )


def suggest_assessments(person: Person, *, at: Occasion, skill: str | None = None) -> tuple[Suggestion, ...]:
    """The assessments that could change the focus, the most valuable minute first."""
    catalogue = load_catalogue()
    report = make_gaps(person, today=at.today, catalogue=catalogue)
    levels = make_levels(person, today=at.today, catalogue=catalogue)
    found = rank_assessments(report, levels, only=skill)
    has_items = count_items(catalogue)
    skills = catalogue.tree.skills
    return tuple(
        each for each in found if each.instrument != "test" or has_items.get(skills[each.skill].area)
    )


def count_items(catalogue: Catalogue) -> Mapping[str, int]:
    """How many items the bank has for each area."""
    counts: dict[str, int] = {}
    for item in load_items(catalogue).values():
        counts[item.area] = counts.get(item.area, 0) + 1
    return counts
