"""What a message of a name server says, as facts: no more records than a person could mean."""

from itertools import islice
from typing import TYPE_CHECKING, Any

from launchready.facts.dns import DnsAnswer, DnsRecord, DnsStatus

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dns.message import Message

_MOST_RECORDS = 400  # of one section; more than 64 KiB of real answers hold


def read_answer(reply: "Message", name: str, kind: str, server: str) -> DnsAnswer:
    """The answer to one question; `kind` is the type that was asked for."""
    import dns.flags
    import dns.rcode
    import dns.rdatatype

    codes = {
        dns.rcode.NOERROR: DnsStatus.FOUND,
        dns.rcode.NXDOMAIN: DnsStatus.NO_NAME,
        dns.rcode.REFUSED: DnsStatus.REFUSED,
    }
    status = codes.get(reply.rcode(), DnsStatus.FAILED)
    wanted = dns.rdatatype.from_text(kind)
    if wanted == dns.rdatatype.AXFR:  # a zone begins with its SOA (RFC 5936, section 2.2)
        wanted = dns.rdatatype.SOA
    records = _records(found for found in reply.answer if found.rdtype == wanted)
    aliases = tuple(
        str(rdata.target).removesuffix(".").lower()
        for found in islice(reply.answer, _MOST_RECORDS)
        if found.rdtype == dns.rdatatype.CNAME and wanted != dns.rdatatype.CNAME
        for rdata in found
    )
    if status is DnsStatus.FOUND and not records:
        status = DnsStatus.NO_DATA
    return DnsAnswer(
        name=name,
        type=kind,
        status=status,
        records=tuple(sorted(records, key=lambda record: record.text)),
        aliases=aliases,
        server=server,
        is_authoritative=bool(reply.flags & dns.flags.AA),
        offers_recursion=bool(reply.flags & dns.flags.RA),
        is_validated=bool(reply.flags & dns.flags.AD),
        authority=_records(reply.authority) if reply.authority else (),
        additional=_records(reply.additional) if reply.additional else (),
    )


def _records(sets: "Iterable[Any]") -> tuple[DnsRecord, ...]:
    import dns.rdatatype

    every = (
        DnsRecord(
            name=str(found.name).removesuffix(".").lower(),
            type=dns.rdatatype.to_text(found.rdtype),
            text=_text(rdata),
            ttl=found.ttl,
        )
        for found in sets
        for rdata in found
    )
    return tuple(islice(every, _MOST_RECORDS))


def _text(rdata: Any) -> str:
    """A record's text; the strings of TXT joined, byte for byte."""
    strings = getattr(rdata, "strings", None)
    return b"".join(strings).decode("latin-1") if strings is not None else str(rdata)
