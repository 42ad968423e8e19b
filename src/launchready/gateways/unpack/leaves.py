"""Opens a text as far as it goes: what is left is text that has nothing more inside."""

from collections.abc import Iterator
from dataclasses import dataclass

from launchready.facts.text import Reading
from launchready.gateways.unpack import documents, magic, rewrite
from launchready.gateways.unpack.bounds import (
    BY_HAND,
    Budget,
    DamageError,
    ExhaustedError,
    Limits,
)
from launchready.gateways.unpack.members import Entry, Fault, Member, inside
from launchready.gateways.unpack.squeeze import Squeeze, squeeze_of, unsqueezed
from launchready.gateways.unpack.stream import CHUNK, Stream, stream_over
from launchready.gateways.unpack.tars import BLOCK, is_tar, tar_members
from launchready.gateways.unpack.zips import LOCAL, zip_members
from launchready.model import INSIDE


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """A text at a path (`OUTER!/INNER`). Its stream is to be read before the next leaf."""

    path: str
    stream: Stream
    reading: Reading = Reading.WHOLE
    has_columns: bool = True


def leaves_of(stream: Stream, path: str, limits: Limits) -> Iterator[Leaf | Fault]:
    """The leaves of the text at `path`, and what of it cannot be read; the names are paths."""
    return _Opener(Budget(limits=limits)).open(stream, path, 0)


class _Opener:
    """Opens one outer text, with one budget for all that is in it."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget

    def open(self, stream: Stream, path: str, depth: int) -> Iterator[Leaf | Fault]:
        """See `leaves_of`; `depth` counts the archives around this text."""
        try:
            yield from self._open(stream, path, depth)
        except ExhaustedError as error:
            if depth:
                raise
            yield _fault(path, error)
        except DamageError as error:
            yield _fault(path, error)

    def _open(self, stream: Stream, path: str, depth: int) -> Iterator[Leaf | Fault]:
        head = stream.peek(magic.HEAD_BYTES)
        squeeze = squeeze_of(head)
        before = magic.script_line(head)
        is_zip = head.startswith(LOCAL) or before > 0
        if squeeze or is_zip or is_tar(head):
            if depth >= self._budget.limits.depth:
                reason = f"archives are nested in it more than {depth} deep"
                yield Fault(name=path, reason=reason, hint=BY_HAND, is_opaque=False)
            elif squeeze:
                yield from self._unsqueezed(stream, squeeze, path, depth)
            elif is_zip:
                stream.skip(before)
                yield from self._members(zip_members(stream, self._budget), path, depth)
            else:
                yield from self._members(tar_members(stream, self._budget), path, depth)
            return
        if name := magic.unread_format(head):
            reason = f"its format, {name}, cannot be read here"
            yield Fault(name=path, reason=reason, hint=BY_HAND)
        yield from self._text(stream, path, head)

    def _unsqueezed(
        self, stream: Stream, squeeze: Squeeze, path: str, depth: int
    ) -> Iterator[Leaf | Fault]:
        """What is compressed; a compressed tar file counts as one archive."""
        content = unsqueezed(stream, squeeze, self._budget)
        if is_tar(content.peek(BLOCK)):
            yield from self._members(tar_members(content, self._budget), path, depth)
        else:
            inner = f"{path}{INSIDE}{_stem(path, squeeze)}"
            yield from self.open(content, inner, depth + 1)

    def _members(self, entries: Iterator[Entry], path: str, depth: int) -> Iterator[Leaf | Fault]:
        for entry in entries:
            inner = f"{path}{INSIDE}{inside(entry.name)}" if entry.name else path
            match entry:
                case Member():
                    yield from self.open(entry.stream, inner, depth + 1)
                case Fault():
                    yield Fault(
                        name=inner,
                        reason=entry.reason,
                        hint=entry.hint,
                        is_opaque=entry.is_opaque,
                    )

    def _text(self, stream: Stream, path: str, head: bytes) -> Iterator[Leaf | Fault]:
        narrowed = rewrite.narrow(stream, head)
        if narrowed:
            stream = narrowed
        if documents.is_document(path):
            yield from self._document(stream, path)
        elif rewrite.needs_cleaning(head := stream.peek(CHUNK)):
            cleaned = rewrite.clean(stream, head)
            yield Leaf(path=path, stream=cleaned, has_columns=False)
        else:
            yield Leaf(path=path, stream=stream)

    def _document(self, stream: Stream, path: str) -> Iterator[Leaf | Fault]:
        content, damage = _collected(stream, self._budget.limits.document_bytes)
        is_whole = damage is None and not stream.peek(1)
        reading = Reading.WHOLE
        if is_whole:
            for inner, text in documents.pieces_of(path, content):
                reading = Reading.FORMATS
                yield Leaf(path=f"{path}{INSIDE}{inner}", stream=stream_over(text))
        elif damage is None and magic.document_of(path):
            most = self._budget.limits.document_bytes >> 20
            reason = f"it is over {most} MiB: read as plain text, not as the document that it is"
            yield Fault(name=path, reason=reason, hint=BY_HAND, is_opaque=False)
        stream.unread(content)
        yield Leaf(path=path, stream=stream, reading=reading)


def _fault(path: str, error: DamageError) -> Fault:
    return Fault(name=path, reason=error.reason, hint=error.hint, is_opaque=error.is_opaque)


def _stem(path: str, squeeze: Squeeze) -> str:
    """The name that a compressed file had before: without the extension, if it has one."""
    name = path.rpartition("/")[2]
    for ending in squeeze.endings:
        if name.lower().endswith(ending) and len(name) > len(ending):
            return name[: -len(ending)]
    return "content"


def _collected(stream: Stream, most: int) -> tuple[bytes, DamageError | None]:
    """The stream's first bytes, `most` of them or some more; what kept it from giving them."""
    pieces: list[bytes] = []
    size = 0
    try:
        while size <= most and (piece := stream.read(CHUNK)):
            pieces.append(piece)
            size += len(piece)
    except DamageError as error:
        return b"".join(pieces), error
    return b"".join(pieces), None
