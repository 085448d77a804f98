"""The published numbers of method-assessment, section 2: from evidence to a level with its interval."""

import datetime as dt

import numpy as np
import pytest

from factories import TODAY, make_person, make_skill, make_tree  # type: ignore[import-not-found]
from milepost.levels import (
    SELF,
    Observation,
    decay_level,
    estimate_levels,
    evidenced_level,
    leave_one_out,
    observe,
    prior_covariance,
    pseudo_observation,
    retention,
    solve_posterior,
)
from milepost.model.people import Evidence, EvidenceKind, Rating
from milepost.model.settings import EVIDENCE_MODELS, EvidenceModel, Settings
from milepost.model.skills import Area, AreaKind, SkillTree
from milepost.model.year import Verification

ONE = SkillTree({"a": Area("a", "A", AreaKind.FOUNDATION, "")}, {"x": make_skill("x", "a")})
THREE = SkillTree(
    {"a": Area("a", "A", AreaKind.FOUNDATION, "")}, {s: make_skill(s, "a") for s in ("x", "y", "z")}
)


def graded(skill: str, level: float, variance: float) -> Evidence:
    """A test whose pseudo-observation is this level with this variance."""
    information = 1.44 / variance
    spread = 1 / (1 + information)
    return Evidence(
        skill, EvidenceKind.TEST, mean=(level - 2) / 1.2 * information * spread, variance=spread, date=None
    )


def level_of(tree, *, ratings=(), evidence=(), skill="x"):
    person = make_person(ratings=ratings, evidence=evidence)
    return estimate_levels(person, tree, as_of=TODAY).skills[skill]


def test_without_evidence_a_skill_is_the_prior():
    found = level_of(ONE)
    assert (found.mean, found.sd) == pytest.approx((2.0, 1.2))
    assert (found.low, found.high) == pytest.approx((2 - 1.645 * 1.2, 2 + 1.645 * 1.2))


@pytest.mark.parametrize(
    ("claim", "evidence", "mean", "sd"),
    [
        (4, (), 2.5925, 1.1076),
        (4, (graded("x", 2.5, 0.25),), 2.5157, 0.4557),
        (
            4,
            (graded("x", 2.5, 0.25), Evidence("x", EvidenceKind.MANAGER, 3.0, rater="Ana")),
            2.5896,
            0.4391,
        ),
        (3, (), 2.2222, 1.1076),
        (3, (Evidence("x", EvidenceKind.ARTEFACT, 2.0), graded("x", 1.8, 0.44**2)), 1.8663, 0.3962),
    ],
    ids=["self", "self and test", "self, test and manager", "Jordan bare", "Jordan shown"],
)
def test_one_skill_follows_the_reference_numbers(claim, evidence, mean, sd):
    found = level_of(ONE, ratings=(Rating("x", claim),), evidence=evidence)
    assert found.mean == pytest.approx(mean, abs=6e-5)
    assert found.sd == pytest.approx(sd, abs=6e-5)


def test_one_test_corrects_the_self_ratings_of_other_skills():
    person = make_person(
        ratings=(Rating("x", 4), Rating("y", 4), Rating("z", 2)), evidence=(graded("x", 2.0, 0.16),)
    )
    prior = prior_covariance(THREE, ("x", "y", "z"), settings=Settings())
    found = solve_posterior(observe(person, THREE), ("x", "y", "z"), prior=prior, settings=Settings())
    assert found.mean == pytest.approx([2.0688, 2.3912, 1.7270, 0.5306], abs=6e-5)
    assert np.sqrt(np.diag(found.covariance)) == pytest.approx([0.3762, 1.0303, 1.0303, 0.4411], abs=6e-5)


def test_a_test_result_loses_its_prior_before_it_counts():
    assert pseudo_observation(0.6, 0.16) == pytest.approx((2.857143, 0.274286), abs=5e-7)


