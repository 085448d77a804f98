"""One adaptive test: which item comes next, and when it is enough.

Source: method-assessment 1.3: maximum information with randomesque-5 and content blocks, stop
at a standard error of .35 or 15 items. A session is a value: an answer gives a new session.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from milepost.assessment.irt import Ability, FloatArray, Items, estimate_ability, information
from milepost.model.settings import Settings


@dataclass(frozen=True, slots=True)
class Answered:
    """One item that was answered: its place in the pool, right or wrong, and the seconds it took."""

    item: int
    right: bool
    seconds: float = 0.0


@dataclass(frozen=True)
class AdaptiveTest:
    """A pool of items with their content blocks, and what was answered so far.

    ``blocks`` names the content block of each item; ``barred`` are items that must not be
    asked (seen in the last 90 days). ``seed`` decides among nearly equal items.
    """

    items: Items
    blocks: tuple[str, ...]
    barred: frozenset[int] = frozenset()
    answered: tuple[Answered, ...] = ()
    seed: int = 1

    @property
    def ability(self) -> Ability:
        """What the answers say so far; the prior before the first."""
        return estimate_ability(
            self.items.take([each.item for each in self.answered]), [each.right for each in self.answered]
        )

    def answer(self, item: int, *, right: bool, seconds: float = 0.0) -> "AdaptiveTest":
        """The session after one more answer; ``ValueError`` for an item that may not be asked."""
        if item in self.barred or any(each.item == item for each in self.answered):
            raise ValueError(f"item {item} was asked before")
        return replace(self, answered=(*self.answered, Answered(item, right, seconds)))


def choose_item(test: AdaptiveTest, *, settings: Settings | None = None) -> int | None:
    """The item to ask next, or None where the test is over or the pool is used up.

    Among the items of the block that is furthest behind its share, one of the most
    informative at the present ability is drawn; the draw depends on the seed and on the
    number of answers only, so that a resumed test goes on alike.
    """
    settings = settings or Settings()
    ability = test.ability
    if is_finished(test, ability=ability, settings=settings):
        return None
    used = {each.item for each in test.answered} | test.barred
    free = [item for item in range(len(test.items)) if item not in used]
    if not free:
        return None
    block = _block_behind(test, free)
    pool = np.array([item for item in free if test.blocks[item] == block])
    worth = information_at(test.items.take(pool.tolist()), ability.mean)
    best = pool[np.argsort(-worth, kind="stable")[: settings.randomesque]]
    dice = np.random.default_rng((test.seed, len(test.answered)))
    return int(best[dice.integers(len(best))])


def information_at(items: Items, theta: float) -> FloatArray:
    """Fisher information of each item at one ability, shape (items,)."""
    return information(items, np.array([theta]))[:, 0]


def is_finished(
    test: AdaptiveTest, *, ability: Ability | None = None, settings: Settings | None = None
) -> bool:
    """Whether the standard error or the number of items says that it is enough."""
    settings = settings or Settings()
    if len(test.answered) >= settings.test_longest:
        return True
    return bool(test.answered) and (ability or test.ability).sd <= settings.test_standard_error


def _block_behind(test: AdaptiveTest, free: Sequence[int]) -> str:
    """The content block whose share of the answers is furthest below its share of the pool."""
    pool: dict[str, int] = {}
    for block in test.blocks:
        pool[block] = pool.get(block, 0) + 1
    asked: dict[str, int] = {}
    for each in test.answered:
        asked[test.blocks[each.item]] = asked.get(test.blocks[each.item], 0) + 1
    return max(sorted({test.blocks[item] for item in free}), key=lambda block: _behind(block, pool, asked))


def _behind(block: str, pool: Mapping[str, int], asked: Mapping[str, int]) -> float:
    due = (sum(asked.values()) + 1) * pool[block] / sum(pool.values())
    return due - asked.get(block, 0)
