"""The same for several things at once, in threads: waiting for one is no reason to wait for all."""

from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")
U = TypeVar("U")

_MOST = 16


def at_once(work: Callable[[T], U], over: Iterable[T], most: int = _MOST) -> tuple[U, ...]:
    """What `work` makes of each, in their order, with at most so many threads."""
    from concurrent.futures import ThreadPoolExecutor

    items = tuple(over)
    if len(items) < 2:
        return tuple(map(work, items))
    with ThreadPoolExecutor(min(len(items), most)) as pool:
        return tuple(pool.map(work, items))
