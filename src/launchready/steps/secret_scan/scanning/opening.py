"""Notices, among the texts of a repository, those that hold other texts.

Nearly all hold none, and there are very many, so that the first two bytes decide for most.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Protocol

from launchready.facts.text import Inner, Reading, Text, TextBatch, TextPart, Unreadable
from launchready.frozen import frozen
from launchready.gateways.unpack import magic
from launchready.steps.secret_scan.scanning.sightings import Origin, Source

_MOST_BYTES = 64 << 20
_SHARP, _BANG = b"#!"
_OPENS_DOCUMENT = frozenset(b"{)")
_LOOKED_AT = 8000  # bytes; as many as git looks at to tell binary from text
# What in the middle of a text makes it worth opening: a colour, and a source map in a script. Each
# with what is found fast: one rare byte, or a long text.
_MARKS = ((b"\x1b", b"\x1b["), (b"sourceMappingURL=data:",) * 2)


@frozen
class Noticed:
    """A whole text, number `source`, that holds others."""

    source: int
    content: bytes


class SourceOf(Protocol):
    """The source of a text, by its number."""

    def __getitem__(self, number: int, /) -> Source: ...


class Opener:
    """Looks through texts as they come, and learns which of their `sources` are read otherwise."""

    def __init__(self, sources: Sequence[Source]) -> None:
        self._sources = sources
        self._otherwise: dict[int, Source] = {}
        self._content: bytearray | None = None

    def __getitem__(self, number: int, /) -> Source:
        """See `SourceOf`."""
        return self._otherwise.get(number) or self._sources[number]

    def noticed(self, text: Text) -> Iterator[Noticed | Unreadable]:
        """The texts to open before this batch or part is scanned itself."""
        match text:
            case TextBatch():
                for index in self._worth_opening(text):
                    content = bytes(text.buffer[text.starts[index] : text.ends[index]])
                    number = text.sources[index]
                    if not magic.is_archive(content[: magic.HEAD_BYTES]):
                        self._read_as(number, Reading.NOTHING)
                    yield Noticed(source=number, content=content)
            case TextPart():
                yield from self._gathered(text)

    def _worth_opening(self, batch: TextBatch) -> list[int]:
        buffer, last = batch.buffer, len(batch.buffer) - 1
        first_bytes = magic.FIRST_BYTES
        likely = {
            index
            for index, start in enumerate(batch.starts)
            if start < last and (buffer[start] in first_bytes or not buffer[start + 1])
        }
        worth = {index for index in likely if self._holds_texts(batch, index)}
        worth.update(_marked(batch))
        return [
            index
            for index in sorted(worth)
            if self._sources[batch.sources[index]].origin is not Origin.MESSAGE
        ]

    def _holds_texts(self, batch: TextBatch, index: int) -> bool:
        start, end = batch.starts[index], batch.ends[index]
        if batch.buffer[start] == _SHARP and batch.buffer[start + 1] != _BANG:
            return False
        number = batch.sources[index]
        if batch.buffer[start] in _OPENS_DOCUMENT and not self._is_document(number):
            return False
        head = bytes(batch.buffer[start : min(end, start + magic.HEAD_BYTES)])
        return self._is_worth(head, number)

    def _is_worth(self, head: bytes, number: int) -> bool:
        if magic.is_archive(head) or magic.wide_encoding(head):
            return True
        return head[:1] in (b"{", b")") and self._is_document(number)

    def _is_document(self, number: int) -> bool:
        return bool(magic.document_of(self._sources[number].path or ""))

    def _gathered(self, part: TextPart) -> Iterator[Noticed | Unreadable]:
        """A long text, once all its parts have come."""
        if part.offset == 0:
            head = bytes(part.buffer[: magic.HEAD_BYTES])
            self._content = bytearray() if self._is_worth(head, part.source) else None
            if self._content is not None and head[:1] == b"{":
                self._read_as(part.source, Reading.FORMATS)
        if self._content is None:
            return
        self._content += memoryview(part.buffer)[part.own_start : part.own_end]
        if len(self._content) > _MOST_BYTES:
            self._content = None
            reason = f"it is over {_MOST_BYTES >> 20} MiB: its bytes are scanned, not what it holds"
            hint = "name it with --artifact, or exclude its path"
            yield Unreadable(source=part.source, reason=reason, hint=hint)
        elif part.is_last:
            content, self._content = bytes(self._content), None
            yield Noticed(source=part.source, content=content)

    def _read_as(self, number: int, reading: Reading) -> None:
        self._otherwise[number] = replace(self._sources[number], reading=reading)


def described(
    texts: Iterable[Text], outer: Source, inners: Sequence[Inner], sources: list[Source]
) -> Iterator[Text]:
    """The texts inside one, while `sources` grows as `inners` does."""
    for text in texts:
        sources.extend(outer.holding(inner) for inner in inners[len(sources) :])
        yield text


def _marked(batch: TextBatch) -> Iterator[int]:
    """The texts, but for binary ones, that hold one of the marks."""
    for sign, mark in _MARKS:
        at = batch.buffer.find(sign, 0, batch.length)
        while at >= 0:
            index = bisect_right(batch.starts, at) - 1
            end = batch.ends[index]
            if at < end and _is_text(batch, index) and batch.buffer.find(mark, at, end) >= 0:
                yield index
            at = batch.buffer.find(sign, max(end, at + 1), batch.length)


def _is_text(batch: TextBatch, index: int) -> bool:
    start, end = batch.starts[index], batch.ends[index]
    return batch.buffer.find(b"\0", start, min(end, start + _LOOKED_AT)) < 0
