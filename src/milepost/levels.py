"""Evidence → level with interval: one linear-Gaussian model over all skills of a person.

Source of every formula: method-assessment, section 2. The state is the vector of skills
(0–5) and one leniency per rater; the posterior is exact, so the order of the evidence
does not matter.
"""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from milepost.model.levels import EvidenceWeight, FloatArray, Levels, SkillLevel
from milepost.model.people import Evidence, EvidenceKind, Person, Rating
from milepost.model.settings import EVIDENCE_MODELS, EvidenceModel, Settings
from milepost.model.skills import HIGHEST_LEVEL, LOWEST_LEVEL, SkillTree
from milepost.model.year import Verification

DAYS_PER_MONTH = 30.4375
SELF = "self"
BACKED_BY_OTHERS = frozenset(
    {
        Verification.USED_BY_OTHERS,
        Verification.REVIEWED,
        Verification.ACCEPTED,
        Verification.CITED_BY_INTERVIEWER,
    }
)


@dataclass(frozen=True, slots=True)
class Observation:
    """One piece of evidence on the 0–5 scale: y = m0 + bias + slope·(s − m0) + leniency + noise."""

    skill: str
    kind: EvidenceKind
    value: float
    model: EvidenceModel
    rater: str = ""
    date: dt.date | None = None
    title: str = ""
    over: tuple[str, ...] = ()

    @property
    def skills(self) -> tuple[str, ...]:
        """The skills that it speaks of: one, or the core skills of an area, whose mean a test measures."""
        return self.over or (self.skill,)

    @property
    def variance(self) -> float:
        """Variance of the noise, in levels²."""
        return self.model.noise_sd**2


@dataclass(frozen=True, slots=True)
class Posterior:
    """Mean and covariance of the state, and the Kalman gain (state × evidence)."""

    mean: FloatArray
    covariance: FloatArray
    gain: FloatArray


@dataclass(frozen=True, slots=True)
class _Ground:
    """What the posterior and the residuals share: μ, S, H S, H S H' and z − H μ."""

    mean: FloatArray
    state: FloatArray
    cross: FloatArray
    spread: FloatArray
    surprise: FloatArray


def estimate_levels(
    person: Person,
    tree: SkillTree,
    *,
    as_of: dt.date,
    settings: Settings | None = None,
    only: Collection[str] | None = None,
    explained: bool = True,
) -> Levels:
    """Estimate the level of every skill of the tree on one day, from all evidence at once.

    Claimed, evidenced and estimated levels stay apart; decay is applied to skills that the
    person says are idle, and conflicting evidence is kept with less weight. With ``only``
    just these skills are described, to the same levels: leaving skills that nothing speaks of
    out of a joint Gaussian changes nothing for the others. Without ``explained`` the
    same levels come without the weight of each piece, conflicts being weighed but not told.
    """
    settings = settings or Settings()
    observations = observe(person, tree)
    order = tuple(
        sorted(tree.skills if only is None else {*only, *(skill for o in observations for skill in o.skills)})
    )
    posterior, scores = _fit_robustly(observations, order, tree=tree, settings=settings)
    mean, covariance = _age(posterior, person, observations, order, as_of=as_of, settings=settings)
    claimed = {rating.skill: rating.level for rating in person.ratings}
    artefacts = _artefacts(person)
    weights = _weights(observations, order, posterior, scores) if explained else {}
    deviations = np.sqrt(np.diag(covariance))
    half = settings.interval_z * deviations
    # Why together: a step of numpy for all skills costs as much as one for a single skill.
    bounds = (
        np.clip(levels, LOWEST_LEVEL, HIGHEST_LEVEL).tolist() for levels in (mean, mean - half, mean + half)
    )
    skills = {
        skill: _describe(
            skill,
            claimed=claimed.get(skill),
            evidenced=evidenced_level(artefacts.get(skill, ())),
            estimate=estimate,
            weights=tuple(weights.get(skill, ())),
            settings=settings,
        )
        for skill, estimate in zip(order, zip(deviations.tolist(), *bounds, strict=True), strict=True)
        if only is None or skill in only
    }
    return Levels(person.name, as_of.isoformat(), order, mean, covariance, skills)


def observe(person: Person, tree: SkillTree) -> tuple[Observation, ...]:
    """Everything in a person file that says something about a level."""
    ratings = [_observe_rating(rating) for rating in person.ratings]
    evidence = [_observe_evidence(piece) for piece in person.evidence]
    of_areas = [
        replace(observed, over=tuple(skill.id for skill in tree.in_area(piece.area) if skill.core))
        for piece, observed in zip(person.evidence, evidence, strict=True)
        if piece.area
    ]
    of_skills = [o for piece, o in zip(person.evidence, evidence, strict=True) if not piece.area]
    return (*ratings, *of_skills, *of_areas)


