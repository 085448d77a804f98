"""Pages in the visitor's language: complete, with nothing that escaped, and days and numbers as it writes them."""

import datetime as dt
import importlib.util
import re
from pathlib import Path

import pytest
import yaml
from babel.messages.pofile import read_po
from fastapi.testclient import TestClient

from milepost.model.language import speaking
from milepost.model.stages import STAGES
from milepost.web.app import make_app
from milepost.web.errands import CANCELLED, COUNTS, PROPOSALS, READY, REFUSED, RUNNING, SCANS, STOPPED, Work
from milepost.web.languages import NAMES, choose_language, template
from milepost.web.pages import environment
from milepost.web.pseudo import CLOSE, OPEN
from milepost.workflows.home import Home
from web.conftest import BASE, DAY, PORT, Visitor  # type: ignore[import-not-found]
from web.long_work import ME, make_repository, wait_for_end, write_ads  # type: ignore[import-not-found]
from web.shown_words import escaped  # type: ignore[import-not-found]
from web.test_journey import next_item, number_of, wait_for_plan  # type: ignore[import-not-found]

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "src" / "milepost" / "web" / "locale"
TYPED = {
    "moved": "Bewegung moved typed",
    "goal": "typed goal of mine",
    "error": "typed error of mine",
    "fix": "typed fix of mine",
    "thing": "Mojo",
    "front": "typed question",
    "back": "typed answer",
    "folder": "typed-folder",
    "ads": "typed-ads.jsonl",
}
IDENTIFIER = re.compile(r"[a-z0-9-]*")
PLACEHOLDER = re.compile(r"%\(\w+\)s|%%|<[^>]+>")


@pytest.fixture(scope="module")
def lived(tmp_path_factory):
    """Jordan with a plan, a week that was logged, a card, a weighed thing, a test and a second proposal."""
    folder = tmp_path_factory.mktemp("lived")
    home = Home(
        str(folder / "w.sqlite"), lambda: dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC), lambda: DAY, {}
    )
    app = make_app(home, folder=folder / "web", port=PORT)
    with TestClient(app, base_url=BASE) as client:
        visitor = Visitor(client, home)
        visitor.send("/examples/jordan")
        visitor.send("/people/Jordan/plan/solve", hours="8")
        visitor.send("/people/Jordan/plan/accept", number=number_of(wait_for_plan(visitor)))
        plan = home.occasion().load("Jordan").plan
        assert plan is not None
        activity = plan.activities[0]
        visitor.send(
            "/people/Jordan/log", activity=activity.id, minutes="90", goal=TYPED["goal"], result="part",
            error=TYPED["error"], fix=TYPED["fix"],
        )  # fmt: skip
        visitor.send("/people/Jordan/checkin", hours="7.5", moved=TYPED["moved"], confidence="6")
        visitor.send("/people/Jordan/cards", front=TYPED["front"], back=TYPED["back"])
        visitor.send("/people/Jordan/hype", thing=TYPED["thing"])
        item = next_item("mathematics", home.occasion())
        assert item is not None
        visitor.send("/people/Jordan/tests/mathematics", item=item.id, option="none")
        visitor.send("/people/Jordan/plan/choose", activity=activity.id, list="pin")
        visitor.send("/people/Jordan/plan/solve", hours="6")
        wait_for_plan(visitor)
        visitor.send(
            "/people/Jordan/scan/start", folders=str(make_repository(folder / TYPED["folder"])), authors=ME
        )
        visitor.send("/market/start", source=str(write_ads(folder / TYPED["ads"], rows=40, bad=2)))
        for kind, name in ((SCANS, "Jordan"), (COUNTS, "")):
            assert wait_for_end(app.state.works, kind, name).state == READY
        visitor.item = item
        yield visitor


@pytest.fixture
def page_of(lived):
    def show(path, language):
        lived.client.cookies.delete("milepost-language")
        answer = lived.get(f"{path}{'&' if '?' in path else '?'}lang={language}")
        assert answer.headers["content-language"] == language
        return answer.text

    return show


