"""Macros of SPF: `%{i}._spf.%{d2}` -> a name to ask for (RFC 7208, section 7)."""

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from launchready.frozen import frozen
from launchready.regex import Regex

if TYPE_CHECKING:
    import ipaddress

_MACRO = Regex(r"%(?:\{([a-zA-Z])([0-9]*)([rR]?)([.\-+,/_=]*)\}|([%_\-]))")
_LITERAL = {"%": "%", "_": " ", "-": "%20"}
_MOST = 253


@frozen
class Sender:
    """Who sends: `address` is the client's, `mail_from` the envelope's, `helo` the client's name.

    `domain` is the one whose record is evaluated. `validated` is the client's name that DNS
    confirms, asked only where `%{p}` stands. `receiver` and `time` are for explanations.
    """

    address: "ipaddress.IPv4Address | ipaddress.IPv6Address"
    mail_from: str
    helo: str
    domain: str
    validated: str = "unknown"
    receiver: str = "unknown"
    time: int = 0


def expand(text: str, sender: Sender, *, is_name: bool = True) -> str:
    """A text with its macros replaced; a name is cut from the left to 253 signs (section 7.3)."""
    expanded = _MACRO.sub(lambda match: _value(match, sender), text)
    if is_name:
        expanded = expanded.removesuffix(".")
        while len(expanded) > _MOST and "." in expanded:
            expanded = expanded.partition(".")[2]
    return expanded


def uses_validated_name(text: str) -> bool:
    """Whether `%{p}` stands in it, which costs lookups."""
    return any((match[1] or "").lower() == "p" for match in _MACRO.finditer(text))


def _value(match: "re.Match[str]", sender: Sender) -> str:
    letter, digits, reverse, delimiters, literal = match.groups()
    if literal is not None:
        return _LITERAL[literal]
    parts = re.split(f"[{re.escape(delimiters or '.')}]", _letter(letter.lower(), sender))
    if reverse:
        parts.reverse()
    if digits:
        parts = parts[-int(digits) :]
    value = ".".join(parts)
    return quote(value, safe="-._~") if letter.isupper() else value


def _letter(letter: str, sender: Sender) -> str:
    local, _, domain = sender.mail_from.rpartition("@")
    is_v6 = sender.address.version == 6
    dotted = (
        ".".join(sender.address.exploded.replace(":", "").upper()) if is_v6 else str(sender.address)
    )
    return {
        "s": sender.mail_from,
        "l": local or "postmaster",
        "o": domain,
        "d": sender.domain,
        "i": dotted,
        "p": sender.validated,
        "v": "ip6" if is_v6 else "in-addr",
        "h": sender.helo,
        "c": str(sender.address),
        "r": sender.receiver,
        "t": str(sender.time),
    }[letter]
