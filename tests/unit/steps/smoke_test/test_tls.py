"""TLS: certificates that are wrong one by one, and what the server speaks."""

import datetime
import ssl
import warnings
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from tests.live import HOST, Authority, LiveSite, Reply
from tests.unit.steps.smoke_test.looking import Look, look

from launchready.facts.tls import Certificate, TlsFacts
from launchready.facts.web import Address
from launchready.model import Finding
from launchready.site import Site
from launchready.steps.smoke_test import STEP
from launchready.steps.smoke_test.settings import Area, SmokeTestSettings

Serve = Callable[..., LiveSite]
Make = Callable[[Authority], ssl.SSLContext]
NAMES = (HOST, "shop.test")
ALWAYS = {"http2-not-offered"}  # the servers of the tests speak HTTP/1.1


def looked_at(serve: Serve, root: Path, make: Make | None = None) -> Look:
    """Look at a site with this certificate."""
    live = serve(lambda _: Reply(body="hello"))
    live.context = make(live.authority) if make else None
    return look(live, root, Area.TLS)


def test_a_right_certificate_gives_nothing(serve: Serve, root: Path) -> None:
    seen = looked_at(serve, root)
    assert (set(seen.rules), seen.unchecked) == (ALWAYS, [])
    assert seen.looked["handshakes"] == 2
    (facts, _) = [fact for fact in seen.facts if isinstance(fact, TlsFacts)]
    assert facts.protocols == ("TLSv1.2", "TLSv1.3")
    assert facts.leaf is not None
    assert facts.leaf.names == NAMES


def one(**how: object) -> Make:
    """A server with one certificate."""
    names = how.pop("names", NAMES)
    return lambda authority: authority.serving(*authority.issue(*names, **how))  # type: ignore[misc,arg-type]


def self_signed(authority: Authority) -> ssl.SSLContext:
    """A certificate that signs itself."""
    own = Authority(authority.folder / "own")
    return authority.serving(own.certificate, own.key)


def unknown(authority: Authority) -> ssl.SSLContext:
    """One of an authority that nobody knows, with that authority's own."""
    other = Authority(authority.folder / "other", "Nobody knows it")
    return authority.serving(*other.issue(*NAMES), other.certificate)


def under(*, is_sent: bool, days: tuple[int, int] = (-300, 300)) -> Make:
    """One of an authority below the known one, sent along or not."""

    def make(authority: Authority) -> ssl.SSLContext:
        middle = authority.under("An authority in between", days)
        sent = (middle.certificate,) if is_sent else ()
        return authority.serving(*authority.issue(*NAMES, by=middle), *sent)

    return make


def disordered(authority: Authority) -> ssl.SSLContext:
    """The chain with its root first, then what lies between."""
    middle = authority.under("An authority in between")
    parts = authority.issue(*NAMES, by=middle)
    return authority.serving(*parts, authority.certificate, middle.certificate)


def old(authority: Authority) -> ssl.SSLContext:
    """A server that speaks TLS 1.0 to 1.2."""
    context = authority.serving(*authority.issue(*NAMES))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        context.minimum_version = ssl.TLSVersion.TLSv1
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    return context


def unencrypted(authority: Authority) -> ssl.SSLContext:
    """A server that accepts ciphers without encryption."""
    context = authority.serving(*authority.issue(*NAMES))
    context.set_ciphers("ALL:eNULL:@SECLEVEL=0")
    return context


WEAK_KEY = rsa.generate_private_key(public_exponent=65537, key_size=1024)  # noqa: S505
FAULTS: dict[str, tuple[Make, set[str], str]] = {
    "expired": (one(days=(-90, -1)), {"certificate-not-trusted"}, "it has expired"),
    "not yet": (one(days=(1, 90)), {"certificate-not-trusted"}, "it is not valid yet"),
    "another name": (
        one(names=("other.test",)),
        {"certificate-not-trusted"},
        "it is for another name (other.test)",
    ),
    "of itself": (self_signed, {"certificate-not-trusted"}, "it is signed by itself"),
    "of nobody": (unknown, {"certificate-not-trusted"}, "no known authority signed it"),
    "not whole": (
        under(is_sent=False),
        {"certificate-not-trusted"},
        "the server does not send the certificate between",
    ),
    "expired in between": (
        under(is_sent=True, days=(-300, -1)),
        {"certificate-not-trusted"},
        "a certificate between it and the authority has expired",
    ),
    "weak key": (
        one(key=WEAK_KEY),
        {"certificate-is-weak"},
        "is weak: RSA 1024",
    ),
    "last days": (one(days=(-85, 4)), {"certificate-about-to-expire"}, "expires in 3 days"),
    "last third": (one(days=(-70, 20)), {"certificate-renewal-late"}, "expires in 19 of 90 days"),
    "no names": (  # and the bare domain is in none at all
        one(has_names=False),
        {"certificate-without-names", "certificate-not-trusted"},
        "no subject alternative",
    ),
    "disorder": (disordered, {"chain-in-disorder"}, "do not follow each other"),
    "old protocols": (old, {"tls-protocol-old", "tls-protocol-missing"}, "TLSv1 and TLSv1.1"),
    "no encryption": (unencrypted, {"tls-cipher-weak"}, "the weak cipher"),
}


