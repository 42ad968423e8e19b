"""What a server shows in TLS handshakes: its certificates, protocols and ciphers."""

import datetime
import enum

from launchready.facts.web import Address, Trouble
from launchready.frozen import frozen


class Distrust(enum.Enum):
    """Why a browser refuses the certificate. The words are for people."""

    EXPIRED = "it has expired"
    NOT_YET = "it is not valid yet"
    OTHER_NAME = "it is for another name"
    SELF_SIGNED = "it is signed by itself"
    UNKNOWN_AUTHORITY = "no known authority signed it"
    INCOMPLETE = "the server does not send the certificate between it and the authority"
    INTERMEDIATE_EXPIRED = "a certificate between it and the authority has expired"
    WEAK = "its key or its signature is too weak"
    OTHER = "it cannot be verified"


@frozen
class Certificate:
    """A certificate (RFC 5280). `key` is `RSA` or `EC` or another algorithm's name, `bits` its
    size; `signature` is the hash, such as `sha256`, "" where the algorithm has none. `names` are
    its DNS names and addresses. `fingerprint` is of SHA-256.
    """

    subject: str
    issuer: str
    names: tuple[str, ...]
    not_before: datetime.datetime
    not_after: datetime.datetime
    key: str
    bits: int
    signature: str
    is_self_issued: bool
    fingerprint: str

    @property
    def lifetime(self) -> datetime.timedelta:
        """From its first moment to its last."""
        return self.not_after - self.not_before


@frozen
class TlsFacts:
    """One address of a host. `chain` is what the server sent, its own first; empty where the
    library that reads it is missing. `protocols` are the ones it accepts, such as `TLSv1.2`.

    `distrust` is why the chain is not trusted, None where it is. `weak_ciphers` are accepted names
    of ciphers that protect nothing. `alpn` is the protocol chosen of h2 and http/1.1. `trouble`
    says that there is no TLS at all. `is_private_authority` says that the user named the authority.
    """

    host: str
    port: int
    address: Address
    at: datetime.datetime
    chain: tuple[Certificate, ...] = ()
    protocols: tuple[str, ...] = ()
    distrust: Distrust | None = None
    cipher: str = ""
    weak_ciphers: tuple[str, ...] = ()
    alpn: str = ""
    trouble: Trouble | None = None
    detail: str = ""
    is_private_authority: bool = False

    @property
    def leaf(self) -> Certificate | None:
        """The server's own certificate."""
        return self.chain[0] if self.chain else None
