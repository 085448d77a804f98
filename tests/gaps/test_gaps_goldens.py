"""Published numbers and worked examples: severity, expected gap, impact, focus, ties and the T."""

import math
from dataclasses import replace

import numpy as np
import pytest

from factories import (  # type: ignore[import-not-found]
    EASY,
    ROLE,
    TREE,
    make_levels,
    make_pack,
    make_person,
    make_role,
    make_skill,
)
from milepost.gaps import (
    expected_gap,
    explain_gap,
    impact_band,
    impact_from_pack,
    measure_t_shape,
    rank,
    severity,
    wilson_interval,
)
from milepost.gaps.focus import choose_focus, focus_size
from milepost.gaps.t_shape import shape_name
from milepost.model.people import ImpactAdjustment
from milepost.model.roles import RoleTarget, Seniority
from milepost.model.settings import Settings
from milepost.model.skills import Durability, HoursClass

DEFAULT = Settings()


def rank_of(means, targets, *, pack=None, tree=TREE, person=None, **more):
    """The gaps of a role with these targets for levels with these means."""
    role = make_role(
        targets=tuple(RoleTarget(skill, level, "") for skill, level in targets.items()),
        pack=make_pack(dict.fromkeys(targets, 30)) if pack is None else pack,
    )
    return rank(make_levels(means), role, tree, person=person or make_person(), settings=EASY, **more)


# --- severity and expected gap ------------------------------------------------------------


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        (0.0, 0), (0.2499, 0), (0.25, 1), (1.0, 1), (1.0001, 2), (2.0, 2), (2.0000000001, 2), (3.2, 4), (5.0, 5),
    ],
)  # fmt: skip
def test_severity_is_zero_for_a_closed_gap_and_else_the_next_whole_level(gap, expected):
    assert severity(gap) == expected


def test_the_example_of_the_method_note_has_priority_eight():
    (gap,) = rank_of({"python": 1.0}, {"python": 3.0}).gaps
    assert (gap.severity, gap.impact.score, gap.priority) == (2, 4, 8)


@pytest.mark.parametrize(
    ("mean", "sd", "expected"), [(2, 0.5, 2.0000), (0.3, 0.6, 0.4187), (-0.5, 0.5, 0.0417)]
)
def test_the_expected_gap_follows_the_reference_numbers_without_their_one(mean, sd, expected):
    assert expected_gap(mean, sd) == pytest.approx(expected, abs=6e-5)


@pytest.mark.parametrize("mean", [-1.0, 0.0, 1.7778, 3.8, 4.9, 5.5])
@pytest.mark.parametrize("sd", [0.1, 0.8, 1.2])
def test_the_expected_gap_is_the_integral_of_the_gap_clipped_to_nought_and_five(mean, sd):
    steps, width = 20_000, 16 * sd / 20_000
    total = 0.0
    for step in range(steps):
        gap = mean - 8 * sd + (step + 0.5) * width
        weight = math.exp(-(((gap - mean) / sd) ** 2) / 2) / (sd * math.sqrt(2 * math.pi))
        total += min(5.0, max(0.0, gap)) * weight * width
    assert expected_gap(mean, sd) == pytest.approx(total, abs=1e-5)


def test_a_known_gap_is_its_own_expectation():
    assert [expected_gap(g, 0.0) for g in (-1.0, 2.5, 7.0)] == [0.0, 2.5, 5.0]


# --- impact -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("demand", "band"),
    [
        (0.0, 1),
        (0.0299, 1),
        (0.03, 2),
        (0.0999, 2),
        (0.10, 3),
        (0.2499, 3),
        (0.25, 4),
        (0.4999, 4),
        (0.5, 5),
        (1.0, 5),
    ],
)
def test_impact_is_cut_at_three_ten_twenty_five_and_fifty_per_cent(demand, band):
    assert impact_band(demand) == band


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_the_wilson_interval_has_the_numbers_of_newcombe_1998(hits, total, low, high):
    assert wilson_interval(hits, total, z=1.959964) == pytest.approx((low, high), abs=6e-5)


def test_nothing_counted_is_nothing_known():
    assert wilson_interval(0, 0) == (0.0, 1.0)


def test_five_of_fifteen_ads_are_impact_four_between_three_and_five():
    found = impact_from_pack("python", make_pack({"python": 5}, companies=15))
    assert (found.score, found.low, found.high) == (4, 3, 5)
    assert (found.share_low, found.share_high) == pytest.approx((0.1728, 0.5448), abs=6e-5)
    assert "more ads would help" in found.note


