"""The client: one request, many at once, and the way that redirects lead."""

import copy
import http.client
import time
import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, TypeVar
from urllib.parse import urlsplit

from launchready import __version__
from launchready.facts.web import (
    Address,
    Answer,
    Headers,
    Journey,
    Lookup,
    Phases,
    Request,
    Response,
    Silence,
    Trouble,
)
from launchready.frozen import replace
from launchready.gateways.at_once import at_once
from launchready.gateways.web.body import read_body
from launchready.gateways.web.lookup import Names
from launchready.gateways.web.onward import is_for_the_moment, is_unreached, onward
from launchready.gateways.web.reach import Allowance, Reach
from launchready.gateways.web.troubles import trouble_of
from launchready.gateways.web.wire import Deadline, Wire

if TYPE_CHECKING:
    import ssl

T = TypeVar("T")
U = TypeVar("U")

AGENT = f"launchready/{__version__} (+https://github.com/launchready/launchready)"
_HEADERS = {"user-agent": AGENT, "accept": "*/*", "accept-encoding": "gzip"}
_MOST_HOPS = 10

_Key = tuple[str, str, int, str]


class Client:
    """Asks as one polite visitor. Threads may share it.

    `extra` are header fields for every request over TLS or into a declared private network, such
    as one that lets a preview through. `seconds` is the most that one attempt may take, `retries`
    how often a safe request (RFC 9110, 9.2.1) that failed for the moment is tried again, `pause`
    the seconds between. `ca_file` holds further certification authorities, in PEM.
    """

    def __init__(
        self,
        reach: Reach,
        *,
        names: Names | None = None,
        allowance: Allowance | None = None,
        extra: Mapping[str, str] | None = None,
        seconds: float = 10.0,
        retries: int = 1,
        pause: float = 0.5,
        threads: int = 16,
        ca_file: str | None = None,
    ) -> None:
        self.reach = reach
        self.names = names or Names()
        self.allowance = allowance or Allowance(500)
        self._extra = {name.lower(): value for name, value in (extra or {}).items()}
        self._seconds = seconds
        self._retries = retries
        self._pause = pause
        self._threads = threads
        self._ca_file = ca_file
        self._idle: dict[_Key, list[Wire]] = {}
        self._lock = Lock()

    @cached_property
    def context(self) -> "ssl.SSLContext":
        """How certificates are verified: the system's authorities and the ones given."""
        import ssl

        context = ssl.create_default_context()
        if self._ca_file:
            context.load_verify_locations(self._ca_file)
        context.set_alpn_protocols(["http/1.1"])
        return context

    def ask(self, request: Request) -> Answer:
        """Ask, and again where it failed for the moment and asking twice does no harm."""
        earlier: list[Response | Silence] = []
        while True:
            last = self.once(request)
            is_safe = request.method in ("GET", "HEAD", "OPTIONS")
            if not is_safe or not is_for_the_moment(last) or len(earlier) >= self._retries:
                return Answer(last=last, earlier=tuple(earlier))
            earlier.append(last)
            time.sleep(self._pause)

    def ask_all(self, requests: Iterable[Request]) -> tuple[Answer, ...]:
        """Ask at once, in threads; the answers are in the requests' order."""
        return self.all(self.ask, requests)

    def all(self, work: Callable[[T], U], over: Iterable[T]) -> tuple[U, ...]:
        """Do the same for several at once, in threads; in their order."""
        return at_once(work, over, self._threads)

    def follow(
        self,
        request: Request,
        most: int = _MOST_HOPS,
        ask: Callable[[Request], Answer] | None = None,
    ) -> Journey:
        """Ask, and go where redirects lead as a browser would, to declared hosts only.

        Credentials stay with the host for which they were meant. `ask` takes the place of this
        client's own, such as one that keeps cookies.
        """
        ask = ask or self.ask
        hops = [ask(request)]
        while (response := hops[-1].response) and response.location is not None:
            nearest = response.target
            if len(hops) > most:
                return Journey(hops=tuple(hops), stopped=f"more than {most} redirects")
            if nearest in [hop.request.url for hop in hops]:
                return Journey(hops=tuple(hops), stopped="the redirects go in a circle")
            if why := self._why_not(nearest):
                return Journey(hops=tuple(hops), stopped=why)
            hops.append(ask(onward(response, nearest)))
        return Journey(hops=tuple(hops))

    def once(self, request: Request) -> Response | Silence:
        """One attempt. Without a pinned address, the host's addresses one after the other."""
        if why := self._why_not(request.url):
            return Silence(request=request, trouble=Trouble.FORBIDDEN, detail=why)
        if not self.allowance.take():
            detail = f"{self.allowance.most} requests (`max-requests`)"
            return Silence(request=request, trouble=Trouble.SPENT, detail=detail)
        lookup, took = self._lookup(request)
        if lookup.trouble:
            return Silence(request=request, trouble=lookup.trouble, detail=lookup.detail)
        outcomes: list[Response | Silence] = []
        for address in lookup.addresses:
            outcomes.append(self._at(request, address, took, is_given=lookup.is_given))
            if not is_unreached(outcomes[-1]):
                return outcomes[-1]
        return outcomes[0]

    def apart(self, allowance: Allowance) -> "Client":
        """A client like this one, with requests of its own to spend and connections of its own."""
        other = copy.copy(self)
        other.allowance, other._idle, other._lock = allowance, {}, Lock()  # noqa: SLF001 - its own
        return other

    def close(self) -> None:
        """Close the kept connections."""
        with self._lock:
            for wires in self._idle.values():
                for wire in wires:
                    wire.close()
            self._idle.clear()

    def _lookup(self, request: Request) -> tuple[Lookup, float]:
        started = time.perf_counter()
        lookup = self.names.lookup(request.host, request.port)
        if request.address:
            return replace(lookup, addresses=(request.address,), trouble=None), 0.0
        return lookup, (time.perf_counter() - started) * 1000

    def _why_not(self, url: str) -> str:
        try:
            parts = urlsplit(url)
            is_web = parts.scheme in ("http", "https") and parts.port != 0
        except ValueError:
            is_web = False
        if not is_web or not parts.hostname:
            return "it is no address of a web page"
        return self.reach.why_not_host(parts.hostname.lower())

    def _at(
        self, request: Request, address: Address, lookup: float, *, is_given: bool
    ) -> Response | Silence:
        why = "" if is_given else self.reach.why_not_address(request.host, address)
        if why:
            return Silence(request=request, trouble=Trouble.FORBIDDEN, detail=why, address=address)
        try:
            return self._exchange(request, address, lookup)
        except (OSError, http.client.HTTPException, zlib.error, ValueError) as error:
            trouble, detail = trouble_of(error)
            return Silence(request=request, trouble=trouble, detail=detail, address=address)

    def _exchange(self, request: Request, address: Address, lookup: float) -> Response:
        key = _key_of(request, address)
        deadline = Deadline(self._seconds)
        if not request.is_fresh and (wire := self._take(key)):
            wire.deadline = deadline
            try:
                return self._send(request, wire, key, Phases(lookup=lookup))
            except (OSError, http.client.HTTPException):
                wire.close()  # closed by the peer while it was idle (RFC 9112, 9.3.1): once more
        port = address.port or key[2]
        wire = Wire(request.host, port, address, self._context_for(key), deadline)
        phases = Phases(lookup=lookup, connect=wire.connect, handshake=wire.handshake)
        try:
            return self._send(request, wire, key, phases)
        except BaseException:
            wire.close()
            raise

    def _context_for(self, key: _Key) -> "ssl.SSLContext | None":
        return self.context if key[0] == "https" else None

    def _send(self, request: Request, wire: Wire, key: _Key, phases: Phases) -> Response:
        started = time.perf_counter()
        given = {name.lower(): value for name, value in request.headers}
        headers = {"host": urlsplit(request.url).netloc.rpartition("@")[2], **_HEADERS}
        if key[0] == "https" or request.host in self.reach.private:
            headers |= self._extra
        headers |= given
        wire.http.request(request.method, request.path, body=request.body, headers=headers)
        answer = wire.http.getresponse()
        headed = time.perf_counter()
        body, is_cut = read_body(answer, request.most_bytes)
        ended = time.perf_counter()
        if is_cut or answer.will_close or request.is_fresh:
            wire.close()
        else:
            self._keep(key, wire)
        return Response(
            request=request,
            status=answer.status,
            reason=answer.reason,
            version="HTTP/1.0" if answer.version == 10 else "HTTP/1.1",
            headers=Headers(pairs=tuple((n.lower(), v) for n, v in answer.getheaders())),
            body=body,
            is_cut=is_cut,
            address=wire.address,
            tls=wire.tls,
            phases=replace(
                phases, first_byte=(headed - started) * 1000, body=(ended - headed) * 1000
            ),
        )

    def _take(self, key: _Key) -> Wire | None:
        with self._lock:
            wires = self._idle.get(key)
            return wires.pop() if wires else None

    def _keep(self, key: _Key, wire: Wire) -> None:
        with self._lock:
            self._idle.setdefault(key, []).append(wire)


def _key_of(request: Request, address: Address) -> _Key:
    scheme = urlsplit(request.url).scheme
    return (scheme, request.host, request.port, address.ip)
