"""The six lessons of the case study held against the records: who shows them, by which rule, n said."""

from collections.abc import Callable, Sequence
from statistics import median

import numpy as np

from milepost.compare.lenses import PUBLIC, RULES, STRENGTHS
from milepost.model.comparison import FEW, Finding, Lens, LivedYear
from milepost.model.roles import Route

CLEAR_RISE = 0.02
"""A T index that moved less than this did not move (assumption)."""
OFF_PLAN_MOST = 0.20
"""Share of the hours off the plan above which the method warns (method-practice 8.4)."""

Verdict = tuple[bool | None, str]
"""Whether a person shows a lesson (None: their record does not say), and the line of evidence."""


def find_lessons(years: Sequence[LivedYear]) -> tuple[Finding, ...]:
    """One finding a lesson. Nothing is asserted: the sentence is what the rule counted."""
    return (
        _broad_and_deep(years),
        _in_public(years),
        _strengths(years),
        _agility(years),
        _hype(years),
        _inside(years),
    )


def _finding(
    years: Sequence[LivedYear],
    lesson: tuple[int, str],
    judge: Callable[[LivedYear], Verdict],
    *,
    rule: str,
    claim: str,
    silent: str,
    more: str = "",
) -> Finding:
    verdicts = [(year.person, *judge(year)) for year in years]
    judged = [shows for _, shows, _ in verdicts if shows is not None]
    holds, of, n = sum(judged), len(judged), len(years)
    if not of:
        sentence = f"No record says anything about it: {silent}."
    else:
        sentence = f"{holds} of {of} {claim}."
        if of < n:
            sentence += f" {n - of} of {n} cannot be judged: {silent}."
        if more:
            sentence += f" {more}"
    sentence += f" n = {n}; {_scope(n)}."
    evidence = tuple(f"{person}: {line}" for person, _, line in verdicts)
    return Finding(lesson[0], lesson[1], sentence, rule, holds, of, n, evidence)


def _scope(n: int) -> str:
    return "nothing follows for others" if n < FEW else "it describes them and explains nothing"


def _broad_and_deep(years: Sequence[LivedYear]) -> Finding:
    def judge(year: LivedYear) -> Verdict:
        rise = year.after.index - year.before.index
        deeper = year.after.depth > year.before.depth + CLEAR_RISE
        line = (
            f"T index {year.before.index:.2f} → {year.after.index:.2f}, depth {year.before.depth:.2f} → "
            f"{year.after.depth:.2f} in {year.specialisations}"
        )
        return rise > CLEAR_RISE and deeper and 1 <= year.specialisations <= 2, line

    return _finding(
        years,
        (1, "T-shape"),
        judge,
        rule=f"T index and depth rose by more than {CLEAR_RISE:g} with one or two specialisations",
        claim="deepened one or two specialisations and raised their T index",
        silent="nobody is here",
    )


def _in_public(years: Sequence[LivedYear]) -> Finding:
    def judge(year: LivedYear) -> Verdict:
        lens = lens_of(year, PUBLIC)
        if lens is None:
            return None, "gave no points"
        top = next((row for row in year.most_valuable if row.public and row.signal >= 1.0), None)
        named = f"; most: {top.title} ({top.points:g}, {words_of(top.verified, len(top.by))})" if top else ""
        return lens.lift > 0, f"{shares(lens)}{named}"

    firsts = [y for y in years if y.most_valuable and y.most_valuable[0].public]
    credited = [y for y in years if y.most_valuable]
    more = f"A public piece has the most points for {len(firsts)} of {len(credited)}." if credited else ""
    return _finding(
        years,
        (2, "Build in public"),
        judge,
        rule=f"a larger share of the credit than of the hours on {RULES[PUBLIC]}",
        claim="got more credit than hours would give from public work that others verified",
        silent="no points were given",
        more=more,
    )


def _strengths(years: Sequence[LivedYear]) -> Finding:
    def judge(year: LivedYear) -> Verdict:
        lens = lens_of(year, STRENGTHS)
        start = f"{year.transfer_share:.0%} of the role covered at the start"
        if lens is None:
            return None, f"{start}; gave no points"
        if not lens.credit_share and not lens.hours_share:
            return None, f"{start}; no work in an area of starting strength"
        return lens.lift > 0, f"{start}; {shares(lens)}"

    return _finding(
        years,
        (3, "Leverage strengths"),
        judge,
        rule=f"a larger share of the credit than of the hours on {RULES[STRENGTHS]}",
        claim="got more credit than hours would give from work in areas of starting strength",
        silent="no points were given, or no work lies in an area of starting strength",
        more=_pairs(
            years,
            lambda year: year.transfer_share,
            "who covered more of the role at the start moved sooner",
        ),
    )


