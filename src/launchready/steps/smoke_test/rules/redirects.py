"""Rules on the ways in: each ends at the canonical address, in one hop, with path and query."""

from collections.abc import Iterator
from itertools import pairwise
from urllib.parse import urlsplit

from launchready.facts.web import Response, Silence, Trouble
from launchready.model import Evidence, Finding, Severity, UrlLocation
from launchready.step import rule
from launchready.steps.smoke_test.rules.shown import PERMANENT, origin_shown
from launchready.steps.smoke_test.seen import EntryFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings


@rule(EntryFacts, Severity.ERROR)
def http_not_redirected(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site that serves pages over plain HTTP.

    Passwords and session cookies travel in clear on every shared network, and browsers write "not
    secure" beside the name.

    Redirect all of HTTP to HTTPS with 308, path and query kept: `return 308
    https://$host$request_uri;` (nginx), `SECURE_SSL_REDIRECT = True` (Django), `config.force_ssl`
    (Rails), "Always Use HTTPS" (Cloudflare), `force_https = true` (fly.toml).

    Bad:
        GET http://www.example.com/ -> 200
    Good:
        GET http://www.example.com/ -> 308 to https://www.example.com/
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.4.9
    """
    del settings
    is_plain = seen.entry.startswith("http:") and seen.canonical.startswith("https:")
    response = seen.journey.first.response
    if is_plain and response is not None and response.location is None and response.status < 500:
        yield _finding(seen, f"{seen.entry} is not redirected to HTTPS ({response.status})")


@rule(EntryFacts, Severity.WARNING)
def second_canonical_host(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a second host that serves the site itself.

    Search engines see two sites with the same pages, and cookies of one do not count on the other:
    visitors are signed out when they follow a link.

    Redirect it to the canonical host with 308, path and query kept.

    Bad:
        GET https://example.com/ -> 200 and GET https://www.example.com/ -> 200
    Good:
        GET https://example.com/ -> 308 to https://www.example.com/
    Reference: https://developers.google.com/search/docs/crawling-indexing/consolidate-duplicate-urls
    """
    del settings
    response = seen.journey.last.response
    is_there = response is not None and response.location is None
    end = urlsplit(seen.journey.urls[-1])
    is_own = end.hostname == urlsplit(seen.entry).hostname
    is_twin = is_own and end.hostname != urlsplit(seen.canonical).hostname
    if is_there and is_twin and seen.entry.startswith("https:"):  # once, not for plain HTTP too
        yield _finding(seen, f"{end.hostname} serves the site itself, beside {seen.canonical}")


@rule(EntryFacts, Severity.ERROR)
def redirect_never_ends(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a way in whose redirects go in a circle.

    Visitors see "too many redirects" and no page.

    Two places that each correct the other's address: with Cloudflare in "Flexible" mode and an
    application that demands HTTPS, take "Full (strict)"; else look at the host's and the
    application's rules for `www.`.

    Bad:
        http://example.com/ -> https://example.com/ -> http://example.com/
    Good:
        http://example.com/ -> https://example.com/
    Reference: https://developers.cloudflare.com/ssl/troubleshooting/too-many-redirects/
    """
    del settings
    if seen.journey.stopped.startswith(("the redirects", "more than")):
        yield _finding(seen, f"from {seen.entry}, {seen.journey.stopped}")


@rule(EntryFacts, Severity.ERROR)
def redirect_to_plain_http(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a redirect from HTTPS to HTTP on a way in.

    What was encrypted goes on in clear, cookies without `Secure` with it.

    Let the redirect name `https://`; behind a proxy the application must trust its
    `X-Forwarded-Proto`.

    Bad:
        https://example.com/ -> http://www.example.com/
    Good:
        https://example.com/ -> https://www.example.com/
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
    """
    del settings
    ways = (*seen.journey.urls, _stop(seen))
    for here, there in pairwise(ways):
        if here.startswith("https:") and there.startswith("http:"):
            yield _finding(seen, f"{origin_shown(here)} redirects to plain HTTP")
            return


@rule(EntryFacts, Severity.WARNING)
def redirect_loses_address(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a way in that redirects and drops the path or the query.

    Every link with the other host or scheme, and every campaign with its tags, ends at the home
    page.

    Keep both: `$request_uri` and not `/` (nginx), "preserve path and query" (Cloudflare, Netlify
    `/* … /:splat`).

    Bad:
        http://example.com/a?x=1 -> https://www.example.com/
    Good:
        http://example.com/a?x=1 -> https://www.example.com/a?x=1
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
    """
    del settings
    arrived = _arrival(seen)
    if not arrived:
        return
    end, sent = urlsplit(seen.journey.urls[arrived]), urlsplit(seen.sent)
    lost = [
        word
        for word, kept in (
            ("path", end.path.rstrip("/").endswith(sent.path)),
            ("query", end.query == sent.query),
        )
        if not kept
    ]
    if lost:
        yield _finding(seen, f"{seen.entry} loses the {' and the '.join(lost)} when it redirects")


@rule(EntryFacts, Severity.NOTE)
def redirect_in_several_hops(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a way in with more than one redirect.

    Each hop is a round trip before the first page, more on a phone.

    Send it straight to the final address: `http://example.com` to `https://www.example.com`, not by
    way of `https://example.com`. (A host in the browsers' HSTS preload list needs the two hops.)

    Bad:
        http://example.com/ -> https://example.com/ -> https://www.example.com/
    Good:
        http://example.com/ -> https://www.example.com/
    Reference: https://web.dev/articles/redirects
    """
    del settings
    hops = _arrival(seen)
    if hops > 1 and not seen.journey.stopped:
        yield _finding(seen, f"{seen.entry} takes {hops} redirects to {seen.canonical}")


@rule(EntryFacts, Severity.NOTE)
def redirect_is_temporary(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a way in that redirects for the time being.

    Browsers ask again each time, and search engines keep the old address.

    Answer 308 (or 301) where it is meant for ever.

    Bad:
        http://example.com/ -> 302
    Good:
        http://example.com/ -> 308
    Reference: https://developers.google.com/search/docs/crawling-indexing/301-redirects
    """
    del settings
    response = seen.journey.first.response
    is_redirect = response is not None and response.location is not None
    if response is not None and is_redirect and response.status not in PERMANENT:
        yield _finding(seen, f"{seen.entry} redirects with {response.status}, for the time being")


@rule(EntryFacts, Severity.ERROR)
def way_in_ends_elsewhere(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a way in that redirects to a host that the config does not know.

    Visitors of one of your names end at somebody else's page: a parking page, an old host, a
    preview.

    Point the domain at this project; where the host is yours, name it in `site.hosts`.

    Bad:
        https://example.com/ -> https://parking.example/
    Good:
        https://example.com/ -> https://www.example.com/
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
    """
    del settings
    if seen.journey.stopped.endswith("among the hosts of `site`") and not _is_twin_of(seen):
        yield _finding(seen, f"{seen.entry} redirects to {origin_shown(_stop(seen))}")


@rule(EntryFacts, Severity.WARNING)
def way_in_closed(seen: EntryFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a way in that gives no answer.

    Whoever types the name so, or follows such a link, finds nothing.

    Give the name a record, add it to the host's domains and let it redirect.

    Bad:
        http://example.com/ -> the name has no address
    Good:
        http://example.com/ -> 308 to https://www.example.com/
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-15.4
    """
    del settings
    last = seen.journey.first.last
    is_named = isinstance(last, Response) or last.trouble is not Trouble.LOOKUP or seen.is_declared
    if isinstance(last, Silence) and is_named:
        yield _finding(seen, f"{seen.entry} does not answer: {last.words}")


def _arrival(seen: EntryFacts) -> int:
    """After how many redirects the canonical address was come to; 0 where it never was.

    Where that sends the visitor on, to a login or a language, is its own affair.
    """
    places = [urlsplit(url)[:2] for url in seen.journey.urls]
    canonical = urlsplit(seen.canonical)[:2]
    return places.index(canonical) if canonical in places else 0


def _stop(seen: EntryFacts) -> str:
    """Where the last answer would have led, or its own address."""
    last = seen.journey.last
    if last.response is None or last.response.location is None:
        return last.request.url
    return last.response.target or last.request.url


def _is_twin_of(seen: EntryFacts) -> bool:
    """Whether it leads to the entry's own `www.` or bare name, which nobody declared."""
    there = (urlsplit(_stop(seen)).hostname or "").removeprefix("www.")
    return there == (urlsplit(seen.entry).hostname or "").removeprefix("www.")


def _finding(seen: EntryFacts, message: str) -> Finding:
    hops = [hop.response.status for hop in seen.journey if hop.response is not None]
    return Finding(
        message=message,
        location=UrlLocation(url=f"{seen.entry}/"),
        identity=seen.entry,
        evidence=Evidence(measured=(("statuses", " → ".join(map(str, hops))),)),
    )


REDIRECT_RULES = (
    http_not_redirected,
    second_canonical_host,
    redirect_never_ends,
    redirect_to_plain_http,
    redirect_loses_address,
    redirect_in_several_hops,
    redirect_is_temporary,
    way_in_ends_elsewhere,
    way_in_closed,
)
