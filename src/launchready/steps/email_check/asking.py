"""What is said of a question that name servers did not answer."""

from launchready.facts.dns import DnsAnswer
from launchready.model import Unchecked


def unknown(answer: DnsAnswer) -> Unchecked:
    """Nothing was learnt of the domain: it is no verdict."""
    return Unchecked(
        target=f"{answer.name} {answer.type}",
        reason=answer.status.value,
        hint="run again; if it stays, look at the name servers of the domain",
    )
