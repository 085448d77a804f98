"""Which assessment would be worth its minutes."""

from milepost.assessment.worth import Suggestion, rank_assessments
from milepost.files.content import load_catalogue
from milepost.model.people import Person
from milepost.workflows.roadmap import make_gaps, make_levels
from milepost.workflows.year import Occasion


def suggest_assessments(person: Person, *, at: Occasion, skill: str | None = None) -> tuple[Suggestion, ...]:
    """The assessments that could change the focus, the most valuable minute first."""
    catalogue = load_catalogue()
    report = make_gaps(person, today=at.today, catalogue=catalogue)
    levels = make_levels(person, today=at.today, catalogue=catalogue)
    return rank_assessments(report, levels, only=skill)
