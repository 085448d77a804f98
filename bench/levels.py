"""Levels on simulated people: how wrong they are, how honest their interval, and which test to take next."""

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

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

PEOPLE, ASKED = 400, 400
SEED = 5
TESTS = 6
TARGET = 4.0
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


@dataclass(frozen=True)
class Asked:
    """What a rule sees before it chooses: priorities, impacts, variances, and what was tested already."""

    priorities: Floats
    impacts: Floats
    variances: Floats
    tested: tuple[int, ...]

    def new(self, rng: np.random.Generator) -> int:
        """Any skill that was not tested yet."""
        return int(rng.choice([i for i in range(len(self.priorities)) if i not in self.tested]))

    def highest(self) -> int:
        """The highest priority that was not tested yet."""
        order = np.argsort(-self.priorities, kind="stable")
        return next(int(i) for i in order if i not in self.tested)

    def most_valuable(self) -> int:
        """The highest value of information of one test."""
        order = np.argsort(-self.priorities, kind="stable")
        rank = np.empty_like(order)
        rank[order] = np.arange(len(order))
        worth = [
            evsi(
                priority=float(self.priorities[i]),
                boundary=float(self.priorities[order[FOCUS if rank[i] < FOCUS else FOCUS - 1]]),
                impact=float(self.impacts[i]),
                variance=float(self.variances[i]),
                noise=Settings().test_noise,
            )
            for i in range(len(order))
        ]
        return int(np.argmax(worth))


Choose = Callable[[Asked, np.random.Generator], int]
STRATEGIES: dict[str, Choose] = {
    "random": lambda asked, rng: asked.new(rng),
    "highest priority first": lambda asked, _rng: asked.highest(),
    "largest variance first": lambda asked, _rng: int(np.argmax(asked.variances)),
    "value of information": lambda asked, _rng: asked.most_valuable(),
}


def report_next() -> None:
    """Regret of the focus after each test, by the rule that chose the test.

    People have the ratings of the table above and no test yet; priorities are impact × severity as in
    method-assessment 2.6, unrounded, for targets of 4.
    """
    tree, settings = load_catalogue().tree, Settings()
    skills = _skills(tree)
    regrets = {name: np.zeros(TESTS + 1) for name in STRATEGIES}
    for number in range(ASKED):
        for name, choose in STRATEGIES.items():
            rng = np.random.default_rng((SEED, number))
            truth = _truth(skills, rng, settings)
            impacts = rng.integers(1, 6, len(skills)).astype(float)
            person = _person(skills, truth, rng)
            rated = tuple(piece for piece in person.evidence if piece.kind is not EvidenceKind.TEST)
            person = replace(person, evidence=rated)
            real = impacts * (1 + np.clip(TARGET - truth, 0, 4))
            best = np.sort(real)[-FOCUS:].sum()
            tested: list[int] = []
            for step in range(TESTS + 1):
                levels = estimate_levels(person, tree, as_of=DAY, only=skills, explained=False)
                priorities, variances = _priorities(levels, skills, impacts)
                chosen = np.argsort(-priorities, kind="stable")[:FOCUS]
                regrets[name][step] += (best - real[chosen].sum()) / ASKED
                index = choose(Asked(priorities, impacts, variances, tuple(tested)), rng)
                tested.append(index)
                piece = _test(skills[index], float(truth[index]), rng, settings.test_noise)
                person = replace(person, evidence=(*person.evidence, piece))
    print_table(
        f"Regret of the focus of three, in priority points, after 0 to {TESTS} tests ({ASKED} simulated people)",
        ("rule", *(str(step) for step in range(TESTS + 1))),
        [[name, *(f"{value:.2f}" for value in values)] for name, values in regrets.items()],
    )


def _priorities(levels: Levels, skills: Sequence[str], impacts: Floats) -> tuple[Floats, Floats]:
    means = np.array([levels.skills[skill].mean for skill in skills])
    spreads = np.array([levels.skills[skill].sd for skill in skills])
    gaps = [expected_gap(TARGET - float(m), float(s)) for m, s in zip(means, spreads, strict=True)]
    return impacts * (1 + np.array(gaps)), spreads**2


def report() -> None:
    """Both tables."""
    report_coverage()
    report_next()