def _observe_rating(rating: Rating) -> Observation:
    anchored = bool(rating.example.strip())
    kind = EvidenceKind.SELF_ANCHORED if anchored else EvidenceKind.SELF
    return Observation(
        rating.skill, kind, rating.level, EVIDENCE_MODELS[kind], SELF, rating.date, rating.example
    )


def _observe_evidence(piece: Evidence) -> Observation:
    if piece.kind is EvidenceKind.TEST and piece.mean is not None and piece.variance is not None:
        value, variance = pseudo_observation(piece.mean, piece.variance)
        model = replace(EVIDENCE_MODELS[EvidenceKind.TEST], noise_sd=variance**0.5)
        return Observation(piece.skill, piece.kind, value, model, "", piece.date, piece.title)
    model = EVIDENCE_MODELS[piece.kind]
    if piece.kind is EvidenceKind.TEST:
        model = EVIDENCE_MODELS[EvidenceKind.TASK]
    rater = f"{piece.kind}:{piece.rater}" if model.leniency_sd else ""
    level = piece.level if piece.level is not None else 0.0
    return Observation(piece.skill, piece.kind, level, model, rater, piece.date, piece.title)


def pseudo_observation(mean: float, variance: float) -> tuple[float, float]:
    """Level and variance that a test result (posterior of θ under N(0, 1)) adds as one observation.

    λ = 1/v − 1, θ* = (m/v)/λ, level 2 + 1.2 θ*, variance 1.44/λ: the prior is divided out,
    or it would count twice (method-assessment 2.2). ``variance`` lies strictly in (0, 1).

    >>> level, variance = pseudo_observation(0.6, 0.16)
    >>> round(level, 6), round(variance, 6)
    (2.857143, 0.274286)
    """
    information = 1.0 / variance - 1.0
    theta = mean / variance / information
    return 2.0 + 1.2 * theta, 1.44 / information


def solve_posterior(
    observations: Sequence[Observation],
    order: Sequence[str],
    *,
    prior: FloatArray,
    settings: Settings,
    noise: FloatArray | None = None,
) -> Posterior:
    """Exact posterior A = H S H' + V, K = S H' A⁻¹, μ + K(z − H μ), S − K H S (2.3 of the source).

    ``prior`` is the covariance over the skills in ``order`` (n × n). The result covers the
    skills first, then one leniency per rater in order of first appearance. ``noise``
    replaces the noise variances (one per observation).
    """
    ground = _lay_out(observations, order, prior=prior, settings=settings)
    variances = np.array([o.variance for o in observations]) if noise is None else noise
    return _update(ground, variances)


def _update(ground: _Ground, variances: FloatArray) -> Posterior:
    if not len(variances):
        return Posterior(ground.mean, ground.state, np.zeros((len(ground.mean), 0)))
    gain = np.linalg.solve(ground.spread + np.diag(variances), ground.cross).T
    # Why in this order: gain × (H S) costs n²m, (gain × H) × S costs n³.
    covariance: FloatArray = ground.state - gain @ ground.cross
    symmetric: FloatArray = (covariance + covariance.T) / 2
    shifted: FloatArray = ground.mean + gain @ ground.surprise
    return Posterior(shifted, symmetric, np.asarray(gain, dtype=np.float64))


def _lay_out(
    observations: Sequence[Observation], order: Sequence[str], *, prior: FloatArray, settings: Settings
) -> _Ground:
    raters, mean, state = _prior_state(observations, prior=prior, settings=settings)
    design, centred = _design(observations, order, raters, settings=settings)
    cross: FloatArray = design @ state
    spread: FloatArray = cross @ design.T
    surprise: FloatArray = centred - design @ mean
    return _Ground(mean, state, cross, spread, surprise)


def _prior_state(
    observations: Sequence[Observation], *, prior: FloatArray, settings: Settings
) -> tuple[list[str], FloatArray, FloatArray]:
    """Raters in order of first appearance, with mean and covariance of skills and leniencies before evidence."""
    raters = list(dict.fromkeys(o.rater for o in observations if o.rater))
    size = len(prior)
    state = np.zeros((size + len(raters), size + len(raters)))
    state[:size, :size] = prior
    for index, rater in enumerate(raters):
        state[size + index, size + index] = _leniency_variance(rater, observations)
    return raters, np.concatenate([np.full(size, settings.prior_mean), np.zeros(len(raters))]), state


def _leniency_variance(rater: str, observations: Sequence[Observation]) -> float:
    return max(o.model.leniency_sd**2 for o in observations if o.rater == rater)