def test_many_ads_ask_for_no_more():
    found = impact_from_pack("python", make_pack({"python": 333}, companies=1000))
    assert (found.low, found.score, found.high, found.note) == (4, 4, 4, "")


def test_demand_is_share_times_strength():
    weak = impact_from_pack("python", make_pack({"python": 300}, companies=1000, strength=0.4))
    assert (weak.share, weak.strength, weak.score) == (0.3, 0.4, 3)


def test_a_skill_that_no_ad_names_has_the_lowest_impact():
    found = impact_from_pack("leading", make_pack({"python": 300}, companies=1000))
    assert (found.score, found.ads, found.share) == (1, 0, 0.0)


def test_without_ads_impact_is_the_middle_and_says_so():
    found = impact_from_pack("python", None)
    assert (found.low, found.score, found.high, found.companies) == (1, 3, 5, 0.0)
    assert found.basis.startswith("assumption")


@pytest.mark.parametrize(
    ("hits", "step", "score"), [(30, 1, 5), (30, -1, 3), (80, 1, 5), (1, -1, 1), (30, 0, 4)]
)
def test_a_person_moves_an_impact_by_one_inside_the_scale_and_both_values_stay(hits, step, score):
    pack = make_pack({"python": hits})
    found = impact_from_pack("python", pack, adjustment=ImpactAdjustment(step, "my team asks for it"))
    assert (found.score, found.measured) == (score, impact_from_pack("python", pack).score)
    assert ("my team asks for it" in found.note) == (step != 0)


def test_an_adjusted_impact_is_what_priority_multiplies():
    person = make_person(impact={"python": ImpactAdjustment(1, "because")})
    (gap,) = rank_of({"python": 1.0}, {"python": 3.0}, person=person).gaps
    assert (gap.impact.measured, gap.impact.score, gap.priority) == (4, 5, 10)


# --- focus --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("priorities", "size"),
    [
        ([20, 16, 15, 15, 4, 3], 4),
        ([20, 20, 20, 18, 16, 1], 5),
        ([20, 16, 15, 4, 3, 3], 3),
        ([10, 9, 8, 7, 6, 5], 3),
        ([9, 9, 9, 9, 9, 9], 3),
        ([9, 9, 9, 8, 8, 7], 3),
        ([20, 16, 15, 15, 15, 15, 1], 3),
        ([8, 6], 2),
        ([], 0),
    ],
)
def test_the_focus_ends_at_the_largest_drop_between_three_and_five(priorities, size):
    assert focus_size(priorities, settings=DEFAULT) == size


FIVE = {"python": 4.0, "statistics": 4.0, "inference": 4.0, "leading": 4.0, "writing": 3.0, "algebra": 2.5}


def five_open(**more):
    """Five gaps of priority 8 before one of priority 4."""
    return rank_of({}, {**FIVE, "writing": 4.0, "algebra": 3.0}, **more)


def test_a_focus_that_fits_the_hours_stays_whole():
    report = five_open(hours_available=10_000.0)
    assert len(report.focus) == 5
    assert report.focus_note == ""
    assert report.focus == tuple(gap.skill for gap in report.gaps[:5])
    assert {gap.skill for gap in report.gaps if gap.in_focus} == set(report.focus)


def test_the_hours_cut_the_focus_from_its_end():
    whole = five_open()
    hours = [gap.hours for gap in whole.gaps]
    cut = five_open(hours_available=sum(hours[:4]) + 0.01)
    assert cut.focus == whole.focus[:4]
    assert f"({sum(hours[:5]):.0f} h)" in cut.focus_note


def test_the_hours_never_cut_the_focus_below_three():
    report = five_open(hours_available=1.0)
    assert len(report.focus) == 3
    assert report.focus_note.startswith("1 plan hours")


def test_closed_gaps_are_never_chosen_for_the_focus():
    report = rank_of({"python": 4.0, "statistics": 2.0}, {"python": 4.0, "statistics": 3.0})
    assert report.focus == ("statistics",)
    assert choose_focus([], hours_available=None, settings=DEFAULT) == ((), "")


def test_what_is_known_for_certain_is_stable():
    targets = {"python": 5.0, "statistics": 4.5, "inference": 4.5, "algebra": 2.3, "batching": 2.3}
    role = make_role(
        targets=tuple(RoleTarget(skill, level, "") for skill, level in targets.items()),
        pack=make_pack(dict.fromkeys(targets, 40_000), companies=100_000),
    )
    report = rank(make_levels({"python": 1.1}, sd=0.01), role, TREE, person=make_person(), settings=EASY)
    assert set(report.focus) == {"python", "statistics", "inference"}
    assert {gap.skill: gap.stability for gap in report.gaps} == {
        "python": 1.0,
        "statistics": 1.0,
        "inference": 1.0,
        "algebra": 0.0,
        "batching": 0.0,
    }


