"""Adaptive tests as a person takes them: kept at every answer, gone on with, entered once, not repeated."""

import datetime as dt

import pytest

from milepost.errors import UnknownName, UsageError
from milepost.files.content import load_catalogue
from milepost.model.items import Answer, Item
from milepost.model.people import EvidenceKind
from milepost.model.settings import Settings
from milepost.workflows.keeping import undo_change
from milepost.workflows.testing import (
    Test,
    find_area,
    finish_test,
    keep_answer,
    keep_missed,
    open_test,
)
from milepost.workflows.year import Occasion

AREA = "ml-fundamentals"
TEXT = """\
milepost: 1
name: Mika   # me
target: {role: ml-engineer, route: outside}
capacity: {hours_per_week: 8, start: 2026-11-30}
ratings: {machine-learning: 3}
"""
DAY = dt.date(2026, 12, 6)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "me.yaml"
    path.write_text(TEXT, encoding="utf-8")
    return str(path)


def on(day=DAY):
    return Occasion(None, lambda: dt.datetime(day.year, day.month, day.day, 18, tzinfo=dt.UTC), day)


def always(_):
    return True


def asked_of(test: Test) -> Item:
    """The item that comes next."""
    assert test.next_item is not None
    return test.next_item


def take(file, *, at, right, most=99):
    """Sit a test and answer right as ``right(number)`` says; the items in their order."""
    test = open_test(file, AREA, at=at)
    asked: list[str] = []
    while not test.finished and len(asked) < most:
        item = asked_of(test)
        option = item.key if right(len(asked)) else (item.key + 1) % len(item.options)
        asked.append(item.id)
        test = keep_answer(test, Answer(item.id, option, 30.0), at=at)
    return test, asked


def test_a_test_that_was_stopped_goes_on_with_the_very_items_that_an_unbroken_one_asks(file, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(TEXT, encoding="utf-8")
    _, unbroken = take(str(other), at=on(), right=lambda n: n % 2 == 0)
    _, first = take(file, at=on(), right=lambda n: n % 2 == 0, most=4)
    test = open_test(file, AREA, at=on(DAY + dt.timedelta(days=3)))
    assert test.answered == 4
    assert first == unbroken[:4]
    assert asked_of(test).id == unbroken[4]


def test_the_result_enters_as_one_piece_of_evidence_with_its_uncertainty(file):
    test, asked = take(file, at=on(), right=always)
    measured = finish_test(test, at=on())
    assert (measured.items, measured.right) == (len(asked), len(asked))
    assert len(asked) <= Settings().test_longest
    person = on().load(file).loaded.person
    piece = person.evidence[-1]
    assert (piece.kind, piece.area, piece.skill) == (EvidenceKind.TEST, AREA, "")
    assert piece.mean > 0.5
    assert 0 < piece.variance < 1
    assert person.tests[-1].finished == DAY
    assert measured.low < measured.level <= measured.high
    assert measured.minutes == pytest.approx(len(asked) / 2)


def test_all_wrong_says_less_than_all_right(file, tmp_path):
    other = tmp_path / "other.yaml"
    other.write_text(TEXT, encoding="utf-8")
    weak, strong = (
        finish_test(take(name, at=on(), right=lambda _, r=r: r)[0], at=on())
        for name, r in ((file, False), (str(other), True))
    )
    assert weak.theta < 0 < strong.theta
    assert weak.level < strong.level


def test_the_same_item_never_comes_twice_within_ninety_days(file):
    test, first = take(file, at=on(), right=always)
    finish_test(test, at=on())
    later = on(DAY + dt.timedelta(days=Settings().repeat_days - 1))
    test, second = take(file, at=later, right=always)
    assert not set(first) & set(second)
    finish_test(test, at=later)
    again = on(DAY + dt.timedelta(days=Settings().repeat_days + 1))
    assert not {asked_of(open_test(file, AREA, at=again)).id} & set(second)


def test_when_nearly_all_was_seen_the_test_is_refused_with_another_way(file):
    for week in range(3):
        at = on(DAY + dt.timedelta(days=7 * week))
        finish_test(take(file, at=at, right=lambda n: n % 3 == 0)[0], at=at)
    with pytest.raises(UsageError, match="you saw"):
        open_test(file, AREA, at=on(DAY + dt.timedelta(days=28)))


def test_missed_items_become_cards_once_and_are_no_test_items_any_more(file):
    test, _ = take(file, at=on(), right=lambda n: n > 1, most=4)
    missed = test.missed
    assert len(missed) == 2
    cards = keep_missed(file, missed, at=on())
    assert [card.source for card in cards] == [item.id for item in missed]
    assert missed[0].options[missed[0].key].text in cards[0].back
    assert keep_missed(file, missed, at=on()) == ()
    year = on(DAY + dt.timedelta(days=200))
    test, asked = take(file, at=year, right=always)
    assert not {item.id for item in missed} & set(asked)


def test_an_answer_can_be_taken_back_and_comments_stay(file):
    take(file, at=on(), right=always, most=3)
    undo_change(on().load(file), workspace=None, now=on().now)
    kept = on().load(file)
    assert len(kept.loaded.person.tests[-1].answers) == 2
    assert "name: Mika   # me" in kept.loaded.text


def test_a_test_of_long_ago_is_left_and_a_new_one_begins(file):
    take(file, at=on(), right=always, most=3)
    test = open_test(file, AREA, at=on(DAY + dt.timedelta(days=Settings().resume_days + 1)))
    assert test.answered == 0
    assert test.index == 1


def test_i_do_not_know_is_kept_as_no_option_and_counts_as_wrong(file):
    test = open_test(file, AREA, at=on())
    item = asked_of(test)
    test = keep_answer(test, Answer(item.id, None, 5.0, "never met it"), at=on())
    answer = on().load(file).loaded.person.tests[-1].answers[0]
    assert (answer.option, answer.note) == (None, "never met it")
    assert test.missed == (item,)


def test_a_test_is_found_by_its_area_or_by_one_of_its_skills():
    catalogue = load_catalogue()
    assert find_area("gradient-boosting", catalogue) == AREA
    assert find_area(AREA, catalogue) == AREA
    with pytest.raises(UnknownName) as caught:
        find_area("ml-fundamental", catalogue)
    assert "ml-fundamentals" in caught.value.hint
