"""The hype guard's board: a verdict on every skill, and on which counts it rests."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from milepost.errors import UsageError
from milepost.files.content import load_catalogue
from milepost.files.counts_folder import CountsFolder, is_counts_folder, read_counts_folder
from milepost.files.trends_content import ATTENTION, load_monthly_counts, load_role_counts
from milepost.gaps.impact import wilson_interval
from milepost.market.engines.tally import ANY_ROLE
from milepost.market.trends import (
    ADOPT,
    TREND_MONTHS,
    TRIAL,
    WATCH,
    YEAR,
    judge,
    measure_attention,
    measure_trend,
    role_lift,
    with_attention,
)
from milepost.model.activities import Catalogue
from milepost.model.language import marked
from milepost.model.own_catalogue import extend_catalogue
from milepost.model.people import Person
from milepost.model.roles import Role
from milepost.model.settings import Settings
from milepost.model.trends import Attention, Month, MonthlyCounts, Trend, Verdict
from milepost.publish.hype_schema import trend_document
from milepost.publish.schema import Document
from milepost.workflows.market import Market, measure_market
from milepost.workflows.roadmap import find_role_id

ALL_TITLES = "all"
WHOLE = marked("whole market")
IN_ROLE = marked("in role")
AI_ROLES = marked("all AI roles")
GIVEN = marked("given ads")
BASES = (WHOLE, IN_ROLE, AI_ROLES, GIVEN)
"""Whose advertisements a board rests on."""


@dataclass(frozen=True)
class Board:
    """Verdicts with the source of their counts and the months that they cover.

    ``basis`` says whose advertisements were counted: the whole market, those of the role, those of all AI roles
    together, or the ones that were given.
    """

    source: str
    as_of: str
    verdicts: tuple[Verdict, ...]
    series: Mapping[str, tuple[Month, ...]]
    notes: tuple[str, ...] = ()
    basis: str = WHOLE
    attention: Mapping[str, Attention] = field(default_factory=dict)


def make_board(
    ads: Sequence[Path] = (),
    *,
    role: str | None = None,
    skill: str | None = None,
    as_of: str | None = None,
    person: Person | None = None,
) -> Board:
    """The verdict on every skill that is counted, or on one.

    With ``ads`` their own months are counted, as advertisements of the role where one is
    named; a folder of ``milepost count`` gives the months that it holds, of the role's own
    advertisements where one is named. Without, the shipped counts: for a role the newest months
    of advertisements with such a title, or of all AI roles where these are too few; else the whole
    market, newest series first, with a role's pack as its gate.

    Attention stands beside every skill that it is counted for; it can open a watch, never more.
    ``role`` may be one of the own roles of ``person``.
    """
    catalogue = load_catalogue()
    if person is not None:
        catalogue = extend_catalogue(catalogue, person)
    named = catalogue.roles[find_role_id(role, catalogue)] if role else None
    return beside_attention(_board(ads, named, catalogue, skill=skill, as_of=as_of))


def board_document(board: Board) -> Document:
    """The board as the JSON document of the contract."""
    return trend_document(
        board.source,
        board.as_of,
        board.verdicts,
        board.notes,
        basis=board.basis,
        attention=board.attention,
    )


def _board(
    ads: Sequence[Path], named: Role | None, catalogue: Catalogue, *, skill: str | None, as_of: str | None
) -> Board:
    if any(map(is_counts_folder, ads)):
        if len(ads) > 1:
            raise UsageError(
                "a folder of counts stands alone",
                hint="Count everything together: milepost count … --out DIR.",
            )
        return _board_of_counts(read_counts_folder(ads[0]), named, skill=skill, as_of=as_of)
    if ads:
        market = measure_market(ads, catalogue=catalogue)
        return _board_of_ads(market, skill=skill, as_of=as_of, in_role=named is not None)
    board = shipped_board(named, skill=skill, as_of=as_of)
    if named is None:
        return board
    inside = _shipped_in_role(named, skill=skill, as_of=board.as_of)
    why = _too_few(None, named, WHOLE, as_of=board.as_of)
    return inside or replace(board, notes=(*board.notes, f"{why}; `milepost count` counts your own"))


def beside_attention(board: Board) -> Board:
    """The board with what is known of attention up to its month."""
    (counts,) = load_monthly_counts(ATTENTION)
    found = {
        each.term: measured
        for each in board.verdicts
        if each.trend.as_of and (measured := measure_attention(counts, each.term, as_of=each.trend.as_of))
    }
    verdicts = (
        with_attention(each, growth=measured.growth, share=measured.share)
        if (measured := found.get(each.term)) and measured.growth is not None
        else each
        for each in board.verdicts
    )
    return replace(board, verdicts=_sorted(tuple(verdicts)), attention=found)


def _shipped_in_role(role: Role, *, skill: str | None, as_of: str) -> Board | None:
    """The newest shipped months inside the role, or of all AI roles; None where neither is enough up to then."""
    newest = sorted(load_role_counts().values(), key=lambda roles: roles[ALL_TITLES].months[-1], reverse=True)
    for roles in newest:
        whole = roles[ALL_TITLES]
        chosen, basis, notes = choose_basis(whole, roles, role, as_of=as_of)
        if basis == WHOLE:
            continue
        wanted = [skill] if skill else sorted(chosen.skills)
        verdicts = [judge_in(each, chosen, whole, role, as_of=as_of, basis=basis) for each in wanted]
        series = {each: chosen.series(each) for each in sorted({*chosen.skills, *wanted})}
        source = f"{chosen.source}, {chosen.months[0]} to {chosen.months[-1]}"
        return Board(source, as_of, _sorted(verdicts), series, tuple(notes), basis)
    return None


def months_of(market: Market) -> dict[str, tuple[Month, ...]]:
    """Monthly counts of every skill from dated advertisements."""
    totals: Counter[str] = Counter(ad.date[:7] for ad in market.ads if len(ad.date) >= 7)
    naming: dict[str, Counter[str]] = {}
    for ad in market.ads:
        if len(ad.date) >= 7:
            for skill in market.weights[ad.source, ad.id]:
                naming.setdefault(skill, Counter())[ad.date[:7]] += 1
    return {
        skill: tuple(Month(month, counts[month], totals[month]) for month in sorted(totals))
        for skill, counts in sorted(naming.items())
    }


def _board_of_ads(market: Market, *, skill: str | None, as_of: str | None, in_role: bool) -> Board:
    series = months_of(market)
    last = as_of or max((m.month for months in series.values() for m in months), default="")
    undated = sum(len(ad.date) < 7 for ad in market.ads)
    notes = (
        [f"{undated} of {len(market.ads)} advertisements have no date and are not counted"] if undated else []
    )
    if in_role:
        notes.append("every advertisement given was taken as one of the role, whatever its title")
    wanted = {skill: series.get(skill, ())} if skill else series
    verdicts = [
        judge(each, measure_trend(months, as_of=last), in_role=in_role) for each, months in wanted.items()
    ]
    source = f"{len(market.ads)} advertisements of yours"
    return Board(source, last, _sorted(verdicts), series, tuple(notes), GIVEN)


def _board_of_counts(
    counts: CountsFolder, role: Role | None, *, skill: str | None, as_of: str | None
) -> Board:
    last = as_of or max(counts.whole.months, default="")
    notes = [f"{counts.undated} advertisements have no date and are not counted"] if counts.undated else []
    if role is None:
        chosen, basis = counts.whole, WHOLE
    else:
        chosen, basis, why = choose_basis(counts.whole, counts.roles, role, as_of=last)
        notes += why
    wanted = [skill] if skill else sorted(chosen.skills)
    verdicts = [judge_in(each, chosen, counts.whole, role, as_of=last, basis=basis) for each in wanted]
    series = {each: chosen.series(each) for each in sorted({*chosen.skills, *wanted})}
    return Board(counts.source, last, _sorted(verdicts), series, tuple(notes), basis)


def choose_basis(
    whole: MonthlyCounts, roles: Mapping[str, MonthlyCounts], role: Role, *, as_of: str
) -> tuple[MonthlyCounts, str, list[str]]:
    """The role's own months where they are enough for a trend, else those of all AI roles, else of the whole market.

    With the basis in words, and why it is not the role's own.
    """
    for id_, basis in ((role.id, IN_ROLE), (ANY_ROLE, AI_ROLES)):
        found = roles.get(id_)
        if found is not None and _is_enough(found, as_of):
            return found, basis, _why_not(roles.get(role.id), role, basis, as_of)
    return whole, WHOLE, _why_not(roles.get(role.id), role, WHOLE, as_of)


def _known(counts: MonthlyCounts, as_of: str) -> tuple[int, int]:
    """Months with advertisements up to a month, and the advertisements of the last 24 calendar months before it."""
    found = [
        (month, ads) for month, ads in zip(counts.months, counts.ads, strict=True) if month <= as_of and ads
    ]
    first = f"{int(as_of[:4]) - TREND_MONTHS // YEAR}{as_of[4:7]}" if as_of else ""
    return len(found), sum(ads for month, ads in found if month > first)


def _is_enough(counts: MonthlyCounts, as_of: str) -> bool:
    """Why the last 24 months and not all: the trend and the fall from the peak are worked out on them."""
    months, ads = _known(counts, as_of)
    return months >= Settings().trend_months and ads >= Settings().trend_ads


def _why_not(own: MonthlyCounts | None, role: Role, basis: str, as_of: str) -> list[str]:
    return [] if basis == IN_ROLE else [_too_few(own, role, basis, as_of=as_of)]


def _too_few(own: MonthlyCounts | None, role: Role, basis: str, *, as_of: str) -> str:
    ads = _known(own, as_of)[1] if own is not None else 0
    return (
        f"{ads or 'no'} dated advertisements of the 24 months to {as_of} have a title of {role.id}, and a trend inside "
        f"a role needs {Settings().trend_ads}: the basis is {basis}"
    )


def judge_in(
    skill: str, counts: MonthlyCounts, whole: MonthlyCounts, role: Role | None, *, as_of: str, basis: str
) -> Verdict:
    """The verdict on one skill on its basis: the higher thresholds inside a role, and the role gate."""
    trend = measure_trend(counts.series(skill), as_of=as_of)
    if basis == WHOLE:
        return judge(skill, trend, lift=_lift(skill, role, trend) if role else None)
    background = measure_trend(whole.series(skill), as_of=as_of)
    return judge(skill, trend, in_role=True, lift=role_lift(trend, background))


def shipped_board(role: Role | None, *, skill: str | None, as_of: str | None) -> Board:
    """The board of the shipped counts."""
    newest = sorted(load_monthly_counts(), key=lambda counts: counts.months[-1], reverse=True)
    if as_of is not None:
        long_enough = [
            c for c in newest if sum(month <= as_of for month in c.months) >= Settings().trend_months
        ]
        newest = long_enough or newest
    series: dict[str, tuple[Month, ...]] = {}
    for counts in newest:
        for each in counts.skills:
            series.setdefault(each, counts.series(each))
    wanted = {skill: series.get(skill, ())} if skill else series
    verdicts = []
    for each, months in wanted.items():
        last = as_of or (months[-1].month if months else newest[0].months[-1])
        trend = measure_trend(months, as_of=last)
        verdicts.append(judge(each, trend, lift=_lift(each, role, trend) if role else None))
    source = "; ".join(f"{c.source}, {c.months[0]} to {c.months[-1]}" for c in newest)
    return Board(source, as_of or newest[0].months[-1], _sorted(verdicts), series)


def _lift(skill: str, role: Role, background: Trend) -> float | None:
    """Upper bound of the share in the role's pack over the background share (the role gate)."""
    if role.pack is None or not role.pack.companies or background.share <= 0:
        return None
    found = role.pack.skills.get(skill)
    _, high = wilson_interval(found.weighted_ads if found else 0.0, role.pack.companies)
    return high / background.share


def _sorted(verdicts: Sequence[Verdict]) -> tuple[Verdict, ...]:
    order = {name: index for index, name in enumerate((ADOPT, TRIAL, WATCH, "hold", "ignore"))}
    return tuple(sorted(verdicts, key=lambda v: (order[v.verdict], -v.trend.share, v.term)))
