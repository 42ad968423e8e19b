"""One real nginx before the shop, with a world for each fault; unprivileged.

A world is the whole shop on two ports of its own: TLS by name, HTTP/2, IPv4 and IPv6, a cache.
"""

import functools
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.live import Authority

WWW, APEX = "www.shop.test", "shop.test"
API, STAGING, ASSETS = "api.shop.test", "staging.shop.test", "assets.shop.test"
NAMES = (WWW, APEX, API, STAGING, ASSETS)
# Says to the application of which world a request is.
WORLD = "x-world"

TO_WWW = f"return 301 https://{WWW}$request_uri;"
# Keeps what may be kept, by what the application says and by who asks.
CAREFUL = """
    proxy_cache pages; proxy_cache_key $server_port$host$request_uri$http_cookie;
    add_header X-Cache-Status $upstream_cache_status always;"""
# "We will make it faster": keeps everything for everyone, whatever the application says.
LEAKING = """
    proxy_cache pages; proxy_cache_key $server_port$host$uri; proxy_cache_valid 200 1m;
    proxy_ignore_headers Cache-Control Expires Set-Cookie Vary;
    add_header X-Cache-Status $upstream_cache_status always;"""


@dataclass(frozen=True)
class Edge:
    """What nginx is told: directives of each part, and the certificate that each host shows.

    `certificates` are names of `tests.edge.certificates`; `v6` of the node at ::1.
    """

    plain: str = TO_WWW
    apex: str = TO_WWW
    www: str = ""
    account: str = CAREFUL
    v6: str = ""
    staging: str = ""
    assets: str = "add_header CF-Ray 8f0a-FRA always;"
    protocols: str = "TLSv1.2 TLSv1.3"
    ciphers: str = "ECDHE+AESGCM:ECDHE+CHACHA20"
    http2: str = " http2"
    www_certificate: str = "right"
    apex_certificate: str = "right"
    v6_certificate: str = ""
    listens_plain: bool = True


_TEMPLATE = """\
daemon off; pid {folder}/pid; error_log {folder}/error.log warn; worker_processes 1;
events {{ worker_connections 2048; }}
http {{
  access_log off; server_tokens off; keepalive_timeout 20s; default_type text/plain;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=pages:1m use_temp_path=off;
  proxy_http_version 1.1; proxy_connect_timeout 2s; server_names_hash_bucket_size 128;
  upstream app {{ server 127.0.0.1:{app}; keepalive 16; }}
  {worlds}
}}
"""
_COMMON = """proxy_set_header Host $host; proxy_set_header Connection "";
    proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Node $server_addr;
    proxy_set_header {header} {number};"""
_SECURE = """
    ssl_protocols {edge.protocols}; ssl_ciphers {edge.ciphers}:@SECLEVEL=0;"""
_PLAIN = """server {{
    listen 127.0.0.1:{http}; listen [::1]:{http}; server_name {names};
    {common}
    location / {{ {body} }}
  }}"""
_SERVER = """server {{
    {listen} server_name {name}; {pem} {common}
    {locations}
  }}"""


@dataclass(frozen=True)
class Ports:
    """Where a world listens."""

    http: int
    https: int


def program() -> str | None:
    """The installed nginx, None where there is none. Debian keeps it out of a person's PATH."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running(
    edges: Mapping[str, Edge], authority: Authority, app: int
) -> Iterator[dict[str, Ports]]:
    """Nginx with these worlds, until the block ends. The application is told their names."""
    free = iter(_free_ports(2 * len(edges)))
    ports = {name: Ports(http=next(free), https=next(free)) for name in edges}
    worlds = [
        server
        for number, (name, edge) in enumerate(edges.items())
        for server in _servers(edge, ports[name], number, authority)
    ]
    with tempfile.TemporaryDirectory(prefix="edge-") as folder_name:
        folder = Path(folder_name)
        folder.chmod(0o755)  # a worker of root's nginx is nobody
        config = _TEMPLATE.format(folder=folder, app=app, worlds="\n  ".join(worlds))
        (folder / "nginx.conf").write_text(config, encoding="utf-8")
        words = [str(program()), "-p", folder_name, "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen([*words, "-e", str(folder / "error.log")])
        try:
            _wait_for(next(iter(ports.values())).https, process, folder)
            yield ports
        finally:
            process.terminate()
            process.wait(10)


def _servers(edge: Edge, ports: Ports, number: int, authority: Authority) -> Iterator[str]:
    """The server blocks of one world."""
    from tests.edge.certificates import pem_of

    common = _COMMON.format(header=WORLD, number=number)
    if edge.listens_plain:
        names = f"{WWW} {APEX}"
        yield _PLAIN.format(http=ports.http, names=names, body=edge.plain, common=common)
    v4 = f"listen 127.0.0.1:{ports.https} ssl{edge.http2};"
    v6 = f"listen [::1]:{ports.https} ssl{edge.http2};"
    secure = common + _SECURE.format(edge=edge)

    def server(name: str, listen: str, kind: str, locations: str) -> str:
        pem = pem_of(authority, kind)
        shown = f"ssl_certificate {pem}; ssl_certificate_key {pem};"
        return _SERVER.format(
            name=name, listen=listen, pem=shown, common=secure, locations=locations
        )

    right = edge.www_certificate
    pages = (
        f"{edge.www} location /account {{ {edge.account} proxy_pass http://app; }}"
        " location / { proxy_pass http://app; }"
    )
    yield server(APEX, v4 + v6, edge.apex_certificate, f"location / {{ {edge.apex} }}")
    yield server(WWW, v4, right, pages)
    yield server(WWW, v6, edge.v6_certificate or right, f"{edge.v6} {pages}")
    for name, more in ((API, ""), (STAGING, edge.staging), (ASSETS, edge.assets)):
        yield server(name, v4 + v6, "right", f"location / {{ {more} proxy_pass http://app; }}")


def _free_ports(count: int) -> list[int]:
    with ExitStack() as stack:
        probes = [stack.enter_context(socket.socket()) for _ in range(count)]
        for probe in probes:
            probe.bind(("127.0.0.1", 0))
        return [int(probe.getsockname()[1]) for probe in probes]


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(1000):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None:
            break
        time.sleep(0.01)
    raise RuntimeError((folder / "error.log").read_text(encoding="utf-8"))


@functools.cache
def has_v6() -> bool:
    """Whether this machine has ::1."""
    with suppress(OSError), socket.socket(socket.AF_INET6) as probe:
        probe.bind(("::1", 0))
        return True
    return False
