"""Routes: how much of a role transfers, which roles are near, and what a move inside or outside takes.

Source: method-market 4, method-practice 7, method note (Transitions, settled points 9 to 11).
Coverage says how much of one role a person has; it never ranks roles, because it prefers
roles that ask for little. Roles are suggested by the cosine of TF-IDF vectors.
"""

import math
from collections.abc import Mapping, Sequence

import numpy as np

from milepost.model.gaps import GapReport
from milepost.model.levels import FloatArray, Levels
from milepost.model.roles import DemandPack, Role, Route
from milepost.model.routes import CoveredSkill, Fact, Relatedness, Scenario, Strength, Transfer
from milepost.model.settings import Settings
from milepost.model.skills import HIGHEST_LEVEL, SkillTree

Vector = Mapping[str, float]

PUBLISHED = (
    Fact("Hires from outside were paid about 18 % more than people who moved inside, were rated lower for two years, and left more often: 61 % more against their will, 21 % more of their own", "Bidwell, Paying More to Get Less, Administrative Science Quarterly 56", 2011),
    Fact("Those from outside who stayed were promoted faster", "Bidwell, Administrative Science Quarterly 56", 2011),
    Fact("People who were promoted and transferred at the same time did worse than others who moved inside: one step at a time", "Bidwell, Administrative Science Quarterly 56", 2011),
    Fact("What others accept raises pay, the amount contributed does not (four years of the Apache project)", "Hann, Roberts and Slaughter, Information Systems Research 24", 2013),
)  # fmt: skip
"""What is known about moves; none of it is a chance of success for one person."""


def demand_of(role: Role) -> dict[str, float]:
    """D = share × strength of every skill in the role's pack, or in the person's own ads where there are any."""
    pack = role.own if role.own is not None and role.own.ads else role.pack
    if pack is None or not pack.companies:
        return {target.skill: 1.0 for target in role.targets}
    return {
        skill: found.weighted_ads / pack.companies * found.strength
        for skill, found in sorted(pack.skills.items())
    }


def known_levels(levels: Levels) -> dict[str, float]:
    """The estimate of every skill that anything speaks of; the others count as 0.

    Why: a skill without evidence sits at the expected level, and an expectation is no strength;
    nor is a skill of which the person says that they have none and nothing shows otherwise.
    """
    return {
        skill: level.mean
        for skill, level in levels.skills.items()
        if level.evidence and not (level.claimed == 0 and len(level.evidence) == 1)
    }


def targets_of(role: Role, *, settings: Settings) -> dict[str, float]:
    """The level that counts as full credit: the role's own target, else a working level."""
    stated = {target.skill: target.level for target in role.targets}
    return {skill: stated.get(skill, settings.foundation_target) for skill in demand_of(role)}


def credit_of(
    skill: str, target: float, held: Mapping[str, float], related: Relatedness
) -> tuple[float, str]:
    """t = max(level/target, max over s' of θ(s', s)·level'/target), each at most 1, and whose credit it is."""
    best, through = min(1.0, held.get(skill, 0.0) / target), skill
    for other, theta in sorted(related.get(skill, {}).items()):
        lent = theta * min(1.0, held.get(other, 0.0) / target)
        if lent > best + 1e-12:
            best, through = lent, other
    return best, through


def transfer_share(
    held: Mapping[str, float], role: Role, related: Relatedness, *, settings: Settings
) -> float:
    """T = Σ D·t / Σ D over the skills that the role's advertisements name; 1 for the role's own targets."""
    demand = demand_of(role)
    targets = targets_of(role, settings=settings)
    whole = sum(demand.values())
    if not whole:
        return 0.0
    return sum(d * credit_of(skill, targets[skill], held, related)[0] for skill, d in demand.items()) / whole


