"""One adaptive test: which item comes next, and when it is enough.

Source: method-assessment 1.3: maximum information with randomesque-5 and content blocks, stop
at a standard error of .35 or 15 items. A session is a value: an answer gives a new session.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

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
    blocks = _blocks(test.blocks)
    asked = [each.item for each in test.answered]
    free = np.ones(len(test.items), dtype=bool)
    free[asked] = False
    free[list(test.barred)] = False
    behind = _block_behind(blocks, asked, free)
    if behind is None:
        return None
    open_now = np.flatnonzero(free & (blocks.codes == behind))
    worth = information_at(test.items.take(open_now), ability.mean)
    best = open_now[np.argsort(-worth, kind="stable")[: settings.randomesque]]
    return int(best[_draw(test.seed, len(asked)) % len(best)])


def _draw(seed: int, number: int) -> int:
    """A number as good as drawn, that depends on the seed and the place in the test only."""
    return int.from_bytes(blake2b(f"{seed}:{number}".encode(), digest_size=8).digest())


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


@dataclass(frozen=True)
class _Blocks:
    """The block of each item as a number in order of name, the items in each, and their shares."""

    codes: NDArray[np.int64]
    counts: NDArray[np.int64]
    shares: FloatArray


@lru_cache(maxsize=32)
def _blocks(names: tuple[str, ...]) -> _Blocks:
    codes = np.unique(np.asarray(names), return_inverse=True)[1].astype(np.int64)
    counts = np.bincount(codes)
    return _Blocks(codes, counts, counts / counts.sum())


def _block_behind(blocks: _Blocks, asked: list[int], free: NDArray[np.bool_]) -> int | None:
    """The block with free items whose share of the answers is furthest below its share of the pool."""
    kinds = len(blocks.counts)
    left = np.bincount(blocks.codes[free], minlength=kinds)
    given = np.bincount(blocks.codes[asked], minlength=kinds)
    due = (len(asked) + 1) * blocks.shares - given
    due[left == 0] = -np.inf
    return int(due.argmax()) if left.any() else None
