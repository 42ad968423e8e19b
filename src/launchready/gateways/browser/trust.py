"""Private certification authorities, for a browser that has no option to name one."""

from collections.abc import Iterable

from launchready.facts.web import Address
from launchready.gateways.web.certificates import is_readable, key_pin
from launchready.gateways.web.client import Client
from launchready.gateways.web.wire import Deadline, Wire


def trusted_keys(
    client: Client, places: Iterable[tuple[str, int, Address]], *, seconds: float
) -> tuple[str, ...]:
    """The keys of the servers that the client itself trusts with the user's authorities.

    Only these does the browser accept against its own judgement: for any other host or key, a
    certificate that it does not trust is refused as for a visitor.
    """
    found = (_key(client, host, port, address, seconds) for host, port, address in places)
    return tuple(dict.fromkeys(key for key in found if key))


def can_trust() -> bool:
    """Whether the library is there that reads certificates."""
    return is_readable()


def _key(client: Client, host: str, port: int, address: Address, seconds: float) -> str | None:
    try:
        wire = Wire(host, address.port or port, address, client.context, Deadline(seconds))
    except (OSError, ValueError):
        return None  # not trusted, or silent: the browser will say so
    try:
        der = wire.certificate
    finally:
        wire.close()
    return key_pin(der) if der else None
