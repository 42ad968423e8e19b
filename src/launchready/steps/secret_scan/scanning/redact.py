"""Makes a source line fit to be shown: no secret in it, nor anything that may be one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from launchready.facts.secret import MASK

MOST_CHARACTERS = 400
_LEAD_CHARACTERS = 160
_BEFORE = 512  # bytes of a long line that are looked at before the secret's start, and after it
_AFTER = 1024

# What mixes letters and digits and is this long may be a secret that no rule knows.
_RUN = re.compile(r"[A-Za-z0-9_+/=\-]{16,}")
_FIRST_RUN = re.compile(r"\A[A-Za-z0-9_+/=\-]+")
_LAST_RUN = re.compile(r"[A-Za-z0-9_+/=\-]+\Z")
_HAS_LETTER = re.compile(r"[A-Za-z]")
_HAS_DIGIT = re.compile(r"[0-9]")

# A value that seems to end at an escaped quote or a semicolon may go on behind it.
_REST = re.compile(rb"\\+[\"'`][^\"'`\r\n]*|;[^\s\"'`<>]+")

Span = tuple[int, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Secrets:
    """What must not be shown of a buffer.

    `spans` are the secrets' offsets, in ascending order and apart; `values` are the secrets, the
    longest first, which are masked wherever else they stand.
    """

    spans: Sequence[Span]
    values: Sequence[bytes]


def show_line(
    buffer: bytearray,
    low: int,
    high: int,
    at: int,
    secrets: Secrets,
    *,
    most: int = MOST_CHARACTERS,
) -> tuple[str, int]:
    """The line `buffer[low:high]` around offset `at`, without secrets and of `most` characters.

    With it, where in the text `at` is.
    """
    first = max(low, at - _BEFORE)
    last = min(high, at + _AFTER)
    before = _redacted(_masked(buffer, first, at, secrets.spans), secrets.values)
    after = _redacted(_masked(buffer, at, last, secrets.spans), secrets.values)
    if first > low:
        before = _FIRST_RUN.sub("", before)  # a run that was cut no longer shows what it is
    if last < high:
        after = _LAST_RUN.sub("", after)
    text = before + after.rstrip("\r")
    skipped = max(0, min(len(before) - _LEAD_CHARACTERS, len(text) - most))
    return text[skipped : skipped + most], len(before) - skipped


def _masked(buffer: bytearray, low: int, high: int, spans: Sequence[Span]) -> bytes:
    """The bytes from `low` to `high`; each span that reaches into them, and what its value may go
    on with, replaced by the mask.
    """
    pieces: list[bytes] = []
    position = low
    for start, end in spans:
        if end <= position or start >= high:
            continue
        pieces.append(bytes(buffer[position : max(position, start)]))
        pieces.append(MASK.encode())
        rest = _REST.match(buffer, end, high) if low <= end < high else None
        position = rest.end() if rest else end
    pieces.append(bytes(buffer[position:high]))
    return b"".join(pieces)


def _redacted(text: bytes, values: Sequence[bytes]) -> str:
    for value in values:
        text = text.replace(value, MASK.encode())
    return _RUN.sub(_mask_mixed, text.decode("utf-8", "replace"))


def _mask_mixed(run: re.Match[str]) -> str:
    is_mixed = _HAS_LETTER.search(run[0]) and _HAS_DIGIT.search(run[0])
    return MASK if is_mixed else run[0]