def measure_transfer(
    levels: Levels,
    role: Role,
    tree: SkillTree,
    related: Relatedness,
    *,
    seed: int = 1,
    settings: Settings | None = None,
) -> Transfer:
    """The transfer share of a person to a role, its interval, the strengths and every row.

    Strength of skill i: T with it less T without it. The 90 % interval comes from seeded joint
    draws of the levels and, for each skill, of its share of advertisements (binomial on the
    number of companies): packs hold counts, so this stands for a bootstrap over the ads.
    """
    settings = settings or Settings()
    held = known_levels(levels)
    demand, targets = demand_of(role), targets_of(role, settings=settings)
    whole = sum(demand.values()) or 1.0
    share = transfer_share(held, role, related, settings=settings)
    rows = []
    for skill, d in sorted(demand.items(), key=lambda each: (-each[1], each[0])):
        credit, through = credit_of(skill, targets[skill], held, related)
        rows.append(CoveredSkill(skill, _name(skill, tree), d / whole, credit, through))
    draws = _draw_shares(levels, role, related, seed=seed, settings=settings)
    low, high = (float(np.quantile(draws, q)) for q in (0.05, 0.95))
    return Transfer(
        role.id,
        share,
        min(low, share),
        max(high, share),
        _strengths(held, role, tree, related, settings=settings),
        tuple(rows),
        settings.transfer_draws,
        seed,
    )


def _name(skill: str, tree: SkillTree) -> str:
    return tree.skills[skill].name if skill in tree.skills else skill


def _strengths(
    held: Mapping[str, float], role: Role, tree: SkillTree, related: Relatedness, *, settings: Settings
) -> tuple[Strength, ...]:
    """What each skill adds, its loans to related skills included; those that add half a percent or more."""
    share = transfer_share(held, role, related, settings=settings)
    demand, targets = demand_of(role), targets_of(role, settings=settings)
    found = []
    for skill in sorted(held):
        without = {other: level for other, level in held.items() if other != skill}
        lost = share - transfer_share(without, role, related, settings=settings)
        if lost >= 0.005:
            lent = tuple(
                _name(s, tree)
                for s in sorted(demand)
                if s != skill and credit_of(s, targets[s], held, related)[1] == skill
            )
            found.append(Strength(skill, _name(skill, tree), lost, lent))
    return tuple(sorted(found, key=lambda each: (-each.share, each.skill)))


def _draw_shares(
    levels: Levels, role: Role, related: Relatedness, *, seed: int, settings: Settings
) -> FloatArray:
    """Transfer shares under drawn levels and drawn demand, shape (draws,)."""
    demand, targets = demand_of(role), targets_of(role, settings=settings)
    skills = sorted(demand)
    held = known_levels(levels)
    lenders = sorted(
        {o for s in skills for o in related.get(s, {}) if o in held} | {s for s in skills if s in held}
    )
    rng = np.random.default_rng(seed)
    place = [levels.order.index(skill) for skill in lenders]
    n = settings.transfer_draws
    if place:
        drawn = rng.multivariate_normal(
            levels.mean[place], levels.covariance[np.ix_(place, place)], n, method="eigh"
        )
    else:
        drawn = np.zeros((n, 0))
    drawn = np.clip(drawn, 0.0, HIGHEST_LEVEL)
    column = {skill: index for index, skill in enumerate(lenders)}
    held_credit = np.zeros((n, len(skills)))
    for index, skill in enumerate(skills):
        for other, theta in ((skill, 1.0), *sorted(related.get(skill, {}).items())):
            if other in column:
                lent = theta * np.minimum(1.0, drawn[:, column[other]] / targets[skill])
                held_credit[:, index] = np.maximum(held_credit[:, index], lent)
    weights = _draw_demand(role, skills, rng, n)
    total = weights.sum(axis=1)
    shares: FloatArray = (weights * held_credit).sum(axis=1) / np.where(total > 0, total, 1.0)
    return shares


def _draw_demand(role: Role, skills: Sequence[str], rng: np.random.Generator, n: int) -> FloatArray:
    pack: DemandPack | None = role.own if role.own is not None and role.own.ads else role.pack
    if pack is None or not pack.companies:
        return np.ones((n, len(skills)))
    chance = np.array([min(1.0, pack.skills[s].weighted_ads / pack.companies) for s in skills])
    strength = np.array([pack.skills[s].strength for s in skills])
    drawn: FloatArray = rng.binomial(pack.companies, chance, (n, len(skills))) / pack.companies * strength
    return drawn


