"""How mail travels: MTA-STS, TLS reports, BIMI, STARTTLS of the MX hosts, names of what sends."""

import ipaddress
import os
from collections.abc import Iterator
from contextlib import contextmanager

from launchready.facts.web import Address, Lookup, Request, Response, Trouble
from launchready.frozen import frozen
from launchready.gateways import Gateways
from launchready.gateways.dns.client import DnsClient
from launchready.gateways.web.client import Client
from launchready.gateways.web.lookup import Names, given_addresses
from launchready.gateways.web.reach import Allowance, Reach
from launchready.gateways.web.tls import TlsProber
from launchready.model import Unchecked
from launchready.site import Mail, MailSender
from launchready.steps.email_check.asking import unknown
from launchready.steps.email_check.records.dmarc import find_dmarc, read_dmarc
from launchready.steps.email_check.records.reporting import is_bimi, is_tls_report
from launchready.steps.email_check.records.sts import StsPolicy, is_sts, read_policy
from launchready.steps.email_check.seen import BimiFacts, MxTlsFacts, PtrFacts, StsFacts
from launchready.steps.email_check.settings import EmailCheckSettings

_SECONDS = 10.0
_MOST_REQUESTS = 40
_MOST_HOSTS = 20
_MOST_BYTES = 64 << 10  # a policy may have as many (RFC 8461, section 3.2)
_MOST_NAMES = 10


@contextmanager
def transport_of(
    settings: EmailCheckSettings, gateways: Gateways, dns: DnsClient
) -> Iterator["Transport"]:
    """What asks, with connections that are closed at the end."""
    transport = Transport(settings, gateways, dns)
    try:
        yield transport
    finally:
        for client in transport.clients:
            client.close()


