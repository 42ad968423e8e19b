"""Cuts the texts to scan into shares, one after the other or side by side in processes."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import overload

from launchready.facts.text import Text
from launchready.frozen import frozen
from launchready.gateways.files import read_files
from launchready.gateways.git import Git
from launchready.steps.secret_scan.scanning.sightings import Origin, Source

SMALL = 2000
"""Texts. Fewer are scanned sooner by one process than it takes to start more."""

_SHARES_PER_JOB = 4
_USUAL_BYTES = 1 << 11


@frozen
class Share:
    """Texts of one origin that one process reads, in this order. `names` as in `Source`.

    Artifacts may be large each, so that their `sizes` in bytes are known.
    """

    origin: Origin
    names: tuple[str, ...]
    paths: tuple[str | None, ...]
    sizes: tuple[int, ...] = ()

    @property
    def weight(self) -> int:
        """About how much work it is, in texts of the usual size."""
        return max(len(self.names), sum(self.sizes) // _USUAL_BYTES)

    def sources(self) -> "Sources":
        """One per text."""
        return Sources(self)

    def read(self, root: Path, git: Git) -> Iterator[Text]:
        """The texts; text number i is `names[i]`."""
        if self.origin is Origin.DISK:
            return read_files(root, self.names)
        return git.objects([name.encode("ascii") for name in self.names])

    def parts(self, count: int) -> Iterator["Share"]:
        """The same texts in `count` shares of neighbours, or in one if they are few."""
        if self.sizes:
            yield from self._parts_by_size(count)
            return
        size = max(-(-len(self.names) // count), SMALL // _SHARES_PER_JOB)
        for first in range(0, len(self.names), size):
            part = slice(first, first + size)
            yield Share(origin=self.origin, names=self.names[part], paths=self.paths[part])

    def _parts_by_size(self, count: int) -> Iterator["Share"]:
        """The same with the largest in different shares."""
        order = sorted(range(len(self.names)), key=lambda index: -self.sizes[index])
        for first in range(min(count, len(order))):
            mine = order[first::count]
            yield Share(
                origin=self.origin,
                names=tuple(self.names[index] for index in mine),
                paths=tuple(self.paths[index] for index in mine),
                sizes=tuple(self.sizes[index] for index in mine),
            )


class Sources(Sequence[Source]):
    """The sources of a share's texts, each made when it is asked for: few texts hold anything."""

    def __init__(self, share: Share) -> None:
        self._share = share

    def __len__(self) -> int:
        return len(self._share.names)

    @overload
    def __getitem__(self, index: int) -> Source: ...
    @overload
    def __getitem__(self, index: slice) -> list[Source]: ...
    def __getitem__(self, index: int | slice) -> Source | list[Source]:
        if isinstance(index, slice):
            return [self[number] for number in range(*index.indices(len(self)))]
        share = self._share
        return Source(origin=share.origin, name=share.names[index], path=share.paths[index])


def deal(shares: Sequence[Share], jobs: int) -> tuple[tuple[Share, ...], ...]:
    """The shares as `jobs` hands of about the same work.

    Neighbours in the store are alike in size, so each hand gets several stretches from all over, as
    one share: each costs a process of git, which has to find its bases again.
    """
    if jobs == 1 or sum(share.weight for share in shares) < SMALL:
        return (tuple(shares),)
    parts = [part for share in shares for part in share.parts(jobs * _SHARES_PER_JOB)]
    hands = (_joined(parts[number::jobs]) for number in range(jobs))
    return tuple(hand for hand in hands if hand)


def _joined(parts: Iterable[Share]) -> tuple[Share, ...]:
    """The same texts with those of one origin in one share."""
    by_origin: dict[Origin, list[Share]] = {}
    for part in parts:
        by_origin.setdefault(part.origin, []).append(part)
    return tuple(
        Share(
            origin=origin,
            names=tuple(chain.from_iterable(each.names for each in its)),
            paths=tuple(chain.from_iterable(each.paths for each in its)),
            sizes=tuple(chain.from_iterable(each.sizes for each in its)),
        )
        for origin, its in by_origin.items()
    )
