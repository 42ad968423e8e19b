"""How many times slower: the Hodges-Lehmann estimate of a shift between two samples of logarithms.

It is the median of all differences between the one and the other; its interval is what the
Mann-Whitney test would not reject (Hollander, Wolfe and Chicken, Nonparametric Statistical Methods,
3rd edition, sections 4.2 and 4.3). Outliers move it hardly, and no distribution is assumed.
"""

import math
from bisect import bisect_right
from collections.abc import Sequence

from launchready.frozen import frozen

_Z = 2.5758293  # two-sided 99 %


@frozen
class Ratio:
    """A factor with its 99 % interval: 1.0 is as fast as before, 2.0 takes twice as long."""

    estimate: float
    low: float
    high: float


def ratio_of(now: Sequence[int], before: Sequence[int]) -> Ratio:
    """How many times `before` is `now`; both in thousandths of a logarithm, neither empty."""
    xs, ys = sorted(now), sorted(before)
    n, m = len(xs), len(ys)
    pairs = n * m
    reach = _Z * math.sqrt(pairs * (n + m + 1) / 12)
    lower = max(1, math.floor(pairs / 2 - reach))
    return Ratio(
        estimate=as_factor(_smallest(xs, ys, (pairs + 1) // 2)),
        low=as_factor(_smallest(xs, ys, lower)),
        high=as_factor(_smallest(xs, ys, pairs + 1 - lower)),
    )


def as_factor(thousandths: float) -> float:
    """A difference of logarithms as the factor that it is."""
    return math.exp(thousandths / 1000)


def _smallest(xs: Sequence[int], ys: Sequence[int], k: int) -> int:
    """The k-th smallest difference x - y of two ordered samples, counted from 1, exactly.

    By halving the range and counting: 200 against 1,000 are 200,000 differences, and none is made.
    """
    low, high = xs[0] - ys[-1], xs[-1] - ys[0]
    m = len(ys)
    while low < high:
        middle = (low + high) // 2
        # x - y <= middle where y >= x - middle, that is y > x - middle - 1 of whole numbers
        count = sum(m - bisect_right(ys, x - middle - 1) for x in xs)
        if count >= k:
            high = middle
        else:
            low = middle + 1
    return low
