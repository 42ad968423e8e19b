"""The client against servers that lie, drip, flood and lead away; and within its own limits."""

import gzip
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress

import pytest

from launchready.facts.web import Address, Request, Response, Silence, Trouble
from launchready.gateways.web.client import Client
from launchready.gateways.web.lookup import Names
from launchready.gateways.web.reach import Allowance, Reach

HOST = "shop.test"
URL = f"http://{HOST}/"
Talk = Callable[[socket.socket], None]
OK = b"HTTP/1.1 200 OK\r\n"


@contextmanager
def raw_server(talk: Talk) -> Iterator[int]:
    """A server that says to each connection what a test wants, byte for byte."""
    threads: list[threading.Thread] = []
    ended = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.settimeout(0.05)  # closing it wakes nobody who waits for it

        def serve() -> None:
            while not ended.is_set():
                with suppress(TimeoutError):
                    begin(attend, listener.accept()[0])

        def attend(peer: socket.socket) -> None:
            peer.settimeout(5)
            with peer, suppress(OSError):  # the client went: many of these tests want that
                talk(peer)

        def begin(work: Callable[..., None], *given: object) -> None:
            threads.append(threading.Thread(target=work, args=given, daemon=True))
            threads[-1].start()

        begin(serve)
        try:
            yield listener.getsockname()[1]
        finally:
            ended.set()
            for thread in threads:
                thread.join(10)


@pytest.fixture
def ask() -> Iterator[Callable[..., Response | Silence]]:
    """Asks a raw server once."""
    with ExitStack() as stack:

        def once(talk: Talk, request: Request | None = None, **more: object) -> Response | Silence:
            port = stack.enter_context(raw_server(talk))
            client = client_for(port, **more)
            stack.callback(client.close)
            return client.ask(request or Request(url=URL)).last

        yield once


def client_for(port: int, **more: object) -> Client:
    """A client that knows the server under the name."""
    given = {(HOST, 80): (Address(ip="127.0.0.1", port=port),)}
    settings: dict[str, object] = {"retries": 0, "seconds": 1.0, **more}
    return Client(Reach([HOST]), names=Names(given), **settings)  # type: ignore[arg-type]


def says(*parts: bytes, pause: float = 0.0) -> Talk:
    """Reads the request, then says these parts and closes."""

    def talk(peer: socket.socket) -> None:
        peer.recv(65536)
        for part in parts:
            peer.sendall(part)
            time.sleep(pause)

    return talk


def endless(first: bytes, again: bytes, pause: float = 0.0) -> Talk:
    """Says one thing, then another for ever."""

    def talk(peer: socket.socket) -> None:
        peer.recv(65536)
        peer.sendall(first)
        while True:
            peer.sendall(again)
            time.sleep(pause)

    return talk


SILENCES: dict[str, tuple[Talk, Trouble]] = {
    "nothing": (lambda peer: time.sleep(2), Trouble.TIMEOUT),
    "a closed door": (says(), Trouble.BROKEN),
    "no HTTP": (says(b"SSH-2.0-OpenSSH_9.2\r\n\r\n"), Trouble.PROTOCOL),
    "a drip of header": (endless(OK, b"X-A: b\r\n", 0.05), Trouble.TIMEOUT),
    "a header without end": (endless(OK, b"X-A: b\r\n"), Trouble.PROTOCOL),
    "a line without end": (endless(OK + b"X-A: ", b"b" * 4096), Trouble.PROTOCOL),
    "a drip of body": (
        endless(OK + b"Content-Length: 999999\r\n\r\n", b"b", 0.05),
        Trouble.TIMEOUT,
    ),
    "a body cut off": (says(OK + b"Content-Length: 99\r\n\r\nbody"), Trouble.BROKEN),
    "a chunk that is none": (
        says(OK + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nbody"),
        Trouble.BROKEN,
    ),
    "no gzip": (
        says(OK + b"Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nbody"),
        Trouble.PROTOCOL,
    ),
    "a status that is none": (says(b"HTTP/1.1 2000 OK\r\n\r\n"), Trouble.PROTOCOL),
    "a flood of 100 Continue": (
        endless(b"", b"HTTP/1.1 100 Continue\r\n\r\n", 0.01),
        Trouble.TIMEOUT,
    ),
}


@pytest.mark.parametrize(("talk", "trouble"), SILENCES.values(), ids=SILENCES)
def test_what_is_no_answer_ends_in_time(
    ask: Callable[..., Response | Silence], talk: Talk, trouble: Trouble
) -> None:
    began = time.monotonic()
    silence = ask(talk)
    assert isinstance(silence, Silence)
    assert silence.trouble is trouble
    assert time.monotonic() - began < 15


def test_a_bomb_is_a_cut_body(ask: Callable[..., Response | Silence]) -> None:
    bomb = gzip.compress(b"0" * (64 << 20))
    head = OK + f"Content-Encoding: gzip\r\nContent-Length: {len(bomb)}\r\n\r\n".encode()
    answer = ask(says(head, bomb), Request(url=URL, most_bytes=1000), seconds=10.0)
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.is_cut) == (1000, True)


