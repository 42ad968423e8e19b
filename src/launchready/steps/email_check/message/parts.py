"""A message -> its header fields, as they came, and its body (RFC 5322, section 2.1).

Nothing is decoded, and no part of the body is looked into: what is hostile there stays bytes.
"""

import email.utils
from collections.abc import Iterator

from launchready.frozen import frozen
from launchready.regex import Regex

MOST_BYTES = 32 << 20
_MOST_FIELDS = 1000
_MOST_HEADER = 1 << 20
_FIELD = Regex(rb"[!-9;-~]+[ \t]*:")
_BARE = Regex(rb"(?<!\r)\n")


class BadMessageError(Exception):
    """It is no message, or none that is looked at; the text says why."""


@frozen
class HeaderField:
    """A field: `name` in lower case, `raw` whole with its line end, as signatures take it."""

    name: str
    raw: bytes

    @property
    def value(self) -> str:
        """What stands behind the colon, unfolded."""
        text = self.raw.partition(b":")[2].decode("utf-8", "replace")
        return " ".join(text.split())


@frozen
class Message:
    """Fields from the top, and the body; lines end in CR LF."""

    fields: tuple[HeaderField, ...]
    body: bytes

    def all(self, name: str) -> tuple[HeaderField, ...]:
        """The fields of a name, given in lower case."""
        return tuple(field for field in self.fields if field.name == name)

    def value(self, name: str) -> str:
        """The value of the first field of a name, "" without any."""
        found = self.all(name)
        return found[0].value if found else ""


def read_message(content: bytes) -> Message:
    """A saved message. Where its first line ends as Unix has it, all line ends become those of
    mail; else they are as they came, and a bare one is no line end.

    Raises BadMessageError.
    """
    text = content.removeprefix(b"\xef\xbb\xbf")
    if b"\n" in text and not text.partition(b"\n")[0].endswith(b"\r"):
        text = _BARE.sub(b"\r\n", text)
    head, _, body = text.partition(b"\r\n\r\n")
    if len(head) > _MOST_HEADER:
        raise BadMessageError(f"its header is larger than {_MOST_HEADER:,} bytes")
    fields = tuple(_fields(head))
    if not fields:
        raise BadMessageError("it has no header")
    return Message(fields=fields, body=body)


def _fields(head: bytes) -> Iterator[HeaderField]:
    lines: list[bytes] = []
    count = 0
    for line in (*head.split(b"\r\n"), b"end:"):
        if line[:1] in (b" ", b"\t") and lines:
            lines.append(line)
            continue
        whole = b"\r\n".join(lines)
        if _FIELD.match(whole):
            name = whole.partition(b":")[0].strip().lower().decode("ascii")
            yield HeaderField(name=name, raw=whole + b"\r\n")
        count += 1
        if count > _MOST_FIELDS:
            raise BadMessageError(f"it has more than {_MOST_FIELDS:,} header fields")
        lines = [line]


def domains_of(value: str) -> tuple[str, ...]:
    """The domains of the addresses in a field, in lower case."""
    found = email.utils.getaddresses([value[:10_000]])
    domains = (address.rpartition("@")[2].strip().lower() for _, address in found if "@" in address)
    return tuple(domain.removesuffix(".").removesuffix(">") for domain in domains)
