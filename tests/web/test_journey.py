"""The whole way in pages without any script: from an empty workspace to a replanned week."""

import datetime as dt
import time

import pytest
from fastapi.testclient import TestClient

from milepost.model.items import Item
from milepost.web.app import make_app
from milepost.workflows.testing import open_test
from web.conftest import BASE, PORT  # type: ignore[import-not-found]


def wait_for_plan(visitor, name="Jordan"):
    """Look at the page until the solve has ended, as its own refresh does."""
    for _ in range(240):
        page = visitor.get(f"/people/{name}/plan").text
        if "Solving:" not in page:
            return page
        time.sleep(0.25)
    pytest.fail("the solve never ended")


def next_item(area, at) -> Item | None:
    return open_test("Jordan", area, at=at).next_item


def number_of(page):
    return page.split('name="number" value="')[1].split('"')[0]


def test_a_newcomer_is_asked_little_and_what_was_typed_stays_where_something_is_missing(visitor):
    wrong = visitor.send(
        "/begin", name="Mika", role="ml-engineer", route="outside", hours="lots", start="2027-01-04"
    )
    assert wrong.status_code == 422
    assert "lots" in wrong.text
    assert 'value="Mika"' in wrong.text
    page = visitor.send(
        "/begin", name="Mika", role="ml-engineer", route="outside", hours="7,5", start="2027-01-04"
    )
    assert page.status_code == 200
    assert "Bring what you have" in page.text
    assert "What you can do today" in visitor.get("/people/Mika/ratings").text
    assert visitor.person("Mika").capacity.hours_per_week == 7.5
    rated = visitor.send(
        "/people/Mika/ratings", **{"level-python": "3.5", "example-python": "A scraper", "level-docker": "1"}
    )
    assert "2 ratings kept" in rated.text
    ratings = {r.skill: r for r in visitor.person("Mika").ratings}
    assert (ratings["python"].level, ratings["python"].example) == (3.5, "A scraper")
    again = visitor.send(
        "/begin", name="Mika", role="ml-engineer", route="outside", hours="7", start="2027-01-04"
    )
    assert again.status_code == 409, "the name is taken, and nothing is overwritten"


def test_a_plan_is_solved_looked_at_accepted_kept_and_solved_again_with_its_difference(jordan):
    jordan.send("/people/Jordan/plan/solve", hours="8")
    page = wait_for_plan(jordan)
    assert "Accept this plan" in page
    assert "<svg" in page
    assert "What is not in the plan" in page
    assert jordan.home.occasion().load("Jordan").plan is None, "nothing is in force before it is accepted"
    jordan.send("/people/Jordan/plan/accept", number=number_of(page))
    assert "Week 1 of" in jordan.get("/people/Jordan/today").text
    first = jordan.home.occasion().load("Jordan").plan.activities[0].id
    jordan.send("/people/Jordan/skip", activity=first, reason="done at work")
    jordan.send("/people/Jordan/plan/solve", hours="6")
    page = wait_for_plan(jordan)
    assert "What would change" in page
    jordan.send("/people/Jordan/plan/accept", number=number_of(page))
    kept = jordan.home.occasion().load("Jordan")
    assert len(kept.plans) == 2
    assert kept.loaded.person.capacity.hours_per_week == 6
    assert first not in {a.id for a in kept.plan.activities}
    jordan.send("/people/Jordan/undo", back="/people/Jordan/plan")
    kept = jordan.home.occasion().load("Jordan")
    assert len(kept.plans) == 1
    assert kept.loaded.person.capacity.hours_per_week == 8


def test_an_activity_is_moved_to_a_week_and_the_move_is_taken_back(jordan):
    jordan.send("/people/Jordan/plan/solve", hours="8")
    jordan.send("/people/Jordan/plan/accept", number=number_of(wait_for_plan(jordan)))
    planned = jordan.home.occasion().load("Jordan").plan.activities[0]
    day = planned.start + dt.timedelta(weeks=1)
    bad = jordan.send("/people/Jordan/plan/move", activity=planned.id, day="soon")
    assert bad.status_code == 422
    moved = jordan.send("/people/Jordan/plan/move", activity=planned.id, day=day.isoformat())
    assert "It is moved" in moved.text
    assert "Your moves" in moved.text
    jordan.send("/people/Jordan/plan/solve", hours="8")
    page = wait_for_plan(jordan)
    jordan.send("/people/Jordan/plan/accept", number=number_of(page))
    plan = jordan.home.occasion().load("Jordan").plan
    answer = next(each for each in plan.moves if each.activity == planned.id)
    assert answer.wished == day
    assert answer.start == day or answer.reason
    back = jordan.send("/people/Jordan/plan/move", activity=planned.id)
    assert "Your moves" not in back.text
    assert jordan.person().activities.move == ()