def test_what_hardly_differs_is_a_close_call():
    targets = dict.fromkeys(("python", "statistics", "inference", "leading", "algebra", "writing"), 3.3)
    report = rank_of({}, targets)
    assert len(report.focus) == 3
    assert all(0.2 < gap.stability < 0.9 for gap in report.gaps)


def test_uncertain_impacts_make_the_focus_uncertain_too():
    counts = dict.fromkeys(("python", "statistics", "inference"), 0.3)
    counts |= dict.fromkeys(("leading", "algebra", "writing"), 0.2)
    targets = dict.fromkeys(counts, 3.5)
    stability = []
    for companies in (20, 100_000):
        role = make_role(
            targets=tuple(RoleTarget(skill, level, "") for skill, level in targets.items()),
            pack=make_pack({s: c * companies for s, c in counts.items()}, companies=companies),
        )
        report = rank(make_levels(sd=0.001), role, TREE, person=make_person(), settings=EASY)
        stability.append(min(gap.stability for gap in report.gaps if gap.in_focus))
    assert stability[0] < 0.95
    assert stability[1] == 1.0


# --- ties ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("means", "targets", "order", "step"),
    [
        ({"statistics": 1.6, "python": 1.9}, {"statistics": 3.0, "python": 3.0}, "statistics python", "larger expected gap × impact"),
        ({}, {"statistics": 3.0, "python": 3.0}, "python statistics", "more skills wait for it"),
        ({}, {"leading": 3.0, "writing": 3.0}, "writing leading", "fewer hours to close"),
        ({}, {"algebra": 3.0, "batching": 3.0}, "algebra batching", "more durable"),
        ({}, {"writing": 3.0, "algebra": 3.0}, "algebra writing", "name"),
    ],
)  # fmt: skip
def test_each_step_of_the_tie_order_decides_and_is_printed(means, targets, order, step):
    report = rank_of(means, targets)
    assert " ".join(gap.skill for gap in report.gaps) == order
    first, second = report.gaps
    assert first.priority == second.priority
    assert first.tie_break == f"before {second.name}, equal priority {first.priority}: {step}"
    assert second.tie_break == ""


def test_languages_last_longer_than_platforms_and_platforms_longer_than_frameworks():
    areas = dict(TREE.areas)
    skills = {
        f"s{n}": make_skill(f"s{n}", "code", durability=kind, hours_class=HoursClass.NARROW)
        for n, kind in enumerate(
            (Durability.FRAMEWORK, Durability.PLATFORM, Durability.LANGUAGE, Durability.CONCEPT)
        )
    }
    tree = replace(TREE, areas=areas, skills={**TREE.skills, **skills})
    levels = make_levels()
    order = (*levels.order, *skills)

    rows = {**levels.skills, **{s: replace(levels.skills["python"], skill=s) for s in skills}}
    wider = replace(
        levels, order=order, mean=np.full(len(order), 2.0), covariance=np.eye(len(order)) / 4, skills=rows
    )
    role = make_role(targets=tuple(RoleTarget(s, 3.0, "") for s in skills), pack=None)
    report = rank(wider, role, tree, person=make_person(), settings=EASY)
    assert [gap.skill for gap in report.gaps] == ["s3", "s2", "s1", "s0"]


def test_dependants_are_the_skills_that_wait_for_this_one():
    report = rank_of({}, {"python": 3.0, "inference": 3.0, "statistics": 3.0, "writing": 3.0})
    assert {gap.skill: gap.dependants for gap in report.gaps} == {
        "python": 3, "inference": 1, "statistics": 1, "writing": 0,
    }  # fmt: skip


# --- hours, targets and the T -------------------------------------------------------------


def test_hours_to_close_follow_the_curve_and_are_shown_as_a_range():
    broad, narrow = (rank_of({s: 2.0}, {s: 3.0}).gaps[0] for s in ("statistics", "algebra"))
    assert broad.hours == pytest.approx(250 * math.log(3 / 2))
    assert narrow.hours == pytest.approx(100 * math.log(3 / 2))
    assert (broad.hours_low, broad.hours_high) == pytest.approx((broad.hours / 2, broad.hours * 2))


