"""The table of the comparative analysis: a row a dimension, a cell a person, and what each rests on."""

from collections.abc import Callable, Sequence

from milepost.compare.findings import words_of
from milepost.compare.hours import RECORD
from milepost.model.comparison import ComparisonRow, Credited, LivedYear

ADVANTAGE_AREAS = 2
NAMED_SKILLS = 2
NOT_RECORDED = "not recorded"

MEASURED = "computed from levels and demand as of the start"
RECORDED = "recorded"


def draw_up_rows(years: Sequence[LivedYear]) -> tuple[ComparisonRow, ...]:
    """Every dimension for everybody; each cell is text made from the computed figures."""
    rows: list[tuple[str, Callable[[LivedYear], str], str]] = [
        ("Role and route", lambda y: f"{y.role_name}, {y.route or 'no route'}", RECORDED),
        ("Starting advantage", starting_advantage, f"{MEASURED}: leverage of skills at 85 % of target or more"),
        ("Role covered at the start", lambda y: f"{y.transfer_share:.0%}", _bases(years)),
        ("Biggest gap", biggest_gap, f"{MEASURED}: severity × impact; area: the sum of its priorities"),
        ("Most valuable activity", most_valuable, "points are the person's opinion; verification is the second witness"),
        ("Months to the work", lambda y: _months(y.move.months_functional if y.move else None), "functional start − start of the year"),
        ("Months to the title", formal_months, "formal date − start of the year"),
        ("Key learning", key_learning, "the largest share of credit less share of hours"),
        ("In their own words", lambda y: y.learned or NOT_RECORDED, "recorded, opinion"),
        ("T index", t_index, "method-practice section 6: breadth and depth in brackets"),
        ("Shape", lambda y: f"{y.before.shape} → {y.after.shape}", "method-practice section 6"),
        ("Hours", hours, "check-ins; finished and skipped activities"),
        ("Hours by area", areas, "hours of activities, split as their practice is"),
        ("Artefacts", artefacts, RECORDED),
        ("On the plan", on_plan, _plan_bases(years)),
        ("Earned hours", lambda y: f"{y.plan.earned_hours:.0f} of {y.plan.planned_hours:.0f}", "planned hours of work whose evidence was accepted"),
        ("Milestones", milestones, "accepted within the quarter"),
        ("Temptations", temptations, "watch list: last decision on each thing"),
    ]  # fmt: skip
    return tuple(ComparisonRow(name, tuple(cell(y) for y in years), basis) for name, cell, basis in rows)


def _bases(years: Sequence[LivedYear]) -> str:
    return "; ".join(sorted({year.transfer_basis for year in years})) or MEASURED


def _plan_bases(years: Sequence[LivedYear]) -> str:
    return "; ".join(sorted({year.plan.basis for year in years})) or RECORD


def starting_advantage(year: LivedYear) -> str:
    """The areas of strength that carry most of the role's demand, with their first skills."""
    if not year.strengths:
        return "none that the advertisements name"
    return "; ".join(
        f"{strength.name} {strength.leverage:.0%} ({', '.join(strength.skills[:NAMED_SKILLS])})"
        for strength in year.strengths[:ADVANTAGE_AREAS]
    )


def biggest_gap(year: LivedYear) -> str:
    """The gap of highest priority with its factors, and the area with the most priority."""
    gap = year.gap
    if gap is None:
        return "none: every target was reached"
    return (
        f"{gap.name} ({gap.severity} × {gap.impact} = {gap.priority}); "
        f"area: {gap.area_name} ({gap.area_priority})"
    )


def most_valuable(year: LivedYear) -> str:
    """What got most points, and who else stands behind it; the strongest witness where it is another piece."""
    if not year.most_valuable:
        return "no points given" + (f"; others verified most: {year.witness.title}" if year.witness else "")
    best = year.most_valuable[0]
    text = (
        f"{best.title} ({best.kind}): {best.points:g} of {year.credit_given:g} points, {witness_words(best)}"
    )
    if len(year.most_valuable) > 1:
        second = year.most_valuable[1]
        text += f"; then {second.title} ({second.kind}): {second.points:g}"
    if year.witness is not None and year.witness.name != best.name:
        text += f"; others verified most: {year.witness.title} ({witness_words(year.witness)})"
    return text


def witness_words(row: Credited) -> str:
    """Who stands behind a piece of work besides the person."""
    return words_of(row.verified, len(row.by)) if row.verified else "verified by nobody"


def _months(months: float | None) -> str:
    return NOT_RECORDED if months is None else f"{months:.1f}"


def formal_months(year: LivedYear) -> str:
    """Months to the title, with the quarter it fell into beside the quarter planned."""
    move = year.move
    if move is None or move.months_formal is None:
        return NOT_RECORDED
    planned = f", planned Q{move.planned_quarter}" if move.planned_quarter else ""
    return f"{move.months_formal:.1f} (Q{move.formal_quarter}{planned})"


def key_learning(year: LivedYear) -> str:
    """The kind of work that brought the most credit beyond its hours."""
    lens = year.key_lens
    if lens is None:
        return "no points given" if not year.lenses else "nothing paid more than its hours"
    return f"{lens.title}: {lens.credit_share:.0%} of the credit for {lens.hours_share:.0%} of the hours"


def t_index(year: LivedYear) -> str:
    """The T index with breadth and depth before and after."""
    before, after = year.before, year.after
    return (
        f"{before.index:.2f} ({before.breadth:.2f}, {before.depth:.2f}) → "
        f"{after.index:.2f} ({after.breadth:.2f}, {after.depth:.2f})"
    )


def hours(year: LivedYear) -> str:
    """Hours by both counts; they are made by different hands."""
    time = year.time
    return f"{time.logged:.0f} in {time.checkins} check-ins; {time.on_work:.0f} on activities"


def areas(year: LivedYear, most: int = 3) -> str:
    """The areas with most hours."""
    found = [f"{row.name} {row.hours:.0f}" for row in year.time.by_area[:most]]
    rest = sum(row.hours for row in year.time.by_area[most:])
    return ", ".join([*found, f"other {rest:.0f}"] if rest else found) or NOT_RECORDED


def artefacts(year: LivedYear) -> str:
    """Artefacts by who verified them, and how many are public."""
    if not year.artefacts:
        return "none"
    counts = ", ".join(f"{count} {name.replace('-', ' ')}" for name, count in year.artefacts.items())
    return f"{counts}; {year.public_artefacts} public"


def on_plan(year: LivedYear) -> str:
    """The on-plan ratio."""
    ratio = year.plan.on_plan_ratio
    return NOT_RECORDED if ratio is None else f"{ratio:.0%} of the hours"


def milestones(year: LivedYear) -> str:
    """Milestones accepted, in time or late."""
    plan = year.plan
    if not plan.milestones:
        return NOT_RECORDED
    late = [days for days in plan.days_late if days > 0]
    text = f"{plan.accepted} of {plan.milestones} accepted, {plan.in_time} in time"
    if late:
        text += f", late by {', '.join(str(days) for days in late)} days"
    return text + (f"; {plan.waived} waived" if plan.waived else "")


def temptations(year: LivedYear) -> str:
    """How many there were, what became of them, and the second looks."""
    hype = year.hype
    if not hype.things:
        return "none logged"
    decided = ", ".join(f"{count} {decision}" for decision, count in hype.decisions.items())
    return f"{hype.things}: {decided}; {hype.looked_again} looked at again of {hype.due} due"
