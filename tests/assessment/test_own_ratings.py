"""Own ratings against what others found: silent below eight pairs, right about the mean above."""

import datetime as dt

import pytest

from milepost.assessment.own_ratings import FEWEST_PAIRS
from milepost.files.content import load_catalogue
from milepost.model.people import Evidence, EvidenceKind, Person, Rating
from milepost.workflows.assess import check_own_ratings
from milepost.workflows.year import Occasion

DAY = dt.date(2026, 12, 6)
AT = Occasion(None, lambda: dt.datetime(2026, 12, 6, tzinfo=dt.UTC), DAY)
SKILLS = sorted(s.id for s in load_catalogue().tree.skills.values() if s.area == "deep-learning")


def person(count, *, too_high):
    """Somebody whose skills are all tested near level 3, and who rates themselves higher by ``too_high``."""
    return Person(
        "Mika",
        ratings=tuple(Rating(skill, 3.0 + too_high, date=DAY) for skill in SKILLS[:count]),
        evidence=tuple(Evidence(skill, EvidenceKind.TASK, 3.0, date=DAY) for skill in SKILLS[:count]),
    )


def test_below_eight_pairs_nothing_is_said():
    assert check_own_ratings(person(FEWEST_PAIRS - 1, too_high=1.0), at=AT) == ()


@pytest.mark.parametrize("too_high", [1.0, -1.0])
def test_from_eight_pairs_on_the_difference_is_told_for_all_and_for_the_area(too_high):
    found = {each.area: each for each in check_own_ratings(person(9, too_high=too_high), at=AT)}
    assert set(found) == {"", "deep-learning"}
    assert found[""].pairs == 9
    assert found[""].bias == pytest.approx(too_high, abs=0.3)
    assert found[""].clear


def test_a_rating_without_anything_beside_it_is_no_pair():
    lonely = Person("Mika", ratings=tuple(Rating(skill, 4.0, date=DAY) for skill in SKILLS[:10]))
    assert check_own_ratings(lonely, at=AT) == ()
