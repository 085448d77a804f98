"""Where a comparison of years means little, or nothing at all."""

from collections.abc import Sequence

from milepost.model.comparison import LivedYear


def doubts_about(years: Sequence[LivedYear], *, given_twice: Sequence[str] = ()) -> tuple[str, ...]:
    """Every reason not to read the table across, the gravest first."""
    doubts: list[str] = []
    if not years:
        return ("There is nobody to compare.",)
    if len(years) == 1:
        doubts.append("One person: there is nothing to compare; the figures describe this year alone.")
    doubts += [f"{name} was given twice and is counted once." for name in given_twice]
    moved = [year for year in years if year.move is not None]
    if not moved:
        doubts.append(
            "Nobody has recorded an outcome: nothing can be said about what led to one. "
            "Times, credit and key learning are empty."
        )
    elif len(moved) < len(years):
        without = ", ".join(_some([year.person for year in years if year.move is None]))
        doubts.append(f"No outcome yet: {without}. They may still move; times compare only those who have.")
    doubts += _differences(years)
    return tuple(doubts)


def _differences(years: Sequence[LivedYear]) -> list[str]:
    doubts = []
    roles = sorted({year.role_name for year in years})
    if len(roles) > 1:
        doubts.append(
            f"The roles differ ({', '.join(_some(roles))}): coverage, gaps and T are each measured against the "
            "person's own role and cannot be ranked across."
        )
    kinds = sorted({year.move.kind for year in years if year.move})
    if len(kinds) > 1:
        doubts.append(
            f"The outcomes differ ({', '.join(_some(kinds))}): their times are not times to the same thing."
        )
    bases = {year.plan.basis for year in years}
    if len(bases) > 1:
        doubts.append(
            "Some years have an accepted plan and others only a record: their on-plan ratios differ."
        )
    names = [year.person for year in years]
    same = sorted({name for name in names if names.count(name) > 1})
    doubts += [f"Two different years belong to the name {name}." for name in same]
    return doubts


def _some(names: Sequence[str], most: int = 5) -> list[str]:
    return [*names[:most], f"{len(names) - most} more"] if len(names) > most else list(names)
