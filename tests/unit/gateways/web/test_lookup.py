"""Names are looked up once, and addresses that this machine has no way to are left out."""

import pytest

from launchready.facts.web import Address, Lookup
from launchready.gateways.web.lookup import Names

V4, V6 = Address(ip="192.0.2.1"), Address(ip="2001:db8::1")
OTHER = Address(ip="2001:db8::2")


@pytest.mark.parametrize(
    ("addresses", "routes", "kept", "left_out"),
    [
        pytest.param((V4, V6), {V6.ip}, (V4, V6), {}, id="a way to all"),
        pytest.param((V4, V6, OTHER), set(), (V4,), {"a.test": (V6.ip, OTHER.ip)}, id="no IPv6"),
        pytest.param((V4, V6, OTHER), {V6.ip}, (V4, V6), {"a.test": (OTHER.ip,)}, id="some"),
        pytest.param((V6, OTHER), set(), (V6, OTHER), {}, id="nothing else is there"),
        pytest.param((V4,), set(), (V4,), {}, id="none of IPv6"),
    ],
)
def test_addresses_without_a_way(
    addresses: tuple[Address, ...],
    routes: set[str],
    kept: tuple[Address, ...],
    left_out: dict[str, tuple[str, ...]],
) -> None:
    asked = []

    def ask(host: str) -> Lookup:
        asked.append(host)
        return Lookup(host=host, addresses=addresses)

    names = Names(ask=ask, has_route=lambda ip: ip in routes)
    for _ in range(2):
        assert names.lookup("a.test", 443).addresses == kept
    assert (names.left_out, asked) == (left_out, ["a.test"])


def test_given_addresses_are_taken_as_they_are() -> None:
    names = Names({("a.test", 443): (V4, V6)}, has_route=lambda _: False)
    assert names.lookup("a.test", 443).addresses == (V4, V6)


@pytest.mark.parametrize(("ip", "count"), [("::1", 2), ("100::1.invalid", 1)])
def test_this_machine_is_asked_whether_it_has_a_way(ip: str, count: int) -> None:
    names = Names(ask=lambda host: Lookup(host=host, addresses=(V4, Address(ip=ip))))
    assert len(names.lookup("a.test", 443).addresses) == count
