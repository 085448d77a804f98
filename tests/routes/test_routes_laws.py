"""Laws of transfer shares and suggested roles."""

import datetime as dt
import math
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import ROLE, SKILLS, TREE, make_pack, make_role  # type: ignore[import-not-found]
from milepost.model.levels import EvidenceWeight, Levels, SkillLevel
from milepost.model.people import EvidenceKind
from milepost.model.roles import Route
from milepost.model.settings import Settings
from milepost.routes import (
    cosine,
    credit_of,
    demand_of,
    known_levels,
    measure_transfer,
    nearest_roles,
    play_scenario,
    targets_of,
    transfer_share,
    weigh_terms,
)
from milepost.workflows.roadmap import make_levels

TODAY = dt.date(2026, 11, 23)
SETTINGS = Settings()
RELATED = {"batching": {"inference": 0.5}, "detection": {"statistics": 0.4, "algebra": 0.6}}
BACKEND = frozenset(
    [
        "distributed-systems",
        "kubernetes",
        "docker",
        "rest-apis",
        "relational-databases",
        "linux",
        "ci-cd",
        "observability",
        "cloud-platforms",
        "software-design",
        "system-design",
    ]
)
held_levels = st.dictionaries(st.sampled_from(SKILLS), st.floats(0, 5))
tables = st.dictionaries(
    st.sampled_from(SKILLS), st.dictionaries(st.sampled_from(SKILLS), st.floats(0.4, 0.95), max_size=3)
)


def share(held, role=ROLE, related=RELATED):
    return transfer_share(held, role, related, settings=SETTINGS)


def levels_of(held, *, sd=0.4):
    """Levels with evidence for what is held, and an expectation for the rest."""
    said = (EvidenceWeight(EvidenceKind.SELF, 2.0, 0.5, 0.0, "2026-11-01", "", ""),)
    skills = {
        s: SkillLevel(s, None, None, held.get(s, 2.0), sd, 0.0, 5.0, evidence=said if s in held else ())
        for s in SKILLS
    }
    mean = np.array([held.get(s, 2.0) for s in SKILLS])
    return Levels("Robin", TODAY.isoformat(), SKILLS, mean, np.eye(len(SKILLS)) * sd**2, skills)


def test_who_is_at_every_target_of_a_role_covers_all_of_it():
    assert share(targets_of(ROLE, settings=SETTINGS)) == pytest.approx(1.0)
    assert share({}) == 0.0


def test_every_shipped_role_is_covered_whole_by_who_is_at_its_targets(catalogue, related):
    for role in catalogue.roles.values():
        assert share(targets_of(role, settings=SETTINGS), role, related) == pytest.approx(1.0), role.id


def test_a_share_worked_out_by_hand():
    role = make_role(pack=make_pack({"python": 80, "batching": 20, "detection": 50}, strength=0.5))
    held = {"python": 2.0, "inference": 5.0, "algebra": 3.0}
    # python .5 of 4; batching through inference .5 × 1; detection through algebra .6 × 3/4.
    assert share(held, role) == pytest.approx((0.8 * 0.5 + 0.2 * 0.5 + 0.5 * 0.6 * 0.75) / 1.5)
    lent, through = credit_of("detection", 4.0, held, RELATED)
    assert (lent, through) == (pytest.approx(0.45), "algebra")  # type: ignore[comparison-overlap]


@given(held_levels, st.sampled_from(SKILLS), st.floats(0, 5), tables)
def test_a_higher_level_or_one_more_skill_never_lowers_a_share(held, skill, more, related):
    before = share(held, related=related)
    after = share({**held, skill: min(5.0, held.get(skill, 0.0) + more)}, related=related)
    assert 0.0 <= before <= after + 1e-12
    assert after <= 1.0 + 1e-12


@given(held_levels, tables, st.randoms(use_true_random=False))
def test_the_order_of_skills_and_rows_changes_nothing(held, related, random):
    def shuffled(mapping):
        items = list(mapping.items())
        random.shuffle(items)
        return dict(items)

    pack = replace(ROLE.pack, skills=shuffled(ROLE.pack.skills))
    targets = list(ROLE.targets)
    random.shuffle(targets)
    role = replace(ROLE, pack=pack, targets=tuple(targets))
    other = {skill: shuffled(row) for skill, row in shuffled(related).items()}
    assert share(shuffled(held), role, other) == pytest.approx(share(held, related=related), abs=1e-12)
    one = measure_transfer(levels_of(held), ROLE, TREE, related, seed=4)
    assert measure_transfer(levels_of(shuffled(held)), role, TREE, other, seed=4) == one


@settings(max_examples=25)
@given(held_levels, st.integers(0, 1000))
def test_the_interval_holds_the_share_and_the_same_seed_gives_the_same_bytes(held, seed):
    levels = levels_of(held)
    found = measure_transfer(levels, ROLE, TREE, RELATED, seed=seed)
    assert 0.0 <= found.low <= found.share <= found.high <= 1.0 + 1e-12
    assert repr(found) == repr(measure_transfer(levels, ROLE, TREE, RELATED, seed=seed))


