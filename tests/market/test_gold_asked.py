"""Sixty advertisements labelled before the rules were tuned: what is asked, and whether it must be.

Half was looked at while tuning; the other half was not. ``pytest -s tests/market/test_gold_asked.py`` prints
precision, recall and right strengths by class of text. Skills marked debatable count neither way; ``either`` may be must or nice.
"""

import json
import sys
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from milepost.market.sections import Asked

LABELS = Path(__file__).parent / "labels" / "asked.json"
HALVES = ("tuning", "held out")
STRENGTH = {Asked.CONTEXT: 0, Asked.NICE: 1, Asked.DUTY: 2, Asked.MUST: 2}


def read_labels():
    return json.loads(LABELS.read_text(encoding="utf-8"))


def count(half, ads, extractor):
    """Right, wrong and missed skills and strengths, by class of text."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for label in read_labels():
        if label["half"] == half:
            counts[label["class"]].update(
                compare(label, extractor.mentions(ads[label["source"], label["id"]]))
            )
    counts["all"] = sum(counts.values(), Counter())
    return counts


def compare(label, mentions):
    best: dict[str, int] = {}
    for mention in mentions:
        best[mention.skill] = max(STRENGTH[mention.asked], best.get(mention.skill, 0))
    asked = {skill for skill, strength in best.items() if strength}
    must, nice = set(label["must"]), set(label["nice"])
    wanted = must | nice | set(label["either"])
    judged = asked & (must | nice)
    return Counter(
        right=len(asked & wanted),
        wrong=len(asked - wanted - set(label["debatable"])),
        missed=len(wanted - asked),
        strong=sum((best[skill] == 2) == (skill in must) for skill in judged),
        judged=len(judged),
    )


def figures(counted):
    return (
        counted["right"] / (counted["right"] + counted["wrong"]),
        counted["right"] / (counted["right"] + counted["missed"]),
        counted["strong"] / counted["judged"],
    )


@pytest.fixture(scope="module")
def labelled(ads_of):
    return {
        (label["source"], label["id"]): next(ad for ad in ads_of(label["source"]) if ad.id == label["id"])
        for label in read_labels()
    }


@pytest.mark.parametrize("half", HALVES)
def test_what_is_asked_is_found_as_a_reader_finds_it(half, labelled, extractor):
    precision, recall, strength = figures(count(half, labelled, extractor)["all"])
    assert precision >= 0.94
    assert recall >= 0.95
    assert strength >= 0.96


@pytest.mark.parametrize("half", HALVES)
def test_no_class_of_text_is_much_worse_than_the_others(half, labelled, extractor):
    for kind, counted in count(half, labelled, extractor).items():
        precision, recall, strength = figures(counted)
        line = (
            f"{half:9} {kind:9} P {precision:.3f}  R {recall:.3f}  must/nice {strength:.3f}  {dict(counted)}"
        )
        sys.stdout.write(line + "\n")
        assert precision >= 0.84, (kind, counted)
        assert recall >= 0.92, (kind, counted)
        assert strength >= 0.90, (kind, counted)


def test_labels_are_keyed_by_set_and_id_and_hold_no_text():
    labels = read_labels()
    assert len(labels) == 60
    assert len({(label["source"], label["id"]) for label in labels}) == 60
    assert all(
        set(label) == {"source", "id", "class", "half", "must", "nice", "either", "debatable"}
        for label in labels
    )
