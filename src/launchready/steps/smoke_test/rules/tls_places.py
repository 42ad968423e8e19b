"""Where a finding about TLS is."""

from launchready.facts.tls import TlsFacts
from launchready.model import Evidence, Finding, JsonScalar, UrlLocation


def finding(seen: TlsFacts, message: str) -> Finding:
    """A finding about one address of a host."""
    shown = f":{seen.port}" if seen.port != 443 else ""
    measured: list[tuple[str, JsonScalar]] = [("address", seen.address.ip)]
    if seen.leaf is not None:
        measured.append(("expires", seen.leaf.not_after.date().isoformat()))
    return Finding(
        message=f"{seen.host}: {message}",
        location=UrlLocation(url=f"https://{seen.host}{shown}/"),
        identity=f"{seen.host}:{seen.port}",
        evidence=Evidence(measured=tuple(measured)),
    )
