"""What `launchready init` puts into a repository, and `launchready upgrade` renews: pure texts.

A file that is ours alone carries the marks of `marks`; of a file that others share only our own
entry is written. What a person adds stays.
"""

from launchready.frozen import frozen


@frozen
class Proposal:
    """A file as it would be. `before` is None where there is none yet; `why` is one line."""

    path: str
    before: str | None
    after: str
    why: str

    @property
    def is_new(self) -> bool:
        """Whether the file is not there yet."""
        return self.before is None


@frozen
class Declined:
    """A file that a person has to edit, the reason, and the lines to put there."""

    path: str
    reason: str
    lines: str
