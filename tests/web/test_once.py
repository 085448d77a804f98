"""What a form that is sent twice, wrongly or late does: once, or nothing, and what was typed stays."""

import ast
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from fastapi.testclient import TestClient

import milepost
from milepost.web.app import make_app
from milepost.web.once import MOST_SENT, Sent
from milepost.web.telling import CHANGES
from web.conftest import BASE, PORT  # type: ignore[import-not-found]

LOG = "/people/Jordan/log"


def session(token, **more):
    return {"token": token, "minutes": "30", "goal": "loss below 3", **more}


def sessions(jordan):
    return len(jordan.person().year.sessions)


def test_a_form_sent_twice_is_kept_once_and_says_so(jordan):
    form = session(jordan.token())
    first = jordan.client.post(LOG, data=form)
    again = jordan.client.post(LOG, data=form)
    assert "30 minutes kept" in first.text
    assert "sent already, and is kept once" in again.text
    assert sessions(jordan) == 1


def test_two_equal_sessions_of_a_day_from_two_renderings_both_count(jordan):
    for _ in range(2):
        jordan.client.post(LOG, data=session(jordan.token("/people/Jordan/today")))
    assert sessions(jordan) == 2


def test_the_same_page_may_send_another_session(jordan):
    token = jordan.token()
    jordan.client.post(LOG, data=session(token))
    jordan.client.post(LOG, data=session(token, goal="loss below 2"))
    assert sessions(jordan) == 2


def test_a_double_click_that_arrives_while_the_first_is_worked_on_is_kept_once(jordan):
    form = session(jordan.token())
    with ThreadPoolExecutor(4) as hands:
        answers = list(hands.map(lambda _: jordan.client.post(LOG, data=form).status_code, range(4)))
    assert answers == [200] * 4
    assert sessions(jordan) == 1


def test_a_form_is_known_again_after_the_server_was_killed(jordan, home, folder):
    form = session(jordan.token())
    jordan.client.post(LOG, data=form)
    cookies = dict(jordan.client.cookies)
    with TestClient(make_app(home, folder=folder, port=PORT), base_url=BASE, cookies=cookies) as later:
        assert "kept once" in later.post(LOG, data=form).text
    assert sessions(jordan) == 1


def test_a_form_that_could_not_be_done_may_be_sent_again(jordan):
    token = jordan.token()
    wrong = jordan.client.post(LOG, data=session(token, minutes=""))
    assert wrong.status_code == 422
    assert jordan.client.post(LOG, data=session(token)).status_code == 200
    assert sessions(jordan) == 1


def test_a_line_that_a_kill_cut_short_is_no_form_and_old_ones_are_let_go(tmp_path):
    (tmp_path / "sent.jsonl").write_text('["a", "/x"]\n["b", "/y', encoding="utf-8")
    sent = Sent(tmp_path)
    for number in range(MOST_SENT + 1):
        sent._keep(f"k{number}", "/z")
    again = Sent(tmp_path)
    assert f"k{MOST_SENT}" in again._places
    assert "a" not in again._places
    assert len(again._places) <= MOST_SENT


def test_what_was_typed_is_on_the_page_that_says_what_is_missing_and_is_sent_from_there(jordan):
    wrong = jordan.send(LOG, minutes="", goal="Compare two decoders", error="wrong seed", result="part")
    assert wrong.status_code == 422
    assert 'value="Compare two decoders"' in wrong.text
    assert '<label for="t' in wrong.text
    fields = dict(re.findall(r'name="(\w+)" value="([^"]*)"', wrong.text.split("What you typed")[1]))
    answer = jordan.client.post(LOG, data={**fields, "minutes": "45"})
    assert "45 minutes kept" in answer.text
    kept = jordan.person().year.sessions[-1]
    assert (kept.goal, kept.error, kept.result) == ("Compare two decoders", "wrong seed", "part")


def test_a_form_of_another_session_keeps_its_words_readable_and_has_no_button(jordan):
    lost = jordan.client.post(LOG, data=session("0" * 80))
    assert lost.status_code == 403
    assert "loss below 3" in lost.text
    assert "Send it again" not in lost.text
    assert sessions(jordan) == 0


def test_long_words_come_back_whole_and_unread_as_markup(jordan):
    said = "<b>" + "long words " * 50 + "</b>\nsecond line"
    wrong = jordan.send("/people/Jordan/checkin", hours="many", moved=said)
    assert "&lt;b&gt;long words" in wrong.text
    assert "second line</textarea>" in wrong.text


def test_undo_names_what_it_takes_back(jordan):
    assert "Undo:" not in jordan.get("/people/Jordan").text
    jordan.send(LOG, minutes="30")
    assert "Undo: a session" in jordan.get("/people/Jordan/today").text
    jordan.send("/people/Jordan/checkin", hours="2")
    page = jordan.get("/people/Jordan/today").text
    assert "Undo: a check-in" in page
    jordan.send("/people/Jordan/undo")
    assert "Undo: a session" in jordan.get("/people/Jordan/today").text


def test_an_undo_that_names_another_change_than_the_newest_takes_nothing_back(jordan):
    jordan.send(LOG, minutes="30")
    page = jordan.get("/people/Jordan/today").text
    change = re.search(r'name="change" value="(\d+)"', page)
    assert change is not None
    jordan.send("/people/Jordan/checkin", hours="2")
    late = jordan.send("/people/Jordan/undo", change=change[1])
    assert late.status_code == 422
    assert "a check-in" in late.text
    assert len(jordan.person().year.checkins) == 1
    assert sessions(jordan) == 1


def test_another_site_cannot_put_words_into_a_page(jordan):
    path = "/people/Jordan?said=Send your file to mallory"
    assert "mallory" not in jordan.get(path, headers={"sec-fetch-site": "cross-site"}).text
    assert "mallory" not in jordan.get(path, headers={"sec-fetch-site": "same-site"}).text


def test_a_body_that_goes_on_above_the_bound_is_an_answer(jordan):
    token = jordan.token()

    def body():
        yield f"token={token}&minutes=30&goal=".encode()
        for _ in range(50):
            yield b"x" * 100_000

    answer = jordan.client.post(
        LOG, content=body(), headers={"content-type": "application/x-www-form-urlencoded"}
    )
    assert answer.status_code == 413
    assert sessions(jordan) == 0


def test_every_change_that_is_kept_has_words_for_its_undo():
    verbs = set()
    for path in Path(milepost.__file__).parent.rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in (
                "keep",
                "_append",
                "append_entries",
                "keep_change",
            ):
                said = [*call.args[1:2], *(each.value for each in call.keywords if each.arg == "verb")]
                verbs |= {each.value for each in said if isinstance(each, ast.Constant)}
    assert {"log", "card", "replan"} <= verbs
    assert verbs - set(CHANGES) == set()


def _name(function):
    return getattr(function, "attr", getattr(function, "id", ""))
