"""The area `pages`."""

from collections.abc import Iterator

from launchready.steps.smoke_test.session import Session


def observe(session: Session) -> Iterator[object]:
    """Its facts, and what could not be looked at."""
    del session
    yield from ()
