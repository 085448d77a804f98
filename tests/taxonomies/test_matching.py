"""Skills against taxonomies: what is accepted is sure, what is not is proposed, and every link says why."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.files.content import load_catalogue
from milepost.files.taxonomies.reading import read_taxonomy
from milepost.model.skills import Alias, Durability, HoursClass, Skill
from milepost.model.taxonomies import Concept, Relation, Taxonomy
from milepost.taxonomies.matching import MOST_CANDIDATES, THRESHOLD, find_named, map_skills

SHARED = Path(__file__).resolve().parents[2].parent / "shared" / "data"
WORDS = st.sampled_from(["zorbix", "torch", "data", "juggling", "apache", "software", "and"])
LABELS = st.lists(WORDS, min_size=1, max_size=4).map(" ".join)


def skill(name, *aliases, id_="zorbix-db", esco=None):
    return Skill(
        id_, name, "programming", "…", Durability.PLATFORM, HoursClass.NARROW, tuple(aliases), esco=esco
    )


def taxonomy(*labels, name="ESCO"):
    concepts = [
        each if isinstance(each, Concept) else Concept(f"c{at}", each) for at, each in enumerate(labels)
    ]
    return Taxonomy(name, "en", tuple(concepts), "credit")


def first(found):
    return found.links[0]


@pytest.mark.parametrize(
    ("ours", "theirs", "accept"),
    [
        ("Zorbix", "zorbix", True),
        ("Zorbix", "Zorbix (computer programming)", True),
        ("Data modelling", "data modeling", True),
        ("Zorbix", "Apache Zorbix", True),
        ("Zorbix Cloud", "Zorbix Cloud software", True),
        ("Zorbix", "ZORBIX", False),
        ("Data torches", "Google Data Torches", False),
        ("Torch and juggling", "juggling", False),
        ("Burning torch design", "design a burning torch", False),
    ],
)
def test_names_that_agree_are_accepted_and_names_that_only_resemble_are_proposed(ours, theirs, accept):
    found = first(map_skills([skill(ours, id_="x-y")], taxonomy(theirs)))
    assert found.accept is accept
    assert (found.confidence >= THRESHOLD) is accept
    assert found.basis


def test_a_class_of_software_is_no_product():
    assert not map_skills([skill("Clustering", id_="x-y")], taxonomy("Clustering software")).links


def test_an_alias_proposes_and_an_ambiguous_one_weighs_less():
    sure, unsure = (
        first(map_skills([skill("Something", Alias("juggling", ambiguous=ambiguous))], taxonomy("juggling")))
        for ambiguous in (False, True)
    )
    assert not sure.accept
    assert unsure.confidence < sure.confidence
    assert "alias 'juggling' = label 'juggling'" in sure.basis


def test_two_concepts_that_fit_equally_well_are_both_only_proposed():
    found = map_skills([skill("Zorbix")], taxonomy("Zorbix", "zorbix")).links
    assert [link.accept for link in found] == [False, False]
    assert "2 concepts fit as well" in found[0].basis
    assert found[0].relation is Relation.CLOSE


def test_a_link_of_the_content_stands_first_unless_it_is_left_out_to_measure():
    known = skill("Quite different", esco="c1")
    assert first(map_skills([known], taxonomy("x", "y"))).accept
    assert map_skills([known], taxonomy("x", "y"), shipped=False).links == ()
    other = map_skills([known], taxonomy("x", "y", name="O*NET"))
    assert other.links == ()


@given(name=LABELS, labels=st.lists(LABELS, max_size=8), threshold=st.floats(0, 1))
def test_nothing_below_the_threshold_is_accepted_and_never_two_for_one_skill(name, labels, threshold):
    found = map_skills([skill(name)], taxonomy(*labels), threshold=threshold).links
    assert len(found) <= MOST_CANDIDATES
    assert [link.accept for link in found[1:]] == [False] * len(found[1:])
    assert all(link.confidence >= threshold for link in found if link.accept)
    assert [link.confidence for link in found] == sorted((link.confidence for link in found), reverse=True)
    assert all(0 < link.confidence < 1 for link in found)


@given(labels=st.lists(LABELS, max_size=8, unique=True), order=st.randoms())
def test_the_order_of_the_download_changes_nothing(labels, order):
    concepts = [Concept(label, label) for label in labels]
    mixed = list(concepts)
    order.shuffle(mixed)
    ours = [skill("Torch juggling")]
    assert map_skills(ours, taxonomy(*concepts)) == map_skills(ours, taxonomy(*mixed))


def test_a_text_names_a_skill_by_its_name_id_or_alias():
    skills = load_catalogue().tree.skills.values()
    assert find_named("Kubernetes", skills)[0][:2] == ("kubernetes", 0.98)
    assert find_named("k8s", skills)[0][0] == "kubernetes"
    assert find_named("k8s", skills)[0][1] < THRESHOLD
    assert find_named("Torch juggling", skills) == []


@pytest.mark.parametrize(
    ("field", "download", "links", "right", "near", "others"),
    [("esco", "esco/esco_skills_full.csv.gz", 28, 16, 26, 1), ("onet", "onet", 29, 26, 29, 0)],
)
def test_the_numbers_of_the_page_hold_on_the_real_downloads(field, download, links, right, near, others):
    path = SHARED / download
    if not path.exists():
        pytest.skip("the real download is not beside this repository")
    tree = load_catalogue().tree
    known = {each.id: getattr(each, field) for each in tree.skills.values() if getattr(each, field)}
    found = map_skills(tree.skills.values(), read_taxonomy(path), shipped=False).links
    accepted = {link.skill: {link.concept, link.label} for link in found if link.accept}
    hits = [each for each in known if known[each] in accepted.get(each, ())]
    proposed = {
        each
        for each in known
        for link in found
        if link.skill == each and known[each] in (link.concept, link.label)
    }
    assert len(known) == links
    assert (len(hits), len(proposed), len(set(accepted) - set(hits))) == (right, near, others)
    page = (Path(__file__).resolve().parents[2] / "docs" / "taxonomies.md").read_text("utf-8")
    assert f"| {links} | {right} | {right} | {near} |" in page
