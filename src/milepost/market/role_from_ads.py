"""A role made from advertisements: which skills it asks for and to which level, proposed for a person to confirm.

The score and the level are linear in what the advertisements show and in what the shipped roles ask for. Their
weights were fitted on nine of the eighteen shipped roles, each hidden while it was made again from its own
advertisements; ``bench/roles.py`` reports the other nine.
"""

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from milepost.errors import UsageError
from milepost.gaps.impact import wilson_interval
from milepost.market.role_signs import RANKS, RoleSigns, SkillSigns
from milepost.market.sections import Asked
from milepost.model.roles import DemandPack, Role
from milepost.model.settings import Settings
from milepost.model.skills import HIGHEST_LEVEL, AreaKind, SkillTree
from milepost.routes import cosine, demand_of, weigh_terms

MOST_TARGETS = 27
"""What the shipped roles ask for at the median."""
LEAST_CONFIDENCE = 0.10
"""Below this a skill is not even proposed."""
SURE_ENOUGH = 0.50
"""From here on a target counts until the person says no."""
NEAREST = 3
MOST_SPECIALISATIONS = 2
LOWEST_TARGET = 1.0
ONE_RANK = 0.6
"""Share of the advertisements that should be of one rank."""

CHOICE = {"one": -1.77, "demand": 0.47, "lift": 2.20, "near": 1.72, "usual": 3.46}
"""Logit that a role asks for a skill: ln(D + .01), ln of D over that of the shipped roles, share of the nearest
roles that ask for it (by similarity), share of all roles that do. Basis: data, fitted on nine roles."""
LEVEL = {"one": 3.02, "seniority": 0.20, "lift": 0.25, "words": 0.40, "usual": 0.30}
"""Level from the seniority of the advertisements (0 junior to 3 lead, less 1.6), ln lift, the share of strong less
that of weak words, and the level that roles usually ask for (less 3.1). Basis: data, fitted on the same nine."""
MIDDLE_SENIORITY, MIDDLE_LEVEL = 1.6, 3.1
NEAR_TRUST = 0.5
"""How much of a nearest role's difference from the middle level holds for the new one. Basis: data, the same nine."""
SOFT = 0.01


@dataclass(frozen=True, slots=True)
class Proposal:
    """A level that the role may ask of a skill, how sure it is that it asks for it at all, and from what.

    ``share`` is that of the advertisements, every company counted once, from ``low`` to ``high`` (90 %); ``ads``
    are those that name the skill or a tool of it. ``lift`` is its demand over that in the shipped roles.
    """

    skill: str
    level: float
    confidence: float
    share: float
    low: float
    high: float
    ads: int
    lift: float
    reason: str

    @property
    def accept(self) -> bool:
        """Whether it counts until the person says no."""
        return self.confidence >= SURE_ENOUGH


@dataclass(frozen=True, slots=True)
class ProposedRole:
    """The targets in order of confidence, the shipped roles that ask for nearly the same, and what to be wary of."""

    targets: tuple[Proposal, ...]
    nearest: tuple[tuple[str, float], ...]
    specialisations: tuple[str, ...]
    warnings: tuple[str, ...]


def propose_role(
    signs: RoleSigns, roles: Mapping[str, Role], tree: SkillTree, *, settings: Settings | None = None
) -> ProposedRole:
    """Targets for a role from its advertisements; ``UsageError`` below ``role_fewest_ads``.

    Shares are shrunk toward the pack of the nearest shipped role and levels toward what the nearest roles ask for,
    with ``role_pseudo_ads`` pseudo-advertisements; confidence is the fitted chance that a role with such signs
    asks for the skill, times N/(N + 1) of N companies.
    """
    settings = settings or Settings()
    shipped = {id_: role for id_, role in roles.items() if role.pack is not None and role.pack.companies}
    near = _nearest(signs.pack, shipped)
    if signs.pack.ads < settings.role_fewest_ads:
        hint = f"Collect {settings.role_fewest_ads} or more"
        if near:
            hint += f", or use the nearest role that is shipped: --role {near[0][0]}"
        raise UsageError(f"{_said(signs.pack.ads)} too few to make a role from", hint=f"{hint}.")
    wide = _Background(signs, shipped, near, settings=settings)
    found = sorted(
        (wide.propose(skill) for skill in wide.skills() if skill in tree.skills),
        key=lambda each: (-each.confidence, each.skill),
    )
    targets = tuple(each for each in found if each.confidence >= LEAST_CONFIDENCE)[:MOST_TARGETS]
    return ProposedRole(
        targets, near, _specialisations(targets, tree), _warnings(signs, targets, settings=settings)
    )


