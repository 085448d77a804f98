"""The fast extractor says what the plain one says: on every kind of advertisement and on any text at all."""

import pickle
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from milepost.market.ads import Ad
from milepost.market.extract import build_extractor, build_lexicon
from milepost.market.lexicon import fold
from milepost.market.plain_text import plain_text
from milepost.market.reference import find_hits, read_mentions
from milepost.model.skills import Alias, Durability, HoursClass, Skill, SkillTree

SETS = (
    "ai-engineer-ads-2026",
    "hn-who-is-hiring-2026",
    "ai-startup-roles-2026",
    "nl-ai-engineer-ads-2023-2025",
    "linkedin-ai-ml-ads-2024",
    "ai-lab-jobs-2025-2026",
    "us-data-science-ads-2018-2021",
    "hn-who-is-hiring-2011-2019",
)
SAMPLE = 12


@pytest.mark.parametrize("name", SETS)
def test_both_extractors_agree_on_advertisements_of_every_set(name, ads_of, extractor, lexicon):
    for ad in random.Random(name).sample(ads_of(name), SAMPLE):
        assert extractor.mentions(ad) == read_mentions(ad, lexicon), ad.id


def skill(name, *forms, durability=Durability.FRAMEWORK, rolls_up_to=None):
    aliases = tuple(Alias(text, sensitive, ambiguous) for text, sensitive, ambiguous in forms)
    return Skill(name, name, "x", "", durability, HoursClass.NARROW, aliases, rolls_up_to=rolls_up_to)


SMALL = SkillTree(
    {},
    {
        each.id: each
        for each in (
            skill("ml", ("ML", False, True), ("machine learning", False, False), ("machine-learning models", False, False),
                  ("learning models in use", False, False), durability=Durability.CONCEPT),
            skill("go", ("Go", True, True), ("golang", False, False)),
            skill("cpp", ("c++", False, False), ("C", True, True), ("c/c++", False, False)),
            skill("cicd", ("ci/cd", False, False), ("ci cd", False, False), durability=Durability.CONCEPT),
            skill("node", ("Node.js", False, False), ("node", False, True)),
            skill("résumé", ("résumé writing", False, False), ("naïve bayes", False, False)),
            skill("istanbul", ("İstanbul", False, False), ("straße", False, False)),
            skill("python", ("python", False, False)),
            skill("sql", ("sql", False, False), ("sql server", False, False)),
            skill("kafka", ("Kafka", True, False)),
            skill("agents", ("agents", False, True), ("ai agents", False, False)),
        )
    },
)  # fmt: skip
FAST = build_extractor(SMALL)
PLAIN = build_lexicon(SMALL)
PIECES = st.one_of(
    st.sampled_from(
        [
            *("ML", "machine learning", "machine-learning models", "learning models in use", "Go", "GO", "golang", "C", "c++"),
            *("C/C++", "CI/CD", "ci cd", "Node.js", "node", "résumé writing", "RÉSUMÉ WRITING", "naïve bayes", "İstanbul"),
            *("i̇stanbul", "Straße", "STRASSE", "Kafka", "KAFKA", "Kafka", "python", "Python", "sql", "SQL Server", "agents"),
            *("Requirements:", "Nice to have", "About us", "What you'll do:", "a plus", "is not required", "preferred"),
            *("We use", "Acme is a platform", "You don't need", "without", "customers like", "LLM", "equal opportunity"),
            *(", ", " / ", "; ", ". ", "! ", "\n", "\n\n", "\n- ", "\r\n", "\t", " • ", "(", ")", "-", "+", "'s ", "’s ", "@", "|"),
            *("é", "ß", "İ", "日本語", "\u200b", "\xa0", "<li>", "</p>", "&amp;", "https://x.io/sql", "a@b.io", "Acme", "Degree in "),
            "word " * 70,
        ]
    ),
    st.text(max_size=6),
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.tuples(PIECES, st.sampled_from(["", " "])), max_size=30),
    st.sampled_from(["", "Acme", "Kafka Inc", "İx"]),
)
def test_both_extractors_agree_on_any_text(pieces, company):
    ad = Ad("1", "Go engineer", company, "", "".join(text + gap for text, gap in pieces), "test")
    assert FAST.mentions(ad) == read_mentions(ad, PLAIN)
    text = plain_text(ad.title, ad.text)
    assert list(FAST.find_forms(ad)[1]) == list(find_hits(text, PLAIN))


@given(st.text())
def test_folding_keeps_the_length_and_folds_what_is_folded_no_further(text):
    assert len(fold(text)) == len(text)
    assert fold(fold(text)) == fold(text)


def test_plain_text_has_no_mark_up_no_addresses_and_plain_signs():
    text = "<ul><li>C&#43;&#43; &amp; Python\u2019s\xa0friends</li></ul>Write to me@x.io or https://x.io/sql, Go+Rust"
    blank_mail, blank_page = " " * len("me@x.io"), " " * len("https://x.io/sql,")
    assert plain_text("A\tb", text).split("\n") == [
        "A b",
        "- C++ & Python's friends",
        f"Write to {blank_mail} or {blank_page} Go + Rust",
    ]


def test_a_copy_for_another_process_says_the_same(extractor, ads_of):
    copy = pickle.loads(pickle.dumps(extractor))
    for ad in ads_of("ai-startup-roles-2026")[:5]:
        assert copy.mentions(ad) == extractor.mentions(ad)
        assert copy.weights(ad) == extractor.weights(ad)


def test_the_longest_of_overlapping_forms_from_the_left_wins():
    text = "machine-learning models in use of CI/CD, ci/cd; C/C++ and c++"
    found = [hit.surface.text for hit in FAST.find_forms(Ad("1", "", "", "", text, ""))[1]]
    assert found == ["machine-learning models", "ci/cd", "ci/cd", "c/c++", "c++"]
