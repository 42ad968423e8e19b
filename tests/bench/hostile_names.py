"""What names made of the beginnings of tokens cost to be shown: CPU seconds, and how they grow."""

import time
from collections.abc import Iterator

from launchready.catalog import shapes
from launchready.catalog.kinds import Token
from launchready.catalog.secrets import KINDS
from launchready.steps.secret_scan.public import public

LIMIT_SECONDS = 30  # for all of them
LIMIT_GROWTH = 2.5  # of the dearest, when they are twice as long
RUNS = 3


def main() -> None:
    """Print what all cost together, and the growth of the dearest ten."""
    public("warmed-up-0123456789abcdef")
    costs = {prefix: _seconds(prefix, 40) for prefix in sorted(set(_prefixes()))}
    dearest = sorted(costs, key=lambda prefix: -costs[prefix])[:10]
    growth = sum(_seconds(each, 80) for each in dearest) / sum(costs[each] for each in dearest)
    print(f"{len(costs)} hostile names of 3 to 5 KB{'':10} {'seconds':>8} {'limit':>6}")
    print(f"{'all of them':38} {sum(costs.values()):8.2f} {LIMIT_SECONDS:6}")
    print(f"{'the ten dearest, twice as long: times':38} {growth:8.2f} {LIMIT_GROWTH:6}")


def _prefixes() -> Iterator[str]:
    for kind in KINDS:
        if isinstance(kind.format, Token):
            yield from map(shapes.prefix, kind.format.shapes)


def _seconds(prefix: str, times: int) -> float:
    name = (prefix + "a1" * 40) * times

    def once() -> float:
        public.cache_clear()
        began = time.process_time()
        public(name)
        return time.process_time() - began

    return min(once() for _ in range(RUNS))


if __name__ == "__main__":
    main()
