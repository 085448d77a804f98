"""A real browser reads the portfolio: no request, nothing blocked, no accessibility fault, no sideways scrolling."""

import datetime as dt
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from milepost.model.portfolio import (
    Portfolio,
    ShownArea,
    ShownArtefact,
    ShownLink,
    ShownMilestone,
    ShownQuarter,
    ShownText,
)
from milepost.model.year import Verification
from milepost.publish.portfolio_site import Theme, render_site

LOOKS = [(theme, scheme, width) for theme in Theme for scheme in ("light", "dark") for width in (320, 1280)]


def text(words):
    return ShownText(words, "test")


def make_portfolio():
    """Every section filled, with long words and hostile ones."""
    url = text("https://example.org/" + "a-very-long-path/" * 8)
    artefacts = tuple(
        ShownArtefact(text(f"Piece {index} " + "long" * 20), dt.date(2026, 5, 1), url, text("talk"), verified)
        for index, verified in enumerate((*reversed(Verification), None))
    )
    return Portfolio(
        name=text("Mika Ångström-Verylongname"),
        about=text("I keep things running.\n\n</script><script>document.title='taken'</script>"),
        links=(ShownLink(text("Code"), url), ShownLink(text("Talks"), url)),
        areas=(
            *(ShownArea(text(f"Area {n}"), n, text("fluent"), deep=False) for n in range(6)),
            ShownArea(text("Distributed training"), 4, text("fluent"), deep=True),
        ),
        artefacts=artefacts,
        milestones=(
            ShownMilestone(text("It runs"), dt.date(2026, 8, 1), text("Ten tries, ten passes"), url),
        ),
        learning=(text("Python"), text("Kubernetes")),
        role=text("ML engineer"),
        quarters=(
            ShownQuarter(
                1,
                dt.date(2026, 11, 30),
                dt.date(2027, 2, 28),
                text("Base"),
                text("It works"),
                (text("Do it"),),
            ),
        ),
        address=text("https://mika.example.org/"),
    )


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """The page of each theme, by theme, and of somebody who shows only a name."""
    found = {}
    for name, portfolio, theme in (
        *((theme, make_portfolio(), theme) for theme in Theme),
        ("bare", Portfolio(text("Mika")), Theme.PAPER),
    ):
        folder = tmp_path_factory.mktemp("site")
        for file, data in render_site(portfolio, theme=theme).items():
            (folder / file).write_bytes(data)
        found[name] = (folder / "index.html").as_uri()
    return found


@pytest.mark.parametrize(
    ("site", "scheme", "width"), [*LOOKS, ("bare", "light", 320), ("bare", "dark", 1280)]
)
def test_the_site_is_accessible_quiet_and_fits(browser: Browser, sites, site, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(sites[site])
    assert [url for url in asked if not url.startswith("data:image/svg+xml")] == [sites[site]]
    assert said == []
    assert page.title().startswith("Mika")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != "rgba(0, 0, 0, 0)"
    found = Axe().run(page).response["violations"]
    assert [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found] == []
    context.close()


def test_light_and_dark_are_different_and_so_are_the_themes(browser: Browser, sites):
    seen = set()
    for theme in Theme:
        for scheme in ("light", "dark"):
            page = browser.new_page(color_scheme=scheme)
            page.goto(sites[theme])
            seen.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
            page.close()
    assert len(seen) == 4


def test_text_at_two_hundred_percent_still_fits_and_the_skip_link_comes_first(browser: Browser, sites):
    page = browser.new_page(viewport={"width": 640, "height": 900})
    page.goto(sites[Theme.NIGHT])
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    page.close()


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_jumps_while_it_loads_and_every_target_is_large_enough(browser: Browser, sites, width):
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.goto(sites[Theme.PAPER])
    moved = """new Promise(done => { let sum = 0;
        new PerformanceObserver(list => { for (const each of list.getEntries()) sum += each.value; })
            .observe({type: 'layout-shift', buffered: true});
        setTimeout(() => done(sum), 300); })"""
    assert page.evaluate(moved) == 0
    # WCAG 2.2, 2.5.8: 24 pixels each way, or a link inside a sentence.
    small = """[...document.querySelectorAll('a:not(.skip)')].filter(a => !a.closest('footer p'))
        .map(a => [a.textContent.slice(0, 20), Math.round(a.getBoundingClientRect().height)]).filter(a => a[1] < 24)"""
    assert page.evaluate(small) == []
    page.close()


def test_in_print_addresses_are_spelt_out_on_white(browser: Browser, sites):
    page = browser.new_page(color_scheme="dark")
    page.emulate_media(media="print")
    page.goto(sites[Theme.NIGHT])
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    after = "getComputedStyle(document.querySelector('.title a'), '::after').content"
    assert "https://example.org/" in page.evaluate(after)
    page.close()


def test_everything_of_a_site_is_small(sites):
    folder = Path(sites[Theme.PAPER].removeprefix("file://")).parent
    page = (folder / "index.html").stat().st_size
    assert page < 60_000
    assert sum(file.stat().st_size for file in folder.iterdir()) < 600_000
