"""The app in a real browser: accessible, quiet, readable when narrow, and usable by keyboard alone."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe

from milepost.model.year import CheckIn
from milepost.web.errands import COUNTS, READY, SCANS, Errand
from milepost.workflows.cards import add_card
from milepost.workflows.demo import example_path
from milepost.workflows.home import OWNER, Home
from milepost.workflows.replan import accept_plan
from milepost.workflows.roadmap import make_roadmap
from milepost.workflows.wanted import keep_ads
from milepost.workflows.workspace import save_new_person
from milepost.workflows.year import record_checkin
from web.long_work import ME, make_repository, wait_for_end, write_ads  # type: ignore[import-not-found]
from web.served import served  # type: ignore[import-not-found]
from web.test_bring import CV, TIDE, WAVE  # type: ignore[import-not-found]

DAY = dt.date(2026, 12, 4)
PAGES = (
    "/", "/begin", "/people/Jordan", "/people/Jordan/gaps", "/people/Jordan/ratings", "/people/Jordan/plan",
    "/people/Jordan/today", "/people/Jordan/progress", "/people/Jordan/cards", "/people/Jordan/tests",
    "/people/Jordan/tests/ml-fundamentals", "/people/Jordan/hype", "/people/Jordan/routes", "/people/Jordan/file", "/people/Jordan/publish", "/people/Jordan/drafts?form=week", "/people/Jordan/exports", "/people/Jordan/bring", "/people/Jordan/cv", "/people/Jordan/ads",
    "/compare?who=alex&who=jordan&who=sam", "/people/Jordan/scan", "/market", "/nowhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """A real server; its workspace holds Jordan with a plan in force, a check-in and a card."""
    folder = tmp_path_factory.mktemp("app")
    now = lambda: dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC)  # noqa: E731
    home = Home(str(folder / "w.sqlite"), now, lambda: DAY, {})
    save_new_person(
        "Jordan", example_path("jordan").read_text(encoding="utf-8"), workspace=home.workspace, now=now
    )
    at = home.occasion()
    where = home.where("Jordan", OWNER)
    roadmap = make_roadmap(at.load(where).loaded.person, today=DAY)
    accept_plan(where, roadmap, at=at)
    record_checkin(where, CheckIn(DAY, 7.0), at=at)
    add_card(
        where,
        "What does a KV cache hold?",
        "Keys and values of the tokens so far.",
        skill="kv-caching",
        at=at,
    )
    (folder / "ad.txt").write_text(WAVE, encoding="utf-8")
    keep_ads(where, [folder / "ad.txt"], at=at)
    with served(home, folder / "web") as (address, app):
        scan_and_count(app.state.works, folder, at)
        yield address


def scan_and_count(works, folder, at):
    """The findings of a repository and the numbers of some advertisements, so that their pages are full."""
    repository, ads = (
        make_repository(folder / "work"),
        write_ads(folder / "advertisements.jsonl", rows=30, bad=2),
    )
    asked = {SCANS: {"folders": str(repository), "authors": ME}, COUNTS: {"source": str(ads)}}
    for kind, name in ((SCANS, "Jordan"), (COUNTS, "")):
        works.start(Errand(kind, name, name, at.workspace, at.now(), at.today, asked[kind]))
        assert wait_for_end(works, kind, name).state == READY


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_accessible_quiet_and_fits(browser, address, path, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on(
        "console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None
    )
    page.goto(address + path)
    assert [url for url in asked if not url.startswith(address)] == [], "no request leaves this computer"
    assert [text for text in said if "404" not in text] == []
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width, "the page does not scroll sideways"
    context.close()


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_from_right_to_left_is_accessible_and_fits(browser, address, path, width):
    context = browser.new_context(viewport={"width": width, "height": 900})
    page = context.new_page()
    page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang=ar-XB")
    assert page.evaluate("getComputedStyle(document.body).direction") == "rtl"
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert overflow(page) == []
    context.close()


@pytest.mark.parametrize("language", ["de", "en-XA"])
def test_longer_words_fit_where_it_is_narrow(browser, address, language):
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    for path in PAGES:
        page.goto(f"{address}{path}{'&' if '?' in path else '?'}lang={language}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert overflow(page) == [], path
    context.close()


@pytest.mark.parametrize("language", ["en", "de", "en-XA"])
def test_no_word_of_a_picture_is_cut_off(browser, address, language):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in ("", "/gaps", "/plan", "/progress", "/hype"):
        page.goto(f"{address}/people/Jordan{path}?lang={language}")
        cut = page.evaluate(
            """() => [...document.querySelectorAll("svg text")].filter(t => {
                const [outer, inner] = [t.ownerSVGElement.getBoundingClientRect(), t.getBoundingClientRect()];
                return inner.left < outer.left || inner.right > outer.right || inner.bottom > outer.bottom;
            }).map(t => t.textContent)"""
        )
        assert cut == [], path
    context.close()


def overflow(page):
    """What stands out of the window on either side, but not inside a region that scrolls by itself."""
    return page.evaluate(
        """() => {
            const wide = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth > wide) return ["the page scrolls sideways"];
            return [...document.querySelectorAll("body *")].filter(e => {
                if (e.closest(".scroll, .sr, .skip, svg, pre, textarea, option, .when dt")) return false;
                const r = e.getBoundingClientRect();
                return r.width > 0 && (r.left < -1 || r.right > wide + 1);
            }).map(e => e.outerHTML.slice(0, 120));
        }"""
    )


def test_text_at_twice_its_size_still_fits(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    for path in PAGES:
        page.goto(address + path)
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        assert page.evaluate("document.documentElement.scrollWidth") <= 1280, path
    context.close()


def test_a_person_with_a_keyboard_alone_keeps_a_check_in_and_answers_a_question(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/people/Jordan/today")
    page.keyboard.press("Tab")
    assert page.locator(":focus").inner_text() == "Skip to the content"
    focus_on(page, "f-hours")
    page.keyboard.type("6")
    page.keyboard.press("Enter")
    page.wait_for_url("**/today?said=*")
    assert "Kept: 6 hours" in page.inner_text("[role=status]")
    page.goto(f"{address}/people/Jordan/tests/ml-fundamentals")
    focus_on(page, "o1")
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tests/ml-fundamentals?last=*")
    assert "Read on" in page.inner_text("#last")
    context.close()


def test_by_keyboard_alone_a_cv_is_read_and_advertisements_are_pasted(browser, address, tmp_path):
    (tmp_path / "cv.txt").write_text(CV, encoding="utf-8")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/people/Jordan/bring")
    page.set_input_files("#f-cv", tmp_path / "cv.txt")
    focus_on(page, "f-cv")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cv")
    page.wait_for_selector("#found-heading")  # without a script the page loads again by itself
    first = page.locator("fieldset.finding input[type=radio]").first.get_attribute("id")
    focus_on(page, page.locator("fieldset.finding input[type=radio][value=later]").first.get_attribute("id"))
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.locator(f"#{first}").is_checked()
    assert first.startswith("accept-")
    page.select_option(f"#level-{first.removeprefix('accept-')}", "3")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cv?said=*")
    assert "1 finding kept" in page.inner_text("[role=status]")
    page.goto(f"{address}/people/Jordan/ads")
    focus_on(page, "f-pasted")
    page.keyboard.insert_text(f"{WAVE}\n---\n{TIDE}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_selector("#asked-heading")
    assert "1 advertisement is new. 1 was there already." in page.inner_text("[role=status]")
    context.close()


def test_a_timer_counts_a_session_over_a_reload_and_enters_its_minutes(browser, address):
    context = browser.new_context(viewport={"width": 320, "height": 900})
    page = context.new_page()
    page.clock.install(time=dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC))
    page.goto(f"{address}/people/Jordan/today")
    page.locator("summary").first.click()
    page.get_by_role("button", name="Start the timer").first.click()
    page.clock.fast_forward("10:00")
    page.reload()
    page.clock.fast_forward("15:05")
    assert page.locator("[role=timer]").first.inner_text() == "25:05"
    assert overflow(page) == []
    page.get_by_role("button", name="Stop, and enter the minutes").click()
    assert page.locator("#m1").input_value() == "25"
    assert page.locator(":focus").get_attribute("id") == "m1"
    page.reload()
    assert page.get_by_role("button", name="Stop, and enter the minutes").count() == 0
    context.close()


def focus_on(page, id_):
    """Press Tab until a field has the focus."""
    for _ in range(120):
        page.keyboard.press("Tab")
        if page.locator(":focus").count() and page.locator(":focus").first.get_attribute("id") == id_:
            return
    pytest.fail(f"{id_} cannot be reached by Tab")
