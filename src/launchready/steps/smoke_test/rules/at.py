"""Findings about an address that was asked."""

from launchready.facts.web import Response
from launchready.model import Evidence, Finding, JsonScalar, UrlLocation


def at(url: str, message: str, *measured: tuple[str, JsonScalar]) -> Finding:
    """A finding about an address, which is its identity too."""
    return Finding(
        message=message,
        location=UrlLocation(url=url),
        identity=url,
        evidence=Evidence(measured=measured),
    )


def answered(response: Response, message: str) -> Finding:
    """A finding about what an address answered, with the status."""
    return at(response.url, message, ("status", response.status))