def test_what_is_more_certain_has_a_narrower_interval():
    held = {"python": 2.0, "inference": 2.0, "statistics": 2.0}
    wide = measure_transfer(levels_of(held, sd=1.0), ROLE, TREE, RELATED)
    narrow = measure_transfer(levels_of(held, sd=0.1), ROLE, TREE, RELATED)
    assert narrow.high - narrow.low < wide.high - wide.low


def test_the_rows_add_up_to_the_share_and_a_strength_is_what_would_be_lost_without_it():
    held = {"python": 3.0, "inference": 4.0, "algebra": 3.0}
    found = measure_transfer(levels_of(held), ROLE, TREE, RELATED)
    assert sum(row.demand * row.credit for row in found.rows) == pytest.approx(found.share)
    assert sum(row.demand for row in found.rows) == pytest.approx(1.0)
    assert found.strengths
    for strength in found.strengths:
        without = {skill: level for skill, level in held.items() if skill != strength.skill}
        assert strength.share == pytest.approx(share(held) - share(without))
    inference = next(each for each in found.strengths if each.skill == "inference")
    assert inference.lends_to == ("Batching",)


def test_an_expectation_without_evidence_is_no_strength():
    assert known_levels(levels_of({})) == {}
    assert measure_transfer(levels_of({}), ROLE, TREE, RELATED).share == 0.0


def test_own_advertisements_stand_for_the_pack_where_there_are_any():
    own = make_role(own=make_pack({"writing": 5}, companies=5))
    assert demand_of(own) == {"writing": 1.0}
    assert demand_of(make_role(own=replace(make_pack(), ads=0))) == demand_of(ROLE)
    assert set(demand_of(make_role(pack=None))) == {target.skill for target in ROLE.targets}


def without_backend(person):
    return replace(
        person,
        ratings=tuple(each for each in person.ratings if each.skill not in BACKEND),
        evidence=tuple(each for each in person.evidence if each.skill not in BACKEND),
    )


def test_without_the_backend_years_jordan_covers_less_and_is_near_to_other_roles(jordan, catalogue, related):
    role = catalogue.roles["ml-infrastructure-engineer"]
    whole = make_levels(jordan, today=TODAY)
    less = make_levels(without_backend(jordan), today=TODAY)
    assert nearest_roles(whole, catalogue.roles)[0][0] == role.id
    after = [id_ for id_, _ in nearest_roles(less, catalogue.roles)]
    assert after != [id_ for id_, _ in nearest_roles(whole, catalogue.roles)]
    assert role.id not in after[:5]
    lost = share(known_levels(whole), role, related) - share(known_levels(less), role, related)
    assert lost > 0.1


def test_jordan_covers_more_of_infrastructure_than_of_work_on_agents(jordan, catalogue, related):
    held = known_levels(make_levels(jordan, today=TODAY))
    infrastructure = share(held, catalogue.roles["ml-infrastructure-engineer"], related)
    assert infrastructure > share(held, catalogue.roles["ai-agent-engineer"], related)
    assert infrastructure > share(held, catalogue.roles["ai-engineer"], related)


def test_skills_that_were_rated_zero_do_not_decide_which_role_is_near(jordan, catalogue):
    whole = make_levels(jordan, today=TODAY)
    zero = {each.skill for each in jordan.ratings if each.level == 0}
    assert zero
    said = replace(jordan, ratings=tuple(each for each in jordan.ratings if each.skill not in zero))
    first = nearest_roles(whole, catalogue.roles)[0][0]
    assert nearest_roles(make_levels(said, today=TODAY), catalogue.roles)[0][0] == first


vectors = st.dictionaries(st.sampled_from("abcdef"), st.floats(0.01, 5), min_size=1)


@given(vectors, vectors)
def test_a_cosine_is_symmetric_within_zero_and_one_and_one_with_itself(first, second):
    assert cosine(first, second) == pytest.approx(cosine(second, first))
    assert 0.0 <= cosine(first, second) <= 1.0 + 1e-9
    assert cosine(first, first) == pytest.approx(1.0)
    assert cosine(first, {}) == 0.0


def test_terms_are_weighed_by_one_plus_the_logarithm_of_their_rarity():
    weighed = weigh_terms({"x": {"a": 2.0, "b": 1.0, "c": 0.0}, "y": {"a": 3.0}})
    assert weighed["x"] == {"a": 2.0, "b": pytest.approx(1 + math.log(2))}
    assert weighed["y"] == {"a": 3.0}


def test_a_sponsor_shortens_the_way_inside_and_more_hours_shorten_both():
    def weeks(route, hours=8, **more):
        return play_scenario(120, hours, route, seed=3, **more)

    inside, sponsored = weeks(Route.INSIDE), weeks(Route.INSIDE, sponsor=True)
    assert sponsored.weeks_p50 < inside.weeks_p50
    for route in Route:
        slow, quick = weeks(route, 4), weeks(route, 12)
        assert quick.weeks_p50 < slow.weeks_p50
        assert slow.weeks_p50 <= slow.weeks_p80
        assert slow == weeks(route, 4)
    assert "nothing here is a chance of success" in inside.assumptions
