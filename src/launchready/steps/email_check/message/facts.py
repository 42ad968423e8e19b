"""What rules judge of a message."""

from launchready.frozen import frozen
from launchready.steps.email_check.message.parts import Message
from launchready.steps.email_check.message.path import Hop
from launchready.steps.email_check.message.signature import Outcome, Signature
from launchready.steps.email_check.spf.evaluate import Result


@frozen
class MessageFacts:
    """A message that arrived, `path` its file where it is one, `domain` the one that should have
    sent it, `author` that of its From.

    `spf` is what the record of `mail_from` says of the address that handed it over, None where that
    is not known. `aligned` says of each signature whether it stands for the author's domain.
    """

    path: str | None
    domain: str
    message: Message
    author: str
    hop: Hop | None
    mail_from: str
    spf: Result | None
    is_spf_aligned: bool
    signatures: tuple[Signature, ...]
    aligned: tuple[bool, ...]
    has_policy: bool

    @property
    def signed_by_author(self) -> tuple[Signature, ...]:
        """The right signatures that stand for the author's domain."""
        pairs = zip(self.signatures, self.aligned, strict=True)
        return tuple(s for s, is_own in pairs if is_own and s.outcome is Outcome.PASS)

    @property
    def passes(self) -> bool:
        """Whether DMARC passes: SPF or a signature stands for the author's domain."""
        return bool(self.signed_by_author) or (self.spf is Result.PASS and self.is_spf_aligned)
