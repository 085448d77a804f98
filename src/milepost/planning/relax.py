"""Why no plan fits, and the smallest change found that would make one fit."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from milepost.model.activities import round_of
from milepost.model.plans import Infeasible, LeftOut, Relaxation
from milepost.planning import solver
from milepost.planning.brief import Brief, make_problem
from milepost.planning.greedy import solve_greedily
from milepost.planning.problem import TENTHS, Problem
from milepost.planning.settle import keeps_rules, solve_problem

QUICK = solver.Effort(select=0.3, arrange=0.1, place=0.2)
MOST_HOURS = 40.0
HOURS_STEP = 0.5
NEXT_QUARTERS = 2
"""Added quarters that are tried one by one: more time is not always better, each quarter wants its artefact."""


Loosening = tuple[str, Relaxation, Problem]
"""A rule that could be dropped on its own: what does not fit, what would help, and the problem without it."""


def explain_infeasible(
    brief: Brief,
    problem: Problem,
    *,
    remake: Callable[[Brief], Problem] = make_problem,
    more: Sequence[tuple[str, Relaxation]] = (),
) -> Infeasible:
    """The rules that cannot be kept together, and the least hours or weeks that would do.

    ``remake`` gives the problem of a changed brief; ``more`` are further rules without which
    a plan is known to fit.
    """
    impossible = impossible_pins(brief, problem)
    if impossible:
        return _without_pins(brief, problem, impossible)
    capacity = sum(bucket.tenths for bucket in problem.buckets) / TENTHS
    rules = _loosenings(brief, problem, remake) if capacity > 0 else []
    said = [(text, hint) for text, hint, loosened in rules if can_fit(loosened)]
    said += more
    because, relax = [text for text, _ in said], [hint for _, hint in said]
    if capacity <= 0:
        because.insert(0, "There are no hours in the plan: every week is away or in review.")
    hours = _least(brief, "hours", remake)
    if hours is not None:
        relax.insert(
            0,
            Relaxation(
                "capacity.hours_per_week",
                f"{hours:g}",
                f"{hours:g} h a week instead of {brief.hours_per_week:g} would fit.",
            ),
        )
    weeks = _least(brief, "weeks", remake)
    if weeks is not None:
        relax.append(
            Relaxation(
                "weeks",
                f"{weeks:g}",
                f"{weeks:g} weeks instead of {brief.weeks} would fit at the same hours.",
            )
        )
    if not because:
        because.append(f"{capacity:.0f} plan hours do not hold what the route and the quarters ask for.")
    return Infeasible(
        brief.person.name, brief.role.id, brief.start, brief.weeks, capacity,
        tuple(because), tuple(relax), _left_out(brief, problem),
    )  # fmt: skip


def impossible_pins(brief: Brief, problem: Problem) -> tuple[str, ...]:
    """What the person pinned or moved and nobody could plan: excluded too, or only possible inside a job."""
    chosen = brief.person.activities
    known = {candidate.activity for candidate in problem.candidates}
    wanted = (*chosen.pin, *(move.activity for move in chosen.move))
    return tuple(
        dict.fromkeys(
            id_
            for id_ in wanted
            if id_ not in known and id_ not in problem.by_id and round_of(id_)[0] not in chosen.done
        )
    )


def _without_pins(brief: Brief, problem: Problem, pins: tuple[str, ...]) -> Infeasible:
    chosen = brief.person.activities
    because = []
    for pin in pins:
        out = round_of(pin)[0] in chosen.exclude
        why = "you excluded it too" if out else "it needs a present employer"
        did = "pinned" if pin in chosen.pin else "moved"
        because.append(f"You {did} {pin}, but {why}.")
    moved = [move.activity for move in chosen.move]
    fields = {"activities.pin": chosen.pin, "activities.move": moved}
    relax = [
        Relaxation(field, "", f"Take {', '.join(here)} out of {field}.")
        for field, names in fields.items()
        if (here := [pin for pin in pins if pin in names])
    ]
    capacity = sum(bucket.tenths for bucket in problem.buckets) / TENTHS
    return Infeasible(
        brief.person.name, brief.role.id, brief.start, brief.weeks, capacity, tuple(because), tuple(relax)
    )


def _left_out(brief: Brief, problem: Problem) -> tuple[LeftOut, ...]:
    """What the route and the quarters ask for and the hours do not hold."""
    draft = solve_greedily(problem)
    rows = []
    for need in problem.needs:
        met = sum(
            need.id in problem.by_id[i].meets for i, q in draft.quarter_of.items() if q in need.quarters
        )
        if met < need.count:
            meeting = [c for c in problem.candidates if need.id in c.meets and c.id not in draft.quarter_of]
            wanted = min(meeting, key=lambda c: (c.tenths, c.id), default=None)
            if wanted is not None:
                title = brief.catalogue.activities[wanted.activity].title
                taker = max(draft.quarter_of, key=lambda i: (problem.by_id[i].tenths, i), default="")
                rows.append(
                    LeftOut(wanted.id, title, f"needed for “{need.title}”, but the hours are taken", taker)
                )
    return tuple(rows)


def _loosenings(brief: Brief, problem: Problem, remake: Callable[[Brief], Problem]) -> list[Loosening]:
    """Every rule that could be dropped on its own, with what that would mean."""
    rows = [
        (
            "A public artefact in every quarter does not fit.",
            Relaxation(
                "public artefacts", "0 a quarter", "Without a public artefact in every quarter a plan fits."
            ),
            replace(problem, public_per_quarter=0),
        ),
        (
            "A milestone in every quarter does not fit.",
            Relaxation("milestones", "0 a quarter", "Without a milestone in every quarter a plan fits."),
            replace(problem, milestones_per_quarter=0),
        ),
    ]
    for need in problem.needs:
        others = tuple(n for n in problem.needs if n.id != need.id)
        rows.append(
            (
                f"The route's need does not fit: {need.title}.",
                Relaxation(f"route need {need.id}", "0", f"Without “{need.title}” a plan fits."),
                replace(problem, needs=others),
            )
        )
    chosen = brief.person.activities
    moved = tuple(move.activity for move in chosen.move)
    if chosen.pin:
        rows.append(_without_choices(brief, remake, "pin", chosen.pin))
    if moved:
        rows.append(_without_choices(brief, remake, "move", moved))
    return rows


def _without_choices(
    brief: Brief, remake: Callable[[Brief], Problem], key: str, ids: Sequence[str]
) -> Loosening:
    """The problem of somebody who pinned or moved nothing."""
    did, what = {"pin": ("pinned", "pins"), "move": ("moved", "moves")}[key]
    choices = brief.person.activities
    choices = replace(choices, pin=()) if key == "pin" else replace(choices, move=())
    names = ", ".join(ids)
    return (
        f"What you {did} does not fit: {names}.",
        Relaxation(f"activities.{key}", "", f"Without the {what} a plan fits: {names}."),
        remake(replace(brief, person=replace(brief.person, activities=choices))),
    )


def can_fit(problem: Problem) -> bool:
    """True when the greedy plan keeps the rules or the solver finds a selection that does."""
    if not problem.buckets or all(bucket.weeks == 0 for bucket in problem.buckets):
        return False
    draft = solve_greedily(problem)
    return keeps_rules(problem, draft.quarter_of) or solve_problem(problem, draft, effort=QUICK) is not None


def _least(brief: Brief, what: str, remake: Callable[[Brief], Problem]) -> float | None:
    """The fewest hours a week (in halves) or weeks (in quarters) with a plan that fits; None if none does."""
    change: Callable[[float], Brief]
    if what == "hours":
        values = [n * HOURS_STEP for n in range(1, int(MOST_HOURS / HOURS_STEP) + 1)]
        values = [v for v in values if v > brief.hours_per_week]
        change = lambda v: replace(brief, hours_per_week=v)  # noqa: E731
    else:
        step = brief.settings.quarter_weeks
        values = [float(n) for n in range(brief.weeks + step, brief.settings.longest_weeks + 1, step)]
        change = lambda v: replace(brief, weeks=int(v))  # noqa: E731
        for value in values[:NEXT_QUARTERS]:
            if can_fit(remake(change(value))):
                return value
        values = values[NEXT_QUARTERS:]
    low, high = 0, len(values) - 1
    if not values or not can_fit(remake(change(values[high]))):
        return None
    while low < high:
        middle = (low + high) // 2
        if can_fit(remake(change(values[middle]))):
            high = middle
        else:
            low = middle + 1
    return values[low]
