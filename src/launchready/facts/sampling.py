"""What a sampler measured: one request of many, and all of a route."""

from launchready.facts.web import Request, Response, Silence, Trouble
from launchready.frozen import frozen


@frozen
class Sample:
    """One request. `at` is its round, `milliseconds` from its first byte sent to the answer's last.

    `status` is None where there was no answer, and `trouble` then says why. `is_first` says that it
    opened a connection, and is slower for that.
    """

    at: int
    milliseconds: float
    status: int | None
    trouble: Trouble | None = None
    is_first: bool = False

    @property
    def is_error(self) -> bool:
        """Whether the site failed: no answer, or one of its own errors (RFC 9110, 15.6)."""
        return self.status is None or self.status >= 500

    @property
    def is_refused(self) -> bool:
        """Whether a limit of requests, and not the route, answered (RFC 6585, section 4)."""
        return self.status == 429


@frozen
class Sampling:
    """The samples of each request that was asked, in the order of `requests`.

    `busy` is the share of the time in which this process itself was at work for them: near 1 it is
    the runner that is slow. `stopped` says why it ended early, "" where it did not.
    """

    requests: tuple[Request, ...]
    samples: tuple[tuple[Sample, ...], ...]
    busy: float = 0.0
    stopped: str = ""


def sample_of(at: int, outcome: Response | Silence) -> Sample:
    """An outcome as a sample of a round."""
    if isinstance(outcome, Silence):
        return Sample(at=at, milliseconds=0.0, status=None, trouble=outcome.trouble)
    return Sample(
        at=at,
        milliseconds=outcome.phases.answer,
        status=outcome.status,
        is_first=outcome.phases.connect > 0,
    )
