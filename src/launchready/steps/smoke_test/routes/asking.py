"""A route's declaration -> the request that it means."""

from urllib.parse import quote, urlencode

from launchready.facts.web import Request
from launchready.site import Identity, Route, RouteKind
from launchready.steps.smoke_test.routes.visitor import Visitor

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


def method_of(route: Route) -> str:
    """The method; an undeclared one is a webhook's POST, a form's POST, or GET."""
    is_sent = route.form or route.body is not None or route.kind is RouteKind.WEBHOOK
    return "POST" if route.method == "GET" and is_sent else route.method


def request_of(route: Route, url: str, identity: Identity | None, visitor: Visitor) -> Request:
    """The request, with what was captured before filled in."""
    headers = dict(identity.headers) if identity else {}
    headers |= route.headers
    body = None
    if route.form:
        fields = {name: visitor.filled(value) for name, value in route.form.items()}
        body = urlencode(fields).encode()
        headers.setdefault("content-type", "application/x-www-form-urlencoded")
    elif route.body is not None:
        body = visitor.filled(route.body).encode()
        headers.setdefault("content-type", "application/json")
    elif route.kind is RouteKind.WEBHOOK:
        body = b"{}"
        headers.setdefault("content-type", "application/json")
    return Request(
        url=encoded(visitor.filled(url, in_path=True)),
        method=method_of(route),
        headers=tuple((name, visitor.filled(value)) for name, value in headers.items()),
        body=body,
        as_whom=route.identity or "",
    )


def encoded(url: str) -> str:
    """A URL with only the signs that may be sent (RFC 3986, section 2)."""
    return quote(url, safe="%/:?&=#+;,@!$'()*[]~-._")


def is_whole(identity: Identity) -> bool:
    """Whether the identity's secrets are there: an unset variable leaves `Bearer ` or nothing."""
    return all(
        value.strip() and not value.endswith((" ", "=")) for value in identity.headers.values()
    )
