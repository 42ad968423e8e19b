"""Records on reports of TLS (RFC 8460) and on the brand's logo (BIMI, draft-brand-indicators)."""

from collections.abc import Iterator

from launchready.regex import Regex
from launchready.steps.email_check.records.tags import read_tags

_TLS = Regex(r"v=TLSRPTv1[ \t]*(?:;|$)")
_BIMI = Regex(r"(?i)\s*v\s*=\s*BIMI1\s*(?:;|$)")
_REPORT = Regex(r"(?:mailto:[^\s,;!@]+@[A-Za-z0-9.-]+|https://[^\s,;!]+)")


def is_tls_report(text: str) -> bool:
    """Whether a TXT record asks for reports of TLS."""
    return _TLS.match(text) is not None


def is_bimi(text: str) -> bool:
    """Whether a TXT record is one of BIMI."""
    return _BIMI.match(text) is not None


def tls_report_faults(text: str) -> Iterator[str]:
    """What is wrong in a record that `is_tls_report`."""
    tags = read_tags(text)
    yield from tags.faults
    places = [place.strip() for place in (tags.get("rua") or "").split(",")]
    if not all(_REPORT.fullmatch(place) for place in places):
        yield "`rua` is no `mailto:` or `https:` address"


def bimi_faults(text: str) -> Iterator[str]:
    """What is wrong in a record that `is_bimi`. An empty `l` says that there is none on purpose."""
    tags = read_tags(text)
    yield from tags.faults
    logo = tags.get("l")
    if logo is None:
        yield "it has no `l`, the address of the logo"
    elif logo and not logo.lower().startswith("https://"):
        yield "`l` is no `https:` address"
    elif logo and not logo.lower().partition("?")[0].endswith((".svg", ".svgz")):
        yield "`l` leads to no SVG"
    proof = tags.get("a")
    if proof and not proof.lower().startswith("https://"):
        yield "`a` is no `https:` address"