def own_words(visitor):
    """Every text of the person's file and of their plan's owner, as a page may repeat it."""
    found = [*TYPED.values(), "Jordan", "Alex", "Sam"]

    def walk(value):
        if isinstance(value, dict):
            for each in value.values():
                walk(each)
        elif isinstance(value, list):
            for each in value:
                walk(each)
        elif isinstance(value, str) and not IDENTIFIER.fullmatch(value):
            found.append(value)

    walk(yaml.safe_load(visitor.home.occasion().load("Jordan").loaded.text))
    return tuple(found)


PAGES = (
    "/", "/begin", "/people/Jordan", "/people/Jordan/gaps", "/people/Jordan/ratings", "/people/Jordan/plan",
    "/people/Jordan/today", "/people/Jordan/progress", "/people/Jordan/cards", "/people/Jordan/tests",
    "/people/Jordan/tests/ml-fundamentals", "/people/Jordan/hype", "/people/Jordan/routes", "/people/Jordan/file", "/people/Jordan/publish", "/people/Jordan/drafts?form=week", "/people/Jordan/exports", "/people/Jordan/bring", "/people/Jordan/cv", "/people/Jordan/ads",
    "/compare?who=alex&who=jordan&who=sam", "/people/Jordan/scan", "/market", "/nowhere",
)  # fmt: skip


@pytest.mark.parametrize("path", PAGES)
def test_no_text_of_a_page_escapes_the_catalogue(lived, page_of, path):
    page = page_of(path, "en-XA")
    assert OPEN in page
    assert escaped(page, own=own_words(lived)) == []


def test_what_is_shown_only_sometimes_escapes_the_catalogue_neither(lived, page_of):
    own = own_words(lived)
    card = lived.home.occasion().load("Jordan").loaded.person.year.cards[0].id
    last = f"/people/Jordan/tests/mathematics?last={lived.item.id}&chosen=0"
    for path in (f"/people/Jordan/cards?answer={card}", last, "/people/Nobody"):
        assert escaped(page_of(path, "en-XA"), own=own) == []


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("/begin", {"name": "Mika", "role": "ml-engineer", "hours": "lots"}),
        ("/begin", {"name": "", "role": ""}),
        ("/begin", {"name": "Mika", "role": "ml-engineer", "hours": "8", "start": "never"}),
        ("/examples/nobody", {}),
        ("/people/Jordan/ratings", {"level-python": "2.3"}),
        (
            "/people/Jordan/file",
            {"version": "1", "text": "milepost: 1\nname: J\nfoo: 1\n"},
        ),
        (
            "/people/Jordan/file",
            {"version": "1", "text": "milepost: 1\nname: Jordan\n"},
        ),
        ("/people/Jordan/cv/start", {}),
        ("/people/Jordan/ads", {}),
        ("/people/Jordan/ads", {"pasted": "ok"}),
        ("/people/Jordan/ads/drop", {"words": "gone"}),
        ("/people/Jordan/publish/site", {"theme": "pink"}),
        ("/people/Jordan/publish/site", {"seen": "x"}),
        ("/people/Jordan/publish/site", {"seen": "x", "agree": "1"}),
        ("/people/Jordan/log", {}),
        ("/people/Jordan/log", {"minutes": "nan"}),
        ("/people/Jordan/checkin", {}),
        ("/people/Jordan/done", {}),
        ("/people/Jordan/done", {"kind": "artefact"}),
        ("/people/Jordan/done", {"kind": "reviewer"}),
        ("/people/Jordan/done", {"kind": "waiver"}),
        ("/people/Jordan/skip", {}),
        ("/people/Jordan/pause", {"until": "never"}),
        ("/people/Jordan/cards", {}),
        ("/people/Jordan/cards", {"front": "x"}),
        ("/people/Jordan/hype", {"thing": "Mojo", "outcome": "odd"}),
        ("/people/Jordan/plan/solve", {"hours": "lots"}),
        ("/people/Jordan/plan/accept", {}),
        ("/people/Jordan/plan/choose", {"activity": "x"}),
        ("/people/Jordan/tests/ml-fundamentals", {"item": "x"}),
        ("/people/Jordan/checkin", {"token": "wrong"}),
        ("/people/Jordan/scan/start", {"folders": ""}),
        ("/people/Jordan/scan/decide", {"number": "77"}),
        ("/people/Jordan/scan/decide", {"number": "1", "what-1": "accept"}),
        ("/market/start", {}),
        ("/market/start", {"source": "/x", "role": "king"}),
    ],
)
def test_what_a_form_is_answered_with_escapes_the_catalogue_neither(lived, page_of, path, fields):
    page_of("/begin", "en-XA")
    answer = lived.send(path, **fields)
    typed = (*map(str, fields.values()), path.rpartition("/")[2])
    assert escaped(answer.text, own=(*own_words(lived), *typed)) == []