@pytest.mark.parametrize(
    ("kind", "correlation"),
    [
        (EvidenceKind.SELF, 0.385),
        (EvidenceKind.SELF_ANCHORED, 0.562),
        (EvidenceKind.PEER, 0.537),
        (EvidenceKind.MANAGER, 0.591),
        (EvidenceKind.EXPERT, 0.820),
        (EvidenceKind.TASK, 0.832),
        (EvidenceKind.ARTEFACT, 0.600),
        (EvidenceKind.SIGNAL, 0.410),
        (EvidenceKind.CERTIFICATE, 0.443),
    ],
)
def test_every_kind_of_evidence_correlates_with_the_skill_as_published(kind, correlation):
    model = EVIDENCE_MODELS[kind]
    explained = model.slope * 1.2
    noise = model.leniency_sd**2 + model.noise_sd**2
    assert explained / (explained**2 + noise) ** 0.5 == pytest.approx(correlation, abs=6e-4)


def test_every_kind_of_evidence_has_the_published_bias():
    biased = {kind.value: model.bias for kind, model in EVIDENCE_MODELS.items() if model.bias}
    assert biased == {
        "self": 0.40,
        "self-anchored": 0.30,
        "peer": 0.25,
        "manager": 0.15,
        "certificate": 0.20,
    }


def test_the_prior_ties_skills_of_one_area_closer():
    tree = make_tree()
    order = ("python", "testing", "statistics")
    assert prior_covariance(tree, order, settings=Settings()) == pytest.approx(
        1.44 * np.array([[1, 0.4, 0.2], [0.4, 1, 0.2], [0.2, 0.2, 1]])
    )


@pytest.mark.parametrize(
    ("months", "years", "mean", "variance"),
    [(6, 0, 2.9874, 0.3257), (12, 0, 2.6250, 0.4725), (12, 5, 3.3091, 0.5388), (36, 0, 1.9688, 1.1433)],
)
def test_an_idle_skill_decays_as_published(months, years, mean, variance):
    found = decay_level(3.5, 0.2, months=months, years=years)
    assert found == pytest.approx((mean, variance), abs=6e-5)
    assert retention(months, years=years) * 3.5 == pytest.approx(mean, abs=6e-5)


def test_an_idle_year_in_the_person_file_decays_the_estimate():
    a_year_ago = TODAY - dt.timedelta(days=365)
    fresh = level_of(ONE, ratings=(Rating("x", 4, date=TODAY),))
    idle = level_of(ONE, ratings=(Rating("x", 4, date=TODAY, last_used=a_year_ago),))
    months = 365 / 30.4375
    kept = 0.5 + 0.5 * 2 ** (-months / 12)
    assert idle.mean == pytest.approx(kept * fresh.mean)
    assert idle.sd**2 == pytest.approx(kept**2 * fresh.sd**2 + 0.03 * months)


def test_years_of_practice_slow_the_decay():
    long_ago = TODAY - dt.timedelta(days=700)
    means = [
        level_of(ONE, ratings=(Rating("x", 4, date=TODAY, last_used=long_ago, years=years),)).mean
        for years in (0, 2, 8)
    ]
    assert means == sorted(means)
    assert means[0] < means[2] - 0.3


def test_evidence_that_ages_in_use_keeps_its_mean_and_widens_its_interval():
    old = TODAY - dt.timedelta(days=365)
    fresh = level_of(ONE, ratings=(Rating("x", 4, date=TODAY),))
    aged = level_of(ONE, ratings=(Rating("x", 4, date=old),))
    assert aged.mean == pytest.approx(fresh.mean)
    assert aged.sd**2 == pytest.approx(fresh.sd**2 + 0.01 * 365 / 30.4375)


