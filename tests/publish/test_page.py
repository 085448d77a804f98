"""The page says everything, in order, and runs nothing."""

import re
from html.parser import HTMLParser
from importlib import import_module
from itertools import pairwise

import pytest

from milepost.publish.page import render_comparison, render_page

samples = import_module("publish.roadmap_samples")


@pytest.fixture
def view():
    return samples.make_view()


@pytest.fixture
def hopeless():
    return samples.make_view(feasible=False)


class Reader(HTMLParser):
    """Tags with their attributes, and the text between them."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text.append(data)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    return reader


def told(page: str) -> str:
    return " ".join(" ".join(read(page).text).split())


@pytest.fixture
def page(view):
    return render_page(view)


def test_the_page_names_every_gap_activity_and_left_out_candidate(view, page):
    text = told(page)
    for gap in view.report.gaps:
        assert gap.name in text
    for activity in view.plan.activities:
        assert activity.title in text
    for row in view.plan.left_out:
        assert row.title in text


def test_every_number_of_a_gap_opens_to_formula_inputs_and_basis(view, page):
    text = told(page)
    assert page.count('class="why"') == len(view.report.gaps)
    for gap in view.report.gaps:
        assert f'id="why-{gap.skill}"' in page
    assert "severity × impact = 5 × 5" in text
    assert "a pack of ads <2026>" in text


def test_what_a_person_wrote_is_text_and_never_markup(page):
    assert "<script" not in page
    assert "<b>boldly" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_link_never_runs_code(page):
    links = [attributes.get("href") or "" for tag, attributes in read(page).tags if tag == "a"]
    assert links
    assert all(link.startswith(("#", "https://example.org/")) for link in links)


def test_the_page_asks_nobody_for_anything(page):
    tags = read(page).tags
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & {tag for tag, _ in tags}
    assert not any("src" in attributes or "srcset" in attributes for _, attributes in tags)
    assert "url(http" not in page
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_headings_go_down_one_step_at_a_time_and_there_is_one_first(page):
    levels = [int(tag[1]) for tag, _ in read(page).tags if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))


def test_ids_are_unique_and_every_inner_link_leads_somewhere(page):
    tags = read(page).tags
    ids = [attributes["id"] for _, attributes in tags if attributes.get("id")]
    assert len(ids) == len(set(ids))
    inner = {
        (a.get("href") or "")[1:] for tag, a in tags if tag == "a" and (a.get("href") or "").startswith("#")
    }
    assert inner <= set(ids)


def test_every_table_has_a_caption_and_every_heading_cell_a_scope(page):
    tags = [tag for tag, _ in read(page).tags]
    assert tags.count("table") == tags.count("caption") > 4
    assert all(attributes.get("scope") for tag, attributes in read(page).tags if tag == "th")


def test_an_illustrative_profile_says_so(page):
    assert "Illustrative profile. Made <up>." in told(page)


def test_where_no_plan_fits_the_page_says_why_and_what_would_help(hopeless):
    text = told(render_page(hopeless))
    assert "No plan fits" in text
    assert "A milestone in every quarter does <not> fit." in text
    assert "6.5 h a week instead of 1 would fit." in text


def test_the_same_view_gives_the_same_page():
    assert render_page(samples.make_view()) == render_page(samples.make_view())


def test_the_comparison_shows_n_every_person_and_every_row():
    comparison = samples.make_comparison()
    text = told(render_comparison(comparison))
    assert "n = 2" in text
    assert "Biggest gap <now>" in text
    assert "Déjà & vu" in text
    assert "Sam" in text
