"""Whether a release is bad enough to go back: pure, of what the reports and the metrics say.

Error rate: a release is bad when, of three looks at all its requests since the deploy, two show at
least 20 requests, one percentage point more errors than before, and a two-proportion z above 4. In
simulation (base rate 0.5 %, 30 looks a minute apart) that alarms for 0.4 % of good deploys at 20
requests a minute, and finds an error rate of 10 % in three minutes; "twice the base rate" alarms
for 54 %. With two requests a minute nothing passive finds it: the smoke test has to.
"""

import enum
import math
from collections.abc import Iterable, Sequence

from launchready.frozen import frozen

LEAST_REQUESTS = 20
LEAST_RISE = 0.01
LEAST_Z = 4.0
LOOKS = 3
BAD_LOOKS = 2


class Judgement(enum.StrEnum):
    """What follows from a signal. From the gravest to the mildest."""

    BAD = "bad"
    INCONCLUSIVE = "inconclusive"
    SLOW = "slow"
    GOOD = "good"


@frozen
class Signal:
    """What one source says of a release. `words` tell the numbers."""

    source: str
    judgement: Judgement
    words: str


@frozen
class Decision:
    """What follows from all signals together."""

    judgement: Judgement
    signals: tuple[Signal, ...]

    @property
    def words(self) -> str:
        """What speaks for it, in one line."""
        said = [f"{s.source}: {s.words}" for s in self.signals if s.judgement is self.judgement]
        return "; ".join(said) or "nothing was looked at"


@frozen
class SmokeLook:
    """One run of the smoke test. `grave` are findings that going back would mend, `slow` those on
    latency, `unchecked` what could not be looked at.
    """

    grave: tuple[str, ...] = ()
    slow: tuple[str, ...] = ()
    unchecked: tuple[str, ...] = ()


@frozen
class Tally:
    """Requests and, of them, errors."""

    requests: float
    errors: float

    @property
    def rate(self) -> float:
        """The share of errors; 0 where there were no requests."""
        return self.errors / self.requests if self.requests else 0.0


@frozen
class RateLook:
    """One look at the metrics: before the deploy, and since. `trouble` is why there are none."""

    before: Tally = Tally(requests=0, errors=0)
    since: Tally = Tally(requests=0, errors=0)
    trouble: str = ""


def decide(signals: Iterable[Signal]) -> Decision:
    """The gravest of all; nothing at all is inconclusive."""
    told = tuple(signals)
    order = list(Judgement)
    worst = min((order.index(s.judgement) for s in told), default=1)
    return Decision(judgement=order[worst], signals=told)


def judge_smoke(looks: Sequence[SmokeLook], *, least_bad: int) -> Signal:
    """Bad where at least `least_bad` runs found something grave; fewer are inconclusive."""
    bad = [look for look in looks if look.grave]
    count = f"{len(bad)} of {len(looks)} runs"
    if bad and len(bad) >= least_bad:
        return _smoke(Judgement.BAD, f"{bad[0].grave[0]} ({count} failed)")
    if bad:
        return _smoke(Judgement.INCONCLUSIVE, f"{count} failed, {least_bad} must")
    if not looks:
        return _smoke(Judgement.INCONCLUSIVE, "there is no run of it")
    blind = [look for look in looks if look.unchecked]
    if blind:
        return _smoke(Judgement.INCONCLUSIVE, f"not looked at: {blind[0].unchecked[0]}")
    slow = [look for look in looks if look.slow]
    if slow:
        return _smoke(Judgement.SLOW, slow[0].slow[0])
    return _smoke(Judgement.GOOD, f"{len(looks)} of {len(looks)} runs passed")


def judge_rate(source: str, looks: Sequence[RateLook]) -> Signal:
    """By the last three looks, as this module's head says."""
    last = looks[-LOOKS:]
    trouble = next((look.trouble for look in last if look.trouble), "")
    if trouble or not last:
        return _rate(source, Judgement.INCONCLUSIVE, trouble or "there is no look at it")
    numbers = _numbers(last[-1])
    thin = [look for look in last if min(look.since.requests, look.before.requests) < 1]
    if any(look.since.requests < LEAST_REQUESTS for look in last) or thin:
        words = f"too few requests to tell ({numbers}; {LEAST_REQUESTS} are needed)"
        return _rate(source, Judgement.INCONCLUSIVE, words)
    bad = sum(map(_is_worse, last))
    if bad >= BAD_LOOKS:
        words = f"error rate {numbers}, z {z_of(last[-1]):.1f}"
        return _rate(source, Judgement.BAD, words)
    return _rate(source, Judgement.GOOD, f"error rate {numbers}")


def z_of(look: RateLook) -> float:
    """How many standard deviations the two shares of errors are apart, pooled."""
    before, since = look.before, look.since
    pooled = (before.errors + since.errors) / (before.requests + since.requests)
    spread = pooled * (1 - pooled) * (1 / before.requests + 1 / since.requests)
    if spread <= 0:
        return 0.0
    return (since.rate - before.rate) / math.sqrt(spread)


def _is_worse(look: RateLook) -> bool:
    return look.since.rate - look.before.rate >= LEAST_RISE and z_of(look) > LEAST_Z


def _numbers(look: RateLook) -> str:
    before, since = look.before, look.since
    counted = f"{since.errors:.0f} of {since.requests:.0f} requests"
    return f"{before.rate:.2%} -> {since.rate:.2%} ({counted})"


def _smoke(judgement: Judgement, words: str) -> Signal:
    return Signal(source="smoke-test", judgement=judgement, words=words)


def _rate(source: str, judgement: Judgement, words: str) -> Signal:
    return Signal(source=source, judgement=judgement, words=words)
