"""The order of what follows one another."""

from collections.abc import Hashable, Mapping
from typing import Any, Protocol, TypeVar


class Ordered(Hashable, Protocol):
    """What can be told apart and put in order."""

    def __lt__(self, other: Any, /) -> bool: ...


T = TypeVar("T", bound=Ordered)


def parents_first(parents: Mapping[T, set[T]]) -> tuple[T, ...]:
    """Parents before children, depth first from every last one, in the order of their names; a
    circle is cut where it closes.
    """
    followed = {parent for found in parents.values() for parent in found}
    starts = [*sorted(set(parents) - followed), *sorted(parents)]
    done: dict[T, None] = {}
    entered: set[T] = set()
    waiting = [(node, False) for node in reversed(starts)]
    while waiting:
        node, is_left = waiting.pop()
        if is_left:
            done[node] = None
        elif node not in entered:
            entered.add(node)
            waiting.append((node, True))
            waiting += [(p, False) for p in sorted(parents[node], reverse=True) if p not in entered]
    return tuple(done)
