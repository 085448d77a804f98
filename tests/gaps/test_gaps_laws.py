"""Laws of the ranking that hold for every person and every role."""

from dataclasses import fields, is_dataclass, replace
from itertools import zip_longest

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from factories import (  # type: ignore[import-not-found]
    EASY,
    ROLE,
    SKILLS,
    TODAY,
    TREE,
    adjustments,
    fine_levels,
    half_level_maps,
    level_maps,
    make_levels,
    make_pack,
    make_person,
    make_role,
    people,
    roles,
)
from milepost.gaps import impact_from_pack, rank, wilson_interval
from milepost.levels import clip, estimate_levels
from milepost.model.people import Evidence, EvidenceKind
from milepost.model.roles import RoleTarget
from milepost.model.settings import Settings

DRAWS = Settings(stability_draws=200)


def flat(value):
    """A value of the model as plain lists and rounded numbers, for comparing up to noise of 1e-9."""
    if is_dataclass(value):
        return [(f.name, flat(getattr(value, f.name))) for f in fields(value)]
    if isinstance(value, tuple):
        return [flat(each) for each in value]
    return pytest.approx(value, abs=1e-9) if isinstance(value, float) else value


def assert_same(first, second):
    assert flat_plain(second) == flat(first)


def flat_plain(value):
    if is_dataclass(value):
        return [(f.name, flat_plain(getattr(value, f.name))) for f in fields(value)]
    return [flat_plain(each) for each in value] if isinstance(value, tuple) else value


def ranked(levels, role=ROLE, person=None, **more):
    return rank(levels, role, TREE, person=person or make_person(), **{"settings": EASY, **more})


@settings(max_examples=50)
@given(half_level_maps, roles(), st.randoms(use_true_random=False))
def test_the_order_of_a_roles_targets_changes_nothing(means, role, dice):
    targets = list(role.targets)
    dice.shuffle(targets)
    first = ranked(make_levels(means), role)
    assert ranked(make_levels(means), replace(role, targets=tuple(targets))) == first


@settings(max_examples=30)
@given(people(), roles(), st.randoms(use_true_random=False))
def test_the_order_of_ratings_and_evidence_changes_no_gap_and_no_rank(person, role, dice):
    said, shown = list(person.ratings), list(person.evidence)
    dice.shuffle(said)
    dice.shuffle(shown)
    reports = []
    for each in (person, replace(person, ratings=tuple(said), evidence=tuple(shown))):
        report = ranked(estimate_levels(each, TREE, as_of=TODAY), role, each)
        reports.append(replace(report, gaps=tuple(replace(gap, stability=0.0) for gap in report.gaps)))
    assert_same(*reports)


def test_the_order_of_evidence_changes_no_stability():
    rows = [
        Evidence(skill, EvidenceKind.MANAGER, level, date=TODAY, rater="Ana")
        for skill, level in (("python", 3.0), ("statistics", 2.5), ("inference", 1.5))
    ]
    found = []
    for evidence in (rows, rows[::-1], [rows[1], rows[2], rows[0]]):
        person = make_person(evidence=tuple(evidence))
        report = ranked(estimate_levels(person, TREE, as_of=TODAY), person=person, settings=DRAWS)
        found.append({gap.skill: gap.stability for gap in report.gaps})
    assert found[1] == found[0]
    assert found[2] == found[0]


@settings(max_examples=60)
@given(level_maps, roles(), adjustments)
def test_priority_is_severity_times_impact_and_ranks_are_one_to_n(means, role, moved):
    report = ranked(make_levels(means), role, make_person(impact=moved))
    assert {gap.skill for gap in report.gaps} == {target.skill for target in role.targets}
    assert all(gap.priority == gap.severity * gap.impact.score for gap in report.gaps)
    assert all(1 <= gap.impact.score <= 5 and 0 <= gap.severity <= 5 for gap in report.gaps)
    still_open = [gap for gap in report.gaps if gap.severity]
    assert [gap.rank for gap in report.gaps] == [
        *range(1, len(still_open) + 1),
        *[0] * (len(report.gaps) - len(still_open)),
    ]
    assert [gap.priority for gap in still_open] == sorted((gap.priority for gap in still_open), reverse=True)


@settings(max_examples=60)
@given(level_maps, roles())
def test_a_closed_gap_never_ranks_and_an_open_one_always_does(means, role):
    report = ranked(make_levels(means), role)
    for gap in report.gaps:
        closed = gap.target - means[gap.skill] < 0.25
        assert gap.gap == pytest.approx(max(0.0, gap.target - means[gap.skill]))
        assert (gap.severity == 0) == (gap.rank == 0) == (gap.priority == 0) == closed
        assert not (closed and (gap.in_focus or gap.skill in report.focus or gap.tie_break))
    assert len(report.focus) <= 5
    assert report.focus == tuple(gap.skill for gap in report.gaps if gap.in_focus)
    assert len(report.focus) >= min(3, sum(gap.rank > 0 for gap in report.gaps))


