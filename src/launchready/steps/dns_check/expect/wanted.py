"""A wanted record, and records in the one form in which they are compared."""

import ipaddress

from launchready.frozen import frozen

TYPES = frozenset({"A", "AAAA", "CNAME", "MX", "TXT", "NS", "CAA", "SRV", "PTR", "ALIAS"})
MOST_RECORDS = 2000
_WITH_NAMES = frozenset({"CNAME", "MX", "NS", "SRV", "PTR", "ALIAS"})


@frozen
class Wanted:
    """Records of one name and type, as declared. Without values, an entry that tells none that
    are comparable: what a CDN answers in their place, or a type that is not looked at.
    """

    name: str
    type: str
    values: tuple[str, ...]
    line: int = 0


def told(kind: str, text: str) -> str:
    """A record's text as it is compared: names in lower case and without the dot at their end,
    addresses in their short form, texts without quotes.
    """
    if kind in _WITH_NAMES:
        return " ".join(word.lower().removesuffix(".") or "." for word in text.split())
    if kind in ("A", "AAAA"):
        try:
            return str(ipaddress.ip_address(text.strip()))
        except ValueError:
            return text.strip().lower()
    if kind == "CAA":
        flags, _, rest = text.strip().partition(" ")
        tag, _, value = rest.strip().partition(" ")
        return f"{flags} {tag.lower()} {value.strip().strip(chr(34))}"
    return _unquoted(text)


def whole(name: str, zone: str) -> str:
    """A name as a file has it, made whole: `@`, "", `www`, `www.example.com.`."""
    lower = name.strip().lower()
    if lower.endswith("."):
        return lower[:-1]
    if lower in ("", "@", zone):
        return zone
    return lower if lower.endswith(f".{zone}") else f"{lower}.{zone}"


def _unquoted(text: str) -> str:
    """TXT in quotes as one text; the strings of a long one have nothing between them."""
    if not text.startswith('"') or not text.endswith('"') or len(text) < 2:
        return text
    return text[1:-1].replace('" "', "").replace('\\"', '"').replace("\\\\", "\\")