class Transport:
    """Asks for all that concerns the way of mail."""

    def __init__(self, settings: EmailCheckSettings, gateways: Gateways, dns: DnsClient) -> None:
        self._settings = settings
        self._dns = dns
        self._ca_file = settings.ca_file and os.fspath(gateways.root / settings.ca_file)
        self.clients: list[Client] = []

    def observe(self, mail: Mail, domain: str) -> Iterator[object]:
        """The facts of a domain."""
        found = self._dns.ask(domain, "MX")
        hosts = [text.split()[-1].removesuffix(".").lower() for text in found.texts]
        hosts = [host for host in hosts if host][:_MOST_HOSTS]
        yield from self._sts(domain, tuple(hosts))
        yield from self._bimi(domain)
        for sender in mail.senders:
            for address in sender.addresses:
                yield from _ptr(self._dns, sender, address)
        if self._settings.starttls:
            for host in dict.fromkeys(hosts):
                yield from self._starttls(domain, host)

    def _sts(self, domain: str, hosts: tuple[str, ...]) -> Iterator[object]:
        record = self._dns.ask(f"_mta-sts.{domain}", "TXT")
        reports = self._dns.ask(f"_smtp._tls.{domain}", "TXT")
        for answer in (record, reports):
            if not answer.status.is_known:
                yield unknown(answer)
                return
        texts = tuple(text for text in record.texts if is_sts(text))
        fetched = self._policy(domain) if texts else _Fetched()
        if fetched.is_ours:
            yield Unchecked(
                target=f"the MTA-STS policy of {domain}",
                reason=fetched.trouble,
                hint="run where it can be reached",
            )
            return
        yield StsFacts(
            domain=domain,
            texts=texts,
            policy=fetched.policy,
            trouble=fetched.trouble,
            hosts=hosts,
            reports=tuple(text for text in reports.texts if is_tls_report(text)),
        )

    def _policy(self, domain: str) -> "_Fetched":
        """The policy file. Redirects are not followed (RFC 8461, section 3.3)."""
        host = f"mta-sts.{domain}"
        url = f"https://{host}/.well-known/mta-sts.txt"
        last = self._client(host).ask(Request(url=url, most_bytes=_MOST_BYTES)).last
        if not isinstance(last, Response):
            is_ours = last.trouble.is_ours and last.trouble is not Trouble.FORBIDDEN
            return _Fetched(trouble=last.words, is_ours=is_ours)
        if last.status != 200:
            return _Fetched(trouble=f"the answer is {last.status}")
        if last.is_cut:
            return _Fetched(trouble=f"it is larger than {_MOST_BYTES} bytes")
        return _Fetched(policy=read_policy(last.body.decode("utf-8", "replace")))

    def _bimi(self, domain: str) -> Iterator[object]:
        answer = self._dns.ask(f"default._bimi.{domain}", "TXT")
        texts = tuple(text for text in answer.texts if is_bimi(text))
        if texts:
            _, found = find_dmarc(domain, self._dns.ask)
            policy = read_dmarc(found[0], domain).policy if len(found) == 1 else "none"
            yield BimiFacts(domain=domain, texts=texts, policy=policy)

    def _starttls(self, domain: str, host: str) -> Iterator[object]:
        client = self._client(host)
        prober = TlsProber(client, seconds=_SECONDS, ca_file=self._ca_file)
        for address in client.names.lookup(host, 25).addresses:
            seen = prober.look(host, 25, address, is_mail=True)
            if seen.trouble in (Trouble.BROKEN, Trouble.TLS, Trouble.PROTOCOL, None):
                yield MxTlsFacts(domain=domain, tls=seen)
                continue
            if seen.trouble is Trouble.FORBIDDEN:
                continue  # that an address is private is said of the MX record
            yield Unchecked(
                target=f"{host}:25 at {address.ip}",
                reason=seen.trouble.value,
                hint="run where port 25 is open: hosted runners close it",
            )

    def _client(self, host: str) -> Client:
        given = given_addresses(self._settings.resolve)
        client = Client(
            Reach({host}),
            names=Names(given, self._lookup),
            allowance=Allowance(_MOST_REQUESTS),
            seconds=_SECONDS,
            retries=1,
            ca_file=self._ca_file,
        )
        self.clients.append(client)
        return client

    def _lookup(self, host: str) -> Lookup:
        """A host's addresses, by the name servers that are asked for all else."""
        answers = [self._dns.ask(host, kind) for kind in ("A", "AAAA")]
        addresses = tuple(Address(ip=text) for answer in answers for text in answer.texts)
        if addresses:
            return Lookup(host=host, addresses=addresses)
        is_known = all(answer.status.is_known for answer in answers)
        return Lookup(host=host, trouble=Trouble.LOOKUP if is_known else Trouble.LOOKUP_FAILED)


@frozen
class _Fetched:
    """A policy file, or why there is none; `is_ours` says that it tells nothing of the domain."""

    policy: StsPolicy | None = None
    trouble: str = ""
    is_ours: bool = False


def _ptr(dns: DnsClient, sender: MailSender, text: str) -> Iterator[object]:
    """The names of an address and whether they lead back to it (RFC 8601, section 3)."""
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return  # what SPF makes of it says so
    answer = dns.ask(address.reverse_pointer, "PTR")
    if not answer.status.is_known:
        yield unknown(answer)
        return
    names = tuple(name.lower().removesuffix(".") for name in answer.texts[:_MOST_NAMES])
    answers = dns.ask_all(names, "A" if address.version == 4 else "AAAA")
    confirmed = tuple(a.name for a in answers if any(_is_same(each, address) for each in a.texts))
    unsure = [each for each in answers if not each.status.is_known]
    if unsure and not confirmed:
        yield unknown(unsure[0])
        return
    yield PtrFacts(sender=sender, address=text, names=names, confirmed=confirmed)


def _is_same(text: str, address: ipaddress.IPv4Address | ipaddress.IPv6Address) -> bool:
    try:
        return ipaddress.ip_address(text) == address
    except ValueError:
        return False
