"""A live site on loopback: a certification authority of its own, TLS by name, faults at will.

Names are given to the program with `--resolve`, so that a test needs neither DNS nor privileges.
"""

import datetime
import functools
import hashlib
import http.server
import ssl
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import NameOID

HOST = "www.shop.test"


@dataclass(frozen=True)
class Asked:
    """What a server was asked."""

    method: str
    host: str
    path: str
    headers: Mapping[str, str]
    body: bytes
    is_secure: bool


@dataclass(frozen=True)
class Reply:
    """What it says."""

    status: int = 200
    body: bytes | str = ""
    headers: tuple[tuple[str, str], ...] = ()
    kind: str = "text/html; charset=utf-8"


App = Callable[[Asked], Reply]
Key = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey


class Authority:
    """A certification authority that exists for one test run; its certificate is `ca_file`."""

    def __init__(self, folder: Path, name: str = "A test's own authority") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.UTC)
        self.certificate = (
            x509.CertificateBuilder(self.name, self.name, self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - datetime.timedelta(days=400))
            .not_valid_after(now + datetime.timedelta(days=400))
            .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        self.ca_file = folder / "ca.pem"
        self.ca_file.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    @functools.cache  # noqa: B019 - lives as long as the tests
    def context(self, *names: str) -> ssl.SSLContext:
        """What serves a right certificate for these names."""
        return self.serving(*self.issue(*names))

    def issue(
        self,
        *names: str,
        days: tuple[int, int] = (-10, 80),
        key: Key | None = None,
        by: "Authority | None" = None,
        has_names: bool = True,
    ) -> tuple[x509.Certificate, Key]:
        """A certificate for these names, from and until these days from now, and its key.

        `by` is another authority than this one; without `has_names` only the subject says whose.
        """
        key, by = key or ec.generate_private_key(ec.SECP256R1()), by or self
        now = datetime.datetime.now(datetime.UTC)
        subject = [x509.NameAttribute(NameOID.COMMON_NAME, names[0])] if not has_names else []
        builder = (
            x509.CertificateBuilder(by.name, None, key.public_key())
            .subject_name(x509.Name(subject))
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + datetime.timedelta(days=days[0]))
            .not_valid_after(now + datetime.timedelta(days=days[1]))
        )
        if has_names:
            others = [x509.DNSName(name) for name in names]
            builder = builder.add_extension(x509.SubjectAlternativeName(others), critical=True)
        return builder.sign(by.key, hashes.SHA256()), key

    def under(self, name: str, days: tuple[int, int] = (-300, 300)) -> "Authority":
        """An authority that this one signed."""
        other = Authority.__new__(Authority)
        other.folder, other.key = self.folder, ec.generate_private_key(ec.SECP256R1())
        other.name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        now = datetime.datetime.now(datetime.UTC)
        other.certificate = (
            x509.CertificateBuilder(self.name, other.name, other.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now + datetime.timedelta(days=days[0]))
            .not_valid_after(now + datetime.timedelta(days=days[1]))
            .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
            .sign(self.key, hashes.SHA256())
        )
        return other

    def serving(self, *parts: x509.Certificate | Key) -> ssl.SSLContext:
        """What serves a chain, the server's own certificate first and its key somewhere."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.set_ciphers("DEFAULT:@SECLEVEL=0")  # so that weak ones can be served at all
        context.load_cert_chain(self.written(*parts))
        context.set_alpn_protocols(["http/1.1"])
        return context

    def written(self, *parts: x509.Certificate | Key) -> Path:
        """A file in PEM with these, for a server that is no part of this process."""
        pem = b"".join(
            part.public_bytes(serialization.Encoding.PEM)
            if isinstance(part, x509.Certificate)
            else part.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
            for part in parts
        )
        path = self.folder / f"{hashlib.sha256(pem).hexdigest()[:16]}.pem"
        path.write_bytes(pem)
        return path


@dataclass
class LiveSite:
    """A site that runs: `asked` is what came in, `words` the options that lead the program to it.

    `app` and `context` may be changed while it runs; without a context, all is right with it.
    """

    app: App
    authority: Authority
    names: tuple[str, ...]
    ports: dict[str, int] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    context: ssl.SSLContext | None = None

    @property
    def words(self) -> list[str]:
        """`--resolve` for each name, HTTP and HTTPS, and `--ca-file`."""
        return [
            *(f"--resolve={name}:80:127.0.0.1:{self.ports['http']}" for name in self.names),
            *(f"--resolve={name}:443:127.0.0.1:{self.ports['https']}" for name in self.names),
            f"--ca-file={self.authority.ca_file}",
        ]

    @property
    def resolve(self) -> tuple[str, ...]:
        """The same for settings that are made in a test."""
        return tuple(w.removeprefix("--resolve=") for w in self.words if w.startswith("--resolve"))


def to_https(asked: Asked) -> Reply | None:
    """The redirect that a well-kept site answers plain HTTP with."""
    if asked.is_secure:
        return None
    return Reply(status=308, headers=(("Location", f"https://{HOST}{asked.path}"),))


@contextmanager
def live_site(app: App, authority: Authority, *names: str) -> Iterator[LiveSite]:
    """Serve `app` by HTTP and HTTPS under these names until the block ends."""
    site = LiveSite(app=app, authority=authority, names=names or (HOST, "shop.test"))
    servers = [_server(site, is_secure=is_secure) for is_secure in (False, True)]
    site.ports = {
        name: server.server_port for name, server in zip(("http", "https"), servers, strict=True)
    }
    for server in servers:
        threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield site
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _server(site: LiveSite, *, is_secure: bool) -> http.server.ThreadingHTTPServer:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "live", ""
        disable_nagle_algorithm = True  # else every kept connection waits 40 ms for the body

        def setup(self) -> None:
            if is_secure:  # here and not when accepting, so that no client holds up another
                context = site.context or site.authority.context(*site.names)
                self.request = context.wrap_socket(self.request, server_side=True)
            super().setup()

        def finish(self) -> None:
            super().finish()
            self.request.close()

        def answer(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            asked = Asked(
                method=self.command,
                host=self.headers.get("host", ""),
                path=self.path,
                headers={name.lower(): value for name, value in self.headers.items()},
                body=self.rfile.read(length),
                is_secure=is_secure,
            )
            site.asked.append(asked)
            reply = site.app(asked)
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            self.send_response(reply.status)
            own = {name.lower() for name, _ in reply.headers}
            if "content-type" not in own:
                self.send_header("Content-Type", reply.kind)
            for name, value in reply.headers:
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_GET = do_HEAD = do_POST = do_OPTIONS = do_PUT = do_DELETE = answer  # noqa: N815

        def log_message(self, *words: object) -> None:
            del words

    class Server(http.server.ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            """A client that breaks off is part of the tests."""

    return Server(("127.0.0.1", 0), Handler)