def test_a_proposal_outlives_the_server_and_an_interrupted_solve_says_so(jordan, home, folder):
    jordan.send("/people/Jordan/plan/solve", hours="8")
    wait_for_plan(jordan)
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE) as again:
        assert "Accept this plan" in again.get("/people/Jordan/plan").text
    for path in (folder / "proposals").glob("*.json"):
        path.write_text(
            path.read_text(encoding="utf-8").replace('"state": "ready"', '"state": "running"'),
            encoding="utf-8",
        )
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE) as again:
        assert "The server stopped while it was solving" in again.get("/people/Jordan/plan").text


def test_a_proposal_from_before_a_change_is_not_accepted(jordan):
    jordan.send("/people/Jordan/plan/solve", hours="8")
    page = wait_for_plan(jordan)
    jordan.send("/people/Jordan/ratings", **{"level-python": "2"})
    assert "solve again before you accept" in jordan.get("/people/Jordan/plan").text
    refused = jordan.send("/people/Jordan/plan/accept", number=number_of(page))
    assert refused.status_code == 422
    assert jordan.home.occasion().load("Jordan").plan is None


def test_hours_that_hold_nothing_are_an_answer_with_what_would_help(jordan):
    jordan.send("/people/Jordan/plan/solve", hours="0.2")
    page = wait_for_plan(jordan)
    assert "No plan fits" in page
    assert "What would help" in page


def test_the_week_is_logged_checked_in_and_closed_by_evidence(jordan):
    jordan.send("/people/Jordan/plan/solve", hours="8")
    jordan.send("/people/Jordan/plan/accept", number=number_of(wait_for_plan(jordan)))
    activity = jordan.home.occasion().load("Jordan").plan.activities[0]
    jordan.send(
        "/people/Jordan/log",
        activity=activity.id,
        minutes="90",
        goal="loss below 3",
        result="part",
        feedback="metric",
        error="lr",
        fix="warm-up",
    )
    page = jordan.send("/people/Jordan/checkin", hours="7.5", moved="the loop runs", confidence="6")
    assert "Kept: 7.5 hours" in page.text
    bare = jordan.send("/people/Jordan/done", activity=activity.id, kind="artefact")
    assert bare.status_code == 422
    assert "its address" in bare.text
    page = jordan.send(
        "/people/Jordan/done",
        activity=activity.id,
        kind="artefact",
        url="https://example.org/x",
        say="Both models",
        public="yes",
        skill="pytorch",
        level="2.5",
    )
    assert "Closed:" in page.text
    year = jordan.person().year
    assert (len(year.sessions), len(year.checkins), len(year.artefacts)) == (1, 1, 1)
    progress = jordan.get("/people/Jordan/progress").text
    assert "are closed by evidence" in progress
    assert "The T then and now" in progress
    assert progress.count("<svg") == 2
    paused = jordan.send("/people/Jordan/pause", reason="move of house")
    assert "End the pause" in paused.text
    assert "Welcome back" in jordan.send("/people/Jordan/resume").text


