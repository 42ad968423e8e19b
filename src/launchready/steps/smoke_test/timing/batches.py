"""One batch of samples: the routes and, in between, the controls of their hosts."""

from collections.abc import Mapping, Sequence

from launchready.facts.sampling import Sample
from launchready.facts.web import Request
from launchready.frozen import frozen
from launchready.gateways.web.client import Client
from launchready.gateways.web.sampler import sample
from launchready.steps.smoke_test.statistics.series import Series, as_thousandths, beside
from launchready.steps.smoke_test.timing.timed import Timed

ROUNDS = 100
BUSY = 0.7
"""Share of a processor from which it is the runner that is slow."""


@frozen
class Batch:
    """What one batch says of a route: its right answers, in milliseconds and beside the control.

    `errors` of `asked` requests failed, `refused` met a limit of requests.
    """

    milliseconds: tuple[float, ...]
    series: Series
    asked: int
    errors: int
    refused: int


@frozen
class Batches:
    """A batch of each route, by its key, and whether the times are the site's."""

    by_key: Mapping[str, Batch]
    is_timed: bool
    stopped: str


def batches(
    client: Client,
    timed: Sequence[Timed],
    controls: Mapping[str, Request | None],
    at_once: int,
    seconds: float,
) -> Batches:
    """Ask every route ROUNDS times; `controls` are by a route's key, None where there is none."""
    own = dict.fromkeys(control for each in timed if (control := controls[each.key]))
    requests = [*own, *(each.request for each in timed)]
    took = sample(client, requests, rounds=ROUNDS, at_once=at_once, seconds=seconds)
    of_control = {
        request: by_round(samples, 200) for request, samples in zip(own, took.samples, strict=False)
    }
    found = {}
    for each, samples in zip(timed, took.samples[len(own) :], strict=True):
        control = controls[each.key]
        right = by_round(samples, each.response.status)
        found[each.key] = Batch(
            milliseconds=tuple(right.values()),
            series=beside(_kept(right), _kept(of_control[control]) if control else {}),
            asked=len(samples),
            errors=sum(sample.is_error for sample in samples),
            refused=sum(sample.is_refused for sample in samples),
        )
    return Batches(by_key=found, is_timed=took.busy < BUSY, stopped=took.stopped)


def by_round(samples: Sequence[Sample], status: int) -> dict[int, float]:
    """The times of right answers by their round, without those that opened a connection.

    Where nearly every answer closes its connection, opening one is part of what visitors wait for.
    """
    right = [each for each in samples if each.status == status]
    kept = [each for each in right if not each.is_first]
    chosen = kept if 2 * len(kept) >= len(right) else right
    return {each.at: each.milliseconds for each in chosen}


def how_many_at_once(timed: Sequence[Timed]) -> int:
    """As many as leave this process idle most of the time: quick answers are asked for singly."""
    mean = sum(each.response.phases.answer for each in timed) / len(timed)
    return max(1, min(5, int(mean / 4)))


def _kept(milliseconds: Mapping[int, float]) -> dict[int, int]:
    return {at: as_thousandths(each) for at, each in milliseconds.items()}