def test_a_specialisation_that_was_not_chosen_is_held_at_three():
    report = rank(make_levels(), ROLE, TREE, person=make_person(), settings=EASY)
    rows = {gap.skill: gap for gap in report.gaps}
    assert rows["detection"].target == 3.0
    assert "held at 3" in rows["detection"].target_reason
    assert rows["inference"].target == 4.0
    assert rows["inference"].target_reason == "for inference"


def test_the_persons_own_specialisations_replace_those_of_the_role():
    person = make_person(specialisations=("vision",))
    rows = {gap.skill: gap for gap in rank(make_levels(), ROLE, TREE, person=person, settings=EASY).gaps}
    assert (rows["detection"].target, rows["inference"].target) == (4.0, 3.0)
    unsaid = make_person(specialisations=())
    rows = {gap.skill: gap for gap in rank(make_levels(), ROLE, TREE, person=unsaid, settings=EASY).gaps}
    assert (rows["detection"].target, rows["inference"].target) == (3.0, 4.0)


def shape_of(means, **more):
    return measure_t_shape(make_levels(means), make_role(**more), TREE, person=make_person())


def test_the_t_is_breadth_depth_and_their_harmonic_mean():
    shape = shape_of({"python": 3.6, "statistics": 1.5, "inference": 2.0, "batching": 0.0, "detection": 5.0})
    assert shape.breadth == pytest.approx((1.0 + 0.5) / 2)
    assert shape.depth == pytest.approx(0.5)
    assert shape.index == pytest.approx(2 * 0.75 * 0.5 / 1.25)
    assert (shape.weakest, shape.shape) == ("maths", "dot")
    assert [(a.area, a.specialisation, a.target) for a in shape.areas] == [
        ("code", False, 3.0), ("maths", False, 3.0), ("serving", True, 4.0),
    ]  # fmt: skip


def test_an_area_without_core_skills_is_the_mean_of_all_of_them():
    skills = {id_: replace(skill, core=False) for id_, skill in TREE.skills.items()}
    levels = make_levels({"python": 3.0, "testing": 1.0})
    shape = measure_t_shape(levels, ROLE, replace(TREE, skills=skills), person=make_person())
    assert shape.areas[0].level == pytest.approx(2.0)
    # Why: the mean of two independent skills of sd .5 has sd .5/√2.
    assert shape.areas[0].high - 2.0 == pytest.approx(1.645 * 0.5 / math.sqrt(2))


def test_a_junior_role_and_a_role_of_its_own_breadth_ask_for_less():
    junior = replace(make_role(), seniority=Seniority.JUNIOR)
    shape = measure_t_shape(make_levels(), junior, TREE, person=make_person())
    assert [a.target for a in shape.areas] == [2.5, 2.5, 4.0]
    assert [a.target for a in shape_of({}, breadth={"maths": 1.0}).areas] == [3.0, 1.0, 4.0]


def test_the_t_after_a_plan_uses_the_levels_that_the_plan_leads_to():
    after = measure_t_shape(make_levels(), ROLE, TREE, person=make_person(), means={"inference": 4.0})
    assert after.depth == 1.0
    assert after.breadth == pytest.approx(2 / 3)


@pytest.mark.parametrize(
    ("breadth", "deep", "name"),
    [
        (0.8, 1, "T"), (0.8, 2, "pi"), (0.8, 0, "dash"), (0.79, 1, "I"), (0.79, 2, "I"), (0.79, 0, "dot"),
        (0.9, 3, "comb"), (0.2, 4, "comb"),
    ],
)  # fmt: skip
def test_shapes_are_named_by_breadth_and_deep_areas(breadth, deep, name):
    assert shape_name(breadth, deep, settings=DEFAULT) == name


# --- why ----------------------------------------------------------------------------------


def test_every_number_of_a_gap_opens_to_its_formula():
    levels = make_levels({"python": 1.0})
    role = make_role(targets=(RoleTarget("python", 3.0, "models are served from it"),))
    report = rank(levels, role, TREE, person=make_person(), settings=EASY)
    rows = {row.name: row for row in explain_gap(report, levels, "python")}
    assert (rows["Severity"].value, rows["Severity"].formula) == ("2", "ceil(2.00), between 1 and 5")
    assert (rows["Priority"].value, rows["Priority"].formula) == ("10", "severity 2 × impact 5")
    assert rows["Target"].formula == "models are served from it"
    assert rows["Rank"].value == "1"
    assert rows["Claimed"].value == "nothing"


def test_a_skill_that_the_role_does_not_ask_for_has_nothing_to_explain():
    levels = make_levels()
    report = rank(levels, ROLE, TREE, person=make_person(), settings=EASY)
    with pytest.raises(KeyError, match="leading"):
        explain_gap(report, levels, "leading")
