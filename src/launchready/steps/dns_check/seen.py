"""The facts that rules judge: a zone and its servers, a host, what was declared and proven."""

from launchready.catalog.dns_providers import Provider
from launchready.catalog.takeovers import Claimable
from launchready.facts.dns import DnsAnswer
from launchready.facts.dnssec import Signatures
from launchready.frozen import frozen
from launchready.site import HostKind


@frozen
class Soa:
    """The numbers of a SOA record; all but the serial are seconds (RFC 1035, section 3.3.13)."""

    serial: int
    refresh: int
    retry: int
    expire: int
    minimum: int


@frozen
class Serving:
    """One address of a name server, and what it says of the zone.

    `tcp` is the SOA asked by TCP, `recursed` an answer for a name that is not of the zone,
    `transfer` the answer to a stranger who wants the whole zone; None where it was not asked.
    """

    name: str
    ip: str
    soa: DnsAnswer
    names: DnsAnswer
    tcp: DnsAnswer | None = None
    recursed: DnsAnswer | None = None
    transfer: DnsAnswer | None = None

    @property
    def answers(self) -> bool:
        """Whether it serves the zone."""
        return self.soa.status.is_known and self.soa.is_authoritative and bool(self.soa.records)


@frozen
class NamedServer:
    """The name of a name server with its addresses. `glue` are those that the parent gives.

    `is_free` says that the domain of its name is registered by nobody.
    """

    name: str
    v4: DnsAnswer
    v6: DnsAnswer
    glue: tuple[str, ...] = ()
    is_free: bool = False

    @property
    def addresses(self) -> tuple[str, ...]:
        """Its addresses, IPv4 first."""
        return (*self.v4.texts, *self.v6.texts)

    @property
    def is_known(self) -> bool:
        """Whether both questions about it were answered."""
        return self.v4.status.is_known and self.v6.status.is_known


@frozen
class ZoneFacts:
    """A zone of the domain. `delegated` are the names that its parent gives; empty where the
    parent could not be asked. `servings` are the addresses that were asked.
    """

    zone: str
    parent: str
    delegated: tuple[str, ...]
    servers: tuple[NamedServer, ...]
    servings: tuple[Serving, ...]

    @property
    def soa(self) -> Soa | None:
        """What the first server that serves it says."""
        found = (soa_of(each.soa) for each in self.servings if each.answers)
        return next((each for each in found if each), None)


@frozen
class MissingFacts:
    """A domain that does not exist."""

    domain: str


@frozen
class View:
    """What one server says of a host: CNAME targets, IPv4 and IPv6 addresses, the least TTL."""

    server: str
    v4: DnsAnswer
    v6: DnsAnswer

    @property
    def is_known(self) -> bool:
        """Whether both answers say something about the host."""
        return self.v4.status.is_known and self.v6.status.is_known

    @property
    def aliases(self) -> tuple[str, ...]:
        """The names that it leads through."""
        return self.v4.aliases or self.v6.aliases

    @property
    def addresses(self) -> frozenset[str]:
        """Of both kinds."""
        return frozenset((*self.v4.texts, *self.v6.texts))


@frozen
class HostFacts:
    """A host of the product. `seen` is what the resolver says; `views` what each authoritative
    server says, `public` each public resolver. `beside` are types that a name with a CNAME has as
    well. `chain` are the names that its CNAMEs lead through. `delegated` are the name servers of a
    zone of its own. `is_assumed` says that nobody declared it.
    """

    name: str
    zone: str
    seen: View
    views: tuple[View, ...] = ()
    public: tuple[View, ...] = ()
    chain: tuple[str, ...] = ()
    is_loop: bool = False
    beside: tuple[str, ...] = ()
    delegated: tuple[str, ...] = ()
    providers: tuple[Provider, ...] = ()
    kind: HostKind | None = None
    is_private: bool = False
    is_assumed: bool = False

    @property
    def is_there(self) -> bool:
        """Whether it has an address."""
        return bool(self.seen.addresses)


@frozen
class PairFacts:
    """Two hosts that are to be one site (`apex` and `www`), or two that are not to be (a host of
    staging and one of production, with `is_staging`).
    """

    first: HostFacts
    second: HostFacts
    is_staging: bool = False


@frozen
class LostFacts:
    """A record of `owner` that points to a name of others, or to one that is not there.

    `free` is the domain of the target that nobody has registered, "" where somebody has.
    `service` is the one whose name it is; `page` what of its answer shows that nobody has claimed
    the host there, "" where nothing does, None where no answer came.
    """

    owner: str
    type: str
    target: str
    answer: DnsAnswer
    free: str = ""
    service: Claimable | None = None
    page: str | None = None


@frozen
class WildcardFacts:
    """What a name below the zone has that nobody can have made."""

    zone: str
    view: View


@frozen
class WantedFacts:
    """Records as declared, and what each authoritative server says. `values` are as `told` makes
    them; of an ALIAS, the addresses that the name it is for has now. `source` wants them. `shadow`
    is the zone below that the name is in, so that nobody asks for these; `times` is how often the
    same is declared.
    """

    name: str
    type: str
    values: tuple[str, ...]
    answers: tuple[DnsAnswer, ...]
    source: str
    shadow: str = ""
    times: int = 1


@frozen
class CaaFacts:
    """Who may issue certificates for a host, found at `place`; `issuer` is the organisation that
    issued the one in use, `authority` the domains by which CAA calls it.
    """

    host: str
    place: str
    records: tuple["CaaRecord", ...]
    issuer: str
    authority: tuple[str, ...]
    is_wildcard: bool


@frozen
class CaaRecord:
    """A CAA record (RFC 8659, section 4)."""

    flags: int
    tag: str
    value: str


@frozen
class SignedFacts:
    """The signatures of a zone, as a validating resolver would judge them."""

    zone: str
    signatures: Signatures


@frozen
class ExpiryFacts:
    """What the registry says of a domain: whole days to its end, and its states (RFC 8056)."""

    domain: str
    days: int | None
    states: tuple[str, ...]


@frozen
class UseFacts:
    """Who is behind a record of the domain. `role` is what the record makes of them: DNS, hosting,
    CDN, mail or proof. `provider` is None where the record tells no service that is known.
    """

    role: str
    provider: Provider | None
    name: str
    type: str
    text: str

    @property
    def who(self) -> str:
        """The service's name, or the record itself."""
        return self.provider.name if self.provider else self.text


@frozen
class UsesFacts:
    """All uses of one zone."""

    zone: str
    uses: tuple[UseFacts, ...]


def soa_of(answer: DnsAnswer) -> Soa | None:
    """The numbers of the first SOA of an answer."""
    words = answer.records[0].text.split() if answer.records else ()
    try:
        serial, refresh, retry, expire, minimum = map(int, words[2:7])
    except ValueError:
        return None
    return Soa(serial=serial, refresh=refresh, retry=retry, expire=expire, minimum=minimum)
