"""Reads the values of a Kubernetes Secret, which are base64 of what they hold.

Reference: https://kubernetes.io/docs/concepts/configuration/secret/#restriction-names-data
"""

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

_DOCUMENT = re.compile(rb"(?m)^---[ \t\r]*$")
_IS_SECRET = re.compile(rb"kind[\"']?[ \t]{0,4}:[ \t]{0,4}[\"']?Secret[\"'\s]")
_DATA = re.compile(
    rb"(?m)^(?P<indent>[ \t]{0,40})[\"']?data[\"']?[ \t]{0,4}:[ \t]{0,4}\{?[ \t\r]*$"
)
_VALUE = re.compile(
    rb"(?m)^(?P<indent>[ \t]{1,60})[\"']?(?P<name>[A-Za-z0-9_.\-]{1,120})[\"']?[ \t]{0,4}:"
    rb"[ \t]{0,4}[\"']?(?P<value>[A-Za-z0-9+/]{4,40000}={0,2})[\"']?,?[ \t\r]*$"
)


@dataclass(frozen=True, kw_only=True)
class Value:
    """One value decoded; `span` is where its base64 stands, the rest is how to write it anew."""

    name: bytes
    opening: bytes
    text: bytes
    closing: bytes
    span: tuple[int, int]


def values(window: bytes) -> Iterator[Value]:
    """The values of all Secrets in these lines that hold text."""
    at = 0
    for end in (*(found.end() for found in _DOCUMENT.finditer(window)), len(window)):
        if _IS_SECRET.search(window, at, end) and (data := _DATA.search(window, at, end)):
            yield from _values_below(window, data, end)
        at = end


def _values_below(window: bytes, data: re.Match[bytes], end: int) -> Iterator[Value]:
    for found in _VALUE.finditer(window, data.end(), end):
        if len(found["indent"]) <= len(data["indent"]):
            return
        text = _text(found["value"])
        if text is None:
            continue
        is_plain = not re.search(rb"[\"\\\r\n]", text)
        yield Value(
            name=found["name"],
            opening=b': "' if is_plain else b":\n",
            text=text,
            closing=b'"\n' if is_plain else b"\n",
            span=found.span("value"),
        )


def _text(value: bytes) -> bytes | None:
    """What the base64 says, without the line end; None if it is no text."""
    try:
        text = binascii.a2b_base64(value).rstrip(b"\r\n")
        is_text = (
            text.decode("utf-8").replace("\n", "").replace("\r", "").replace("\t", "").isprintable()
        )
    except ValueError:
        return None
    return text if text and is_text else None