def _design(
    observations: Sequence[Observation], order: Sequence[str], raters: Sequence[str], *, settings: Settings
) -> tuple[FloatArray, FloatArray]:
    """Rows of H (one per observation) and the centred values z = y − m0 − bias + slope·m0."""
    place = {skill: index for index, skill in enumerate(order)}
    design = np.zeros((len(observations), len(order) + len(raters)))
    centred = np.zeros(len(observations))
    for row, o in enumerate(observations):
        for skill in o.skills:
            design[row, place[skill]] = o.model.slope / len(o.skills)
        if o.rater:
            design[row, len(order) + raters.index(o.rater)] = 1.0
        centred[row] = o.value - settings.prior_mean - o.model.bias + o.model.slope * settings.prior_mean
    return design, centred


def prior_covariance(tree: SkillTree, order: Sequence[str], *, settings: Settings) -> FloatArray:
    """τ²C with C = 1 on the diagonal, .4 inside an area, .2 across (method-assessment 2.1)."""
    number = {area: index for index, area in enumerate(tree.areas)}
    areas = np.array([number[tree.skills[skill].area] for skill in order])
    same = areas[:, None] == areas[None, :]
    correlation = np.where(same, settings.correlation_in_area, settings.correlation_across)
    np.fill_diagonal(correlation, 1.0)
    return correlation * settings.prior_sd**2


def _fit_robustly(
    observations: Sequence[Observation], order: Sequence[str], *, tree: SkillTree, settings: Settings
) -> tuple[Posterior, FloatArray]:
    """The posterior with flagged evidence down-weighted, and every leave-one-out z."""
    prior = prior_covariance(tree, order, settings=settings)
    ground = _lay_out(observations, order, prior=prior, settings=settings)
    variances = np.array([o.variance for o in observations])
    scores = _residuals(ground, variances)
    degrees = settings.conflict_degrees
    inflation = (degrees + scores**2) / (degrees + 1.0)
    flagged = np.abs(scores) >= settings.conflict_z
    noise = np.where(flagged & (inflation > 1.0), variances * inflation, variances)
    return _update(ground, noise), scores


def leave_one_out(
    observations: Sequence[Observation], order: Sequence[str], *, prior: FloatArray, settings: Settings
) -> FloatArray:
    """z_j = (y_j − E[y_j | others]) / sd for every observation (method-assessment 2.5).

    Why: for a Gaussian the residual without observation j is (A⁻¹r)_j / (A⁻¹)_jj with
    variance 1/(A⁻¹)_jj, so one inversion serves all of them.
    """
    ground = _lay_out(observations, order, prior=prior, settings=settings)
    return _residuals(ground, np.array([o.variance for o in observations]))


def _residuals(ground: _Ground, variances: FloatArray) -> FloatArray:
    if not len(variances):
        return np.zeros(0)
    precision = np.linalg.inv(ground.spread + np.diag(variances))
    scores: FloatArray = (precision @ ground.surprise) / np.sqrt(np.diag(precision))
    return scores


def retention(months: float, *, years: float = 0.0, settings: Settings | None = None) -> float:
    """Share of a level that is left after idle months: .5 + .5·2^(−u/(12(1 + years))).

    >>> round(retention(6), 4), round(retention(12, years=5), 4)
    (0.8536, 0.9454)
    """
    settings = settings or Settings()
    kept = settings.decay_kept_share
    half_life = settings.decay_half_life_months * (1.0 + years)
    return float(kept + (1.0 - kept) * 2.0 ** (-months / half_life))


def decay_level(
    mean: float, variance: float, *, months: float, years: float = 0.0, settings: Settings | None = None
) -> tuple[float, float]:
    """Mean and variance of a skill left idle: r·mean, r²·var + .03 u (method-assessment 2.4).

    >>> tuple(round(x, 4) for x in decay_level(3.5, 0.2, months=12))
    (2.625, 0.4725)
    """
    settings = settings or Settings()
    r = retention(months, years=years, settings=settings)
    return r * mean, r * r * variance + settings.idle_variance_per_month * months


def _age(
    posterior: Posterior,
    person: Person,
    observations: Sequence[Observation],
    order: Sequence[str],
    *,
    as_of: dt.date,
    settings: Settings,
) -> tuple[FloatArray, FloatArray]:
    """Apply idleness and the age of the evidence to the skills of a posterior."""
    size = len(order)
    place = {skill: index for index, skill in enumerate(order)}
    scale, added = np.ones(size), np.zeros(size)
    idle = {r.skill: r for r in person.ratings if r.last_used is not None}
    for skill, newest in _newest_dates(observations).items():
        index = place[skill]
        if skill in idle:
            months = months_between(_idle_since(idle[skill], person), as_of)
            scale[index] = retention(months, years=idle[skill].years, settings=settings)
            added[index] = settings.idle_variance_per_month * months
        else:
            # Why a cap: old evidence never says less than none.
            room = max(0.0, settings.prior_sd**2 - float(posterior.covariance[index, index]))
            added[index] = min(room, settings.ageing_variance_per_month * months_between(newest, as_of))
    mean = scale * posterior.mean[:size]
    covariance = posterior.covariance[:size, :size] * np.outer(scale, scale) + np.diag(added)
    return mean, covariance


