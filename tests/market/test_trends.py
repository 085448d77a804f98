"""The hype guard: numbers by hand, laws, and the back-test on ten years of counts."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from milepost.files.trends_content import load_monthly_counts
from milepost.market.trends import (
    ADOPT,
    HOLD,
    IGNORE,
    TRIAL,
    VERDICTS,
    WATCH,
    fit_trend,
    is_replaced,
    judge,
    measure_attention,
    measure_trend,
    role_lift,
    with_attention,
)
from milepost.model.trends import Month, MonthlyCounts
from milepost.workflows.boards import make_board

ROOT = Path(__file__).resolve().parents[2]
ORDER = {name: index for index, name in enumerate(VERDICTS)}


def months(shares, ads=400, first=2014):
    return [
        Month(f"{first + i // 12}-{i % 12 + 1:02d}", round(share * ads), ads)
        for i, share in enumerate(shares)
    ]


def last(series):
    return max(m.month for m in series)


def verdict_of(shares, **more):
    series = months(shares)
    return judge("x", measure_trend(series, as_of=last(series)), **more).verdict


def test_a_trend_is_the_logistic_slope_that_made_it():
    series = [
        Month(f"{2014 + i // 12}-{i % 12 + 1:02d}", round(1e6 / (1 + math.exp(3 - 0.5 * i / 12))), 10**6)
        for i in range(24)
    ]
    slope, z = fit_trend(series)
    assert slope == pytest.approx(0.5, abs=0.002)
    assert z > 50


def test_months_that_differ_by_more_than_chance_make_the_trend_less_sure():
    calm = months([0.02 + 0.001 * i for i in range(24)])
    wild = months([(0.02 + 0.001 * i) * (1.6 if i % 2 else 0.4) for i in range(24)])
    assert fit_trend(calm)[1] > 1.5 * fit_trend(wild)[1]


@pytest.mark.parametrize(
    ("shares", "verdict"),
    [
        ([0.05] * 36, ADOPT),
        ([0.0] * 24 + [0.04] * 12, TRIAL),
        ([0.004 + 0.0006 * i for i in range(36)], TRIAL),
        ([0.01] * 36, WATCH),
        ([0.2 - 0.005 * i for i in range(36)], HOLD),
        ([0.001] * 36, IGNORE),
        ([0.05] * 6, WATCH),
    ],
)
def test_the_rule_gives_each_verdict(shares, verdict):
    assert verdict_of(shares) == verdict


def test_inside_a_role_more_is_asked_for():
    assert verdict_of([0.03] * 36) == ADOPT
    assert verdict_of([0.03] * 36, in_role=True) == WATCH


def test_a_successor_that_has_outgrown_it_holds_what_would_be_adopted():
    old, new = months([0.06 - 0.0002 * i for i in range(36)]), months([0.002 * i for i in range(36)])
    assert is_replaced(old, new, as_of=last(old))
    assert not is_replaced(new, old, as_of=last(old))
    assert judge("x", measure_trend(old, as_of=last(old)), replaced=True).verdict == HOLD


def test_attention_opens_a_watch_and_never_more():
    series = months([0.001] * 36)
    ignored = judge("x", measure_trend(series, as_of=last(series)))
    assert with_attention(ignored, growth=0.5, share=0.02).verdict == WATCH
    assert with_attention(ignored, growth=0.1, share=0.02).verdict == IGNORE


shares_lists = st.lists(st.floats(0, 0.3), min_size=1, max_size=60)


@given(shares_lists, st.integers(1, 60))
def test_a_verdict_uses_nothing_after_its_month(shares, cut):
    series = months(shares)
    as_of = series[min(cut, len(series)) - 1].month
    before = [m for m in series if m.month <= as_of]
    assert measure_trend(series, as_of=as_of) == measure_trend(before, as_of=as_of)


@given(shares_lists, st.floats(0, 3))
def test_the_role_gate_never_raises_a_verdict(shares, lift):
    series = months(shares)
    trend = measure_trend(series, as_of=last(series))
    free, gated = judge("x", trend), judge("x", trend, lift=lift)
    assert free.verdict == gated.verdict or (free.verdict in (ADOPT, TRIAL) and gated.verdict == WATCH)


@given(shares_lists, st.randoms())
def test_the_order_of_the_months_does_not_matter(shares, dice):
    series = months(shares)
    mixed = list(series)
    dice.shuffle(mixed)
    assert measure_trend(mixed, as_of=last(series)) == measure_trend(series, as_of=last(series))


def test_nothing_counted_is_no_crash():
    trend = measure_trend([], as_of="2020-01")
    assert judge("x", trend).verdict == IGNORE
    assert role_lift(trend, trend) is None


def test_the_shipped_counts_give_a_board_and_the_gate_lowers_it():
    board = make_board()
    assert {v.term: v.verdict for v in board.verdicts}["python"] == ADOPT
    gated = make_board(role="ml-infrastructure-engineer")
    assert gated.basis == "whole market"
    assert any("the basis is whole market" in note for note in gated.notes)
    free = {v.term: v.verdict for v in board.verdicts}
    assert all(v.verdict == free[v.term] or v.verdict == WATCH for v in gated.verdicts)
    assert {v.term: v.verdict for v in gated.verdicts}["typescript"] == WATCH
    old = {v.term: v for v in make_board(as_of="2018-01").verdicts}
    assert old["kubernetes"].verdict in (ADOPT, TRIAL)
    assert all(v.trend.as_of == "2018-01" for v in old.values())


def test_inside_a_role_the_shipped_months_of_its_own_ads_decide_where_they_are_enough():
    board = make_board(role="data-scientist", as_of="2018-01")
    assert board.basis == "in role"
    assert board.notes == ()
    found = {v.term: v for v in board.verdicts}
    whole = {v.term: v for v in make_board(as_of="2018-01").verdicts}
    assert found["r-language"].trend.share > 2 * whole["r-language"].trend.share
    assert all(v.trend.as_of == "2018-01" for v in board.verdicts)


def test_a_role_with_few_ads_is_shown_by_all_ai_roles_and_this_is_said():
    board = make_board(role="ml-engineer", as_of="2018-01")
    assert board.basis == "all AI roles"
    assert any("have a title of ml-engineer" in note and "needs 300" in note for note in board.notes)
    assert {v.term: v.verdict for v in board.verdicts}["tensorflow"] == ADOPT
    assert {v.term: v.verdict for v in make_board(as_of="2018-01").verdicts}["tensorflow"] != ADOPT


def test_months_that_ended_years_ago_are_no_basis_for_today():
    assert make_board(role="data-scientist", as_of="2023-06").basis == "whole market"


def test_a_handful_of_ads_makes_no_peak():
    thin = [Month(f"2013-{i + 1:02d}", 3, 5) for i in range(6)]
    steady = [Month(f"{2014 + i // 12}-{i % 12 + 1:02d}", 20, 200) for i in range(24)]
    ratio = measure_trend([*thin, *steady], as_of="2015-12").peak_ratio
    assert ratio is not None
    assert ratio > 0.6, "against the handful alone it would be .17"


def test_attention_stands_beside_the_skill_and_uses_nothing_of_later_months():
    board = make_board(as_of="2019-06")
    assert board.attention["kubernetes"].share > 0.01
    assert board.attention["kubernetes"].last_month == "2019-06"
    assert "sql" not in board.attention
    assert make_board(as_of="2013-06").attention == {}
    assert make_board(as_of="2024-05").attention["large-language-models"].growth is not None
    counts = MonthlyCounts(
        "", "", tuple(m.month for m in months([0.01] * 36)), (400,) * 36, {"x": (4,) * 24 + (8,) * 12}
    )
    seen = measure_attention(counts, "x", as_of="2016-12")
    assert seen is not None
    assert seen.share == pytest.approx(0.02)
    assert seen.growth == pytest.approx(1.0)
    assert measure_attention(counts, "x", as_of="2015-06") is None, "less than two years are known"
    assert measure_attention(counts, "x", as_of="2018-06") is None, "the counts ended more than a year before"
    assert measure_attention(counts, "y", as_of="2016-12") is None


def test_the_shipped_months_inside_roles_are_what_the_tool_makes(tmp_path):
    shared = ROOT.parent / "shared"
    if not (shared / "data" / "hn-who-is-hiring-2011-2019").exists():
        pytest.skip("the shared advertisements of 2011 to 2019 are not here; the counts cannot be made again")
    import sys

    sys.path.insert(0, str(ROOT / "tools"))
    from make_trends import make_in_roles  # type: ignore[import-not-found]

    make_in_roles(shared, tmp_path)
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*.yaml"))
    content = ROOT / "src" / "milepost" / "content"
    shipped = [path for name in ("attention", "role_trends") for path in (content / name).glob("*.yaml")]
    assert made == sorted(path.relative_to(content) for path in shipped)
    for path in made:
        assert (content / path).read_text(encoding="utf-8") == (tmp_path / path).read_text(
            encoding="utf-8"
        ), path


def test_the_shipped_counts_are_what_the_tool_makes(tmp_path):
    shared = ROOT.parent / "shared"
    if not (shared / "data" / "hn-term-trends-2011-2026").exists():
        pytest.skip("the shared corpora are not here; the counts cannot be made again")
    import sys

    sys.path.insert(0, str(ROOT / "tools"))
    from make_trends import make

    make(shared, tmp_path)
    for path in sorted(tmp_path.glob("*.yaml")):
        shipped = ROOT / "src" / "milepost" / "content" / "trends" / path.name
        assert shipped.read_text(encoding="utf-8") == path.read_text(encoding="utf-8"), path.name
    assert len(load_monthly_counts()) == 2


def test_the_back_test_is_as_measured():
    sys_path = ROOT.parent / "shared" / "data" / "hn-term-trends-2011-2026"
    if not sys_path.exists():
        pytest.skip("the shared term counts are not here; the back-test cannot be run")
    import sys

    sys.path.insert(0, str(ROOT))
    from bench.hype import decide, read_series

    decisions = decide(read_series(), successors={})
    assert len(decisions) == 3876

    def durable(verdict):
        own = [d for d in decisions if d.verdict == verdict]
        return sum(d.durable for d in own) / len(own)

    assert durable(ADOPT) >= 0.65
    assert 0.45 <= durable(TRIAL) <= 0.70
    assert durable(IGNORE) <= 0.08
    assert durable(ADOPT) > durable(TRIAL) > durable(WATCH) > durable(IGNORE)