def test_the_newest_piece_of_evidence_sets_the_age():
    old = TODAY - dt.timedelta(days=365)
    both = (
        Evidence("x", EvidenceKind.TASK, 3.0, date=TODAY),
        Evidence("x", EvidenceKind.TASK, 3.0, date=old),
    )
    fresh = tuple(Evidence("x", EvidenceKind.TASK, 3.0, date=TODAY) for _ in both)
    assert level_of(ONE, evidence=both).sd == pytest.approx(level_of(ONE, evidence=fresh).sd)


CONFLICT = (
    Observation("x", EvidenceKind.SELF, 5.0, EVIDENCE_MODELS[EvidenceKind.SELF], SELF),
    Observation("x", EvidenceKind.TEST, 1.0, EvidenceModel(0.0, 1.0, 0.0, 0.4)),
    Observation("x", EvidenceKind.MANAGER, 1.5, EVIDENCE_MODELS[EvidenceKind.MANAGER], "manager:Ana"),
)


def test_conflicting_evidence_has_the_reference_residuals():
    prior = np.array([[1.44]])
    scores = leave_one_out(CONFLICT, ("x",), prior=prior, settings=Settings())
    assert scores == pytest.approx([2.555, -1.289, -0.243], abs=6e-4)
    found = solve_posterior(CONFLICT, ("x",), prior=prior, settings=Settings())
    assert found.mean[0] == pytest.approx(1.206, abs=6e-4)
    assert found.covariance[0, 0] ** 0.5 == pytest.approx(0.367, abs=6e-4)


def conflicted():
    return level_of(
        ONE,
        ratings=(Rating("x", 5),),
        evidence=(graded("x", 1.0, 0.16), Evidence("x", EvidenceKind.MANAGER, 1.5, rater="Ana")),
    )


def test_a_flagged_piece_is_kept_with_the_weight_of_student_t():
    scores = leave_one_out(CONFLICT, ("x",), prior=np.array([[1.44]]), settings=Settings())
    z = scores[0]
    noise = np.array([0.95**2 * (4 + z**2) / 5, 0.16, 0.75**2])
    expected = solve_posterior(CONFLICT, ("x",), prior=np.array([[1.44]]), settings=Settings(), noise=noise)
    found = conflicted()
    assert found.mean == pytest.approx(expected.mean[0], abs=1e-5)
    assert found.sd == pytest.approx(expected.covariance[0, 0] ** 0.5, abs=1e-5)
    assert found.mean < 1.206


def test_a_conflict_names_the_outlier_and_its_distance():
    found = conflicted()
    assert found.conflict.startswith("conflict: self 5 lies 2.6 sd above")
    assert [piece.z for piece in found.evidence] == pytest.approx([2.555, -1.289, -0.243], abs=6e-4)


def test_a_mild_disagreement_asks_for_a_second_look_only():
    found = level_of(ONE, ratings=(Rating("x", 5),), evidence=(graded("x", 3.0, 0.3),))
    assert 1.5 <= abs(found.evidence[0].z) < 2.0
    assert found.conflict.startswith("look again: self 5 lies")


def test_agreeing_evidence_raises_no_flag():
    found = level_of(ONE, ratings=(Rating("x", 2.5),), evidence=(graded("x", 2.2, 0.3),))
    assert found.conflict == ""


def test_a_piece_that_other_skills_contradict_is_named_where_it_lost_its_weight():
    """Why: method-assessment 2.5: flagged evidence is kept with less weight, and the user is asked."""
    tree = SkillTree(THREE.areas, {s: make_skill(s, "a") for s in "uvwxyz"})
    others = tuple(graded(skill, 5.0, 0.1) for skill in "uvwyz")
    found = level_of(tree, evidence=(*others, graded("x", 0.0, 0.1)))
    assert abs(found.evidence[0].z) >= 2.0
    assert found.conflict.startswith("conflict: test 0 lies")


