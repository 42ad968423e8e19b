"""The section `site`: what is live and how it is meant to answer.

One declared intent; the steps that look at the live site, its domain, its mail and its rollback
all judge by it. A step that needs it has a field `site` in its settings.
"""

import enum
from collections.abc import Mapping
from urllib.parse import urlsplit

from launchready.config.setting import setting
from launchready.frozen import frozen

SECTION = "site"
SUMMARY = (
    "What is live and how it is meant to answer; smoke-test and the steps after it judge by it."
)

# A host name or address, and a port of at most 65535.
_ORIGIN = (
    r"https?://(\[[0-9A-Fa-f:.]+\]|[^\s/?#@:\[\]]+)"
    r"(:([0-9]{1,4}|[1-5][0-9]{4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5]))?"
)
DOMAIN = r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)+$(?!\n)"
SERVER = r"^(\[[0-9A-Fa-f:.]+\]|[0-9.]+)(:[0-9]{1,5})?$(?!\n)"
RESOLVE = r"^[A-Za-z0-9_.-]+:[0-9]{1,5}:(\[[0-9A-Fa-f:.]+\]|[0-9.]+|[0-9A-Fa-f]*:[0-9A-Fa-f:]+)(:[0-9]{1,5})?$(?!\n)"  # noqa: E501
URL = rf"^{_ORIGIN}(/[^\s#]*)?$(?!\n)"
_HOST = r"^[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*$(?!\n)"
_PATH = rf"^(/[^\s#]*|{_ORIGIN}(/[^\s#]*)?)$(?!\n)"


class RouteKind(enum.Enum):
    """What a route is for; from it follow the expectations that are not written."""

    PUBLIC = "public"
    LOGIN = "login"
    SIGNUP = "signup"
    PROTECTED = "protected"
    API = "api"
    HEALTH = "health"
    WEBHOOK = "webhook"


class HostKind(enum.Enum):
    """What a host serves."""

    APP = "app"
    API = "api"
    REDIRECT = "redirect"
    STATIC = "static"
    STAGING = "staging"
    MAIL = "mail"


class Slash(enum.Enum):
    """Which form of a path is the one: with or without a slash at its end."""

    ANY = "any"
    ALWAYS = "always"
    NEVER = "never"


@frozen
class Host:
    """A further host of the product."""

    name: str = setting(
        "The host's name.", pattern=_HOST, takes="a host name", examples=("api.example.com",)
    )
    kind: HostKind = setting("What it serves.", default=HostKind.APP)
    proxied: bool | None = setting(
        "Whether a CDN stands before it: true is held to show the CDN's headers, false to show"
        " none.",
        default=None,
    )
    origin: str | None = setting(
        "Address of the server behind the CDN, which must not answer strangers directly.",
        default=None,
        examples=("203.0.113.7",),
    )
    private: bool = setting("Whether it may have an address of a private network.", default=False)


@frozen
class Form:
    """A form that the browser fills and sends, with `--browser`."""

    fields: Mapping[str, str] = setting(
        "What is typed, CSS selector to value.",
        interpolates=True,
        is_secret=True,
        examples=({"#email": "test@example.com", "#password": "${TEST_PASSWORD:-}"},),
    )
    press: str = setting("CSS selector of what sends it.", default="[type=submit]")
    expects: str = setting("A text that the page shows then.", examples=("Welcome back",))


