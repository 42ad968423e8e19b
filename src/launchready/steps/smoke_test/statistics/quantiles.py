"""Quantiles of samples, and exact bounds for the true ones that hold for any distribution.

The k-th smallest of n samples lies at or below the true quantile q with the probability that at
least k of n fall below it, which is binomial (David and Nagaraja, Order Statistics, 3rd edition,
section 7.1). Nothing is assumed of how latencies are spread.
"""

import math
from collections.abc import Sequence
from functools import lru_cache

from launchready.frozen import frozen

CONFIDENCE = 0.95


@frozen
class Spread:
    """Of `n` samples: the median, the 95th and the 99th of a hundred, in milliseconds.

    The true p95 is at least `low` with 95 % confidence, and at most `high` with as much; `high` is
    None where there are too few samples to say (fewer than 59).
    """

    n: int
    p50: float
    p95: float
    p99: float
    low: float
    high: float | None


def spread_of(milliseconds: Sequence[float]) -> Spread:
    """The spread of samples; there must be at least one."""
    ordered = sorted(milliseconds)
    n = len(ordered)
    low, high = ranks(n)
    return Spread(
        n=n,
        p50=_nearest(ordered, 0.5),
        p95=_nearest(ordered, 0.95),
        p99=_nearest(ordered, 0.99),
        low=ordered[low - 1],
        high=None if high is None else ordered[high - 1],
    )


@lru_cache(maxsize=256)
def ranks(n: int, quantile: float = 0.95) -> tuple[int, int | None]:
    """Which of n ordered samples, counted from 1, bound the true quantile from below and above.

    The lower one is 1 where n samples tell nothing; the upper one is then None.
    """
    below, total = [], 0.0  # below[k]: the probability that at most k samples lie under it
    for k in range(n + 1):
        total += _binomial(n, k, quantile)
        below.append(total)
    lower = max((k for k in range(1, n + 1) if 1 - below[k - 1] >= CONFIDENCE), default=1)
    upper = next((k for k in range(1, n + 1) if below[k - 1] >= CONFIDENCE), None)
    return lower, upper


def _binomial(n: int, k: int, p: float) -> float:
    """In logarithms, since the numbers of ways outgrow a float near n = 1,000."""
    ways = math.lgamma(n + 1) - math.lgamma(k + 1) - math.lgamma(n - k + 1)
    return math.exp(ways + k * math.log(p) + (n - k) * math.log1p(-p))


def _nearest(ordered: Sequence[float], quantile: float) -> float:
    """The nearest-rank quantile."""
    return ordered[max(0, math.ceil(quantile * len(ordered)) - 1)]
