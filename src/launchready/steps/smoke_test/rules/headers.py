"""Rules on header fields that protect visitors, each told once for a site."""

from collections.abc import Iterator

from launchready.facts.web import Response
from launchready.frozen import replace
from launchready.model import Finding, Related, Severity, UrlLocation
from launchready.regex import Regex
from launchready.site import RouteKind
from launchready.step import rule
from launchready.steps.smoke_test.rules.at import at
from launchready.steps.smoke_test.seen import CorsFacts, PageFacts, PagesFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings

_MAX_AGE = Regex(r"(?i)(?:^|;)\s*max-age\s*=\s*\"?(\d{1,12})")
_VERSION = Regex(r"\d+\.\d+")
_HALF_A_YEAR = 15_552_000
_DOORS = (RouteKind.LOGIN, RouteKind.SIGNUP)
_TELLING = ("server", "x-powered-by", "x-aspnet-version", "x-aspnetmvc-version", "x-generator")


@rule(PageFacts, Severity.WARNING)
def hsts_missing(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site by HTTPS that does not tell browsers to stay with it.

    The first request of every visit may go by plain HTTP, where anyone on the network reads it or
    answers in the site's place.

    Send `Strict-Transport-Security: max-age=300`, then a day, then `max-age=31536000`; with
    `includeSubDomains` only when every subdomain has HTTPS. (In nginx, a `location` with an
    `add_header` of its own loses those of the `server`.)

    Bad:
        (no Strict-Transport-Security)
    Good:
        Strict-Transport-Security: max-age=31536000
    Reference: https://www.rfc-editor.org/rfc/rfc6797#section-6.1
    """
    del settings
    is_due = seen.is_home and seen.is_production and seen.response.url.startswith("https:")
    if is_due and "strict-transport-security" not in seen.response.headers:
        yield at(seen.response.url, "no Strict-Transport-Security header")


@rule(PageFacts, Severity.NOTE)
def hsts_short(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a Strict-Transport-Security header that holds for less than half a year.

    A visitor who comes back later begins by plain HTTP again.

    When all is well with a short time, send `max-age=31536000`.

    Bad:
        Strict-Transport-Security: max-age=300
    Good:
        Strict-Transport-Security: max-age=31536000
    Reference: https://www.rfc-editor.org/rfc/rfc6797#section-6.1.1
    """
    del settings
    value = seen.response.headers.get("strict-transport-security")
    if not seen.is_home or value is None:
        return
    age = _MAX_AGE.search(value)
    if age is None or int(age[1]) < _HALF_A_YEAR:
        told = f"for {int(age[1])} seconds" if age else "without max-age, so not at all"
        yield at(seen.response.url, f"Strict-Transport-Security holds {told}")


@rule(PagesFacts, Severity.WARNING)
def login_can_be_framed(seen: PagesFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a login or sign-up page that another site may show in a frame.

    A page that looks like something else lays yours under the visitor's click or password.

    Send `Content-Security-Policy: frame-ancestors 'self'` (or `X-Frame-Options: SAMEORIGIN`).

    Bad:
        GET /login -> neither X-Frame-Options nor frame-ancestors
    Good:
        Content-Security-Policy: frame-ancestors 'self'
    Reference: https://cheatsheetseries.owasp.org/cheatsheets/Clickjacking_Defense_Cheat_Sheet.html
    """
    del settings
    open_to_all = [
        page.response
        for page in seen.pages
        if page.kind in _DOORS and not _is_kept_from_frames(page.response)
    ]
    if not open_to_all:
        return
    first, *others = open_to_all
    words = f"this page and {len(others)} more" if others else "this page"
    found = at(first.url, f"other sites may show {words} in a frame")
    yield replace(
        found,
        related=tuple(
            Related(message="this one too", location=UrlLocation(url=each.url)) for each in others
        ),
    )


def _is_kept_from_frames(response: Response) -> bool:
    headers = response.headers
    policies = " ".join(headers.all("content-security-policy")).lower()
    return "x-frame-options" in headers or "frame-ancestors" in policies


@rule(PageFacts, Severity.NOTE)
def nosniff_missing(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site whose answers browsers may take for another type than they say.

    A file that a customer uploaded may run as a script of the site.

    Send `X-Content-Type-Options: nosniff` with everything.

    Bad:
        (no X-Content-Type-Options)
    Good:
        X-Content-Type-Options: nosniff
    Reference: https://fetch.spec.whatwg.org/#x-content-type-options-header
    """
    del settings
    value = (seen.response.headers.get("x-content-type-options") or "").lower()
    if seen.is_home and seen.is_production and "nosniff" not in value:
        yield at(seen.response.url, "no `X-Content-Type-Options: nosniff`")


@rule(PageFacts, Severity.NOTE)
def csp_missing(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a site without a content security policy.

    A script that gets into a page, through a comment or a compromised package, may load and send
    whatever it likes.

    Begin with `Content-Security-Policy-Report-Only: default-src 'self'; report-uri …`, and enforce
    what breaks nothing.

    Bad:
        (no Content-Security-Policy)
    Good:
        Content-Security-Policy: default-src 'self'
    Reference: https://www.w3.org/TR/CSP3/
    """
    del settings
    headers = seen.response.headers
    in_page = any(
        (tag.get("http-equiv") or "").lower() == "content-security-policy"
        for tag in seen.page.named("meta")
    )
    names = ("content-security-policy", "content-security-policy-report-only")
    is_there = in_page or any(name in headers for name in names)
    if seen.is_home and seen.is_production and not is_there:
        yield at(seen.response.url, "no Content-Security-Policy")


@rule(PageFacts, Severity.NOTE)
def version_told(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags header fields that name the software and its version.

    Whoever looks for sites with a known hole finds this one by a search.

    `server_tokens off;` (nginx), `expose_php = Off`, `app.disable("x-powered-by")` (Express),
    `poweredByHeader: false` (Next.js).

    Bad:
        Server: nginx/1.22.1
    Good:
        Server: nginx
    Reference: https://www.rfc-editor.org/rfc/rfc9110#section-10.2.4
    """
    del settings
    headers = seen.response.headers
    names = [name for name in _TELLING if _VERSION.search(headers.get(name) or "")]
    if seen.is_home and names:
        yield at(
            seen.response.url, f"a version is told by {', '.join(f'`{name}`' for name in names)}"
        )


@rule(CorsFacts, Severity.ERROR)
def cors_any_site_with_credentials(
    seen: CorsFacts, settings: SmokeTestSettings
) -> Iterator[Finding]:
    """Flags an API that lets any other site's scripts ask with the visitor's cookies.

    A page that a customer opens elsewhere reads and changes their account.

    Answer with a list of origins of your own, never with the `Origin` that asks, where
    `Access-Control-Allow-Credentials: true` is sent.

    Bad:
        Origin: https://evil.example -> Access-Control-Allow-Origin: https://evil.example
    Good:
        Origin: https://evil.example -> (no Access-Control-Allow-Origin)
    Reference: https://fetch.spec.whatwg.org/#cors-protocol-and-credentials
    """
    del settings
    headers = seen.response.headers
    is_let = (headers.get("access-control-allow-credentials") or "").strip().lower() == "true"
    if is_let and headers.get("access-control-allow-origin") == seen.origin:
        message = "scripts of any site may ask with the visitor's cookies"
        yield at(seen.response.url, message, ("origin", seen.origin))


HEADER_RULES = (
    hsts_missing,
    hsts_short,
    login_can_be_framed,
    nosniff_missing,
    csp_missing,
    version_told,
    cors_any_site_with_credentials,
)