@frozen
class Route:
    """One address of the product and what it must answer."""

    path: str = setting(
        "Path on the canonical host, or a whole URL on a declared host.",
        pattern=_PATH,
        takes="a path that begins with `/`, or a URL",
        examples=("/login", "https://api.example.com/v1/health"),
    )
    kind: RouteKind = setting("What it is for.", default=RouteKind.PUBLIC)
    name: str | None = setting("What a report calls it; else its path.", default=None)
    method: str = setting(
        "The HTTP method. Other than GET, HEAD and OPTIONS only with `write: true`.",
        default="GET",
        pattern=r"^[A-Z]{3,10}$(?!\n)",
        takes="an HTTP method in capitals",
    )
    write: bool = setting("Whether this request may change something on the site.", default=False)
    status: tuple[int, ...] = setting(
        "The statuses that are right. Without it, what its kind implies: 200, and for a protected"
        " route without identity 401, 403 or a redirect to the login.",
        default=(),
        minimum=100,
        maximum=599,
        examples=((200, 204),),
    )
    redirects_to: str | None = setting(
        "Where it must redirect to: a path or URL; `*` at its end stands for anything.",
        default=None,
        examples=("/login*",),
    )
    content_type: str | None = setting(
        "The media type of the answer.", default=None, examples=("application/json",)
    )
    contains: tuple[str, ...] = setting(
        "Texts that the answer must hold.", default=(), examples=(("Pricing",),)
    )
    lacks: tuple[str, ...] = setting(
        "Texts that the answer must not hold.", default=(), examples=(("Lorem ipsum",),)
    )
    json: Mapping[str, str] = setting(
        "Values in a JSON answer, path to value: `status: ok`, `checks.db: ok`, `items[0].id: '*'`"
        " (`*` is any value that is there).",
        default={},
    )
    schema: str | None = setting(
        "File with a JSON Schema that the answer must fit.", default=None, metavar="FILE"
    )
    headers: Mapping[str, str] = setting(
        "Header fields to send.", default={}, interpolates=True, is_secret=True
    )
    body: str | None = setting(
        "The request's body.", default=None, interpolates=True, is_secret=True
    )
    form: Mapping[str, str] = setting(
        "Fields to send as a form.", default={}, interpolates=True, is_secret=True
    )
    identity: str | None = setting("The identity of `identities` to ask it as.", default=None)
    capture: Mapping[str, str] = setting(
        "What of the answer a later request of the same flow may use as `{name}`: `json:PATH`,"
        " `header:NAME`, `cookie:NAME` or `input:NAME` (a hidden field of a form).",
        default={},
    )
    cacheable: bool | None = setting(
        "Whether a shared cache may keep the answer. Without it, no for login, protected, API,"
        " health and webhook routes.",
        default=None,
    )
    critical: bool = setting(
        "Whether the deploy is bad when this fails; else a failure is a warning.", default=True
    )
    budget: int | None = setting(
        "Milliseconds that 95 of 100 requests may take.", default=None, minimum=1
    )
    submit: Form | None = setting(
        "A form of the page that the browser fills and sends; only with `write: true`.",
        default=None,
    )
    least_bytes: int = setting(
        "The least size of the body, in bytes after decompression.", default=1, minimum=0
    )


@frozen
class Flow:
    """Requests one after the other, with the cookies of one visitor."""

    name: str = setting("What a report calls it.", examples=("log in",))
    steps: tuple[Route, ...] = setting("The requests in their order.")
    critical: bool = setting("Whether the deploy is bad when this fails.", default=True)


@frozen
class Identity:
    """A test account. Its secrets come from the environment: `${TEST_COOKIE:-}`."""

    headers: Mapping[str, str] = setting(
        "Header fields that show who asks, such as `Cookie` or `Authorization`.",
        interpolates=True,
        is_secret=True,
        examples=({"Cookie": "session=${TEST_SESSION:-}"},),
    )
    marker: str | None = setting(
        "A text that only this account's pages hold, such as its mail address.",
        default=None,
        interpolates=True,
        is_secret=True,
    )


@frozen
class Release:
    """Where the site says which release it is."""

    path: str = setting(
        "Path or URL that tells it.",
        default="/",
        pattern=_PATH,
        takes="a path that begins with `/`, or a URL",
        examples=("/api/health",),
    )
    header: str | None = setting("In this header field.", default=None, examples=("x-release",))
    meta: str | None = setting(
        "In the `content` of this `<meta name=…>`.", default=None, examples=("release",)
    )
    json: str | None = setting(
        "At this path of a JSON answer.", default=None, examples=("commit", "build.sha")
    )
    asset: bool = setting("In the addresses of the page's scripts and styles.", default=False)


@frozen
class MailSender:
    """A service that sends mail in the domain's name."""

    provider: str = setting(
        "Its name: google, microsoft, ses, resend, postmark, sendgrid, mailgun … or any other.",
        examples=("resend", "google"),
    )
    includes: tuple[str, ...] = setting(
        "What it needs in the SPF record, where its name does not tell: a domain to include, or an"
        " address or network.",
        default=(),
        examples=(("_spf.example.net",), ("203.0.113.0/24",)),
    )
    addresses: tuple[str, ...] = setting(
        "Addresses that it sends from, each of which must pass SPF as receivers evaluate it.",
        default=(),
        pattern=r"^[0-9A-Fa-f:.]+$(?!\n)",
        takes="an IPv4 or IPv6 address",
        examples=(("203.0.113.7",),),
    )
    selectors: tuple[str, ...] = setting(
        "The DKIM selectors that it signs with.", default=(), examples=(("resend",),)
    )
    return_path: str | None = setting(
        "The domain of its bounces, where it is not the domain itself: its SPF counts then.",
        default=None,
        pattern=_HOST,
        takes="a host name",
        examples=("send.example.com",),
    )