def test_a_rating_with_an_example_is_evidence_of_the_anchored_kind():
    bare = level_of(ONE, ratings=(Rating("x", 4),))
    anchored = level_of(ONE, ratings=(Rating("x", 4, "I run the nightly job"),))
    blank = level_of(ONE, ratings=(Rating("x", 4, "   "),))
    assert anchored.evidence[0].kind is EvidenceKind.SELF_ANCHORED
    assert blank.evidence[0].kind is EvidenceKind.SELF
    assert anchored.mean > bare.mean
    assert anchored.sd < bare.sd


def test_two_ratings_by_one_manager_say_less_than_two_managers():
    def rated(*raters):
        return level_of(
            THREE, evidence=tuple(Evidence("x", EvidenceKind.MANAGER, 4.0, rater=r) for r in raters)
        )

    assert rated("Ana", "Ana").sd > rated("Ana", "Bo").sd + 0.02


def test_a_manager_and_a_peer_of_one_name_are_two_raters():
    same = (
        Evidence("x", EvidenceKind.MANAGER, 4.0, rater="Ana"),
        Evidence("x", EvidenceKind.PEER, 4.0, rater="Ana"),
    )
    different = (same[0], Evidence("x", EvidenceKind.PEER, 4.0, rater="Bo"))
    assert level_of(ONE, evidence=same).sd == pytest.approx(level_of(ONE, evidence=different).sd)


def test_a_test_without_a_posterior_counts_as_a_graded_task():
    found = level_of(ONE, evidence=(Evidence("x", EvidenceKind.TEST, 3.0),))
    task = level_of(ONE, evidence=(Evidence("x", EvidenceKind.TASK, 3.0),))
    assert (found.mean, found.sd) == pytest.approx((task.mean, task.sd))


def artefact(level, verified=None):
    return Evidence("x", EvidenceKind.ARTEFACT, level, verified=verified)


@pytest.mark.parametrize(
    ("artefacts", "shown"),
    [
        ((), None),
        ((artefact(1.5),), 1.5),
        ((artefact(4.0),), 3.0),
        ((artefact(4.0), artefact(2.0)), 4.0),
        ((artefact(5.0), artefact(2.0)), 4.0),
        ((artefact(5.0), artefact(2.0, Verification.REVIEWED)), 5.0),
        ((artefact(5.0), artefact(2.0, Verification.USED_BY_OTHERS)), 5.0),
        ((artefact(5.0, Verification.SELF_PUBLISHED), artefact(2.0)), 4.0),
        ((artefact(5.0, Verification.REVIEWED),), 3.0),
    ],
)
def test_artefacts_support_a_level_by_their_number_and_by_who_stands_behind_them(artefacts, shown):
    assert evidenced_level(artefacts) == shown


@pytest.mark.parametrize(
    ("claim", "artefacts", "flag"),
    [
        (2.0, (), ""),
        (4.0, (), "claimed 4, no artefact yet"),
        (4.0, (artefact(2.0),), "claimed 4, shown 2"),
        (2.5, (artefact(3.0),), ""),
    ],
)
def test_the_flag_compares_what_is_claimed_with_what_is_shown(claim, artefacts, flag):
    assert level_of(ONE, ratings=(Rating("x", claim),), evidence=artefacts).flag == flag


def test_who_verified_an_artefact_never_moves_the_estimate():
    plain = level_of(ONE, evidence=(artefact(4.0), artefact(4.0)))
    backed = level_of(ONE, evidence=(artefact(4.0), artefact(4.0, Verification.ACCEPTED)))
    assert (plain.mean, plain.sd) == (backed.mean, backed.sd)


def test_the_weight_of_a_piece_says_how_far_it_moves_its_own_skill():
    evidence = (graded("x", 2.5, 0.25),)
    low = level_of(ONE, ratings=(Rating("x", 2.0),), evidence=evidence)
    high = level_of(ONE, ratings=(Rating("x", 3.0),), evidence=evidence)
    assert high.mean - low.mean == pytest.approx(low.evidence[0].weight)
