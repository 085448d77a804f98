"""Which assessment would be worth its minutes."""

from dataclasses import replace

from milepost.assessment.own_ratings import OwnRatings, compare_own_ratings
from milepost.assessment.worth import Suggestion, rank_assessments
from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import EvidenceKind, Person
from milepost.workflows.roadmap import make_gaps, make_levels
from milepost.workflows.testing import count_items
from milepost.workflows.year import Occasion


def suggest_assessments(person: Person, *, at: Occasion, skill: str | None = None) -> tuple[Suggestion, ...]:
    """The assessments that could change the focus, the most valuable minute first."""
    catalogue = load_catalogue()
    report = make_gaps(person, today=at.today, catalogue=catalogue)
    levels = make_levels(person, today=at.today, catalogue=catalogue)
    return rank_assessments(report, levels, only=skill)


def check_own_ratings(person: Person, *, at: Occasion) -> tuple[OwnRatings, ...]:
    """How the person's own ratings compare with tests, work and other people; empty below eight pairs."""
    catalogue = extend_catalogue(load_catalogue(), person)
    others = replace(
        person,
        ratings=(),
        evidence=tuple(
            e for e in person.evidence if e.kind not in (EvidenceKind.SELF, EvidenceKind.SELF_ANCHORED)
        ),
    )
    found = make_levels(others, today=at.today)
    areas = {skill.id: skill.area for skill in catalogue.tree.skills.values()}
    return compare_own_ratings({rating.skill: rating.level for rating in person.ratings}, found, areas)


def best_area(person: Person, *, at: Occasion) -> str:
    """The area whose test could change the focus most; one that was begun comes first.

    ``UsageError`` where no test could change it.
    """
    running = [each.area for each in person.tests if each.finished is None]
    if running:
        return running[-1]
    catalogue = load_catalogue()
    counts = count_items(catalogue)
    for each in suggest_assessments(person, at=at):
        area = catalogue.tree.skills[each.skill].area
        if each.instrument == "test" and each.evsi > 0 and counts[area]:
            return area
    raise UsageError(
        "no test could change your focus", hint="Name a skill with --skill to be tested all the same."
    )
