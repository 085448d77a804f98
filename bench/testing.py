"""Adaptive tests: how good they are on simulated people, and how fast the next item is chosen, against peers."""

import itertools
from collections.abc import Callable
from time import perf_counter

import numpy as np

from bench.tables import print_table, ratio
from milepost.assessment.irt import FloatArray, Items, author_items, estimate_ability, probability
from milepost.assessment.session import AdaptiveTest, Answered, choose_item
from milepost.model.settings import Settings

PEOPLE = 1000
SEED = 11
BANKS = (40, 300)
STEPS = 300
GIVEN = 14
Z = 1.645


def make_bank(count: int, rng: np.random.Generator) -> Items:
    """A bank as in method-assessment 1.3: a ~ logN(.2, .3), b ~ N(0, 1), c ~ Beta(20, 80)."""
    return Items(rng.lognormal(0.2, 0.3, count), rng.normal(0, 1, count), rng.beta(20, 80, count))


def _tags(truth: Items, rng: np.random.Generator) -> Items:
    """What authors would say: the difficulty with noise of sd 1, rounded to halves in −2..2."""
    said = np.clip(np.round(2 * (truth.b + rng.normal(0, 1, len(truth)))) / 2, -2, 2)
    return author_items(said.tolist(), [5] * len(truth))


def _sit(
    test: AdaptiveTest, right: FloatArray, *, adaptive: bool, settings: Settings, dice: np.random.Generator
) -> AdaptiveTest:
    """One person's test: ``right`` are their answers to every item of the bank."""
    free = list(range(len(test.items)))
    while len(test.answered) < settings.test_longest and test.ability.sd > settings.test_standard_error:
        chosen = choose_item(test, settings=settings) if adaptive else int(dice.choice(free))
        if chosen is None:
            break
        free.remove(chosen)
        test = test.answer(chosen, right=bool(right[chosen]))
    return test


def _simulate(truth: Items, used: Items, *, adaptive: bool, settings: Settings, blocks: int = 3) -> list[str]:
    rng = np.random.default_rng(SEED)
    theta = rng.normal(0, 1, PEOPLE)
    answers = rng.random((PEOPLE, len(truth))) < probability(truth, theta).T
    names = tuple(f"b{n % blocks}" for n in range(len(truth)))
    error, inside, counts, seen = [], 0, [], np.zeros(len(truth))
    for person in range(PEOPLE):
        test = AdaptiveTest(used, names, seed=person)
        done = _sit(test, answers[person], adaptive=adaptive, settings=settings, dice=rng)
        ability = done.ability
        error.append(ability.mean - theta[person])
        inside += abs(error[-1]) <= Z * ability.sd
        counts.append(len(done.answered))
        seen[[each.item for each in done.answered]] += 1
    off = np.asarray(error)
    return [
        f"{np.sqrt((off**2).mean()):.3f}", f"{off.mean():+.3f}", f"{inside / PEOPLE:.3f}",
        f"{np.mean(counts):.1f}", f"{seen.max() / PEOPLE:.2f}", str(int((seen == 0).sum())),
    ]  # fmt: skip


def report_quality() -> None:
    """RMSE, bias, coverage of the 90 % interval, items and exposure; calibrated banks and authors' tags."""
    rows = []
    for count, (kind, longest) in itertools.product(BANKS, (("calibrated", 60), ("authors' tags", 15))):
        truth = make_bank(count, np.random.default_rng(SEED + count))
        used = truth if kind == "calibrated" else _tags(truth, np.random.default_rng(SEED))
        settings = Settings(test_longest=min(longest, count))
        for name, adaptive in (("random", False), ("adaptive", True)):
            rows.append(
                [str(count), kind, name, *_simulate(truth, used, adaptive=adaptive, settings=settings)]
            )
    print_table(
        f"Adaptive tests: {PEOPLE} simulated people, 3PL truth, stop at SE .35 (tags: at most 15 items)",
        ("bank", "parameters", "choice", "RMSE", "bias", "90 % cover", "items", "max exposure", "unused"),
        rows,
    )


def _microseconds(step: Callable[[], object]) -> float:
    step()
    began = perf_counter()
    for _ in range(STEPS):
        step()
    return (perf_counter() - began) / STEPS * 1e6


def report_speed() -> None:
    """One step after 14 answers: estimate the ability and choose the next item."""
    rows = []
    for count in BANKS:
        rng = np.random.default_rng(SEED)
        bank = Items(rng.lognormal(0.2, 0.3, count), rng.normal(0, 1, count), np.zeros(count))
        right = (rng.random(count) < probability(bank, np.array([0.3]))[:, 0]).tolist()
        given = tuple(Answered(item, right[item]) for item in range(GIVEN))
        test = AdaptiveTest(bank, ("all",) * count, answered=given)
        settings = Settings(test_longest=count, test_standard_error=0.01)
        ours = _microseconds(lambda test=test, settings=settings: choose_item(test, settings=settings))  # type: ignore[misc]
        mirt = _microseconds(_mirt_step(bank, given))
        catsim = _microseconds(_catsim_step(bank, given))
        mean = estimate_ability(bank.take(range(GIVEN)), [each.right for each in given]).mean
        rows.append(
            [
                str(count),
                f"{ours:.0f}",
                f"{mirt:.0f}",
                f"{catsim:.0f}",
                ratio(mirt, ours),
                ratio(catsim, ours),
                f"{mean:.3f}",
            ]
        )
    print_table(
        f"Choosing the next item, µs a step after {GIVEN} answers (goal: 5 × faster than either)",
        ("bank", "ours", "mirt", "catsim", "mirt/ours", "catsim/ours", "θ"),
        rows,
    )


def _mirt_step(bank: Items, given: tuple[Answered, ...]) -> Callable[[], object]:
    """PyPI mirt: EAP from the answers so far and maximum information, 61 points."""
    from mirt import CATEngine, TwoParameterLogistic

    model = TwoParameterLogistic(n_items=len(bank))
    model.set_parameters(discrimination=bank.a, difficulty=bank.b)
    model._is_fitted = True  # noqa: SLF001 - the engine refuses parameters that were not fitted by itself
    engine = CATEngine(model, se_threshold=0.01, max_items=len(bank), n_quadpts=61, theta_bounds=(-6, 6))
    for each in given:  # Why its own items: the engine answers only for what it chose itself
        engine.select_next_item()
        engine.administer_item(int(each.right))

    def step() -> object:
        engine._update_theta()  # noqa: SLF001 - what administer_item does after each answer
        return engine._select_next_item()  # noqa: SLF001

    return step


def _catsim_step(bank: Items, given: tuple[Answered, ...]) -> Callable[[], object]:
    from catsim.estimation import NumericalSearchEstimator
    from catsim.item_bank import ItemBank
    from catsim.selection import MaxInfoSelector

    rows = np.column_stack([bank.a, bank.b, bank.c, np.ones(len(bank))])
    items, estimator, selector = ItemBank(rows), NumericalSearchEstimator(), MaxInfoSelector()
    asked, answers = [each.item for each in given], [each.right for each in given]

    def step() -> object:
        theta = estimator.estimate(
            item_bank=items, administered_items=asked, response_vector=answers, est_theta=0.0
        )
        return selector.select(item_bank=items, administered_items=asked, est_theta=theta)

    return step


def report() -> None:
    """Quality first, then speed."""
    report_quality()
    report_speed()
