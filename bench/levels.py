"""Levels on simulated people: how wrong they are, how honest their interval, and which test to take next."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from bench.tables import print_table
from milepost.assessment.worth import evsi
from milepost.files.content import load_catalogue
from milepost.gaps.severity import expected_gap
from milepost.levels import estimate_levels
from milepost.model.levels import Levels
from milepost.model.people import Evidence, EvidenceKind, Person, Rating
from milepost.model.settings import EVIDENCE_MODELS, Settings
from milepost.model.skills import SkillTree

PEOPLE, ASKED = 400, 300
SEED = 5
TESTS = 6
FOCUS = 3
DAY = dt.date(2026, 11, 23)
AREAS = ("llm-applications", "mlops-deployment")
RATED = ((EvidenceKind.SELF, 12), (EvidenceKind.MANAGER, 6), (EvidenceKind.ARTEFACT, 5))
TESTED = 4
Floats = NDArray[np.float64]


def _skills(tree: SkillTree) -> tuple[str, ...]:
    """Six skills of each of two areas."""
    return tuple(
        skill for area in AREAS for skill in sorted(s.id for s in tree.skills.values() if s.area == area)[:6]
    )


def _truth(skills: Sequence[str], rng: np.random.Generator, settings: Settings) -> Floats:
    half = len(skills) // 2
    same = np.equal.outer(np.arange(len(skills)) // half, np.arange(len(skills)) // half)
    shared = np.where(same, settings.correlation_in_area, settings.correlation_across)
    np.fill_diagonal(shared, 1.0)
    drawn: Floats = rng.multivariate_normal(
        np.full(len(skills), settings.prior_mean), settings.prior_sd**2 * shared
    )
    return drawn


def _said(kind: EvidenceKind, level: float, leniency: float, rng: np.random.Generator, noise: float) -> float:
    """What a rater of a kind says of a true level, in halves on 0–5."""
    model = EVIDENCE_MODELS[kind]
    said = 2 + model.bias + model.slope * (level - 2) + leniency + rng.normal(0, model.noise_sd * noise)
    return float(np.clip(np.round(2 * said) / 2, 0, 5))


def _test(skill: str, level: float, rng: np.random.Generator, variance: float) -> Evidence:
    """A test result whose noise on the level has the variance given."""
    theta = (level + rng.normal(0, variance**0.5) - 2) / 1.2
    precision = 1.44 / variance
    mean = theta * precision / (1 + precision)
    return Evidence(skill, EvidenceKind.TEST, mean=mean, variance=1 / (1 + precision), date=DAY)


def _person(
    skills: Sequence[str],
    truth: Floats,
    rng: np.random.Generator,
    *,
    noise: float = 1.0,
    lenient: float = 0.0,
) -> Person:
    ratings, pieces = [], []
    for kind, count in RATED:
        leniency = rng.normal(0, EVIDENCE_MODELS[kind].leniency_sd) + lenient
        for index in rng.permutation(len(skills))[:count]:
            level = _said(kind, float(truth[index]), leniency, rng, noise)
            if kind is EvidenceKind.SELF:
                ratings.append(Rating(skills[index], level, date=DAY))
            else:
                pieces.append(Evidence(skills[index], kind, level, date=DAY, rater=kind.value))
    variance = Settings().test_noise * noise**2
    tested = rng.permutation(len(skills))[:TESTED]
    pieces.extend(_test(skills[index], float(truth[index]), rng, variance) for index in tested)
    return Person("made up", ratings=tuple(ratings), evidence=tuple(pieces))


def report_coverage() -> None:
    """RMSE, bias and coverage of the 90 % interval when the assumed noise is right, and when it is not."""
    tree, settings = load_catalogue().tree, Settings()
    skills = _skills(tree)
    rows = []
    for name, noise, lenient in (
        ("noise as assumed", 1.0, 0.0),
        ("noise × 1.4", 1.4, 0.0),
        ("everybody .5 more lenient", 1.0, 0.5),
    ):
        rng = np.random.default_rng(SEED)
        errors, inside = [], []
        for _ in range(PEOPLE):
            truth = _truth(skills, rng, settings)
            person = _person(skills, truth, rng, noise=noise, lenient=lenient)
            levels = estimate_levels(person, tree, as_of=DAY, only=skills, explained=False).skills
            for skill, level in zip(skills, np.clip(truth, 0, 5), strict=True):
                errors.append(levels[skill].mean - level)
                inside.append(levels[skill].low - 1e-9 <= level <= levels[skill].high + 1e-9)
        off = np.asarray(errors)
        rows.append([name, f"{np.sqrt((off**2).mean()):.3f}", f"{off.mean():+.3f}", f"{np.mean(inside):.3f}"])
    print_table(
        f"Levels of {PEOPLE} simulated people × 12 skills (self on 12, manager 6, artefact 5, test 4)",
        ("data", "RMSE", "bias", "90 % cover"),
        rows,
    )


Choose = Callable[[Floats, Floats, Floats, np.random.Generator], int]


def _by_evsi(priorities: Floats, impacts: Floats, variances: Floats, _rng: np.random.Generator) -> int:
    order = np.argsort(-priorities, kind="stable")
    rank = np.empty_like(order)
    rank[order] = np.arange(len(order))
    worth = [
        evsi(
            priority=float(priorities[i]),
            boundary=float(priorities[order[FOCUS if rank[i] < FOCUS else FOCUS - 1]]),
            impact=float(impacts[i]),
            variance=float(variances[i]),
            noise=Settings().test_noise,
        )
        for i in range(len(priorities))
    ]
    return int(np.argmax(worth))


STRATEGIES: dict[str, Choose] = {
    "random": lambda p, _i, _v, rng: int(rng.integers(len(p))),
    "highest priority first": lambda p, _i, v, _rng: int(np.lexsort((-p, v < Settings().test_noise))[0]),
    "largest variance first": lambda _p, _i, v, _rng: int(np.argmax(v)),
    "value of information": _by_evsi,
}


def report_next() -> None:
    """Regret of the focus after each test, by the rule that chose the test."""
    tree, settings = load_catalogue().tree, Settings()
    skills = _skills(tree)
    regrets = {name: np.zeros(TESTS + 1) for name in STRATEGIES}
    for number in range(ASKED):
        for name, choose in STRATEGIES.items():
            rng = np.random.default_rng((SEED, number))
            truth = _truth(skills, rng, settings)
            impacts, targets = (
                rng.integers(1, 6, len(skills)).astype(float),
                rng.uniform(2.5, 4.5, len(skills)),
            )
            person = _person(skills, truth, rng)
            person = replace(person, evidence=())
            best = np.sort(impacts * np.clip(targets - truth, 0, 5))[-FOCUS:].sum()
            for step in range(TESTS + 1):
                levels = estimate_levels(person, tree, as_of=DAY, only=skills, explained=False)
                priorities, variances = _priorities(levels, skills, impacts, targets)
                chosen = np.argsort(-priorities, kind="stable")[:FOCUS]
                found = (impacts * np.clip(targets - truth, 0, 5))[chosen].sum()
                regrets[name][step] += (best - found) / ASKED
                index = choose(priorities, impacts, variances, rng)
                piece = _test(skills[index], float(truth[index]), rng, settings.test_noise)
                person = replace(person, evidence=(*person.evidence, piece))
    print_table(
        f"Regret of the focus of three, in priority points, after 0 to {TESTS} tests ({ASKED} simulated people)",
        ("rule", *(str(step) for step in range(TESTS + 1))),
        [[name, *(f"{value:.2f}" for value in values)] for name, values in regrets.items()],
    )


def _priorities(
    levels: Levels, skills: Sequence[str], impacts: Floats, targets: Floats
) -> tuple[Floats, Floats]:
    means = np.array([levels.skills[skill].mean for skill in skills])
    spreads = np.array([levels.skills[skill].sd for skill in skills])
    gaps = [expected_gap(float(t - m), float(s)) for t, m, s in zip(targets, means, spreads, strict=True)]
    return impacts * np.array(gaps), spreads**2


def report() -> None:
    """Both tables."""
    report_coverage()
    report_next()