def _said(ads: int) -> str:
    return "one advertisement is" if ads == 1 else f"{ads} advertisements are"


def _nearest(pack: DemandPack, shipped: Mapping[str, Role]) -> tuple[tuple[str, float], ...]:
    """The shipped roles with the highest TF-IDF cosine of demand."""
    if not pack.companies:
        return ()
    own = {s: d.weighted_ads / pack.companies * d.strength for s, d in sorted(pack.skills.items())}
    weighted = weigh_terms({**{id_: demand_of(role) for id_, role in shipped.items()}, "": own})
    found = ((id_, cosine(weighted[""], weighted[id_])) for id_ in shipped)
    return tuple(sorted(found, key=lambda each: (-each[1], each[0]))[:NEAREST])


class _Background:
    """What the shipped roles say about a skill, beside what the advertisements say."""

    def __init__(
        self,
        signs: RoleSigns,
        shipped: Mapping[str, Role],
        near: Sequence[tuple[str, float]],
        *,
        settings: Settings,
    ) -> None:
        self.signs, self.near, self.settings = signs, near, settings
        self.targets = {id_: {t.skill: t.level for t in role.targets} for id_, role in shipped.items()}
        self.ranks = {id_: RANKS[role.seniority] for id_, role in shipped.items()}
        self.demand = {id_: demand_of(role) for id_, role in shipped.items()}
        self.pack = shipped[near[0][0]].pack if near else None

    def skills(self) -> set[str]:
        """What the advertisements name, and what the nearest roles ask for."""
        return {*self.signs.pack.skills, *(skill for id_, _ in self.near for skill in self.targets[id_])}

    def propose(self, skill: str) -> Proposal:
        """One skill as a target."""
        pack = self.signs.pack
        found = pack.skills.get(skill)
        k, strength = (found.weighted_ads, found.strength) if found else (0.0, self.settings.strength_prior)
        demand = self._shrunk(skill, k) * strength
        usual = sum(each.get(skill, 0.0) for each in self.demand.values()) / max(1, len(self.demand))
        lift = (demand + SOFT) / (usual + SOFT)
        near, everywhere = self._asked_nearby(skill), self._asked_anywhere(skill)
        logit = (
            CHOICE["one"]
            + CHOICE["demand"] * math.log(demand + SOFT)
            + CHOICE["lift"] * math.log(lift)
            + CHOICE["near"] * near
            + CHOICE["usual"] * everywhere
        )
        low, high = wilson_interval(k, pack.companies, z=self.settings.interval_z)
        level = self._level(skill, lift)
        signs = self.signs.skills.get(skill)
        return Proposal(
            skill,
            level,
            round(pack.companies / (pack.companies + 1) / (1 + math.exp(-logit)), 2),
            k / pack.companies,
            low,
            high,
            found.ads if found else 0,
            lift,
            _reason(
                found.ads if found else 0, pack, k / pack.companies, signs, lift=lift, near=self._names(skill)
            ),
        )

    def _shrunk(self, skill: str, k: float) -> float:
        """p = (k + m·π)/(N + m), π the share in the nearest role's pack."""
        m, prior = 0.0, 0.0
        if self.pack is not None:
            m = self.settings.role_pseudo_ads
            other = self.pack.skills.get(skill)
            prior = other.weighted_ads / self.pack.companies if other else 0.0
        return (k + m * prior) / (self.signs.pack.companies + m)

    def _asked_nearby(self, skill: str) -> float:
        whole = sum(near for _, near in self.near)
        return sum(near for id_, near in self.near if skill in self.targets[id_]) / whole if whole else 0.0

    def _asked_anywhere(self, skill: str) -> float:
        return sum(skill in each for each in self.targets.values()) / max(1, len(self.targets))

    def _names(self, skill: str) -> tuple[str, ...]:
        return tuple(id_ for id_, _ in self.near if skill in self.targets[id_])

    def _level(self, skill: str, lift: float) -> float:
        """The fitted level, and that of the nearest roles as ``role_pseudo_ads`` more; in halves from 1 to 5."""
        signs = self.signs.skills.get(skill)
        words = (signs.strong - signs.weak) / signs.ads if signs and signs.ads else 0.0
        fitted = (
            LEVEL["one"]
            + LEVEL["seniority"] * (self.signs.rank - MIDDLE_SENIORITY)
            + LEVEL["lift"] * math.log(lift)
            + LEVEL["words"] * words
            + LEVEL["usual"] * (self._usual_level(skill) - MIDDLE_LEVEL)
        )
        n, m = self.signs.pack.companies, self.settings.role_pseudo_ads
        beside = self._near_level(skill)
        level = fitted if beside is None else (n * fitted + m * beside) / (n + m)
        return min(HIGHEST_LEVEL, max(LOWEST_TARGET, round(2 * level) / 2))

    def _usual_level(self, skill: str) -> float:
        """The mean level of the roles that ask for it, as if each were in the middle of the ranks."""
        known = [
            each[skill] - LEVEL["seniority"] * (self.ranks[id_] - 1)
            for id_, each in self.targets.items()
            if skill in each
        ]
        return sum(known) / len(known) if known else MIDDLE_LEVEL

    def _near_level(self, skill: str) -> float | None:
        """What the nearest roles ask of it, moved by the difference in seniority."""
        known = [(near, id_) for id_, near in self.near if skill in self.targets[id_]]
        whole = sum(near for near, _ in known)
        if not whole:
            return None
        step = LEVEL["seniority"]
        moved = (near * (self.targets[id_][skill] - step * self.ranks[id_]) for near, id_ in known)
        middle = LEVEL["one"] - step * MIDDLE_SENIORITY
        return middle + NEAR_TRUST * (sum(moved) / whole - middle) + step * self.signs.rank


