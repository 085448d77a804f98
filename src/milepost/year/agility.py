"""Learning agility: how many hours a level takes, how soon something works, what lasts.

Source: method-practice 4.4 (refitted τ) and 8.4 (lesson 4 of the case study).
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from milepost.model.activities import Catalogue
from milepost.model.settings import Settings
from milepost.model.skills import Durability
from milepost.model.year import Year
from milepost.year.practice import effective_hours

LASTING = frozenset({Durability.CONCEPT, Durability.LANGUAGE})
PRIOR_CHANGES = 2.0
"""Pseudo-observations of the stated τ (method note, Hours)."""


@dataclass(frozen=True, slots=True)
class LevelChange:
    """An evidenced change of one skill: from, to, and the effective hours between the two days."""

    skill: str
    area: str
    before: float
    after: float
    hours: float


@dataclass(frozen=True, slots=True)
class Agility:
    """Hours per evidenced level, days from first contact to first artefact, τ by area, share of lasting hours.

    ``by_quarter`` is hours per level of each quarter of the plan so far. None where nothing was
    recorded that could say it.
    """

    hours_per_level: float | None
    days_to_artefact: Mapping[str, int]
    tau: Mapping[str, float]
    durable_share: float | None
    by_quarter: Mapping[int, float | None] = field(default_factory=dict)


def measure_agility(
    year: Year,
    changes: Sequence[LevelChange],
    catalogue: Catalogue,
    *,
    quarters: Mapping[int, Sequence[LevelChange]] | None = None,
    settings: Settings | None = None,
) -> Agility:
    """Agility from a recorded year and its evidenced level changes, all of them and by quarter."""
    settings = settings or Settings()
    return Agility(
        hours_per_level(changes),
        days_to_artefact(year),
        refit_tau(changes, settings=settings),
        durable_share(year, catalogue),
        {number: hours_per_level(each) for number, each in sorted((quarters or {}).items())},
    )


def hours_per_level(changes: Sequence[LevelChange]) -> float | None:
    """Σ effective hours / Σ levels gained by evidence; None where nothing was gained or no hours are known."""
    gained = sum(each.after - each.before for each in changes)
    hours = sum(each.hours for each in changes)
    return hours / gained if gained > 0 and hours > 0 else None


def refit_tau(changes: Sequence[LevelChange], *, settings: Settings) -> dict[str, float]:
    """τ by area: (2·τ₀·ln-unit + Σ hours)/(2 ln-units + Σ ln((5 − a)/(5 − b))), τ₀ = 250.

    A unit is the step from level 2 to 3, the middle of the scale.
    """
    unit = math.log((5 - 2) / (5 - 3))
    found: dict[str, float] = {}
    for area in sorted({each.area for each in changes}):
        own = [each for each in changes if each.area == area and each.after > each.before]
        logs = sum(
            math.log((5 - each.before) / (5 - min(each.after, settings.highest_learnable))) for each in own
        )
        hours = sum(each.hours for each in own)
        found[area] = (PRIOR_CHANGES * unit * settings.tau_broad + hours) / (PRIOR_CHANGES * unit + logs)
    return found


def days_to_artefact(year: Year) -> dict[str, int]:
    """Days from the first session on a skill to the first artefact that uses it."""
    first: dict[str, dt.date] = {}
    for session in year.sessions:
        if session.skill:
            first[session.skill] = min(session.date, first.get(session.skill, session.date))
    made: dict[str, dt.date] = {}
    for artefact in year.artefacts:
        for skill in artefact.skills:
            made[skill] = min(artefact.date, made.get(skill, artefact.date))
    return {s: (made[s] - first[s]).days for s in sorted(first) if s in made and made[s] >= first[s]}


def durable_share(year: Year, catalogue: Catalogue) -> float | None:
    """Share of session hours on concepts and languages rather than platforms and frameworks."""
    skills = catalogue.tree.skills
    hours = {True: 0.0, False: 0.0}
    for session in year.sessions:
        if session.skill in skills:
            hours[skills[session.skill].durability in LASTING] += session.minutes / 60
    total = hours[True] + hours[False]
    return hours[True] / total if total else None


def hours_on(year: Year, skill: str, *, first: dt.date, last: dt.date) -> float:
    """Effective hours of the sessions on a skill between two days."""
    return effective_hours([s for s in year.sessions if s.skill == skill and first <= s.date <= last])
