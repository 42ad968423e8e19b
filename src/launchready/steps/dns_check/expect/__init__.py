"""Files that say which records must be live, of whichever tool: text -> `Wanted`."""

from launchready.config.nodes import UnreadableError
from launchready.frozen import frozen
from launchready.steps.dns_check.expect.octodns import octodns_records
from launchready.steps.dns_check.expect.terraform import terraform_records
from launchready.steps.dns_check.expect.wanted import Wanted
from launchready.steps.dns_check.expect.zone_file import zone_records

__all__ = ["Expectation", "UnreadableError", "read_expectation"]


@frozen
class Expectation:
    """The records of a file, and how many of its entries tell nothing that could be compared."""

    records: tuple[Wanted, ...]
    left_out: int = 0


def read_expectation(content: bytes, name: str, zone: str) -> Expectation:
    """What a file wants for a zone, by its ending or else as a zone file.

    Raises UnreadableError.
    """
    lower = name.lower()
    if lower.endswith((".yaml", ".yml")):
        every = octodns_records(content, zone)
    elif lower.endswith(".json") or content.lstrip()[:1] == b"{":
        every = terraform_records(content, zone)
    else:
        every = zone_records(content, zone)
    known = tuple(each for each in every if each.values)
    return Expectation(records=known, left_out=len(every) - len(known))
