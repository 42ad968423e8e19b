"""What was asked over HTTP and what came back: requests, answers, and silence with its cause."""

import enum
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from launchready.frozen import frozen

LOOPBACK = frozenset(("localhost", "127.0.0.1", "::1"))
"""Names of this machine, to which nothing need be encrypted."""


@frozen
class Address:
    """One address of a host, as text: `198.51.100.7`, `2001:db8::7`.

    `port` is where it listens, if elsewhere than the URL says.
    """

    ip: str
    port: int | None = None

    @property
    def is_v6(self) -> bool:
        """Whether it is of IPv6."""
        return ":" in self.ip

    @property
    def bracketed(self) -> str:
        """As an address stands in a URL (RFC 3986, section 3.2.2)."""
        return f"[{self.ip}]" if self.is_v6 else self.ip

    def __str__(self) -> str:
        return f"{self.bracketed}:{self.port}" if self.port else self.ip


@frozen
class Headers:
    """Header fields in the order in which they came; names are in lower case (RFC 9110, 5.1)."""

    pairs: tuple[tuple[str, str], ...] = ()

    def get(self, name: str) -> str | None:
        """The first value of a field, None where it is absent."""
        return next((value for key, value in self.pairs if key == name), None)

    def all(self, name: str) -> tuple[str, ...]:
        """Every value of a field: `Set-Cookie` must not be joined (RFC 6265, section 3)."""
        return tuple(value for key, value in self.pairs if key == name)

    def __contains__(self, name: object) -> bool:
        return any(key == name for key, _ in self.pairs)

    def tokens(self, name: str) -> tuple[str, ...]:
        """The members of a comma-separated field in lower case: `no-cache`, `max-age=60`."""
        joined = ",".join(self.all(name)).lower()
        return tuple(token.strip() for token in joined.split(",") if token.strip())


@frozen
class Request:
    """One request. `headers` beside those that the client sets itself.

    `address` pins it to one address of the host; else the first that answers. `as_whom` names the
    identity it is made as, "" for anonymous. `is_fresh` asks for a connection of its own.
    `most_bytes` is how much of the body is wanted, in bytes after decompression.
    """

    url: str
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    address: Address | None = None
    as_whom: str = ""
    is_fresh: bool = False
    most_bytes: int = 2 << 20

    @property
    def host(self) -> str:
        """The host of the URL, in lower case, without port."""
        return (urlsplit(self.url).hostname or "").lower()

    @property
    def port(self) -> int:
        """The port of the URL, said or implied. Raises ValueError where it is none."""
        parts = urlsplit(self.url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def path(self) -> str:
        """Path and query as they are sent."""
        parts = urlsplit(self.url)
        return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


@frozen
class Phases:
    """Where the time went, in milliseconds of wall time; 0 for what a kept connection spared."""

    lookup: float = 0.0
    connect: float = 0.0
    handshake: float = 0.0
    first_byte: float = 0.0
    body: float = 0.0

    @property
    def answer(self) -> float:
        """From the request's first byte sent to the last of the answer."""
        return self.first_byte + self.body

    @property
    def total(self) -> float:
        """All of it."""
        return self.lookup + self.connect + self.handshake + self.answer


class Trouble(enum.Enum):
    """Why there is no answer. The words are for people."""

    LOOKUP = "the name has no address"
    LOOKUP_FAILED = "the name could not be looked up"
    REFUSED = "the connection was refused"
    UNREACHABLE = "there is no route to the address"
    TIMEOUT = "no answer in time"
    TLS = "the TLS handshake failed"
    BROKEN = "the connection broke"
    PROTOCOL = "the answer is not HTTP"
    FORBIDDEN = "launchready must not ask there"
    SPENT = "the limit of requests was reached"

    @property
    def is_ours(self) -> bool:
        """Whether it says nothing about the site: our own limits or our own network."""
        return self in (Trouble.FORBIDDEN, Trouble.SPENT, Trouble.LOOKUP_FAILED)


@frozen
class Silence:
    """A request without an answer. `detail` is one line, without anything that the site said."""

    request: Request
    trouble: Trouble
    detail: str = ""
    address: Address | None = None

    @property
    def words(self) -> str:
        """The cause as a clause: `the TLS handshake failed: certificate has expired`."""
        return f"{self.trouble.value}: {self.detail}" if self.detail else self.trouble.value


@frozen
class Response:
    """An answer. `body` is decompressed and cut at the request's limit (`is_cut`).

    `address` is the one that answered; `version` is `HTTP/1.1`, `HTTP/1.0`; `tls` is the
    negotiated protocol (`TLSv1.3`), "" without.
    """

    request: Request
    status: int
    headers: Headers
    body: bytes
    address: Address
    reason: str = ""
    version: str = "HTTP/1.1"
    tls: str = ""
    phases: Phases = Phases()
    is_cut: bool = False

    @property
    def url(self) -> str:
        """The address that was asked."""
        return self.request.url

    @property
    def media_type(self) -> str:
        """`text/html` of `text/html; charset=utf-8`; "" where none is told."""
        return (self.headers.get("content-type") or "").split(";")[0].strip().lower()

    @property
    def text(self) -> str:
        """The body as text; what is not UTF-8 is replaced."""
        return self.body.decode("utf-8", "replace")

    @property
    def location(self) -> str | None:
        """Where a redirect leads, as the header says; None where it is no redirect."""
        return self.headers.get("location") if self.status in REDIRECTS else None

    @property
    def target(self) -> str:
        """The whole address to which a redirect leads; "" where there is none that is one."""
        try:
            whole = urljoin(self.url, (self.location or "").strip())
            return whole if self.location is not None and urlsplit(whole).netloc else ""
        except ValueError:  # `http://[::1`
            return ""


REDIRECTS = frozenset({301, 302, 303, 307, 308})


@frozen
class Answer:
    """What became of a request: the last attempt, and the earlier ones that failed for the moment.

    An answer after a failed attempt is flaky, and never simply a pass.
    """

    last: Response | Silence
    earlier: tuple[Response | Silence, ...] = ()

    @property
    def request(self) -> Request:
        """What was asked."""
        return self.last.request

    @property
    def response(self) -> Response | None:
        """The response, None where there was none."""
        return self.last if isinstance(self.last, Response) else None

    @property
    def is_flaky(self) -> bool:
        """Whether an earlier attempt failed."""
        return bool(self.earlier)


@frozen
class Journey:
    """A request and the redirects that were followed from it, each hop an answer.

    `stopped` says why it did not go on where the last hop is still a redirect: "" or a clause.
    """

    hops: tuple[Answer, ...]
    stopped: str = ""

    @property
    def first(self) -> Answer:
        """What the address itself said."""
        return self.hops[0]

    @property
    def last(self) -> Answer:
        """Where it ended."""
        return self.hops[-1]

    @property
    def urls(self) -> tuple[str, ...]:
        """Every address on the way."""
        return tuple(hop.request.url for hop in self.hops)

    def __iter__(self) -> Iterator[Answer]:
        return iter(self.hops)


@frozen
class Lookup:
    """The addresses of a host, IPv6 and IPv4; `trouble` where there is none.

    `is_given` says that they are the user's (`--resolve`), not the name's.
    """

    host: str
    addresses: tuple[Address, ...] = ()
    trouble: Trouble | None = None
    detail: str = ""
    is_given: bool = False
