"""One connection to one address of a host, with a deadline that a slow peer cannot stretch."""

import http.client
import io
import socket
import time
from typing import TYPE_CHECKING, Any

from launchready.facts.web import Address

if TYPE_CHECKING:
    import ssl


class Deadline:
    """A moment; `left` is in seconds and never negative. Raises TimeoutError when it has passed."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    @property
    def left(self) -> float:
        """Seconds until then."""
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Raw(io.RawIOBase):
    """Reads a socket, no single wait longer than what is left of all."""

    def __init__(self, wire: "Wire") -> None:
        self._wire = wire

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        self._wire.socket.settimeout(self._wire.deadline.left)
        return self._wire.socket.recv_into(buffer)


class _Held:
    """What `http.client` needs of a socket."""

    def __init__(self, wire: "Wire") -> None:
        self._wire = wire

    def sendall(self, content: Any) -> None:
        self._wire.socket.settimeout(self._wire.deadline.left)
        self._wire.socket.sendall(content)

    def makefile(self, mode: str) -> io.BufferedReader:
        del mode
        return io.BufferedReader(_Raw(self._wire))

    def close(self) -> None:
        """The wire closes itself."""


class Wire:
    """A connection, open until `close`. `connect` and `handshake` are in milliseconds.

    Raises OSError (TimeoutError, `ssl.SSLError` among them) where it does not come about.
    """

    def __init__(
        self,
        host: str,
        port: int,
        address: Address,
        context: "ssl.SSLContext | None",
        deadline: Deadline,
    ) -> None:
        self.address = address
        self.deadline = deadline
        started = time.perf_counter()
        self.socket = socket.create_connection((address.ip, port), timeout=deadline.left)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # as browsers do
        connected = time.perf_counter()
        self.connect = (connected - started) * 1000
        self.handshake = 0.0
        self.tls = ""
        self.certificate: bytes | None = None
        if context is not None:
            self._secure(host, context)
            self.handshake = (time.perf_counter() - connected) * 1000
        self.http = http.client.HTTPConnection(host, port)
        self.http.auto_open = 0  # never a second connection behind our back
        self.http.sock = _Held(self)

    def _secure(self, host: str, context: "ssl.SSLContext") -> None:
        try:
            self.socket.settimeout(self.deadline.left)
            secured = context.wrap_socket(self.socket, server_hostname=host)
        except BaseException:
            self.socket.close()
            raise
        self.socket = secured
        self.tls = secured.version() or ""
        self.certificate = secured.getpeercert(binary_form=True)

    def close(self) -> None:
        """Close it; what is left unread is lost."""
        self.http.close()
        self.socket.close()
