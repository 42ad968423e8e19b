"""The few things that are asked over HTTP and TLS: pages of hosts, certificates, the registry."""

import os
from collections.abc import Collection

from launchready.facts.tls import TlsFacts
from launchready.facts.web import Address, Answer, Request
from launchready.gateways import Gateways
from launchready.gateways.web.client import Client
from launchready.gateways.web.lookup import Names, given_addresses
from launchready.gateways.web.reach import Allowance, Reach, is_global
from launchready.gateways.web.tls import TlsProber
from launchready.steps.dns_check.settings import DnsCheckSettings

_MOST_REQUESTS = 300
_SECONDS = 8.0
_MOST_BYTES = 1 << 20


class Web:
    """Asks only the hosts that a call names, at the addresses that DNS gave or `--resolve` gives.

    A private address is not asked: it may be a machine of the network in which this runs.
    """

    def __init__(self, settings: DnsCheckSettings, gateways: Gateways) -> None:
        self._seconds = _SECONDS
        self._allowance = Allowance(_MOST_REQUESTS)
        self._given = given_addresses(settings.resolve)
        self._ca_file = settings.ca_file and os.fspath(gateways.root / settings.ca_file)

    def page(self, url: str, addresses: Collection[str]) -> Answer:
        """What a host answers, at the addresses that DNS gives."""
        request = Request(url=url, most_bytes=_MOST_BYTES)
        known = {(request.host, request.port): _public(addresses)} | self._given
        return self._ask(request, known)

    def service(self, url: str) -> Answer:
        """What a service of others answers, which the machine's own resolver finds."""
        request = Request(url=url, most_bytes=_MOST_BYTES)
        return self._ask(request, self._given)

    def certificate(self, host: str, addresses: Collection[str]) -> TlsFacts | None:
        """What certificates a host shows; None where it has no address of the public internet."""
        places = self._given.get((host, 443)) or _public(addresses)
        if not places:
            return None
        client = self._client(host, self._given)
        prober = TlsProber(client, seconds=self._seconds, ca_file=self._ca_file)
        return prober.shown(host, 443, places[0])

    def _ask(self, request: Request, known: dict[tuple[str, int], tuple[Address, ...]]) -> Answer:
        client = self._client(request.host, known)
        try:
            return client.ask(request)
        finally:
            client.close()

    def _client(self, host: str, known: dict[tuple[str, int], tuple[Address, ...]]) -> Client:
        return Client(
            Reach({host}),
            names=Names(known),
            allowance=self._allowance,
            seconds=self._seconds,
            retries=0,
            ca_file=self._ca_file,
        )


def _public(addresses: Collection[str]) -> tuple[Address, ...]:
    every = sorted((Address(ip=ip) for ip in addresses), key=lambda each: (each.is_v6, each.ip))
    return tuple(each for each in every if is_global(each))
