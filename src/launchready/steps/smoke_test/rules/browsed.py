"""What the rules on pages in a browser share."""

from urllib.parse import urlsplit

from launchready.model import Evidence, Finding, JsonScalar, UrlLocation
from launchready.steps.smoke_test.browsed import BrowsedFacts


def browsed_finding(seen: BrowsedFacts, message: str, *measured: tuple[str, JsonScalar]) -> Finding:
    """A finding on a page as a browser shows it."""
    return Finding(
        message=f"{seen.planned.name}: {message}",
        location=UrlLocation(url=seen.planned.url),
        identity=seen.planned.url,
        evidence=Evidence(measured=measured),
    )


def host_of(url: str) -> str:
    """The host of an address, "" where it has none."""
    try:
        return (urlsplit(url).hostname or "").lower()
    except ValueError:
        return ""
