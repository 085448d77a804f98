"""A real browser reads the page: no request, no scripts, no accessibility faults, no sideways scrolling."""

from importlib import import_module

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from milepost.publish.page import render_comparison, render_page

samples = import_module("publish.roadmap_samples")


PAGES = ["page", "hopeless", "comparison"]
CASES = [
    *(("page", scheme, width) for scheme in ("light", "dark") for width in (320, 1280)),
    *((name, *look) for name in PAGES[1:] for look in (("light", 320), ("dark", 1280))),
]


@pytest.fixture(scope="module", params=PAGES)
def address(request, tmp_path_factory):
    made = {
        "page": lambda: render_page(samples.make_view()),
        "hopeless": lambda: render_page(samples.make_view(feasible=False)),
        "comparison": lambda: render_comparison(samples.make_comparison()),
    }[request.param]()
    file = tmp_path_factory.mktemp("page") / f"{request.param}.html"
    file.write_text(made, encoding="utf-8")
    return file.as_uri()


@pytest.mark.parametrize(("address", "scheme", "width"), CASES, indirect=["address"])
def test_the_page_is_accessible_quiet_and_fits(browser: Browser, address, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(address)
    assert asked == [address]
    assert said == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found] == []
    context.close()


def test_text_at_two_hundred_percent_still_fits(browser: Browser, address):
    page = browser.new_page(viewport={"width": 640, "height": 900})
    page.goto(address)
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.close()


def test_the_first_tab_stop_skips_to_the_roadmap_and_the_skip_link_is_seen(browser: Browser, address):
    page = browser.new_page()
    page.goto(address)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    page.close()
