"""What is right for a route: the declaration's word, else what its kind implies."""

import enum
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.facts.web import REDIRECTS, Journey, Response, Silence
from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.site import Route, RouteKind
from launchready.steps.smoke_test.caching import is_prerendered
from launchready.steps.smoke_test.routes.html_text import visible_text
from launchready.steps.smoke_test.routes.json_values import differences

_REFUSALS = (401, 403, 404)
_WAITING = Regex(
    r"(?i)(?:img )?(?:loading|please wait|one moment|redirecting|checking|signing (?:you )?in)"
    r"(?: (?:please|your|the) [a-z ]{1,30})?[\s.…!]*"
)
_LOGINS = ("login", "signin", "sign-in", "sign_in", "log-in", "auth", "session", "account")


class Wrong(enum.Enum):
    """In what a route differs from what is meant."""

    SILENT = "silent"
    STATUS = "status"
    REDIRECT = "redirect"
    CONTENT = "content"
    EMPTY = "empty"
    OPEN = "open"
    UNSIGNED = "unsigned"
    ANOTHERS = "another's"


@frozen
class Fault:
    """One difference, as a clause about the route that quotes nothing of its answer."""

    wrong: Wrong
    words: str


def faults_of(route: Route, journey: Journey) -> tuple[Fault, ...]:
    """What is not right about a route, asked as its declaration says."""
    last = journey.last.last
    if isinstance(last, Silence):
        return (Fault(wrong=Wrong.SILENT, words=f"it does not answer: {last.words}"),)
    wrong = _redirect_fault(route, journey) or _status_fault(route, journey, last)
    if wrong is not None:
        return (wrong,)
    is_refusal = route.kind is RouteKind.PROTECTED and route.identity is None
    return () if is_refusal or last.status in REDIRECTS else tuple(_content_faults(route, last))


def is_followed(route: Route) -> bool:
    """Whether redirects are part of the way to the answer, and not the answer itself."""
    is_refusal = route.kind is RouteKind.PROTECTED and route.identity is None
    is_redirect_right = any(status in REDIRECTS for status in route.status)
    return not (is_refusal or is_redirect_right or route.redirects_to or route.method != "GET")


def is_shell(response: Response) -> bool:
    """Whether a page holds nothing but scripts that will fill it, and a word to wait for them."""
    is_html = response.media_type in ("text/html", "application/xhtml+xml")
    page = response.text if is_html else ""
    if "<script" not in page.lower():
        return False
    text = visible_text(page)
    return not text or bool(_WAITING.fullmatch(text))


def tells_nothing(response: Response) -> bool:
    """Whether a page is the same for everybody, so that it does not tell who is refused."""
    return is_shell(response) or is_prerendered(response)


def _redirect_fault(route: Route, journey: Journey) -> Fault | None:
    if journey.stopped:
        return Fault(wrong=Wrong.REDIRECT, words=f"it redirects on and on: {journey.stopped}")
    response = journey.first.response
    if route.redirects_to is None or response is None:
        return None
    if response.location is None:
        words = f"it answered {response.status} and does not redirect"
        return Fault(wrong=Wrong.REDIRECT, words=words)
    there = response.target
    wanted = urljoin(response.url, route.redirects_to)
    is_right = there == wanted
    if wanted.endswith("*"):
        is_right = there.startswith(wanted[:-1])
    words = f"it redirects elsewhere than to {route.redirects_to}"
    return None if is_right else Fault(wrong=Wrong.REDIRECT, words=words)


def _status_fault(route: Route, journey: Journey, last: Response) -> Fault | None:
    if route.status or route.redirects_to:
        wanted = route.status or tuple(sorted(REDIRECTS))
        is_right = last.status in wanted
        words = f"it answered {last.status}, not {' or '.join(map(str, wanted))}"
        return None if is_right else Fault(wrong=Wrong.STATUS, words=words)
    if route.kind is RouteKind.WEBHOOK:
        return _webhook_fault(last)
    if route.kind is RouteKind.PROTECTED and route.identity is None:
        return _refusal_fault(route, last)
    if last.status == 200:
        return None
    way = f" after {len(journey.hops) - 1} redirects" if len(journey.hops) > 2 else ""
    return Fault(wrong=Wrong.STATUS, words=f"it answered {last.status}{way}")


def _webhook_fault(last: Response) -> Fault | None:
    if 200 <= last.status < 300:
        words = f"it accepted a request without signature ({last.status})"
        return Fault(wrong=Wrong.UNSIGNED, words=words)
    if last.status >= 500 or last.status in (404, 405):
        return Fault(wrong=Wrong.STATUS, words=f"it answered {last.status} to an unsigned request")
    return None


def _refusal_fault(route: Route, last: Response) -> Fault | None:
    if last.status in _REFUSALS or (last.location is not None and _is_login(last)):
        return None
    if last.location is not None:
        words = f"a stranger is redirected ({last.status}), but not to a login"
        return Fault(wrong=Wrong.REDIRECT, words=words)
    if last.status == 200 and not tells_nothing(last):
        return Fault(wrong=Wrong.OPEN, words="a stranger gets the page (200)")
    if last.status == 200:
        return None
    return Fault(wrong=Wrong.STATUS, words=f"it answered {last.status} to a stranger")


def _is_login(response: Response) -> bool:
    there = urlsplit(response.target)
    is_elsewhere = (there.hostname or "") != response.request.host
    is_named = any(word in f"{there.hostname}{there.path}".lower() for word in _LOGINS)
    is_home = there.path in ("", "/")
    return is_named or is_elsewhere or is_home


def _content_faults(route: Route, last: Response) -> Iterator[Fault]:
    for words in _contents(route, last):
        yield Fault(wrong=Wrong.CONTENT, words=words)
    is_page = route.kind in (RouteKind.PUBLIC, RouteKind.LOGIN, RouteKind.SIGNUP)
    if is_page and last.media_type == "text/html" and not visible_text(last.text):
        if not is_shell(last):
            yield Fault(wrong=Wrong.EMPTY, words="the page is empty: no text and no script")
    elif len(last.body) < route.least_bytes and route.method != "HEAD" and last.status != 204:
        words = f"its body has {len(last.body)} bytes, and not at least {route.least_bytes}"
        yield Fault(wrong=Wrong.EMPTY, words=words)


def _contents(route: Route, last: Response) -> Iterator[str]:
    text = last.text
    if route.content_type and last.media_type != route.content_type.lower():
        yield f"it is {_kind(last.media_type)}, not {route.content_type}"
    elif route.kind is RouteKind.API and last.media_type == "text/html":
        yield "it is a web page where an API is declared"
    hint = "; scripts fill this page, so look with `--browser`" if is_shell(last) else ""
    for wanted in route.contains:
        if wanted not in text:
            yield f"it does not hold `{wanted}`{hint}"
    for unwanted in route.lacks:
        if unwanted in text:
            yield f"it holds `{unwanted}`"
    if route.json:
        yield from differences(text, route.json)


def _kind(media_type: str) -> str:
    is_plain = all(sign.isalnum() or sign in "/+.-" for sign in media_type)
    return media_type[:60] if media_type and is_plain else "of no told type"
