"""The hand-labelled ambiguous mentions: at least 97 % right, at least 90 % found."""

import dataclasses
import gzip
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from milepost.market.extract import build_lexicon
from milepost.market.reference import find_hits
from milepost.market.senses import is_meant, is_named_only
from milepost.market.sources.forum import forum_ad
from milepost.model.skills import Alias, Durability, HoursClass, Skill

GOLD = "data/ai-skill-mention-gold/ambiguous_mentions_gold.jsonl"
POSTS = (
    "data/hn-who-is-hiring-2026/hn_hiring_2026.jsonl.gz",
    *(f"data/hn-who-is-hiring-2011-2019/hn_hiring_{year}.jsonl.gz" for year in (2016, 2017, 2018, 2019)),
)
ELSEWHERE = {"Julia"}
"""Surface forms of the gold set that our skill tree does not hold."""


def flat(text):
    return re.sub(r"\s+", " ", text)


def find_posts(shared: Path, contexts):
    """The whole advertisement of each context: some rules look at all of it."""
    found: dict[str, dict[str, str]] = {}
    for path in POSTS:
        with gzip.open(shared / path, "rt", encoding="utf-8") as file:
            for line in file:
                row = json.loads(line)
                text = flat(row["text"])
                for context in contexts - found.keys():
                    if context in text:
                        found[context] = row
    return found


def says_skill(row, post, lexicon):
    before, rest = row["context"].split("⟦")
    surface, after = rest.split("⟧")
    line = flat(before).lstrip() + surface + flat(after).rstrip()
    ad = forum_ad(post, "gold") if post else None
    if ad and ad.company.casefold().split()[:1] == [surface.casefold()]:
        return False
    context = re.split(r"\n", before)[-1] + surface + re.split(r"\n", after)[0]
    place = len(re.split(r"\n", before)[-1])
    hits = tuple(find_hits(context, lexicon))
    whole = f"{context}\n{post['text'] if post else line}"
    return any(
        hit.start <= place < hit.end
        and hit.surface.skill is not None
        and (not hit.surface.ambiguous or is_meant(hit, whole, (0, len(context)), hits))
        and not is_named_only(hit, whole, 0)
        for hit in hits
    )


def test_ambiguous_mentions_are_told_apart_as_a_reader_does(shared, tree):
    rows = [json.loads(line) for line in (shared / GOLD).read_text(encoding="utf-8").splitlines()]
    extra = {
        name.casefold(): Skill(
            name.casefold(),
            name,
            "programming",
            "",
            Durability.LANGUAGE,
            HoursClass.NARROW,
            (Alias(name, True, True),),
        )
        for name in ELSEWHERE
    }
    lexicon = build_lexicon(dataclasses.replace(tree, skills={**tree.skills, **extra}))
    keys = {row["context"]: flat(row["context"].replace("⟦", "").replace("⟧", "")).strip() for row in rows}
    posts = find_posts(shared, set(keys.values()))
    counted = Counter(
        (row["is_skill"], says_skill(row, posts.get(keys[row["context"]]), lexicon)) for row in rows
    )
    right, wrong, missed = counted[True, True], counted[False, True], counted[True, False]
    assert sum(counted.values()) == 253
    assert right / (right + wrong) >= 0.97, counted
    assert right / (right + missed) >= 0.90, counted


@pytest.mark.parametrize("name", sorted(ELSEWHERE))
def test_the_names_added_for_the_gold_set_are_really_missing_from_the_tree(tree, name):
    assert name.casefold() not in {
        alias.text.casefold() for skill in tree.skills.values() for alias in skill.aliases
    }
