"""Long work in a real browser: the bar moves without a reload, is quiet for the ear, and needs no script."""

import datetime as dt
import os
from itertools import pairwise

import pytest
from axe_playwright_python.sync_playwright import Axe

from milepost.workflows.demo import example_path
from milepost.workflows.home import Home
from milepost.workflows.workspace import save_new_person
from web.conftest import DAY  # type: ignore[import-not-found]
from web.long_work import (  # type: ignore[import-not-found]
    ME,
    children_of,
    command_of,
    hang_git,
    is_there,
    make_repository,
    wait_until,
    workers_of,
    write_ads,
)
from web.served import served  # type: ignore[import-not-found]

HEARD = """() => {
    const voice = document.querySelector("body > [role=status]");
    window.heard = [];
    new MutationObserver(() => window.heard.push([performance.now(), voice.textContent]))
        .observe(voice, {childList: true, characterData: true, subtree: true});
}"""
QUIET_MS = 4_900


@pytest.fixture
def address(tmp_path):
    """A real server whose workspace holds Jordan."""
    now = lambda: dt.datetime(2026, 12, 4, 18, tzinfo=dt.UTC)  # noqa: E731
    home = Home(str(tmp_path / "w.sqlite"), now, lambda: DAY, {})
    text = example_path("jordan").read_text(encoding="utf-8")
    save_new_person("Jordan", text, workspace=home.workspace, now=now)
    with served(home, tmp_path / "web") as (address, _):
        yield address


@pytest.fixture
def never_ending(tmp_path, monkeypatch):
    """A repository whose history never ends to be told."""
    repository = make_repository(tmp_path / "work")
    hang_git(tmp_path / "slow", monkeypatch)
    return repository


def start_count(page, address, source):
    page.goto(f"{address}/market")
    page.fill("#f-source", str(source))
    page.click("form[action='/market/start'] button")
    page.wait_for_selector(".working")


def start_scan(page, address, folder):
    page.goto(f"{address}/people/Jordan/scan")
    page.fill("#f-folders", str(folder))
    page.fill("#f-authors", ME)
    page.click("form[action$='/scan/start'] button")
    page.wait_for_selector(".working")


def share_of(page):
    return page.evaluate(
        "() => { const bar = document.querySelector('progress'); return bar ? bar.position : 2; }"
    )


def test_the_bar_moves_the_result_comes_without_a_reload_and_the_ear_is_left_in_peace(
    browser, address, tmp_path
):
    context = browser.new_context()
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    start_count(page, address, write_ads(tmp_path / "ads.jsonl", rows=15_000))
    page.evaluate("window.same = true")
    page.evaluate(HEARD)
    seen = {wait_until(lambda: (share := share_of(page)) > 0 and share, "the bar moves")}
    seen.add(wait_until(lambda: (share := share_of(page)) > max(seen) and share, "the bar moves on"))
    assert max(seen) < 1, "it was seen on its way, not only at its end"
    page.wait_for_selector("dl.figures", timeout=120_000)
    assert page.evaluate("window.same") is True, "the document is still the same one"
    assert "15,000" in page.inner_text("dl.figures")
    assert page.locator(".working").count() == 0
    assert page.locator("body > [role=status]").count() == 1
    heard = page.evaluate("window.heard")
    assert heard[-1][1] == "It is done."
    pauses = [later[0] - earlier[0] for earlier, later in pairwise(heard[:-1])]
    assert all(pause > QUIET_MS for pause in pauses), heard
    assert faults == []
    context.close()


def test_cancel_is_reached_by_the_keyboard_and_ends_the_process_and_its_git(browser, address, never_ending):
    context = browser.new_context()
    page = context.new_page()
    start_scan(page, address, never_ending)
    wait_until(lambda: any("sleep 3600" in command_of(each) for each in children_of(os.getpid())), "git log")
    before = [each for worker in workers_of(os.getpid()) for each in (worker, *children_of(worker))]
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.locator(":focus").inner_text() == "Cancel":
            break
    page.keyboard.press("Enter")
    page.wait_for_selector("text=You cancelled the reading")
    assert [each for each in before if is_there(each)] == []
    assert page.input_value("#f-folders") == str(never_ending), "what was typed is still there"
    context.close()


def test_without_a_script_the_page_follows_by_itself(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/people/Jordan/plan")
    page.click("form[action$='/plan/solve'] button")
    page.wait_for_selector("text=Solving:")
    page.wait_for_selector("text=Accept this plan", timeout=120_000)
    context.close()


def test_a_server_that_does_not_answer_is_said_and_asked_again(browser, address, never_ending):
    context = browser.new_context()
    page = context.new_page()
    start_scan(page, address, never_ending)
    page.route("**/running/scans", lambda route: route.abort())
    page.wait_for_selector("text=The server does not answer")
    page.unroute("**/running/scans")
    page.wait_for_selector("[data-far]:text('opening the repository')")
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_of_running_work_is_accessible_and_fits(browser, address, never_ending, width, scheme):
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    start_scan(page, address, never_ending)
    found = Axe().run(page).response["violations"]
    assert [(each["id"], each["nodes"][0]["html"][:200]) for each in found] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("document.getAnimations().length") == 0
    context.close()
