"""The facts that rules judge: a domain's records of mail, and what the config wants."""

from launchready.catalog.mail_senders import Service
from launchready.facts.dns import DnsAnswer
from launchready.facts.tls import TlsFacts
from launchready.frozen import frozen
from launchready.site import Mail, MailSender
from launchready.steps.email_check.records.dkim import DkimKey
from launchready.steps.email_check.records.dmarc import Dmarc
from launchready.steps.email_check.records.sts import StsPolicy
from launchready.steps.email_check.spf.count import Branch
from launchready.steps.email_check.spf.evaluate import Result
from launchready.steps.email_check.spf.grammar import SpfRecord


@frozen
class SpfFacts:
    """The SPF records of a domain; `record` where there is exactly one.

    `is_return_path` says that it is the bounce domain of `sender`, and not the domain of the mails.
    """

    domain: str
    texts: tuple[str, ...]
    record: SpfRecord | None
    branches: tuple[Branch, ...]
    mail: Mail
    sender: MailSender | None = None

    @property
    def lookups(self) -> int:
        """How many of the ten lookups it takes at worst."""
        return len(self.branches)


@frozen
class SentFacts:
    """What a receiver makes of a sender's address, by the SPF record of `domain`; `why` is what
    made it an error.
    """

    domain: str
    sender: MailSender
    address: str
    result: Result
    why: str


@frozen
class DkimFacts:
    """A selector, declared for `sender`; `key` where there is one record that is meant as a key."""

    domain: str
    selector: str
    sender: MailSender
    service: Service | None
    answer: DnsAnswer
    key: DkimKey | None
    count: int


@frozen
class DmarcFacts:
    """The DMARC records that count for a domain, found at `place`.

    `unconfirmed` are domains that reports go to and that do not say that they take them.
    """

    domain: str
    place: str
    texts: tuple[str, ...]
    record: Dmarc | None
    unconfirmed: tuple[str, ...]
    mail: Mail


@frozen
class MxFacts:
    """The hosts that take a domain's mail, with the addresses of each."""

    domain: str
    answer: DnsAnswer
    hosts: tuple[tuple[str, tuple[DnsAnswer, DnsAnswer]], ...]
    mail: Mail


@frozen
class StsFacts:
    """What a domain says of TLS to its mail servers: the records of MTA-STS, the policy file, and
    the records on TLS reports.

    `policy` is None where there is no record or no file; `trouble` says why there is no file.
    `hosts` are those of the MX records.
    """

    domain: str
    texts: tuple[str, ...]
    policy: StsPolicy | None
    trouble: str
    hosts: tuple[str, ...]
    reports: tuple[str, ...]


@frozen
class BimiFacts:
    """The BIMI records of a domain, and the DMARC policy on which they depend."""

    domain: str
    texts: tuple[str, ...]
    policy: str


@frozen
class PtrFacts:
    """The names of an address that a sender sends from; `confirmed` are those that lead back."""

    sender: MailSender
    address: str
    names: tuple[str, ...]
    confirmed: tuple[str, ...]


@frozen
class MxTlsFacts:
    """What a host that takes a domain's mail shows in TLS, at one address."""

    domain: str
    tls: TlsFacts


@frozen
class UsedServiceFacts:
    """A mail service of which a manifest names the package, and whether the config names it."""

    domain: str
    service: Service
    path: str
    is_declared: bool
