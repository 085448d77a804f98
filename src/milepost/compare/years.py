"""Recorded years → the comparative analysis: every figure computed, nothing quoted, n said."""

from collections.abc import Sequence
from statistics import quantiles

from milepost.compare.advantage import find_largest_gap, rank_strengths
from milepost.compare.doubts import doubts_about
from milepost.compare.findings import find_lessons
from milepost.compare.hours import measure_against_plan, measure_agility, measure_hype, measure_time
from milepost.compare.lenses import measure_lenses
from milepost.compare.moves import find_move
from milepost.compare.recorded import Recorded
from milepost.compare.table import draw_up_rows
from milepost.compare.work import find_witness, list_work, match_credit, rank_credit
from milepost.model.comparison import FEW, LivedYear, Spread, YearComparison


def compare_years(
    recorded: Sequence[Recorded], *, left_out: Sequence[tuple[str, str]] = ()
) -> YearComparison:
    """Compare any number of recorded years; the same year given twice counts once.

    ``left_out`` names those whom a filter took away, with the reason. With fewer than ten
    people there are no averages; there is never a test of significance.
    """
    distinct = _distinct(recorded)
    years = tuple(measure_year(each) for each in distinct)
    return YearComparison(
        n=len(years),
        years=years,
        rows=draw_up_rows(years),
        findings=find_lessons(years),
        spreads=measure_spreads(years),
        doubts=doubts_about(years, given_twice=_twice(recorded, distinct)),
        notes=_notes(years),
        left_out=tuple(left_out),
    )


def _distinct(recorded: Sequence[Recorded]) -> list[Recorded]:
    """Each year once, in the order given. Why by person: two files may hold the same one."""
    namesakes: dict[str, list[Recorded]] = {}
    kept: list[Recorded] = []
    for each in recorded:
        known = namesakes.setdefault(each.person.name, [])
        if all(each.person != other.person for other in known):
            known.append(each)
            kept.append(each)
    return kept


def _twice(recorded: Sequence[Recorded], distinct: Sequence[Recorded]) -> tuple[str, ...]:
    names = [each.person.name for each in recorded]
    once = [each.person.name for each in distinct]
    return tuple(sorted({name for name in names if names.count(name) > once.count(name)}))


def measure_year(year: Recorded) -> LivedYear:
    """Everything that one recorded year says, as numbers."""
    works = list_work(year)
    against = measure_against_plan(year, works)
    time = measure_time(year, works)
    artefacts = year.person.year.artefacts
    matched = match_credit(year, works)
    credit = rank_credit(matched)
    learned = [outcome.learned for outcome in year.person.outcomes if outcome.learned]
    route = year.person.target.route.value if year.person.target else ""
    move = find_move(year)
    return LivedYear(
        person=year.person.name,
        role=year.role.id,
        role_name=year.role.name,
        route=(move.route if move else "") or route,
        source=year.source,
        illustrative=bool(year.person.illustrative),
        start=year.start,
        end=year.end,
        transfer_share=year.transfer_share,
        transfer_basis=year.transfer_basis,
        strengths=rank_strengths(year),
        gap=find_largest_gap(year),
        most_valuable=credit,
        witness=find_witness(works),
        credit_given=sum(row.points for row in credit),
        move=move,
        before=year.before.t_shape,
        after=year.after,
        specialisations=sum(area.specialisation for area in year.after.areas),
        time=time,
        plan=against,
        artefacts=_count_verified([a.verified.value if a.verified else "not verified" for a in artefacts]),
        public_artefacts=sum(artefact.public for artefact in artefacts),
        lenses=measure_lenses(year, works, matched),
        agility=measure_agility(year, works, hours=time.on_work),
        hype=measure_hype(year, on_plan_ratio=against.on_plan_ratio),
        learned=" ".join(learned),
    )


def _count_verified(verifications: Sequence[str]) -> dict[str, int]:
    return {name: verifications.count(name) for name in sorted(set(verifications))}


def measure_spreads(years: Sequence[LivedYear]) -> tuple[Spread, ...]:
    """Quartiles of the main figures over those who have them; nothing below ten people."""
    figures: dict[str, list[float | None]] = {
        "months to functional start": [y.move.months_functional if y.move else None for y in years],
        "months to formal date": [y.move.months_formal if y.move else None for y in years],
        "role covered at the start": [y.transfer_share for y in years],
        "rise of the T index": [y.after.index - y.before.index for y in years],
        "hours on activities": [y.time.on_work for y in years],
        "on-plan ratio": [y.plan.on_plan_ratio for y in years],
    }
    found = []
    for figure, values in figures.items():
        known = sorted(value for value in values if value is not None)
        if len(known) >= FEW:
            low, median, high = quantiles(known, n=4, method="inclusive")
            found.append(Spread(figure, len(known), low, median, high))
    return tuple(found)


def _notes(years: Sequence[LivedYear]) -> tuple[str, ...]:
    n = len(years)
    notes = []
    if n < FEW:
        notes.append(
            f"n = {n}: no averages and no tests; what is said here is about these people and nobody else."
        )
    else:
        notes.append(
            f"n = {n}, all of whom chose to record: medians describe them; they say nothing about causes."
        )
    made = sum(year.illustrative for year in years)
    if made:
        who = "all" if made == n else f"{made} of {n}"
        notes.append(
            f"Illustrative recorded years ({who}): the dates, hours, levels and evidence in them are ours."
        )
    if any(year.most_valuable for year in years):
        notes.append("Points of credit are the opinion of the person; who verified the work is shown beside.")
    if any(year.move for year in years):
        notes.append("Who never made a move rarely records one: a comparison of outcomes favours success.")
    return tuple(notes)