@frozen
class Mail:
    """What the domain sends and receives."""

    domain: str | None = setting(
        "The domain behind the `@`. Without it, the canonical host without `www.`.",
        default=None,
        pattern=_HOST,
        takes="a host name",
        examples=("example.com",),
    )
    sends: bool = setting("Whether mail is sent in its name.", default=True)
    receives: bool = setting("Whether it receives mail.", default=True)
    senders: tuple[MailSender, ...] = setting(
        "The services that may send in its name. With any, others are findings.", default=()
    )


@frozen
class Record:
    """Records of one name and type, as they must be."""

    name: str = setting(
        "The name, whole.",
        pattern=r"^(\*\.)?[A-Za-z0-9_-]+(\.[A-Za-z0-9_-]+)*\.?$(?!\n)",
        takes="a name",
        examples=("www.example.com",),
    )
    type: str = setting(
        "The type of the records.",
        pattern=r"^(A|AAAA|CNAME|MX|TXT|NS|CAA|SRV|PTR|ALIAS)$(?!\n)",
        takes="A, AAAA, CNAME, MX, TXT, NS, CAA, SRV, PTR or ALIAS",
        examples=("CNAME",),
    )
    values: tuple[str, ...] = setting(
        "What they hold, as a zone file has it. Of ALIAS (a provider's own way to point an apex to"
        " a name), the name whose addresses it has.",
        examples=(("cname.vercel-dns.com",), ("203.0.113.7", "203.0.113.8")),
    )


@frozen
class Site:
    """What is live, and how it is meant to answer."""

    url: str | None = setting(
        "The canonical address of the product, with the host that visitors end at.",
        default=None,
        pattern=URL,
        takes="a URL",
        interpolates=True,
        examples=("https://www.example.com",),
    )
    redirecting: tuple[str, ...] = setting(
        "Hosts that only redirect to the canonical one. `www.` and the bare domain are each other's"
        " without being named.",
        default=(),
        examples=(("example.com", "example.org"),),
    )
    hosts: tuple[Host, ...] = setting("Further hosts of the product.", default=())
    routes: tuple[Route, ...] = setting("The addresses that earn money.", default=())
    flows: tuple[Flow, ...] = setting("Requests that belong together, such as a login.", default=())
    identities: Mapping[str, Identity] = setting(
        "Test accounts by name. With two, the leak of one's page to the other is tested.",
        default={},
    )
    release: Release | None = setting("Where the site says which release it is.", default=None)
    moved: Mapping[str, str] = setting(
        "Old paths and where each must lead for ever: `/blog: /articles`.", default={}
    )
    mail: Mail = setting("What the domain sends and receives.", default=Mail())
    records: tuple[Record, ...] = setting(
        "Records that must be as written; every name server is asked.", default=()
    )
    providers: tuple[str, ...] = setting(
        "The services that the domain may point to: vercel, cloudflare, google … With any, others"
        " are findings.",
        default=(),
        examples=(("cloudflare", "vercel", "google"),),
    )
    wildcard: bool = setting(
        "Whether it is meant that every name below the domain has an address.", default=False
    )
    slash: Slash = setting(
        "Which form of a path is the one; the other must redirect to it.", default=Slash.ANY
    )
    private: bool = setting(
        "Whether the canonical host may have an address of a private network.", default=False
    )

    @property
    def host(self) -> str:
        """The canonical host, "" without a URL."""
        return (urlsplit(self.url or "").hostname or "").lower()


def domain_in(url: str) -> str | None:
    """The domain of a site's address, lower case, without `www.`; None where its host is an IP
    address or a name without a dot, of which no public name server knows.
    """
    host = (urlsplit(url).hostname or "").lower().removesuffix(".")
    is_domain = "." in host and ":" not in host and not host.rpartition(".")[2].isdigit()
    return host.removeprefix("www.") if is_domain else None
