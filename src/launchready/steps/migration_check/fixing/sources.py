"""Texts of files as they can be written back: no byte but those of an edit becomes another."""

from launchready.frozen import frozen
from launchready.model import FileLocation

_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))


@frozen
class Source:
    """A file's text, without the byte-order mark that it begins with."""

    text: str
    encoding: str = "utf-8"
    mark: bytes = b""

    @property
    def line_end(self) -> str:
        """The line end that the file has."""
        return "\r\n" if "\r\n" in self.text else "\n"

    def bytes_of(self, text: str) -> bytes:
        """Another text in the same encoding."""
        return self.mark + text.encode(self.encoding)

    def offset_of(self, place: FileLocation) -> int | None:
        """Where a place lies, counted in characters; None for one that the text does not have."""
        if place.line is None:
            return None
        at = 0
        for _ in range(place.line - 1):
            at = self.text.find("\n", at) + 1
            if not at:
                return None
        return at + (place.column or 1) - 1

    def indent_at(self, offset: int) -> str:
        """The blanks before a place, where nothing else stands before it in its line."""
        before = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        return before if not before.strip() else ""


def source_of(content: bytes) -> Source | None:
    """The text of a file; None where writing it back would not give the same bytes."""
    mark, encoding = next((m for m in _MARKS if content.startswith(m[0])), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        return None
    source = Source(text=text, encoding=encoding, mark=mark)
    return source if source.bytes_of(text) == content else None