@settings(max_examples=60)
@given(half_level_maps, roles())
def test_every_tie_prints_its_reason_and_nothing_else_does(means, role):
    report = ranked(make_levels(means), role)
    still_open = [gap for gap in report.gaps if gap.rank]
    for gap, following in zip_longest(still_open, still_open[1:]):
        tied = following is not None and following.priority == gap.priority
        assert bool(gap.tie_break) == tied
        if tied:
            assert gap.tie_break.startswith(f"before {following.name}, equal priority {gap.priority}: ")
            assert (
                gap.expected_gap * gap.impact.score >= following.expected_gap * following.impact.score - 1e-8
            )


@settings(max_examples=60)
@given(level_maps, roles(), st.sampled_from(SKILLS), fine_levels)
def test_raising_a_level_never_raises_the_priority_of_its_skill_and_moves_no_other(means, role, skill, more):
    before = {gap.skill: gap for gap in ranked(make_levels(means), role).gaps}
    higher = {**means, skill: max(means[skill], more)}
    for gap in ranked(make_levels(higher), role).gaps:
        if gap.skill == skill:
            assert gap.priority <= before[skill].priority
            assert gap.hours <= before[skill].hours + 1e-9
            assert gap.expected_gap <= before[skill].expected_gap + 1e-9
        else:
            assert gap.priority == before[gap.skill].priority


@settings(max_examples=40)
@given(people(), roles(), st.integers(0, 2**31))
def test_stability_is_a_share_and_one_seed_gives_one_answer(person, role, seed):
    levels = estimate_levels(person, TREE, as_of=TODAY)
    report = ranked(levels, role, person, seed=seed)
    assert ranked(levels, role, person, seed=seed) == report
    assert report.seed == seed
    assert all(0.0 <= gap.stability <= 1.0 for gap in report.gaps)
    assert sum(gap.stability for gap in report.gaps) <= len(report.focus) + 1e-9


def test_another_seed_draws_other_years():
    draws = [
        tuple(gap.stability for gap in ranked(make_levels(), seed=seed, settings=DRAWS).gaps)
        for seed in (1, 2)
    ]
    assert draws[0] != draws[1]


def test_skills_that_rise_together_are_drawn_together():
    """Why: the draws come from the joint posterior; independent ones would call more places sure."""

    skills = ("python", "statistics", "inference", "algebra", "leading", "writing")
    least = ("algebra", "leading", "writing")
    role = make_role(
        targets=tuple(RoleTarget(s, 3.4 if s in least else 3.5, "") for s in skills),
        pack=make_pack(dict.fromkeys(skills, 40_000), companies=100_000),
    )
    levels = make_levels(sd=0.6)
    together = replace(levels, covariance=np.full_like(levels.covariance, 0.36) + 1e-9 * np.eye(len(SKILLS)))
    alone = [g.stability for g in ranked(levels, role, settings=DRAWS).gaps if g.in_focus]
    joint = [g.stability for g in ranked(together, role, settings=DRAWS).gaps if g.in_focus]
    assert max(alone) < 0.95
    assert min(joint) > 0.95


@given(st.integers(0, 300), st.integers(1, 300), st.sampled_from((1.0, 1.645, 1.96)))
def test_a_wilson_interval_contains_its_share_and_lies_in_nought_to_one(hits, total, z):
    hits = min(hits, total)
    low, high = wilson_interval(hits, total, z=z)
    assert 0.0 <= low <= hits / total + 1e-12
    assert hits / total - 1e-12 <= high <= 1.0
    narrower = wilson_interval(hits * 4, total * 4, z=z)
    assert narrower[1] - narrower[0] < high - low


@given(st.integers(1, 200), st.integers(0, 199), st.sampled_from((0.4, 0.75, 1.0)))
def test_impact_never_falls_when_one_more_company_asks_for_the_skill(companies, hits, strength):
    hits = min(hits, companies - 1)
    fewer, more = (
        impact_from_pack("python", make_pack({"python": count}, companies=companies, strength=strength))
        for count in (hits, hits + 1)
    )
    assert fewer.score <= more.score
    assert (fewer.low, fewer.high) <= (more.low, more.high)
    for impact in (fewer, more):
        assert impact.low <= impact.score <= impact.high
        assert impact.share_low - 1e-12 <= impact.share <= impact.share_high + 1e-12


@settings(max_examples=40)
@given(level_maps, roles(), st.floats(0, 1000), st.floats(0, 1000))
def test_more_hours_never_make_the_focus_smaller(means, role, hours, more):
    levels = make_levels(means)
    small = ranked(levels, role, hours_available=hours)
    large = ranked(levels, role, hours_available=hours + more)
    assert large.focus[: len(small.focus)] == small.focus
    wanted = sum(gap.hours for gap in ranked(levels, role).gaps if gap.in_focus)
    assert bool(small.focus_note) == (wanted > hours)


@given(level_maps)
def test_the_t_lies_between_nought_and_one_and_its_index_between_its_parts(means):
    shape = ranked(make_levels(means)).t_shape
    low, high = sorted((shape.breadth, shape.depth))
    assert low >= 0.0
    assert low - 1e-12 <= shape.index <= high + 1e-12
    assert high <= 1.0
    worst = min(area.level / area.target for area in shape.areas if not area.specialisation)
    named = next(area for area in shape.areas if area.area == shape.weakest)
    assert min(1.0, named.level / named.target) == pytest.approx(min(1.0, worst))
    assert all(
        clip(area.low) == area.low <= area.level <= area.high == clip(area.high) for area in shape.areas
    )
