"""How what a site said is told in a message: never more than scheme, host and a number."""

from urllib.parse import urlsplit

PERMANENT = (301, 308)


def origin_shown(url: str) -> str:
    """Scheme and host of an address that a site gave; the rest may be anything."""
    parts = urlsplit(url)
    host = "".join(sign for sign in parts.hostname or "" if sign.isalnum() or sign in "-._:")
    return f"{parts.scheme}://{host[:120]}"


def place_shown(url: str) -> str:
    """The same with the path, as far as it is of plain signs: a query may hold anything."""
    path = urlsplit(url).path
    plain = "".join(sign for sign in path if sign.isalnum() or sign in "-._/~@")
    port = urlsplit(url).netloc.rpartition(":")[2]
    return f"{origin_shown(url)}{f':{port}' if port.isdecimal() else ''}{plain[:120]}"