@pytest.mark.parametrize("state", [RUNNING, REFUSED, STOPPED, CANCELLED])
def test_no_state_of_long_work_escapes_the_catalogue(lived, page_of, state):
    """The states as they would be kept; the ready ones come back afterwards."""
    works, own = lived.client.app.state.works, own_words(lived)
    pages = {"/people/Jordan/plan": PROPOSALS, "/people/Jordan/scan": SCANS, "/market": COUNTS}
    for path, kind in pages.items():
        name = "" if kind == COUNTS else "Jordan"
        kept = works.load(kind, name)
        for stage in (*STAGES, ""):
            works._write(kind, name, Work(state, 1, {}, stage, 3, 7, None, ("words of old",), ("a hint",)))
            assert escaped(page_of(path, "en-XA"), own=own) == [], (path, stage)
        works._write(kind, name, kept)


@pytest.mark.parametrize(
    "odd",
    [
        "<p>Unmarked words</p>",
        '<div aria-label="Unmarked words"></div>',
        '<input placeholder="Unmarked words">',
        '<input type="submit" value="Unmarked words">',
        '<svg><text x="1">Unmarked words</text></svg>',
        f"<p>{OPEN}Ŵéļļ þúţ %s ïñšïðé{CLOSE}</p>" % "unmarked words",
        '<p><bdi lang="en">content</bdi> unmarked words</p>',
        "<p>\u2068content\u2069 unmarked words</p>",
    ],
)
def test_a_text_that_escapes_is_caught(page_of, odd):
    page, own = page_of("/", "en-XA"), ("Jordan", "Alex", "Sam")
    assert escaped(page, own=own) == []
    assert len(escaped(page.replace("</main>", f"{odd}</main>"), own=own)) == 1


def test_a_message_that_is_in_no_catalogue_is_caught():
    with speaking(choose_language("en-XA")):
        page = environment().from_string("<p>{{ _('Nobody collected this') }}</p>").render()
    assert escaped(page) == ["Nobody collected this"]


