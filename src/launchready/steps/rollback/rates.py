"""Looks at the error rate since the deploy, three times, beside what it was before."""

import datetime
import os
import time
from collections.abc import Callable, Iterator, Sequence

from launchready.errors import LaunchReadyError
from launchready.gateways.hosting.errors import HostError
from launchready.gateways.metrics import Count, Metric, Window, count
from launchready.steps.rollback.decision import (
    LOOKS,
    Judgement,
    RateLook,
    Signal,
    Tally,
    judge_rate,
)

_LAG = datetime.timedelta(seconds=30)
"""What was counted is there to be asked for only so much later."""

_BEFORE = datetime.timedelta(hours=1)
_SLOWER = 1.3


def rate_signals(
    metrics: Sequence[Metric],
    deployed: datetime.datetime | None,
    *,
    pause_seconds: float,
    now: Callable[[], datetime.datetime],
    sleep: Callable[[float], None] = time.sleep,
) -> Iterator[Signal]:
    """What every metric says of the release that was deployed at that time."""
    if not metrics:
        return
    if deployed is None:
        for metric in metrics:
            words = "nobody knows when it was deployed: `launchready release record` writes it down"
            yield Signal(source=metric.source.value, judgement=Judgement.INCONCLUSIVE, words=words)
        return
    looks: list[list[tuple[RateLook, Count | None, Count | None]]] = [[] for _ in metrics]
    for number in range(LOOKS):
        if number:
            sleep(pause_seconds)
        for metric, seen in zip(metrics, looks, strict=True):
            seen.append(_look(metric, deployed, now() - _LAG))
    for metric, seen in zip(metrics, looks, strict=True):
        yield judge_rate(metric.source.value, [look for look, _, _ in seen])
        if metric.latency:
            yield _latency(metric.source.value, *seen[-1][1:])


def _look(
    metric: Metric, deployed: datetime.datetime, end: datetime.datetime
) -> tuple[RateLook, Count | None, Count | None]:
    if end <= deployed:
        return RateLook(trouble="it was deployed only now"), None, None
    try:
        before = count(metric, Window(start=deployed - _BEFORE, end=deployed), os.environ)
        since = count(metric, Window(start=deployed, end=end), os.environ)
    except (HostError, LaunchReadyError) as error:
        return RateLook(trouble=str(error)), None, None
    look = RateLook(
        before=Tally(requests=before.requests, errors=before.errors),
        since=Tally(requests=since.requests, errors=since.errors),
    )
    return look, before, since


def _latency(source: str, before: Count | None, since: Count | None) -> Signal:
    """A rise of the latency is held: it is no reason to change what is live a second time."""
    name = f"{source} latency"
    if before is None or since is None or before.latency is None or since.latency is None:
        return Signal(source=name, judgement=Judgement.INCONCLUSIVE, words="it is not known")
    words = f"{before.latency:g} -> {since.latency:g}"
    is_slow = since.latency > before.latency * _SLOWER
    judgement = Judgement.SLOW if is_slow else Judgement.GOOD
    return Signal(source=name, judgement=judgement, words=words)
