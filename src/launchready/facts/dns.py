"""What name servers answer: records, and why there are none."""

import enum

from launchready.frozen import frozen


class DnsStatus(enum.Enum):
    """How a question ended. The words are for people."""

    FOUND = "found"
    NO_DATA = "the name has no such record"
    NO_NAME = "the name does not exist"
    FAILED = "the name server failed"
    REFUSED = "the name server refused"
    TIMEOUT = "no answer in time"
    UNREACHABLE = "no name server can be reached"
    BAD_NAME = "it is no host name"
    SPENT = "the run has asked as much as it may"

    @property
    def is_known(self) -> bool:
        """Whether the answer says something about the domain, and not about the way to it."""
        return self in (DnsStatus.FOUND, DnsStatus.NO_DATA, DnsStatus.NO_NAME)


@frozen
class DnsRecord:
    """One record: `text` as in a zone file; of TXT the strings joined, with nothing between
    (RFC 7208, section 3.3). `ttl` is in seconds.
    """

    name: str
    type: str
    text: str
    ttl: int


@frozen
class DnsAnswer:
    """An answer about one name and type. `aliases` are the names that CNAME records led through.

    `server` is who answered; `is_authoritative`, `offers_recursion` and `is_validated` are its bits
    AA, RA and AD. `authority` and `additional` are the records of those sections, and `signed` the
    whole message where signatures were asked for, as RFC 1035 writes it. `lacks_edns` says that the
    server answers only who asks without EDNS (RFC 6891).
    """

    name: str
    type: str
    status: DnsStatus
    records: tuple[DnsRecord, ...] = ()
    aliases: tuple[str, ...] = ()
    server: str = ""
    is_authoritative: bool = False
    offers_recursion: bool = False
    is_validated: bool = False
    authority: tuple[DnsRecord, ...] = ()
    additional: tuple[DnsRecord, ...] = ()
    signed: bytes = b""
    lacks_edns: bool = False

    @property
    def texts(self) -> tuple[str, ...]:
        """The records' texts."""
        return tuple(record.text for record in self.records)
