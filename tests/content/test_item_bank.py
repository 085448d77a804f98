"""The item bank: enough of every area, one key each, nothing that gives it away, readable on a phone."""

import ast
import datetime as dt
import math
from collections import Counter
from itertools import combinations

import pytest
from rapidfuzz import fuzz

from milepost.files.content import load_catalogue
from milepost.files.items_content import LONGEST_CODE_LINE, load_items
from milepost.model.items import Bloom
from milepost.model.skills import AreaKind

CATALOGUE = load_catalogue()
ITEMS = tuple(load_items(CATALOGUE).values())
AREAS = sorted({item.area for item in ITEMS})
FEWEST = {AreaKind.FOUNDATION: 24, AreaKind.SPECIALISATION: 20, AreaKind.WORKING: 15}


def of_area(area):
    return [item for item in ITEMS if item.area == area]


def test_every_area_has_a_test_with_enough_items():
    counts = Counter(item.area for item in ITEMS)
    assert len(ITEMS) >= 480
    for area in CATALOGUE.tree.areas.values():
        assert counts[area.id] >= FEWEST[area.kind], area.id


@pytest.mark.parametrize("area", AREAS)
def test_an_area_has_blocks_and_code_and_judgement(area):
    items = of_area(area)
    blocks = Counter(item.block for item in items)
    assert 2 <= len(blocks) <= 6
    assert min(blocks.values()) >= 3
    assert {item.bloom for item in items} >= {Bloom.APPLY, Bloom.ANALYSE} or area in (
        "working-skills",
        "ai-leadership",
    )
    assert len({item.difficulty for item in items}) >= 4
    assert min(item.difficulty for item in items) <= -0.5
    assert max(item.difficulty for item in items) >= 1.0


def binomial_most(n, share, *, z=3.3):
    """The most that a guesser of that chance would get right; beyond it the items give themselves away."""
    return n * share + z * math.sqrt(n * share * (1 - share))


def chance(items):
    return sum(1 / len(item.options) for item in items) / len(items)


@pytest.mark.parametrize("pick", [max, min], ids=["longest", "shortest"])
def test_who_guesses_by_length_scores_at_chance(pick):
    hits = 0.0
    for item in ITEMS:
        lengths = [len(option.text) for option in item.options]
        best = pick(lengths)
        if lengths[item.key] == best:
            hits += 1 / lengths.count(best)
    assert hits <= binomial_most(len(ITEMS), chance(ITEMS)), f"{hits / len(ITEMS):.1%}"


@pytest.mark.parametrize("place", range(4))
def test_who_always_picks_the_same_place_scores_at_chance(place):
    hits = sum(item.key == place for item in ITEMS)
    assert hits <= binomial_most(len(ITEMS), chance(ITEMS))
    assert hits >= len(ITEMS) * 0.17


@pytest.mark.parametrize("item", ITEMS, ids=[item.id for item in ITEMS])
def test_an_item_is_whole(item):
    assert item.skill in {skill.id for skill in CATALOGUE.tree.in_area(item.area)}
    assert 4 <= len(item.options) <= 5
    assert len({option.text.casefold().strip() for option in item.options}) == len(item.options)
    assert not item.options[item.key].misconception
    assert all(len(o.misconception) >= 8 for n, o in enumerate(item.options) if n != item.key)
    assert len(item.explanation) >= 40
    assert item.read.name
    assert item.reviewed >= dt.date(2026, 11, 1)
    assert "second reader" in item.reviewer, "nobody has answered it blind"
    assert not any(
        phrase in option.text.casefold()
        for option in item.options
        for phrase in ("all of the above", "none of the above", "all of these", "none of these")
    )
    assert all(len(line) <= LONGEST_CODE_LINE for line in item.code.splitlines())
    assert len(item.question) <= 700


def test_no_two_items_are_nearly_the_same():
    texts = [(item.id, f"{item.question} {item.code}") for item in ITEMS]
    near = [
        (a, b)
        for (a, x), (b, y) in combinations(texts, 2)
        if abs(len(x) - len(y)) < 0.4 * max(len(x), len(y)) and fuzz.ratio(x, y) > 80
    ]
    assert near == []


@pytest.mark.parametrize(
    "item", [i for i in ITEMS if i.code and "print(" in i.code], ids=lambda item: item.id
)
def test_python_that_is_printed_can_be_read_by_python(item):
    """Whoever reads code as Python has to be able to: a slip in the indentation would be a second question."""
    if any(sign in item.code for sign in ("$ ", "...", "SELECT", "=>", "{{", "std::", "&&")):
        pytest.skip("this is a transcript, another language or a fragment on purpose")
    ast.parse(item.code)