def test_a_body_without_end_is_cut(ask: Callable[..., Response | Silence]) -> None:
    request = Request(url=URL, most_bytes=1000)
    answer = ask(endless(OK + b"\r\n", b"b" * 512), request, seconds=10.0)
    assert isinstance(answer, Response)
    assert (len(answer.body), answer.is_cut) == (1000, True)


def test_any_bytes_are_an_answer(ask: Callable[..., Response | Silence]) -> None:
    answer = ask(says(OK + b"X-Odd: \xff\xfe\x1b[31m\r\nContent-Length: 3\r\n\r\n\xff\x00\x80"))
    assert isinstance(answer, Response)
    assert answer.body == b"\xff\x00\x80"
    assert answer.text == "\ufffd\x00\ufffd"


@pytest.mark.parametrize(
    ("place", "stopped"),
    [
        ("file:///etc/passwd", "it is no address of a web page"),
        ("javascript:alert(1)", "it is no address of a web page"),
        ("http://elsewhere.test/", "elsewhere.test is not among the hosts of `site`"),
        ("http://169.254.169.254/latest/meta-data/", "169.254.169.254 is not among the hosts"),
        ("http://shop.test:99999/", "it is no address of a web page"),
        ("http://[::1", "it is no address of a web page"),
        ("/", "the redirects go in a circle"),
    ],
)
def test_a_redirect_leads_only_to_declared_hosts(place: str, stopped: str) -> None:
    head = f"HTTP/1.1 302 Found\r\nLocation: {place}\r\nContent-Length: 0\r\n\r\n".encode()
    with raw_server(says(head)) as port:
        client = client_for(port)
        journey = client.follow(Request(url=URL))
        client.close()
    assert journey.stopped.startswith(stopped)
    assert len(journey.hops) == 1


def test_a_name_with_a_private_address_is_refused() -> None:
    client = Client(Reach(["localhost"]), retries=0)
    silence = client.ask(Request(url="http://localhost:9/")).last
    assert isinstance(silence, Silence)
    assert silence.trouble is Trouble.FORBIDDEN


def test_the_allowance_holds() -> None:
    with raw_server(says(OK + b"Content-Length: 0\r\n\r\n")) as port:
        client = client_for(port, allowance=Allowance(2))
        lasts = [client.ask(Request(url=URL)).last for _ in range(3)]
        client.close()
    assert [isinstance(last, Response) for last in lasts] == [True, True, False]
    assert isinstance(lasts[2], Silence)
    assert lasts[2].trouble is Trouble.SPENT


@pytest.mark.parametrize("value", ["a\r\nX-Injected: b", "a\nb", "\0"])
def test_a_value_cannot_inject_a_header(ask: Callable[..., Response | Silence], value: str) -> None:
    heard: list[bytes] = []

    def listen(peer: socket.socket) -> None:
        heard.append(peer.recv(65536))
        peer.sendall(OK + b"Content-Length: 0\r\n\r\n")

    last = ask(listen, Request(url=URL, headers=(("x-a", value),)))
    assert isinstance(last, Silence) or not any(b"X-Injected" in each for each in heard)
    assert not any(b"\nX-Injected" in each for each in heard)


def test_a_kept_connection_that_was_closed_is_opened_anew() -> None:
    with raw_server(says(OK + b"Content-Length: 2\r\n\r\nok")) as port:  # and closes
        client = client_for(port)
        answers = [client.ask(Request(url=URL)).response for _ in range(3)]
        client.close()
    assert [answer and answer.status for answer in answers] == [200, 200, 200]
