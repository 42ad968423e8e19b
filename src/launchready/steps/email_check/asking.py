"""What is said of a question that name servers did not answer."""

from launchready.facts.dns import DnsAnswer, DnsStatus
from launchready.gateways.dns.client import DnsClient
from launchready.model import Unchecked


def unknown(answer: DnsAnswer) -> Unchecked:
    """Nothing was learnt of the domain: it is no verdict."""
    return Unchecked(
        target=f"{answer.name} {answer.type}",
        reason=answer.status.value,
        hint="run again; if it stays, look at the name servers of the domain",
    )


def shut_off(client: DnsClient, domain: str) -> Unchecked | None:
    """That a resolver which does not know the top-level domain says nothing of what is below it,
    as in a network that is shut off; None where it may be believed.
    """
    top = domain.rpartition(".")[2]
    if any(client.ask(name, "TXT").status is not DnsStatus.NO_NAME for name in (domain, top)):
        return None
    return Unchecked(
        target=f"the mail of {domain}",
        reason=f"the resolver says that there is no top-level domain {top!r} either",
        hint="look at the name, and run where the internet's names can be looked up",
    )
