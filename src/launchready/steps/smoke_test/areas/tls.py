"""The area `tls`: certificates and protocols of every public host, on every address."""

from collections.abc import Iterator

from launchready.facts.tls import TlsFacts
from launchready.facts.web import Address, Request, Trouble
from launchready.gateways.web.certificates import is_readable
from launchready.gateways.web.tls import TlsProber
from launchready.model import Looked, Unchecked
from launchready.site import HostKind
from launchready.steps.smoke_test.seen import HostTlsFacts
from launchready.steps.smoke_test.session import Session

_MAIL_PORT = 25
_OURS = (Trouble.FORBIDDEN, Trouble.SPENT, Trouble.LOOKUP_FAILED)

_Place = tuple[str, int, bool]


def observe(session: Session) -> Iterator[object]:
    """Each address of each host, then the addresses of a host beside each other."""
    if not session.plan.is_secure:
        return
    if not is_readable():
        yield Unchecked(
            target="certificates",
            reason="the library that reads them is not installed, only trust was looked at",
            hint='pip install "launchready[native]"',
        )
    hosts = session.client.all(lambda place: _host(session, *place), _places(session))
    count = 0
    for unchecked, facts in hosts:
        yield from unchecked
        yield from facts
        count += len(facts)
        if len(facts) > 1:
            yield HostTlsFacts(addresses=facts)
    yield Looked(name="handshakes", one="TLS address", many="TLS addresses", count=count)


def _places(session: Session) -> Iterator[_Place]:
    """Host, port, and whether it is a mail server's."""
    port = Request(url=session.plan.url).port
    mail = {h.name.lower() for h in session.settings.site.hosts if h.kind is HostKind.MAIL}
    for host in (session.plan.host, *session.plan.twins):
        yield host, port, False
    for each in session.settings.site.hosts:
        name = each.name.lower()
        if name not in (session.plan.host, *session.plan.twins):
            yield name, _MAIL_PORT if name in mail else 443, name in mail


def _host(
    session: Session, host: str, port: int, is_mail: bool
) -> tuple[tuple[Unchecked, ...], tuple[TlsFacts, ...]]:
    settings = session.settings
    lookup = session.client.names.lookup(host, port)
    if lookup.trouble:  # of a host that nobody declared nothing is expected
        is_assumed = host in session.plan.twins and host not in settings.site.redirecting
        nameless = Unchecked(
            target=f"{host}:{port}", reason=lookup.trouble.value, hint="look at the DNS record"
        )
        return (() if is_assumed else (nameless,)), ()
    ca_file = settings.ca_file and str(session.gateways.root / settings.ca_file)
    prober = TlsProber(session.client, seconds=settings.timeout, ca_file=ca_file)

    def look(address: Address) -> TlsFacts:
        return prober.look(host, port, address, is_mail=is_mail)

    seen = session.client.all(look, lookup.addresses)
    unchecked = tuple(
        Unchecked(
            target=f"{host}:{port} at {facts.address.ip}",
            reason=facts.trouble.value if facts.trouble else "",
            hint=_hint(is_mail=is_mail),
        )
        for facts in seen
        if _is_inconclusive(facts, is_mail=is_mail)
    )
    told = tuple(facts for facts in seen if not _is_inconclusive(facts, is_mail=is_mail))
    return unchecked, told


def _is_inconclusive(facts: TlsFacts, *, is_mail: bool) -> bool:
    """Runners mostly have no IPv6, and their networks close port 25."""
    if facts.trouble is None:
        return False
    is_way = facts.trouble in (Trouble.UNREACHABLE, Trouble.TIMEOUT)
    return facts.trouble in _OURS or (is_way and (is_mail or facts.address.is_v6))


def _hint(*, is_mail: bool) -> str:
    if is_mail:
        return "run where port 25 is open: hosted runners close it"
    return "run where this address can be reached"
