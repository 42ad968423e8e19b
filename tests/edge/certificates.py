"""The certificates that hosts of the lab show, right and wrong, by name."""

import functools
from collections.abc import Callable
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa

from tests.edge.nginx import APEX, NAMES, WWW
from tests.live import Authority, Key

Parts = tuple[x509.Certificate | Key, ...]


def _self_signed(authority: Authority) -> Parts:
    own = Authority(authority.folder / "own")
    return own.certificate, own.key


def _untrusted(authority: Authority) -> Parts:
    other = Authority(authority.folder / "other", "Nobody knows it")
    return (*other.issue(*NAMES), other.certificate)


def _incomplete(authority: Authority) -> Parts:
    return authority.issue(*NAMES, by=authority.under("Intermediate"))


def _disordered(authority: Authority) -> Parts:
    first, second = authority.under("First"), authority.under("Second")
    certificate, key = authority.issue(*NAMES, by=first)
    return certificate, second.certificate, first.certificate, key


def _weak(authority: Authority) -> Parts:
    # As weak as is wanted: that is what must be found.
    return authority.issue(*NAMES, key=rsa.generate_private_key(65537, 1024))  # noqa: S505


KINDS: dict[str, Callable[[Authority], Parts]] = {
    "right": lambda authority: authority.issue(*NAMES),
    "expired": lambda authority: authority.issue(*NAMES, days=(-90, -2)),
    "not yet valid": lambda authority: authority.issue(*NAMES, days=(2, 80)),
    "without the bare domain": lambda authority: authority.issue(*set(NAMES) - {APEX}),
    "of another host": lambda authority: authority.issue("shop.vercel.test"),
    "self-signed": _self_signed,
    "of an unknown authority": _untrusted,
    "without its intermediate": _incomplete,
    "in disorder": _disordered,
    "about to expire": lambda authority: authority.issue(*NAMES, days=(-87, 3)),
    "late": lambda authority: authority.issue(*NAMES, days=(-65, 25)),
    "for too long": lambda authority: authority.issue(*NAMES, days=(-10, 390)),
    "without names": lambda authority: authority.issue(WWW, has_names=False),
    "weak": _weak,
    "of another day": lambda authority: authority.issue(*NAMES, days=(-12, 78)),
    "of an earlier renewal": lambda authority: authority.issue(*NAMES, days=(-55, 34)),
}


@functools.cache
def pem_of(authority: Authority, kind: str) -> Path:
    """A file with chain and key."""
    return authority.written(*KINDS[kind](authority))
