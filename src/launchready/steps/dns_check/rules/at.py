"""Where a finding about the domain is, and how what strangers wrote is shown."""

from launchready.model import DnsLocation, Evidence, Finding, JsonScalar

_MOST = 80
_MOST_NAMES = 6


def found(
    name: str, kind: str, message: str, *measured: tuple[str, JsonScalar], what: str = ""
) -> Finding:
    """A finding about the records of a name; `what` tells it from others of the same rule there."""
    return Finding(
        message=message,
        location=DnsLocation(dns_name=shown(name), dns_type=kind),
        identity=f"{name} {kind} {what}".strip(),
        evidence=Evidence(measured=measured),
    )


def shown(text: str) -> str:
    """A name or record as a message may show it."""
    cut = text if len(text) <= _MOST else f"{text[: _MOST - 1]}…"
    return "".join(
        s if s.isprintable() and s not in "`\\" and ord(s) < 0x2027 else "?" for s in cut
    )


def listed(texts: "tuple[str, ...] | list[str] | frozenset[str]") -> str:
    """Several of them, in their order; of a set, sorted."""
    every = sorted(texts) if isinstance(texts, frozenset) else list(texts)
    more = f" and {len(every) - _MOST_NAMES} more" if len(every) > _MOST_NAMES else ""
    return ", ".join(map(shown, every[:_MOST_NAMES])) + more if every else "nothing"
