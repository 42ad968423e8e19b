"""What follows on an outcome: another address, another attempt, or where a redirect leads."""

from urllib.parse import urlsplit

from launchready.facts.web import Request, Response, Silence, Trouble
from launchready.frozen import replace

_FOR_THE_MOMENT = frozenset({502, 503, 504})


def onward(response: Response, url: str) -> Request:
    """The next request as the Fetch standard makes it (HTTP-redirect fetch): what is no GET or
    HEAD becomes a GET after 303, a POST also after 301 and 302.

    No field of the request goes to another host, nor from TLS to plain text.
    """
    before = response.request
    here, there = urlsplit(before.url), urlsplit(url)
    is_ours = here.hostname == there.hostname and there.scheme in (here.scheme, "https")
    becomes_get = (response.status == 303 and before.method not in ("GET", "HEAD")) or (
        response.status in (301, 302) and before.method == "POST"
    )
    return replace(
        before,
        url=url,
        method="GET" if becomes_get else before.method,
        body=None if becomes_get or not is_ours else before.body,
        headers=before.headers if is_ours else (),
        address=before.address if here[:2] == there[:2] else None,
    )


def is_for_the_moment(outcome: Response | Silence) -> bool:
    """Whether it may well be otherwise in a second."""
    if isinstance(outcome, Response):
        return outcome.status in _FOR_THE_MOMENT
    return outcome.trouble in (
        Trouble.REFUSED,
        Trouble.TIMEOUT,
        Trouble.BROKEN,
        Trouble.LOOKUP_FAILED,
    )


def is_unreached(outcome: Response | Silence) -> bool:
    """Whether another address of the same host may still answer."""
    return isinstance(outcome, Silence) and outcome.trouble in (
        Trouble.REFUSED,
        Trouble.UNREACHABLE,
        Trouble.TIMEOUT,
    )
