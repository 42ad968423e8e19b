"""How a zone is signed: its keys, what its parent says of them, and whether both hold."""

import enum

from launchready.frozen import frozen


class Trust(enum.Enum):
    """What a validating resolver makes of a zone. The words are for people."""

    UNSIGNED = "not signed"
    NO_DS = "signed, and its parent does not say so"
    VALID = "signed and valid"
    BOGUS = "signed and wrong"


@frozen
class SigningKey:
    """A DNSKEY: its tag, the number of its algorithm (RFC 8624), and its size in bits."""

    tag: int
    algorithm: int
    name: str
    bits: int


@frozen
class Anchor:
    """A DS record of the parent: which key it trusts, and by which digest (RFC 4509)."""

    tag: int
    algorithm: int
    digest: int


@frozen
class Signatures:
    """The signatures of a zone. `why` says what is wrong where it is bogus, and `server` where.

    `unmatched` are the parent's records that no key of the zone answers; `hours_left` is how long
    the signatures still hold, None without any. `refused` says that the machine's own resolver
    gives no answer unless it is told not to validate. `nsec3_iterations` is how often names that
    are not there are hashed once more (RFC 5155).
    """

    trust: Trust
    anchors: tuple[Anchor, ...] = ()
    keys: tuple[SigningKey, ...] = ()
    unmatched: tuple[Anchor, ...] = ()
    why: str = ""
    server: str = ""
    hours_left: float | None = None
    refused: bool = False
    nsec3_iterations: int = 0
