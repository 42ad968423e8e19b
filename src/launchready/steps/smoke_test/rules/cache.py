"""Rules on caches: nothing of one customer for another, and nothing twice that need not be."""

from collections.abc import Iterator

from launchready.facts.web import Response
from launchready.model import Finding, Severity
from launchready.regex import Regex
from launchready.site import RouteKind
from launchready.step import rule
from launchready.steps.smoke_test.caching import (
    is_kept_private,
    is_shareable,
    seconds_fresh,
    was_stored,
)
from launchready.steps.smoke_test.html_page import page_of
from launchready.steps.smoke_test.routes.expecting import tells_nothing
from launchready.steps.smoke_test.rules.at import answered
from launchready.steps.smoke_test.rules.cookies import session_cookies
from launchready.steps.smoke_test.seen import (
    AssetFacts,
    CdnFacts,
    LeakFacts,
    OriginFacts,
    SharedFacts,
    UnknownFacts,
)
from launchready.steps.smoke_test.settings import SmokeTestSettings

_PRIVATE = (RouteKind.API, RouteKind.LOGIN, RouteKind.SIGNUP, RouteKind.WEBHOOK)
# Django, Rails, Laravel, NextAuth, WordPress, ASP.NET.
_TOKEN = Regex(r"(?i)csrf|xsrf|token|nonce|requestverification")
_A_DAY = 86_400
_AN_HOUR = 3_600