def make_catalogue():
    """The tool that collects messages."""
    spec = importlib.util.spec_from_file_location("make_catalogue", ROOT / "tools" / "make_catalogue.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_template_holds_exactly_the_messages_of_the_source():
    tool = make_catalogue()
    committed = (LOCALE / "messages.pot").read_text(encoding="utf-8")
    assert committed == tool.written(tool.extract()), "run: python tools/make_catalogue.py"


@pytest.mark.parametrize("code", sorted(set(NAMES) - {"en"}))
def test_a_language_is_complete_and_keeps_every_placeholder(code):
    with (LOCALE / code / "messages.po").open("rb") as handle:
        known = read_po(handle, locale=code)
    messages = {message.id: message for message in known if message.id}
    assert set(messages) == {message.id for message in template() if message.id}
    for id_, message in messages.items():
        ids = (id_,) if isinstance(id_, str) else id_
        said = (message.string,) if isinstance(message.string, str) else tuple(message.string or ())
        assert not message.fuzzy, id_
        assert len(said) == (1 if isinstance(id_, str) else known.num_plurals), id_
        for place, each in enumerate(said):
            model = ids[min(place, len(ids) - 1)]
            assert each.strip(), id_
            assert sorted(PLACEHOLDER.findall(each)) == sorted(PLACEHOLDER.findall(model)), each
            assert '"' not in each, "a straight quotation mark would end an attribute"


def test_the_language_is_what_was_asked_for_else_what_was_chosen_else_what_the_browser_wants(visitor):
    def language(path="/", **headers):
        found = re.search(r'<html lang="([^"]+)" dir="([^"]+)"', visitor.get(path, headers=headers).text)
        assert found is not None
        return found.groups()

    assert language() == ("en", "ltr")
    assert language(**{"accept-language": "fr-FR,de-AT;q=0.8,en;q=0.5"}) == ("de", "ltr")
    assert language(**{"accept-language": "de;q=0.2,en;q=0.9"}) == ("en", "ltr")
    assert language(**{"accept-language": ";;q=,de;q=x,*"}) == ("en", "ltr")
    assert language("/?lang=de") == ("de", "ltr")
    assert language(**{"accept-language": "en"}) == ("de", "ltr"), "the choice is remembered"
    assert language("/?lang=tlh") == ("de", "ltr"), "an unknown one changes nothing"
    assert language("/?lang=ar-XB") == ("ar-XB", "rtl")


def test_the_language_form_keeps_the_page_and_what_was_asked(visitor):
    page = visitor.get("/compare?who=alex&who=sam").text
    form = re.search(r'<form method="get" action="/compare" class="languages">.*?</form>', page)
    assert form is not None
    assert form[0].count('name="who"') == 2
    assert 'name="lang" value="de" lang="de"' in form[0]


def test_the_api_speaks_english_whatever_the_browser_wants(jordan):
    german = jordan.get("/api/v1/people/Nobody", headers={"accept-language": "de"})
    assert german.json() == jordan.get("/api/v1/people/Nobody").json()
    assert "content-language" not in german.headers


def test_an_error_page_says_it_in_german(jordan):
    answer = jordan.client.post(
        "/people/Jordan/checkin", data={"token": "x"}, headers={"accept-language": "de"}
    )
    assert "Das wurde abgelehnt" in answer.text
    assert "lade die Seite neu" in answer.text


def test_days_and_numbers_are_written_as_the_language_writes_them():
    english, german = choose_language("en").formats, choose_language("de").formats
    day = dt.date(2026, 12, 4)
    assert (english.day(day), german.day(day)) == ("4 Dec 2026", "4. Dez. 2026")
    assert (english.weekday(day), german.weekday(day)) == ("Friday", "Freitag")
    assert (english.decimal(1234.5, 1), german.decimal(1234.5, 1)) == ("1,234.5", "1.234,5")
    assert (english.decimal(8.0, None), german.decimal(7.5, None)) == ("8", "7,5")
    assert (english.percent(0.276, 0), german.percent(0.276, 1)) == ("28\u00a0%", "27,6\u00a0%")
    assert "2026" in german.span(day, dt.date(2027, 1, 4))


def test_a_german_page_writes_german_numbers_and_marks_its_english_content(page_of):
    page = page_of("/people/Jordan/today", "de")
    assert "Freitag, 4. Dez. 2026" in page
    assert re.search(r"\d,\d h in dieser Woche", page)
    assert not re.search(r"\d\.\d h", page)
    assert '<bdi lang="en">' in page
    assert "Last sessions" not in page


def test_hours_typed_with_a_comma_are_read(jordan):
    jordan.get("/?lang=de")
    assert "Gespeichert: 7,5 Stunden" in jordan.send("/people/Jordan/checkin", hours="7,5").text
    assert jordan.person().year.checkins[-1].hours == 7.5
