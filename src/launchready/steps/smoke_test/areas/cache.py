"""The area `cache`: what a shared cache keeps that it must not, and what it should keep."""

from collections.abc import Iterator
from itertools import islice
from urllib.parse import urlsplit

from launchready.facts.web import Address, Answer, Request, Response
from launchready.model import Looked, Told, Unchecked
from launchready.regex import Regex
from launchready.site import Identity, RouteKind
from launchready.steps.smoke_test.caching import cdn_of, seconds_fresh
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.inconclusive import inconclusive
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.routes.asking import is_whole
from launchready.steps.smoke_test.seen import (
    AssetFacts,
    CdnFacts,
    LeakFacts,
    OriginFacts,
    SharedFacts,
)
from launchready.steps.smoke_test.session import Session

# Hexadecimal (webpack, Django, Rails), or Vite's 8 of base64url: without a digit, in both cases.
_HASHED = Regex(
    r"[.\-_/](?:(?=[0-9a-zA-Z_\-]{0,31}[0-9])[0-9a-zA-Z_\-]{8,32}"
    r"|(?=[a-zA-Z]{0,7}[A-Z])(?=[a-zA-Z]{0,7}[a-z])[a-zA-Z]{8})\.(?:js|css|mjs|woff2)$"
)
_MOST_ASSETS = 6
_STATIC_NAME = "/launchready.css"

_Who = tuple[str, Identity | None]


def observe(session: Session) -> Iterator[object]:
    """The leak test of protected routes, then what each answer says of caches."""
    routes = session.plan.routes
    protected = [each for each in routes if each.kind is RouteKind.PROTECTED]
    yield from _leaks(session, protected)
    shared = [each for each in routes if each.route.method == "GET" and each not in protected]
    yield from session.client.all(lambda planned: _shared(session, planned), shared)
    yield from _assets(session)
    yield from _cdns(session)


def _leaks(session: Session, protected: list[PlannedRoute]) -> Iterator[object]:
    """The leak tests, or one word for all routes where there is no account to make them."""
    accounts = [
        (name, identity)
        for name, identity in session.settings.site.identities.items()
        if is_whole(identity)
    ]
    if protected and not accounts:
        yield _untested(session, protected)
    if not protected or not accounts:
        return
    yield from session.client.all(lambda planned: _leak(session, planned, accounts), protected)
    yield Looked(name="leak_tests", one="leak test", many="leak tests", count=len(protected))


def _untested(session: Session, protected: list[PlannedRoute]) -> Unchecked | Told:
    """Accounts that are declared and have no credentials here were to be tested. Without any, it
    is only said: to declare a route protected must not cost a pass.
    """
    more = f" and {len(protected) - 1} more" if len(protected) > 1 else ""
    target = f"{protected[0].url}{more}"
    reason = "without a test account nobody can tell whether a cache leaks a private page"
    if not session.settings.site.identities:
        words = f"not tested, whether a cache leaks {target}: name accounts under `site.identities`"
        return Told(name="leak_test", value="no account", words=words)
    return Unchecked(
        target=f"{target} in caches",
        reason=reason,
        hint="set the variables of two accounts under `site.identities`, each with a `marker`",
    )


def _leak(session: Session, planned: PlannedRoute, accounts: list[tuple[str, Identity]]) -> object:
    """Ask as one account, as another, as nobody and as the first again, in this order.

    A cache that keeps the first answer gives it to the ones that follow.
    """
    whos: list[_Who] = [*accounts[:2], ("", None), accounts[0]]
    answers = [_as(session, planned.url, who) for who in whos]
    static = [_as(session, planned.url.rstrip("/") + _STATIC_NAME, who) for who in whos[-2:][::-1]]
    answers += static
    whos += whos[-2:][::-1]
    for answer in answers:
        if unchecked := inconclusive(answer):
            return unchecked
    markers = {name: identity.marker for name, identity in accounts if identity.marker}
    return LeakFacts(
        url=planned.url,
        answers=tuple((name, answer) for (name, _), answer in zip(whos, answers, strict=True)),
        markers=tuple(markers.items()),
    )


def _as(session: Session, url: str, who: _Who) -> Answer:
    name, identity = who
    headers = tuple(identity.headers.items()) if identity else ()
    return session.client.ask(Request(url=url, headers=headers, as_whom=name))


def _shared(session: Session, planned: PlannedRoute) -> object:
    journey = session.page(planned.url)
    response = journey.last.response
    if response is None or inconclusive(journey.last):
        return ()  # told by the area `routes`
    return SharedFacts(planned=planned, response=response)


def _assets(session: Session) -> Iterator[object]:
    """The scripts and styles of the home page whose names change with their content."""
    home = session.page(session.plan.url).last.response
    if home is None or home.status != 200:
        return
    page = page_of(home.text, home.url)
    styles = [tag.get("href") for tag in page.named("link") if tag.get("rel") == "stylesheet"]
    urls = [*page.scripts, *(page.absolute(style) for style in styles if style)]
    own = (
        url
        for url in dict.fromkeys(urls)
        if url and urlsplit(url).hostname in session.plan.hosts and _HASHED.search(url)
    )
    groups: dict[tuple[str, object], list[Response]] = {}
    for journey in session.client.all(session.page, islice(own, _MOST_ASSETS)):
        response = journey.last.response
        if response is not None and not inconclusive(journey.last):
            told = (response.status, response.media_type == "text/html", seconds_fresh(response))
            groups.setdefault((response.url.rpartition("/")[0], told), []).append(response)
    for alike in groups.values():
        yield AssetFacts(response=alike[0], others=len(alike) - 1)


def _cdns(session: Session) -> Iterator[object]:
    """Whether a CDN stands where the config says, and whether its origin answers strangers."""
    networks = set()
    for host in session.settings.site.hosts:
        if host.proxied is None and host.origin is None:
            continue
        answer = session.client.ask(Request(url=f"https://{host.name}/"))
        if answer.response is None or inconclusive(answer):
            continue
        network = cdn_of(answer.response.headers)
        networks.add(network)
        if host.proxied is not None:
            yield CdnFacts(response=answer.response, is_meant=host.proxied, network=network)
        if host.origin:
            pinned = Request(url=answer.request.url, address=Address(ip=host.origin))
            direct = session.client.ask(pinned)
            yield inconclusive(direct) or OriginFacts(answer=direct)
    named = ", ".join(sorted(networks - {""}))
    if named:
        yield Told(
            name="not_checkable_from_outside",
            value=named,
            words=f"not checkable from outside: the settings of {named} (TLS mode to the origin,"
            " firewall, cache rules)",
        )
