"""An answer's body: decompressed as it comes, and no more of it than was asked for."""

import http.client
import zlib
from collections.abc import Iterator

_CHUNK = 64 << 10


def read_body(response: http.client.HTTPResponse, most: int) -> tuple[bytes, bool]:
    """The body, at most `most` bytes of it, and whether it was cut.

    A compressed one is unpacked within the same limit, so that a bomb is only a cut body. Raises
    OSError and `http.client.HTTPException` where it breaks off, zlib.error where it is no gzip.
    """
    coding = (response.getheader("Content-Encoding") or "").strip().lower()
    chunks = _chunks(response, most)
    if coding in ("gzip", "x-gzip", "deflate"):
        chunks = _unpacked(chunks, most)
    parts, length = [], 0
    for chunk in chunks:
        parts.append(chunk)
        length += len(chunk)
    if length <= most and response.length:  # the peer promised more, and closed
        raise http.client.IncompleteRead(b"", response.length)
    body = b"".join(parts)
    return body[:most], length > most or not response.isclosed()


def _chunks(response: http.client.HTTPResponse, most: int) -> Iterator[bytes]:
    left = most + 1
    while left > 0 and (chunk := response.read(min(_CHUNK, left))):
        left -= len(chunk)
        yield chunk


def _unpacked(chunks: Iterator[bytes], most: int) -> Iterator[bytes]:
    decoder = zlib.decompressobj(wbits=zlib.MAX_WBITS | 32)  # the header tells gzip from zlib
    left = most + 1
    for chunk in chunks:
        pending = chunk
        while pending and left > 0:
            piece = decoder.decompress(pending, left)
            pending = decoder.unconsumed_tail
            left -= len(piece)
            yield piece
        if left <= 0:
            return
