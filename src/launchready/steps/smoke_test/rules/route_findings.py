"""Findings about routes, for the families of rules that judge them."""

from collections.abc import Iterator

from launchready.model import Evidence, Finding, JsonScalar, UrlLocation
from launchready.steps.smoke_test.routes.expecting import Wrong
from launchready.steps.smoke_test.seen import RouteFacts


def critical(seen: RouteFacts, wrong: Wrong) -> Iterator[Finding]:
    """What is wrong in this way with a route that counts."""
    if seen.planned.route.critical:
        yield from found(seen, wrong)


def found(seen: RouteFacts, wrong: Wrong) -> Iterator[Finding]:
    """What is wrong in this way with a route."""
    yield from every(seen, {wrong})


def every(seen: RouteFacts, wrong: set[Wrong]) -> Iterator[Finding]:
    """All that is wrong in one of these ways with a route, as one finding."""
    words = [fault.words for fault in seen.faults if fault.wrong in wrong]
    if words:
        yield finding(seen, f"{seen.title}: {'; '.join(words)}")


def finding(seen: RouteFacts, message: str) -> Finding:
    """A finding about a route, with what its last answer measured."""
    response = seen.last.response
    measured: list[tuple[str, JsonScalar]] = [("attempts", 1 + len(seen.last.earlier))]
    if response is not None:
        measured += [("status", response.status), ("address", response.address.ip)]
        measured += [("milliseconds", round(response.phases.answer))]
    return Finding(
        message=message,
        location=UrlLocation(url=seen.planned.url),
        identity=f"{seen.planned.url} {seen.as_whom}",
        evidence=Evidence(measured=tuple(measured)),
    )
