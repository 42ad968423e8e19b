"""How much one artifact may unpack to, and the two ways in which reading it can end early."""

from dataclasses import dataclass, field

from launchready.frozen import frozen

MIB = 1 << 20


@frozen
class Limits:
    """Bounds for one outer text with all that is in it.

    A compressed stream that gave more than `ratio_floor` bytes may have grown by `ratio` at most.
    `document_bytes` bounds what is held in memory at once, to be read as JSON.
    """

    depth: int = 8
    members: int = 500_000
    total_bytes: int = 32 << 30
    ratio: int = 500
    ratio_floor: int = 64 * MIB
    document_bytes: int = 32 * MIB


ARTIFACT = Limits()
COMMITTED = Limits(
    members=20_000, total_bytes=256 * MIB, ratio_floor=16 * MIB, document_bytes=16 * MIB
)
"""For what lies in a repository, where there are many thousands of texts to read."""


class DamageError(Exception):
    """One member cannot be read, or not to its end. `is_opaque`: nobody could without more."""

    def __init__(self, reason: str, hint: str, *, is_opaque: bool = True) -> None:
        super().__init__(reason)
        self.reason = reason
        self.hint = hint
        self.is_opaque = is_opaque


class ExhaustedError(DamageError):
    """The whole outer text has used up what it may; what is left of it is not read."""


REPACK = "make it again from its source; if it is meant to be so, exclude its path"
BY_HAND = "unpack it by hand and name the folder with --artifact"


def cut_short() -> DamageError:
    """A text that ends before it says."""
    return DamageError("it ends early: a part of it is missing", REPACK)


@dataclass(kw_only=True)
class Budget:
    """What one outer text has used of its limits."""

    limits: Limits
    members: int = field(default=0, init=False)
    unpacked: int = field(default=0, init=False)

    def enter(self) -> None:
        """One more member. Raises ExhaustedError."""
        self.members += 1
        if self.members > self.limits.members:
            reason = f"it holds more than {self.limits.members:,} files; the rest is not read"
            raise ExhaustedError(reason, BY_HAND, is_opaque=False)
        self.grow(0)

    def grow(self, count: int) -> None:
        """So many bytes more came out of a compressed stream. Raises ExhaustedError."""
        self.unpacked += count
        if self.unpacked > self.limits.total_bytes:
            most = self.limits.total_bytes // MIB
            reason = f"it unpacks to more than {most:,} MiB; the rest is not read"
            raise ExhaustedError(reason, BY_HAND, is_opaque=False)

    def weigh(self, came: int, went: int) -> None:
        """Raise DamageError where `came` bytes, unpacked from `went`, look like a bomb."""
        limits = self.limits
        if came > limits.ratio_floor and came > limits.ratio * max(went, 1):
            reason = f"it grows to over {limits.ratio} times its size: a decompression bomb"
            raise DamageError(reason, BY_HAND, is_opaque=False)
