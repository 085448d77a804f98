"""The check of a published site that docs/publishing.md writes down: fast, findable, sound, usable.

Modelled on the audits of Lighthouse 12 that mean something for a page of files; accessibility is
checked by axe in `test_portfolio_in_browser.py`. Times are not asserted: what makes them is.
"""

import datetime as dt
import json
import re
import struct
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from milepost.model.portfolio import Portfolio, ShownArea, ShownArtefact, ShownLink, ShownMilestone, ShownText
from milepost.model.year import Verification
from milepost.publish.portfolio_site import Theme, render_site

PAGE = Path(__file__).resolve().parents[2] / "docs" / "publishing.md"
HOME = "https://mika.example.org/"
KINDS = ("writing", "talk", "contribution", "library")


def text(words):
    return ShownText(words, "test")


def long_portfolio():
    """Ten years of public work: 120 pieces, 24 milestones, a T."""
    artefacts = [
        ShownArtefact(
            text(f"A piece of work about retries, number {n}"),
            dt.date(2016 + n % 10, 1 + n % 12, 3),
            text(f"https://example.org/work/{n}"),
            text(KINDS[n % len(KINDS)]),
            [*Verification, None][n % 6],
        )
        for n in range(120)
    ]
    order = [*reversed(Verification), None]
    return Portfolio(
        name=text("Mika Example"),
        about=text("I keep models answering under load, and write down what broke."),
        links=(ShownLink(text("Code"), text("https://example.org/code")),),
        areas=tuple(ShownArea(text(f"Area {n}"), n % 6, text("fluent"), deep=n > 5) for n in range(8)),
        artefacts=tuple(sorted(artefacts, key=lambda each: order.index(each.verified))),
        milestones=tuple(
            ShownMilestone(text(f"Milestone {n}"), dt.date(2024 + n // 12, 1 + n % 12, 1)) for n in range(24)
        ),
        address=text(HOME),
    )


class Tags(HTMLParser):
    """Every start tag of a page with its attributes, and the words of its links."""

    def __init__(self, source):
        super().__init__()
        self.tags, self.links, self._link = [], [], None
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag == "a":
            self._link = ""

    def handle_data(self, data):
        if self._link is not None:
            self._link += data

    def handle_endtag(self, tag):
        if tag == "a":
            self.links.append((self._link or "").strip())
            self._link = None

    def named(self, tag):
        return [attributes for name, attributes in self.tags if name == tag]

    def meta(self, name):
        found = [m["content"] for m in self.named("meta") if name in {m.get("name"), m.get("property")}]
        assert len(found) == 1, f"{len(found)} × {name}"
        return found[0]


@pytest.fixture(scope="module", params=list(Theme))
def site(request):
    return render_site(long_portfolio(), theme=request.param)


@pytest.fixture(scope="module")
def source(site):
    return site["index.html"].decode()


@pytest.fixture(scope="module")
def tags(source):
    return Tags(source)


def test_fast_the_page_is_one_file_that_waits_for_nothing(tags, source):
    loads = [a for tag in ("img", "iframe", "video", "audio", "source", "object") for a in tags.named(tag)]
    assert loads == []
    assert [link["rel"] for link in tags.named("link") if link["rel"] in {"stylesheet", "preload"}] == []
    assert [script.get("type") for script in tags.named("script")] == ["application/ld+json"]
    assert not re.search(r"@import|@font-face|url\((?!data:)", source)


def test_fast_ten_years_of_work_are_small(site, source, tags):
    assert len(source.encode()) <= 150_000
    assert len(site["preview.png"]) <= 300_000
    assert len(tags.tags) <= 1_400, "Lighthouse warns from 1,400 elements on"


def test_findable_title_summary_address_and_language_are_there_once(tags):
    assert tags.named("html")[0]["lang"] == "en"
    assert tags.tags.index(("title", {})) < tags.tags.index(("body", {}))
    assert 50 <= len(tags.meta("description")) <= 180
    assert [link["href"] for link in tags.named("link") if link["rel"] == "canonical"] == [HOME]
    assert "noindex" not in str(tags.named("meta"))
    assert [tag for tag, _ in tags.tags].count("h1") == 1


def test_findable_no_heading_skips_a_step(tags):
    steps = [int(tag[1]) for tag, _ in tags.tags if re.fullmatch("h[1-6]", tag)]
    assert all(after - before <= 1 for before, after in pairwise(steps))


def test_findable_every_link_says_where_it_leads(tags):
    vague = {"", "here", "click here", "more", "read more", "link", "this"}
    assert [words for words in tags.links if words.casefold() in vague] == []


def test_findable_the_preview_is_of_the_size_that_it_says(site, tags):
    width, height = struct.unpack(">II", site["preview.png"][16:24])
    assert (str(width), str(height)) == (tags.meta("og:image:width"), tags.meta("og:image:height"))
    assert tags.meta("og:image").startswith(HOME)
    assert tags.meta("og:image:alt")


def test_findable_the_linked_data_name_the_person_and_every_piece(source):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', source, re.DOTALL)
    assert found
    person = json.loads(found[1])
    assert person["@type"] == "Person"
    assert len(person["@reverse"]["author"]) == 120


def test_findable_the_feed_is_whole(site):
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ET.fromstring(site["feed.xml"])
    entries = feed.findall("a:entry", space)
    assert len(entries) == 144
    assert len({entry.findtext("a:id", None, space) for entry in entries}) == 144
    assert feed.findtext("a:updated", None, space) == entries[0].findtext("a:updated", None, space)


def test_sound_doctype_and_letters_are_declared_first(source):
    assert source.lower().startswith("<!doctype html>")
    assert source.index("<meta charset=") < 1024


def test_sound_nothing_is_asked_over_an_open_line_and_no_page_can_reach_back(tags):
    addresses = [link.get("href", "") for link in tags.named("a")]
    assert [address for address in addresses if address.startswith("http://")] == []
    assert [a for a in tags.named("a") if a.get("target") and "noopener" not in a.get("rel", "")] == []
    policy = next(
        m["content"] for m in tags.named("meta") if m.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_usable_a_phone_may_zoom(tags):
    viewport = tags.meta("viewport")
    assert "width=device-width" in viewport
    assert "user-scalable" not in viewport
    assert "maximum-scale" not in viewport


def test_usable_every_section_can_be_linked_to_and_shows_its_kinds(tags):
    sections = [section["id"] for section in tags.named("section")]
    assert sections == ["work", "writing", "talks", "contributions", "skills", "milestones"]


def test_the_page_on_publishing_writes_every_check_down():
    written = PAGE.read_text(encoding="utf-8")
    here = Path(__file__).read_text(encoding="utf-8")
    names = re.findall(r"^def test_((?:fast|findable|sound|usable)_\w+)", here, re.MULTILINE)
    assert [name for name in names if f"`{name}`" not in written] == []
