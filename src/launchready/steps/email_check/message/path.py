"""The way of a message: who handed it over, and whether by TLS (RFC 5321, 4.4; RFC 3848)."""

import ipaddress
from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.regex import Regex
from launchready.steps.email_check.message.parts import Message

_FROM = Regex(r"(?i)^from\s+(\S+)(.*?)(?:\sby\s|$)")
_ADDRESS = Regex(r"(?i)[\[(](?:IPv6:)?([0-9a-f:.]{3,45})[\])]")
_WITH = Regex(r"(?i)\swith\s+(?:\S+\s+)?(?:UTF8)?(E?SMTPS?A?|ESMTPSA|LMTPS?A?|HTTPS?)\b")
_CIPHER = Regex(r"(?i)\b(?:version=)?TLS[v_ ]?1[._]\d|\bcipher=|\bwith TLS\b")
_CLIENT = Regex(r"(?i)client-ip=([0-9a-f:.]{3,45})")
_HELO = Regex(r"(?i)\bhelo=([A-Za-z0-9._-]{1,253})")
_MOST_HOPS = 100
_MOST_LENGTH = 4000

# Networks of one's own: RFC 1918, RFC 6598, RFC 4193; loopback and link-local.
_INSIDE = (
    "10.0.0.0/8 172.16.0.0/12 192.168.0.0/16 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16"
    " ::1/128 fc00::/7 fe80::/10"
)

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address


@frozen
class Hop:
    """One hand-over: who called itself `helo`, from which address, and whether by TLS."""

    helo: str
    address: IpAddress | None
    is_encrypted: bool


def hops(message: Message) -> Iterator[Hop]:
    """The hand-overs, the last first. What a field does not tell is not guessed."""
    for field in message.all("received")[:_MOST_HOPS]:
        text = field.value[:_MOST_LENGTH]
        found = _FROM.match(text)
        if found is None:
            continue
        protocol = _WITH.search(text)
        told = protocol[1].upper() if protocol else ""
        addresses = (_address(each[1]) for each in _ADDRESS.finditer(found[1] + found[2]))
        yield Hop(
            helo=found[1].strip("[]()"),
            address=next((each for each in addresses if each is not None), None),
            is_encrypted=told in ("ESMTPS", "ESMTPSA", "SMTPS", "LMTPS", "LMTPSA", "HTTPS")
            or _CIPHER.search(text) is not None,
        )


def handed_over(message: Message) -> Hop | None:
    """How it came to the receiver: what that noted for SPF, else the last hop from outside."""
    found = next((h for h in hops(message) if h.address and not _is_inside(h.address)), None)
    noted = message.value("received-spf")[:_MOST_LENGTH]
    client = _CLIENT.search(noted)
    address = _address(client[1]) if client else None
    if address is None or (found is not None and found.address == address):
        return found
    same = next((h for h in hops(message) if h.address == address), None)
    helo = _HELO.search(noted)
    return same or Hop(helo=helo[1] if helo else "", address=address, is_encrypted=True)


def _is_inside(address: IpAddress) -> bool:
    """Whether a hop is one of the receiver's own machines to the next."""
    found = getattr(address, "ipv4_mapped", None) or address
    return any(found in ipaddress.ip_network(text) for text in _INSIDE.split())


def _address(text: str) -> IpAddress | None:
    try:
        return ipaddress.ip_address(text.rstrip("."))
    except ValueError:
        return None
