"""What reports say of each sender."""

from launchready.frozen import frozen
from launchready.steps.email_check.records.dmarc import Dmarc


@frozen
class SenderShare:
    """The messages of one sender: so many that passed DMARC and so many that failed.

    `is_known` says that it is one of the config's senders, the domain itself or a well-known
    service: what fails of it is no forgery.
    """

    name: str
    is_known: bool
    passed: int
    failed: int
    addresses: int

    @property
    def total(self) -> int:
        """All of them."""
        return self.passed + self.failed


@frozen
class ReportsFacts:
    """All reports of a folder: `shares` the greatest first, `days` from the first to the last.

    `record` is what the domain publishes now, at `place`.
    """

    folder: str
    domain: str
    place: str
    record: Dmarc | None
    reports: int
    days: int
    shares: tuple[SenderShare, ...]
