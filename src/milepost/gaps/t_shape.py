"""The T as numbers: breadth, depth, the weakest area and the name of the shape."""

from collections.abc import Callable, Mapping, Sequence

import numpy as np

from milepost.gaps.targets import chosen_specialisations
from milepost.model.gaps import AreaLevel, TShape
from milepost.model.levels import Levels
from milepost.model.people import Person
from milepost.model.roles import Role, Seniority
from milepost.model.settings import Settings
from milepost.model.skills import AreaKind, SkillTree


def measure_t_shape(
    levels: Levels,
    role: Role,
    tree: SkillTree,
    *,
    person: Person,
    means: Mapping[str, float] | None = None,
    settings: Settings | None = None,
) -> TShape:
    """Breadth over the foundation areas, depth over the chosen specialisations, and the shape.

    Source: method-practice section 6. The level of an area is the mean over its core
    skills. ``means`` replaces the estimated levels, for the T that a plan leads to.
    """
    settings = settings or Settings()
    chosen = chosen_specialisations(person, role)
    foundation = [a.id for a in tree.areas.values() if a.kind is AreaKind.FOUNDATION]
    read = _reader(levels, means or {})
    areas = tuple(
        _area_level(area, role, tree, read=read, deep=area in chosen, settings=settings)
        for area in (*sorted(foundation), *chosen)
    )
    covered = {a.area: min(1.0, a.level / a.target) for a in areas}
    wide = [covered[a.area] for a in areas if not a.specialisation]
    deep = [covered[a.area] for a in areas if a.specialisation]
    breadth = float(np.mean(wide)) if wide else 0.0
    depth = float(np.mean(deep)) if deep else 0.0
    index = 2 * breadth * depth / (breadth + depth) if breadth + depth else 0.0
    weakest = min((a for a in areas if not a.specialisation), key=lambda a: (covered[a.area], a.area))
    strong = sum(a.level >= settings.deep_level for a in areas)
    return TShape(breadth, depth, index, weakest.area, shape_name(breadth, strong, settings=settings), areas)


def shape_name(breadth: float, deep_areas: int, *, settings: Settings) -> str:
    """T, pi, comb, dash, I or dot (method-practice section 6)."""
    if deep_areas >= 3:
        return "comb"
    if breadth >= settings.breadth_of_t:
        return ("dash", "T", "pi")[deep_areas]
    return "I" if deep_areas else "dot"


def _area_level(
    area: str,
    role: Role,
    tree: SkillTree,
    *,
    read: Callable[[Sequence[str]], tuple[float, float]],
    deep: bool,
    settings: Settings,
) -> AreaLevel:
    core = [s.id for s in tree.in_area(area) if s.core] or [s.id for s in tree.in_area(area)]
    level, sd = read(core)
    half = settings.interval_z * sd
    target = settings.specialisation_target if deep else role.breadth.get(area, _breadth(role, settings))
    low, high = max(0.0, level - half), min(5.0, level + half)
    return AreaLevel(area, tree.areas[area].name, level, low, high, target, deep)


def _reader(levels: Levels, means: Mapping[str, float]) -> Callable[[Sequence[str]], tuple[float, float]]:
    """Mean and standard deviation of the average level of some skills."""
    place = {skill: index for index, skill in enumerate(levels.order)}

    def read(skills: Sequence[str]) -> tuple[float, float]:
        index = [place[skill] for skill in skills]
        found = [means[skill] if skill in means else levels.skills[skill].mean for skill in skills]
        return sum(found) / len(found), float(np.sqrt(levels.covariance[index][:, index].mean()))

    return read


def _breadth(role: Role, settings: Settings) -> float:
    junior = role.seniority is Seniority.JUNIOR
    return settings.junior_foundation_target if junior else settings.foundation_target
