"""What follows from samples: whether a budget is kept, and whether a route became slower.

Only what is proven is an alarm. The limits are held by a simulation, tests/bench/
latency_simulation.py: with a runner that drifts by 15 % between runs and 100 samples, fewer than
one alarm of a hundred is false, and nine of ten slow-downs by half are found. At a slow-down of
exactly the limit every such rule alarms half of the time.
"""

import enum
from collections.abc import Sequence
from statistics import median_low

from launchready.frozen import frozen
from launchready.steps.smoke_test.statistics.quantiles import Spread
from launchready.steps.smoke_test.statistics.ratio import Ratio, as_factor, ratio_of
from launchready.steps.smoke_test.statistics.series import Series, together

FEWEST = 30
"""With fewer samples nothing is compared."""
RATIO = 1.3
"""Times as slow as before, from which it is an alarm, where it is proven to be slower at all."""
CREEP = 1.1
"""Times as slow as before that must be proven for a warning."""
PLAIN = 1.1
"""Times as slow as before that the route must be as it was measured, the control aside."""
MOVED = 1.5
"""Times by which the control may differ from earlier runs, either way."""


class Kept(enum.Enum):
    """How a p95 stands to its budget."""

    ASSURED = "within"
    UNDECIDED = "within noise of"
    OVER = "over"


def kept(spread: Spread, budget: int) -> Kept:
    """Whether the true p95 is at most `budget` milliseconds, with 95 % confidence either way."""
    if spread.low > budget:
        return Kept.OVER
    is_assured = spread.high is not None and spread.high <= budget
    return Kept.ASSURED if is_assured else Kept.UNDECIDED


class Change(enum.Enum):
    """How a route stands to its earlier runs."""

    UNKNOWN = "nothing to compare with"
    INCONCLUSIVE = "inconclusive"
    NOISE = "within noise"
    CREPT = "somewhat slower"
    SLOWER = "slower"


@frozen
class Comparison:
    """A change and what it follows from. `moved` is how many times the control took what it took
    in the earlier runs; `why` says what makes it inconclusive.
    """

    change: Change
    ratio: Ratio | None = None
    moved: float = 1.0
    why: str = ""


def compared(now: Series, before: Sequence[Series]) -> Comparison:
    """A batch beside those of earlier runs. A slow-down is an alarm only once it is `confirmed`."""
    pooled = together(before)
    if not pooled.samples:
        return Comparison(change=Change.UNKNOWN)
    few = min(len(now.samples), len(pooled.samples))
    if few < FEWEST:
        return Comparison(change=Change.INCONCLUSIVE, why=f"{few} samples, fewer than {FEWEST}")
    moved = as_factor(median_low(now.controls) - median_low(pooled.controls))
    ratio = ratio_of(now.normalised, pooled.normalised)
    if not 1 / MOVED <= moved <= MOVED:
        why = f"the control, a static file, took {moved:.1f} times what it did"
        return Comparison(change=Change.INCONCLUSIVE, ratio=ratio, moved=moved, why=why)
    plain = ratio_of(now.samples, pooled.samples)
    change = _change(ratio) if plain.estimate > PLAIN else Change.NOISE
    return Comparison(change=change, ratio=ratio, moved=moved)


def confirmed(first: Series, second: Series, before: Sequence[Series]) -> Comparison:
    """What holds after a second batch: an alarm if both together say so and it alone agrees that
    the route is slower than it was. Else it is a warning at most.
    """
    both = compared(together((first, second)), before)
    alone = compared(second, before)
    if alone.ratio is None:
        return alone
    if both.change is not Change.SLOWER or both.ratio is None or alone.ratio.low > 1.0:
        return both
    change = Change.CREPT if both.ratio.low > CREEP else Change.NOISE
    return Comparison(change=change, ratio=both.ratio, moved=both.moved)


def _change(ratio: Ratio) -> Change:
    if ratio.estimate > RATIO and ratio.low > 1.0:
        return Change.SLOWER
    return Change.CREPT if ratio.low > CREEP else Change.NOISE