def weigh_terms(vectors: Mapping[str, Vector]) -> dict[str, dict[str, float]]:
    """TF-IDF of named vectors: value × (1 + ln(n/df)), df the vectors in which a term has any weight.

    Why the 1: what all roles of a field ask for, such as Kubernetes, tells them apart by how much they
    ask for it. Without it, rare skills that a person barely has would decide alone.
    """
    n = len(vectors)
    df: dict[str, int] = {}
    for vector in vectors.values():
        for term, value in vector.items():
            if value > 0:
                df[term] = df.get(term, 0) + 1
    return {
        name: {term: value * _rarity(n, df[term]) for term, value in vector.items() if value > 0}
        for name, vector in vectors.items()
    }


def _rarity(vectors: int, with_term: int) -> float:
    return 1.0 + math.log(vectors / with_term)


def cosine(first: Vector, second: Vector) -> float:
    """Cosine of the angle between two sparse vectors; 0 where one is empty."""
    dot = sum(value * second[term] for term, value in first.items() if term in second)
    size = math.sqrt(sum(v * v for v in first.values()) * sum(v * v for v in second.values()))
    return dot / size if size else 0.0


def nearest_roles(levels: Levels, roles: Mapping[str, Role]) -> tuple[tuple[str, float], ...]:
    """Every role with its TF-IDF cosine to what the person can do, the nearest first.

    A role's terms are the shares of its pack, the person's are levels over 5; idf comes from
    the roles' packs, so that what every role asks for tells roles apart least.
    """
    packs = {
        id_: {skill: found.weighted_ads / role.pack.companies for skill, found in role.pack.skills.items()}
        for id_, role in roles.items()
        if role.pack is not None and role.pack.companies
    }
    named = {id_: {s: v for s, v in vector.items() if v >= 0.03} for id_, vector in packs.items()}
    weighted = weigh_terms(named)
    df = {s: sum(s in vector for vector in named.values()) for v in named.values() for s in v}
    person = {
        skill: level / HIGHEST_LEVEL * _rarity(len(named), df[skill])
        for skill, level in known_levels(levels).items()
        if df.get(skill)
    }
    found = [(id_, cosine(person, vector)) for id_, vector in weighted.items()]
    return tuple(sorted(found, key=lambda each: (-each[1], each[0])))


def hours_to_close(report: GapReport) -> tuple[float, float, float]:
    """Hours to close every open gap of a role: half, as the curve says, and double (method note, Hours)."""
    still = [gap for gap in report.gaps if gap.severity]
    return (
        sum(gap.hours_low for gap in still),
        sum(gap.hours for gap in still),
        sum(gap.hours_high for gap in still),
    )


def play_scenario(
    focus_hours: float,
    hours_per_week: float,
    route: Route,
    *,
    sponsor: bool = False,
    seed: int = 1,
    settings: Settings | None = None,
) -> Scenario:
    """Weeks until a move: learning the focus at the plan's load, then the search or the way inside.

    Outside: a log-normal search of ``search_weeks``. Inside: ``inside_weeks`` after a sponsor exists,
    and without one ``sponsor_weeks`` before. All of it is assumption, and can be changed in the settings.
    """
    settings = settings or Settings()
    rng = np.random.default_rng(seed)
    n = settings.transfer_draws
    learning = focus_hours / (hours_per_week * settings.plan_load) if hours_per_week else 0.0
    spread = math.log(settings.hours_uncertainty) / settings.interval_z
    weeks = learning * np.exp(rng.normal(0.0, spread, n))
    if route is Route.OUTSIDE:
        median, words = (
            settings.search_weeks,
            f"a search of {settings.search_weeks:g} weeks in the middle, widely spread",
        )
    else:
        median = settings.inside_weeks + (0.0 if sponsor else settings.sponsor_weeks)
        words = f"{settings.inside_weeks:g} weeks inside once a sponsor exists" + (
            "" if sponsor else f", and {settings.sponsor_weeks:g} weeks to win one"
        )
    weeks = weeks + median * np.exp(rng.normal(0.0, settings.search_spread, n))
    p50, p80 = (float(np.quantile(weeks, q)) for q in (0.5, 0.8))
    assumptions = (
        f"the focus takes {focus_hours:.0f} h at {settings.plan_load:.0%} of {hours_per_week:g} h a week",
        words,
        "nothing here is a chance of success",
    )
    return Scenario(p50, p80, assumptions)
