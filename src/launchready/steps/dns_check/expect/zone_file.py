"""Zone files (RFC 1035, section 5)."""

from launchready.config.nodes import UnreadableError
from launchready.documents import decode
from launchready.steps.dns_check.expect.wanted import MOST_RECORDS, TYPES, Wanted, told

_DIRECTIVES = ("$ORIGIN", "$TTL")  # no $INCLUDE of other files, no $GENERATE of thousands


def zone_records(content: bytes, zone: str) -> tuple[Wanted, ...]:
    """The records of a zone file. Raises UnreadableError."""
    import dns.exception
    import dns.rdatatype
    import dns.zone

    text = decode(content)
    try:
        read = dns.zone.from_text(
            text,
            origin=f"{zone}.",
            relativize=False,
            check_origin=False,
            allow_directives=_DIRECTIVES,
        )
    except (dns.exception.DNSException, ValueError, UnicodeError, RecursionError) as error:
        why = str(error) or type(error).__name__
        raise UnreadableError(f"it is no zone file: {why[:120]}", line=1, column=1) from error
    found = []
    for name, rdataset in read.iterate_rdatasets():
        kind = dns.rdatatype.to_text(rdataset.rdtype)
        if kind in TYPES:
            values = tuple(sorted(told(kind, _text(rdata)) for rdata in rdataset))
            whole = str(name).removesuffix(".").lower()
            found.append(Wanted(name=whole, type=kind, values=values))
    if not found:
        raise UnreadableError("it is no zone file: it has no records", line=1, column=1)
    return tuple(found[:MOST_RECORDS])


def _text(rdata: object) -> str:
    """A record's text; the strings of TXT joined, byte for byte."""
    strings = getattr(rdata, "strings", None)
    return b"".join(strings).decode("latin-1") if strings is not None else str(rdata)
