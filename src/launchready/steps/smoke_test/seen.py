"""The facts that rules judge: what was meant, and what the site said."""

from launchready.facts.tls import TlsFacts
from launchready.facts.web import Address, Answer, Journey, Response
from launchready.frozen import frozen
from launchready.site import Flow, RouteKind
from launchready.steps.smoke_test.html_page import Page
from launchready.steps.smoke_test.plan import PlannedRoute
from launchready.steps.smoke_test.routes.expecting import Fault
from launchready.steps.smoke_test.statistics.quantiles import Spread
from launchready.steps.smoke_test.statistics.verdicts import Comparison, Kept


@frozen
class RouteFacts:
    """A route, asked as its declaration says, and what is not right about it.

    `as_whom` is the identity that asked; "" is a stranger. `others` is how many further routes of
    the host are silent in the same way.
    """

    planned: PlannedRoute
    journey: Journey
    faults: tuple[Fault, ...]
    as_whom: str = ""
    others: int = 0

    @property
    def last(self) -> Answer:
        """The answer at the end of the way."""
        return self.journey.last

    @property
    def title(self) -> str:
        """What a message calls it."""
        name = self.planned.name
        if self.planned.kind is RouteKind.HEALTH and name.startswith("/"):
            name = f"health check {name}"
        name = f"{name} as {self.as_whom}" if self.as_whom else name
        return f"{name} and {self.others} more routes" if self.others else name


@frozen
class FlowFacts:
    """Requests that belong together, as far as they went: the last one is the one that failed.

    `faults` are its; `done` is how many steps were right.
    """

    flow: Flow
    url: str
    step: str
    done: int
    faults: tuple[Fault, ...]


@frozen
class ServedBy:
    """What one connection to one address said; `release` is None where it names none."""

    address: Address
    answer: Answer
    release: str | None


@frozen
class ReleaseFacts:
    """Which release every address serves. `waited` is in seconds."""

    url: str
    expected: str | None
    served: tuple[ServedBy, ...]
    waited: int


@frozen
class UnknownFacts:
    """What the site says of an address that it does not have, or, not `is_absent`, that no site
    can have. `is_app` is a page whose scripts decide what there is.
    """

    response: Response
    is_absent: bool
    is_app: bool = False


@frozen
class MissingScriptFacts:
    """What an application says of a script that it does not have."""

    response: Response


@frozen
class EntryFacts:
    """A way in, such as `http://example.com`, and where it led.

    `sent` is the path and query that were asked. `canonical` is the origin at which it must end.
    `is_declared` says that the config names the host, and not we its `www.`.
    """

    entry: str
    sent: str
    canonical: str
    is_declared: bool
    journey: Journey


@frozen
class ForgedFacts:
    """A redirect that was asked for with a made-up `X-Forwarded-Host`."""

    response: Response
    forged: str


@frozen
class MovedFacts:
    """An old path of the config and where it led; `target` is the whole address it must lead to.

    `is_route` says that the target is a route, so that what it answers is told there.
    """

    old: str
    target: str
    journey: Journey
    is_route: bool = False


@frozen
class SlashFacts:
    """The other form of a page's address, and the one to which it must redirect."""

    answer: Answer
    wanted: str


@frozen
class PageFacts:
    """A page that answered 200. `is_home` says that it is the address the config begins with,
    `is_production` that this is the canonical site and no preview of it. `cookies` are the fields
    `Set-Cookie` of the way to it, less those whose cookies came with a page before.
    """

    response: Response
    kind: RouteKind
    page: Page
    is_home: bool
    is_production: bool
    canonical: str
    cookies: tuple[str, ...] = ()


@frozen
class PagesFacts:
    """Every page that answered 200, at least one, for what is told once of all."""

    pages: tuple[PageFacts, ...]


@frozen
class RobotsFacts:
    """The site's robots.txt (RFC 9309)."""

    response: Response


@frozen
class StagingFacts:
    """The home page of a host that is declared as staging, asked by a stranger."""

    answer: Answer


@frozen
class CorsFacts:
    """An answer to a script of another site, `origin`, that asks without credentials."""

    response: Response
    origin: str


@frozen
class LeakFacts:
    """A protected address, asked as one account, another, nobody, the first again; then, with the
    name of a static file appended, as the first and as nobody.

    `answers` are (who, answer), "" for nobody; `markers` are (who, the text only theirs holds).
    """

    url: str
    answers: tuple[tuple[str, Answer], ...]
    markers: tuple[tuple[str, str], ...]


@frozen
class SharedFacts:
    """An answer that a stranger got, for what it says of caches."""

    planned: PlannedRoute
    response: Response


@frozen
class AssetFacts:
    """A script or style whose name changes with its content.

    `others` is how many more of its folder are kept in the same way.
    """

    response: Response
    others: int = 0


@frozen
class CdnFacts:
    """A host of which the config says whether a CDN stands before it; `network` is whose, or ""."""

    response: Response
    is_meant: bool
    network: str


@frozen
class OriginFacts:
    """The server behind a CDN, asked directly."""

    answer: Answer


@frozen
class HostTlsFacts:
    """The addresses of one host beside each other, at least two."""

    addresses: tuple[TlsFacts, ...]


@frozen
class LoadedFacts:
    """A file that a page loads from a declared host; `kind` is `script` or `style`."""

    page: str
    kind: str
    journey: Journey


@frozen
class FilesFacts:
    """Every script and style that pages load from declared hosts, at least one."""

    files: tuple[LoadedFacts, ...]


@frozen
class NodesFacts:
    """What at least two addresses of the site's host answer for the home page."""

    responses: tuple[Response, ...]


@frozen
class SitemapFacts:
    """The addresses that a sitemap names, and the hosts that are the site's."""

    url: str
    places: tuple[str, ...]
    hosts: frozenset[str]


@frozen
class OpenRedirectFacts:
    """A login page's redirect, asked for with the address of a `stranger` to go to."""

    response: Response
    stranger: str


@frozen
class ExposedFacts:
    """Something that strangers get and must not; `is_grave` where it holds secrets or data."""

    url: str
    what: str
    is_grave: bool


@frozen
class LatencyFacts:
    """How long a route took, asked many times by one visitor after the other.

    `errors` of `asked` requests failed. `kept` is None where the route has no budget.
    """

    planned: PlannedRoute
    title: str
    spread: Spread
    errors: int
    asked: int
    kept: Kept | None
    comparison: Comparison


@frozen
class LoadFacts:
    """What a route did while `visitors` asked at once; `spread` is of its right answers, if any.

    `is_timed` says that the times are the site's, and not those of a busy runner.
    """

    planned: PlannedRoute
    title: str
    visitors: int
    asked: int
    errors: int
    spread: Spread | None
    is_timed: bool = True
