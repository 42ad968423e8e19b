"""Asks the same few addresses many times over kept connections, and says how long each took.

Threads and `http.client`, since an event loop adds its own delays: with 20 visitors and a server
that takes 40 ms, p95 was 151 ms with httpx's and 47 ms so; a load tool in C saw the latter too.
"""

import time
from collections.abc import Iterator, Sequence
from threading import Condition, Lock

from launchready.facts.sampling import Sample, Sampling, sample_of
from launchready.facts.web import Request, Trouble
from launchready.gateways.web.client import Client

MOST_AT_ONCE = 5
_FEWEST = 20  # answers before it is judged whether the site bears it

Turn = tuple[int, int]  # which request, and its round


def sample(
    client: Client, requests: Sequence[Request], *, rounds: int, at_once: int, seconds: float
) -> Sampling:
    """Each request `rounds` times, in turns, so that all meet what the runner's network does.

    At most MOST_AT_ONCE at once, and no longer than `seconds`; who answers more than 20 % errors is
    left in peace. A few rounds more are asked for the requests that open connections.
    """
    at_once = min(at_once, MOST_AT_ONCE)
    opening = -(-at_once // 2)
    turns = _Turns(len(requests), rounds + opening)
    work = _Work(client, requests, seconds=seconds, bearable=0.2, ramp=(at_once, 0))
    return work.done([turns] * at_once)


def load(
    client: Client,
    requests: Sequence[Request],
    *,
    visitors: int,
    each: int,
    seconds: float,
    ramp: tuple[int, int],
) -> Sampling:
    """As `visitors` at once, each `each` requests, the next when the last is answered.

    `ramp` is how many begin, and after how many answers each further one joins. It ends after
    `seconds`, or when more than 5 % of the answers are errors.
    """
    count = len(requests)
    work = _Work(client, requests, seconds=seconds, bearable=0.05, ramp=ramp)
    return work.done(
        [iter([((who + k) % count, k) for k in range(each)]) for who in range(visitors)]
    )


class _Turns:
    """Every request once a round; threads may share it."""

    def __init__(self, count: int, rounds: int) -> None:
        self._every = iter([(which, at) for at in range(rounds) for which in range(count)])
        self._lock = Lock()

    def __iter__(self) -> Iterator[Turn]:
        return self

    def __next__(self) -> Turn:
        with self._lock:
            return next(self._every)


class _Work:
    """Workers that ask, and what they noted together."""

    def __init__(
        self,
        client: Client,
        requests: Sequence[Request],
        *,
        seconds: float,
        bearable: float,
        ramp: tuple[int, int],
    ) -> None:
        self._client, self._requests = client, tuple(requests)
        self._bearable, self._ramp = bearable, ramp
        self._began = time.monotonic()
        self._end = self._began + seconds
        self._samples: list[list[Sample]] = [[] for _ in requests]
        self._answers = self._errors = 0
        self._cpu = 0.0
        self._stopped = ""
        self._changed = Condition()

    def done(self, turns: Sequence[Iterator[Turn]]) -> Sampling:
        """Let a worker go through each of these turns, and say what came of it."""
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(len(turns)) as pool:
            tuple(pool.map(self._go_through, range(len(turns)), turns))
        return Sampling(
            requests=self._requests,
            samples=tuple(tuple(sorted(each, key=lambda s: s.at)) for each in self._samples),
            busy=self._cpu / max(time.monotonic() - self._began, 0.001),
            stopped=self._stopped,
        )

    def _go_through(self, who: int, turns: Iterator[Turn]) -> None:
        self._wait(who)
        for which, at in turns:
            if self._stopped or self._is_late():
                return
            before = time.thread_time()
            sample = sample_of(at, self._client.once(self._requests[which]))
            self._note(which, sample, time.thread_time() - before)

    def _wait(self, who: int) -> None:
        """Until it is this worker's turn to join."""
        begin, step = self._ramp
        wanted = (who - begin + 1) * step
        with self._changed:
            left = self._end - time.monotonic()
            self._changed.wait_for(lambda: self._answers >= wanted or self._stopped, left)

    def _is_late(self) -> bool:
        if time.monotonic() < self._end:
            return False
        self._stop("time")
        return True

    def _stop(self, why: str) -> None:
        with self._changed:
            self._stopped = self._stopped or why
            self._changed.notify_all()

    def _note(self, which: int, sample: Sample, cpu: float) -> None:
        if sample.trouble is Trouble.SPENT:
            self._stop("requests")
            return
        with self._changed:
            self._samples[which].append(sample)
            self._cpu += cpu
            self._answers += 1
            self._errors += sample.is_error or sample.is_refused
            self._changed.notify_all()
            is_borne = self._errors <= self._bearable * self._answers
        if not is_borne and self._answers >= _FEWEST:
            self._stop("errors")
