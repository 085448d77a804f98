"""Practice and retention: worth of sessions, seven repetitions, cards that never become debt, agility."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from milepost.files.content import load_catalogue
from milepost.model.agenda import Fading
from milepost.model.people import Away, Capacity, Person
from milepost.model.settings import Settings
from milepost.model.year import (
    Artefact,
    Card,
    CheckIn,
    Feedback,
    Pause,
    Result,
    Review,
    Session,
    Step,
    StepKind,
    Year,
)
from milepost.year.agenda import make_agenda
from milepost.year.agility import LevelChange, measure_agility, refit_tau
from milepost.year.practice import advise, effective_hours, micro_skills, quality
from milepost.year.retention import (
    cards_by_day,
    due_cards,
    expected_recall,
    make_card,
    most_cards,
    prepare,
    state_of,
)
from small_year import day  # type: ignore[import-not-found]

SETTINGS = Settings()


def tried(number, result=Result.PASS, feedback=Feedback.TEST, **more):
    return Session(
        day(1) + dt.timedelta(days=number),
        "rag",
        micro_skill="chunking",
        goal="20 of 25",
        minutes=60,
        result=result,
        feedback=feedback,
        **more,
    )


def test_a_bare_session_is_worth_two_fifths_and_a_full_one_all():
    assert quality(Session(day(1), minutes=60), ()) == pytest.approx(0.40)
    before = [tried(n, Result.PASS if n % 3 else Result.FAIL) for n in range(4)]
    full = tried(5, Result.PASS, error="too long chunks")
    assert quality(full, before) == pytest.approx(1.0)
    assert effective_hours([Session(day(1), minutes=60)]) == pytest.approx(0.40)


def test_what_goes_too_easily_should_get_harder_and_what_never_works_smaller():
    assert any("harder" in line for line in advise([tried(n) for n in range(5)]))
    assert any("in two" in line for line in advise([tried(n, Result.FAIL) for n in range(5)]))
    assert (
        advise([tried(1, error="off by one", fix="write the test first")])[0]
        == "Next time: write the test first"
    )
    assert advise([]) == ()


def test_seven_repetitions_with_feedback_make_practised_and_mastery_takes_more():
    six = [tried(n) for n in range(6)]
    found = micro_skills(six, closed=frozenset({"rag"}), settings=SETTINGS)[0]
    assert (found.with_feedback, found.practised, found.mastered) == (6, False, False)
    many = [tried(n) for n in range(14)]
    assert micro_skills(many, closed=frozenset({"rag"}), settings=SETTINGS)[0].mastered
    assert not micro_skills(many, closed=frozenset(), settings=SETTINGS)[0].mastered
    one_day = [replace(each, date=day(1)) for each in many]
    assert not micro_skills(one_day, closed=frozenset({"rag"}), settings=SETTINGS)[0].mastered
    silent = [replace(each, feedback=Feedback.NONE) for each in many]
    assert micro_skills(silent, closed=frozenset({"rag"}), settings=SETTINGS)[0].with_feedback == 0


def card(number=0, reviews=()):
    return Card(f"card-{number}", "rag", f"question {number}", "answer", day(1), reviews=tuple(reviews))


def test_the_state_of_a_card_follows_from_its_reviews_alone():
    reviewed = card(reviews=[Review(day(1), 3), Review(day(2), 3)])
    assert state_of(reviewed, today=day(3)) == state_of(reviewed, today=day(3))
    assert state_of(reviewed, today=day(3)).retrievability > state_of(reviewed, today=day(30)).retrievability
    forgotten = card(reviews=[Review(day(1), 3), Review(day(2), 1)])
    assert state_of(forgotten, today=day(3)).due < state_of(reviewed, today=day(3)).due


def test_a_year_with_a_break_of_fourteen_days_stays_under_fifteen_minutes_a_day():
    cards = [card(n) for n in range(200)]
    made = {each.id: n for n, each in enumerate(cards)}
    most = 0.0
    for number in range(365):
        today = day(1) + dt.timedelta(days=number)
        there = [each for each in cards if made[each.id] <= number]
        if 180 <= number < 194:
            continue
        due = due_cards(there, today=today)
        most = max(most, len(due) * SETTINGS.card_seconds / 60)
        answered = {state.card.id: 1 if state.retrievability < 0.6 else 3 for state in due}
        cards = [
            replace(each, reviews=(*each.reviews, Review(today, answered[each.id])))
            if each.id in answered
            else each
            for each in cards
        ]
    assert 0 < most <= 15
    left = due_cards(cards, today=day(1) + dt.timedelta(days=365))
    assert len(left) < most_cards(SETTINGS)


def test_a_deadline_says_what_to_review_when_or_that_it_cannot_be():
    cards = [card(n) for n in range(30)]
    found = prepare(cards, today=day(1), deadline=day(6), minutes_per_day=10)
    assert found.reached == 1.0
    assert found.missing == ()
    assert all(len(ids) <= 50 for _, ids in found.days)
    assert sum(len(ids) for _, ids in found.days) < 30 * 8
    hopeless = prepare([card(n) for n in range(400)], today=day(1), deadline=day(1, 2), minutes_per_day=5)
    assert hopeless.reached < 0.5
    assert len(hopeless.missing) == 400 - round(400 * hopeless.reached)


def test_the_same_question_is_the_same_card():
    first = make_card("What is RAG?", "…", skill="rag", source="test", made=day(1))
    assert first.id == make_card("What is RAG?", "other", skill="rag", source="hand", made=day(3)).id
    assert first.id != make_card("What is RAG?", "…", skill="llm", source="test", made=day(1)).id


def person(**more):
    return Person("Mika", capacity=Capacity(8.0, day(1), (Away(day(4), day(4, 6)),)), year=Year(**more))


def test_the_agenda_has_an_answer_on_every_day(plan):
    kinds = [make_agenda(person(), plan, today=day(1) + dt.timedelta(days=n)).kind for n in range(-3, 75)]
    assert kinds[0] == "before"
    assert kinds[3] == "work"
    assert "away" in kinds
    assert "review" in kinds
    assert kinds[-1] == "after"
    assert make_agenda(person(), None, today=day(1)).kind == "none"


def test_the_agenda_shows_started_work_first_and_the_error_to_mend(plan):
    year = {
        "steps": (Step(day(2), "one", StepKind.STARTED),),
        "sessions": (Session(day(2), activity="one", minutes=60, result=Result.FAIL, fix="smaller batch"),),
    }
    found = make_agenda(person(**year), plan, today=day(2, 1))
    assert found.tasks[0].activity == "one"
    assert found.tasks[0].hours_left == pytest.approx(9)
    assert found.tasks[0].advice[0] == "Next time: smaller batch"
    assert found.overhead_minutes <= 15


def test_a_pause_expects_nothing_and_a_late_start_is_offered_a_replan(plan):
    resting = make_agenda(person(pauses=(Pause(day(3)),)), plan, today=day(5))
    assert resting.kind == "paused"
    assert resting.tasks == ()
    assert not resting.checkin_due
    late = make_agenda(person(), plan, today=day(6))
    assert any("replan" in note for note in late.notes)
    assert [task.activity for task in late.tasks if task.late] == ["one", "two"]


def test_a_check_in_is_due_from_friday_and_once_a_week(plan):
    assert not make_agenda(person(), plan, today=day(2, 3)).checkin_due
    assert make_agenda(person(), plan, today=day(2, 4)).checkin_due
    done = person(checkins=(CheckIn(day(2, 4), 5),))
    assert not make_agenda(done, plan, today=day(2, 5)).checkin_due


def test_agility_is_hours_per_level_days_to_an_artefact_and_a_refitted_tau():
    year = Year(
        sessions=(Session(day(1), "rag", minutes=600), Session(day(2), "pytorch", minutes=300)),
        artefacts=(Artefact(day(4), skills=("rag",)),),
    )
    changes = [LevelChange("rag", "llm-applications", 1.0, 2.0, 30.0)]
    found = measure_agility(year, changes, load_catalogue())
    assert found.hours_per_level == pytest.approx(30)
    assert found.days_to_artefact == {"rag": 21}
    assert 0 < (found.durable_share or 0) < 1
    halves = {1: changes, 2: []}
    assert measure_agility(year, changes, load_catalogue(), quarters=halves).by_quarter == {1: 30.0, 2: None}
    assert refit_tau(changes, settings=SETTINGS)["llm-applications"] < SETTINGS.tau_broad
    assert refit_tau([], settings=SETTINGS) == {}


def test_what_lies_idle_is_offered_for_a_refresh_until_it_is_practised(plan):
    fading = (Fading("docker", 3.6, 2.9), Fading("sql", 3.4, 2.8))
    assert make_agenda(person(), plan, today=day(2), fading=fading).refresh == fading
    practised = person(sessions=(Session(day(1), "docker", minutes=45),))
    assert [f.skill for f in make_agenda(practised, plan, today=day(2), fading=fading).refresh] == ["sql"]
    resting = person(pauses=(Pause(day(1)),))
    assert make_agenda(resting, plan, today=day(2), fading=fading).refresh == ()


def test_without_reviews_recall_only_falls_and_every_due_card_is_counted_once():
    cards = [
        replace(make_card(f"q{n}", "a", skill="rag", source="", made=day(1)), reviews=(Review(day(1, n), 3),))
        for n in range(5)
    ]
    known = expected_recall(cards, today=day(2), days=90)
    assert len(known) == 91
    assert all(0 < later <= sooner <= 1 for sooner, later in itertools.pairwise(known))
    assert sum(cards_by_day(cards, today=day(2), days=90)) == len(cards)
    assert expected_recall([], today=day(2), days=3) == ()
