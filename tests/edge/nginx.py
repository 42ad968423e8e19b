"""A real nginx before the shop: TLS by name, HTTP/2, IPv4 and IPv6, a cache; unprivileged."""

import functools
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from tests.live import Authority

WWW, APEX = "www.shop.test", "shop.test"
API, STAGING, ASSETS = "api.shop.test", "staging.shop.test", "assets.shop.test"
NAMES = (WWW, APEX, API, STAGING, ASSETS)

TO_WWW = f"return 301 https://{WWW}$request_uri;"
# Keeps what may be kept, by what the application says and by who asks.
CAREFUL = """
    proxy_cache pages; proxy_cache_key $host$request_uri$http_cookie;
    add_header X-Cache-Status $upstream_cache_status always;"""
# "We will make it faster": keeps everything for everyone, whatever the application says.
LEAKING = """
    proxy_cache pages; proxy_cache_key $host$uri; proxy_cache_valid 200 1m;
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
    proxy: str = ""
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
events {{ worker_connections 512; }}
http {{
  access_log off; server_tokens off; keepalive_timeout 20s; default_type text/plain;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
  fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi;
  scgi_temp_path {folder}/scgi;
  proxy_cache_path {folder}/cache keys_zone=pages:1m use_temp_path=off;
  proxy_http_version 1.1; proxy_set_header Host $host; proxy_set_header Connection "";
  proxy_set_header X-Forwarded-Proto $scheme; proxy_set_header X-Node $server_addr;
  proxy_connect_timeout 2s; {proxy}
  ssl_protocols {edge.protocols}; ssl_ciphers {edge.ciphers}:@SECLEVEL=0;
  ssl_session_cache shared:tls:1m;
  upstream app {{ server 127.0.0.1:{app}; keepalive 16; }}
  {plain_server}
  server {{
    {secure_listen} server_name {APEX}; {apex_pem}
    location / {{ {edge.apex} }}
  }}
  server {{
    listen 127.0.0.1:{https} ssl{edge.http2}; server_name {WWW}; {www_pem}
    {www_locations}
  }}
  {v6_server}
  server {{
    {secure_listen} server_name {API}; {www_pem}
    location / {{ proxy_pass http://app; }}
  }}
  server {{
    {secure_listen} server_name {STAGING}; {www_pem}
    location / {{ {edge.staging} proxy_pass http://app; }}
  }}
  server {{
    {secure_listen} server_name {ASSETS}; {www_pem}
    location / {{ {edge.assets} proxy_pass http://app; }}
  }}
}}
"""
_PLAIN = """server {{
    listen 127.0.0.1:{http}; listen [::1]:{http}; server_name {names};
    location / {{ {body} }}
  }}"""
_V6 = """server {{
    listen [::1]:{https} ssl{http2}; server_name {www}; {pem}
    {locations}
  }}"""


@dataclass(frozen=True)
class Ports:
    """Where the parts listen."""

    http: int
    https: int
    app: int


def program() -> str | None:
    """The installed nginx, None where there is none. Debian keeps it out of a person's PATH."""
    return shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")


@contextmanager
def running(edge: Edge, authority: Authority, app: int) -> Iterator[Ports]:
    """Nginx with this configuration, until the block ends."""
    from tests.edge.certificates import pem_of

    ports = Ports(http=_free_port(), https=_free_port(), app=app)
    with tempfile.TemporaryDirectory(prefix="edge-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # a worker of root's nginx is nobody
        pems = {
            part: f"ssl_certificate {pem}; ssl_certificate_key {pem};"
            for part, kind in (
                ("www_pem", edge.www_certificate),
                ("apex_pem", edge.apex_certificate),
                ("v6_pem", edge.v6_certificate or edge.www_certificate),
            )
            for pem in [pem_of(authority, kind)]
        }
        (folder / "nginx.conf").write_text(_config(edge, ports, folder, pems), encoding="utf-8")
        words = [str(program()), "-p", name, "-c", str(folder / "nginx.conf")]
        process = subprocess.Popen([*words, "-e", str(folder / "error.log")])
        try:
            _wait_for(ports.https, process, folder)
            yield ports
        finally:
            process.terminate()
            process.wait(10)


def _config(edge: Edge, ports: Ports, folder: Path, pems: dict[str, str]) -> str:
    locations = (
        f"{edge.www} location /account {{ {edge.account} proxy_pass http://app; }}"
        " location / { proxy_pass http://app; }"
    )
    plain = _PLAIN.format(http=ports.http, names=f"{WWW} {APEX}", body=edge.plain)
    v6 = _V6.format(
        https=ports.https,
        http2=edge.http2,
        www=WWW,
        pem=pems["v6_pem"],
        locations=f"{edge.v6} {locations}",
    )
    listen = f"listen 127.0.0.1:{ports.https} ssl{edge.http2};"
    return _TEMPLATE.format(
        folder=folder,
        edge=edge,
        proxy=edge.proxy,
        app=ports.app,
        https=ports.https,
        secure_listen=f"{listen} listen [::1]:{ports.https} ssl{edge.http2};",
        plain_server=plain if edge.listens_plain else "",
        v6_server=v6,
        www_locations=locations,
        WWW=WWW,
        APEX=APEX,
        API=API,
        STAGING=STAGING,
        ASSETS=ASSETS,
        **pems,
    )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int, process: subprocess.Popen[bytes], folder: Path) -> None:
    for _ in range(400):
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
