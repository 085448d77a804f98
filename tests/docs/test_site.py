"""The documentation builds offline without a warning, is complete, findable, and asks nobody else for anything."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

import milepost
from milepost.cli.front import COMMANDS
from milepost.model.settings import table

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
LOADED = re.compile(
    r"""<(?:script|img|iframe|source|video|link)\b[^>]*?\b(?:src|href)=["']([^"']+)""", re.IGNORECASE
)
PERSONAS = ("alex", "jordan", "sam", "coach", "analyst")


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    out = tmp_path_factory.mktemp("docs")
    environment = {
        **os.environ,
        "no_proxy": "*",
        "http_proxy": "http://127.0.0.1:9",
        "https_proxy": "http://127.0.0.1:9",
    }
    done = subprocess.run(
        [sys.executable, "-m", "sphinx", "-W", "--keep-going", "-q", "-b", "html", "-d", str(out / "trees"), str(DOCS), str(out / "site")],
        capture_output=True, text=True, timeout=300, check=False, env=environment,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return out / "site"


def text_of(page):
    return re.sub(r"<[^>]+>", "", page.read_text(encoding="utf-8"))


def test_the_reference_is_that_of_this_code():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        from make_reference import reference  # type: ignore[import-not-found,unused-ignore]
    finally:
        sys.path.pop(0)
    for name, text in reference().items():
        written = (DOCS / "reference" / f"{name}.md").read_text(encoding="utf-8")
        assert written == text, f"docs/reference/{name}.md is older than the code: run `make docs`"


def test_every_page_is_built_and_every_persona_has_theirs(site):
    pages = [page.relative_to(DOCS).with_suffix(".html") for page in DOCS.rglob("*.md")]
    assert [page.as_posix() for page in pages if not (site / page).is_file()] == []
    assert all((site / "how-to" / f"{persona}.html").is_file() for persona in PERSONAS)


def test_every_public_name_has_its_signature_and_its_meaning(site):
    page = (site / "reference" / "library.html").read_text(encoding="utf-8")
    for name in milepost.__all__:
        if not name.startswith("__"):
            described = re.search(rf'id="milepost\.{name}">.*?<dd>(.*?)</dd>', page, re.DOTALL)
            assert described, name
            assert len(re.sub(r"<[^>]+>", "", described[1]).strip()) > 30, name


def test_every_command_and_every_setting_is_in_the_site(site):
    commands, settings = text_of(site / "commands.html"), text_of(site / "reference" / "settings.html")
    assert [name for name in COMMANDS if f"milepost {name}" not in commands] == []
    assert [row.name for row in table() if row.name not in settings] == []


def test_no_page_loads_anything_from_elsewhere(site):
    loads = {
        (page.name, place)
        for page in site.rglob("*.html")
        for place in LOADED.findall(page.read_text(encoding="utf-8"))
        if "://" in place or place.startswith("//")
    }
    assert loads == set()
    styles = [*site.rglob("*.css"), *site.rglob("*.js")]
    assert [
        s.name for s in styles if re.search(r"""url\(["']?(?:https?:)?//""", s.read_text(encoding="utf-8"))
    ] == []


def test_the_search_finds_a_formula_without_a_network(browser: Browser, site):
    page = browser.new_page()
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto((site / "search.html").as_uri() + "?q=quasi-binomial")
    page.wait_for_selector("#search-results li a")
    assert "The method" in page.inner_text("#search-results")
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    page.close()


@pytest.mark.parametrize(
    "name", ["index", "quickstart", "commands", "method", "how-to/alex", "reference/library"]
)
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_is_accessible_and_fits(browser: Browser, site, name, scheme, width):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto((site / f"{name}.html").as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(page).response["violations"]
    assert [(v["id"], v["impact"], [node["target"] for node in v["nodes"]][:3]) for v in found] == []
    context.close()
