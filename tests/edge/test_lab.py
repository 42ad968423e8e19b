"""The whole of smoke-test against a real nginx: a clean site gives nothing, a fault its rule."""

import itertools
from pathlib import Path

import pytest

from launchready.steps.smoke_test.settings import Area
from tests.edge.nginx import LEAKING, NAMES, WWW, Edge, has_v6, program, running
from tests.edge.shop import SITE, shop
from tests.live import Authority, LiveSite, live_site
from tests.unit.steps.smoke_test.looking import Look, look

AREAS = [area for area in Area if area not in (Area.LATENCY, Area.LOAD, Area.BROWSER)]
# What is wrong with nginx, and a rule that must fire.
FAULTS: dict[str, tuple[Edge, str]] = {
    "plain HTTP serves the site": (Edge(plain="proxy_pass http://app;"), "http-not-redirected"),
    "the bare domain serves it too": (Edge(apex="proxy_pass http://app;"), "second-canonical-host"),
    "the redirect loses the path": (
        Edge(apex=f"return 301 https://{WWW}/;"),
        "redirect-loses-address",
    ),
    "the redirect is temporary": (
        Edge(apex=f"return 302 https://{WWW}$request_uri;"),
        "redirect-is-temporary",
    ),
    "the redirect goes to plain HTTP": (
        Edge(apex=f"return 301 http://{WWW}$request_uri;"),
        "redirect-to-plain-http",
    ),
    "a cache that heeds nothing": (Edge(account=LEAKING), "cache-leaks-account"),
    "no CDN where one is declared": (Edge(assets=""), "cdn-not-as-declared"),
    "old protocols": (Edge(protocols="TLSv1 TLSv1.2 TLSv1.3", ciphers="ECDHE"), "tls-protocol-old"),
    "no HTTP/2": (Edge(http2=""), "http2-not-offered"),
    "expired": (Edge(www_certificate="expired"), "certificate-not-trusted"),
    "the bare domain is in no certificate": (
        Edge(apex_certificate="without the bare domain"),
        "certificate-not-trusted",
    ),
    "without its intermediate": (
        Edge(www_certificate="without its intermediate"),
        "certificate-not-trusted",
    ),
    "about to expire": (Edge(www_certificate="about to expire"), "certificate-about-to-expire"),
    "the repository is served": (
        Edge(www='location = /.git/HEAD { return 200 "ref: refs/heads/main\\n"; }'),
        "private-file-public",
    ),
}


@pytest.fixture(autouse=True)
def _needs() -> None:
    if program() is None or not has_v6():
        pytest.skip("this machine has no nginx, or no ::1")


def looked_at(edge: Edge, folder: Path) -> Look:
    """Everything but what measures, on a site with this nginx."""
    authority = Authority(folder / "authority")
    with (
        live_site(shop, authority) as behind,
        running(edge, authority, behind.ports["http"]) as at,
    ):
        ports = ((80, at.http), (443, at.https))
        front = _Front(app=shop, authority=authority, names=NAMES)
        front.given = tuple(
            f"{name}:{port}:{address}:{there}"
            for name, address, (port, there) in itertools.product(
                NAMES, ("127.0.0.1", "[::1]"), ports
            )
        )
        return look(front, folder, *AREAS, site=SITE)


class _Front(LiveSite):
    given: tuple[str, ...] = ()

    @property
    def resolve(self) -> tuple[str, ...]:
        return self.given


def test_the_clean_site_gives_nothing(tmp_path: Path) -> None:
    seen = looked_at(Edge(), tmp_path)
    assert (seen.rules, seen.unchecked) == ([], [])
    assert seen.looked["addresses"] == 2


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_found(tmp_path: Path, name: str) -> None:
    edge, rule = FAULTS[name]
    assert rule in looked_at(edge, tmp_path).rules
