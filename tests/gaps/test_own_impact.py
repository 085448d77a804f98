"""Impact from a person's own advertisements (method-market 2.1 and 2.3)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from factories import make_pack  # type: ignore[import-not-found]
from milepost.gaps.impact import impact_from_ads, impact_from_pack, wilson_interval
from milepost.model.people import ImpactAdjustment
from milepost.model.roles import Demand

PACK = make_pack({"rag": 40, "python": 80})


def own(counts, *, companies, ads=None, strength=0.8):
    pack = make_pack(counts, companies=companies, strength=strength)
    return pack if ads is None else replace(pack, ads=ads)


@pytest.mark.parametrize(
    ("k", "companies", "pack", "share", "score"),
    [
        (5, 15, PACK, (5 + 5 * 0.40) / 20, 4),  # .35 × .8 = .28
        (0, 15, PACK, 5 * 0.40 / 20, 2),  # .10 × .8 = .08
        (15, 15, PACK, 17 / 20, 5),  # .85 × .8 = .68
        (5, 15, None, 5 / 15, 4),  # .333 × .8 = .267
        (3, 20, make_pack({"python": 80}), (3 + 5 * 0.005) / 25, 2),  # the pack's 0 counts as .005
        (10, 20, make_pack({"rag": 100}), (10 + 5 * 0.95) / 25, 4),  # and its 1 as .95; .59 × .8 = .472
    ],
)
def test_shares_are_shrunk_toward_the_pack_as_worked_out_by_hand(k, companies, pack, share, score):
    found = impact_from_ads("rag", own({"rag": k}, companies=companies), pack)
    assert found.share == pytest.approx(share)
    assert found.score == score


def test_the_interval_is_wilsons_on_the_raw_counts_and_not_on_the_shrunk_ones():
    found = impact_from_ads("rag", own({"rag": 5}, companies=15), PACK)
    assert (found.share_low, found.share_high) == pytest.approx(wilson_interval(5, 15))
    assert (round(found.share_low, 3), round(found.share_high, 3)) == (0.173, 0.545)
    # .173 × .8 = .139 and .545 × .8 = .436: bands 3 and 4.
    assert (found.low, found.high) == (3, 4)


def test_a_skill_that_no_ad_names_has_the_strength_that_is_expected_of_a_mention():
    found = impact_from_ads("rag", own({"python": 3}, companies=10), None)
    assert (found.share, found.ads, found.strength, found.score) == (0.0, 0, 0.75, 1)


counts = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
packs = st.sampled_from([None, PACK, make_pack({"python": 80})])
strengths = st.floats(0.15, 1.0)


@given(counts, packs, strengths)
def test_one_more_company_that_asks_never_lowers_share_bounds_or_score(count, pack, strength):
    k, n = count
    if k == n:
        return
    few, more = (
        impact_from_ads("rag", own({"rag": hits}, companies=n, strength=strength), pack)
        for hits in (k, k + 1)
    )
    assert few.share <= more.share
    assert few.score <= more.score
    assert few.low <= more.low
    assert few.high <= more.high


@given(counts, packs, strengths)
def test_the_interval_contains_the_share_and_its_bands_the_score(count, pack, strength):
    k, n = count
    found = impact_from_ads("rag", own({"rag": k}, companies=n, strength=strength), pack)
    assert 0.0 <= found.share_low <= found.share <= found.share_high <= 1.0
    assert 1 <= found.low <= found.score <= found.high <= 5


@given(counts, strengths)
def test_without_a_pack_own_ads_count_as_they_are(count, strength):
    k, n = count
    mine = own({"rag": k}, companies=n, strength=strength)
    found, raw = impact_from_ads("rag", mine, None), impact_from_pack("rag", mine)
    assert found.share == pytest.approx(k / n)
    assert (found.score, found.low, found.high) == (raw.score, raw.low, raw.high)


@given(st.integers(0, 20), st.integers(1, 30))
def test_further_ads_of_the_same_company_change_neither_share_nor_score(k, repeats):
    mine = own({"rag": k}, companies=20)
    row = mine.skills["rag"]
    many = replace(
        mine,
        ads=20 * repeats,
        skills={"rag": Demand(row.ads * repeats, row.companies, row.weighted_ads, row.strength)},
    )
    one, other = impact_from_ads("rag", mine, PACK), impact_from_ads("rag", many, PACK)
    assert (one.share, one.score, one.low, one.high) == (other.share, other.score, other.low, other.high)


def test_few_ads_say_so_and_how_many_would_help():
    found = impact_from_ads("rag", own({"rag": 2}, companies=5, strength=1.0), PACK)
    assert found.high - found.low >= 2
    assert "only 5 ads leave" in found.note
    assert "; about " in found.note
    wanted = int(found.note.rsplit("about ", 1)[1].split()[0])
    low, high = wilson_interval(0.4 * wanted, wanted)
    assert wanted > 5
    narrow = impact_from_ads("rag", own({"rag": 0.4 * wanted}, companies=wanted, strength=1.0), None)
    assert narrow.high - narrow.low < 2
    assert high - low < found.share_high - found.share_low


def test_many_ads_have_no_such_note():
    assert impact_from_ads("rag", own({"rag": 160}, companies=400), PACK).note == ""


def test_the_basis_names_the_own_ads_and_the_pack_that_stands_behind_them():
    alone = impact_from_ads("rag", own({"rag": 5}, companies=15), None).basis
    backed = impact_from_ads("rag", own({"rag": 5}, companies=15), PACK).basis
    assert alone.startswith("data: 33% of your 15 ads")
    assert backed.startswith(alone)
    assert "100 ads to 2026-06-30) as 5 more" in backed


def test_a_step_of_my_own_is_taken_from_what_was_measured_and_stays_visible():
    moved = impact_from_ads(
        "rag",
        own({"rag": 5}, companies=15),
        PACK,
        adjustment=ImpactAdjustment(1, "every interview asked"),
    )
    assert (moved.measured, moved.score) == (4, 5)
    assert "every interview asked" in moved.note
