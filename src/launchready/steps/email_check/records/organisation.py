"""The organisation's domain of a name, by the walk up the tree (RFC 9989, section 4.10.2)."""

from collections.abc import Callable

from launchready.facts.dns import DnsAnswer
from launchready.steps.email_check.records.dmarc import is_dmarc, walk
from launchready.steps.email_check.records.tags import read_tags

Ask = Callable[[str, str], DnsAnswer]


def organisation(domain: str, ask: Ask) -> str:
    """The domain with `psd=n`, or the one below `psd=y`, or the highest that has a record; the name
    itself where nobody has one.
    """
    highest = below = domain
    for name in walk(domain):
        found = [text for text in ask(f"_dmarc.{name}", "TXT").texts if is_dmarc(text)]
        if len(found) == 1:
            psd = (read_tags(found[0]).get("psd") or "").lower()
            if psd == "n":
                return name
            if psd == "y" and name != domain:
                return below
            highest = name
        below = name
    return highest
