"""Archives for tests, made by Python's own modules."""

import gzip
import io
import tarfile
import zipfile
from collections.abc import Mapping

from launchready.facts.text import Inner, TextBatch, TextPart, Unreadable
from launchready.gateways.unpack.bounds import ARTIFACT, Limits
from launchready.gateways.unpack.stream import Read, Stream
from launchready.gateways.unpack.texts import open_content, open_stream


def zipped(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def streamed_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip file that was written where nobody could go back: sizes follow each member."""

    class Pipe(io.BytesIO):
        def seekable(self) -> bool:
            return False

        def tell(self) -> int:
            raise io.UnsupportedOperation

    content = Pipe()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return content.getvalue()


def tarred(files: Mapping[str, bytes], mode: str = "w", form: int = tarfile.PAX_FORMAT) -> bytes:
    """A tar file, compressed as `mode` says."""
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode=mode, format=form) as archive:  # type: ignore[call-overload]
        for name, text in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(text)
            archive.addfile(member, io.BytesIO(text))
    return content.getvalue()


class Opened:
    """What a text turned out to hold: `texts` by path, `faults` as path and reason."""

    def __init__(
        self, content: bytes, path: str, limits: Limits = ARTIFACT, piece: int | None = None
    ) -> None:
        self.inners: list[Inner] = []
        self.texts: dict[str, bytes] = {}
        self.faults: list[tuple[str, str]] = []
        self.opaque: set[str] = set()
        texts = (
            open_content(content, path, limits, self.inners)
            if piece is None
            else open_stream(Stream(_dribble(content, piece)), path, limits, self.inners)
        )
        for text in texts:
            match text:
                case TextBatch():
                    rows = zip(text.starts, text.ends, text.sources, strict=True)
                    for start, end, number in rows:
                        self._add(number, bytes(text.buffer[start:end]))
                case TextPart():
                    self._add(text.source, bytes(text.buffer[text.own_start : text.own_end]))
                case Unreadable():
                    path = self.inners[text.source].path
                    self.faults.append((path, text.reason))
                    if text.is_opaque:
                        self.opaque.add(path)
                case _:
                    raise AssertionError(text)

    def _add(self, number: int, content: bytes) -> None:
        path = self.inners[number].path
        self.texts[path] = self.texts.get(path, b"") + content


def _dribble(content: bytes, piece: int) -> Read:
    file = io.BytesIO(content)
    return lambda count: file.read(min(count, piece))


def gzip_of(content: bytes) -> bytes:
    """Compressed, the same each time."""
    return gzip.compress(content, mtime=0)
