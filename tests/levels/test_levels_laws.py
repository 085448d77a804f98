"""Laws of the estimate that hold for every person."""

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from factories import (  # type: ignore[import-not-found]
    SKILLS,
    TODAY,
    TREE,
    make_person,
    people,
    pieces,
    ratings,
)
from milepost.files.content import load_catalogue
from milepost.levels import decay_level, estimate_levels, level_means
from milepost.model.people import Evidence, EvidenceKind, Person
from milepost.model.year import Verification


def estimate(person):
    return estimate_levels(person, TREE, as_of=TODAY)


def seen(levels):
    """Everything a reader sees of a skill, with the pieces of evidence in an order of their own."""
    return {
        skill: (
            row.claimed,
            row.evidenced,
            row.flag,
            [round(x, 8) for x in (row.mean, row.sd, row.low, row.high)],
            sorted(
                (w.kind, w.observed, w.rater, w.title, round(w.weight, 8), round(w.z, 8))
                for w in row.evidence
            ),
        )
        for skill, row in levels.skills.items()
    }


def calm(levels):
    """True when no piece of evidence is far enough out to lose weight."""
    return all(abs(piece.z) < 2.0 for row in levels.skills.values() for piece in row.evidence)


@settings(max_examples=30)
@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_ratings_and_evidence_changes_nothing(person, dice):
    said, shown = list(person.ratings), list(person.evidence)
    dice.shuffle(said)
    dice.shuffle(shown)
    first = estimate(person)
    second = estimate(replace(person, ratings=tuple(said), evidence=tuple(shown)))
    assert second.mean == pytest.approx(first.mean, abs=1e-9)
    assert second.covariance == pytest.approx(first.covariance, abs=1e-9)
    assert seen(second) == seen(first)


@settings(max_examples=40)
@given(people(), pieces())
def test_one_more_piece_of_evidence_never_widens_any_interval_where_nothing_conflicts(person, piece):
    # Why: an idle skill is aged from the first evidence on, so the comparison is among skills in use.
    person = replace(person, ratings=tuple(replace(r, last_used=None) for r in person.ratings))
    before = estimate(person)
    after = estimate(replace(person, evidence=(*person.evidence, piece)))
    assume(calm(before) and calm(after))
    assert np.all(np.diag(after.covariance) <= np.diag(before.covariance) + 1e-12)
    assert after.skills[piece.skill].sd < before.skills[piece.skill].sd


@settings(max_examples=30)
@given(people(), pieces())
def test_evidence_taken_back_leaves_no_trace(person, piece):
    rest = tuple(p for p in person.evidence if p is not piece)
    added = replace(person, evidence=(piece, *rest))
    removed = replace(added, evidence=added.evidence[1:])
    assert seen(estimate(removed)) == seen(estimate(replace(person, evidence=rest)))


@settings(max_examples=30)
@given(people(), st.sampled_from(SKILLS))
def test_a_higher_task_grade_never_lowers_the_estimate_of_its_skill(person, skill):

    found = []
    for level in (2.0, 2.5):
        piece = Evidence(skill, EvidenceKind.TASK, level, date=TODAY)
        levels = estimate(replace(person, evidence=(*person.evidence, piece)))
        assume(calm(levels))
        found.append(levels.skills[skill].mean)
    assert found[0] <= found[1]


@settings(max_examples=40)
@given(people())
def test_what_a_person_claims_is_never_altered(person):
    levels = estimate(person)
    claimed = {rating.skill: rating.level for rating in person.ratings}
    assert {s: row.claimed for s, row in levels.skills.items() if row.claimed is not None} == claimed


@settings(max_examples=40)
@given(people())
def test_what_is_evidenced_never_exceeds_the_highest_artefact(person):
    for skill, row in estimate(person).skills.items():
        shown = [p.level for p in person.evidence if p.skill == skill and p.kind is EvidenceKind.ARTEFACT]
        assert (row.evidenced is None) == (not shown)
        assert not shown or row.evidenced <= max(shown)


@settings(max_examples=30)
@given(people(), st.sampled_from([None, *Verification]))
def test_verification_changes_what_is_evidenced_and_never_the_estimate(person, verified):
    other = replace(person, evidence=tuple(replace(p, verified=verified) for p in person.evidence))
    first, second = estimate(person), estimate(other)
    assert np.array_equal(first.mean, second.mean)
    assert np.array_equal(first.covariance, second.covariance)


@settings(max_examples=40)
@given(people())
def test_every_interval_lies_on_the_scale_around_its_mean(person):
    levels = estimate(person)
    assert levels.order == tuple(sorted(TREE.skills)) == tuple(levels.skills)
    assert level_means(levels) == {skill: row.mean for skill, row in levels.skills.items()}
    for index, skill in enumerate(levels.order):
        row = levels.skills[skill]
        assert 0.0 <= row.low <= row.mean <= row.high <= 5.0
        assert row.sd > 0.0
        assert row.mean == pytest.approx(min(5.0, max(0.0, levels.mean[index])))
        assert row.high == pytest.approx(min(5.0, max(0.0, levels.mean[index] + 1.645 * row.sd)))


@settings(max_examples=30)
@given(ratings(), st.integers(1, 3000))
def test_idleness_never_raises_a_level_and_never_narrows_it(said, days):
    since = TODAY - dt.timedelta(days=days)
    used = estimate(make_person(ratings=tuple(replace(r, last_used=None) for r in said)))
    idle = estimate(make_person(ratings=tuple(replace(r, last_used=since) for r in said)))
    for skill in SKILLS:
        assert idle.skills[skill].mean <= used.skills[skill].mean + 1e-12


@given(st.floats(0, 5), st.floats(0.01, 2), st.floats(0, 240), st.floats(0, 30), st.floats(0, 60))
def test_decay_never_raises_never_takes_more_than_half_and_goes_on(mean, variance, months, years, more):
    level, _ = decay_level(mean, variance, months=months, years=years)
    later, _ = decay_level(mean, variance, months=months + more, years=years)
    assert mean / 2 - 1e-9 <= later <= level <= mean


def test_a_day_in_the_future_does_not_age_anything():
    tomorrow = TODAY + dt.timedelta(days=30)
    person = make_person(ratings=())

    piece = Evidence("python", EvidenceKind.TASK, 3.0, date=tomorrow)
    now = replace(piece, date=TODAY)
    assert (
        estimate(replace(person, evidence=(piece,))).skills["python"].sd
        == estimate(replace(person, evidence=(now,))).skills["python"].sd
    )


def test_a_test_of_an_area_moves_its_core_skills_alike_and_sharpens_their_mean():
    tree, area = load_catalogue().tree, "deep-learning"
    core = [skill.id for skill in tree.in_area(area) if skill.core]
    piece = Evidence("", EvidenceKind.TEST, mean=1.0, variance=0.2, date=TODAY, area=area)
    before = estimate_levels(Person("Mika"), tree, as_of=TODAY)
    after = estimate_levels(Person("Mika", evidence=(piece,)), tree, as_of=TODAY)
    moves = [after.skills[skill].mean - before.skills[skill].mean for skill in core]
    assert min(moves) > 0
    assert max(moves) - min(moves) < 1e-9
    assert all(after.skills[skill].sd < before.skills[skill].sd for skill in core)
    assert all(after.skills[skill].evidence for skill in core)
    place = [after.order.index(skill) for skill in core]
    mean_sd = np.sqrt(after.covariance[np.ix_(place, place)].mean())
    assert mean_sd < min(after.skills[skill].sd for skill in core)