def _reason(
    ads: int, pack: DemandPack, share: float, signs: SkillSigns | None, *, lift: float, near: tuple[str, ...]
) -> str:
    """Why a target is proposed, in one line with its numbers."""
    parts = [
        f"in {ads} of {pack.ads} ads ({share:.0%} by company)" if ads else f"in none of the {pack.ads} ads"
    ]
    if signs is not None:
        names = {Asked.MUST: "must", Asked.DUTY: "duty", Asked.NICE: "nice", Asked.CONTEXT: "only said"}
        said = [f"{name} {signs.asked[how]}" for how, name in names.items() if signs.asked.get(how)]
        said += [f"strong words {signs.strong}"] if signs.strong else []
        said += [f"soft words {signs.weak}"] if signs.weak else []
        parts.append(", ".join(said))
        if signs.beside:
            parts.append(f"mostly beside {', '.join(signs.beside)}")
    elif ads:
        parts.append("through its tools")
    parts.append(f"{lift:.1f} times the demand of other roles")
    if near:
        parts.append(f"asked for by {', '.join(near)}")
    return "proposed: " + "; ".join(parts)


def _specialisations(targets: Iterable[Proposal], tree: SkillTree) -> tuple[str, ...]:
    """The one or two specialisation areas whose targets are asked for most, and more than elsewhere."""
    depth: defaultdict[str, float] = defaultdict(float)
    for each in targets:
        area = tree.areas[tree.skills[each.skill].area]
        if area.kind is AreaKind.SPECIALISATION:
            depth[area.id] += each.share * each.lift
    ranked = sorted(depth.items(), key=lambda each: (-each[1], each[0]))
    return tuple(area for area, deep in ranked[:MOST_SPECIALISATIONS] if deep >= ranked[0][1] / 2 > 0)


def _warnings(signs: RoleSigns, targets: Sequence[Proposal], *, settings: Settings) -> tuple[str, ...]:
    pack, said = signs.pack, []
    if pack.companies < settings.few_ads:
        wide = max(((each.high - each.low) / 2 for each in targets), default=0.0)
        said.append(
            f"only {pack.ads} advertisements of {pack.companies} companies: shares are good to ±{100 * wide:.0f} points, "
            "and much comes from the nearest shipped roles"
        )
    if pack.companies * 2 <= pack.ads:
        said.append(f"{pack.ads} advertisements come from only {pack.companies} companies")
    if max(signs.ranks.values(), default=0) < ONE_RANK * pack.ads:
        ranks = ", ".join(f"{rank.value} {signs.ranks[rank]}" for rank in RANKS if signs.ranks.get(rank))
        said.append(f"different seniority ({ranks}): a role of one rank is surer")
    return tuple(said)
