"""Circles in what waits for what."""

from collections.abc import Collection, Iterator, Mapping


def find_cycles(waits: Mapping[str, Collection[str]]) -> tuple[tuple[str, ...], ...]:
    """Circles among prerequisites, at least one wherever there is any, each once.

    One depth-first walk: an edge back onto the trail closes a circle, which is told from the
    first of its names in order. Names that are not in ``waits`` are passed over.

    >>> find_cycles({"a": ["b"], "b": ["c"], "c": ["a"], "d": ["a"]})
    (('a', 'b', 'c'),)
    """
    found: dict[tuple[str, ...], None] = {}
    done: set[str] = set()
    for first in sorted(waits):
        trail: dict[str, Iterator[str]] = {} if first in done else {first: iter(sorted(waits[first]))}
        while trail:
            name, others = next(reversed(trail.items()))
            other = next(others, None)
            if other is None:
                done.add(name)
                trail.pop(name)
            elif other in trail:
                found[_circle(list(trail), other)] = None
            elif other in waits and other not in done:
                trail[other] = iter(sorted(waits[other]))
    return tuple(found)


def _circle(trail: list[str], closing: str) -> tuple[str, ...]:
    circle = trail[trail.index(closing) :]
    start = circle.index(min(circle))
    return (*circle[start:], *circle[:start])