def test_a_test_goes_on_after_a_reload_and_a_question_is_not_answered_twice(jordan):
    at = jordan.home.occasion()
    item = next_item("mathematics", at)
    assert item is not None
    first = jordan.send("/people/Jordan/tests/mathematics", item=item.id, option=str(item.key))
    assert "Right." in first.text
    twice = jordan.send("/people/Jordan/tests/mathematics", item=item.id, option="0")
    assert "answered already" in twice.text
    assert len(jordan.person().tests[-1].answers) == 1
    second = next_item("mathematics", at)
    assert second is not None
    nothing = jordan.send("/people/Jordan/tests/mathematics", item=second.id)
    assert nothing.status_code == 422
    for _ in range(15):
        item = next_item("mathematics", at)
        if item is None:
            break
        jordan.send("/people/Jordan/tests/mathematics", item=item.id, option="none")
    end = jordan.send("/people/Jordan/tests/mathematics", finish="yes", cards="yes")
    assert "entered with its uncertainty" in end.text
    assert jordan.person().evidence[-1].area == "mathematics"
    assert "left today" in jordan.get("/people/Jordan/cards").text


def test_two_tabs_do_not_overwrite_each_other(jordan):
    before = jordan.home.occasion().load("Jordan")
    text = before.loaded.text
    jordan.send(
        "/people/Jordan/file",
        version=str(before.version),
        text=text.replace("hours_per_week: 8", "hours_per_week: 9"),
    )
    late = jordan.send("/people/Jordan/file", version=str(before.version), text=text + "# mine\n")
    assert late.status_code == 409
    assert "# mine" in late.text, "what was typed in the slower tab is still there"
    assert jordan.person().capacity.hours_per_week == 9


def test_a_file_with_problems_is_given_back_with_every_line(jordan):
    kept = jordan.home.occasion().load("Jordan")
    bad = jordan.send(
        "/people/Jordan/file",
        version=str(kept.version),
        text="milepost: 1\nname: J\nratings: {pyhton: 9}\nfoo: 1\n",
    )
    assert bad.status_code == 422
    assert "Line 3" in bad.text
    assert "pyhton" in bad.text
    assert jordan.person() == kept.loaded.person


def test_a_temptation_is_weighed_and_the_record_is_kept(jordan):
    page = jordan.send("/people/Jordan/hype", thing="Mojo", source="a talk")
    assert "Look again on" in page.text
    assert jordan.person().watch[-1].thing == "Mojo"
    assert "Routes, side by side" in jordan.get("/people/Jordan/routes").text


def test_the_shipped_years_are_compared(visitor):
    page = visitor.get("/compare?who=alex&who=jordan&who=sam").text
    assert "n = 3" in page
    assert page.count("<h3>") >= 6


HOSTILE = '<script>alert(1)</script>"><img src=x onerror=alert(1)>{{7*7}}'


def test_what_people_write_is_never_read_as_markup(jordan):
    jordan.send("/people/Jordan/hype", thing=HOSTILE)
    jordan.send("/people/Jordan/cards", front=HOSTILE, back=HOSTILE)
    jordan.send("/people/Jordan/checkin", hours="1", moved=HOSTILE)
    jordan.send("/begin", name=HOSTILE, role="ml-engineer", route="outside", hours="8")
    for path in ("", "/hype", "/cards", "/today", "/file", "/progress", "/plan"):
        page = jordan.get(f"/people/Jordan{path}?said={HOSTILE}").text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
    assert "<script>alert" not in jordan.get("/").text


@pytest.mark.parametrize(
    "path",
    ["/people/Nobody", "/people/Nobody/plan", "/people/..%2F..%2Fetc%2Fpasswd", "/people/%00", "/nowhere"],
)
def test_who_is_not_there_is_a_page_with_the_way_back(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code in (404, 409, 422)
    assert "Traceback" not in answer.text
    assert "Back" in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "log",
        "checkin",
        "done",
        "skip",
        "pause",
        "cards",
        "hype",
        "plan/accept",
        "plan/choose",
        "tests/ml-fundamentals",
        "tests/nothing",
        "undo",
        "resume",
        "file",
        "ratings",
    ],
)
def test_an_empty_or_odd_form_is_an_answer_and_no_crash(jordan, path):
    for fields in (
        {},
        {
            "activity": "x" * 5000,
            "minutes": "nan",
            "hours": "1e999",
            "rating": "9",
            "card": "no",
            "option": "99",
            "item": "x",
            "level-python": "9",
            "until": "never",
            "list": "pin",
        },
    ):
        answer = jordan.send(f"/people/Jordan/{path}", **fields)
        assert answer.status_code in (200, 404, 409, 422), answer.text[:500]
        assert "Traceback" not in answer.text