@rule(LeakFacts, Severity.ERROR)
def cache_leaks_account(seen: LeakFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a private page of one account that another account, or nobody, gets too.

    One customer sees another one's data: a leak to report, and the end of trust.

    Bypass the cache where there is a session cookie or `Authorization`, answer with
    `Cache-Control: private, no-store`, and purge what is stored. Do it before anything else.

    Bad:
        GET /account as bert -> the page of anna, from the cache
    Good:
        GET /account as bert -> the page of bert
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-3.5
    """
    del settings
    if (leak := _leak(seen)) is not None:
        who, whose, response = leak
        stored = was_stored(response.headers)
        way = f", from a cache (`{stored}`)" if stored else ""
        yield answered(response, f"{who or 'a stranger'} gets the page of {whose}{way}")


@rule(LeakFacts, Severity.ERROR)
def private_page_from_cache(seen: LeakFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a protected page that a shared cache gave.

    The cache keeps what is one customer's; whose page the next one gets is a matter of luck.

    Bypass the cache where there is a session cookie or `Authorization`; answer with
    `Cache-Control: private, no-store`.

    Bad:
        GET /account as anna -> 200, cf-cache-status: HIT
    Good:
        GET /account as anna -> 200, cf-cache-status: BYPASS
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-3.5
    """
    del settings
    if _leak(seen) is not None:
        return  # said already, and worse
    for response in _private(seen):
        if stored := was_stored(response.headers):
            yield answered(response, f"a shared cache gave this private page (`{stored}`)")
            return


@rule(LeakFacts, Severity.ERROR)
def private_page_for_caches(seen: LeakFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a protected page whose header lets shared caches keep it.

    The first CDN, proxy or office gateway on the way may give it to somebody else.

    Answer with `Cache-Control: private, no-store`.

    Bad:
        GET /account as anna -> Cache-Control: public, max-age=300
    Good:
        GET /account as anna -> Cache-Control: private, no-store
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2
    """
    del settings
    for response in _private(seen):
        if is_shareable(response):
            yield answered(response, "the header lets shared caches keep this private page")
            return


@rule(LeakFacts, Severity.WARNING)
def private_page_silent_on_caches(
    seen: LeakFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags a protected page that says nothing of caches.

    One rule "cache everything" at the CDN, and it is kept and given to others.

    Answer with `Cache-Control: private, no-store`: `@never_cache` or `cache_control(private=True)`
    (Django), `force-dynamic` (Next.js), `no_store` (Rails).

    Bad:
        GET /account as anna -> (no Cache-Control)
    Good:
        GET /account as anna -> Cache-Control: private, no-store
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2
    """
    del settings
    for response in _private(seen):
        if not is_shareable(response) and not is_kept_private(response):
            yield answered(response, "nothing forbids shared caches to keep this private page")
            return


@rule(SharedFacts, Severity.WARNING)
def answer_wrongly_cacheable(seen: SharedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an API's or a health check's answer, or a login with a token in its form or a cookie,
    that shared caches may keep or kept.

    Customers get each other's answers or old ones, forms get tokens that do not count, and a
    health check says "ok" of an hour ago. (A login page that is the same for all may be kept.)

    Answer with `Cache-Control: no-store`; where it may be kept, write `cacheable: true` at the
    route.

    Bad:
        GET /api/orders -> Cache-Control: public, max-age=300
    Good:
        GET /api/orders -> Cache-Control: no-store
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-5.2.2
    """
    del settings
    route = seen.planned.route
    is_private = route.kind in (*_PRIVATE, RouteKind.HEALTH)
    may_be = route.cacheable if route.cacheable is not None else not is_private
    if may_be or seen.response.status >= 400:
        return
    is_page = route.kind in (RouteKind.LOGIN, RouteKind.SIGNUP) and route.cacheable is None
    if is_page and not _is_personal(seen.response):
        return
    stored = was_stored(seen.response.headers)
    if stored:
        yield answered(seen.response, f"a shared cache gave this answer (`{stored}`)")
    elif is_shareable(seen.response):
        yield answered(seen.response, "the header lets shared caches keep this answer")


@rule(SharedFacts, Severity.ERROR)
def session_cookie_in_cache(seen: SharedFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a session cookie that comes with an answer which shared caches may keep or kept.

    Every visitor who gets the kept answer gets the same session: they are one and the same user.

    Set no session on pages that are cached, or answer them with `Cache-Control: private`.

    Bad:
        GET / -> Cache-Control: public, max-age=600; Set-Cookie: sessionid=…
    Good:
        GET / -> Cache-Control: public, max-age=600
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-7.3
    """
    del settings
    names = [cookie.name for cookie in session_cookies(seen.response)]
    stored = was_stored(seen.response.headers)
    if names and (stored or is_shareable(seen.response)):
        way = f"came from a cache (`{stored}`)" if stored else "may be kept by shared caches"
        yield answered(seen.response, f"the session cookie `{names[0]}` {way}")


@rule(AssetFacts, Severity.NOTE)
def asset_not_kept(seen: AssetFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a script or style with a hash in its name that browsers may not keep.

    Every visit loads again what cannot have changed.

    Send `Cache-Control: public, max-age=31536000, immutable` for the folder of hashed files.

    Bad:
        GET /assets/app.3f9c2a71.js -> Cache-Control: no-cache
    Good:
        GET /assets/app.3f9c2a71.js -> Cache-Control: public, max-age=31536000, immutable
    Reference: https://www.rfc-editor.org/rfc/rfc8246
    """
    del settings
    is_file = seen.response.status == 200 and seen.response.media_type != "text/html"
    if is_file and seconds_fresh(seen.response) < _A_DAY:
        more = f" (as {seen.others} more of its folder)" if seen.others else ""
        words = f"its name changes with its content, and browsers ask again{more}"
        yield answered(seen.response, words)


@rule(UnknownFacts, Severity.NOTE)
def error_kept(seen: UnknownFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags an error page that shared caches may keep for more than an hour.

    A page that is published later stays "not found" for those who asked too early.

    Send `Cache-Control: no-store`, or a few minutes, with errors.

    Bad:
        GET /nowhere -> 404, Cache-Control: public, max-age=86400
    Good:
        GET /nowhere -> 404, Cache-Control: no-store
    Reference: https://www.rfc-editor.org/rfc/rfc9111#section-4.2.2
    """
    del settings
    is_error = seen.is_absent and seen.response.status >= 400
    if is_error and is_shareable(seen.response) and seconds_fresh(seen.response) > _AN_HOUR:
        yield answered(seen.response, "caches may keep this error for more than an hour")


@rule(CdnFacts, Severity.WARNING)
def cdn_not_as_declared(seen: CdnFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a host without the CDN that the config declares, or with one that it denies.

    Without it, the first flood meets the server itself, and its address is known from then on; with
    one that is not meant, its cache and its time-outs stand before a host that cannot bear them.

    Switch the proxy of this record on (Cloudflare's orange cloud) or off, or mend `proxied`.

    Bad:
        proxied: true, and no field of a CDN in the answer
    Good:
        proxied: true, and cf-ray in the answer
    Reference: https://developers.cloudflare.com/dns/proxy-status/
    """
    del settings
    if seen.is_meant and not seen.network:
        yield answered(seen.response, "no CDN answers here, though the config says `proxied: true`")
    elif not seen.is_meant and seen.network:
        yield answered(
            seen.response, f"{seen.network} answers, though the config says `proxied: false`"
        )


@rule(OriginFacts, Severity.WARNING)
def origin_answers_strangers(seen: OriginFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a server behind a CDN that answers who asks it directly.

    Whoever finds its address goes round the CDN's firewall and its protection from floods.

    Let it answer the CDN only: its addresses in the firewall, Authenticated Origin Pulls, or a
    tunnel.

    Bad:
        GET https://www.example.com/ at 203.0.113.7 -> 200
    Good:
        GET https://www.example.com/ at 203.0.113.7 -> the connection was refused
    Reference: https://developers.cloudflare.com/fundamentals/security/protect-your-origin-server/
    """
    del settings
    response = seen.answer.response
    if response is not None and response.status < 400:
        yield answered(response, f"the server behind the CDN answers strangers ({response.status})")


def _leak(seen: LeakFacts) -> tuple[str, str, Response] | None:
    """Who got whose page."""
    return next(
        (
            (who, whose, answer.response)
            for who, answer in seen.answers
            for whose, marker in seen.markers
            if who != whose and answer.response is not None and marker in answer.response.text
        ),
        None,
    )


def _is_personal(response: Response) -> bool:
    """Whether a page is made for one visitor: it sets a cookie, or a form holds a token."""
    page = page_of(response.text, response.url)
    hidden = (tag for tag in page.named("input") if (tag.get("type") or "").lower() == "hidden")
    has_token = any(_TOKEN.search(tag.get("name") or "") for tag in hidden)
    return has_token or "set-cookie" in response.headers


def _private(seen: LeakFacts) -> Iterator[Response]:
    """The right answers to accounts, at the address itself, that can hold what is theirs."""
    for who, answer in seen.answers:
        response = answer.response
        if response is None or tells_nothing(response):
            continue
        if who and response.status == 200 and response.url == seen.url:
            yield response


CACHE_RULES = (
    cache_leaks_account,
    private_page_from_cache,
    private_page_for_caches,
    private_page_silent_on_caches,
    answer_wrongly_cacheable,
    session_cookie_in_cache,
    asset_not_kept,
    error_kept,
    cdn_not_as_declared,
    origin_answers_strangers,
)