@pytest.mark.parametrize(("make", "rules", "words"), FAULTS.values(), ids=FAULTS)
def test_a_fault_is_found(
    serve: Serve, root: Path, make: Make, rules: set[str], words: str
) -> None:
    seen = looked_at(serve, root, make)
    assert set(seen.rules) - ALWAYS == rules
    assert any(words in finding.message for finding in seen.findings)


def test_right_chains_give_nothing(serve: Serve, root: Path) -> None:
    assert set(looked_at(serve, root, under(is_sent=True)).rules) == ALWAYS


def test_a_key_of_another_curve_gives_nothing(serve: Serve, root: Path) -> None:
    make = one(key=ec.generate_private_key(ec.SECP384R1()))
    assert set(looked_at(serve, root, make).rules) == ALWAYS


def test_no_tls_is_found(serve: Serve, root: Path) -> None:
    live = serve(lambda _: Reply())
    live.ports["https"] = 9
    seen = look(live, root, Area.TLS)
    assert set(seen.rules) == {"tls-not-offered"}
    assert "127.0.0.1: the connection was refused" in seen.findings[0].message


def test_plain_http_in_the_place_of_tls_is_found(serve: Serve, root: Path) -> None:
    live = serve(lambda _: Reply())
    live.ports["https"] = live.ports["http"]
    assert set(look(live, root, Area.TLS).rules) == {"tls-not-offered"}


def test_one_forgotten_node_is_found(serve: Serve, root: Path) -> None:
    lives = [serve(lambda _: Reply()) for _ in range(2)]
    lives[1].context = one(days=(-40, 40))(lives[1].authority)
    resolve = tuple(f"{HOST}:443:127.0.0.1:{live.ports['https']}" for live in lives)
    seen = look(lives[0], root, Area.TLS, resolve=resolve, site=Site(url=f"https://{HOST}/"))
    assert set(seen.rules) - ALWAYS == {"addresses-differ-in-certificate"}


NOW = datetime.datetime(2026, 11, 24, tzinfo=datetime.UTC)
LEAF = Certificate(
    subject="",
    issuer="CN=A",
    names=(HOST,),
    not_before=datetime.datetime(2026, 10, 1, tzinfo=datetime.UTC),
    not_after=datetime.datetime(2026, 12, 30, tzinfo=datetime.UTC),
    key="EC",
    bits=256,
    signature="sha256",
    is_self_issued=False,
    fingerprint="00",
)
FACTS = TlsFacts(host=HOST, port=443, address=Address(ip="203.0.113.7"), at=NOW, chain=(LEAF,))


def judged(facts: TlsFacts) -> list[Finding]:
    """What the rules find."""
    return list(STEP.findings(facts, SmokeTestSettings()))


@pytest.mark.parametrize(
    ("issued", "days", "is_private", "is_found"),
    [
        ("2026-05-01", 365, False, True),
        ("2026-05-01", 365, True, False),
        ("2026-05-01", 200, False, False),
        ("2026-03-14", 398, False, False),
        ("2026-03-14", 399, False, True),
        ("2027-03-15", 101, False, True),
    ],
)
def test_how_long_a_certificate_may_live(
    issued: str, days: int, *, is_private: bool, is_found: bool
) -> None:
    begin = datetime.datetime.fromisoformat(issued).replace(tzinfo=datetime.UTC)
    leaf = replace(LEAF, not_before=begin, not_after=begin + datetime.timedelta(days=days))
    facts = replace(
        FACTS, chain=(leaf,), at=begin, protocols=("TLSv1.3",), is_private_authority=is_private
    )
    rules = [finding.rule for finding in judged(facts)]
    assert rules == (["certificate-lives-too-long"] if is_found else [])


def test_a_signature_that_can_be_forged_is_found() -> None:
    """No library of today signs so any more."""
    middle = replace(LEAF, signature="sha1", subject="CN=A", issuer="CN=Root")
    root = replace(LEAF, signature="md5", subject="CN=Root", issuer="CN=Root", is_self_issued=True)
    facts = replace(FACTS, chain=(LEAF, middle, root), protocols=("TLSv1.3",))
    messages = [f.message for f in judged(facts) if f.rule == "certificate-is-weak"]
    assert messages == [f"{HOST}: the certificate of an authority in the chain is weak: SHA1"]
