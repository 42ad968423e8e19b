"""A mapping that is a value: a change makes another one, which shares all but what changed.

A history of thousands of acts has as many states, each of thousands of tables, and whoever judges
an act is given the state before it, the one after it, and the last. Copies of a dict would make
that quadratic in time and in memory.

Here every name has a slot, which all states share, and each state has a list of chunks of entries.
A change copies one chunk and that list. What came first stays first, as it does in a dict.
"""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from itertools import chain
from typing import Self, TypeVar, overload

T = TypeVar("T")
V = TypeVar("V")

_SIZE = 64
"""Entries in a chunk: with as many chunks, four thousand names, a change copies 1 KB."""


class Chunked(Mapping[str, V]):
    """A mapping from names to values, in the order in which they came."""

    _slots: dict[str, int]
    _chunks: list[list[tuple[str, V] | None]]
    _count: int
    _end: int

    def __init__(self, items: Mapping[str, V]) -> None:
        self.__dict__.update(_parts(items))

    def with_item(self, name: str, value: V) -> Self:
        """The same with a value put in: in the place of its namesake, or at the end."""
        slot = self._slots.setdefault(name, len(self._slots))
        if self._entry(slot, name) is not None:
            return self._with(slot, (name, value), self._count)
        if slot < self._end:  # it was here once, at a place that is too early by now
            return self._copied(**_parts({**self, name: value}))
        return self._with(slot, (name, value), self._count + 1)

    def without(self, name: str) -> Self:
        """The same without a name."""
        slot = self._slots.get(name)
        if slot is None or self._entry(slot, name) is None:
            return self
        return self._with(slot, None, self._count - 1)

    def renamed(self, old: str, new: str, value: V) -> Self:
        """The same with another name and value for one that is there, at the same place; what had
        the new name is gone.
        """
        if new in self._slots:
            others = (each for each in self.entries() if each[0] == old or each[0] != new)
            kept = [(new, value) if each[0] == old else each for each in others]
            return self._copied(**_parts(dict(kept)))
        slot = self._slots[new] = self._slots[old]
        return self._with(slot, (new, value), self._count)

    def entries(self) -> Iterator[tuple[str, V]]:
        """Names with their values, in order."""
        return filter(None, chain.from_iterable(self._chunks))

    def values(self) -> ValuesView[V]:
        return _Values(self)

    def items(self) -> ItemsView[str, V]:
        return _Items(self)

    @overload
    def get(self, name: str, default: None = None, /) -> V | None: ...
    @overload
    def get(self, name: str, default: V, /) -> V: ...
    @overload
    def get(self, name: str, default: T, /) -> V | T: ...
    def get(self, name: str, default: object = None, /) -> object:
        """The value of a name, or the other where it is not there, which is asked most often."""
        slot = self._slots.get(name)
        if slot is None or slot >= self._end:
            return default
        chunks = self._chunks
        at, inner = divmod(slot, _SIZE)
        if at >= len(chunks) or inner >= len(chunks[at]):
            return default
        entry = chunks[at][inner]
        return default if entry is None or entry[0] != name else entry[1]

    def __getitem__(self, name: str) -> V:
        entry = self._entry(self._slots[name], name)
        if entry is None:
            raise KeyError(name)
        return entry[1]

    def __contains__(self, name: object) -> bool:
        slot = self._slots.get(name)  # type: ignore[call-overload]
        return slot is not None and self._entry(slot, name) is not None

    def __iter__(self) -> Iterator[str]:
        return (entry[0] for entry in self.entries())

    def __len__(self) -> int:
        return self._count

    def __repr__(self) -> str:
        return f"{type(self).__name__}({dict(self)!r})"

    def _copied(self, **parts: object) -> Self:
        found = object.__new__(type(self))
        found.__dict__.update(self.__dict__, **parts)
        return found

    def _with(self, slot: int, entry: tuple[str, V] | None, count: int) -> Self:
        at, inner = divmod(slot, _SIZE)
        chunks = self._chunks.copy()
        while at >= len(chunks):
            chunks.append([])
        chunk = chunks[at] = chunks[at].copy()
        while inner > len(chunk):
            chunk.append(None)
        if inner == len(chunk):
            chunk.append(entry)
        else:
            chunk[inner] = entry
        found = object.__new__(type(self))
        held = found.__dict__
        held.update(self.__dict__)
        held["_chunks"], held["_count"] = chunks, count
        held["_end"] = max(self._end, slot + 1)
        return found

    def _entry(self, slot: int, name: object) -> tuple[str, V] | None:
        """What stands in a slot, if it is of that name: others may have had the slot before it."""
        at, inner = divmod(slot, _SIZE)
        if at >= len(self._chunks) or inner >= len(self._chunks[at]):
            return None
        entry = self._chunks[at][inner]
        return entry if entry is not None and entry[0] == name else None


def _parts(items: Mapping[str, object]) -> dict[str, object]:
    """What a mapping is made of, in slots of its own."""
    entries = list(items.items())
    return {
        "_slots": {name: slot for slot, name in enumerate(items)},
        "_chunks": [entries[at : at + _SIZE] for at in range(0, len(entries), _SIZE)],
        "_count": len(entries),
        "_end": len(entries),
    }


class _Values(ValuesView[V]):
    def __init__(self, of: Chunked[V]) -> None:
        super().__init__(of)
        self._of = of

    def __iter__(self) -> Iterator[V]:
        return (entry[1] for entry in self._of.entries())


class _Items(ItemsView[str, V]):
    def __init__(self, of: Chunked[V]) -> None:
        super().__init__(of)
        self._of = of

    def __iter__(self) -> Iterator[tuple[str, V]]:
        return self._of.entries()
