"""From advertisements to counts: the same one twice, one company many times, tools and their concepts."""

import importlib
import random
from pathlib import Path

import pytest

from milepost.files.content import PACKAGED
from milepost.market.ads import Ad, distinct_ads
from milepost.market.demand import measure_demand
from milepost.market.extract import measure_ads, weigh_mentions
from milepost.market.packs import HEADER, choose_ads
from milepost.market.role_ads import RULES

WORDS = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigma tau upsilon"


def ad(name, text, *, title="ML engineer", company="Acme", date="2026-01-01"):
    return Ad(name, f"{title} {name}", company, date, text, "test")


def demand_of(ads, tree):
    return measure_demand("ml-engineer", ads, measure_ads(tuple(ads), tree), source="test")


def test_the_same_company_and_title_is_one_advertisement_and_the_newest_stays():
    old = Ad("1", "ML Engineer", "Acme Inc.", "2026-01-01", "Python and SQL for all", "a")
    new = Ad("2", "ML engineer", "ACME", "2026-03-01", "Rust for the engine room", "a")
    assert distinct_ads([old, new]) == (new,)


def test_nearly_the_same_text_of_one_company_is_one_advertisement():
    text = " ".join(f"{word}{number}" for number in range(9) for word in WORDS.split())
    first, second = ad("1", text), ad("2", text.replace("kappa4", "changed"))
    other = ad("3", text.replace("kappa4", "changed"), company="Other")
    assert len(distinct_ads([first, second])) == 1
    assert len(distinct_ads([first, other])) == 2


def test_the_very_same_text_of_two_agencies_is_one_advertisement():
    assert (
        len(distinct_ads([ad("1", "Python for all", company="A"), ad("2", "python, for ALL!", company="B")]))
        == 1
    )


def test_a_company_with_many_advertisements_counts_once(tree):
    ads = [ad(str(n), "We write Python.") for n in range(9)] + [ad("x", "We write SQL.", company="Other")]
    pack = demand_of(ads, tree)
    assert (pack.ads, pack.companies) == (10, 2)
    assert (pack.skills["python"].ads, pack.skills["python"].companies) == (9, 1)
    assert pack.skills["python"].weighted_ads == 1.0


def test_strength_is_the_shrunk_mean_of_the_section_weights(tree):
    pack = demand_of(
        [ad("1", "Requirements:\n- Python"), ad("2", "Nice to have:\n- Python", company="B")], tree
    )
    assert pack.skills["python"].weighted_ads == 2.0
    assert pack.skills["python"].strength == round((1.0 + 0.4 + 2 * 0.75) / (2 + 2), 3)


def test_a_tool_counts_for_its_concept_and_never_the_other_way_round(tree, extractor):
    tool = weigh_mentions(extractor.mentions(ad("1", "Requirements:\n- PyTorch", title="x")), tree)
    assert tool == {"pytorch": 1.0, "deep-learning": 1.0, "machine-learning": 1.0}
    concept = weigh_mentions(extractor.mentions(ad("1", "We do deep learning.", title="x")), tree)
    assert concept == {"deep-learning": 0.75, "machine-learning": 0.75}


def test_the_strongest_mention_of_a_skill_sets_its_weight(tree, extractor):
    text = "Nice to have:\n- Python\n\nRequirements:\n- Python"
    weights = weigh_mentions(extractor.mentions(ad("1", text, title="x")), tree)
    assert weights["python"] == 1.0


@pytest.mark.parametrize("seed", range(5))
def test_the_order_of_the_advertisements_changes_nothing(tree, seed):
    pool = [
        "Python and SQL",
        "Requirements:\n- Kubernetes, Docker",
        "Nice to have:\n- Rust, PyTorch",
        "We do RAG.",
    ]
    dice = random.Random(seed)
    ads = [
        ad(
            str(n),
            f"{dice.choice(pool)}\n{n % 20} of {n % 7}",
            company=dice.choice("ABCDE"),
            date=f"2026-01-{n % 9 + 1:02}",
        )
        for n in range(40)
    ]
    shuffled = dice.sample(ads, len(ads))
    assert distinct_ads(ads) == distinct_ads(shuffled)
    assert demand_of(distinct_ads(ads), tree) == demand_of(
        dice.sample(distinct_ads(shuffled), len(distinct_ads(ads))), tree
    )


def test_earlier_advertisements_are_added_only_where_fewer_than_sixty_are_recent():
    rule = next(rule for rule in RULES if rule.role == "ml-engineer")
    recent = [Ad(str(n), "Machine Learning Engineer", "A", "2026-01-01", "x", "new") for n in range(60)]
    earlier = [Ad("e", "Machine Learning Engineer", "B", "2024-01-01", "x", "old")]
    assert len(choose_ads(rule, recent, earlier)) == 60
    assert len(choose_ads(rule, recent[:59], earlier)) == 60


@pytest.mark.parametrize(
    ("title", "roles"),
    [
        ("Machine Learning Engineer", {"ml-engineer"}),
        ("Senior Machine Learning Engineer", {"senior-ml-engineer"}),
        ("Senior AI Engineer", {"senior-ai-engineer"}),
        ("Junior AI Engineer", {"junior-ml-engineer", "ai-engineer"}),
        ("Head of Machine Learning", {"ai-engineering-lead"}),
        ("AI Product Manager", set()),
        ("AI Engineer Intern", set()),
        ("Account Executive, AI", set()),
    ],
)
def test_titles_lead_to_the_roles_such_a_person_would_apply_to(title, roles):
    one = Ad("1", title, "A", "2026-01-01", "We do AI.", "test")
    assert {rule.role for rule in RULES if rule.choose([one])} == roles


def test_every_role_has_a_rule_and_a_committed_pack():
    roles = {path.stem for path in (PACKAGED / "roles").glob("*.yaml")}
    assert (
        {rule.role for rule in RULES} == roles == {path.stem for path in (PACKAGED / "packs").glob("*.yaml")}
    )


def test_the_packs_are_what_the_data_sets_give_today(shared: Path, tmp_path: Path):
    make_packs = importlib.import_module("make_packs")
    assert make_packs.main([str(shared), str(tmp_path)]) == 0
    for path in sorted((PACKAGED / "packs").glob("*.yaml")):
        made = (tmp_path / path.name).read_text(encoding="utf-8")
        assert made.startswith(HEADER)
        assert path.read_text(encoding="utf-8") == made, (
            f"{path.name} is stale: run python tools/make_packs.py"
        )