def _agility(years: Sequence[LivedYear]) -> Finding:
    def judge(year: LivedYear) -> Verdict:
        early, late = year.agility.early, year.agility.late
        per_level = year.agility.hours_per_level
        cost = f"; {per_level:.0f} h for each level gained" if per_level else ""
        if len(early) < 2 or len(late) < 2:
            return None, f"{len(early)} and {len(late)} skills met and shown in the halves{cost}"
        line = (
            f"median {median(early):.0f} days ({len(early)} skills met in the first half), "
            f"{median(late):.0f} days ({len(late)} in the second){cost}"
        )
        return median(late) < median(early), line

    return _finding(
        years,
        (4, "Learning agility"),
        judge,
        rule=(
            "median days from first contact with a skill to its first artefact are fewer for skills met in the "
            "second half; two skills a half at least"
        ),
        claim="came from first contact to a working artefact faster in the second half of the year",
        silent="too few skills were met and shown in each half",
    )


def _hype(years: Sequence[LivedYear]) -> Finding:
    def judge(year: LivedYear) -> Verdict:
        hype = year.hype
        if hype.off_plan_share is None or not hype.things:
            return None, f"{hype.things} temptations logged, no hours"
        decided = ", ".join(f"{count} {decision}" for decision, count in hype.decisions.items())
        adopted = hype.decisions.get("adopt", 0)
        line = (
            f"{hype.things} temptations ({decided}; {hype.looked_again} of {hype.due} due looked at again), "
            f"{hype.off_plan_share:.0%} of the hours off the plan"
        )
        return hype.off_plan_share <= OFF_PLAN_MOST and adopted * 2 <= hype.things, line

    return _finding(
        years,
        (5, "Hype resistance"),
        judge,
        rule=f"at most {OFF_PLAN_MOST:.0%} of the hours off the plan, and at most half of the logged temptations adopted",
        claim="kept to their roadmap although they logged temptations",
        silent="no temptation or no hours were recorded",
        more=_pairs(
            years,
            lambda year: year.plan.on_plan_ratio,
            "who kept more of the hours on the plan moved sooner",
        ),
    )


def _inside(years: Sequence[LivedYear]) -> Finding:
    def judge(year: LivedYear) -> Verdict:
        move = year.move
        if move is None or not move.route:
            return None, "no move recorded"
        line = f"{move.route}, {month_words(move.months_functional)} to the work, {month_words(move.months_formal)} to the title"
        return move.route == Route.INSIDE, line

    times = {
        route: sorted(
            y.move.months_functional
            for y in years
            if y.move and y.move.route == route and y.move.months_functional is not None
        )
        for route in (Route.INSIDE, Route.OUTSIDE)
    }
    more = ""
    if all(times.values()):
        more = f"Months to the work inside: {_list(times[Route.INSIDE])}; outside: {_list(times[Route.OUTSIDE])}."
    return _finding(
        years,
        (6, "Internal transfers"),
        judge,
        rule="the route of the recorded outcome",
        claim="moved inside their company",
        silent="no move recorded",
        more=more,
    )


def _list(months: Sequence[float]) -> str:
    if len(months) >= FEW:
        return f"median {median(months):.1f} ({len(months)} people)"
    return ", ".join(f"{m:.1f}" for m in months)


def _pairs(years: Sequence[LivedYear], figure: Callable[[LivedYear], float | None], claim: str) -> str:
    """In how many pairs the larger figure goes with the earlier work; ties say nothing."""
    known = [
        (value, year.move.months_functional)
        for year in years
        if (value := figure(year)) is not None and year.move and year.move.months_functional is not None
    ]
    if not known:
        return ""
    values, months = (np.array(column) for column in zip(*known, strict=True))
    apart = np.round(np.subtract.outer(values, values), 9) * np.subtract.outer(months, months)
    # Why halved: each pair stands in the square twice.
    agree, told = int((apart < 0).sum()) // 2, int((apart != 0).sum()) // 2
    return f"In {agree} of {told} pairs, {claim}." if told else ""


def lens_of(year: LivedYear, lens: str) -> Lens | None:
    """One lens of a year; None where no points were given."""
    return next((each for each in year.lenses if each.id == lens), None)


def shares(lens: Lens) -> str:
    """The two shares in words."""
    return f"{lens.title}: {lens.credit_share:.0%} of the credit for {lens.hours_share:.0%} of the hours"


def month_words(months: float | None) -> str:
    """Months with one decimal, or that they are not known."""
    return "no date" if months is None else f"{months:.1f} months"


def words_of(verified: str, count: int) -> str:
    """A verification in words, with how many people gave it."""
    name = verified.replace("-", " ")
    return f"{name} ×{count}" if count > 1 else name
