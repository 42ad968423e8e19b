"""Rules on cookies. Their values are never looked at."""

from collections.abc import Iterable, Iterator

from launchready.facts.web import Response
from launchready.frozen import frozen
from launchready.model import Finding, Severity, UrlLocation
from launchready.regex import Regex
from launchready.step import rule
from launchready.steps.smoke_test.seen import PageFacts
from launchready.steps.smoke_test.settings import SmokeTestSettings

_NAME = Regex(r"[A-Za-z0-9_.\-]{1,64}")
# Express `connect.sid`, Django `sessionid`, Rails `_shop_session`, Devise `remember_user_token`,
# Laravel `laravel_session`, NextAuth `__Secure-next-auth.session-token`, Auth.js
# `authjs.session-token`, Better Auth `better-auth.session_token`, Clerk `__session`, Supabase
# `sb-…-auth-token.0`, Auth0 `appSession`, Cognito `….accessToken`, Koa `koa.sess`, PHP, Java,
# ASP.NET, WordPress.
_SESSION = Regex(
    r"(?i)(?:^|[_.\-])(?:sess|session|sid|auth|token|jwt)(?:id)?$"
    r"|(?:^|[_.\-])(?:session(?:id)?|token|jwt)(?:$|[_.\-])|(?:access|refresh|id|auth)token$"
    r"|^(?:phpsessid|jsessionid|appsession(?:\.\d)?|wordpress_(?:logged_in|sec)_.*)$"
    r"|^\.aspnetcore\.(?:cookies|identity\.application)$|^aspsessionid|-auth-token(?:\.\d)?$"
)
# A token against forged requests is read by scripts on purpose; a verifier signs nobody in.
_OPEN = Regex(r"(?i)c?[sx]rf|requestverification|code[_-]verifier|pkce")
# Clerk's is read by its script and lives a minute; Supabase's by its client in the browser.
_FOR_SCRIPTS = Regex(r"^__session(?:_\w+)?$|^sb-[\w-]+-auth-token(?:\.\d)?$")


@frozen
class Cookie:
    """A cookie as its `Set-Cookie` field says; `attributes` are names in lower case to values."""

    name: str
    attributes: dict[str, str]

    @property
    def is_session(self) -> bool:
        """Whether its name is one that frameworks give to what signs a visitor in."""
        return bool(_SESSION.search(self.name)) and not _OPEN.search(self.name)

    @property
    def is_deleted(self) -> bool:
        """Whether it is set only to be gone (Express and Go say so by a date long past)."""
        age, end = self.attributes.get("max-age", "").strip(), self.attributes.get("expires", "")
        return age == "0" or age.startswith("-") or " 1970 " in end or "-1970 " in end


def session_cookies(response: Response) -> Iterator[Cookie]:
    """The cookies of an answer that sign a visitor in."""
    return (
        cookie for cookie in cookies_of(response) if cookie.is_session and not cookie.is_deleted
    )


def cookies_of(response: Response) -> Iterator[Cookie]:
    """The cookies that an answer sets (RFC 6265, section 5.2)."""
    return _cookies(response.headers.all("set-cookie"))


def _told(seen: PageFacts) -> Iterator[Cookie]:
    """The cookies that came on the way to a page and with no page before it."""
    return (cookie for cookie in _cookies(seen.cookies) if not cookie.is_deleted)


def _cookies(fields: Iterable[str]) -> Iterator[Cookie]:
    for field in fields:
        pair, *rest = field.split(";")
        name = pair.partition("=")[0].strip()
        attributes = {
            key.strip().lower(): value.strip()
            for key, _, value in (part.partition("=") for part in rest)
        }
        if _NAME.fullmatch(name):
            yield Cookie(name=name, attributes=attributes)


@rule(PageFacts, Severity.ERROR)
def session_cookie_in_clear(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a session cookie without `Secure` on a site by HTTPS.

    The browser sends it by plain HTTP too, as soon as any link or image leads there: whoever
    listens is signed in as the customer.

    Set `Secure`: `SESSION_COOKIE_SECURE = True` (Django, Flask), `config.force_ssl = true` (Rails),
    `SESSION_SECURE_COOKIE=true` (Laravel), `session.cookie_secure = On` (PHP), `cookie: {secure:
    true}` (Express), an `https:` address in `AUTH_URL` (Auth.js); and let the application trust its
    proxy's `X-Forwarded-Proto`.

    Bad:
        Set-Cookie: sessionid=…; HttpOnly
    Good:
        Set-Cookie: sessionid=…; HttpOnly; Secure; SameSite=Lax
    Reference: https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2.5
    """
    del settings
    if seen.response.url.startswith("https:"):
        yield from _lacking(seen, "secure", "has no `Secure`")


@rule(PageFacts, Severity.WARNING)
def session_cookie_for_scripts(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a session cookie without `HttpOnly`.

    One script that gets into a page takes the session along.

    Set `HttpOnly`. (The cookies of Clerk and Supabase are read by their scripts by design, and are
    not flagged.)

    Bad:
        Set-Cookie: sessionid=…; Secure
    Good:
        Set-Cookie: sessionid=…; HttpOnly; Secure; SameSite=Lax
    Reference: https://www.rfc-editor.org/rfc/rfc6265#section-4.1.2.6
    """
    del settings
    yield from _lacking(seen, "httponly", "has no `HttpOnly`")


@rule(PageFacts, Severity.WARNING)
def cookie_refused_by_browsers(seen: PageFacts, settings: SmokeTestSettings) -> Iterator[Finding]:
    """Flags a cookie that browsers throw away.

    `SameSite=None` counts only with `Secure`, and the prefixes `__Host-` and `__Secure-` only with
    what they promise: what the cookie is for does not work.

    Set `Secure`; for `__Host-` also `Path=/` and no `Domain`.

    Bad:
        Set-Cookie: cart=…; SameSite=None
    Good:
        Set-Cookie: cart=…; SameSite=None; Secure
    Reference: https://httpwg.org/http-extensions/draft-ietf-httpbis-rfc6265bis.html#section-5.7
    """
    del settings
    for cookie in _told(seen):
        if why := _why_refused(cookie):
            yield _finding(seen, cookie, f"browsers refuse the cookie `{cookie.name}`: {why}")


def _why_refused(cookie: Cookie) -> str:
    given = cookie.attributes
    is_secure = "secure" in given
    if given.get("samesite", "").lower() == "none" and not is_secure:
        return "`SameSite=None` without `Secure`"
    if cookie.name.startswith("__Secure-") and not is_secure:
        return "its name promises `Secure`"
    is_host = is_secure and given.get("path") == "/" and not given.get("domain")
    if cookie.name.startswith("__Host-") and not is_host:
        return "its name promises `Secure`, `Path=/` and no `Domain`"
    return ""


def _lacking(seen: PageFacts, attribute: str, words: str) -> Iterator[Finding]:
    for cookie in _told(seen):
        is_meant = attribute == "httponly" and _FOR_SCRIPTS.fullmatch(cookie.name)
        if cookie.is_session and attribute not in cookie.attributes and not is_meant:
            yield _finding(seen, cookie, f"the session cookie `{cookie.name}` {words}")


def _finding(seen: PageFacts, cookie: Cookie, message: str) -> Finding:
    url = seen.response.url
    return Finding(message=message, location=UrlLocation(url=url), identity=f"{url} {cookie.name}")


COOKIE_RULES = (session_cookie_in_clear, session_cookie_for_scripts, cookie_refused_by_browsers)