def _idle_since(rating: Rating, person: Person) -> dt.date | None:
    """Since when a skill is idle: its last use, or what showed it later."""
    shown = [p.date for p in person.evidence if p.skill == rating.skill and p.date is not None]
    return max((day for day in (rating.last_used, *shown) if day is not None), default=None)


def _newest_dates(observations: Sequence[Observation]) -> dict[str, dt.date | None]:
    newest: dict[str, dt.date | None] = {}
    for o in observations:
        for skill in o.skills:
            known = newest.get(skill)
            if known is None or (o.date is not None and o.date > known):
                newest[skill] = o.date
    return newest


def months_between(earlier: dt.date | None, later: dt.date) -> float:
    """Months from one day to another, at least 0; an unknown day counts as today."""
    if earlier is None:
        return 0.0
    return max(0, (later - earlier).days) / DAYS_PER_MONTH


def _artefacts(person: Person) -> dict[str, list[Evidence]]:
    found: dict[str, list[Evidence]] = {}
    for piece in person.evidence:
        if piece.kind is EvidenceKind.ARTEFACT and piece.level is not None:
            found.setdefault(piece.skill, []).append(piece)
    return found


def evidenced_level(artefacts: Sequence[Evidence]) -> float | None:
    """The highest level that artefacts support; None where there is no artefact.

    Above 2 takes one artefact, above 3 two, above 4 also that others reviewed or used one
    of them (method note, Levels). The support never exceeds the highest artefact's own level.
    """
    if not artefacts:
        return None
    highest = max(piece.level or 0.0 for piece in artefacts)
    cap = 3.0 if len(artefacts) == 1 else 4.0
    if len(artefacts) > 1 and any(piece.verified in BACKED_BY_OTHERS for piece in artefacts):
        cap = 5.0
    return min(highest, cap)


def _weights(
    observations: Sequence[Observation], order: Sequence[str], posterior: Posterior, scores: FloatArray
) -> dict[str, list[EvidenceWeight]]:
    """What each piece of evidence weighs for its own skill, by skill."""
    place = {skill: index for index, skill in enumerate(order)}
    found: dict[str, list[EvidenceWeight]] = {}
    for j, o in enumerate(observations):
        for skill in o.skills:
            weight = EvidenceWeight(
                o.kind,
                o.value,
                float(posterior.gain[place[skill], j]),
                float(scores[j]),
                o.date.isoformat() if o.date else "",
                o.title,
                o.rater,
            )
            found.setdefault(skill, []).append(weight)
    return found


def _describe(
    skill: str,
    *,
    claimed: float | None,
    evidenced: float | None,
    estimate: tuple[float, float, float, float],
    weights: tuple[EvidenceWeight, ...],
    settings: Settings,
) -> SkillLevel:
    sd, mean, low, high = estimate
    return SkillLevel(
        skill,
        claimed,
        evidenced,
        mean,
        sd,
        low,
        high,
        weights,
        _conflict(weights, settings=settings),
        _cap_flag(claimed, evidenced),
    )


def _conflict(weights: Sequence[EvidenceWeight], *, settings: Settings) -> str:
    """Which pieces disagree with the rest, in words; empty where none does."""
    if not weights:
        return ""
    worst = max(weights, key=lambda w: abs(w.z))
    if abs(worst.z) < min(settings.conflict_z, settings.look_again_z):
        return ""
    direction = "above" if worst.z > 0 else "below"
    text = (
        f"{worst.kind} {worst.observed:g} lies {abs(worst.z):.1f} sd {direction} what the other evidence says"
    )
    if abs(worst.z) >= settings.conflict_z:
        return f"conflict: {text}; it is kept with less weight"
    # Why two: a single piece is only weighed against other skills, which says little below the line.
    again = len(weights) > 1 and abs(worst.z) >= settings.look_again_z
    return f"look again: {text}" if again else ""


def _cap_flag(claimed: float | None, evidenced: float | None) -> str:
    """The flag "claimed 4, shown 2"; a missing artefact never lowers the estimate."""
    if claimed is None or claimed <= 2.0:
        return ""
    if evidenced is None:
        return f"claimed {claimed:g}, no artefact yet"
    return f"claimed {claimed:g}, shown {evidenced:g}" if evidenced < claimed else ""


def clip(level: float) -> float:
    """A level inside 0..5."""
    return min(HIGHEST_LEVEL, max(LOWEST_LEVEL, level))


def level_means(levels: Levels) -> Mapping[str, float]:
    """The estimated level of every skill, by id."""
    return {skill: level.mean for skill, level in levels.skills.items()}
